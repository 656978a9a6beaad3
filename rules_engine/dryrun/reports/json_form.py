"""A report for programs: one JSON object, or JSON Lines of one kind of thing each."""

from collections.abc import Iterator
from typing import Any, Final

from rules_engine.dryrun.document import report_document
from rules_engine.dryrun.report import Report
from rules_engine.wire.json_text import write_json

_LISTS: Final = ("codes", "transitions", "groups", "rules", "unreadable_samples", "lost")


def json_report(report: Report) -> str:
    """Write a report as one JSON object, as `report_schema` describes it, with a newline at the end."""
    return write_json(report_document(report), indent=2) + "\n"


def jsonl_report(report: Report) -> str:
    """Write a report as JSON Lines.

    Args:
        report: The report.

    Returns:
        A line for each thing, whose `kind` says what it is: first one `summary`; then `transition`, `exemplar`, `code`,
        `group`, `rule`, `unreadable` and `lost`.
    """
    return "".join(f"{write_json(line)}\n" for line in _lines(report_document(report)))


def _lines(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield {"kind": "summary", **{name: value for name, value in document.items() if name not in _LISTS}}
    for transition in document["transitions"]:
        yield from _transition(transition)
    for code in document["codes"]:
        yield {"kind": "code", **code}
    for dimension, groups in document["groups"].items():
        for group in groups:
            yield {"kind": "group", "dimension": dimension, **group}
    for kind, name in (("rule", "rules"), ("unreadable", "unreadable_samples"), ("lost", "lost")):
        for each in document[name]:
            yield {"kind": kind, **each}


def _transition(transition: dict[str, Any]) -> Iterator[dict[str, Any]]:
    shown = {"exemplars", "smallest"}
    yield {"kind": "transition", **{name: value for name, value in transition.items() if name not in shown}}
    smallest = transition["smallest"]
    exemplars = list(transition["exemplars"])
    if smallest is not None and smallest not in exemplars:
        exemplars.append(smallest)
    for exemplar in exemplars:
        yield {
            "kind": "exemplar",
            "transition": {name: transition[name] for name in ("before", "after", "change")},
            "smallest": exemplar == smallest,
            **exemplar,
        }

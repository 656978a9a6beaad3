"""A report as plain values and back: the JSON of a report loses nothing, so that reports can be merged later."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

import attrs

from rules_engine.dryrun.answer import Answer, Change, change_of
from rules_engine.dryrun.exemplar import Exemplar, Unreadable
from rules_engine.dryrun.header import Header, PolicyName
from rules_engine.dryrun.report import DIMENSIONS, CodeChange, Lost, Report, RuleUse, Transition
from rules_engine.dryrun.tally import Tally, by_currency

FORMAT_VERSION: Final = 1


class ReportDocumentError(ValueError):
    """A document is no report of this version."""


def report_document(report: Report) -> dict[str, Any]:
    """Turn a report into plain values, in one order whatever way it was merged.

    Args:
        report: The report.

    Returns:
        Dictionaries, lists, texts, integers, Decimals, booleans and None. `changes`,
        `newly_undecided`, `codes` and `never_fired` follow from the rest and are there for the reader.
    """
    return {
        "format_version": FORMAT_VERSION,
        "baseline": _policy(report.header.baseline),
        "candidate": _policy(report.header.candidate),
        "where": report.header.where,
        "seed": report.header.seed,
        "sample": report.header.sample,
        "by_merchant": report.header.by_merchant,
        "complete": report.complete,
        "read": report.read,
        "skipped": report.skipped,
        "unrecorded": report.unrecorded,
        "unreadable": report.unreadable,
        "unfinished": report.unfinished,
        "lost": [{"place": lost.place, "problem": lost.problem} for lost in sorted(report.lost)],
        "changes": {change.value: _tally(tally) for change, tally in report.changes.items()},
        "newly_undecided": _tally(report.newly_undecided),
        "codes": [_code(code) for code in report.codes],
        "transitions": [
            _transition(answers, transition) for answers, transition in sorted_transitions(report.transitions)
        ],
        "groups": {
            dimension: [_group(value, changes) for value, changes in sorted(report.groups[dimension].items())]
            for dimension in DIMENSIONS
            if dimension in report.groups
        },
        "operations": _counted(report.operations),
        "missing_facts": _counted(report.missing_facts),
        "rules": [
            {"side": use.side, "rule": use.rule, "how": use.how, "times": times}
            for use, times in sorted(report.uses.items())
        ],
        "never_fired": {side: list(report.never_fired(side)) for side in ("baseline", "candidate")},
        "unreadable_samples": [attrs.asdict(sample) for sample in sorted(report.unreadable_samples)],
    }


def sorted_transitions(
    transitions: Mapping[tuple[Answer, Answer], Transition],
) -> list[tuple[tuple[Answer, Answer], Transition]]:
    """Put transitions in the order of a report: by class of change, the most drafts first, then by codes."""
    order = list(Change)
    return sorted(
        transitions.items(), key=lambda item: (order.index(change_of(*item[0])), -item[1].tally.drafts, item[0])
    )


def read_report(document: Any) -> Report:
    """Read a report that `report_document` has written.

    Raises:
        ReportDocumentError: It is none, or of another version.
    """
    version = document.get("format_version") if isinstance(document, Mapping) else None
    if version != FORMAT_VERSION:
        raise ReportDocumentError(f"expected a report of format version {FORMAT_VERSION}")
    try:
        return _read_report(document)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ReportDocumentError(f"not a report: {type(error).__name__}") from error


def _read_report(document: Mapping[str, Any]) -> Report:
    header = Header(
        _read_policy(document["baseline"]),
        _read_policy(document["candidate"]),
        *(document[name] for name in ("where", "seed", "sample", "by_merchant")),
    )
    return Report(
        header,
        transitions={
            (tuple(each["before"]), tuple(each["after"])): Transition(
                _read_tally(each),
                [Exemplar(**exemplar) for exemplar in each["exemplars"]],
                None if each["smallest"] is None else Exemplar(**each["smallest"]),
            )
            for each in document["transitions"]
        },
        groups={
            dimension: {
                group["value"]: {Change(name): _read_tally(tally) for name, tally in group["changes"].items()}
                for group in groups
            }
            for dimension, groups in document["groups"].items()
        },
        uses=Counter(
            {RuleUse(use["side"], use["rule"], use["how"]): use["times"] for use in document["rules"]},
        ),
        missing_facts=Counter(document["missing_facts"]),
        operations=Counter(document["operations"]),
        unreadable=document["unreadable"],
        unreadable_samples=[
            Unreadable(**{**sample, "position": tuple(sample["position"])}) for sample in document["unreadable_samples"]
        ],
        unrecorded=document["unrecorded"],
        skipped=document["skipped"],
        lost=[Lost(**lost) for lost in document["lost"]],
        unfinished=document["unfinished"],
    )


def _policy(policy: PolicyName) -> dict[str, Any]:
    return {"name": policy.name, "digest": policy.digest, "rules": list(policy.rules)}


def _read_policy(document: Mapping[str, Any]) -> PolicyName:
    return PolicyName(document["name"], document["digest"], tuple(document["rules"]))


def _tally(tally: Tally) -> dict[str, Any]:
    return {"drafts": tally.drafts, "amounts": dict(by_currency(tally.amounts)), "unpriced": tally.unpriced}


def _read_tally(document: Mapping[str, Any]) -> Tally:
    return Tally(document["drafts"], dict(document["amounts"]), document["unpriced"])


def _code(change: CodeChange) -> dict[str, Any]:
    return {
        "code": change.code,
        "before": change.before,
        "after": change.after,
        "gained": _tally(change.gained),
        "lost": _tally(change.lost),
    }


def _transition(answers: tuple[Answer, Answer], transition: Transition) -> dict[str, Any]:
    before, after = answers
    return {
        "before": list(before),
        "after": list(after),
        "change": change_of(before, after).value,
        **_tally(transition.tally),
        "exemplars": [_exemplar(exemplar) for exemplar in transition.exemplars],
        "smallest": None if transition.smallest is None else _exemplar(transition.smallest),
    }


def _exemplar(exemplar: Exemplar) -> dict[str, Any]:
    return attrs.asdict(exemplar, recurse=False)


def _group(value: str, changes: Mapping[Change, Tally]) -> dict[str, Any]:
    return {
        "value": value,
        "changes": {change.value: _tally(changes[change]) for change in Change if change in changes},
    }


def _counted(counter: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counter.items()))

"""The JSON of a report: it loses nothing, so that reports of parts of a history can be merged later."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final

from attrs import evolve, fields_dict, frozen

from rules_engine.dryrun.report import (
    BASELINE,
    CANDIDATE,
    DIMENSIONS,
    NOT_JUDGED,
    USES,
    Answer,
    Change,
    CodeChange,
    Exemplar,
    Header,
    Lost,
    Report,
    Tally,
    Transition,
    UnreadableRecord,
    change_of,
)
from rules_engine.operations import OPERATIONS
from rules_engine.wire.declared import (
    Count,
    InvalidDocumentError,
    every,
    json_schema,
    matching,
    one_of,
    read_declared,
    write_declared,
)
from rules_engine.wire.json_text import write_json

FORMAT_VERSION: Final = 1
_SIDES: Final = (BASELINE, CANDIDATE)
_CLASSES: Final = tuple(change.value for change in Change)
_JUDGED: Final = tuple(change.value for change in Change if change not in NOT_JUDGED)

Codes = tuple[str, ...]
_Judged = Annotated[Change, one_of(_JUDGED)]
OperationName = Annotated[str, one_of(OPERATIONS)]


class ReportDocumentError(ValueError):
    """A document is no report of this version.

    Attributes:
        pointer: RFC 6901 pointer to what is wrong.
    """

    def __init__(self, error: InvalidDocumentError) -> None:
        """Keep what is expected, and where."""
        self.pointer = error.pointer
        super().__init__(f"not a report: {error}")


@frozen
class TransitionDocument:
    """The drafts that go from one answer to another.

    Attributes:
        before: The codes of the first answer, each once; none for accepted, `undecided` alone for undecided.
        after: The codes of the second answer.
        change: The class of change.
        drafts: How many.
        amounts: Currency code to what they come to, in minor units of that currency.
        unpriced: How many of them have no amount, or an unknown one.
        exemplars: Some of the drafts, in the order of their keys.
        smallest: The one with the shortest document; null where none is shown.
    """

    before: Codes
    after: Codes
    change: _Judged
    drafts: Count
    amounts: dict[Annotated[str, matching("[A-Z]{3}")], int]
    unpriced: Count
    exemplars: tuple[Exemplar, ...]
    smallest: Exemplar | None


@frozen(kw_only=True)
class ReportDocument(Header):
    """What a candidate would have answered to a history of drafts.

    Attributes:
        format_version: The version of this form.
        complete: Whether all of the history was replayed.
        read: How many records the report is about, those that cannot be read included.
        filtered_out: How many drafts the report is not about.
        unrecorded: How many drafts hold no recorded codes, where those are the baseline.
        unreadable: How many records are no drafts.
        invalid_facts: How many records were refused for their facts.
        unfinished: How many parts had not been replayed when the run was ended.
        lost: Parts of the history that could not be replayed.
        changes: Class of change to the drafts in it; every record is in one.
        newly_undecided: Those of the undecided drafts that are decided before, not after.
        codes: Every code that stands before or after, by name.
        transitions: From answer to answer: by class of change, the most drafts first.
        groups: What drafts are grouped by, to its values, to class of change, to the drafts.
        operations: Operation to how many of its drafts were put to the rules.
        missing_facts: Kind of fact, or `policy`, to how many undecided drafts lack one.
        rules: What rules did, counted by finding: under which of the two policies, to what they did, to their names.
        never_fired: The rules that found nothing in all of the history, in the order of the policy.
        unreadable_samples: The first records that are no drafts.
        invalid_facts_samples: The first records that were refused for their facts.
        refused_keys: Misspelt or unknown key of facts to how many records have it.
    """

    format_version: Annotated[int, one_of([FORMAT_VERSION])] = FORMAT_VERSION
    complete: bool
    read: Count
    filtered_out: Count
    unrecorded: Count
    unreadable: Count
    invalid_facts: Count
    unfinished: Count
    lost: tuple[Lost, ...]
    changes: Annotated[Mapping[Change, Tally], every(_CLASSES)]
    newly_undecided: Tally
    codes: tuple[CodeChange, ...]
    transitions: tuple[TransitionDocument, ...]
    groups: Mapping[Annotated[str, one_of(DIMENSIONS)], Mapping[str, Mapping[_Judged, Tally]]]
    operations: Mapping[OperationName, Count]
    missing_facts: Mapping[str, Count]
    rules: Mapping[Annotated[str, one_of(_SIDES)], Mapping[Annotated[str, one_of(USES)], Mapping[str, Count]]]
    never_fired: Annotated[Mapping[Annotated[str, one_of(_SIDES)], tuple[str, ...]], every(_SIDES)]
    unreadable_samples: tuple[UnreadableRecord, ...]
    invalid_facts_samples: tuple[UnreadableRecord, ...]
    refused_keys: Mapping[str, Count]


def report_schema() -> dict[str, Any]:
    """Return a JSON Schema (2020-12) of reports, for whoever reads them with another program.

    Raises:
        ModuleNotFoundError: `msgspec` is not installed.
    """
    return json_schema(ReportDocument, "A report of a dry run of rules_engine")


def report_document(report: Report) -> dict[str, Any]:
    """Turn a report into plain values, in one order whatever way it was merged.

    Args:
        report: The report.

    Returns:
        Dictionaries, lists, texts, integers, Decimals, booleans and None, as `report_schema` describes them.
        `complete`, `read`, `changes`, `newly_undecided`, `codes` and `never_fired` follow from the rest and are there
        for the reader.
    """
    document = ReportDocument(
        **{name: getattr(report.header, name) for name in _OF_HEADER},
        **{name: getattr(report, name) for name in _OF_REPORT},
        lost=tuple(sorted(report.lost)),
        changes={change: _ordered(tally) for change, tally in report.changes.items()},
        newly_undecided=_ordered(report.newly_undecided),
        codes=tuple(evolve(each, gained=_ordered(each.gained), lost=_ordered(each.lost)) for each in report.codes),
        transitions=tuple(_transition(*each) for each in sorted_transitions(report.transitions)),
        groups={name: _groups(report.groups[name]) for name in DIMENSIONS if name in report.groups},
        operations=dict(sorted(report.operations.items())),
        missing_facts=dict(sorted(report.missing_facts.items())),
        rules={side: {how: times for how in USES if (times := report.used(side, how))} for side in _SIDES},
        never_fired={side: report.never_fired(side) for side in _SIDES},
        unreadable_samples=tuple(sorted(report.unreadable_samples)),
        invalid_facts_samples=tuple(sorted(report.invalid_facts_samples)),
        refused_keys=dict(sorted(report.refused_keys.items())),
    )
    written: dict[str, Any] = write_declared(document)
    return written


def sorted_transitions(
    transitions: Mapping[tuple[Answer, Answer], Transition],
) -> list[tuple[tuple[Answer, Answer], Transition]]:
    """Return transitions in the order of a report: by class of change, the most drafts first, then by codes."""
    order = list(Change)
    return sorted(
        transitions.items(), key=lambda item: (order.index(change_of(*item[0])), -item[1].tally.drafts, item[0])
    )


def _transition(answers: tuple[Answer, Answer], transition: Transition) -> TransitionDocument:
    tally = _ordered(transition.tally)
    return TransitionDocument(
        *answers,
        change_of(*answers),
        tally.drafts,
        tally.amounts,
        tally.unpriced,
        tuple(transition.exemplars),
        transition.smallest,
    )


def _groups(values: Mapping[str, Mapping[Change, Tally]]) -> dict[str, dict[Change, Tally]]:
    return {
        value: {each: _ordered(changes[each]) for each in Change if each in changes}
        for value, changes in sorted(values.items())
    }


def _ordered(tally: Tally) -> Tally:
    return Tally(tally.drafts, dict(sorted(tally.amounts.items())), tally.unpriced)


def read_report(document: Any) -> Report:
    """Read a report that `report_document` has written.

    Raises:
        ReportDocumentError: It is none, or of another version; the text says what is expected, and where.
    """
    # Other keys are expected of another version, so that is checked first.
    if isinstance(document, dict) and document.get("format_version", FORMAT_VERSION) != FORMAT_VERSION:
        refusal = InvalidDocumentError(f"format version {FORMAT_VERSION}", ("format_version",))
    else:
        try:
            return _report(read_declared(ReportDocument, document))
        except InvalidDocumentError as error:
            refusal = error
    raise ReportDocumentError(refusal) from None


def _report(read: ReportDocument) -> Report:
    report = Report(Header(*(getattr(read, name) for name in _OF_HEADER)))
    for position, each in enumerate(read.transitions):
        answers = each.before, each.after
        if answers in report.transitions:
            raise InvalidDocumentError("no transition that stands there twice", ("transitions", position))
        tally = Tally(each.drafts, each.amounts, each.unpriced)
        report.transitions[answers] = Transition(tally, list(each.exemplars), each.smallest)
    report.groups = {
        dimension: {value: dict(changes) for value, changes in groups.items()}
        for dimension, groups in read.groups.items()
    }
    for side, uses in read.rules.items():
        report.uses.update({(side, how, rule): count for how, times in uses.items() for rule, count in times.items()})
    report.missing_facts, report.operations = Counter(read.missing_facts), Counter(read.operations)
    report.unreadable, report.unreadable_samples = read.unreadable, list(read.unreadable_samples)
    report.invalid_facts, report.invalid_facts_samples = read.invalid_facts, list(read.invalid_facts_samples)
    report.refused_keys = Counter(read.refused_keys)
    report.unrecorded, report.filtered_out = read.unrecorded, read.filtered_out
    report.lost, report.unfinished = list(read.lost), read.unfinished
    return report


_OF_HEADER: Final = tuple(fields_dict(Header))
_OF_REPORT: Final = ("complete", "read", "filtered_out", "unrecorded", "unreadable", "invalid_facts", "unfinished")


def json_report(report: Report) -> str:
    """Render a report as one JSON object, as `report_schema` describes it, with a newline at the end."""
    return write_json(report_document(report), indent=2) + "\n"


def jsonl_report(report: Report) -> str:
    """Render a report as JSON Lines.

    Args:
        report: The report.

    Returns:
        A line for each thing, whose `kind` says what it is: first one `summary`; then `transition`, `exemplar`, `code`,
        `group`, `rule`, `unreadable`, `invalid_facts` and `lost`.
    """
    return "".join(f"{write_json(line)}\n" for line in _lines(report_document(report)))


def _lines(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    lists = {
        "code": "codes",
        "unreadable": "unreadable_samples",
        "invalid_facts": "invalid_facts_samples",
        "lost": "lost",
    }
    apart = {"transitions", "groups", "rules", *lists.values()}
    yield {"kind": "summary", **{name: value for name, value in document.items() if name not in apart}}
    for transition in document["transitions"]:
        yield from _lines_of_transition(**transition)
    for dimension, groups in document["groups"].items():
        for value, changes in groups.items():
            yield {"kind": "group", "dimension": dimension, "value": value, "changes": changes}
    for side, uses in document["rules"].items():
        for how, rules in uses.items():
            for rule, times in rules.items():
                yield {"kind": "rule", "side": side, "how": how, "rule": rule, "times": times}
    for kind, name in lists.items():
        for each in document[name]:
            yield {"kind": kind, **each}


def _lines_of_transition(exemplars: list[Any], smallest: Any, **figures: Any) -> Iterator[dict[str, Any]]:
    yield {"kind": "transition", **figures}
    named = {name: figures[name] for name in ("before", "after", "change")}
    for exemplar in exemplars if smallest is None or smallest in exemplars else [*exemplars, smallest]:
        yield {"kind": "exemplar", "transition": named, "smallest": exemplar == smallest, **exemplar}

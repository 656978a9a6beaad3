"""A report as plain values and back: the JSON of a report loses nothing, so that reports can be merged later."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeVar

import attrs

from rules_engine.dryrun.answer import Answer, Change, change_of
from rules_engine.dryrun.exemplar import Exemplar, Unreadable
from rules_engine.dryrun.header import Header, PolicyName
from rules_engine.dryrun.node import Node
from rules_engine.dryrun.report import DIMENSIONS, CodeChange, Lost, Report, RuleUse, Transition
from rules_engine.dryrun.tally import Tally, by_currency

FORMAT_VERSION: Final = 1
_CLASSES: Final = {change.value: change for change in Change if change is not Change.UNREADABLE}
_COORDINATES: Final = 2

K = TypeVar("K")
V = TypeVar("V")


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
        ReportDocumentError: It is none, or of another version; the text says what is expected, and where.
    """
    root = Node(document)
    version = root["format_version"]
    if version.count() != FORMAT_VERSION:
        raise version.expected(f"format version {FORMAT_VERSION}")
    return Report(
        _read_header(root),
        transitions=_each_once(
            (each, (each["before"].texts(), each["after"].texts()), _read_transition(each))
            for each in root["transitions"].items()
        ),
        groups={_read_dimension(name, groups): _read_groups(groups) for name, groups in root["groups"].entries()},
        uses=Counter(_each_once((use, _read_use(use), use["times"].count()) for use in root["rules"].items())),
        missing_facts=_read_counted(root["missing_facts"]),
        operations=_read_counted(root["operations"]),
        unreadable=root["unreadable"].count(),
        unreadable_samples=[_read_unreadable(sample) for sample in root["unreadable_samples"].items()],
        unrecorded=root["unrecorded"].count(),
        skipped=root["skipped"].count(),
        lost=[Lost(lost["place"].text(), lost["problem"].text()) for lost in root["lost"].items()],
        unfinished=root["unfinished"].count(),
    )


def _each_once(read: Iterable[tuple[Node, K, V]]) -> dict[K, V]:
    found: dict[K, V] = {}
    for node, key, value in read:
        if key in found:
            raise node.expected("nothing that stands there twice")
        found[key] = value
    return found


def _read_header(root: Node) -> Header:
    return Header(
        _read_policy(root["baseline"]),
        _read_policy(root["candidate"]),
        root["where"].text(),
        root["seed"].count(),
        root["sample"].count(),
        root["by_merchant"].flag(),
    )


def _read_transition(node: Node) -> Transition:
    smallest = node["smallest"]
    return Transition(
        _read_tally(node),
        [_read_exemplar(exemplar) for exemplar in node["exemplars"].items()],
        None if smallest.value is None else _read_exemplar(smallest),
    )


def _read_exemplar(node: Node) -> Exemplar:
    return Exemplar(
        node["key"].text(),
        node["place"].text(),
        node["size"].count(),
        node["id"].text_or_none(),
        node["document"].plain(),
        _read_verdict(node["before"]),
        _read_verdict(node["after"]),
    )


def _read_verdict(node: Node) -> Any:
    """Read what every form of a report tells of a verdict; the rest may be anything that can be written."""
    if node.value is not None:
        for violation in node["violations"].items():
            for name in ("code", "param", "message", "evidence"):
                violation[name]
    return node.plain()


def _read_unreadable(node: Node) -> Unreadable:
    file, place, problem = (node[name].text() for name in ("file", "place", "problem"))
    position = [item.count() for item in node["position"].items()]
    if len(position) != _COORDINATES:
        raise node["position"].expected("two integers")
    return Unreadable(file, (position[0], position[1]), place, problem, node["pointer"].text_or_none())


def _read_dimension(name: str, node: Node) -> str:
    if name not in DIMENSIONS:
        raise node.expected(f"one of {', '.join(DIMENSIONS)}")
    return name


def _read_groups(node: Node) -> dict[str, dict[Change, Tally]]:
    return _each_once((group, group["value"].text(), _read_changes(group["changes"])) for group in node.items())


def _read_changes(node: Node) -> dict[Change, Tally]:
    changes: dict[Change, Tally] = {}
    for name, tally in node.entries():
        if name not in _CLASSES:
            raise tally.expected(f"one of {', '.join(_CLASSES)}")
        changes[_CLASSES[name]] = _read_tally(tally)
    return changes


def _read_use(node: Node) -> RuleUse:
    return RuleUse(node["side"].text(), node["rule"].text(), node["how"].text())


def _read_counted(node: Node) -> Counter[str]:
    return Counter({name: times.count() for name, times in node.entries()})


def _policy(policy: PolicyName) -> dict[str, Any]:
    return {"name": policy.name, "digest": policy.digest, "rules": list(policy.rules)}


def _read_policy(node: Node) -> PolicyName:
    return PolicyName(node["name"].text(), node["digest"].text(), node["rules"].texts())


def _tally(tally: Tally) -> dict[str, Any]:
    return {"drafts": tally.drafts, "amounts": dict(by_currency(tally.amounts)), "unpriced": tally.unpriced}


def _read_tally(node: Node) -> Tally:
    amounts = {currency: amount.integer() for currency, amount in node["amounts"].entries()}
    return Tally(node["drafts"].count(), amounts, node["unpriced"].count())


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

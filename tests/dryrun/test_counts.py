"""What a report counts is what a plain loop over the same history counts."""

import sys
from collections import Counter
from collections.abc import Iterable
from datetime import UTC
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules_engine import OPERATIONS, DraftError, Engine, Policy, read_draft
from rules_engine.dryrun.history.files import Record
from rules_engine.dryrun.replay import amount_at_stake, replay
from rules_engine.dryrun.report import ACCEPTED, UNDECIDED, Answer, Change, Report, Tally, change_of
from rules_engine.dryrun.task import task_of
from rules_engine.testing.strategies import policies
from rules_engine.violation import Verdict
from tests.dryrun.samples import OPERATIONS_TRIED, of_policy, random_histories, text_of
from tests.profiles import scaled


def _answer(verdict: Verdict) -> Answer:
    if verdict.violations:
        return verdict.codes
    return UNDECIDED if verdict.undecided else ACCEPTED


def _change(before: Answer, after: Answer) -> str:
    if UNDECIDED in (before, after):
        return "undecided"
    if before == after:
        return "unchanged"
    if not (before and after):
        return "newly_accepted" if before else "newly_rejected"
    return "order_only" if set(before) == set(after) else "reasons_changed"


class Naive:
    """The same counts by a loop, one record after the other."""

    def __init__(self, records: Iterable[Record], baseline: Policy, candidate: Policy) -> None:
        """Count everything."""
        first, second = Engine(baseline), Engine(candidate)
        self.drafts: Counter[Any] = Counter()
        self.amounts: Counter[Any] = Counter()
        self.unreadable = 0
        self.rules: Counter[Any] = Counter()
        for record in records:
            try:
                draft = read_draft(record.document or b"")
                verdicts = first.validate(draft), second.validate(draft)
            except DraftError:
                self.unreadable += 1
                continue
            before, after = map(_answer, verdicts)
            currency, amount = "", 0
            if not draft.faults:
                currency, amount = amount_at_stake(draft, OPERATIONS[draft.operation].build_views(draft)) or ("", 0)
            merchant = draft.facts.merchant.id if draft.facts.merchant is not None else ""
            change = _change(before, after)
            for key in (
                ("transition", (before, after)),
                ("class", change),
                ("operation", draft.operation, change),
                ("day", draft.facts.now.astimezone(UTC).date().isoformat(), change),
                ("currency", currency, change),
                ("merchant", merchant, change),
                *(("gained", code) for code in after if change != "undecided" and code not in before),
                *(("lost", code) for code in before if change != "undecided" and code not in after),
            ):
                self.drafts[key] += 1
                if currency:
                    self.amounts[*key, currency] += amount
            for side, verdict in zip(("baseline", "candidate"), verdicts, strict=True):
                self.rules.update((side, violation.rule, "enforced") for violation in verdict.violations)
                self.rules.update((side, waived.rule, "waived") for waived in verdict.waived)
                self.rules.update((side, shadowed.rule, "shadowed") for shadowed in verdict.shadowed)
                self.rules.update((side, warning.rule, "warned") for warning in verdict.warnings)


def _of_report(report: Report) -> tuple[Counter[Any], Counter[Any]]:
    """Give the counts of a report in the form of the naive ones."""
    tallies: list[tuple[tuple[Any, ...], Tally]] = [
        *((("transition", answers), transition.tally) for answers, transition in report.transitions.items()),
        *((("class", change.value), tally) for change, tally in report.changes.items() if change.value != "unreadable"),
        *((("gained", change.code), change.gained) for change in report.codes),
        *((("lost", change.code), change.lost) for change in report.codes),
    ]
    for dimension, values in report.groups.items():
        for value, changes in values.items():
            tallies += [((dimension, value, change.value), tally) for change, tally in changes.items()]
    drafts, amounts = Counter[Any](), Counter[Any]()
    for key, tally in tallies:
        drafts[key] += tally.drafts
        for currency, amount in tally.amounts.items():
            amounts[*key, currency] += amount
    return drafts, amounts


@settings(max_examples=scaled(60))
@given(st.data())
def test_the_counts_of_a_plain_loop(data: st.DataObject) -> None:
    """Transitions, classes, groups, amounts, codes gained and lost, and what rules did."""
    operation = data.draw(st.sampled_from(OPERATIONS_TRIED))
    baseline, candidate = data.draw(policies(operation)), data.draw(policies(operation))
    records = data.draw(random_histories())
    report = replay(records, task_of(of_policy(candidate), of_policy(baseline), by_merchant=True))
    naive = Naive(records, baseline, candidate)
    drafts, amounts = _of_report(report)
    assert drafts == naive.drafts
    assert amounts == naive.amounts
    assert report.unreadable == naive.unreadable
    assert report.read == len(records)
    used = {(use.side, use.rule, use.how): times for use, times in report.uses.items()}
    expected = {key: times for key, times in naive.rules.items() if key[1] is not None}
    assert {key: times for key, times in used.items() if key[2] not in ("skipped", "raised")} == expected
    for side, engine in (("baseline", baseline), ("candidate", candidate)):
        fired = {rule for found, rule, _ in naive.rules if found == side}
        assert not fired.intersection(report.never_fired(side))
        assert set(report.never_fired(side)) <= {rule for pipeline in engine.pipelines.values() for rule in pipeline}


@given(st.lists(st.sampled_from("abc"), unique=True), st.lists(st.sampled_from("abc"), unique=True))
def test_every_pair_of_answers_has_one_class(before: list[str], after: list[str]) -> None:
    """Two answers are in the class that a plain reading of it gives, and what was refused last is refused first."""
    change = change_of(tuple(before), tuple(after))
    assert change.value == _change(tuple(before), tuple(after))
    back = {Change.NEWLY_REJECTED: Change.NEWLY_ACCEPTED, Change.NEWLY_ACCEPTED: Change.NEWLY_REJECTED}
    assert change_of(tuple(after), tuple(before)) is back.get(change, change)


@settings(max_examples=scaled(25))
@given(random_histories(), policies("session.create"))
def test_how_often_cells_are_added_up(records: list[Record], policy: Policy) -> None:
    """However few cells are counted apart before they are added up, the report is the same."""
    task = task_of(of_policy(policy), by_merchant=True)
    whole = replay(records, task)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys.modules[replay.__module__], "_MOST_CELLS", 1)
        assert text_of(replay(records, task)) == text_of(whole)

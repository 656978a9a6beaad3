"""What a report counts is what a plain loop over the same history counts, and no record stops a run or is lost."""

import json
import sys
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from rules_engine import OPERATIONS, DraftError, Engine, Policy, default_policy, read_draft
from rules_engine.dryrun.document import read_report, report_document
from rules_engine.dryrun.history.files import Record
from rules_engine.dryrun.replay import LARGEST, Amount, BothSides, amount_at_stake, replay
from rules_engine.dryrun.report import (
    ACCEPTED,
    NOT_JUDGED,
    UNDECIDED,
    Answer,
    Change,
    HeadersDifferError,
    Report,
    Tally,
    Transition,
    change_of,
    merge,
)
from rules_engine.dryrun.reports.wording import headline
from rules_engine.dryrun.task import Policies, Task
from rules_engine.examples import REMOVED, changed, examples
from rules_engine.policy.policy_set import Versions
from rules_engine.testing.strategies import policies
from rules_engine.violation import Verdict
from tests.dryrun.samples import (
    DEFAULT,
    HEADER,
    OPERATIONS_TRIED,
    SHIPPED,
    SYNTHETIC,
    history,
    of_policy,
    random_histories,
    text_of,
)
from tests.profiles import scaled

CLEAN = examples()["create"]
REFUSED = changed(CLEAN, {"/request/mode": "none"})
BOTH = Task(DEFAULT, DEFAULT)


def _amount(document: dict[str, Any]) -> Amount | None:
    draft = read_draft(document)
    assert not draft.faults
    return amount_at_stake(draft, OPERATIONS[draft.operation].build_views(draft))


@pytest.mark.parametrize(
    ("name", "amount"),
    [
        ("course_clean_create", ("EGP", 277000)),
        ("course_code_for_newcomers", ("EGP", 328500)),
        ("donation_clean_create_in_dollars", ("USD", 2000)),
        ("electronics_clean_create", ("KWD", 39000)),
        ("pottery_clean_update_of_lines", ("EGP", 377000)),
        ("course_clean_update_clears_fields", ("EGP", 258500)),
        ("pottery_clean_confirm_with_stored_card", ("EGP", 313000)),
        ("course_clean_expire", ("EGP", 258500)),
        ("electronics_clean_code_with_minimum_in_riyals", ("KWD", 43400)),
        ("bookshop_clean_refund_of_an_atlas", ("EGP", 185000)),
        ("bookshop_clean_refund_of_the_second_volume", ("EGP", 32000)),
        ("bookshop_refund_of_everything_at_once", ("EGP", 900000)),
        ("course_currency_abbreviated", None),
        ("electronics_mixed_currencies", None),
        ("electronics_expire_unknown_session", None),
        ("pottery_undecided_session", None),
        ("pottery_refused_and_undecided", None),
        ("donation_line_without_price", None),
        ("bookshop_clean_payment_link_create", None),
        ("bookshop_price_clean_paperback", None),
        ("bookshop_coupon_clean_two_dinars_off", None),
    ],
)
def test_amount_of_the_shipped_drafts(name: str, amount: Amount | None) -> None:
    """The subtotal before discounts, what is given back, or nothing."""
    assert _amount(json.loads((SHIPPED / "drafts" / f"{name}.json").read_text())) == amount


@pytest.mark.parametrize(
    ("document", "changes"),
    [
        (CLEAN, {"/facts/prices": REMOVED}),
        (CLEAN, {"/request/currency": "ZZZ"}),
        (CLEAN, {"/request/currency": "n" * 50_000}),
        (examples()["refund_create"], {"/facts/charges": REMOVED}),
    ],
)
def test_unknown_amounts(document: dict[str, Any], changes: dict[str, Any]) -> None:
    """Without the facts, or in what is no currency, there is no amount, and nothing a report could grow with."""
    assert _amount(document) is not None
    assert _amount(changed(document, changes)) is None


def test_the_case_of_a_currency() -> None:
    """A currency counts as one, however it is spelt."""
    currency, amount = _amount(CLEAN) or ("", 0)
    assert currency.isupper()
    assert _amount(changed(CLEAN, {"/request/currency": currency.lower()})) == (currency, amount)


@pytest.mark.parametrize(
    ("unit_amount", "amount"),
    [(LARGEST, ("EGP", LARGEST)), (LARGEST + 1, None), (10**390, None), (0, ("EGP", 0)), (-1, None)],
)
def test_amounts_that_would_drown_all_others(unit_amount: int, amount: Amount | None) -> None:
    """What is below nothing, or more than any reader of JSON takes, is no amount."""
    line = {"price": "price_mug", "quantity": 1}
    document = changed(CLEAN, {"/request/lineItems": [line], "/facts/prices/price_mug/unitAmount": unit_amount})
    assert _amount(document) == amount


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
                for how, found in (
                    ("enforced", verdict.violations),
                    ("waived", verdict.waived),
                    ("shadowed", verdict.shadowed),
                    ("warned", verdict.warnings),
                ):
                    self.rules.update((side, how, each.rule) for each in found if each.rule is not None)


def _of_report(report: Report) -> tuple[Counter[Any], Counter[Any]]:
    """Return the counts of a report in the form of the naive ones."""
    tallies: list[tuple[tuple[Any, ...], Tally]] = [
        *((("transition", answers), transition.tally) for answers, transition in report.transitions.items()),
        *((("class", change.value), tally) for change, tally in report.changes.items() if change not in NOT_JUDGED),
        *((("gained", change.code), change.gained) for change in report.codes),
        *((("lost", change.code), change.lost) for change in report.codes),
    ]
    for dimension, values in report.groups.items():
        for value, changes in values.items():
            tallies += [((dimension, value, change.value), tally) for change, tally in changes.items()]
    drafts, amounts = Counter[Any](), Counter[Any]()
    for key, tally in tallies:
        drafts[key] += tally.drafts
        amounts.update({(*key, currency): amount for currency, amount in tally.amounts.items()})
    return drafts, amounts


@settings(max_examples=scaled(60))
@given(st.data())
def test_the_counts_of_a_plain_loop(data: st.DataObject) -> None:
    """Transitions, classes, groups, amounts, codes gained and lost, and what rules did."""
    operation = data.draw(st.sampled_from(OPERATIONS_TRIED))
    baseline, candidate = data.draw(policies(operation)), data.draw(policies(operation))
    records = data.draw(random_histories())
    report = replay(records, Task(of_policy(candidate), of_policy(baseline), by_merchant=True))
    naive = Naive(records, baseline, candidate)
    assert _of_report(report) == (naive.drafts, naive.amounts)
    assert (report.unreadable + report.invalid_facts, report.read) == (naive.unreadable, len(records))
    used = {use: times for use, times in report.uses.items() if use[1] not in ("skipped", "raised")}
    assert used == naive.rules
    for side, engine in (("baseline", baseline), ("candidate", candidate)):
        fired = {rule for found, _, rule in naive.rules if found == side}
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
    task = Task(of_policy(policy), by_merchant=True)
    whole = replay(records, task)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys.modules[replay.__module__], "_MOST_CELLS", 1)
        assert text_of(replay(records, task)) == text_of(whole)


def _replayed(*documents: Any) -> Report:
    return replay(history(*documents), Task(DEFAULT))


def _recorded(document: Any, *codes: str) -> Any:
    return {**document, "recorded": {"codes": list(codes)}}


@pytest.mark.parametrize(
    ("document", "codes", "change"),
    [
        (CLEAN, (), Change.UNCHANGED),
        (CLEAN, ("price_expired",), Change.NEWLY_ACCEPTED),
        (REFUSED, (), Change.NEWLY_REJECTED),
        (REFUSED, ("parameter_invalid",), Change.UNCHANGED),
        (REFUSED, ("parameter_invalid", "parameter_invalid"), Change.UNCHANGED),
        (REFUSED, ("price_expired", "parameter_invalid"), Change.REASONS_CHANGED),
        (CLEAN, ("undecided",), Change.UNDECIDED),
    ],
)
def test_compared_with_what_was_recorded(document: Any, codes: tuple[str, ...], change: Change) -> None:
    """Each code counts once, and an undecided answer of the time stays undecided and lacks nothing now."""
    report = _replayed(_recorded(document, *codes))
    assert report.changes[change].drafts == report.read == 1
    assert (report.unrecorded, report.missing_facts) == (0, {})
    assert report.header.baseline.name == "recorded"
    assert report.never_fired("baseline") == ()


def test_nothing_recorded() -> None:
    """A draft of which nothing was recorded is unchanged, and counted as unrecorded besides."""
    report = _replayed(CLEAN, REFUSED)
    assert report.unrecorded == 2
    assert set(report.transitions) == {((), ()), (("parameter_invalid",), ("parameter_invalid",))}


def test_any_text_may_be_recorded() -> None:
    """What an application called its codes stands as it is, but for secrets and halves of surrogate pairs."""
    odd = ("PRICE EXPIRED", "<script>", "|`*\n", "sk_live_0123456789abcdef", "\ud800", "")
    (answers,) = _replayed(_recorded(CLEAN, *odd)).transitions
    assert answers == (("PRICE EXPIRED", "<script>", "|`*\n", "***", "\\ud800", ""), ())
    ((codes, _),) = _replayed(_recorded(CLEAN, "x" * 100, "x" * 101, *map(str, range(200)))).transitions
    assert (codes[:3], len(codes)) == (("x" * 100, "x" * 99 + "…", "0"), 101)
    assert codes[-2:] == ("97", "…")


@pytest.mark.parametrize(
    ("before", "after", "newly"),
    [
        ((), ("undecided",), 1),
        (("a",), ("undecided",), 1),
        (("internal_error", "a"), ("undecided",), 1),
        (("undecided",), ("undecided",), 0),
        (("undecided",), (), 0),
        (("internal_error",), ("undecided",), 0),
        ((), ("internal_error",), 0),
    ],
)
def test_newly_is_after_and_not_before(before: Answer, after: Answer, newly: int) -> None:
    """Newly undecided is what was decided before; an internal error, as live logs record it, was no decision."""
    assert Report(HEADER, {(before, after): Transition(Tally(1))}).newly_undecided.drafts == newly


def test_policies_whose_window_ended() -> None:
    """A candidate that applies no longer leaves every decided draft newly undecided, and the first line says so."""
    ended = Policies("ended", Versions((evolve(default_policy(), effective_until=datetime(2001, 1, 1, tzinfo=UTC)),)))
    report = replay(history(CLEAN, CLEAN), Task(ended, DEFAULT))
    assert report.newly_undecided == report.changes[Change.UNDECIDED]
    assert headline(report) == "None of 2 records gets another answer; 2 newly undecided."
    assert replay(history(CLEAN), Task(ended, ended)).newly_undecided == Tally()


@given(SYNTHETIC)
def test_newly_undecided_follows_from_the_rest(report: Report) -> None:
    """The JSON form has it beside the classes, and it is computed again when a report is read back."""
    document: dict[str, Any] = report_document(report)
    written = document["newly_undecided"]["drafts"]
    assert written == report.newly_undecided.drafts <= document["changes"]["undecided"]["drafts"]
    document["newly_undecided"]["drafts"] = written + 1
    assert read_report(document) == report


@pytest.mark.parametrize(
    ("document", "problem", "pointer"),
    [
        (None, "not JSON", None),
        (b"{", "not JSON: Expecting property name enclosed in double quotes at line 1, column 2", ""),
        (b"", "not JSON: Expecting value at line 1, column 1", ""),
        (b"\xff", "not JSON: not utf-8 text at byte 0", ""),
        (b"[" * 100_000, "not readable: expected at most 64 levels of nesting", ""),
        (b"[]", "expected an object", ""),
        (changed(CLEAN, {"/version": 2}), "expected the version of the document, 1", "/version"),
    ],
)
def test_what_is_no_draft(document: Any, problem: str, pointer: str | None) -> None:
    """It is counted, and shown with its place and what is wrong."""
    report = replay(history(CLEAN, document, CLEAN), BOTH)
    assert (report.read, report.unreadable, report.changes[Change.UNREADABLE].drafts) == (3, 1, 1)
    (sample,) = report.unreadable_samples
    assert (sample.place, sample.pointer) == ("history.jsonl:2", pointer)
    assert sample.problem.startswith(problem)


def test_invalid_facts() -> None:
    """Records refused for their facts are counted apart, and so is how many of them have each refused key."""
    own = {"/facts/merchant/sku": 1, "/facts/Prices": {}}
    documents = (
        changed(CLEAN, {"/facts/now": "today"}),
        changed(CLEAN, {"/facts": REMOVED}),
        changed(CLEAN, own),
        changed(CLEAN, {"/facts/Prices": {}, "/facts/customer/Id": 1}),
    )
    report = replay(history(CLEAN, *documents, None), BOTH)
    assert (report.read, report.invalid_facts, report.unreadable) == (6, 4, 1)
    assert report.refused_keys == {"Prices": 2, "Id": 1}
    assert [sample.pointer for sample in report.invalid_facts_samples] == ["/facts/now", "/facts", "/facts/Prices"]
    assert headline(report) == "None of 6 records gets another answer; 4 invalid facts, 1 unreadable."
    merged = merge(report.header, [report, report])
    assert (merged.read, merged.invalid_facts, merged.refused_keys["Prices"]) == (12, 8, 4)
    assert read_report(report_document(report)) == report
    known, strict = Task(DEFAULT, DEFAULT, known_keys=["Prices"]), Task(DEFAULT, DEFAULT, strict_facts=True)
    assert replay(history(*documents), known).refused_keys == {"Id": 1}
    assert replay(history(*documents), strict).refused_keys == {"Prices": 2, "sku": 1, "Id": 1}
    with pytest.raises(HeadersDifferError):
        merge(report.header, [replay([], known)])


def test_the_first_unreadable_records_are_shown() -> None:
    """As many as are asked for, by file and by position, not by how a position is written."""
    first = replay([Record("a:7", None, position=(7, 0))], BOTH, file="a")
    records = [Record(f"b:{line}", None, position=(line, 0)) for line in (12, 2, 1)]
    report = merge(BOTH.header, [replay(records, BOTH, file="b"), first])
    assert [sample.place for sample in report.unreadable_samples] == ["a:7", "b:1", "b:2"]
    assert {sample.problem for sample in report.unreadable_samples} == {"cannot be read"}
    assert replay(records, Task(DEFAULT, DEFAULT, sample=0)).unreadable_samples == []


def test_what_cannot_be_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever goes wrong while a draft is judged, the others are; only the type of the error is reported."""

    def explode(*_: object) -> None:
        raise ZeroDivisionError("sk_live_0123456789")

    monkeypatch.setattr(BothSides, "judge", explode)
    report = replay(history(CLEAN, examples()["create_guest"]), BOTH)
    assert report.unreadable == 2
    assert {sample.problem for sample in report.unreadable_samples} == {"cannot be judged: ZeroDivisionError"}


def test_missing_facts() -> None:
    """A draft that lacks facts is undecided, and the kinds of facts it lacks are counted once each."""
    report = replay(history(changed(CLEAN, {"/facts/prices": REMOVED, "/facts/merchant": REMOVED})), BOTH)
    assert report.changes[Change.UNDECIDED].drafts == 1
    assert {"prices", "merchant"} <= set(report.missing_facts)
    assert set(report.missing_facts.values()) == {1}


def test_a_request_that_does_not_parse() -> None:
    """It is refused by the wire: a transition without an amount, of an operation whose rules were not asked."""
    report = replay(history({**CLEAN, "request": []}), BOTH)
    ((answers, transition),) = report.transitions.items()
    assert answers == (("invalid_request",), ("invalid_request",))
    assert (transition.tally.unpriced, transition.tally.amounts) == (1, {})
    assert (report.operations, report.uses) == ({}, {})


@given(st.lists(st.binary(max_size=40) | st.recursive(st.none() | st.text(), st.lists).map(str), max_size=5))
def test_any_bytes(texts: list[Any]) -> None:
    """Of any bytes, every record is counted."""
    records = history(*(text if isinstance(text, bytes) else text.encode("utf-8", "replace") for text in texts))
    report = replay(records, BOTH)
    assert report.unreadable == report.read == len(records)

"""What two policies refuse, compared: the answer agrees with judging drafts, and each example differs as claimed."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import chain
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from rules_engine import CATALOGUE, RULES, Engine, Mode, Policy, default_policy
from rules_engine.analysis.applied import PreparedDraft, broken, prepared, valid
from rules_engine.analysis.compare import CodeComparison, Relation, compare_policies
from rules_engine.examples import counterexamples
from rules_engine.policy.model import MetadataMatch, Waiver, WaiverMatch
from rules_engine.testing.search import generated
from rules_engine.testing.strategies import policies
from rules_engine.wire.dates import read_instant
from tests.profiles import scaled

DEFAULT = default_policy()
SMALL = ("session.expire", "session.confirm", "session.apply_promotion_code")
GENERATED = {operation: generated(operation, 40) for operation in SMALL}


def _differing(rows: tuple[CodeComparison, ...]) -> dict[tuple[str, str], tuple[Relation, bool]]:
    return {
        (row.operation, row.code): (row.relation, row.proven)
        for row in rows
        if row.relation != "same" or not row.proven
    }


def _codes(policy: Policy, document: Mapping[str, Any]) -> tuple[str, ...]:
    return Engine(policy).validate(document).codes


class TestKnownDifferences:
    """Differences that are plain from the two policies."""

    def test_same(self) -> None:
        """A policy is the same as itself, and as itself in another order: proven, without judging a draft."""
        turned = DEFAULT.with_pipeline("session.create", reversed(DEFAULT.pipelines["session.create"]))
        for second in (DEFAULT, turned):
            rows = compare_policies(DEFAULT, second)
            assert _differing(rows) == {}
            assert {row.judged for row in rows} == {0}

    def test_rows(self) -> None:
        """There is a row for every code that rules of an operation report."""
        rows = compare_policies(DEFAULT, DEFAULT)
        codes = {rule.name: rule.code.name for rule in RULES}
        said = {(name, codes[rule]) for name, pipeline in DEFAULT.pipelines.items() for rule in pipeline}
        assert {(row.operation, row.code) for row in rows} == said
        assert len(rows) == len(said)
        assert {row.code for row in rows} <= set(CATALOGUE)

    def test_every_operation(self) -> None:
        """With a lower maximum a policy refuses more, in each operation whose rules read it, and nowhere else."""
        assert _differing(compare_policies(DEFAULT, DEFAULT.with_limits(max_line_items=20))) == {
            (f"{noun}.{verb}", "parameter_out_of_range"): ("more", True)
            for noun in ("session", "payment_link")
            for verb in ("create", "update")
        }

    def test_a_need_that_no_longer_refuses(self) -> None:
        """What was skipped for a rule is reported once it no longer refuses."""
        rows = _differing(compare_policies(DEFAULT, DEFAULT.with_modes(Mode.OFF, "coupon_currency_mismatch")))
        assert rows["session.create", "coupon_currency_mismatch"] == ("fewer", True)
        assert rows["session.create", "coupon_minimum_amount"][0] in ("more", "same")


NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def _row(first: Policy, second: Policy, code: str) -> CodeComparison:
    (row,) = [row for row in compare_policies(first, second, operations=["session.create"]) if row.code == code]
    return row


def _waived(code: str, expires: datetime, **match: Any) -> Policy:
    return evolve(DEFAULT, waivers=(Waiver("known", code, WaiverMatch(**match), expires, "Known."),))


ASKED = {"merchant": "mer_7", "metadata": MetadataMatch("channel", "bazaar")}
NARROW = _waived("price_expired", NOON, **ASKED)
EGP, USD = (DEFAULT.with_limits(supported_currencies=frozenset({code})) for code in ("EGP", "USD"))
WINDOWS = [DEFAULT.with_limits(min_expires_after_minutes=n, max_expires_after_minutes=n + 30) for n in (30, 90)]
TABLE = [
    (DEFAULT, DEFAULT.with_limits(max_custom_fields=1), "parameter_out_of_range", "more"),
    (*WINDOWS, "parameter_out_of_range", "other"),
    (DEFAULT, EGP, "unsupported_currency", "more"),
    (EGP, USD, "unsupported_currency", "other"),
    *(
        (DEFAULT, DEFAULT.with_modes(mode, "promotion_code_expired"), "promotion_code_expired", "fewer")
        for mode in (Mode.WARN, Mode.SHADOW, Mode.OFF)
    ),
    (
        DEFAULT.with_modes(Mode.OFF, "price_expired"),
        evolve(DEFAULT, enforce_from={"price_expired": NOON}),
        "price_expired",
        "more",
    ),
    (NARROW, _waived("price_expired", NOON + DAY, **ASKED), "price_expired", "fewer"),
    (NARROW, _waived("price_expired", NOON, merchant="mer_7"), "price_expired", "fewer"),
    (
        NARROW,
        _waived("price_expired", NOON, merchant="mer_7", metadata=MetadataMatch("channel")),
        "price_expired",
        "fewer",
    ),
    (NARROW, _waived("price_expired", NOON, operation="session.create"), "price_expired", "fewer"),
    (NARROW, _waived("price_expired", NOON, merchant="mer_8"), "price_expired", "other"),
]
"""Two policies, a code, and how the second policy stands to the first."""
MIRRORED: dict[str, str] = {"more": "fewer", "fewer": "more", "other": "other"}


@pytest.mark.parametrize(("first", "second", "code", "relation"), TABLE)
def test_relation(first: Policy, second: Policy, code: str, relation: str) -> None:
    """It is proven, shown by an example on each side that refuses more, and mirrored the other way round."""
    there, back = _row(first, second, code), _row(second, first, code)
    assert [(row.relation, row.proven) for row in (there, back)] == [(relation, True), (MIRRORED[relation], True)]
    shown = [[example is not None for example in (row.only_first, row.only_second)] for row in (there, back)]
    assert shown[0] == [relation != "more", relation != "fewer"] == shown[1][::-1]


class TestEnforcement:
    """Rules that are enforced from an instant on."""

    def test_later(self) -> None:
        """A rule that is enforced later refuses fewer drafts: those in between, of which one is shown."""
        early, late = (evolve(DEFAULT, enforce_from={"coupon_invalid": at}) for at in (NOON, NOON + DAY))
        row = _row(early, late, "coupon_invalid")
        assert (row.relation, row.proven) == ("fewer", True)
        assert row.only_first is not None
        assert NOON <= read_instant(row.only_first["facts"]["now"]) < NOON + DAY

    def test_delayed_need(self) -> None:
        """Nothing is skipped for a need that is not enforced yet, so what builds on it is reported."""
        delayed = evolve(DEFAULT, enforce_from={"price_currency_invalid": NOON})
        for row in compare_policies(DEFAULT, delayed, operations=["session.create"]):
            assert row.relation != "fewer" or row.code == "currency_invalid"


class TestWaivers:
    """Codes that are waived."""

    def test_waived_in_one(self) -> None:
        """A code that is waived for a merchant is refused in fewer drafts: in one of that merchant, which is shown."""
        row = _row(DEFAULT, _waived("price_expired", NOON + DAY, merchant="mer_7"), "price_expired")
        assert (row.relation, row.proven) == ("fewer", True)
        assert row.only_first is not None
        assert row.only_first["facts"]["merchant"]["id"] == "mer_7"

    def test_elsewhere(self) -> None:
        """A waiver of another operation, of metadata where no session is, or of another name, is no difference."""
        renamed = evolve(DEFAULT, waivers=(Waiver("x", "price_expired", WaiverMatch("mer_7"), NOON, "Known."),))
        again = _waived("price_expired", NOON, merchant="mer_7")
        assert _differing(compare_policies(renamed, again)) == {}
        confirm = _waived("price_expired", NOON, operation="session.confirm")
        assert _differing(compare_policies(DEFAULT, confirm, operations=["session.create"])) == {}
        metadata = _waived("unsupported_currency", NOON, metadata=MetadataMatch("channel"))
        assert _differing(compare_policies(DEFAULT, metadata, operations=["currency.check"])) == {}

    def test_waived_need(self) -> None:
        """Nothing is skipped for a need that is waived: where it is, what builds on it may be reported."""
        waived = _waived("coupon_currency_mismatch", NOON, operation="session.create")
        row = _row(DEFAULT, waived, "coupon_minimum_amount")
        assert row.relation == "more" or not row.proven


class TestExamples:
    """The drafts that show a difference."""

    @settings(max_examples=scaled(8))
    @given(st.sampled_from(SMALL), st.data())
    def test_examples_differ_as_claimed(self, operation: str, data: st.DataObject) -> None:
        """Each example reports the code under the policy that it is an example for, and not under the other one."""
        first, second = (data.draw(policies(operation)) for _ in range(2))
        for row in compare_policies(first, second, operations=[operation]):
            if row.only_first is not None:
                assert row.code in _codes(first, row.only_first)
                assert row.code not in _codes(second, row.only_first)
            if row.only_second is not None:
                assert row.code not in _codes(first, row.only_second)
                assert row.code in _codes(second, row.only_second)


@cache
def _corpus(operation: str) -> tuple[PreparedDraft, ...]:
    """Every broken draft of an operation, pairs of counterexamples, and what the strategies make of them."""
    singles = tuple(chain.from_iterable(broken(operation, rule.name) for rule in RULES))
    pairs = [
        draft.with_changes(counterexample.changes)
        for draft in singles[::6]
        for counterexample in counterexamples()[::7]
    ]
    drawn = [prepared(document) for document in GENERATED[operation]]
    return (*valid(operation).values(), *singles, *(draft for draft in (*pairs, *drawn) if draft is not None))


class TestBruteForce:
    """The answer, compared with judging thousands of drafts under both policies."""

    @settings(max_examples=scaled(8))
    @given(st.sampled_from(SMALL), st.data())
    def test_agrees(self, operation: str, data: st.DataObject) -> None:
        """What is proven, no draft contradicts; and what drafts show, the answer does not deny."""
        first, second = (data.draw(policies(operation)) for _ in range(2))
        rows = {row.code: row for row in compare_policies(first, second, operations=[operation])}
        engines = Engine(first), Engine(second)
        for draft in _corpus(operation):
            one, other = (set(engine.validate(draft.draft).codes) for engine in engines)
            for code in one - other:
                assert not (rows[code].proven and rows[code].relation in ("same", "more")), draft.document
            for code in other - one:
                assert not (rows[code].proven and rows[code].relation in ("same", "fewer")), draft.document

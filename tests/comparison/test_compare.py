"""What two policies refuse, compared: the answer agrees with judging drafts, and each example differs as it says."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules_engine import CATALOGUE, OPERATIONS, RULES, Engine, Mode, Policy, default_policy
from rules_engine.comparison import Difference, Relation, compare
from rules_engine.comparison.axes import spoilt_drafts, with_changes
from rules_engine.comparison.exclusive import exclusive
from rules_engine.engine.examine import Truth, evaluate
from rules_engine.subjects.context import Context
from rules_engine.testing.dials import DIALS, UNTURNABLE
from rules_engine.testing.search import generated
from rules_engine.testing.spoilers import SPOILERS
from rules_engine.testing.strategies import drafts, policies
from rules_engine.testing.worlds import clean_worlds

DEFAULT = default_policy()
SMALL = ("session.expire", "session.confirm", "session.apply_promotion_code")
GENERATED = {operation: generated(operation, 100) for operation in SMALL}


def _differing(rows: tuple[Difference, ...]) -> dict[tuple[str, str], tuple[Relation, bool]]:
    return {
        (row.operation, row.code): (row.relation, row.proven)
        for row in rows
        if row.relation is not Relation.SAME or not row.proven
    }


def _codes(policy: Policy, document: Mapping[str, Any]) -> tuple[str, ...]:
    return Engine(policy).validate(document).codes


class TestKnownDifferences:
    """Differences that anybody can tell by reading the two policies."""

    def test_same(self) -> None:
        """A policy is the same as itself, and as itself in another order: proven, without judging a draft."""
        turned = DEFAULT.with_pipeline("session.create", reversed(DEFAULT.pipelines["session.create"]))
        for second in (DEFAULT, turned):
            rows = compare(DEFAULT, second)
            assert _differing(rows) == {}
            assert {row.judged for row in rows} == {0}

    def test_rows(self) -> None:
        """There is a row for every code that rules of an operation say."""
        rows = compare(DEFAULT, DEFAULT)
        codes = {rule.name: rule.code.name for rule in RULES}
        said = {(name, codes[rule]) for name, pipeline in DEFAULT.pipelines.items() for rule in pipeline}
        assert {(row.operation, row.code) for row in rows} == said
        assert len(rows) == len(said)
        assert {row.code for row in rows} <= set(CATALOGUE)

    def test_lower_maximum(self) -> None:
        """With a lower maximum a policy refuses more, in each operation whose rules read it."""
        assert _differing(compare(DEFAULT, DEFAULT.with_limits(max_line_items=20))) == {
            ("session.create", "parameter_out_of_range"): (Relation.MORE, True),
            ("session.update", "parameter_out_of_range"): (Relation.MORE, True),
        }

    def test_fewer(self) -> None:
        """A rule that no longer refuses makes a policy refuse fewer drafts, whatever it does instead."""
        for mode in (Mode.WARN, Mode.SHADOW, Mode.OFF):
            differing = _differing(compare(DEFAULT, DEFAULT.with_modes(mode, "promotion_code_expired")))
            assert differing == {
                (operation, "promotion_code_expired"): (Relation.FEWER, True)
                for operation in ("session.create", "session.update", "session.apply_promotion_code")
            }

    def test_mirrored(self) -> None:
        """The other way round, more is fewer and the examples change sides."""
        stricter = DEFAULT.with_limits(max_custom_fields=1)
        more = [row for row in compare(DEFAULT, stricter) if row.relation is not Relation.SAME]
        fewer = [row for row in compare(stricter, DEFAULT) if row.relation is not Relation.SAME]
        assert {row.relation for row in more} == {Relation.MORE}
        assert {row.relation for row in fewer} == {Relation.FEWER}
        assert all(row.only_first is None and row.only_second is not None for row in more)
        assert all(row.only_second is None and row.only_first is not None for row in fewer)

    def test_other(self) -> None:
        """A window that moves refuses other drafts: those below the one, and those above the other."""
        early = DEFAULT.with_limits(min_expires_after_minutes=30, max_expires_after_minutes=60)
        late = DEFAULT.with_limits(min_expires_after_minutes=90, max_expires_after_minutes=120)
        (row,) = [row for row in compare(early, late) if row.relation is not Relation.SAME]
        assert (row.operation, row.code, row.relation, row.proven) == (
            "session.create",
            "parameter_out_of_range",
            Relation.OTHER,
            True,
        )

    def test_a_need_that_falls_silent(self) -> None:
        """What a rule withheld is heard once it no longer refuses."""
        rows = _differing(compare(DEFAULT, DEFAULT.with_modes(Mode.OFF, "coupon_currency_mismatch")))
        assert rows["session.create", "coupon_currency_mismatch"] == (Relation.FEWER, True)
        assert rows["session.create", "coupon_minimum_amount"][0] in (Relation.MORE, Relation.SAME)

    def test_sets(self) -> None:
        """Fewer currencies refuse more; others refuse others."""
        egp, usd = (DEFAULT.with_limits(supported_currencies=frozenset({code})) for code in ("EGP", "USD"))
        assert _differing(compare(DEFAULT, egp))["session.create", "unsupported_currency"] == (Relation.MORE, True)
        assert _differing(compare(egp, usd))["session.create", "unsupported_currency"] == (Relation.OTHER, True)


class TestExamples:
    """The drafts that show a difference."""

    @settings(max_examples=10, deadline=None)
    @given(st.sampled_from(SMALL), st.data())
    def test_examples_differ_as_claimed(self, operation: str, data: st.DataObject) -> None:
        """Each example hears the code under the policy that it is an example for, and not under the other one."""
        first, second = (data.draw(policies(operation)) for _ in range(2))
        for row in compare(first, second, operations=[operation]):
            if row.only_first is not None:
                assert row.code in _codes(first, row.only_first)
                assert row.code not in _codes(second, row.only_first)
            if row.only_second is not None:
                assert row.code not in _codes(first, row.only_second)
                assert row.code in _codes(second, row.only_second)


@cache
def _corpus(operation: str) -> tuple[Mapping[str, Any], ...]:
    """Every spoilt draft of an operation, pairs of spoilers, and what the strategies make of them."""
    singles = [document for _, document in spoilt_drafts(operation)]
    pairs = [
        twice
        for document in singles[::3]
        for spoiler in SPOILERS
        if (twice := with_changes(document, spoiler.changes)) is not None
    ]
    return (*clean_worlds(operation).values(), *singles, *pairs[::11], *GENERATED[operation])


class TestBruteForce:
    """The answer, held against judging thousands of drafts under both policies."""

    @settings(max_examples=10, deadline=None)
    @given(st.sampled_from(SMALL), st.data())
    def test_agrees(self, operation: str, data: st.DataObject) -> None:
        """What is proven, no draft contradicts; and what drafts show, the answer does not deny."""
        first, second = (data.draw(policies(operation)) for _ in range(2))
        rows = {row.code: row for row in compare(first, second, operations=[operation])}
        engines = Engine(first), Engine(second)
        for document in _corpus(operation):
            one, other = (set(engine.validate(document).codes) for engine in engines)
            for code in one - other:
                assert not (rows[code].proven and rows[code].relation in (Relation.SAME, Relation.MORE)), document
            for code in other - one:
                assert not (rows[code].proven and rows[code].relation in (Relation.SAME, Relation.FEWER)), document


class TestGround:
    """What the proofs stand on."""

    @pytest.mark.parametrize("operation", OPERATIONS)
    @settings(max_examples=50)
    @given(data=st.data())
    def test_exclusive_faults(self, operation: str, data: st.DataObject) -> None:
        """Where a need is violated that excludes a rule, the rule is not violated on the same item."""
        draft = data.draw(drafts(operation))
        joined = OPERATIONS[operation].join(draft)
        context = Context(draft.facts.now, DEFAULT.limit_values)
        for rule in RULES:
            for need in rule.needs:
                if rule.scope in OPERATIONS[operation].scopes and exclusive(need, rule):
                    truths = zip(evaluate(need, joined, context), evaluate(rule, joined, context), strict=True)
                    assert all(
                        Truth.VIOLATED is not one.truth or two.truth is not Truth.VIOLATED for one, two in truths
                    )

    def test_every_limit_has_a_dial(self) -> None:
        """Every limit of every rule can be turned, or the reason why not is written down."""
        turned = {(dial.rule, dial.limit) for dial in DIALS}
        read = {(rule.name, limit.name) for rule in RULES for limit in rule.limits}
        assert turned <= read
        assert {rule for rule, _ in read - turned} == set(UNTURNABLE)

    @pytest.mark.parametrize("dial", DIALS, ids=lambda dial: f"{dial.rule}-{dial.limit}")
    def test_dials_turn(self, dial: Any) -> None:
        """A dial sets exactly what its rule compares: as much as the limit is fine, and one more or less is not."""
        rule = next(rule for rule in RULES if rule.name == dial.rule)
        limit = next(limit for limit in rule.limits if limit.name == dial.limit)
        if limit.members:
            member = min(limit.members)
            for members, expected in ((limit.members, False), (limit.members - {member}, True)):
                said = Engine(DEFAULT.with_limits(**{limit.name: members})).validate(dial.document(member))
                assert (rule.name in [found.rule for found in said.violations]) is expected
            return
        value = max(dial.least + 1, limit.minimum or 0, 3)
        policy = DEFAULT.with_limits(**{limit.name: value})
        refused = [
            rule.name in [found.rule for found in Engine(policy).validate(dial.document(number)).violations]
            for number in (value - 1, value, value + 1)
        ]
        assert refused in ([False, False, True], [True, False, False])

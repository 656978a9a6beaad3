"""What follows from limits and policies alone, and settings of what a rule compares with a limit."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from rules_engine import OPERATIONS, RULES, Code, Engine, Policy, Rule, default_policy, rule
from rules_engine.analysis.applied import AppliedPolicy
from rules_engine.analysis.lint import opposing_limits
from rules_engine.analysis.proof import (
    Stricter,
    are_exclusive,
    at_least_as_strict,
    contained,
    refuses,
    refuses_all,
    settings_of,
    stricter,
)
from rules_engine.engine.evaluate import Truth, evaluate
from rules_engine.examples import changed, examples
from rules_engine.examples.counterexamples import changes_of
from rules_engine.policy.model import MetadataMatch, Waiver, WaiverMatch
from rules_engine.rules import currency, session
from rules_engine.rules.kinds import Setting
from rules_engine.rules.limits import MAX_EXPIRES_AFTER, MAX_LINE_ITEMS, MIN_EXPIRES_AFTER, SUPPORTED_CURRENCIES
from rules_engine.testing.strategies import drafts
from rules_engine.views.context import Context, Limit
from rules_engine.views.session import SessionView
from tests.profiles import scaled

DEFAULT = default_policy()
BY_NAME = {rule.name: rule for rule in RULES}
NEED, BUILDS_ON_IT = "coupon_currency_mismatch", "coupon_minimum_amount"
REPORTING = [BY_NAME[BUILDS_ON_IT]]
EARLY = datetime(2026, 11, 22, tzinfo=UTC)
LATE = EARLY + timedelta(days=1)


def _side(policy: Policy) -> AppliedPolicy:
    return AppliedPolicy(policy, "session.create", BY_NAME)


def _from(**starts: datetime) -> AppliedPolicy:
    return _side(evolve(DEFAULT, enforce_from=starts))


def _waiver(expires: datetime = LATE, **match: Any) -> Waiver:
    return Waiver("known", NEED, WaiverMatch(**match), expires, "Known.")


def test_a_need_that_is_enforced_later() -> None:
    """Before a need is enforced, it skips nothing there, which matters once what builds on it is enforced."""
    assert BY_NAME[NEED] in BY_NAME[BUILDS_ON_IT].needs
    assert not refuses_all(_side(DEFAULT), _from(**{NEED: EARLY}), REPORTING)
    assert refuses_all(_from(**{NEED: EARLY}), _side(DEFAULT), REPORTING)
    assert refuses_all(_side(DEFAULT), _from(**{NEED: EARLY, BUILDS_ON_IT: EARLY}), REPORTING)
    assert not refuses_all(_side(DEFAULT), _from(**{NEED: LATE, BUILDS_ON_IT: EARLY}), REPORTING)
    assert not refuses_all(_from(**{BUILDS_ON_IT: LATE}), _from(**{BUILDS_ON_IT: EARLY}), REPORTING)


def test_a_need_that_is_waived() -> None:
    """A need that is waived there skips nothing there."""
    waived = _side(evolve(DEFAULT, waivers=(_waiver(merchant="mer_1"),)))
    assert not refuses_all(_side(DEFAULT), waived, REPORTING)
    assert refuses_all(waived, _side(DEFAULT), REPORTING)


CHANNEL = MetadataMatch("channel")
BAZAAR = MetadataMatch("channel", "bazaar")


@pytest.mark.parametrize(
    ("narrow", "wide", "expected"),
    [
        (_waiver(merchant="a"), _waiver(merchant="a"), True),
        (_waiver(merchant="a"), _waiver(merchant="b"), False),
        (_waiver(merchant="a"), _waiver(operation="session.create"), True),
        (_waiver(operation="session.create"), _waiver(merchant="a"), False),
        (_waiver(EARLY, merchant="a"), _waiver(merchant="a"), True),
        (_waiver(merchant="a"), _waiver(EARLY, merchant="a"), False),
        (_waiver(metadata=BAZAAR), _waiver(metadata=CHANNEL), True),
        (_waiver(metadata=CHANNEL), _waiver(metadata=BAZAAR), False),
        (_waiver(metadata=BAZAAR), _waiver(metadata=MetadataMatch("branch")), False),
        (_waiver(merchant="a"), _waiver(merchant="a", metadata=CHANNEL), False),
        (_waiver(merchant="a", metadata=CHANNEL), _waiver(metadata=CHANNEL), True),
    ],
)
def test_containment(narrow: Waiver, wide: Waiver, *, expected: bool) -> None:
    """One waiver is contained in another that asks for no more, and lasts as long."""
    assert contained([narrow], [wide]) is expected
    assert contained([], [wide])
    assert not contained([narrow], [])


@pytest.mark.parametrize("operation", OPERATIONS)
@settings(max_examples=scaled(10))
@given(data=st.data())
def test_exclusive_faults(operation: str, data: st.DataObject) -> None:
    """Where a need is violated that excludes a rule, the rule is not violated on the same item."""
    draft = data.draw(drafts(operation))
    views = OPERATIONS[operation].build_views(draft)
    context = Context(draft.facts.now, DEFAULT.limit_values)
    for judging in RULES:
        for need in judging.needs:
            if judging.scope in OPERATIONS[operation].scopes and are_exclusive(need, judging):
                truths = zip(evaluate(need, views, context), evaluate(judging, views, context), strict=True)
                assert all(Truth.VIOLATED is not one.truth or two.truth is not Truth.VIOLATED for one, two in truths)


CODE = Code.custom("acme.lines", "A rule of an application's own.")


@rule(CODE, on=SessionView, limits=(MAX_LINE_ITEMS,))
def _on_the_left(session: SessionView, ctx: Context) -> bool:
    """The limit stands on the left."""
    return ctx.limits[MAX_LINE_ITEMS] < session.discount_count


@rule(CODE, on=SessionView, limits=(MAX_LINE_ITEMS,))
def _denied(session: SessionView, ctx: Context) -> bool:
    """The comparison is denied."""
    return not (session.discount_count > 3 or session.discount_count > ctx.limits[MAX_LINE_ITEMS])


@rule(CODE, on=SessionView, limits=(MAX_LINE_ITEMS,))
def _equal(session: SessionView, ctx: Context) -> bool:
    """No direction at all."""
    return session.line_count == ctx.limits[MAX_LINE_ITEMS]


@rule(CODE, on=SessionView, limits=(MAX_LINE_ITEMS,))
def _both(session: SessionView, ctx: Context) -> bool:
    """Both directions at once."""
    return session.discount_count > ctx.limits[MAX_LINE_ITEMS] or session.discount_count < ctx.limits[MAX_LINE_ITEMS]


@rule(
    CODE,
    on=SessionView,
    limits=(MAX_LINE_ITEMS,),
    undecided_when=lambda session, ctx: session.discount_count > ctx.limits[MAX_LINE_ITEMS],
)
def _undecided(session: SessionView, ctx: Context) -> bool:
    """A limit may decide whether it is undecided."""
    return session.line_count is not None and session.line_count > ctx.limits[MAX_LINE_ITEMS]


@pytest.mark.parametrize(
    ("judging", "limit", "direction"),
    [
        (session.too_many_line_items, MAX_LINE_ITEMS, "lower"),
        (session.expires_too_late, MAX_EXPIRES_AFTER, "lower"),
        (session.expires_too_soon, MIN_EXPIRES_AFTER, "higher"),
        (currency.unsupported_currency, SUPPORTED_CURRENCIES, "fewer"),
        (_on_the_left, MAX_LINE_ITEMS, "lower"),
        (_denied, MAX_LINE_ITEMS, "higher"),
        (session.too_many_line_items, MAX_EXPIRES_AFTER, None),
        (_equal, MAX_LINE_ITEMS, None),
        (_both, MAX_LINE_ITEMS, None),
        (_undecided, MAX_LINE_ITEMS, None),
    ],
    ids=str,
)
def test_directions(judging: Rule[Any], limit: Any, direction: Stricter | None) -> None:
    """A limit has the direction of its comparison, and none where it has none, or two."""
    assert stricter(judging, limit) is direction


def test_every_rule_has_directions() -> None:
    """Every limit of every built-in rule has a direction, so that two policies can be compared exactly."""
    assert [(rule.name, limit.name) for rule in RULES for limit in rule.limits if stricter(rule, limit) is None] == []


@pytest.mark.parametrize("one", [0, 1, 2, 8])
@pytest.mark.parametrize("other", [0, 1, 2, 8])
def test_strictness_of_numbers(one: int, other: int) -> None:
    """Of two maxima the lower one is the stricter, of two minima the higher one, and equals are as strict."""
    most, least = session.too_many_line_items, session.expires_too_soon
    assert at_least_as_strict(most, MAX_LINE_ITEMS, one, other) is (one <= other)
    assert at_least_as_strict(least, MIN_EXPIRES_AFTER, one, other) is (one >= other)
    assert at_least_as_strict(_equal, MAX_LINE_ITEMS, one, other) is (one == other)
    assert refuses(most, MAX_LINE_ITEMS, one, other) is (other > one)
    assert refuses(least, MIN_EXPIRES_AFTER, one, other) is (other < one)


def test_strictness_of_sets() -> None:
    """A set that another one contains is the stricter; of two that do not contain each other, neither is."""
    egp, usd, supported = frozenset({"EGP"}), frozenset({"USD"}), currency.unsupported_currency
    assert at_least_as_strict(supported, SUPPORTED_CURRENCIES, egp, egp | usd)
    assert not at_least_as_strict(supported, SUPPORTED_CURRENCIES, egp | usd, egp)
    assert not at_least_as_strict(supported, SUPPORTED_CURRENCIES, egp, usd)
    assert refuses(supported, SUPPORTED_CURRENCIES, egp, "USD")
    assert not refuses(supported, SUPPORTED_CURRENCIES, egp, "EGP")


def test_opposing_limits_are_derived() -> None:
    """The pairs of limits that bound one quantity from both sides are read off the rows."""
    assert [(low.name, high.name) for (_, low), (_, high) in opposing_limits()] == [
        ("min_expires_after_minutes", "max_expires_after_minutes"),
        ("min_session_amount", "max_session_amount"),
    ]


SETTINGS = {
    f"{rule.name}-{limit.name}-{example}": (rule, limit, setting, example)
    for rule in RULES
    for limit in rule.limits
    for setting in settings_of(rule, limit)
    for example in setting.names
}


def test_every_limit_has_settings() -> None:
    """What every built-in rule compares with a limit can be set in an example."""
    assert [(rule, limit) for rule in RULES for limit in rule.limits if not settings_of(rule, limit)] == []


@pytest.mark.parametrize(("rule", "limit", "setting", "example"), SETTINGS.values(), ids=SETTINGS)
def test_settings_set_what_is_compared(rule: Rule[Any], limit: Limit[Any], setting: Setting, example: str) -> None:
    """A setting sets exactly what its rule compares: the limit itself is fine, and one more or less is not."""

    def refused(bound: Any, value: Any) -> bool:
        policy = default_policy().with_limits(**{limit.name: bound})
        verdict = Engine(policy).validate(changed(examples()[example], changes_of(setting, value)))
        return rule.name in [violation.rule for violation in verdict.violations]

    if limit.members:
        member = min(limit.members)
        assert not refused(limit.members, member)
        assert refused(limit.members - {member}, member)
        return
    assert None not in (setting.least, setting.most, limit.minimum, limit.maximum)
    least, most = setting.least or 0, setting.most or 0
    assert least - 1 <= (limit.minimum or 0)
    assert most >= (limit.maximum or 0)
    bound = max(least + 1, limit.minimum or 0, 3)
    assert [refused(bound, value) for value in (bound - 1, bound, bound + 1)] in (
        [False, False, True],
        [True, False, False],
    )

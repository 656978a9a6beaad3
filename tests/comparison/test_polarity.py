"""Which way a limit makes a rule stricter, read off the rule."""

from typing import Any

import pytest

from rules_engine import RULES, Code, Rule, rule
from rules_engine.comparison.polarity import Stricter, at_least_as_strict, stricter
from rules_engine.rules import currency, session
from rules_engine.rules.limits import MAX_EXPIRES_AFTER, MAX_LINE_ITEMS, MIN_EXPIRES_AFTER, SUPPORTED_CURRENCIES
from rules_engine.views.context import Context
from rules_engine.views.session import SESSION, SessionView

CODE = Code.custom("acme.lines", "A rule of a host's own.")
NUMBERS = (0, 1, 2, 3, 5, 8)


def _own(*, negated: bool) -> Rule[Any]:
    @rule(CODE, on=SESSION, limits=(MAX_LINE_ITEMS,))
    def straight(session: SessionView, ctx: Context) -> bool:
        """The limit stands on the left."""
        return ctx.limits[MAX_LINE_ITEMS] < session.discount_count

    @rule(CODE, on=SESSION, limits=(MAX_LINE_ITEMS,))
    def turned(session: SessionView, ctx: Context) -> bool:
        """The comparison is denied."""
        return not (session.discount_count > 3 or session.discount_count > ctx.limits[MAX_LINE_ITEMS])

    return turned if negated else straight


@rule(CODE, on=SESSION, limits=(MAX_LINE_ITEMS,))
def _equal(session: SessionView, ctx: Context) -> bool:
    """No direction at all."""
    return session.line_count == ctx.limits[MAX_LINE_ITEMS]


@rule(CODE, on=SESSION, limits=(MAX_LINE_ITEMS,))
def _both(session: SessionView, ctx: Context) -> bool:
    """Both directions at once."""
    return session.discount_count > ctx.limits[MAX_LINE_ITEMS] or session.discount_count < ctx.limits[MAX_LINE_ITEMS]


@rule(
    CODE,
    on=SESSION,
    limits=(MAX_LINE_ITEMS,),
    undecided_when=lambda session, ctx: session.discount_count > ctx.limits[MAX_LINE_ITEMS],
)
def _undecided(session: SessionView, ctx: Context) -> bool:
    """A limit may decide whether it is undecided."""
    return session.line_count is not None and session.line_count > ctx.limits[MAX_LINE_ITEMS]


@pytest.mark.parametrize(
    ("judging", "limit", "direction"),
    [
        (session.too_many_line_items, MAX_LINE_ITEMS, Stricter.LOWER),
        (session.expires_too_late, MAX_EXPIRES_AFTER, Stricter.LOWER),
        (session.expires_too_soon, MIN_EXPIRES_AFTER, Stricter.HIGHER),
        (currency.unsupported_currency, SUPPORTED_CURRENCIES, Stricter.FEWER),
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


def test_closures_have_no_source() -> None:
    """A rule whose names cannot be told from its source has no direction."""
    assert stricter(_own(negated=False), MAX_LINE_ITEMS) is Stricter.LOWER
    assert stricter(_own(negated=True), MAX_LINE_ITEMS) is Stricter.HIGHER


def test_every_rule_has_directions() -> None:
    """Every limit of every rule of ours has a direction, so that two policies can be compared exactly."""
    assert [(rule.name, limit.name) for rule in RULES for limit in rule.limits if stricter(rule, limit) is None] == []


@pytest.mark.parametrize("one", NUMBERS)
@pytest.mark.parametrize("other", NUMBERS)
def test_strictness_of_numbers(one: int, other: int) -> None:
    """Of two maxima the lower one is the stricter, of two minima the higher one, and equals are as strict."""
    assert at_least_as_strict(session.too_many_line_items, MAX_LINE_ITEMS, one, other) is (one <= other)
    assert at_least_as_strict(session.expires_too_soon, MIN_EXPIRES_AFTER, one, other) is (one >= other)
    assert at_least_as_strict(_equal, MAX_LINE_ITEMS, one, other) is (one == other)


def test_strictness_of_sets() -> None:
    """A set that another one contains is the stricter; of two that do not contain each other, neither is."""
    egp, usd = frozenset({"EGP"}), frozenset({"USD"})
    assert at_least_as_strict(currency.unsupported_currency, SUPPORTED_CURRENCIES, egp, egp | usd)
    assert not at_least_as_strict(currency.unsupported_currency, SUPPORTED_CURRENCIES, egp | usd, egp)
    assert not at_least_as_strict(currency.unsupported_currency, SUPPORTED_CURRENCIES, egp, usd)

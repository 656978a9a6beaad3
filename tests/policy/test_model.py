"""A policy is a value: it is copied with differences, and never holds what is wrong by itself."""

from datetime import UTC, datetime, timedelta
from typing import Any

import attrs
import pytest

from rules_engine import Mode, Policy, PolicyError, default_policy
from rules_engine.policy.model import limit_problems
from rules_engine.rules.limits import LIMITS, MAX_DISCOUNTS, MAX_LINE_ITEMS, SUPPORTED_CURRENCIES
from rules_engine.views.context import Limit

EMPTY = Policy("empty", {})
MICROSECOND = timedelta(microseconds=1)


class TestWithModes:
    """Copies with other modes."""

    def test_adds_and_replaces(self) -> None:
        """The rules that are named get the mode, the others keep theirs, and the original keeps its own."""
        first = EMPTY.with_modes(Mode.WARN, "price_expired", "price_inactive")
        second = first.with_modes(Mode.OFF, "price_inactive")
        assert first.modes == {"price_expired": Mode.WARN, "price_inactive": Mode.WARN}
        assert second.modes == {"price_expired": Mode.WARN, "price_inactive": Mode.OFF}
        assert EMPTY.modes == {}

    def test_takes_modes_only(self) -> None:
        """The name of a mode is no mode: a policy that held one would fail at the first draft."""
        mode: Any = "warn"
        with pytest.raises(PolicyError, match=r"^empty: the mode of price_expired must be a Mode$"):
            EMPTY.with_modes(mode, "price_expired")


class TestWithLimits:
    """Copies with other limits."""

    def test_adds_and_replaces(self) -> None:
        """The limits that are named get their values, the others keep theirs, and the original keeps its own."""
        first = EMPTY.with_limits(max_discounts=2, max_line_items=10)
        second = first.with_limits(max_discounts=3)
        assert first.limits == {"max_discounts": 2, "max_line_items": 10}
        assert second.limits == {"max_discounts": 3, "max_line_items": 10}
        assert EMPTY.limits == {}

    @pytest.mark.parametrize("kind", [list, tuple, set, frozenset])
    def test_takes_sets_in_any_form(self, kind: type) -> None:
        """Whatever holds the members, the policy keeps a frozen set: two policies with the same members are equal."""
        members: Any = kind(["KWD", "EGP"])
        assert EMPTY.with_limits(supported_currencies=members).limits == {
            "supported_currencies": frozenset({"EGP", "KWD"})
        }

    def test_refuses_every_wrong_one(self) -> None:
        """All wrong limits are listed at once."""
        members: Any = ["EGP", "EGPP", "ZZZ"]
        with pytest.raises(PolicyError) as refusal:
            EMPTY.with_limits(max_discount=1, max_discounts=101, supported_currencies=members)
        assert refusal.value.problems[0].path == ("limits", "max_discount")
        assert tuple(map(str, refusal.value.problems)) == (
            "empty: unknown limit max_discount; did you mean max_discounts?",
            "empty: max_discounts must lie between 0 and 100 discounts",
            "empty: supported_currencies: unknown member EGPP; did you mean EGP?",
            "empty: supported_currencies: unknown member ZZZ",
        )


class TestWithPipeline:
    """Copies with another pipeline."""

    def test_replaces_one(self) -> None:
        """The operation that is named gets the pipeline, the others keep theirs, and the original keeps its own."""
        default = default_policy()
        policy = default.with_pipeline("session.expire", iter(["session_already_over", "session_missing"]))
        assert policy.pipelines == {**default.pipelines, "session.expire": ("session_already_over", "session_missing")}
        assert default.pipelines["session.expire"] == ("session_missing", "session_already_over")

    def test_refuses_a_rule_twice(self) -> None:
        """A rule has one place in an order."""
        with pytest.raises(
            PolicyError, match=r"^empty: session_missing stands twice in the pipeline of session\.expire$"
        ):
            EMPTY.with_pipeline("session.expire", ["session_missing", "session_missing"])


class TestWindow:
    """When a policy made in Python applies."""

    START = datetime(2027, 1, 1, tzinfo=UTC)
    DAY = timedelta(days=1)

    def test_half_open(self) -> None:
        """The start is in and the end is out; a side that is not stated is open."""
        policy = attrs.evolve(EMPTY, effective_from=self.START, effective_until=self.START + self.DAY)
        moments = (self.START - MICROSECOND, self.START, self.START + self.DAY - MICROSECOND, self.START + self.DAY)
        assert [policy.effective_at(moment) for moment in moments] == [False, True, True, False]
        assert [attrs.evolve(policy, effective_from=None).effective_at(moment) for moment in moments] == [
            *[True, True, True, False]
        ]
        assert all(EMPTY.effective_at(moment) for moment in moments)

    @pytest.mark.parametrize("length", [timedelta(0), -MICROSECOND])
    def test_refuses_an_empty_one(self, length: timedelta) -> None:
        """A window that ends as it starts, or before, holds no instant."""
        with pytest.raises(PolicyError, match=r"^empty: effective_until must come after effective_from$"):
            attrs.evolve(EMPTY, effective_from=self.START, effective_until=self.START + length)

    @pytest.mark.parametrize("side", ["effective_from", "effective_until"])
    def test_refuses_an_instant_without_an_offset(self, side: str) -> None:
        """What an instant without an offset means would depend on the machine."""
        naive: dict[str, Any] = {side: self.START.replace(tzinfo=None)}
        with pytest.raises(PolicyError, match=r"^empty: the policy is effective from or until an instant without"):
            attrs.evolve(EMPTY, **naive)


class TestLimitValues:
    """What rules read."""

    def test_fills_in_the_defaults(self) -> None:
        """Every limit has a value: the policy's, else the limit's default."""
        values = EMPTY.with_limits(max_discounts=2).limit_values
        assert values[MAX_DISCOUNTS] == 2
        assert {limit: values[limit] for limit in LIMITS if limit is not MAX_DISCOUNTS} == {
            limit: limit.default for limit in LIMITS if limit is not MAX_DISCOUNTS
        }

    def test_takes_zero_and_nothing_at_their_word(self) -> None:
        """A limit of zero, and an empty set, are values and not the absence of one."""
        values = EMPTY.with_limits(max_discounts=0, supported_currencies=frozenset()).limit_values
        assert values[MAX_DISCOUNTS] == 0
        assert values[SUPPORTED_CURRENCIES] == frozenset()


@pytest.mark.parametrize("limit", [limit for limit in LIMITS if not limit.members], ids=lambda limit: limit.name)
def test_bounds(limit: Limit[int]) -> None:
    """A number may take its default and both of its bounds, and nothing beyond them."""
    assert limit.minimum is not None
    assert limit.maximum is not None
    for admitted in (limit.default, limit.minimum, limit.maximum):
        assert limit_problems(limit.name, admitted) == []
    for beyond in (limit.minimum - 1, limit.maximum + 1, 10**5_000):
        assert list(map(str, limit_problems(limit.name, beyond))) == [
            f"{limit.name} must lie between {limit.minimum} and {limit.maximum} {limit.unit}"
        ]


@pytest.mark.parametrize("value", [True, 1.0, "1", None, [1]])
def test_numbers_are_integers(value: object) -> None:
    """Nothing but an integer is a number; a boolean is none."""
    (found,) = limit_problems(MAX_LINE_ITEMS.name, value)
    assert str(found) == "max_line_items must be an integer, in lines"


@pytest.mark.parametrize("value", [1, "EGP", None, {"EGP": 1}, ["EGP", 1], [["EGP"]]])
def test_sets_hold_texts(value: object) -> None:
    """Nothing but a collection of texts is a set; a text is none."""
    (found,) = limit_problems(SUPPORTED_CURRENCIES.name, value)
    assert str(found) == "supported_currencies must be a list of currency codes"

"""Setting the clock of a document."""

from datetime import UTC, datetime

import pytest

from rules_engine import default_policy
from rules_engine.api import Engine
from rules_engine.examples import examples, set_clock

NOW = datetime(2031, 2, 3, 4, 5, 6, 7, tzinfo=UTC)


def test_everything_moves() -> None:
    """Every instant moves by one and the same time, and nothing else changes."""
    document = {
        "id": "d_2026-11-22T10:00:00Z",
        "request": {"redeemBy": "2026-11-23T10:00:00+01:00", "list": ["2026-11-22T10:00:00Z", "2026-11-22", 7, None]},
        "facts": {"now": "2026-11-22T10:00:00Z"},
    }
    assert set_clock(document, datetime(2026, 11, 22, 11, tzinfo=UTC)) == {
        "id": "d_2026-11-22T10:00:00Z",
        "request": {"redeemBy": "2026-11-23T10:00:00Z", "list": ["2026-11-22T11:00:00Z", "2026-11-22", 7, None]},
        "facts": {"now": "2026-11-22T11:00:00Z"},
    }


def test_off_the_calendar() -> None:
    """An instant that would leave the calendar cannot be moved."""
    document = {"request": {"expiresAt": "9999-12-31T00:00:00Z"}, "facts": {"now": "2026-11-22T10:00:00Z"}}
    with pytest.raises(ValueError, match="outside the calendar"):
        set_clock(document, NOW)


SIGNED = {name for name, example in examples().items() if "signature" in example["request"]}


@pytest.mark.parametrize("name", sorted(set(examples()) - SIGNED))
def test_examples_stay_accepted(name: str) -> None:
    """What is clean stays clean at another time, where nothing is signed."""
    moved = set_clock(examples()[name], NOW)
    assert Engine(default_policy()).validate(moved).accepted

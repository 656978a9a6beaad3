"""Limits that bound one quantity from both sides, and cross."""

from rules_engine.lint.limits import opposing_limits
from tests.lint.found import found


def test_opposing_limits_are_derived() -> None:
    """The pairs of limits that bound one quantity from both sides are read off rules and dials."""
    assert [(low.limit, high.limit) for low, high in opposing_limits()] == [
        ("min_expires_after_minutes", "max_expires_after_minutes")
    ]


def test_limits_that_cross_and_do_not_refuse_together() -> None:
    """Limits that cross are no finding where one of their rules refuses nothing."""
    crossing = "[limits]\nmin_expires_after_minutes = 61\nmax_expires_after_minutes = 60\n"
    assert found(crossing + '[rules]\nexpires_too_late = { mode = "warn" }\n') == []

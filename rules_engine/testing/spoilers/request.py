"""Spoilers of the rules on requests."""

from typing import Final

from rules_engine.testing.spoilers.spoiler import Spoiler

SPOILERS: Final[tuple[Spoiler, ...]] = (
    Spoiler("authentication_required", "request_authorize", {"/request/authorization": None}, "authorization"),
)
"""A row or two a rule."""

"""Spoilers of the rules on a currency that is asked about."""

from typing import Final

from rules_engine.testing.spoilers.spoiler import Spoiler

SPOILERS: Final[tuple[Spoiler, ...]] = ()
"""A row or two a rule."""

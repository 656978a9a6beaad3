"""Spoilers of the rules on saved configurations."""

from typing import Final

from rules_engine.testing.spoilers.spoiler import Spoiler

SPOILERS: Final[tuple[Spoiler, ...]] = (
    Spoiler(
        "configuration_missing",
        "configuration_delete",
        {"/facts/configurations": {}, "/facts/missing": {"configurations": ["pmc_2"]}},
        "id",
    ),
)
"""A row or two a rule."""

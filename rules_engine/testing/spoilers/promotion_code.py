"""Spoilers of the rules on saved promotion codes."""

from typing import Final

from rules_engine.testing.spoilers.spoiler import Spoiler

SPOILERS: Final[tuple[Spoiler, ...]] = (
    Spoiler(
        "promotion_code_missing",
        "promotion_code_update",
        {"/facts/promotionCodes": {}, "/facts/missing": {"promotionCodes": ["promo_1"]}},
        "id",
    ),
)
"""A row or two a rule."""

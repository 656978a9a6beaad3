"""Spoilers of the rules on payment links."""

from typing import Final

from rules_engine.testing.spoilers.spoiler import Spoiler

SPOILERS: Final[tuple[Spoiler, ...]] = (
    Spoiler(
        "payment_link_missing",
        "payment_link_open",
        {"/facts/paymentLink": None, "/facts/missing": {"paymentLinks": ["plink_1"]}},
        "id",
    ),
)
"""A row or two a rule."""

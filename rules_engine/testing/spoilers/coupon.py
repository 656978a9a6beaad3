"""Spoilers of the rules on saved coupons."""

from typing import Final

from rules_engine.testing.spoilers.spoiler import Spoiler

SPOILERS: Final[tuple[Spoiler, ...]] = (
    Spoiler("coupon_missing", "coupon_delete", {"/facts/coupons": {}, "/facts/missing": {"coupons": ["coup_1"]}}, "id"),
)
"""A row or two a rule."""

"""Spoilers of the rules on refunds."""

from typing import Final

from rules_engine.testing.spoilers.spoiler import Spoiler

SPOILERS: Final[tuple[Spoiler, ...]] = (
    Spoiler("refund_target_exclusive", "refund_create", {"/request/paymentIntentId": "pi_1"}, "paymentIntentId"),
)
"""A row or two a rule."""

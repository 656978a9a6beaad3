"""Spoilers: for each rule, the smallest change to a clean world that makes it speak, and nothing else with it."""

from typing import Final

from rules_engine.rules import RULES
from rules_engine.testing.spoilers import (
    configuration,
    coupon,
    currency,
    payment_link,
    price,
    promotion_code,
    refund,
    request,
    session,
)
from rules_engine.testing.spoilers.spoiler import Spoiler

__all__ = ["SPOILERS", "Spoiler"]

_POSITIONS: Final = {rule.name: position for position, rule in enumerate(RULES)}

SPOILERS: Final = tuple(
    sorted(
        (
            *session.SPOILERS,
            *price.SPOILERS,
            *promotion_code.SPOILERS,
            *coupon.SPOILERS,
            *currency.SPOILERS,
            *configuration.SPOILERS,
            *payment_link.SPOILERS,
            *refund.SPOILERS,
            *request.SPOILERS,
        ),
        key=lambda spoiler: _POSITIONS[spoiler.rule],
    )
)
"""Every spoiler, in the order of the rules."""

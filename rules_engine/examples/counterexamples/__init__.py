"""Counterexamples: for each rule, the smallest change to a valid example that violates it and nothing else."""

from typing import Final

from rules_engine.examples.counterexamples import (
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
from rules_engine.examples.counterexamples.counterexample import Counterexample
from rules_engine.rules import RULES

__all__ = ["Counterexample", "counterexamples"]

_POSITIONS: Final = {rule.name: position for position, rule in enumerate(RULES)}

_COUNTEREXAMPLES: Final = tuple(
    sorted(
        (
            *session.COUNTEREXAMPLES,
            *price.COUNTEREXAMPLES,
            *promotion_code.COUNTEREXAMPLES,
            *coupon.COUNTEREXAMPLES,
            *currency.COUNTEREXAMPLES,
            *configuration.COUNTEREXAMPLES,
            *payment_link.COUNTEREXAMPLES,
            *refund.COUNTEREXAMPLES,
            *request.COUNTEREXAMPLES,
        ),
        key=lambda counterexample: _POSITIONS[counterexample.rule],
    )
)


def counterexamples() -> tuple[Counterexample, ...]:
    """Return every counterexample, in the order of the rules; each rule has at least one."""
    return _COUNTEREXAMPLES

"""Waivers of the default policy, and documents that violate what they waive."""

from datetime import datetime, timedelta
from typing import Any

import attrs

from rules_engine import Engine, Policy, Verdict, Waiver, WaiverMatch, default_policy
from rules_engine.examples import NOW, examples

CREATE = examples()["create"]
SOLD_OUT = {"/facts/prices/price_mug/stock": 1}
INSTANT = datetime.fromisoformat(NOW)
LATER = INSTANT + timedelta(days=1)
ANY_CREATE = WaiverMatch(operation="session.create")
NEED, DEPENDANT = "promotion_code_customer_mismatch", "promotion_code_first_time_only"
"""Two rules of which the second needs the first, and which have codes of their names."""
BOTH = {"/facts/promotionCodes/promo_1/customerId": "cus_2", "/facts/payments/customers/cus_1": 1}
"""What violates both."""


def waiver(code: str = "price_sold_out", match: WaiverMatch = ANY_CREATE, **others: Any) -> Waiver:
    """Make a waiver."""
    return attrs.evolve(Waiver("known", code, match, LATER, "We know."), **others)


def policy(*waivers: Waiver) -> Policy:
    """Make the default policy with waivers."""
    return attrs.evolve(default_policy(), waivers=waivers)


def judge(document: dict[str, Any], *waivers: Waiver) -> Verdict:
    """Judge a document by the default policy with waivers."""
    return Engine(policy(*waivers)).validate(document)

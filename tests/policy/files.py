"""A policy file that states everything a file can, the same with one thing broken, and one that states nothing."""

from typing import Any

import pytest

from rules_engine import Policy, PolicyError, PolicyProblem, Rule, read_policy

HEAD = 'schema_version = 1\nid = "shop"\nextends = "default"\n'
WHOLE = """\
schema_version = 1
id = "christmas"
extends = "default"
merchant = "mer_1"
effective_from = 2026-12-01T00:00:00+02:00
effective_until = 2027-01-07T00:00:00Z

[pipelines]
"session.expire" = ["session_missing"]

[pipelines."session.create"]
without = ["price_sold_out", "price_expired"]
insert_before = { price_inactive = ["price_expired"] }
insert_after = { price_missing = ["price_sold_out"] }

[rules]
price_not_yet_active = { mode = "warn" }
coupon_minimum_amount = { enforce_from = 2027-01-01T00:00:00+02:00 }

[limits]
max_discounts = 2

[[waivers]]
id = "till"
code = "price_sold_out"
match = { merchant = "mer_1", operation = "session.create", metadata = { key = "channel", value = "till" } }
expires = 2027-02-01T00:00:00Z
reason = "The till counts its stock by itself."

[[waivers]]
code = "price_inactive"
match = { metadata = { key = "orderNumber" } }
expires = 2027-02-01T00:00:00Z
reason = "Old orders are paid at the price they were made at."
"""


def whole() -> Policy:
    """Read the file as it is."""
    return read_policy(WHOLE, source="shop.toml")


def broken(old: str, new: str) -> tuple[PolicyProblem, ...]:
    """Read the file with one thing replaced, and list what is wrong with it now."""
    assert WHOLE.count(old) == 1, old
    with pytest.raises(PolicyError) as refusal:
        read_policy(WHOLE.replace(old, new), source="shop.toml")
    return refusal.value.problems


def refusal_of(text: str, *, rules: tuple[Rule[Any], ...] = ()) -> list[str]:
    """Read a text that is no policy, and list what is wrong with it."""
    with pytest.raises(PolicyError) as refusal:
        read_policy(text, source="shop.toml", rules=rules)
    return list(map(str, refusal.value.problems))

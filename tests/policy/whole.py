"""One policy file that says everything a file can say, and the same file with one thing broken."""

import pytest

from rules_engine import Policy, PolicyError, PolicyProblem, read_policy

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
    """Read the file with one thing replaced, and tell what is wrong with it now."""
    assert WHOLE.count(old) == 1, old
    with pytest.raises(PolicyError) as refusal:
        read_policy(WHOLE.replace(old, new), source="shop.toml")
    return refusal.value.problems


def check_data(found: PolicyProblem, said: str) -> None:
    """Hold a problem as data against what is said of it.

    Args:
        found: The problem.
        said: Its line and column, and its sentence.
    """
    assert (found.source, said.split(":")[:2]) == ("shop.toml", [str(found.line), str(found.column)])
    assert found.path != ()
    assert found.expected or "stands twice" in found.message
    assert found.suggestion is None or said.endswith(f"; did you mean {found.suggestion}?")

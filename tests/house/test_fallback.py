"""`validation_error` is the last resort: each rule that reports it is listed here, with the reason."""

from rules_engine import RULES
from rules_engine.codes import VALIDATION_ERROR

REASONS = {
    "line_currency_mismatch": "a session has one currency and is refused otherwise, but the error page has codes only "
    "for a currency that is none, that is not the account's, or that a coupon is in",
}
"""Why no other code of the page describes what the rule finds."""


def test_rules_of_validation_error() -> None:
    """A rule reports the fallback only if a reason is listed, and each reason is of such a rule."""
    assert {rule.name for rule in RULES if rule.code is VALIDATION_ERROR} == set(REASONS)

"""The rules that every peer can express, one row each, in one notation that is translated into the language of each.

They are 29 of the 71 of `session.create`, in the order of the default policy. A text is a boolean expression in the
syntax of Python, with comparisons, `and`, `or` and `not` only, over the flat record of `benches.peers.flat`.
"""

import enum
from collections.abc import Iterable, Mapping
from itertools import compress
from typing import Final

from attrs import frozen

from rules_engine import RULES as ALL_RULES
from rules_engine import Policy, default_policy


class Per(enum.Enum):
    """What a rule is asked of, by the name it has in the text; one of several fires for all of them."""

    SESSION = "session"
    LINE = "line"
    CODE = "code"
    COUPON = "coupon"


LISTS: Final[Mapping[Per, str]] = {Per.LINE: "lines", Per.CODE: "codes", Per.COUPON: "coupons"}
"""Where the flat record holds those of which there are several."""


@frozen
class PeerRule:
    """A rule for peers.

    Attributes:
        name: The name of our rule that says the same.
        per: What it is asked of.
        text: True where it is violated.
    """

    name: str
    per: Per
    text: str


RULES: Final = (
    PeerRule("line_items_missing", Per.SESSION, "session.lines_needed and not session.lines_sent"),
    PeerRule(
        "line_items_empty", Per.SESSION, "session.lines_needed and session.lines_sent and session.line_count == 0"
    ),
    PeerRule("too_many_line_items", Per.SESSION, "session.line_count > MOST_LINES"),
    PeerRule("customer_exclusive", Per.SESSION, "session.details_sent and session.customer_sent"),
    PeerRule("customer_creation_exclusive", Per.SESSION, 'session.creation == "always" and session.customer_sent'),
    PeerRule("customer_update_without_customer", Per.SESSION, "session.update_sent and not session.customer_sent"),
    PeerRule("payment_methods_exclusive", Per.SESSION, "session.types_sent and session.configuration_sent"),
    PeerRule("cancel_url_unavailable", Per.SESSION, 'session.cancel_url_sent and session.ui_mode != "hosted"'),
    PeerRule("redirect_missing", Per.SESSION, 'session.completion == "redirect" and not session.redirect_sent'),
    PeerRule(
        "hosted_confirmation_unavailable",
        Per.SESSION,
        'session.completion == "hosted_confirmation" and session.ui_mode != "hosted"',
    ),
    PeerRule("too_many_custom_fields", Per.SESSION, "session.custom_fields > 3"),
    PeerRule("expires_too_soon", Per.SESSION, "session.whole_minutes < 30"),
    PeerRule("line_item_missing_price", Per.LINE, "not line.price_sent and not line.data_sent"),
    PeerRule("line_item_price_exclusive", Per.LINE, "line.price_sent and line.data_sent"),
    PeerRule("quantity_out_of_range", Per.LINE, "line.quantity < 0 or line.quantity > 2147483647"),
    PeerRule(
        "quantity_zero_not_optional",
        Per.LINE,
        "line.quantity == 0 and (not line.adjustable or line.least > 0)",
    ),
    PeerRule("price_missing", Per.LINE, "line.missing"),
    PeerRule("price_inactive", Per.LINE, "not line.active"),
    PeerRule("price_not_yet_active", Per.LINE, "now < line.starts"),
    PeerRule("price_expired", Per.LINE, "now >= line.expires"),
    PeerRule("price_recurring_not_supported", Per.LINE, 'line.type == "RECURRING"'),
    PeerRule(
        "price_sold_out",
        Per.LINE,
        "line.quantity > 0 and line.quantity <= 2147483647"
        " and line.requested > line.stock and (line.before == 0 or line.before <= line.stock)",
    ),
    PeerRule("unit_amount_out_of_range", Per.LINE, "line.unit_amount < 0 or line.unit_amount > 2147483647"),
    PeerRule("too_many_discounts", Per.SESSION, "session.discounts > 1"),
    PeerRule("promotion_code_inactive", Per.CODE, "not code.active"),
    PeerRule("promotion_code_expired", Per.CODE, "now >= code.expires"),
    PeerRule("promotion_code_max_redemptions", Per.CODE, "code.redeemed >= code.most"),
    PeerRule("promotion_code_customer_mismatch", Per.CODE, 'code.bound_to != "" and code.bound_to != code.customer'),
    PeerRule(
        "coupon_invalid",
        Per.COUPON,
        "coupon.deleted or not coupon.active or not coupon.valid or now >= coupon.expires"
        " or coupon.redeemed >= coupon.most or coupon.fits_no_line",
    ),
)
"""The rules, in the order of the default policy."""

_CODES: Final[Mapping[str, str]] = {rule.name: rule.code.name for rule in ALL_RULES}
CODES: Final = tuple(_CODES[rule.name] for rule in RULES)
"""The code of each of them."""
NAMES: Final = tuple(rule.name for rule in RULES)


def codes_of(fired: Iterable[object]) -> list[str]:
    """Name the codes of the rules that fired, in order, each once.

    Args:
        fired: For each rule, in order, whether it did.
    """
    return list(dict.fromkeys(compress(CODES, fired)))


def peer_policy(most_lines: int) -> Policy:
    """Give the policy of exactly these rules.

    Args:
        most_lines: How many lines it admits.
    """
    return default_policy().with_pipeline("session.create", NAMES).with_limits(max_line_items=most_lines)

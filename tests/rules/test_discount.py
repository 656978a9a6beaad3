"""Boundaries of the rules on what a discount of a session may be."""

from rules_engine.examples import REMOVED
from rules_engine.rules import discount
from tests.rules.table import NO_SESSION, UNKNOWN_SESSION, RuleTable, clear, says, skipped, undecided

FIRST = "/request/discounts/0"
ALLOWED = "/facts/session/allowPromotionCodes"
GONE = ("session_missing", "id")


class TestDiscountExclusive(RuleTable):
    """One discount is one thing: a coupon or a promotion code."""

    rule = discount.discount_exclusive
    rows = (
        clear("a code", "create", {FIRST: {"promotionCode": "promo_1"}}),
        clear("a coupon", "create", {FIRST: {"coupon": "coup_1"}}),
        clear("a code and null", "create", {FIRST: {"promotionCode": "promo_1", "coupon": None}}),
        clear("null and a coupon", "create", {FIRST: {"promotionCode": None, "coupon": "coup_1"}}),
        says(
            "both",
            "create",
            {FIRST: {"promotionCode": "promo_1", "coupon": "coup_1"}},
            "discounts[0].promotionCode",
            evidence={"coupon": "coup_1", "promotionCode": "promo_1"},
        ),
        says(
            "both, and nobody knows either",
            "create",
            {FIRST: {"promotionCode": "promo_9", "coupon": "coup_9"}},
            "discounts[0].promotionCode",
        ),
        says("both in an update", "update", {f"{FIRST}/coupon": "coup_1"}, "discounts[0].promotionCode"),
    )


class TestDiscountEmpty(RuleTable):
    """A discount names what it is."""

    rule = discount.discount_empty
    rows = (
        says("neither", "create", {FIRST: {}}, "discounts[0]", evidence={"coupon": None, "promotionCode": None}),
        says("two times null", "create", {FIRST: {"coupon": None, "promotionCode": None}}, "discounts[0]"),
        clear("a code", "create", {FIRST: {"promotionCode": "promo_1"}}),
        clear("a coupon", "create", {FIRST: {"coupon": "coup_1"}}),
        clear("no discount", "create", {"/request/discounts": []}),
        says("neither in an update", "update", {FIRST: {}}, "discounts[0]"),
        says(
            "the second of two",
            "create",
            {"/request/discounts/-": {}},
            ("too_many_discounts", "discounts"),
            "discounts[1]",
        ),
    )


class TestPromotionCodesNotAllowed(RuleTable):
    """A buyer enters a code only where the session lets buyers do so; what the merchant sets is not entered."""

    rule = discount.promotion_codes_not_allowed
    rows = (
        clear("allowed", "apply", {ALLOWED: True}),
        says("not allowed", "apply", {ALLOWED: False}, "promotionCode", evidence={"allowPromotionCodes": False}),
        says("nothing stated", "apply", {ALLOWED: REMOVED}, "promotionCode"),
        clear("set by the merchant, at creation", "create", {"/request/allowPromotionCodes": False}),
        clear("set by the merchant, in an update", "update", {"/request/allowPromotionCodes": False}),
        clear(
            "set by the merchant, on a session that lets nobody",
            "update",
            {"/request/allowPromotionCodes": REMOVED, ALLOWED: False},
        ),
        undecided("nobody looked the session up", "apply", UNKNOWN_SESSION, "promotionCode", "session[cs_1]"),
        skipped("there is no session", "apply", NO_SESSION, "promotionCode", by=GONE),
    )

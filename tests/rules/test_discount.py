"""Boundaries of the rules on what a discount of a session may be."""

from rules_engine.examples import REMOVED
from rules_engine.rules import discount
from tests.rules.table import Table, clear, reports, rows_test

FIRST = "/request/discounts/0"
ALLOWED = "/facts/session/allowPromotionCodes"
GONE = ("session_missing", "id")


ROWS: Table = {
    discount.discount_exclusive: (
        clear("a coupon", "create", {FIRST: {"coupon": "coup_1"}}),
        clear("a code and null", "create", {FIRST: {"promotionCode": "promo_1", "coupon": None}}),
        clear("null and a coupon", "create", {FIRST: {"promotionCode": None, "coupon": "coup_1"}}),
        reports(
            "both",
            "create",
            {FIRST: {"promotionCode": "promo_1", "coupon": "coup_1"}},
            "discounts[0].promotionCode",
            evidence={"coupon": "coup_1", "promotionCode": "promo_1"},
        ),
        reports(
            "both, and nobody knows either",
            "create",
            {FIRST: {"promotionCode": "promo_9", "coupon": "coup_9"}},
            "discounts[0].promotionCode",
        ),
        reports("both in an update", "update", {f"{FIRST}/coupon": "coup_1"}, "discounts[0].promotionCode"),
    ),
    discount.discount_empty: (
        reports("neither", "create", {FIRST: {}}, "discounts[0]", evidence={"coupon": None, "promotionCode": None}),
        reports("two times null", "create", {FIRST: {"coupon": None, "promotionCode": None}}, "discounts[0]"),
        clear("a coupon", "create", {FIRST: {"coupon": "coup_1"}}),
        clear("no discount", "create", {"/request/discounts": []}),
        reports("neither in an update", "update", {FIRST: {}}, "discounts[0]"),
        reports(
            "the second of two",
            "create",
            {"/request/discounts/-": {}},
            ("too_many_discounts", "discounts"),
            "discounts[1]",
        ),
    ),
    discount.promotion_codes_not_allowed: (
        reports("not allowed", "apply", {ALLOWED: False}, "promotionCode", evidence={"allowPromotionCodes": False}),
        reports("nothing stated", "apply", {ALLOWED: REMOVED}, "promotionCode"),
        clear("set by the merchant, at creation", "create", {"/request/allowPromotionCodes": False}),
        clear("set by the merchant, in an update", "update", {"/request/allowPromotionCodes": False}),
        clear(
            "set by the merchant, on a session that lets nobody",
            "update",
            {"/request/allowPromotionCodes": REMOVED, ALLOWED: False},
        ),
    ),
}

test_rows = rows_test(ROWS)

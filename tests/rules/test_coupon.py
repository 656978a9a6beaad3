"""Boundaries of the rules on what a coupon asks of a session."""

from rules_engine.examples import NOW, REMOVED
from rules_engine.rules import discount
from tests.rules.table import (
    EARLIER,
    INSTANT,
    LATER,
    NO_SESSION,
    UNKNOWN_SESSION,
    Changes,
    Table,
    clear,
    decided,
    reports,
    rows_test,
    shows,
    skipped,
    undecided,
)

COUPON = "/facts/coupons/coup_1"
CURRENCY = f"{COUPON}/currency"
BY_ID, BY_CODE, ENTERED = "discounts[0].coupon", "discounts[0].promotionCode", "promotionCode"
UNKNOWN: Changes = {"/facts/coupons": {}}
NO_TARGET = ("session_missing", "promotion_codes_not_allowed")
"""The rules that ask for the session itself; without them, others find out by themselves that it is unknown."""
GONE = {"/facts/coupons": {}, "/facts/missing": {"coupons": ["coup_1"]}}
CARRIED = {"/facts/session/discounts": [{"coupon": {"id": "coup_1"}}]}
COUNTED = {"/facts/redemptions/counted": {"coupons": ["coup_1"]}}
NOT_COUNTED = {"/facts/redemptions/counted": {"coupons": ["coup_2"]}}
SET_AGAIN = {"/request": {"discounts": [{"coupon": "coup_1"}]}, **CARRIED}
DELETED = {f"{COUPON}/deleted": True}
MAKE, GONE_TO_MAKE = "promotion_code_create_restricted", {"/facts/coupons": {}, "/facts/missing/coupons": ["coup_1"]}
SWITCH_ON, CODE_IS_ON = "promotion_code_update_on", "/facts/promotionCodes/promo_1/active"
PRICE, VALID, PAY = "/facts/prices/price_mug", f"{COUPON}/valid", "confirm_discounted"
STATE = {
    "deleted": False,
    "active": True,
    "valid": True,
    "redeemBy": INSTANT.replace(month=12, day=31, hour=0),
    "now": INSTANT,
    "timesRedeemed": 61,
    "redeemedByOthers": 61,
    "maxRedemptions": 500,
    "fitsNoLine": False,
}
ALONE = {key: value for key, value in STATE.items() if key != "fitsNoLine"}
"""The same where there is no session."""
END, MOST, PRODUCTS = (f"{COUPON}/{field}" for field in ("redeemBy", "maxRedemptions", "appliesToProductIds"))
STORED_PRODUCT_UNKNOWN = {"/facts/session/lineItems/0/price/product": None}
ONE_INLINE_LINE = {
    PRODUCTS: ["prod_vase"],
    "/facts/session/lineItems": [{"quantity": 1, "price": {"id": "price_inline"}}],
    "/facts/missing": {"prices": ["price_inline"]},
}
IN_DOLLARS = {CURRENCY: "usd", f"{COUPON}/minValue": None}
DIFFERS = {"currency": "usd", "sessionCurrency": "egp"}
GUEST = {"/request/customerId": REMOVED, "/request/customerUpdate": REMOVED}
EACH = f"{COUPON}/customerMaxRedemptions"
REDEEMED = "/facts/redemptions/customers/cus_1/coup_1"
BY_GUEST = "/facts/redemptions/guest"
TAKEN_OFF = {
    EACH: 1,
    "/request/customerId": None,
    "/facts/promotionCodes/promo_1/customerId": None,
    "/facts/payments/guest": 0,
    BY_GUEST: {"coup_1": 0},
    **COUNTED,
}
"""The customer is taken off a session that carries the coupon, and has redeemed it once, for this session."""


ROWS: Table = {
    discount.coupon_missing: (
        reports("missing, in an update", "update", {**SET_AGAIN, **GONE}, BY_ID),
        reports("behind a promotion code", "create", GONE, ("coupon_invalid", BY_CODE)),
        reports("behind a typed code", "apply", GONE, ("coupon_invalid", ENTERED)),
        clear("of the stored session only", "update_lines", GONE),
        undecided("behind a code, not provided", "create", UNKNOWN, BY_CODE, "coupons[coup_1]"),
        reports("deleted, to make a code for it", MAKE, DELETED, ("coupon_invalid", "coupon")),
        reports("deleted, to change", "coupon_update", DELETED, "id"),
        clear("off, to delete", "coupon_delete", {f"{COUPON}/active": False}),
    ),
    discount.coupon_invalid: (
        shows("deleted", "create_coupon", {f"{COUPON}/deleted": True}, BY_ID, {**STATE, "deleted": True}),
        clear("not deleted", "create_coupon", {f"{COUPON}/deleted": False}),
        shows("off", "create_coupon", {f"{COUPON}/active": False}, BY_ID, {**STATE, "active": False}),
        clear("on, because nothing is stated", "create_coupon", {f"{COUPON}/active": REMOVED}),
        shows("not valid", "create_coupon", {f"{COUPON}/valid": False}, BY_ID, {**STATE, "valid": False}),
        clear("valid, because nothing is stated", "create_coupon", {f"{COUPON}/valid": REMOVED}),
        clear("just before its end", "create_coupon", {END: LATER}),
        shows("at its end", "create_coupon", {END: NOW}, BY_ID, {**STATE, "redeemBy": INSTANT}),
        reports("just after its end", "create_coupon", {END: EARLIER}, BY_ID),
        clear("no end", "create_coupon", {END: None}),
        clear("one left", "create_coupon", {MOST: 62}),
        shows("none left", "create_coupon", {MOST: 61}, BY_ID, {**STATE, "maxRedemptions": 61}),
        reports("overdrawn", "create_coupon", {MOST: 60}, BY_ID),
        reports(
            "one left, another currency", "create_coupon", {MOST: 62, **IN_DOLLARS}, ("coupon_currency_mismatch", BY_ID)
        ),
        clear("unlimited", "create_coupon", {MOST: None}),
        clear("for a product of one line", "create_coupon", {PRODUCTS: ["prod_vase", "prod_bowl"]}),
        shows("of no line's product", "create_coupon", {PRODUCTS: ["prod_vase"]}, BY_ID, {**STATE, "fitsNoLine": True}),
        reports("products have a case", "create_coupon", {PRODUCTS: ["PROD_MUG"]}, BY_ID),
        clear("for all products", "create_coupon", {PRODUCTS: None}),
        clear("for no product in particular", "create_coupon", {PRODUCTS: []}),
        undecided("lines unknown", "apply", {"/facts/session/lineItems": REMOVED}, ENTERED, "session.lineItems[cs_1]"),
        reports(
            "an inline price has no product of the catalogue",
            "create_coupon",
            {
                "/request/lineItems/1/price": REMOVED,
                "/request/lineItems/1/priceData": {
                    "currency": "EGP",
                    "unitAmount": 52_500,
                    "productData": {"name": "prod_bowl"},
                },
                PRODUCTS: ["prod_bowl"],
            },
            BY_ID,
        ),
        reports(
            "three reasons", "create_coupon", {f"{COUPON}/active": False, f"{COUPON}/valid": False, END: NOW}, BY_ID
        ),
        reports("behind a typed code", "apply", {f"{COUPON}/active": False}, ENTERED),
        reports("deleted behind a typed code", "apply", GONE, ENTERED),
        clear("for a product of a stored line", "apply", {PRODUCTS: ["prod_bowl"]}),
        clear(
            "for a product that the catalogue tells of a stored line",
            "apply",
            {PRODUCTS: ["prod_mug"], "/facts/session/lineItems/0/price/product": None},
        ),
        reports(
            "for another product than the catalogue tells",
            "apply",
            {PRODUCTS: ["prod_vase"], "/facts/session/lineItems/0/price/product": None},
            ENTERED,
        ),
        reports("for a product of no stored line", "apply", {PRODUCTS: ["prod_vase"]}, ENTERED),
        shows("does not exist, behind a code", "create", GONE, BY_CODE, {"exists": False, "now": INSTANT}),
        shows(
            "used up and off, but only the lines are touched",
            "update_lines",
            {PRODUCTS: ["prod_vase"], MOST: 61, f"{COUPON}/active": False},
            "lineItems",
            {"fitsNoLine": True, "now": INSTANT},
        ),
        undecided(
            "the product of a price not provided",
            "create_coupon",
            {PRODUCTS: ["prod_vase"], f"{PRICE}/productId": REMOVED},
            BY_ID,
            "prices.productId[price_mug]",
        ),
        clear(
            "not provided, and another line fits",
            "create_coupon",
            {PRODUCTS: ["prod_bowl"], f"{PRICE}/productId": REMOVED},
        ),
        clear(
            "for a product that stands in the price",
            "create_coupon",
            {PRODUCTS: ["prod_mug"], f"{PRICE}/productId": REMOVED, f"{PRICE}/product": {"id": "prod_mug"}},
        ),
        undecided(
            "the product of a stored line not provided, nor that of its price",
            "apply",
            {PRODUCTS: ["prod_vase"], **STORED_PRODUCT_UNKNOWN, f"{PRICE}/productId": REMOVED},
            ENTERED,
            "prices.productId[price_mug]",
        ),
        undecided(
            "session not provided, nor its lines",
            "apply",
            {PRODUCTS: ["prod_vase"], **UNKNOWN_SESSION},
            ENTERED,
            "session[cs_1]",
            off=NO_TARGET,
        ),
        reports("a stored line that was sent inline", "apply", ONE_INLINE_LINE, ENTERED),
        clear(
            "a stored line that was sent inline, with the product",
            "apply",
            {**ONE_INLINE_LINE, "/facts/session/lineItems/0/price/product": {"id": "prod_vase"}},
        ),
        clear("off, and only the lines are touched", "update_lines", {f"{COUPON}/active": False}),
        clear("not valid, and only the lines are touched", "update_lines", {f"{COUPON}/valid": False}),
        clear("deleted, and only the lines are touched", "update_lines", {f"{COUPON}/deleted": True}),
        clear("past its end, and only the lines are touched", "update_lines", {END: EARLIER}),
        clear("none left, and only the lines are touched", "update_lines", {MOST: 61}),
        clear("for a product of no line, only the customer is touched", "update_customer", {PRODUCTS: ["prod_vase"]}),
        clear("for no line, and taken away", "update_lines", {PRODUCTS: ["prod_vase"], "/request/discounts": None}),
        clear("the last is its own", "update", {**SET_AGAIN, MOST: 61, **COUNTED}),
        shows(
            "overdrawn even without its own",
            "update",
            {**SET_AGAIN, MOST: 60, **COUNTED},
            BY_ID,
            {**STATE, "redeemedByOthers": 60, "maxRedemptions": 60},
        ),
        reports("carried, but not counted", "update", {**SET_AGAIN, MOST: 61, **NOT_COUNTED}, BY_ID),
        undecided(
            "carried, and count unknown",
            "update",
            {**SET_AGAIN, MOST: 61, f"{COUPON}/customerMaxRedemptions": None},
            BY_ID,
            "redemptions.counted",
        ),
        clear("unknown, and one is left anyway", "update", {**SET_AGAIN, MOST: 62}),
        reports("unknown, and it is overdrawn anyway", "update", {**SET_AGAIN, MOST: 60}, BY_ID),
        undecided(
            "a product of a stored line not provided",
            "apply",
            {PRICE: REMOVED, "/facts/session/lineItems/0/price/product": None},
            ENTERED,
            "prices[price_mug]",
        ),
        clear("used up by itself, and so not valid", "update", {**SET_AGAIN, MOST: 61, VALID: False, **COUNTED}),
        reports("used up and not valid", "update", {**SET_AGAIN, MOST: 61, VALID: False, **NOT_COUNTED}, BY_ID),
        undecided(
            "not valid, and perhaps used up by itself",
            "update",
            {**SET_AGAIN, MOST: 61, VALID: False},
            BY_ID,
            "redemptions.counted",
        ),
        reports("not valid for another reason", "update", {**SET_AGAIN, MOST: 62, VALID: False, **COUNTED}, BY_ID),
        reports("not valid, and unlimited", "update", {**SET_AGAIN, MOST: None, VALID: False, **COUNTED}, BY_ID),
        clear("used up by itself, to pay", PAY, {MOST: 61, VALID: False, **COUNTED}),
        reports("used up, to pay", PAY, {MOST: 61, **NOT_COUNTED}, None),
        clear("just before its end, to pay", PAY, {END: LATER}),
        shows("at its end, to pay", PAY, {END: NOW}, None, {**ALONE, "redeemBy": INSTANT}),
        reports("gone, to pay", PAY, GONE, None),
        clear("for other products, to pay", PAY, {PRODUCTS: ["prod_vase"]}),
        undecided("not provided, to pay", PAY, UNKNOWN, None, "coupons[coup_1]"),
        undecided("session not provided, to pay", PAY, UNKNOWN_SESSION, None, "session[cs_1]"),
        shows("deleted, to make a code for it", MAKE, DELETED, "coupon", {**ALONE, "deleted": True}),
        reports("off, to make a code for it", MAKE, {f"{COUPON}/active": False}, "coupon"),
        reports("not valid, to make a code for it", MAKE, {f"{COUPON}/valid": False}, "coupon"),
        clear("just before its end, to make a code for it", MAKE, {END: LATER, "/request/expiresAt": None}),
        clear("one left, to make a code for it", MAKE, {MOST: 62, "/request/maxRedemptions": 1}),
        clear("for certain products, to make a code for it", MAKE, {PRODUCTS: ["prod_vase"]}),
        shows("deleted, to switch a code on", SWITCH_ON, DELETED, "active", {**ALONE, "deleted": True}),
        reports("not valid, to switch a code on", SWITCH_ON, {f"{COUPON}/valid": False}, "active"),
        clear("just before its end, to switch a code on", SWITCH_ON, {END: LATER}),
        reports("at its end, to switch a code on", SWITCH_ON, {END: NOW}, "active"),
        clear("one left, to switch a code on", SWITCH_ON, {MOST: 62}),
        reports("none left, to switch a code on", SWITCH_ON, {MOST: 61}, "active"),
        clear("deleted, and its code is switched off", SWITCH_ON, {**DELETED, "/request/active": False}),
        clear("deleted, and its code stays off", SWITCH_ON, {**DELETED, "/request": {"metadata": {}}}),
        clear("deleted, and its code is on already", SWITCH_ON, {**DELETED, CODE_IS_ON: True}),
        clear("deleted, and its code is on, because nothing is stated", SWITCH_ON, {**DELETED, CODE_IS_ON: REMOVED}),
        clear("not provided, and its code is switched off", SWITCH_ON, {**UNKNOWN, "/request/active": False}),
        reports(
            "there is no code to switch on",
            SWITCH_ON,
            {"/facts/promotionCodes": {}, "/facts/missing": {"promotionCodes": ["promo_1"]}, **DELETED},
            ("promotion_code_missing", "id"),
        ),
    ),
    discount.coupon_currency_mismatch: (
        clear("the session's in another case", "create_coupon", {CURRENCY: "egp", "/request/currency": "eGP"}),
        clear("none", "create_coupon", {CURRENCY: None}),
        clear("none, and a fixed amount", "create_coupon", {CURRENCY: None, f"{COUPON}/discountType": "fixed_amount"}),
        shows("another", "create_coupon", IN_DOLLARS, BY_ID, DIFFERS),
        reports(
            "another, of a fixed amount",
            "create_coupon",
            {**IN_DOLLARS, f"{COUPON}/discountType": "fixed_amount", f"{COUPON}/amountOff": 100},
            BY_ID,
        ),
        shows("another, behind a typed code", "apply", IN_DOLLARS, ENTERED, DIFFERS),
        reports("than the first line's", "create_coupon", {**IN_DOLLARS, "/request/currency": None}, BY_ID),
        clear(
            "the first line's",
            "create_minimal",
            {
                "/request/discounts": [{"coupon": "coup_1"}],
                CURRENCY: "EGP",
                f"{COUPON}/minValue": None,
                BY_GUEST: {"coup_1": 0},
            },
        ),
        shows(
            "than the buyer of a stored session sees",
            "apply",
            {
                "/facts/session/presentmentDetails": {
                    "currency": "USD",
                    "amountSubtotal": 128_500,
                    "exchangeRate": "50.25",
                },
                f"{COUPON}/minValue": None,
            },
            ENTERED,
            {"currency": "egp", "sessionCurrency": "usd"},
        ),
        clear(
            "what the buyer of a stored session sees",
            "apply",
            {
                **IN_DOLLARS,
                "/facts/session/presentmentDetails": {
                    "currency": "USD",
                    "amountSubtotal": 128_500,
                    "exchangeRate": "50.25",
                },
            },
        ),
        clear("another, and only the lines are touched", "update_lines", IN_DOLLARS),
        undecided("stored, unknown", "apply", {"/facts/session/currency": None}, ENTERED, "session.currency[cs_1]"),
        undecided("coupon not provided", "create_coupon", UNKNOWN, BY_ID, "coupons[coup_1]"),
        undecided(
            "session's unknown",
            "create_minimal",
            {"/request/discounts": [{"coupon": "coup_1"}], PRICE: REMOVED},
            BY_ID,
            "prices[price_mug]",
        ),
        undecided("session not provided", "apply", UNKNOWN_SESSION, ENTERED, "session[cs_1]", off=NO_TARGET),
        decided("session unknown, coupon in none", "apply", {CURRENCY: None, **UNKNOWN_SESSION}, off=NO_TARGET),
        skipped(
            "the account cannot charge in the session's",
            "create_coupon",
            {**IN_DOLLARS, "/facts/merchant/supportedCurrencies": [], "/request/paymentMethodTypes": None},
            BY_ID,
            by=("unsupported_currency", "currency"),
        ),
        skipped("no session", "update", NO_SESSION, BY_CODE, by=("session_missing", "id")),
    ),
    discount.coupon_customer_max_redemptions: (
        clear("unlimited", "create_coupon", {EACH: None, REDEEMED: 1_000}),
        shows("none left", "create_coupon", {EACH: 1}, BY_ID, {"redeemedByCustomer": 1, "customerMaxRedemptions": 1}),
        reports("overdrawn", "create_coupon", {EACH: 1, REDEEMED: 2}, BY_ID),
        clear("never redeemed", "create_coupon", {EACH: 1, REDEEMED: 0}),
        undecided("a guest", "create_coupon", {EACH: 1, **GUEST}, BY_ID, "redemptions.guest[coup_1]"),
        undecided(
            "a guest of whom other coupons are counted",
            "create_coupon",
            {EACH: 1, **GUEST, BY_GUEST: {"coup_2": 0}},
            BY_ID,
            "redemptions.guest[coup_1]",
        ),
        clear("a guest who never redeemed it", "create_coupon", {EACH: 1, **GUEST, BY_GUEST: {"coup_1": 0}}),
        shows(
            "a guest who has none left",
            "create_coupon",
            {EACH: 1, **GUEST, BY_GUEST: {"coup_1": 1}},
            BY_ID,
            {"redeemedByCustomer": 1, "customerMaxRedemptions": 1},
        ),
        clear("a guest, and unlimited", "create_coupon", {EACH: None, **GUEST}),
        reports("none left, behind a typed code", "apply", {EACH: 1}, ENTERED),
        reports("none left for the stored customer", "update", {**GUEST, EACH: 1}, BY_CODE),
        shows(
            "a session is handed over that counts for the customer it had",
            "update_customer",
            {EACH: 1, "/facts/session/customerId": "cus_2", **COUNTED},
            "customerId",
            {"redeemedByCustomer": 1, "customerMaxRedemptions": 1},
        ),
        reports(
            "whether it counts at all does not matter then",
            "update_customer",
            {EACH: 1, "/facts/session/customerId": "cus_2", "/facts/redemptions/counted": REMOVED},
            "customerId",
        ),
        reports(
            "from a guest", "update_customer", {EACH: 1, "/facts/session/customerId": REMOVED, **COUNTED}, "customerId"
        ),
        clear("a session stays with its customer", "update_customer", {EACH: 1, **COUNTED}),
        clear(
            "handed over, and one is left",
            "update_customer",
            {EACH: 2, "/facts/session/customerId": "cus_2", **COUNTED},
        ),
        clear("the customer is taken off, and its own is the only one", "update_customer", TAKEN_OFF),
        reports(
            "taken off, and has redeemed it elsewhere", "update_customer", {**TAKEN_OFF, REDEEMED: 2}, "customerId"
        ),
        reports(
            "taken off, and has none left as a guest",
            "update_customer",
            {**TAKEN_OFF, BY_GUEST: {"coup_1": 1}},
            "customerId",
        ),
        undecided(
            "taken off, and not counted as a guest",
            "update_customer",
            {**TAKEN_OFF, BY_GUEST: {}},
            "customerId",
            "redemptions.guest[coup_1]",
        ),
        undecided(
            "taken off, and not counted as a customer",
            "update_customer",
            {**TAKEN_OFF, REDEEMED: REMOVED},
            "customerId",
            "redemptions.customers[cus_1/coup_1]",
        ),
        reports(
            "taken off while the coupon is set",
            "update",
            {
                **TAKEN_OFF,
                "/request": {"customerId": None, "discounts": [{"coupon": "coup_1"}]},
            },
            BY_ID,
        ),
        clear("none left, and only the lines are touched", "update_lines", {EACH: 1}),
        clear("the last is its own", "update", {**SET_AGAIN, EACH: 1, **COUNTED}),
        shows(
            "overdrawn even without its own",
            "update",
            {**SET_AGAIN, EACH: 1, REDEEMED: 2, **COUNTED},
            BY_ID,
            {"redeemedByCustomer": 1, "customerMaxRedemptions": 1},
        ),
        reports("carried, but not counted", "update", {**SET_AGAIN, EACH: 1, **NOT_COUNTED}, BY_ID),
        undecided("carried, and count unknown", "update", {**SET_AGAIN, EACH: 1}, BY_ID, "redemptions.counted"),
        clear("unknown, and one is left anyway", "update", {**SET_AGAIN, EACH: 2}),
        reports("unknown, and it is overdrawn anyway", "update", {**SET_AGAIN, EACH: 1, REDEEMED: 2}, BY_ID),
        undecided("not counted", "create_coupon", {REDEEMED: REMOVED}, BY_ID, "redemptions.customers[cus_1/coup_1]"),
        undecided(
            "not counted for this customer",
            "create_coupon",
            {"/facts/redemptions/customers": {"cus_2": {"coup_1": 0}}},
            BY_ID,
            "redemptions.customers[cus_1/coup_1]",
        ),
        clear("not counted, and unlimited", "create_coupon", {REDEEMED: REMOVED, EACH: None}),
        undecided("coupon not provided", "create_coupon", UNKNOWN, BY_ID, "coupons[coup_1]"),
        undecided("session not provided", "update", {**GUEST, **UNKNOWN_SESSION}, BY_CODE, "session[cs_1]"),
        skipped("no session", "update", NO_SESSION, BY_CODE, by=("session_missing", "id")),
    ),
}

test_rows = rows_test(ROWS)

"""The rules on discounts of a session, and on promotion codes."""

from decimal import Decimal

from rules_engine import validate
from rules_engine.examples import NOW, REMOVED, changed
from rules_engine.rules import discount, session
from tests.rules.table import (
    EARLIER,
    EXAMPLES,
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

FIRST = "/request/discounts/0"
ALLOWED = "/facts/session/allowPromotionCodes"
GONE = ("session_missing", "id")
CODE, TYPED = "/facts/promotionCodes/promo_1", "/facts/promotionCodesByCode/AUTUMN"
BY_ID, ENTERED = "discounts[0].promotionCode", "promotionCode"
MINIMUM, MINIMUM_CURRENCY = (f"{CODE}/restrictions/{field}" for field in ("minimumAmount", "minimumAmountCurrency"))
FIRST_TIME = f"{CODE}/restrictions/firstTimeTransaction"
COUPON = "/facts/coupons/coup_1"
SWITCH_ON, OFF = "promotion_code_update_on", {f"{COUPON}/active": False}
NEVER_REDEEMED = {"/facts/redemptions/guest": {"coup_1": 0}}
GUEST = {"/request/customerId": REMOVED, "/request/customerUpdate": REMOVED, **NEVER_REDEEMED}
NO_TARGET = ("session_missing", "promotion_codes_not_allowed")
"""The rules that ask for the session itself; without them, others find out by themselves that it is unknown."""
STORED_FORM = {"code": "AUTUMN"}
"""Evidence shows a code in the form that the account stores, whatever was typed."""
UNKNOWN: Changes = {"/facts/promotionCodes": {}}
DISCOUNTS = "/facts/session/discounts"
OWN = {"coupon": {"id": "coup_1"}, "promotionCodeId": "promo_1"}
OTHER = {"coupon": {"id": "coup_2"}, "promotionCodeId": "promo_2"}
OTHER_COUPON = {"coupon": {"id": "coup_2"}}
CARRIED = {DISCOUNTS: [OWN]}
PAY, UNCOUNTED = "confirm_discounted", "/facts/redemptions/counted"
COUNTED = {"/facts/redemptions/counted": {"promotionCodes": ["promo_1"]}}
NOT_COUNTED = {"/facts/redemptions/counted": {"promotionCodes": ["promo_2"]}}
BY_CODE = "/facts/promotionCodesByCode"
ABSENT = "/facts/missing/promotionCodesByCode"
ASKED = "promotionCodesByCode"
OWN_CODE = {"id": "promo_1", "code": "AUTUMN", "coupon": {"id": "coup_1"}}
BLANK = {"": OWN_CODE}
RATES = "/facts/exchangeRates"
STORED = "/facts/session/amountSubtotal"
OTHER_CUSTOMER = {
    "/facts/session/customerId": "cus_2",
    "/facts/payments/customers/cus_2": 0,
    "/facts/redemptions/customers/cus_2": {"coup_1": 0},
}
FREE_GUEST = {f"{CODE}/customerId": None, **GUEST}


def redeemable(times: int, *others: Changes) -> dict[str, object]:
    """The code that a buyer types, redeemed 40 times, is redeemable so often."""
    return {f"{TYPED}/maxRedemptions": times} | {key: value for other in others for key, value in other.items()}


def least(amount: str | None, currency: str | None = None, **rates: str) -> dict[str, object]:
    """A minimum of the code, and rates to the settlement currency."""
    known = {f"{code}/EGP": {"rate": rate} for code, rate in rates.items()}
    return {MINIMUM: amount, MINIMUM_CURRENCY: currency, **({RATES: known} if rates else {})}


def entered_least(amount: str | None) -> dict[str, object]:
    """A minimum of the code that a buyer types."""
    return {f"{TYPED}/restrictions/minimumAmount": amount}


def priced_in(currency: str) -> dict[str, object]:
    """A session in another currency: 1285.00 of two decimals, or 128.500 of three."""
    return {
        "/request/currency": currency,
        "/facts/prices/price_mug/currency": currency,
        "/facts/prices/price_bowl/currency": currency,
        "/request/lineItems/2/priceData/currency": currency,
        f"{COUPON}/currency": None,
        f"{COUPON}/minValue": None,
    }


def locked(rate: str, amount: str, currency: str, **rates: str) -> dict[str, object]:
    """A code is entered on a session of 1285.00 USD with a locked rate; the rates of today differ."""
    return {
        "/facts/session/presentmentDetails": {"currency": "usd", "amountSubtotal": 128_500, "exchangeRate": rate},
        RATES: {f"{code}/EGP": {"rate": known} for code, known in rates.items()},
        f"{TYPED}/restrictions/minimumAmount": amount,
        f"{TYPED}/restrictions/minimumAmountCurrency": currency,
        f"{COUPON}/currency": None,
        f"{COUPON}/minValue": None,
    }


def short(subtotal: int, minimum: Decimal | int | None, currency: str | None = "egp") -> dict[str, object]:
    """Evidence of a subtotal below a minimum."""
    return {**STORED_FORM, "subtotal": subtotal, "minimum": minimum, "sessionCurrency": currency}


END = f"{CODE}/expiresAt"
MOST = f"{CODE}/maxRedemptions"
BOUND = f"{CODE}/customerId"
PAID, PAID_AS_GUEST = "/facts/payments/customers/cus_1", "/facts/payments/guest"
TAKEN_OFF = {"/request/customerId": None, f"{CODE}/customerId": None, **NEVER_REDEEMED}
"""The customer is taken off a session that carries the code."""
DOLLARS = priced_in("USD")
DINARS = priced_in("KWD")


ROWS: Table = {
    session.discount_exclusive: (
        clear("a coupon", "create", {FIRST: {"coupon": "coup_1"}}),
        clear("a code and null", "create", {FIRST: {"promotionCode": "promo_1", "coupon": None}}),
        clear("null and a coupon", "create", {FIRST: {"promotionCode": None, "coupon": "coup_1"}}),
        shows(
            "both",
            "create",
            {FIRST: {"promotionCode": "promo_1", "coupon": "coup_1"}},
            "discounts[0].promotionCode",
            {"coupon": "coup_1", "promotionCode": "promo_1"},
        ),
        reports(
            "unknown", "create", {FIRST: {"promotionCode": "promo_9", "coupon": "coup_9"}}, "discounts[0].promotionCode"
        ),
        reports("both in an update", "update", {f"{FIRST}/coupon": "coup_1"}, "discounts[0].promotionCode"),
    ),
    session.discount_empty: (
        shows("neither", "create", {FIRST: {}}, "discounts[0]", {"coupon": None, "promotionCode": None}),
        reports("two times null", "create", {FIRST: {"coupon": None, "promotionCode": None}}, "discounts[0]"),
        clear("a coupon", "create", {FIRST: {"coupon": "coup_1"}}),
        clear("no discount", "create", {"/request/discounts": []}),
        reports("neither in an update", "update", {FIRST: {}}, "discounts[0]"),
        reports(
            "the second", "create", {"/request/discounts/-": {}}, ("too_many_discounts", "discounts"), "discounts[1]"
        ),
    ),
    discount.promotion_codes_not_allowed: (
        shows("not allowed", "apply", {ALLOWED: False}, "promotionCode", {"allowPromotionCodes": False}),
        reports("nothing stated", "apply", {ALLOWED: REMOVED}, "promotionCode"),
        clear("set by the merchant, at creation", "create", {"/request/allowPromotionCodes": False}),
        clear("set by the merchant, in an update", "update", {"/request/allowPromotionCodes": False}),
        clear(
            "set by the merchant, where not allowed",
            "update",
            {"/request/allowPromotionCodes": REMOVED, ALLOWED: False},
        ),
    ),
    discount.promotion_code_not_found: (
        clear("as it is stored", "apply", {"/request/promotionCode": "AUTUMN"}),
        clear("in lower case", "apply", {"/request/promotionCode": "autumn"}),
        clear("in mixed case, with spaces around it", "apply", {"/request/promotionCode": "\t aUtUmN\n"}),
        clear("stored in lower case", "apply", {f"{TYPED}/code": "autumn", "/request/promotionCode": "AUTUMN"}),
        clear("kept under a key in lower case", "apply", {BY_CODE: {"autumn": OWN_CODE}}),
        shows("missing", "apply", {BY_CODE: {}, ABSENT: ["AUTUMN"]}, ENTERED, {}),
        reports("missing, in another case", "apply", {BY_CODE: {}, ABSENT: [" autumn"]}, ENTERED),
        reports("spaces within it count", "apply", {"/request/promotionCode": "AUT UMN", ABSENT: ["aut umn"]}, ENTERED),
        reports("empty", "apply", {"/request/promotionCode": ""}, ENTERED),
        reports("white space only", "apply", {"/request/promotionCode": " \t"}, ENTERED),
        reports("invisible characters only", "apply", {"/request/promotionCode": "\u200f\u200b"}, ENTERED),
        reports(
            "blank, and a blank code is provided", "apply", {"/request/promotionCode": " ", BY_CODE: BLANK}, ENTERED
        ),
        clear("with invisible marks around it", "apply", {"/request/promotionCode": "\u200fAUTUMN\u200b"}),
        clear(
            "found under the typed text",
            "apply",
            {"/request/promotionCode": "\u00c1utumn", BY_CODE: {"\u00c1utumn": OWN_CODE}},
        ),
        undecided(
            "another accent", "apply", {"/request/promotionCode": " \u00c1utumn"}, ENTERED, f"{ASKED}[\u00c1utumn]"
        ),
    ),
    discount.promotion_code_missing: (
        reports("missing, updated", "update", {**UNKNOWN, "/facts/missing": {"promotionCodes": ["promo_1"]}}, BY_ID),
        clear("of the session only", "update_lines", {**UNKNOWN, "/facts/missing": {"promotionCodes": ["promo_1"]}}),
        undecided("not provided, in an update", "update", UNKNOWN, BY_ID, "promotionCodes[promo_1]"),
        undecided("not provided, to pay", PAY, UNKNOWN, None, "promotionCodes[promo_1]"),
        clear("no discount to pay with", "confirm", {**UNKNOWN, "/facts/coupons": {}}),
    ),
    discount.too_many_discounts_after_entry: (
        clear("the one it carries already", "apply", {DISCOUNTS: [OWN]}),
        reports("besides another coupon", "apply", {DISCOUNTS: [OTHER_COUPON]}, ENTERED),
        reports("besides its coupon without a code", "apply", {DISCOUNTS: [{"coupon": {"id": "coup_1"}}]}, ENTERED),
    ),
    discount.promotion_code_inactive: (
        clear("nothing stated", "create", {f"{CODE}/active": REMOVED}),
        shows("off", "create", {f"{CODE}/active": False}, BY_ID, {**STORED_FORM, "active": False}),
        shows("off, and typed", "apply", {f"{TYPED}/active": False}, ENTERED, {**STORED_FORM, "active": False}),
        reports("off, in an update", "update", {f"{CODE}/active": False}, BY_ID),
        clear("off, and only the lines are touched", "update_lines", {f"{CODE}/active": False}),
        clear("off, and only the customer is touched", "update_customer", {f"{CODE}/active": False}),
        clear("off, and discounts taken away", "update_lines", {f"{CODE}/active": False, "/request/discounts": None}),
    ),
    discount.promotion_code_expired: (
        clear("no end", "create", {END: None}),
        clear("just before its end", "create", {END: LATER}),
        shows("at its end", "create", {END: NOW}, BY_ID, {**STORED_FORM, "expiresAt": INSTANT, "now": INSTANT}),
        reports("just after its end", "create", {END: EARLIER}, BY_ID),
        reports("at its end, with another offset", "create", {END: "2026-11-22T12:00:00+02:00"}, BY_ID),
        clear("past its end, and only the lines are touched", "update_lines", {END: EARLIER}),
        clear("past its end, and only the customer is touched", "update_customer", {END: EARLIER}),
        clear("just before its end, to pay", PAY, {END: LATER}),
        shows("at its end, to pay", PAY, {END: NOW}, None, {**STORED_FORM, "expiresAt": INSTANT, "now": INSTANT}),
        reports("off too", "create", {END: NOW, f"{CODE}/active": False}, ("promotion_code_inactive", BY_ID), BY_ID),
        clear("just before its end, switched on", SWITCH_ON, {END: LATER}),
        shows("switched on", SWITCH_ON, {END: NOW}, "active", {**STORED_FORM, "expiresAt": INSTANT, "now": INSTANT}),
        clear("it is on", SWITCH_ON, {END: NOW, f"{CODE}/active": True}),
        clear("it is switched off", "promotion_code_update", {END: NOW}),
        reports("of a coupon that is over too", SWITCH_ON, {END: NOW, **OFF}, "active", ("coupon_invalid", "active")),
    ),
    discount.promotion_code_max_redemptions: (
        clear("unlimited", "create", {MOST: None}),
        clear("one left", "create", {MOST: 41}),
        clear("one left, switched on", SWITCH_ON, {MOST: 41, f"{CODE}/timesRedeemed": 40}),
        reports("none left, switched on", SWITCH_ON, {MOST: 40, f"{CODE}/timesRedeemed": 40}, "active"),
        shows(
            "none left",
            "create",
            {MOST: 40},
            BY_ID,
            {**STORED_FORM, "timesRedeemed": 40, "redeemedByOthers": 40, "maxRedemptions": 40},
        ),
        reports("overdrawn", "create", {MOST: 39}, BY_ID),
        reports("none ever", "create", {MOST: 0, f"{CODE}/timesRedeemed": REMOVED}, BY_ID),
        clear("never redeemed", "create", {MOST: 1, f"{CODE}/timesRedeemed": REMOVED}),
        reports("one left, and off", "create", {MOST: 41, f"{CODE}/active": False}, ("promotion_code_inactive", BY_ID)),
        clear("none left, and only the lines are touched", "update_lines", {MOST: 40}),
        clear("none left, and only the customer is touched", "update_customer", {MOST: 40}),
        clear("the last is its own", "apply", redeemable(40, CARRIED, COUNTED)),
        clear("the last is its own, to pay", PAY, {MOST: 40, **COUNTED}),
        reports("none left, to pay", PAY, {MOST: 40, **NOT_COUNTED}, None),
        undecided("the last may be its own, to pay", PAY, {MOST: 40, UNCOUNTED: REMOVED}, None, "redemptions.counted"),
        shows(
            "overdrawn even without its own",
            "apply",
            redeemable(39, CARRIED, COUNTED),
            ENTERED,
            {**STORED_FORM, "timesRedeemed": 40, "redeemedByOthers": 39, "maxRedemptions": 39},
        ),
        reports("carried, but not counted", "apply", redeemable(40, CARRIED, NOT_COUNTED), ENTERED),
        clear("carried, not counted, one left", "apply", redeemable(41, CARRIED, NOT_COUNTED)),
        undecided(
            "carried, and count unknown",
            "apply",
            redeemable(40, CARRIED, {f"{COUPON}/customerMaxRedemptions": None}),
            ENTERED,
            "redemptions.counted",
        ),
        reports(
            "carried, counted, one left, and it is off",
            "apply",
            redeemable(41, CARRIED, COUNTED, {f"{TYPED}/active": False}),
            ("promotion_code_inactive", ENTERED),
        ),
        clear("unknown, and one is left anyway", "apply", redeemable(41, CARRIED)),
        reports("unknown, and it is overdrawn anyway", "apply", redeemable(39, CARRIED), ENTERED),
        clear("set again, and the last is its own", "update", {MOST: 40, **CARRIED, **COUNTED}),
        undecided("set again, and unknown", "update", {MOST: 40, **CARRIED}, BY_ID, "redemptions.counted"),
    ),
    discount.promotion_code_customer_mismatch: (
        clear("anybody's", "create", {BOUND: None}),
        clear("anybody's, for a guest", "create", {BOUND: None, FIRST_TIME: False, **GUEST}),
        shows(
            "another's",
            "create",
            {BOUND: "cus_2"},
            BY_ID,
            {**STORED_FORM, "customerId": "cus_2", "sessionCustomerId": "cus_1"},
        ),
        reports("ids have a case", "create", {BOUND: "CUS_1"}, BY_ID),
        shows(
            "a customer's, for a guest",
            "create",
            {FIRST_TIME: False, **GUEST},
            BY_ID,
            {**STORED_FORM, "customerId": "cus_1", "sessionCustomerId": None},
        ),
        reports(
            "a customer's, and a guest types it",
            "apply",
            {"/facts/session/customerId": None, f"{TYPED}/restrictions/firstTimeTransaction": False, **NEVER_REDEEMED},
            ENTERED,
        ),
        clear("the stored customer's", "update", GUEST),
        reports("not the stored customer's", "update", {**GUEST, **OTHER_CUSTOMER}, BY_ID),
        clear("the customer that an update sets", "update", OTHER_CUSTOMER),
        reports(
            "the customer of a session that carries it is taken away",
            "update_customer",
            {"/request/customerId": None, FIRST_TIME: False, **NEVER_REDEEMED},
            "customerId",
        ),
        clear("another's, and only the lines are touched", "update_lines", {BOUND: "cus_2"}),
        clear("another's, to pay", PAY, {BOUND: "cus_2"}),
        clear("another's, taken away with the customer", "update_customer", {BOUND: "cus_2", "/request/discounts": []}),
        undecided("session not provided", "update", {**GUEST, **UNKNOWN_SESSION}, BY_ID, "session[cs_1]"),
        undecided("session unknown", "update", {**GUEST, **UNKNOWN_SESSION}, BY_ID, "session[cs_1]", off=NO_TARGET),
        decided("session not provided, and a customer is sent", "update", UNKNOWN_SESSION, off=NO_TARGET),
        decided("anybody's, session unknown", "apply", {f"{TYPED}/customerId": None, **UNKNOWN_SESSION}, off=NO_TARGET),
    ),
    discount.promotion_code_first_time_only: (
        shows(
            "paid once", "create", {PAID: 1}, BY_ID, {**STORED_FORM, "sessionCustomerId": "cus_1", "paidBefore": True}
        ),
        clear("paid once, and the code is for every purchase", "create", {PAID: 1, FIRST_TIME: False}),
        clear("paid once, and the code states nothing", "create", {PAID: 1, FIRST_TIME: None}),
        undecided("a guest", "create", FREE_GUEST, BY_ID, "payments.guest"),
        clear("a guest who never paid", "create", {**FREE_GUEST, PAID_AS_GUEST: 0}),
        shows(
            "a guest who has paid",
            "create",
            {**FREE_GUEST, PAID_AS_GUEST: 1},
            BY_ID,
            {**STORED_FORM, "sessionCustomerId": None, "paidBefore": True},
        ),
        clear("a guest, and the code is for every purchase", "create", {**FREE_GUEST, FIRST_TIME: False}),
        reports("paid once, and types it", "apply", {PAID: 1}, ENTERED),
        clear("a customer who never paid is taken off", "update_customer", {**TAKEN_OFF, PAID_AS_GUEST: 0}),
        reports("a customer who has paid is taken off", "update_customer", {**TAKEN_OFF, PAID: 1}, "customerId"),
        undecided("taken off, and not known as a guest", "update_customer", TAKEN_OFF, "customerId", "payments.guest"),
        clear("paid once, and only the lines are touched", "update_lines", {PAID: 1}),
        clear("not counted, and the code is for every purchase", "create", {PAID: REMOVED, FIRST_TIME: False}),
        undecided("session not provided", "update", {**GUEST, **UNKNOWN_SESSION}, BY_ID, "session[cs_1]"),
        skipped("no session", "apply", NO_SESSION, ENTERED, by=GONE),
    ),
    discount.promotion_code_minimum_amount: (
        clear("no minimum", "create", least(None, "EGP")),
        clear("a minimum of nothing", "create", least("0", "EGP")),
        clear("less than the subtotal", "create", least("128499", "EGP")),
        clear("as much as the subtotal", "create", least("128500", "EGP")),
        shows("more than the subtotal", "create", least("128501", "EGP"), BY_ID, short(128_500, Decimal(128_501))),
        reports("more by a fraction", "create", least("128500.5", "EGP"), BY_ID),
        clear("its currency in lower case", "create", least("128500", "egp")),
        clear("no currency is the session's", "create", {**least("128500"), **DOLLARS}),
        reports("no currency is the session's, and more", "create", {**least("128501"), **DOLLARS}, BY_ID),
        clear("with an inline line", "create", {**least("133000", "EGP"), "/request/lineItems/2/quantity": 1}),
        reports("inline line, more", "create", {**least("133001", "EGP"), "/request/lineItems/2/quantity": 1}, BY_ID),
        clear(
            "an amount set by the buyer counts at its preset",
            "create",
            {
                **least("128500", "EGP"),
                "/facts/prices/price_mug/type": "CUSTOM",
                "/facts/prices/price_mug/customUnitAmount": {"minimum": 1, "preset": 38_000},
            },
        ),
        shows(
            "without a preset at its minimum",
            "create",
            {"/facts/prices/price_mug/type": "CUSTOM", "/facts/prices/price_mug/customUnitAmount": {"minimum": 100}},
            BY_ID,
            short(52_700, Decimal(60_000)),
        ),
        shows(
            "at nothing", "create", {"/facts/prices/price_mug/type": "CUSTOM"}, BY_ID, short(52_500, Decimal(60_000))
        ),
        clear(
            "a stored session counts what it came to",
            "apply",
            {"/facts/session/lineItems/0/price/type": "CUSTOM", "/facts/prices/price_mug/type": "CUSTOM"},
        ),
        shows("a stored session that came to less", "apply", {STORED: 59_999}, ENTERED, short(59_999, Decimal(60_000))),
        clear("a stored session that came to as much", "apply", {STORED: 60_000}),
        clear("a stored session that states its lines' amount", "apply", {STORED: REMOVED, **entered_least("128500")}),
        reports("a stored session with less in lines", "apply", {STORED: REMOVED, **entered_least("128501")}, ENTERED),
        undecided(
            "amount of a stored session unknown",
            "apply",
            {STORED: REMOVED, "/facts/session/lineItems/0/amountSubtotal": REMOVED},
            ENTERED,
            "session.amountSubtotal[cs_1]",
        ),
        clear(
            "amount unknown, and no minimum",
            "apply",
            {
                STORED: REMOVED,
                "/facts/session/lineItems": [],
                f"{COUPON}/minValue": None,
                f"{COUPON}/appliesToProductIds": None,
                **entered_least(None),
            },
        ),
        clear("converted", "create", least("100", "USD", USD="1285")),
        shows(
            "converted, more by a fraction",
            "create",
            least("100", "USD", USD="1285.0000000000000000000000000001"),
            BY_ID,
            short(128_500, 128_500),
        ),
        shows("converted, and more", "create", least("100", "USD", USD="1285.01"), BY_ID, short(128_500, 128_501)),
        # 7.639 KWD are 1284.8798 EGP, and 7.640 are 1285.048.
        clear("from three decimals", "create", least("7639", "KWD", KWD="168.2")),
        shows("from three decimals, more", "create", least("7640", "kwd", KWD="168.2"), BY_ID, short(128_500, 128_504)),
        # 128.500 KWD are 21613.70 EGP, and 128.501 KWD are 21613.8682 EGP.
        clear("to three decimals", "create", {**least("2161370", "EGP", KWD="168.2"), **DINARS}),
        shows(
            "to three decimals, more by a fraction",
            "create",
            {**least("2161371", "EGP", KWD="168.2"), **DINARS},
            BY_ID,
            short(128_500, 128_500, "kwd"),
        ),
        shows(
            "to three decimals, and more",
            "create",
            {**least("2161387", "EGP", KWD="168.2"), **DINARS},
            BY_ID,
            short(128_500, 128_501, "kwd"),
        ),
        # 1.000 KWD is 12.85 EGP or 1285 USD; with 12.859 it is 1285.9 USD, and 1285.00 if cut off on the way.
        clear("through another currency", "create", {**least("1000", "KWD", KWD="12.85", USD="0.01"), **DOLLARS}),
        reports(
            "to three decimals in dollars, more by a fraction",
            "create",
            {**least("1000", "KWD", KWD="12.8501", USD="0.01"), **DOLLARS},
            BY_ID,
        ),
        shows(
            "through the settlement currency, and more",
            "create",
            {**least("1000", "KWD", KWD="12.859", USD="0.01"), **DOLLARS},
            BY_ID,
            short(128_500, 128_590, "usd"),
        ),
        # 64571.25 EGP at 50.25 are 1285 USD, and 64571.76 are 1285.0101.
        clear("at the locked rate", "apply", locked("50.25", "6457125", "EGP", USD="1")),
        reports(
            "at the locked rate, more by a fraction", "apply", locked("50.25", "6457126", "EGP", USD="1000"), ENTERED
        ),
        shows(
            "at the locked rate, and more",
            "apply",
            locked("50.25", "6457176", "EGP", USD="1000"),
            ENTERED,
            short(128_500, 128_501, "usd"),
        ),
        clear(
            "at the locked rate, where there is none today",
            "apply",
            {**locked("50.25", "6457125", "EGP"), "/facts/missing": {"exchangeRates": ["USD/EGP"]}},
        ),
        clear("the locked rate is of no matter in its own currency", "apply", locked("50.25", "128500", "USD")),
        shows(
            "through the settlement currency at the locked rate",
            "apply",
            locked("0.01", "1000", "KWD", KWD="12.859", USD="1"),
            ENTERED,
            short(128_500, 128_590, "usd"),
        ),
        shows(
            "no rate for it",
            "create",
            {**least("1", "KWD"), RATES: {}, "/facts/missing": {"exchangeRates": ["KWD/EGP"]}},
            BY_ID,
            short(128_500, None, None),
        ),
        clear(
            "no rate for it, and it is nothing",
            "create",
            {**least("0", "KWD"), RATES: {}, "/facts/missing": {"exchangeRates": ["KWD/EGP"]}},
        ),
        undecided("its rate not provided", "create", {**least("1", "KWD"), RATES: {}}, BY_ID, "exchangeRates[KWD/EGP]"),
        undecided(
            "account not provided",
            "apply",
            {f"{TYPED}/restrictions/minimumAmountCurrency": "KWD", "/facts/merchant": None},
            ENTERED,
            "merchant",
        ),
        clear("new lines that come to as much", "update_lines", least("128500", "EGP")),
        clear("more, and only the customer is touched", "update_customer", least("128501", "EGP")),
        clear("more, and only the metadata is touched", "update_metadata", {**least("128501", "EGP"), **CARRIED}),
        clear(
            "more, and taken away with lines", "update_lines", {**least("128501", "EGP"), "/request/discounts": None}
        ),
    ),
}

test_rows = rows_test(ROWS)


def test_place_of_a_discount_that_is_paid_with() -> None:
    """What is wrong with a stored discount when the buyer pays is shown where it stands in the stored session."""
    document = changed(EXAMPLES[PAY], {f"{CODE}/active": False, "/facts/coupons/coup_1/active": False})
    found = [(violation.param, violation.pointer) for violation in validate(document).violations]
    stored = "/facts/session/discounts/0"
    assert found == [(None, f"{stored}/promotionCodeId"), (None, f"{stored}/coupon")]

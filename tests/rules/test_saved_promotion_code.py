"""Boundaries of the rules on what a promotion code may be when it is made."""

from decimal import Decimal

import pytest

from rules_engine import required_facts
from rules_engine.examples import NOW, REMOVED, examples
from rules_engine.rules import saved_discount
from tests.rules.table import (
    EARLIER,
    INSTANT,
    LATER,
    Changes,
    Table,
    clear,
    decided,
    reports,
    rows_test,
    shows,
    undecided,
)

PLAIN, RESTRICTED = "promotion_code_create", "promotion_code_create_restricted"
LARGEST = 9_007_199_254_740_991
CODE, MOST, END = "/request/code", "/request/maxRedemptions", "/request/expiresAt"
MINIMUM, CURRENCY = "/request/restrictions/minimumAmount", "/request/restrictions/minimumAmountCurrency"
AT_MINIMUM, AT_CURRENCY = "restrictions.minimumAmount", "restrictions.minimumAmountCurrency"
COUPON = "/facts/coupons/coup_1"
UNKNOWN: Changes = {"/facts/coupons": {}}
GONE = {"/facts/coupons": {}, "/facts/missing/coupons": ["coup_1"]}
MISSING, INVALID, MALFORMED = ("coupon_missing", "coupon"), ("coupon_invalid", "coupon"), ("code_malformed", "code")
NO_NAMESAKE = "/facts/missing/promotionCodesByCode"
LAST_DAY = "2026-12-31T00:00:00Z"


def named(code: str, **others: object) -> dict[str, object]:
    """The account has a code of this string."""
    known = {"id": "promo_2", "code": code, "coupon": {"id": "coup_2"}, **others}
    return {NO_NAMESAKE: REMOVED, "/facts/promotionCodesByCode": {code: known}}


ROWS: Table = {
    saved_discount.minimum_currency_without_minimum: (
        clear("neither", RESTRICTED, {MINIMUM: None, CURRENCY: None}),
        clear("a minimum", RESTRICTED, {CURRENCY: None}),
        shows("a currency", RESTRICTED, {MINIMUM: REMOVED}, AT_CURRENCY, {}),
        clear("a currency of nothing", RESTRICTED, {MINIMUM: "0"}),
        clear("no restrictions", PLAIN, {"/request/restrictions": None}),
    ),
    saved_discount.code_malformed: (
        clear("letters in either case", RESTRICTED, {CODE: "AuTuMn"}),
        clear("all that is admitted", PLAIN, {CODE: "-Az09-", NO_NAMESAKE: ["-az09-"]}),
        clear("one character", PLAIN, {CODE: "7", NO_NAMESAKE: ["7"]}),
        clear("white space around it", PLAIN, {CODE: " \tAUTUMN\n"}),
        shows("white space inside", PLAIN, {CODE: "AUT UMN"}, "code", {"code": "AUT UMN"}),
        shows("empty", PLAIN, {CODE: ""}, "code", {"code": ""}),
        reports("white space only", PLAIN, {CODE: " \n "}, "code"),
        reports("white space only, nothing to look up", PLAIN, {CODE: " ", NO_NAMESAKE: REMOVED}, "code"),
        reports("an underscore", PLAIN, {CODE: "AUTUMN_15"}, "code"),
        reports("a per cent sign", PLAIN, {CODE: "15%"}, "code"),
        reports("Arabic letters", PLAIN, {CODE: "خريف"}, "code"),
        reports("Arabic digits", PLAIN, {CODE: "AUTUMN\u0661\u0665"}, "code"),
        reports("an accent", PLAIN, {CODE: "ÉTÉ"}, "code"),
        reports("a long dash", PLAIN, {CODE: "AUTUMN\u201315"}, "code"),
        shows("a long text, cut to 40 characters", PLAIN, {CODE: "X" * 41 + "!"}, "code", {"code": "X" * 40}),
    ),
    saved_discount.promotion_code_exists: (
        clear("missing, in another case", PLAIN, {NO_NAMESAKE: [" autumn "]}),
        shows("it exists", PLAIN, named("AUTUMN"), "code", {"code": "AUTUMN"}),
        shows("in another case", PLAIN, named("autumn"), "code", {"code": "autumn"}),
        reports("typed with white space", RESTRICTED, named("AUTUMN"), "code"),
        reports("in full-width letters", PLAIN, named("\uff21\uff35\uff34\uff35\uff2d\uff2e"), "code"),
        reports("switched off", PLAIN, named("AUTUMN", active=False), "code"),
        reports("expired", PLAIN, named("AUTUMN", expiresAt=EARLIER), "code"),
        reports("of another customer", RESTRICTED, named("AUTUMN", customerId="cus_2"), "code"),
        reports("for the same coupon", PLAIN, named("AUTUMN", coupon={"id": "coup_1"}), "code"),
        undecided("trimmed, not provided", RESTRICTED, {NO_NAMESAKE: REMOVED}, "code", "promotionCodesByCode[Autumn]"),
    ),
    saved_discount.minimum_amount_invalid: (
        clear("one", RESTRICTED, {MINIMUM: "1"}),
        clear("nothing", RESTRICTED, {MINIMUM: "0"}),
        shows(
            "negative",
            RESTRICTED,
            {MINIMUM: "-1"},
            AT_MINIMUM,
            {"minimumAmount": Decimal(-1), "minimum": 0, "maximum": LARGEST},
        ),
        clear("a number", RESTRICTED, {MINIMUM: 60_000}),
        clear("whole, with decimals", RESTRICTED, {MINIMUM: "60000.00"}),
        reports("half of one", RESTRICTED, {MINIMUM: "0.5"}, AT_MINIMUM),
        reports("hardly more than whole", RESTRICTED, {MINIMUM: "60000." + "0" * 39 + "1"}, AT_MINIMUM),
        clear("the largest", RESTRICTED, {MINIMUM: str(LARGEST)}),
        reports("more than the largest", RESTRICTED, {MINIMUM: str(LARGEST + 1)}, AT_MINIMUM),
        reports("far more than the largest", RESTRICTED, {MINIMUM: Decimal("1E+300")}, AT_MINIMUM),
        reports("negative, without a currency", PLAIN, {"/request/restrictions": {"minimumAmount": -1}}, AT_MINIMUM),
        clear("none", PLAIN, {"/request/restrictions": {}}),
    ),
    saved_discount.expires_at_past: (
        clear("in one microsecond", PLAIN, {END: LATER}),
        shows("now", PLAIN, {END: NOW}, "expiresAt", {"expiresAt": INSTANT, "now": INSTANT}),
        reports("one microsecond ago", RESTRICTED, {END: EARLIER}, "expiresAt"),
        clear("never", RESTRICTED, {END: None}),
        clear("in a hundred years, for a coupon without an end", PLAIN, {END: "2126-01-01T00:00:00Z"}),
    ),
    saved_discount.more_redemptions_than_coupon: (
        clear("less often", RESTRICTED, {MOST: 499}),
        clear("as often", RESTRICTED, {MOST: 500}),
        shows("more", RESTRICTED, {MOST: 501}, "maxRedemptions", {"maxRedemptions": 501, "couponMaxRedemptions": 500}),
        clear("more often than what is left", RESTRICTED, {MOST: 440}),
        clear("unlimited", RESTRICTED, {MOST: None}),
        clear("limited, of an unlimited one", RESTRICTED, {f"{COUPON}/maxRedemptions": None}),
        decided(
            "unlimited, coupon unknown", RESTRICTED, {**UNKNOWN, MOST: None}, off=("coupon_missing", "coupon_invalid")
        ),
    ),
    saved_discount.expires_after_coupon: (
        clear("one microsecond before", RESTRICTED, {END: "2026-12-30T23:59:59.999999Z"}),
        clear("together", RESTRICTED, {END: LAST_DAY}),
        shows(
            "one microsecond after",
            RESTRICTED,
            {END: "2026-12-31T00:00:00.000001Z"},
            "expiresAt",
            {
                "expiresAt": INSTANT.replace(month=12, day=31, hour=0, microsecond=1),
                "redeemBy": INSTANT.replace(month=12, day=31, hour=0),
            },
        ),
        clear("together, with another offset", RESTRICTED, {END: "2026-12-31T02:00:00+02:00"}),
        clear("never", RESTRICTED, {END: None}),
        clear("of a coupon that never ends", RESTRICTED, {f"{COUPON}/redeemBy": None}),
        decided("never, coupon unknown", RESTRICTED, {**UNKNOWN, END: None}, off=("coupon_missing", "coupon_invalid")),
    ),
}

test_rows = rows_test(ROWS)


@pytest.mark.parametrize("example", [PLAIN, RESTRICTED])
def test_no_rate_is_asked_for(example: str) -> None:
    """A minimum is in a currency before a buyer is charged in it, so no rate is needed."""
    assert required_facts(examples()[example]) == ()

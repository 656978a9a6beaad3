"""Boundaries of the rules on what a promotion code may be when it is made."""

from decimal import Decimal

import pytest

from rules_engine import required_facts
from rules_engine.examples import NOW, REMOVED, examples
from rules_engine.rules import saved_promotion_code
from tests.rules.table import EARLIER, INSTANT, LATER, Changes, RuleTable, clear, decided, says, skipped, undecided

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


class TestMinimumCurrencyWithoutMinimum(RuleTable):
    """A currency is stated with the minimum that is in it."""

    rule = saved_promotion_code.minimum_currency_without_minimum
    rows = (
        clear("both", RESTRICTED, {}),
        clear("neither", RESTRICTED, {MINIMUM: None, CURRENCY: None}),
        clear("a minimum", RESTRICTED, {CURRENCY: None}),
        says("a currency", RESTRICTED, {MINIMUM: REMOVED}, AT_CURRENCY, evidence={}),
        says("a currency and null", RESTRICTED, {MINIMUM: None}, AT_CURRENCY),
        clear("a currency of nothing", RESTRICTED, {MINIMUM: "0"}),
        clear("no restrictions", PLAIN, {"/request/restrictions": None}),
    )


class TestCodeMalformed(RuleTable):
    """What buyers type is of letters without accents, digits and dashes."""

    rule = saved_promotion_code.code_malformed
    rows = (
        clear("letters in either case", RESTRICTED, {CODE: "AuTuMn"}),
        clear("all that is admitted", PLAIN, {CODE: "-Az09-", NO_NAMESAKE: ["-az09-"]}),
        clear("one character", PLAIN, {CODE: "7", NO_NAMESAKE: ["7"]}),
        clear("white space around it", PLAIN, {CODE: " \tAUTUMN\n"}),
        says("white space inside", PLAIN, {CODE: "AUT UMN"}, "code", evidence={"code": "AUT UMN"}),
        says("empty", PLAIN, {CODE: ""}, "code", evidence={"code": ""}),
        says("white space only", PLAIN, {CODE: " \n "}, "code"),
        says("an underscore", PLAIN, {CODE: "AUTUMN_15"}, "code"),
        says("a per cent sign", PLAIN, {CODE: "15%"}, "code"),
        says("Arabic letters", PLAIN, {CODE: "خريف"}, "code"),
        says("Arabic digits", PLAIN, {CODE: "AUTUMN\u0661\u0665"}, "code"),
        says("an accent", PLAIN, {CODE: "ÉTÉ"}, "code"),
        says("a long dash", PLAIN, {CODE: "AUTUMN\u201315"}, "code"),
        says(
            "a long text, of which 40 characters are shown",
            PLAIN,
            {CODE: "X" * 41 + "!"},
            "code",
            evidence={"code": "X" * 40},
        ),
    )


class TestPromotionCodeExists(RuleTable):
    """The string of a code is new to the account, in whatever case and state an older one is."""

    rule = saved_promotion_code.promotion_code_exists
    rows = (
        clear("known not to exist", PLAIN, {}),
        clear("known not to exist, in another case", PLAIN, {NO_NAMESAKE: [" autumn "]}),
        says("it exists", PLAIN, named("AUTUMN"), "code", evidence={"code": "AUTUMN"}),
        says("in another case", PLAIN, named("autumn"), "code", evidence={"code": "autumn"}),
        says("typed with white space", RESTRICTED, named("AUTUMN"), "code"),
        says("switched off", PLAIN, named("AUTUMN", active=False), "code"),
        says("expired", PLAIN, named("AUTUMN", expiresAt=EARLIER), "code"),
        says("of another customer", RESTRICTED, named("AUTUMN", customerId="cus_2"), "code"),
        says("for the same coupon", PLAIN, named("AUTUMN", coupon={"id": "coup_1"}), "code"),
        undecided("nobody looked", PLAIN, {NO_NAMESAKE: REMOVED}, "code", "promotionCodesByCode[AUTUMN]"),
        undecided(
            "nobody looked for what is left when it is trimmed",
            RESTRICTED,
            {NO_NAMESAKE: REMOVED},
            "code",
            "promotionCodesByCode[Autumn]",
        ),
        undecided("another one is missing", PLAIN, {NO_NAMESAKE: ["WINTER"]}, "code", "promotionCodesByCode[AUTUMN]"),
        skipped("it cannot be typed", PLAIN, {CODE: "AUTUMN!"}, "code", by=MALFORMED),
    )


class TestMinimumAmountInvalid(RuleTable):
    """A minimum is a whole number of minor units, not negative, and one that every reader keeps exact."""

    rule = saved_promotion_code.minimum_amount_invalid
    rows = (
        clear("one", RESTRICTED, {MINIMUM: "1"}),
        clear("nothing", RESTRICTED, {MINIMUM: "0"}),
        says(
            "negative",
            RESTRICTED,
            {MINIMUM: "-1"},
            AT_MINIMUM,
            evidence={"minimumAmount": Decimal(-1), "minimum": 0, "maximum": LARGEST},
        ),
        clear("a number", RESTRICTED, {MINIMUM: 60_000}),
        clear("whole, with decimals", RESTRICTED, {MINIMUM: "60000.00"}),
        says("half of one", RESTRICTED, {MINIMUM: "0.5"}, AT_MINIMUM),
        says("hardly more than whole", RESTRICTED, {MINIMUM: "60000." + "0" * 39 + "1"}, AT_MINIMUM),
        clear("the largest", RESTRICTED, {MINIMUM: str(LARGEST)}),
        says("more than the largest", RESTRICTED, {MINIMUM: str(LARGEST + 1)}, AT_MINIMUM),
        says("far more than the largest", RESTRICTED, {MINIMUM: Decimal("1E+300")}, AT_MINIMUM),
        says("negative, without a currency", PLAIN, {"/request/restrictions": {"minimumAmount": -1}}, AT_MINIMUM),
        clear("none", PLAIN, {"/request/restrictions": {}}),
    )


class TestCodeMaxRedemptionsOutOfRange(RuleTable):
    """A promotion code can be redeemed at least once."""

    rule = saved_promotion_code.code_max_redemptions_out_of_range
    rows = (
        clear("once", PLAIN, {MOST: 1}),
        says("never", PLAIN, {MOST: 0}, "maxRedemptions", evidence={"maxRedemptions": 0, "minimum": 1}),
        says("less than never", RESTRICTED, {MOST: -1}, "maxRedemptions"),
        clear("unlimited", RESTRICTED, {MOST: None}),
    )


class TestExpiresAtPast(RuleTable):
    """A promotion code that is made expires in the future."""

    rule = saved_promotion_code.expires_at_past
    rows = (
        clear("in one microsecond", PLAIN, {END: LATER}),
        says("now", PLAIN, {END: NOW}, "expiresAt", evidence={"expiresAt": INSTANT, "now": INSTANT}),
        says("one microsecond ago", RESTRICTED, {END: EARLIER}, "expiresAt"),
        clear("never", RESTRICTED, {END: None}),
        clear("in a hundred years, for a coupon without an end", PLAIN, {END: "2126-01-01T00:00:00Z"}),
    )


class TestMoreRedemptionsThanCoupon(RuleTable):
    """A promotion code is redeemed at most as often as the coupon it stands for."""

    rule = saved_promotion_code.more_redemptions_than_coupon
    rows = (
        clear("less often", RESTRICTED, {MOST: 499}),
        clear("as often", RESTRICTED, {MOST: 500}),
        says(
            "more often",
            RESTRICTED,
            {MOST: 501},
            "maxRedemptions",
            evidence={"maxRedemptions": 501, "couponMaxRedemptions": 500},
        ),
        clear("more often than what is left", RESTRICTED, {MOST: 440}),
        clear("unlimited", RESTRICTED, {MOST: None}),
        clear("limited, of an unlimited one", RESTRICTED, {f"{COUPON}/maxRedemptions": None}),
        undecided("nobody looked the coupon up", RESTRICTED, UNKNOWN, "maxRedemptions", "coupons[coup_1]"),
        skipped("there is no such coupon", RESTRICTED, GONE, "maxRedemptions", by=MISSING),
        skipped("the coupon is used up", RESTRICTED, {f"{COUPON}/maxRedemptions": 61}, "maxRedemptions", by=INVALID),
        decided(
            "unlimited, and nobody looked the coupon up",
            RESTRICTED,
            {**UNKNOWN, MOST: None},
            off=("coupon_missing", "coupon_invalid"),
        ),
        undecided(
            "nobody looked the coupon up, and nobody asks for it",
            RESTRICTED,
            UNKNOWN,
            "maxRedemptions",
            "coupons[coup_1]",
            off=("coupon_missing", "coupon_invalid"),
        ),
    )


class TestExpiresAfterCoupon(RuleTable):
    """A promotion code expires with the coupon it stands for, or before it."""

    rule = saved_promotion_code.expires_after_coupon
    rows = (
        clear("one microsecond before", RESTRICTED, {END: "2026-12-30T23:59:59.999999Z"}),
        clear("together", RESTRICTED, {END: LAST_DAY}),
        says(
            "one microsecond after",
            RESTRICTED,
            {END: "2026-12-31T00:00:00.000001Z"},
            "expiresAt",
            evidence={
                "expiresAt": INSTANT.replace(month=12, day=31, hour=0, microsecond=1),
                "redeemBy": INSTANT.replace(month=12, day=31, hour=0),
            },
        ),
        clear("together, with another offset", RESTRICTED, {END: "2026-12-31T02:00:00+02:00"}),
        clear("never", RESTRICTED, {END: None}),
        clear("of a coupon that never ends", RESTRICTED, {f"{COUPON}/redeemBy": None}),
        undecided("nobody looked the coupon up", RESTRICTED, UNKNOWN, "expiresAt", "coupons[coup_1]"),
        skipped("there is no such coupon", RESTRICTED, GONE, "expiresAt", by=MISSING),
        skipped("the coupon is over", RESTRICTED, {f"{COUPON}/redeemBy": EARLIER}, "expiresAt", by=INVALID),
        decided(
            "never, and nobody looked the coupon up",
            RESTRICTED,
            {**UNKNOWN, END: None},
            off=("coupon_missing", "coupon_invalid"),
        ),
        undecided(
            "nobody looked the coupon up, and nobody asks for it",
            RESTRICTED,
            UNKNOWN,
            "expiresAt",
            "coupons[coup_1]",
            off=("coupon_missing", "coupon_invalid"),
        ),
    )


@pytest.mark.parametrize("example", [PLAIN, RESTRICTED])
def test_no_rate_is_asked_for(example: str) -> None:
    """A minimum is in a currency before anybody is charged in it, so nobody has to look a rate up."""
    assert required_facts(examples()[example]) == ()

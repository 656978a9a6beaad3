"""Boundaries of the rules on what a coupon may be when it is made, and on when it may be deleted."""

from decimal import Decimal
from typing import Any

import pytest

from rules_engine import required_facts
from rules_engine.examples import NOW, REMOVED, examples
from rules_engine.rules import saved_coupon
from tests.rules.table import EARLIER, INSTANT, LATER, Table, clear, reports, rows_test

PLAIN, PERCENTAGE, AMOUNT = "coupon_create", "coupon_create_percentage", "coupon_create_amount"
LARGEST = 9_007_199_254_740_991
PERCENT, OFF, CURRENCY, DURATION, MONTHS, CAP, LEAST, MOST, EACH, END = (
    f"/request/{field}"
    for field in (
        *("percentOff", "amountOff", "currency", "duration", "durationInMonths"),
        *("maxDiscountAmount", "minValue", "maxRedemptions", "customerMaxRedemptions", "redeemBy"),
    )
)
BOTH = ("coupon_discount_exclusive", "amountOff")
NEITHER = ("coupon_discount_missing", "percentOff")
USE = "/facts/usage/coupons"
AT_LAST = "2031-11-23T10:00:00Z"


def percent(value: Any) -> dict[str, Any]:
    """What is shown of a percentage."""
    return {"percentOff": value, "minimum": Decimal("0.01"), "maximum": 100}


ROWS: Table = {
    saved_coupon.coupon_discount_missing: (
        clear("an amount and null", AMOUNT, {PERCENT: None}),
        reports("neither", PLAIN, {"/request": {}}, "percentOff", evidence={}),
        reports("null and null", PLAIN, {PERCENT: None, OFF: None}, "percentOff"),
        reports("a percentage of nothing is one", PLAIN, {PERCENT: 0}, ("percent_off_out_of_range", "percentOff")),
        reports("an amount of nothing is one", AMOUNT, {OFF: 0}, ("amount_off_out_of_range", "amountOff")),
    ),
    saved_coupon.coupon_discount_exclusive: (
        clear("a percentage and null", PLAIN, {OFF: None}),
        reports("both", AMOUNT, {PERCENT: 15}, "amountOff", evidence={"percentOff": 15, "amountOff": 5_000}),
        reports(
            "both, and no currency", PLAIN, {OFF: 5_000}, "amountOff", evidence={"percentOff": 15, "amountOff": 5_000}
        ),
        reports(
            "both, and both out of range",
            AMOUNT,
            {PERCENT: 0, OFF: 0},
            "amountOff",
            ("percent_off_out_of_range", "percentOff"),
            ("amount_off_out_of_range", "amountOff"),
        ),
    ),
    saved_coupon.amount_off_without_currency: (
        clear("a percentage with one", PLAIN, {CURRENCY: "EGP"}),
        reports("without one", AMOUNT, {CURRENCY: REMOVED}, "amountOff", evidence={"amountOff": 5_000}),
        reports("null is none", AMOUNT, {CURRENCY: None}, "amountOff"),
        reports("a currency that is none is stated", AMOUNT, {CURRENCY: ""}, ("currency_invalid", "currency")),
    ),
    saved_coupon.max_discount_without_percentage: (
        clear("of a percentage", PLAIN, {CAP: 20_000}),
        clear("null of an amount", AMOUNT, {CAP: None}),
        reports("of an amount", AMOUNT, {CAP: 20_000}, "maxDiscountAmount", evidence={"maxDiscountAmount": 20_000}),
        reports("of an amount, as high as it", AMOUNT, {CAP: 5_000}, "maxDiscountAmount"),
        reports("of an amount and a percentage", AMOUNT, {CAP: 20_000, PERCENT: 15}, BOTH),
    ),
    saved_coupon.repeating_without_months: (
        clear("once", PLAIN, {DURATION: "once"}),
        clear("forever", PLAIN, {DURATION: "forever"}),
        clear("nothing stated", PLAIN, {DURATION: None}),
        reports("repeating", PLAIN, {DURATION: "repeating"}, "duration", evidence={"duration": "repeating"}),
        reports("repeating, and null", PERCENTAGE, {MONTHS: None}, "duration"),
        reports("repeating, for no month", PERCENTAGE, {MONTHS: 0}, ("months_out_of_range", "durationInMonths")),
    ),
    saved_coupon.months_without_repeating: (
        reports(
            "once",
            AMOUNT,
            {MONTHS: 3},
            "durationInMonths",
            evidence={"duration": "once", "durationInMonths": 3},
        ),
        reports(
            "nothing stated is once",
            PLAIN,
            {MONTHS: 3},
            "durationInMonths",
            evidence={"duration": None, "durationInMonths": 3},
        ),
    ),
    saved_coupon.percent_off_out_of_range: (
        clear("the least", PLAIN, {PERCENT: 0.01}),
        clear("the least, with more decimals", PLAIN, {PERCENT: Decimal("0.0100")}),
        reports("less than the least", PLAIN, {PERCENT: 0.009}, "percentOff", evidence=percent(Decimal("0.009"))),
        reports("hardly less than the least", PLAIN, {PERCENT: Decimal("0.00" + "9" * 30)}, "percentOff"),
        reports("nothing", PLAIN, {PERCENT: 0}, "percentOff", evidence=percent(0)),
        reports("negative", PLAIN, {PERCENT: -15}, "percentOff"),
        clear("a third", PLAIN, {PERCENT: Decimal("33.333333333333333333333333333333")}),
        clear("all", PLAIN, {PERCENT: 100}),
        clear("all, with decimals", PLAIN, {PERCENT: Decimal("100.00")}),
        reports("more than all", PLAIN, {PERCENT: 100.01}, "percentOff", evidence=percent(Decimal("100.01"))),
        reports("hardly more than all", PLAIN, {PERCENT: Decimal("100." + "0" * 30 + "1")}, "percentOff"),
    ),
    saved_coupon.amount_off_out_of_range: (
        reports("negative", AMOUNT, {OFF: -1}, "amountOff"),
        clear("none", PLAIN, {OFF: None}),
    ),
    saved_coupon.max_discount_out_of_range: (
        reports("negative", PERCENTAGE, {CAP: -1}, "maxDiscountAmount"),
        clear("none", PERCENTAGE, {CAP: None}),
    ),
    saved_coupon.min_value_out_of_range: (
        clear("one", PERCENTAGE, {LEAST: 1}),
        clear("nothing", PERCENTAGE, {LEAST: 0}),
        reports(
            "negative",
            PERCENTAGE,
            {LEAST: -1},
            "minValue",
            evidence={"minValue": -1, "minimum": 0, "maximum": LARGEST},
        ),
        clear("of a coupon without a currency", PLAIN, {LEAST: 50_000}),
        clear("none", PERCENTAGE, {LEAST: None}),
    ),
    saved_coupon.months_out_of_range: (
        reports("negative", PERCENTAGE, {MONTHS: -1}, "durationInMonths"),
        clear("a thousand", PERCENTAGE, {MONTHS: 1_000}),
    ),
    saved_coupon.coupon_max_redemptions_out_of_range: (
        reports("less than never", PERCENTAGE, {MOST: -1}, "maxRedemptions"),
        clear("unlimited", PERCENTAGE, {MOST: None}),
    ),
    saved_coupon.customer_max_redemptions_out_of_range: (
        clear("once", PLAIN, {EACH: 1}),
        reports(
            "never",
            PLAIN,
            {EACH: 0},
            "customerMaxRedemptions",
            evidence={"customerMaxRedemptions": 0, "minimum": 1},
        ),
        reports("less than never", PERCENTAGE, {EACH: -1}, "customerMaxRedemptions"),
        clear("more often than all together", PERCENTAGE, {EACH: 501}),
        clear("unlimited", PERCENTAGE, {EACH: None}),
    ),
    saved_coupon.redeem_by_past: (
        clear("in one microsecond", PLAIN, {END: LATER}),
        reports("now", PLAIN, {END: NOW}, "redeemBy", evidence={"redeemBy": INSTANT, "now": INSTANT}),
        reports("one microsecond ago", PERCENTAGE, {END: EARLIER}, "redeemBy"),
        reports("now, with another offset", PLAIN, {END: "2026-11-22T12:00:00+02:00"}, "redeemBy"),
        reports("at the beginning of time", PLAIN, {END: "0001-01-01T00:00:00Z"}, "redeemBy"),
        clear("never", PLAIN, {END: None}),
    ),
    saved_coupon.redeem_by_too_late: (
        clear("one microsecond before the last instant", PLAIN, {END: "2031-11-23T09:59:59.999999Z"}),
        clear("at the last instant", PLAIN, {END: AT_LAST}),
        reports(
            "one microsecond after it",
            PLAIN,
            {END: "2031-11-23T10:00:00.000001Z"},
            "redeemBy",
            evidence={
                "redeemBy": INSTANT.replace(year=2031, day=23, microsecond=1),
                "now": INSTANT,
                "maximumDays": 1_827,
            },
        ),
        clear(
            "five years that have two leap days",
            PLAIN,
            {"/facts/now": "2024-02-01T00:00:00Z", END: "2029-02-01T00:00:00Z"},
        ),
        reports("at the end of time", PERCENTAGE, {END: "9999-12-31T23:59:59.999999Z"}, "redeemBy"),
        clear("a day of one day", PLAIN, {END: "2026-11-23T10:00:00Z"}, max_redeem_by_days=1),
        reports(
            "a day and a microsecond of one day",
            PLAIN,
            {END: "2026-11-23T10:00:00.000001Z"},
            "redeemBy",
            max_redeem_by_days=1,
        ),
        clear("never is not too late", PLAIN, {END: None}),
    ),
    saved_coupon.coupon_in_use: (
        clear("by nothing, because nothing is counted", "coupon_delete", {USE: {"coup_1": {}}}),
        reports(
            "by one promotion code",
            "coupon_delete",
            {f"{USE}/coup_1/promotionCodes": 1},
            "id",
            evidence={"promotionCodes": 1, "sessions": 0},
        ),
        reports("by both", "coupon_delete", {USE: {"coup_1": {"promotionCodes": 3, "sessions": 2}}}, "id"),
        clear("and only changed", "coupon_update", {USE: {"coup_1": {"promotionCodes": 3, "sessions": 2}}}),
    ),
}

test_rows = rows_test(ROWS)


@pytest.mark.parametrize("example", [PLAIN, PERCENTAGE, AMOUNT])
def test_no_rate_is_asked_for(example: str) -> None:
    """A coupon is kept in a currency before anybody is charged in it, so nobody has to look a rate up."""
    assert required_facts(examples()[example]) == ()

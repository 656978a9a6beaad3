"""Boundaries of the rules on what a coupon may be when it is made, and on when it may be deleted."""

from decimal import Decimal
from typing import Any

import pytest

from rules_engine import required_facts
from rules_engine.examples import NOW, REMOVED, examples
from rules_engine.rules import saved_coupon
from tests.rules.table import EARLIER, INSTANT, LATER, RuleTable, clear, says, skipped, undecided

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


class TestCouponDiscountMissing(RuleTable):
    """What a coupon takes off is stated, in per cent or in money."""

    rule = saved_coupon.coupon_discount_missing
    rows = (
        clear("a percentage", PLAIN, {}),
        clear("an amount", AMOUNT, {}),
        clear("an amount and null", AMOUNT, {PERCENT: None}),
        says("neither", PLAIN, {"/request": {}}, "percentOff", evidence={}),
        says("null and null", PLAIN, {PERCENT: None, OFF: None}, "percentOff"),
        says("neither, with a cap", PERCENTAGE, {PERCENT: REMOVED}, "percentOff"),
        says("a percentage of nothing is one", PLAIN, {PERCENT: 0}, ("percent_off_out_of_range", "percentOff")),
        says("an amount of nothing is one", AMOUNT, {OFF: 0}, ("amount_off_out_of_range", "amountOff")),
    )


class TestCouponDiscountExclusive(RuleTable):
    """What a coupon takes off is stated in one of two ways."""

    rule = saved_coupon.coupon_discount_exclusive
    rows = (
        clear("a percentage", PERCENTAGE, {}),
        clear("an amount", AMOUNT, {}),
        clear("a percentage and null", PLAIN, {OFF: None}),
        says("both", AMOUNT, {PERCENT: 15}, "amountOff", evidence={"percentOff": 15, "amountOff": 5_000}),
        says(
            "both, and no currency", PLAIN, {OFF: 5_000}, "amountOff", evidence={"percentOff": 15, "amountOff": 5_000}
        ),
        says(
            "both, and both out of range",
            AMOUNT,
            {PERCENT: 0, OFF: 0},
            "amountOff",
            ("percent_off_out_of_range", "percentOff"),
            ("amount_off_out_of_range", "amountOff"),
        ),
    )


class TestAmountOffWithoutCurrency(RuleTable):
    """Money is taken off in a stated currency."""

    rule = saved_coupon.amount_off_without_currency
    rows = (
        clear("with a currency", AMOUNT, {}),
        clear("a percentage without one", PLAIN, {}),
        clear("a percentage with one", PLAIN, {CURRENCY: "EGP"}),
        says("without one", AMOUNT, {CURRENCY: REMOVED}, "amountOff", evidence={"amountOff": 5_000}),
        says("null is none", AMOUNT, {CURRENCY: None}, "amountOff"),
        says("a currency that is none is stated", AMOUNT, {CURRENCY: ""}, ("currency_invalid", "currency")),
        skipped("beside a percentage", PLAIN, {OFF: 5_000}, "amountOff", by=BOTH),
    )


class TestMaxDiscountWithoutPercentage(RuleTable):
    """A cap belongs to a percentage."""

    rule = saved_coupon.max_discount_without_percentage
    rows = (
        clear("of a percentage", PLAIN, {CAP: 20_000}),
        clear("of a percentage, in a currency", PERCENTAGE, {}),
        clear("null of an amount", AMOUNT, {CAP: None}),
        says("of an amount", AMOUNT, {CAP: 20_000}, "maxDiscountAmount", evidence={"maxDiscountAmount": 20_000}),
        says("of an amount, as high as it", AMOUNT, {CAP: 5_000}, "maxDiscountAmount"),
        says("of an amount and a percentage", AMOUNT, {CAP: 20_000, PERCENT: 15}, BOTH),
        skipped("of neither", PERCENTAGE, {PERCENT: None}, "maxDiscountAmount", by=NEITHER),
    )


class TestRepeatingWithoutMonths(RuleTable):
    """A coupon that repeats does so for a number of months."""

    rule = saved_coupon.repeating_without_months
    rows = (
        clear("repeating, for three months", PERCENTAGE, {}),
        clear("once", PLAIN, {DURATION: "once"}),
        clear("forever", PLAIN, {DURATION: "forever"}),
        clear("nothing stated", PLAIN, {DURATION: None}),
        says("repeating", PLAIN, {DURATION: "repeating"}, "duration", evidence={"duration": "repeating"}),
        says("repeating, and null", PERCENTAGE, {MONTHS: None}, "duration"),
        says("repeating, for no month", PERCENTAGE, {MONTHS: 0}, ("months_out_of_range", "durationInMonths")),
    )


class TestMonthsWithoutRepeating(RuleTable):
    """A number of months belongs to a coupon that repeats."""

    rule = saved_coupon.months_without_repeating
    rows = (
        clear("repeating", PERCENTAGE, {}),
        clear("once, without months", AMOUNT, {}),
        says(
            "once",
            AMOUNT,
            {MONTHS: 3},
            "durationInMonths",
            evidence={"duration": "once", "durationInMonths": 3},
        ),
        says("forever", PERCENTAGE, {DURATION: "forever"}, "durationInMonths"),
        says(
            "nothing stated is once",
            PLAIN,
            {MONTHS: 3},
            "durationInMonths",
            evidence={"duration": None, "durationInMonths": 3},
        ),
    )


def percent(value: Any) -> dict[str, Any]:
    """What is shown of a percentage."""
    return {"percentOff": value, "minimum": Decimal("0.01"), "maximum": 100}


class TestPercentOffOutOfRange(RuleTable):
    """A percentage is 0.01 to 100, to the last decimal."""

    rule = saved_coupon.percent_off_out_of_range
    rows = (
        clear("the least", PLAIN, {PERCENT: 0.01}),
        clear("the least, with more decimals", PLAIN, {PERCENT: Decimal("0.0100")}),
        says("less than the least", PLAIN, {PERCENT: 0.009}, "percentOff", evidence=percent(Decimal("0.009"))),
        says("hardly less than the least", PLAIN, {PERCENT: Decimal("0.00" + "9" * 30)}, "percentOff"),
        says("nothing", PLAIN, {PERCENT: 0}, "percentOff", evidence=percent(0)),
        says("negative", PLAIN, {PERCENT: -15}, "percentOff"),
        clear("a third", PLAIN, {PERCENT: Decimal("33.333333333333333333333333333333")}),
        clear("all", PLAIN, {PERCENT: 100}),
        clear("all, with decimals", PLAIN, {PERCENT: Decimal("100.00")}),
        says("more than all", PLAIN, {PERCENT: 100.01}, "percentOff", evidence=percent(Decimal("100.01"))),
        says("hardly more than all", PLAIN, {PERCENT: Decimal("100." + "0" * 30 + "1")}, "percentOff"),
        clear("none", AMOUNT, {}),
    )


class TestAmountOffOutOfRange(RuleTable):
    """An amount that is taken off is at least one minor unit, and one that every reader keeps exact."""

    rule = saved_coupon.amount_off_out_of_range
    rows = (
        clear("the least", AMOUNT, {OFF: 1}),
        says("nothing", AMOUNT, {OFF: 0}, "amountOff", evidence={"amountOff": 0, "minimum": 1, "maximum": LARGEST}),
        says("negative", AMOUNT, {OFF: -1}, "amountOff"),
        clear("the largest", AMOUNT, {OFF: LARGEST}),
        says("more than the largest", AMOUNT, {OFF: LARGEST + 1}, "amountOff"),
        clear("none", PLAIN, {OFF: None}),
    )


class TestMaxDiscountOutOfRange(RuleTable):
    """A cap lets at least one minor unit through, and is one that every reader keeps exact."""

    rule = saved_coupon.max_discount_out_of_range
    rows = (
        clear("the least", PERCENTAGE, {CAP: 1}),
        says(
            "nothing",
            PERCENTAGE,
            {CAP: 0},
            "maxDiscountAmount",
            evidence={"maxDiscountAmount": 0, "minimum": 1, "maximum": LARGEST},
        ),
        says("negative", PERCENTAGE, {CAP: -1}, "maxDiscountAmount"),
        clear("the largest", PERCENTAGE, {CAP: LARGEST}),
        says("more than the largest", PERCENTAGE, {CAP: LARGEST + 1}, "maxDiscountAmount"),
        clear("none", PERCENTAGE, {CAP: None}),
    )


class TestMinValueOutOfRange(RuleTable):
    """A minimum is not negative, and one that every reader keeps exact."""

    rule = saved_coupon.min_value_out_of_range
    rows = (
        clear("one", PERCENTAGE, {LEAST: 1}),
        clear("nothing", PERCENTAGE, {LEAST: 0}),
        says(
            "negative",
            PERCENTAGE,
            {LEAST: -1},
            "minValue",
            evidence={"minValue": -1, "minimum": 0, "maximum": LARGEST},
        ),
        clear("the largest", AMOUNT, {LEAST: LARGEST}),
        says("more than the largest", AMOUNT, {LEAST: LARGEST + 1}, "minValue"),
        clear("of a coupon without a currency", PLAIN, {LEAST: 50_000}),
        clear("none", PERCENTAGE, {LEAST: None}),
    )


class TestMonthsOutOfRange(RuleTable):
    """A coupon that repeats does so for a month at least."""

    rule = saved_coupon.months_out_of_range
    rows = (
        clear("one", PERCENTAGE, {MONTHS: 1}),
        says("none", PERCENTAGE, {MONTHS: 0}, "durationInMonths", evidence={"durationInMonths": 0, "minimum": 1}),
        says("negative", PERCENTAGE, {MONTHS: -1}, "durationInMonths"),
        clear("a thousand", PERCENTAGE, {MONTHS: 1_000}),
        clear("nothing stated", PLAIN, {}),
    )


class TestCouponMaxRedemptionsOutOfRange(RuleTable):
    """A coupon can be redeemed at least once."""

    rule = saved_coupon.coupon_max_redemptions_out_of_range
    rows = (
        clear("once", PLAIN, {MOST: 1}),
        says("never", PLAIN, {MOST: 0}, "maxRedemptions", evidence={"maxRedemptions": 0, "minimum": 1}),
        says("less than never", PERCENTAGE, {MOST: -1}, "maxRedemptions"),
        clear("unlimited", PERCENTAGE, {MOST: None}),
    )


class TestCustomerMaxRedemptionsOutOfRange(RuleTable):
    """Each customer can redeem a coupon at least once."""

    rule = saved_coupon.customer_max_redemptions_out_of_range
    rows = (
        clear("once", PLAIN, {EACH: 1}),
        says(
            "never",
            PLAIN,
            {EACH: 0},
            "customerMaxRedemptions",
            evidence={"customerMaxRedemptions": 0, "minimum": 1},
        ),
        says("less than never", PERCENTAGE, {EACH: -1}, "customerMaxRedemptions"),
        clear("more often than all together", PERCENTAGE, {EACH: 501}),
        clear("unlimited", PERCENTAGE, {EACH: None}),
    )


class TestRedeemByPast(RuleTable):
    """A coupon that is made ends in the future."""

    rule = saved_coupon.redeem_by_past
    rows = (
        clear("in one microsecond", PLAIN, {END: LATER}),
        says("now", PLAIN, {END: NOW}, "redeemBy", evidence={"redeemBy": INSTANT, "now": INSTANT}),
        says("one microsecond ago", PERCENTAGE, {END: EARLIER}, "redeemBy"),
        says("now, with another offset", PLAIN, {END: "2026-11-22T12:00:00+02:00"}, "redeemBy"),
        says("at the beginning of time", PLAIN, {END: "0001-01-01T00:00:00Z"}, "redeemBy"),
        clear("never", PLAIN, {END: None}),
    )


class TestRedeemByTooLate(RuleTable):
    """A coupon that is made ends within as many days as the policy allows, 1827 where it says nothing."""

    rule = saved_coupon.redeem_by_too_late
    AT_LAST = "2031-11-23T10:00:00Z"
    rows = (
        clear("one microsecond before the last instant", PLAIN, {END: "2031-11-23T09:59:59.999999Z"}),
        clear("at the last instant", PLAIN, {END: AT_LAST}),
        says(
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
        says("at the end of time", PERCENTAGE, {END: "9999-12-31T23:59:59.999999Z"}, "redeemBy"),
        clear("a day of one day", PLAIN, {END: "2026-11-23T10:00:00Z"}, max_redeem_by_days=1),
        says(
            "a day and a microsecond of one day",
            PLAIN,
            {END: "2026-11-23T10:00:00.000001Z"},
            "redeemBy",
            max_redeem_by_days=1,
        ),
        clear("never is not too late", PLAIN, {END: None}),
    )


class TestCouponInUse(RuleTable):
    """A coupon that nothing is attached to may be deleted."""

    rule = saved_coupon.coupon_in_use
    rows = (
        clear("by nothing", "coupon_delete", {}),
        clear("by nothing, because nothing is counted", "coupon_delete", {USE: {"coup_1": {}}}),
        says(
            "by one promotion code",
            "coupon_delete",
            {f"{USE}/coup_1/promotionCodes": 1},
            "id",
            evidence={"promotionCodes": 1, "sessions": 0},
        ),
        says("by one session", "coupon_delete", {f"{USE}/coup_1/sessions": 1}, "id"),
        says("by both", "coupon_delete", {USE: {"coup_1": {"promotionCodes": 3, "sessions": 2}}}, "id"),
        clear("and only changed", "coupon_update", {USE: {"coup_1": {"promotionCodes": 3, "sessions": 2}}}),
        undecided("nobody counted", "coupon_delete", {"/facts/usage": None}, "id", "usage.coupons[coup_1]"),
        undecided(
            "another coupon was counted",
            "coupon_delete",
            {USE: {"coup_2": {"promotionCodes": 1}}},
            "id",
            "usage.coupons[coup_1]",
        ),
        undecided(
            "nobody looked the coupon up either",
            "coupon_delete",
            {"/facts/coupons": {}, "/facts/usage": None},
            "id",
            "usage.coupons[coup_1]",
        ),
        skipped(
            "there is no such coupon",
            "coupon_delete",
            {"/facts/coupons": {}, "/facts/missing": {"coupons": ["coup_1"]}, USE: {"coup_1": {"sessions": 1}}},
            "id",
            by=("coupon_missing", "id"),
        ),
        skipped(
            "it is deleted already, and nobody counted",
            "coupon_delete",
            {"/facts/coupons/coup_1/deleted": True, "/facts/usage": None},
            "id",
            by=("coupon_missing", "id"),
        ),
    )


@pytest.mark.parametrize("example", [PLAIN, PERCENTAGE, AMOUNT])
def test_no_rate_is_asked_for(example: str) -> None:
    """A coupon is kept in a currency before anybody is charged in it, so nobody has to look a rate up."""
    assert required_facts(examples()[example]) == ()

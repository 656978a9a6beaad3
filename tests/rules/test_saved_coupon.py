"""The rules on a coupon when it is made, changed or deleted, and on fixed fields."""

from decimal import Decimal
from typing import Any, Final

import attrs
import pytest

from rules_engine import required_facts, validate
from rules_engine.examples import NOW, REMOVED, changed, examples
from rules_engine.models import CouponUpdate, PromotionCodeUpdate
from rules_engine.rules import saved_discount
from rules_engine.wire.converter import camel_case
from tests.rules.table import EARLIER, INSTANT, LATER, Table, clear, decided, reports, rows_test, shows

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
USE = "/facts/usage/coupons"
CLOCK, BY = "/facts/now", "redeemBy"
AT_LAST = "2031-11-22T10:00:00Z"


def percent(value: Any) -> dict[str, Any]:
    """What is shown of a percentage."""
    return {"percentOff": value, "minimum": Decimal("0.01"), "maximum": 100}


COUPON, CODE = "coupon_update", "promotion_code_update"
CHANGEABLE: Final = {COUPON: {"name", "active", "metadata"}, CODE: {"active", "metadata"}}
MODELS: Final = {COUPON: CouponUpdate, CODE: PromotionCodeUpdate}
FIXED: Final = tuple(
    (example, camel_case(field.name))
    for example, model in MODELS.items()
    for field in attrs.fields(model)
    if field.name not in CHANGEABLE[example]
)
NO_COUPON = {"/facts/coupons": {}, "/facts/missing": {"coupons": ["coup_1"]}}


ROWS: Table = {
    saved_discount.coupon_discount_missing: (
        clear("an amount and null", AMOUNT, {PERCENT: None}),
        shows("neither", PLAIN, {"/request": {}}, "percentOff", {}),
        reports("null and null", PLAIN, {PERCENT: None, OFF: None}, "percentOff"),
        reports("a percentage of nothing is one", PLAIN, {PERCENT: 0}, ("percent_off_out_of_range", "percentOff")),
        reports("an amount of nothing is one", AMOUNT, {OFF: 0}, ("amount_off_out_of_range", "amountOff")),
    ),
    saved_discount.coupon_discount_exclusive: (
        clear("a percentage and null", PLAIN, {OFF: None}),
        shows("both", AMOUNT, {PERCENT: 15}, "amountOff", {"percentOff": 15, "amountOff": 5_000}),
        shows("both, and no currency", PLAIN, {OFF: 5_000}, "amountOff", {"percentOff": 15, "amountOff": 5_000}),
        reports(
            "both, and both out of range",
            AMOUNT,
            {PERCENT: 0, OFF: 0},
            "amountOff",
            ("percent_off_out_of_range", "percentOff"),
            ("amount_off_out_of_range", "amountOff"),
        ),
    ),
    saved_discount.amount_off_without_currency: (
        clear("a percentage with one", PLAIN, {CURRENCY: "EGP"}),
        shows("without one", AMOUNT, {CURRENCY: REMOVED}, "amountOff", {"amountOff": 5_000}),
        reports("null is none", AMOUNT, {CURRENCY: None}, "amountOff"),
        reports("a currency that is none is stated", AMOUNT, {CURRENCY: ""}, ("currency_invalid", "currency")),
    ),
    saved_discount.max_discount_without_percentage: (
        clear("of a percentage", PLAIN, {CAP: 20_000}),
        clear("null of an amount", AMOUNT, {CAP: None}),
        shows("of an amount", AMOUNT, {CAP: 20_000}, "maxDiscountAmount", {"maxDiscountAmount": 20_000}),
        reports("of an amount, as high as it", AMOUNT, {CAP: 5_000}, "maxDiscountAmount"),
        reports("of an amount and a percentage", AMOUNT, {CAP: 20_000, PERCENT: 15}, BOTH),
    ),
    saved_discount.repeating_without_months: (
        clear("once", PLAIN, {DURATION: "once"}),
        clear("forever", PLAIN, {DURATION: "forever"}),
        clear("nothing stated", PLAIN, {DURATION: None}),
        shows("repeating", PLAIN, {DURATION: "repeating"}, "duration", {"duration": "repeating"}),
        reports("repeating, and null", PERCENTAGE, {MONTHS: None}, "duration"),
        reports("repeating, for no month", PERCENTAGE, {MONTHS: 0}, ("months_out_of_range", "durationInMonths")),
    ),
    saved_discount.months_without_repeating: (
        shows("once", AMOUNT, {MONTHS: 3}, "durationInMonths", {"duration": "once", "durationInMonths": 3}),
        shows("absent is once", PLAIN, {MONTHS: 3}, "durationInMonths", {"duration": None, "durationInMonths": 3}),
    ),
    saved_discount.percent_off_out_of_range: (
        clear("the least", PLAIN, {PERCENT: 0.01}),
        clear("the least, with more decimals", PLAIN, {PERCENT: Decimal("0.0100")}),
        shows("less than the least", PLAIN, {PERCENT: 0.009}, "percentOff", percent(Decimal("0.009"))),
        reports("hardly less than the least", PLAIN, {PERCENT: Decimal("0.00" + "9" * 30)}, "percentOff"),
        shows("nothing", PLAIN, {PERCENT: 0}, "percentOff", percent(0)),
        reports("negative", PLAIN, {PERCENT: -15}, "percentOff"),
        clear("a third", PLAIN, {PERCENT: Decimal("33.333333333333333333333333333333")}),
        clear("all", PLAIN, {PERCENT: 100}),
        clear("all, with decimals", PLAIN, {PERCENT: Decimal("100.00")}),
        shows("more than all", PLAIN, {PERCENT: 100.01}, "percentOff", percent(Decimal("100.01"))),
        reports("hardly more than all", PLAIN, {PERCENT: Decimal("100." + "0" * 30 + "1")}, "percentOff"),
    ),
    saved_discount.min_value_out_of_range: (clear("of a coupon without a currency", PLAIN, {LEAST: 50_000}),),
    saved_discount.customer_max_redemptions_out_of_range: (
        clear("more often than all together", PERCENTAGE, {EACH: 501}),
    ),
    saved_discount.redeem_by_past: (
        clear("in one microsecond", PLAIN, {END: LATER}),
        shows("now", PLAIN, {END: NOW}, "redeemBy", {"redeemBy": INSTANT, "now": INSTANT}),
        reports("one microsecond ago", PERCENTAGE, {END: EARLIER}, "redeemBy"),
        reports("now, with another offset", PLAIN, {END: "2026-11-22T12:00:00+02:00"}, "redeemBy"),
        reports("at the beginning of time", PLAIN, {END: "0001-01-01T00:00:00Z"}, "redeemBy"),
        clear("never", PLAIN, {END: None}),
    ),
    saved_discount.redeem_by_too_late: (
        clear("just before the last instant", PLAIN, {END: "2031-11-22T09:59:59.999999Z"}),
        clear("at the last instant", PLAIN, {END: AT_LAST}),
        shows(
            "just after it",
            PLAIN,
            {END: "2031-11-22T10:00:00.000001Z"},
            "redeemBy",
            {"redeemBy": INSTANT.replace(year=2031, microsecond=1), "now": INSTANT, "maximumMonths": 60},
        ),
        reports("one nanosecond after it", PLAIN, {END: "2031-11-22T10:00:00.000000001Z"}, BY),
        clear("at it, now a nanosecond later", PLAIN, {CLOCK: "2026-11-22T10:00:00.000000001Z", END: AT_LAST}),
        clear("of 1827 days", PLAIN, {CLOCK: "2024-02-01T00:00:00Z", END: "2029-02-01T00:00:00Z"}),
        clear("of 1826 days", PLAIN, {CLOCK: "2025-02-01T00:00:00Z", END: "2030-02-01T00:00:00Z"}),
        reports("just after 1826 days", PLAIN, {CLOCK: "2025-02-01T00:00:00Z", END: "2030-02-01T00:00:00.000001Z"}, BY),
        clear("from a leap day", PLAIN, {CLOCK: "2028-02-29T12:00:00Z", END: "2033-02-28T12:00:00Z"}),
        reports("just after, from a leap day", PLAIN, {CLOCK: "2028-02-29T12:00:00Z", END: "2033-02-28T12:00:01Z"}, BY),
        clear("to a leap day", PLAIN, {CLOCK: "2027-02-28T12:00:00Z", END: "2032-02-28T12:00:00Z"}),
        reports("a leap day too long", PLAIN, {CLOCK: "2027-02-28T12:00:00Z", END: "2032-02-29T00:00:00Z"}, BY),
        reports("on the day, with another offset", PLAIN, {END: "2031-11-22T10:00:00-00:01"}, BY),
        reports("at the end of time", PERCENTAGE, {END: "9999-12-31T23:59:59.999999Z"}, "redeemBy"),
    ),
    saved_discount.coupon_in_use: (
        clear("by nothing, because nothing is counted", "coupon_delete", {USE: {"coup_1": {}}}),
        shows(
            "by a code",
            "coupon_delete",
            {f"{USE}/coup_1/promotionCodes": 1},
            "id",
            {"promotionCodes": 1, "sessions": 0},
        ),
        reports("by both", "coupon_delete", {USE: {"coup_1": {"promotionCodes": 3, "sessions": 2}}}, "id"),
        clear("and only changed", "coupon_update", {USE: {"coup_1": {"promotionCodes": 3, "sessions": 2}}}),
    ),
    saved_discount.field_immutable: (
        clear("nothing at all", COUPON, {"/request": {}}),
        shows("another value", COUPON, {"/request/percentOff": 16}, "percentOff", {"field": "percentOff"}),
        reports("a value that no coupon may have", COUPON, {"/request/percentOff": 0}, "percentOff"),
        reports("a field that the coupon has not", COUPON, {"/request/redeemBy": "2026-12-31T00:00:00Z"}, "redeemBy"),
        reports("null", COUPON, {"/request/maxRedemptions": None}, "maxRedemptions"),
        reports("an empty list", COUPON, {"/request/appliesToProductIds": []}, "appliesToProductIds"),
        reports("no restrictions", CODE, {"/request/restrictions": None}, "restrictions"),
        reports("empty restrictions", CODE, {"/request/restrictions": {}}, "restrictions"),
        reports(
            "several, in the order of the object and not of the request",
            COUPON,
            {"/request": {"minValue": 0, "name": "Autumn", "duration": "once"}},
            "duration",
            "minValue",
        ),
        reports(
            "of no coupon", COUPON, {**NO_COUPON, "/request/currency": "EGP"}, ("coupon_missing", "id"), "currency"
        ),
        decided("coupon not provided", COUPON, {"/facts/coupons": {}}),
        decided("promotion code not provided", CODE, {"/facts/promotionCodes": {}}),
    ),
}

test_rows = rows_test(ROWS)


@pytest.mark.parametrize("example", [PLAIN, PERCENTAGE, AMOUNT])
def test_no_rate_is_asked_for(example: str) -> None:
    """A coupon is kept in a currency before a buyer is charged in it, so no rate is needed."""
    assert required_facts(examples()[example]) == ()


@pytest.mark.parametrize(("example", "field"), FIXED)
def test_every_other_field_is_fixed(example: str, field: str) -> None:
    """Whatever an update may carry beside what may change is refused, also where it is null."""
    verdict = validate(changed(examples()[example], {f"/request/{field}": None}))
    assert [(found.rule, found.param) for found in verdict.violations] == [("field_immutable", field)]

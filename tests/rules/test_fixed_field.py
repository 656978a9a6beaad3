"""Boundaries of the rule on what is fixed once an object is made."""

from typing import Final

import attrs
import pytest

from rules_engine import validate
from rules_engine.examples import changed, examples
from rules_engine.models import CouponUpdate, PromotionCodeUpdate
from rules_engine.rules import saved_coupon
from rules_engine.wire.converter import camel_case
from tests.rules.table import Table, clear, decided, reports, rows_test

COUPON, CODE = "coupon_update", "promotion_code_update"
CHANGEABLE: Final = {COUPON: {"name", "active", "metadata"}, CODE: {"active", "metadata"}}
MODELS: Final = {COUPON: CouponUpdate, CODE: PromotionCodeUpdate}
FIXED: Final = tuple(
    (example, camel_case(field.name))
    for example, model in MODELS.items()
    for field in attrs.fields(model)
    if field.name not in CHANGEABLE[example]
)
GONE = {"/facts/coupons": {}, "/facts/missing": {"coupons": ["coup_1"]}}


ROWS: Table = {
    saved_coupon.field_immutable: (
        clear("nothing at all", COUPON, {"/request": {}}),
        reports("another value", COUPON, {"/request/percentOff": 16}, "percentOff", evidence={}),
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
            "of a coupon that does not exist",
            COUPON,
            {**GONE, "/request/currency": "EGP"},
            ("coupon_missing", "id"),
            "currency",
        ),
        decided("nobody looked the coupon up", COUPON, {"/facts/coupons": {}}),
        decided("nobody looked the promotion code up", CODE, {"/facts/promotionCodes": {}}),
    ),
}

test_rows = rows_test(ROWS)


@pytest.mark.parametrize(("example", "field"), FIXED)
def test_every_other_field_is_fixed(example: str, field: str) -> None:
    """Whatever an update may carry beside what may change is refused, also where it is null."""
    verdict = validate(changed(examples()[example], {f"/request/{field}": None}))
    assert [(found.rule, found.param) for found in verdict.violations] == [("field_immutable", field)]

"""What a request names a thousand times is not searched for a thousand times."""

from collections.abc import Iterator
from typing import Any

import attrs
import pytest

from rules_engine import OPERATIONS, read_draft, validate
from rules_engine.examples import changed, examples
from rules_engine.models import Missing

MANY = 1_000
IDS = [f"id_{index}" for index in range(MANY)]


class Listed(tuple[str, ...]):
    """Ids that may be walked through, a few times, and never searched."""

    __slots__ = ()
    walks = 0

    def __contains__(self, _: object) -> bool:
        """Refuse to be searched."""
        raise AssertionError("searched item by item")

    def __iter__(self) -> Iterator[str]:
        """Count, and walk."""
        type(self).walks += 1
        return super().__iter__()


def _judged(example: str, changes: dict[str, Any], **missing: Listed) -> tuple[str, ...]:
    draft = read_draft(changed(examples()[example], changes))
    facts = attrs.evolve(draft.facts, missing=Missing(**missing))
    Listed.walks = 0
    codes = validate(attrs.evolve(draft, facts=facts)).codes
    assert Listed.walks <= 2
    return codes


@pytest.mark.parametrize(("field", "kind"), [("coupon", "coupons"), ("promotionCode", "promotion_codes")])
def test_missing_discounts(field: str, kind: str) -> None:
    """Coupons and promotion codes that a request names, and that do not exist."""
    stated = [{field: name} for name in IDS]
    codes = _judged("create", {"/request/discounts": stated}, **{kind: Listed(IDS)})
    assert codes == ("too_many_discounts", "resource_missing")


def test_deleted_coupons() -> None:
    """Coupons behind promotion codes, and that do not exist any more."""
    known = {name: {"id": name, "code": name, "coupon": {"id": name}} for name in IDS}
    changes = {"/request/discounts": [{"promotionCode": name} for name in IDS], "/facts/promotionCodes": known}
    assert _judged("create", changes, coupons=Listed(IDS)) == ("too_many_discounts", "coupon_invalid")


def test_prices_of_a_stored_session() -> None:
    """The prices that decide whether coupons apply are noted once, not once for each of them."""
    lines = [{"id": f"li_{name}", "quantity": 1, "price": {"id": name}} for name in IDS]
    coupon = {"id": "coup_1", "appliesToProductIds": ["prod_1"]}
    changes = {
        "/request": {"discounts": [{"coupon": "coup_1"}] * MANY},
        "/facts/session/lineItems": lines,
        "/facts/coupons": {"coup_1": coupon},
        "/facts/prices": {},
    }
    draft = read_draft(changed(examples()["update"], changes))
    views = OPERATIONS["session.update"].build_views(draft)
    assert len(views["unknown"]) < 2 * MANY

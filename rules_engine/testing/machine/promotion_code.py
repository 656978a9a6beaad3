"""The operations of a promotion code."""

from datetime import timedelta
from typing import Final

from hypothesis import strategies as st
from hypothesis.stateful import MultipleResults, initialize, multiple, rule

from rules_engine.testing.machine.shop import Record, merged
from rules_engine.testing.machine.till import COUPONS, PROMOTION_CODES, Till, maybe_nowhere, mostly
from rules_engine.testing.machine.world import CODES, CUSTOMERS, FIRST_COUPON, NOWHERE, START
from rules_engine.wire.dates import write_instant

_FIELDS: Final = ("active", "customerId", "maxRedemptions", "expiresAt", "restrictions")
_PAST, _FUTURE = (write_instant(START + timedelta(days=days)) for days in (-1, 1))
_NAMED: Final = {"code": st.sampled_from(CODES), "coupon": maybe_nowhere(COUPONS, "coupon")}
_SOUND: Final = st.fixed_dictionaries(
    _NAMED, optional={"maxRedemptions": st.sampled_from((1, 2)), "active": st.booleans()}
)
_ANYTHING: Final = {
    "active": st.booleans(),
    "customerId": st.sampled_from((*CUSTOMERS, NOWHERE["customer"])),
    "maxRedemptions": st.sampled_from((1, 3, 0)),
    "expiresAt": st.sampled_from((_PAST, _FUTURE)),
    "restrictions": st.sampled_from(
        ({"firstTimeTransaction": True}, {"minimumAmount": "600"}, {"minimumAmountCurrency": "EGX"})
    ),
}
_CREATES: Final = mostly(_SOUND, st.fixed_dictionaries(_NAMED, optional=_ANYTHING))
_UPDATES: Final = mostly(
    st.fixed_dictionaries({"active": st.booleans()}),
    st.fixed_dictionaries({"unknown": st.just(1)}) | st.fixed_dictionaries({}, optional=_ANYTHING),
)


class PromotionCodeOperations(Till):
    """Promotion codes are made and changed; the API has no call that deletes one."""

    @initialize(target=PROMOTION_CODES)
    def first_promotion_code(self) -> str:
        """Open with a code that may be redeemed once, for the first coupon."""
        first: Record = {"code": CODES[0], "coupon": FIRST_COUPON, "maxRedemptions": 1}
        return self._make_promotion_code(first, "promo_first")

    @rule(target=PROMOTION_CODES, request=_CREATES)
    def create_promotion_code(self, request: Record) -> str | MultipleResults[str]:
        """Make a promotion code, for a coupon that is there or not."""
        if not self.admits("promotion_code.create", request):
            return multiple()
        return self._make_promotion_code(request, self.shop.new_id("promo"))

    @rule(code_id=maybe_nowhere(PROMOTION_CODES, "promotion_code"), request=_UPDATES)
    def update_promotion_code(self, code_id: str, request: Record) -> None:
        """Change a promotion code that is there or not."""
        if self.admits("promotion_code.update", request, code_id) and code_id in self.shop.promotion_codes:
            self.shop.promotion_codes[code_id] = merged(self.shop.promotion_codes[code_id], request, _FIELDS)

    def _make_promotion_code(self, request: Record, code_id: str) -> str:
        self.shop.refer("coupons", request["coupon"], "a new promotion code")
        code: Record = {"id": code_id, "code": request["code"], "coupon": {"id": request["coupon"]}}
        self.shop.promotion_codes[code_id] = merged(
            {**code, **dict.fromkeys(_FIELDS), "active": True}, request, _FIELDS
        )
        return code_id

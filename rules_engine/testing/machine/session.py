"""The operations of a session."""

from datetime import timedelta
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.stateful import MultipleResults, initialize, multiple, rule
from hypothesis.strategies import SearchStrategy

from rules_engine.models.promotion_code import fold_code
from rules_engine.testing.machine.basket import currency_of, put_lines, stored_discount
from rules_engine.testing.machine.shop import Record, merged
from rules_engine.testing.machine.till import (
    CONFIGURATIONS,
    COUPONS,
    PRICES,
    PROMOTION_CODES,
    SESSIONS,
    Till,
    maybe_nowhere,
    mostly,
)
from rules_engine.testing.machine.world import CODES, CUSTOMERS, NOWHERE, PAYMENT_INTENTS, PAYMENT_METHODS


def _secret(session_id: str) -> str:
    return f"{session_id}_secret"


_DAY: Final = 1_440
_INLINE: Final = {"currency": "EGP", "unitAmount": 4_500, "productData": {"name": "Gift wrap"}}
_LINE: Final = st.fixed_dictionaries({"price": PRICES, "quantity": st.sampled_from((1, 2))})
_ODD_LINE: Final = st.fixed_dictionaries(
    {"quantity": st.sampled_from((1, 0, -1))},
    optional={"price": st.just(NOWHERE["price"]), "priceData": st.just(_INLINE)},
)
_LINES: Final = mostly(st.lists(_LINE, min_size=1, max_size=2), st.lists(_LINE | _ODD_LINE, max_size=3))
_DISCOUNT: Final = st.fixed_dictionaries({"coupon": COUPONS}) | st.fixed_dictionaries(
    {"promotionCode": PROMOTION_CODES}
)
_ODD_DISCOUNT: Final = st.fixed_dictionaries(
    {},
    optional={
        "coupon": maybe_nowhere(COUPONS, "coupon"),
        "promotionCode": maybe_nowhere(PROMOTION_CODES, "promotion_code"),
    },
)
_DISCOUNTS: Final = mostly(st.lists(_DISCOUNT, min_size=1, max_size=1), st.lists(_ODD_DISCOUNT, max_size=2))
_CUSTOMERS: Final = maybe_nowhere(st.sampled_from(CUSTOMERS), "customer")
_METADATA: Final = st.fixed_dictionaries({"orderNumber": st.integers(0, 9)})
_PARTS: Final[dict[str, SearchStrategy[Any]]] = {
    "discounts": _DISCOUNTS,
    "customerId": _CUSTOMERS,
    "paymentMethodConfigurationId": maybe_nowhere(CONFIGURATIONS, "configuration"),
    "metadata": _METADATA,
}
_ASKED: Final = {"afterCompletion": st.just({"type": "hosted_confirmation"}), "lineItems": _LINES}
_CREATES: Final = mostly(
    st.fixed_dictionaries(
        {
            **_ASKED,
            "customerId": st.sampled_from(CUSTOMERS),
            "discounts": st.lists(_DISCOUNT, min_size=1, max_size=1),
        }
    )
    | st.fixed_dictionaries(
        _ASKED,
        optional={
            "discounts": st.lists(_DISCOUNT, min_size=1, max_size=1),
            "customerId": st.sampled_from(CUSTOMERS),
            "allowPromotionCodes": st.booleans(),
            "expiresAfterMinutes": st.sampled_from((60, 30)),
        },
    ),
    st.fixed_dictionaries(
        _ASKED,
        optional={
            **_PARTS,
            "currency": st.sampled_from(("EGP", "usd", "KWD", "EGX")),
            "expiresAfterMinutes": st.just(29),
        },
    ),
)
_UPDATES: Final = mostly(
    st.fixed_dictionaries({"metadata": _METADATA})
    | st.fixed_dictionaries({"lineItems": _LINES})
    | st.fixed_dictionaries({"customerId": _CUSTOMERS})
    | st.fixed_dictionaries({"discounts": _DISCOUNTS}),
    st.fixed_dictionaries(
        {},
        optional={
            **{name: part | st.none() for name, part in _PARTS.items()},
            "lineItems": _LINES | st.none(),
            "currency": st.just("USD"),
        },
    ),
)
_PAYMENTS: Final = mostly(
    st.just({}) | st.just({"paymentMethodType": "card"}),
    st.fixed_dictionaries(
        {},
        optional={
            "clientSecret": st.sampled_from((_secret("cs_first"), "stale")),
            "paymentMethod": st.sampled_from((*PAYMENT_METHODS, NOWHERE["payment_method"])),
            "paymentMethodType": st.sampled_from(("card", "fawry", "tabby")),
            "paymentIntentId": st.sampled_from((*PAYMENT_INTENTS, NOWHERE["payment_intent"])),
        },
    ),
)
_SESSIONS: Final = maybe_nowhere(SESSIONS, "session")
_KEPT: Final = ("customerId", "metadata", "paymentMethodConfigurationId")


class SessionOperations(Till):
    """Sessions are created, changed, given promotion codes, paid and ended."""

    @initialize(target=SESSIONS)
    def first_session(self) -> str:
        """Open with a session of a guest, of a price that was written into it."""
        return self._open_session(
            {"lineItems": [{"priceData": _INLINE, "quantity": 1}], "allowPromotionCodes": True}, "cs_first"
        )

    @rule(target=SESSIONS, request=_CREATES)
    def create_session(self, request: Record) -> str | MultipleResults[str]:
        """Create a session, of prices and with a discount that are there or not."""
        if not self.admits("session.create", request):
            return multiple()
        return self._open_session(request, self.shop.new_id("cs"))

    @rule(session_id=_SESSIONS, request=_UPDATES)
    def update_session(self, session_id: str, request: Record) -> None:
        """Change a session, open or over, that is there or not."""
        if self.admits("session.update", request, session_id) and session_id in self.shop.sessions:
            self._put_parts(self.shop.sessions[session_id], request)

    @rule(session_id=_SESSIONS, typed=st.sampled_from(CODES))
    def apply_promotion_code(self, session_id: str, typed: str) -> None:
        """Enter a promotion code on a session, spelled in one way or another."""
        request = {"promotionCode": typed}
        if not self.admits("session.apply_promotion_code", request, session_id):
            return
        codes = [code for code in self.shop.promotion_codes.values() if fold_code(code["code"]) == fold_code(typed)]
        session = self.shop.sessions.get(session_id)
        if session is not None:
            entered = [stored_discount({"promotionCode": code["id"]}, self.shop) for code in codes[:1]]
            others = [discount for discount in session["discounts"] if discount not in entered]
            session["discounts"] = others + entered

    @rule(session_id=_SESSIONS, request=_PAYMENTS)
    def confirm_session(self, session_id: str, request: Record) -> None:
        """Pay for a session: its prices lose stock, and its customer has paid."""
        if not self.admits("session.confirm", request, session_id) or session_id not in self.shop.sessions:
            return
        shop, session = self.shop, self.shop.sessions[session_id]
        for line in session["lineItems"]:
            price_id = line["price"]["id"]
            shop.refer("prices", price_id, "a payment")
            if price_id in shop.prices:
                shop.sold[price_id] += line["quantity"]
                left = shop.prices[price_id]["stock"]
                shop.prices[price_id]["stock"] = None if left is None else left - line["quantity"]
        session["status"] = "complete"
        session["payments"] += 1
        if session["customerId"] is not None:
            shop.paid[session["customerId"]] = shop.paid.get(session["customerId"], 0) + 1

    @rule(session_id=_SESSIONS)
    def expire_session(self, session_id: str) -> None:
        """End a session, open or over, that is there or not."""
        if self.admits("session.expire", {}, session_id) and session_id in self.shop.sessions:
            self.shop.sessions[session_id]["status"] = "expired"

    @rule(minutes=st.sampled_from((1, 10, 30, _DAY)))
    def wait(self, minutes: int) -> None:
        """Let time pass: sessions run out, prices come on sale and go off it, codes and coupons end."""
        self.shop.now += timedelta(minutes=minutes)

    def _open_session(self, request: Record, session_id: str) -> str:
        session: Record = {
            "id": session_id,
            "status": "open",
            "currency": currency_of(request, self.shop),
            "expiresAt": self.shop.now + timedelta(minutes=request.get("expiresAfterMinutes", _DAY)),
            "clientSecret": _secret(session_id),
            "allowPromotionCodes": request.get("allowPromotionCodes", False),
            "lineItems": [],
            "discounts": [],
            "payments": 0,
            **dict.fromkeys(_KEPT),
        }
        self.shop.sessions[session_id] = session
        self._put_parts(session, request)
        return session_id

    def _put_parts(self, session: Record, request: Record) -> None:
        shop = self.shop
        session |= merged({}, request, _KEPT)
        shop.refer("configurations", request.get("paymentMethodConfigurationId"), "a session")
        if request.get("lineItems") is not None:
            put_lines(session, request["lineItems"], shop)
        if "discounts" in request:
            session["discounts"] = [stored_discount(discount, shop) for discount in request["discounts"] or ()]

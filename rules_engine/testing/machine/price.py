"""The operations of a price."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.stateful import MultipleResults, initialize, multiple, precondition, rule

from rules_engine.models.currency import fold_currency
from rules_engine.testing.machine.shop import Record, merged
from rules_engine.testing.machine.till import PRICES, Till, maybe_nowhere, mostly
from rules_engine.testing.machine.world import MERCHANT, NOWHERE, PRODUCTS, START
from rules_engine.wire.dates import write_instant

_FIELDS: Final = (
    *("currency", "unitAmount", "type", "recurring", "customUnitAmount"),
    *("stock", "startDate", "expirationDate", "active", "name"),
)
_PAST, _FUTURE = (write_instant(START + timedelta(days=days)) for days in (-1, 1))
_FEWEST: Final = 2
"""A shop that has no more prices deletes none: it would have nothing left to do."""
_MONTHLY: Final = {"interval": "MONTH"}
_SOUND: Final = st.fixed_dictionaries(
    {
        "productId": st.sampled_from(sorted(PRODUCTS)),
        "currency": st.sampled_from(("EGP", "egp", "EGP", "USD")),
        "unitAmount": st.sampled_from((20_000, 500, 0)),
    },
    optional={
        "stock": st.sampled_from((1, 2, 5, 0, None)),
        "startDate": st.sampled_from((_PAST, None)),
        "expirationDate": st.sampled_from((_FUTURE, None)),
    },
)
_MONEY: Final = {
    "currency": st.sampled_from(("EGP", "USD", "KWD", "EGX")),
    "unitAmount": st.sampled_from((20_000, 500, -1)),
    "type": st.sampled_from(("ONE_TIME", "RECURRING", "CUSTOM")),
    "recurring": st.sampled_from((None, _MONTHLY)),
    "customUnitAmount": st.sampled_from((None, {"minimum": 100, "preset": 500})),
}
_ANYTHING: Final = {
    **_MONEY,
    "stock": st.sampled_from((3, 0, -1, None)),
    "startDate": st.sampled_from((_PAST, _FUTURE, None)),
    "expirationDate": st.sampled_from((_PAST, _FUTURE, None)),
    "active": st.booleans(),
}
_CREATES: Final = mostly(
    _SOUND,
    st.fixed_dictionaries({"productId": st.sampled_from((*PRODUCTS, NOWHERE["product"]))}, optional=_ANYTHING),
)
_UPDATES: Final = (
    st.fixed_dictionaries({"stock": st.sampled_from((1, 4, None))})
    | st.fixed_dictionaries({"unitAmount": st.sampled_from((20_000, 700))})
    | st.fixed_dictionaries({"active": st.booleans(), "name": st.sampled_from(("Mug", None))})
    | st.fixed_dictionaries({"unknown": st.just(1)})
    | st.fixed_dictionaries({}, optional=_MONEY)
    | st.fixed_dictionaries({}, optional=_ANYTHING)
)


def money_of(price: Mapping[str, Any]) -> Record:
    """Give the fields that are locked once a price is used, each in one spelling."""
    recurring = price["recurring"]
    return {
        "currency": fold_currency(price["currency"]),
        "unitAmount": price["unitAmount"],
        "type": price["type"],
        "recurring": recurring and (recurring["interval"], recurring.get("intervalCount") or 1),
    }


class PriceOperations(Till):
    """Prices are saved, changed and deleted."""

    @initialize(target=PRICES)
    def first_prices(self) -> MultipleResults[str]:
        """Open with a price that is in stock, and one that is not counted."""
        first: Record = {"productId": "prod_1", "currency": "EGP", "unitAmount": 20_000}
        counted = self._save_price({**first, "stock": 2}, "price_first")
        return multiple(counted, self._save_price(first, "price_second"))

    @rule(target=PRICES, request=_CREATES)
    def create_price(self, request: Record) -> str | MultipleResults[str]:
        """Save a price for the first time."""
        if not self.admits("price.create", request):
            return multiple()
        return self._save_price(request, self.shop.new_id("price"))

    @rule(price_id=maybe_nowhere(PRICES, "price"), request=_UPDATES)
    def update_price(self, price_id: str, request: Record) -> None:
        """Change a price, used or not, that is there or not."""
        if not self.admits("price.update", request, price_id):
            return
        self.shop.refer("prices", price_id, "a change")
        if price_id in self.shop.prices:
            self.shop.prices[price_id] = _typed(merged(self.shop.prices[price_id], request, _FIELDS))
            if "stock" in request:
                self._state_stock(price_id, request["stock"])

    @precondition(lambda self: len(self.shop.prices) > _FEWEST)
    @rule(price_id=maybe_nowhere(PRICES, "price"))
    def delete_price(self, price_id: str) -> None:
        """Delete a price, used or not, that is there or not."""
        if self.admits("price.delete", {}, price_id):
            self.shop.delete("prices", price_id)

    def _save_price(self, request: Record, price_id: str) -> str:
        price: Record = {"id": price_id, "productId": request["productId"], **dict.fromkeys(_FIELDS)}
        price |= {"currency": MERCHANT["defaultCurrency"], "active": True}
        self.shop.prices[price_id] = _typed(merged(price, request, _FIELDS))
        self._state_stock(price_id, request.get("stock"))
        return price_id

    def _state_stock(self, price_id: str, stock: int | None) -> None:
        self.shop.stocked[price_id] = stock
        self.shop.sold[price_id] = 0


def _typed(price: Record) -> Record:
    """Give a stored price its type, and only a recurring one its terms."""
    kind = price["type"] or "ONE_TIME"
    return {**price, "type": kind, "recurring": price["recurring"] if kind == "RECURRING" else None}

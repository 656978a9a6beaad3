"""The shop that a machine keeps: its objects as the API returns them, and what it counts about them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from attrs import Factory, define

from rules_engine.models.promotion_code import fold_code
from rules_engine.testing.machine.world import (
    CUSTOMERS,
    FIRST_CONFIGURATION,
    MERCHANT,
    NOWHERE,
    PAYMENT_INTENTS,
    PAYMENT_METHODS,
    PRODUCTS,
    RATES,
    START,
)
from rules_engine.wire.dates import write_instant

Record = dict[str, Any]
"""An object as the API returns it."""

FINAL: Final = frozenset({"complete", "expired"})
"""The states of a session that nothing leads out of."""

_BUYERS: Final = (*CUSTOMERS, NOWHERE["customer"])


def _first_configurations() -> dict[str, Record]:
    return {FIRST_CONFIGURATION["id"]: {**FIRST_CONFIGURATION}}


@define(eq=False)
class Shop:
    """Everything there is in a shop at one instant.

    Attributes:
        now: The clock.
        prices: Prices by id, and likewise the other kinds; what was deleted is not there.
        deleted: Kind to the ids of what was deleted.
        lines: Price id to the number of line items that it stands in or ever stood in.
        locked_money: Price id to its money fields at the moment a line first took it.
        stocked: Price id to the stock that was stated last; None is unlimited.
        sold: Price id to the units sold since then.
        paid: Customer id to the number of sessions paid.
        used_after_deletion: Every use of what was deleted before, in words.
    """

    now: datetime = START
    prices: dict[str, Record] = Factory(dict)
    coupons: dict[str, Record] = Factory(dict)
    promotion_codes: dict[str, Record] = Factory(dict)
    configurations: dict[str, Record] = Factory(_first_configurations)
    sessions: dict[str, Record] = Factory(dict)
    deleted: dict[str, set[str]] = Factory(dict)
    lines: dict[str, int] = Factory(dict)
    locked_money: dict[str, Record] = Factory(dict)
    stocked: dict[str, int | None] = Factory(dict)
    sold: dict[str, int] = Factory(dict)
    paid: dict[str, int] = Factory(dict)
    used_after_deletion: list[str] = Factory(list)
    _made: int = 0

    def new_id(self, prefix: str) -> str:
        """Make an id that was never used before."""
        self._made += 1
        return f"{prefix}_{self._made}"

    def refer(self, kind: str, key: str | None, by: str) -> None:
        """Note that something uses an object, where the object was deleted before."""
        if key in self.deleted.get(kind, ()):
            self.used_after_deletion.append(f"{by} uses {key}, which was deleted")

    def delete(self, kind: str, key: str) -> None:
        """Take an object away for good."""
        self.refer(kind, key, "a second deletion")
        getattr(self, kind).pop(key, None)
        self.deleted.setdefault(kind, set()).add(key)

    def is_over(self, session: Record) -> bool:
        """Tell whether a session is in a final state, or open past its expiry."""
        return session["status"] in FINAL or self.now >= session["expiresAt"]

    def redeemed(self, kind: str, key: str, customer: str | None = None) -> int:
        """Count the redemptions of a coupon or a promotion code, of all customers or of one.

        A session redeems its discounts from the moment it takes them: a code that is put on two sessions at once would
        otherwise be paid with twice. What it drops again, and what it held when it expired, is no longer redeemed.

        Args:
            kind: `coupon` or `promotion_code`.
            key: The id.
            customer: The customer; all where none is given.
        """
        return sum(
            (discount["coupon"]["id"] if kind == "coupon" else discount["promotionCodeId"]) == key
            for session in self.sessions.values()
            if session["status"] != "expired" and customer in (None, session["customerId"])
            for discount in session["discounts"]
        )

    def open_sessions(self) -> list[Record]:
        """Give the sessions that are neither paid nor ended."""
        return [session for session in self.sessions.values() if session["status"] not in FINAL]

    def facts(self, request: Any, target: str | None) -> Record:
        """Tell everything that is known when an operation is judged; nothing is left to be looked up.

        Args:
            request: What the caller says.
            target: The id of what is acted on.
        """
        session = self.sessions.get(target or "")
        customer = request.get("customerId", (session or {}).get("customerId"))
        typed = fold_code(str(request.get("promotionCode") or request.get("code") or ""))
        codes = {fold_code(code["code"]): self._promotion_code(code) for code in self.promotion_codes.values()}
        discounts = [] if session is None else session["discounts"]
        return {
            "now": write_instant(self.now),
            "livemode": False,
            "merchant": MERCHANT,
            **({} if session is None else {"session": self._session(session)}),
            **({"customer": {"id": customer}} if customer in CUSTOMERS else {}),
            "prices": {key: _written(price) for key, price in self.prices.items()},
            "coupons": {key: self._coupon(coupon) for key, coupon in self.coupons.items()},
            "promotionCodes": {key: self._promotion_code(code) for key, code in self.promotion_codes.items()},
            "promotionCodesByCode": codes,
            "configurations": self.configurations,
            "paymentMethods": PAYMENT_METHODS,
            "paymentIntents": PAYMENT_INTENTS,
            "products": PRODUCTS,
            "exchangeRates": {pair: {"rate": rate} for pair, rate in RATES.items()},
            "payments": {"customers": {key: self.paid.get(key, 0) for key in _BUYERS}},
            "redemptions": {
                "customers": {key: self._redemptions_of(key) for key in _BUYERS},
                "counted": {
                    "coupons": [discount["coupon"]["id"] for discount in discounts],
                    "promotionCodes": [discount["promotionCodeId"] for discount in discounts if _by_code(discount)],
                },
            },
            "usage": self._usage(),
            "missing": {
                "sessions": [] if target in self.sessions else [target or NOWHERE["session"]],
                "customers": [customer] if customer and customer not in CUSTOMERS else [],
                "prices": sorted({*self._missing("prices", "price"), *self._inline_prices()}),
                "coupons": self._missing("coupons", "coupon"),
                "promotionCodes": [NOWHERE["promotion_code"]],
                "promotionCodesByCode": [typed] if typed and typed not in codes else [],
                "configurations": self._missing("configurations", "configuration"),
                "products": [NOWHERE["product"]],
                "paymentMethods": [NOWHERE["payment_method"]],
                "paymentIntents": [NOWHERE["payment_intent"]],
                "exchangeRates": [NOWHERE["pair"]],
            },
        }

    def _missing(self, kind: str, noun: str) -> list[str]:
        return sorted({NOWHERE[noun], *self.deleted.get(kind, ())})

    def _inline_prices(self) -> set[str]:
        """Name the prices that were written into lines: they are in no catalogue."""
        lines = (line for session in self.sessions.values() for line in session["lineItems"])
        return {line["price"]["id"] for line in lines} - set(self.prices)

    def _usage(self) -> Record:
        return {
            "prices": {key: self.lines.get(key, 0) for key in self.prices},
            "coupons": {key: self._uses_of_coupon(key) for key in self.coupons},
            "configurations": {
                key: sum(session["paymentMethodConfigurationId"] == key for session in self.open_sessions())
                for key in self.configurations
            },
        }

    def _uses_of_coupon(self, coupon_id: str) -> Mapping[str, int]:
        codes = self.promotion_codes.values()
        return {
            "promotionCodes": sum(code["active"] and code["coupon"]["id"] == coupon_id for code in codes),
            "sessions": sum(
                discount["coupon"]["id"] == coupon_id
                for session in self.open_sessions()
                for discount in session["discounts"]
            ),
        }

    def _redemptions_of(self, customer: str) -> Mapping[str, int]:
        held = (*self.coupons, *self.deleted.get("coupons", ()))
        return {coupon: self.redeemed("coupon", coupon, customer) for coupon in sorted(held)}

    def _coupon(self, coupon: Record) -> Record:
        return {**_written(coupon), "timesRedeemed": self.redeemed("coupon", coupon["id"])}

    def _promotion_code(self, code: Record) -> Record:
        return {**_written(code), "timesRedeemed": self.redeemed("promotion_code", code["id"])}

    def _session(self, session: Record) -> Record:
        return {**_written(session), "isExpired": session["status"] != "complete" and self.is_over(session)}


def _written(record: Mapping[str, Any]) -> Record:
    """Write a record as JSON has it."""
    return {key: write_instant(value) if isinstance(value, datetime) else value for key, value in record.items()}


def _by_code(discount: Mapping[str, Any]) -> bool:
    return discount["promotionCodeId"] is not None


def merged(record: Mapping[str, Any], request: Mapping[str, Any], fields: Iterable[str]) -> Record:
    """Give a record with the fields that a change states; null clears."""
    return {**record, **{name: request[name] for name in fields if name in request}}

"""A simulated shop: its objects as the API returns them, and what accepted drafts change.

Both `rules_engine.testing.machine` and `rules_engine.testing.history` trade in it: the one with requests that
Hypothesis draws, the other with those of made-up buyers; `rules_engine.testing.shop_drafts` builds the drafts. Nothing
is random here, and the only clock is the shop's own: the same calls leave the same shop.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import chain
from typing import Any, Final

import attrs
from attrs import Factory, define

from rules_engine.models import Configuration, Coupon, PaymentLink, Price, PromotionCode
from rules_engine.models.code_text import fold_code
from rules_engine.models.currency import fold_currency, minor_unit_digits
from rules_engine.wire.converter import camel_case
from rules_engine.wire.dates import read_instant, write_instant

ApiObject = dict[str, Any]
"""An object as the API returns it."""

FINAL: Final = frozenset({"complete", "expired"})
"""The states of a session that nothing leads out of."""

PARTS: Final[Mapping[str, str]] = {
    "price": "prices",
    "coup": "coupons",
    "promo": "promotionCodes",
    "pmc": "configurations",
    "prod": "products",
    "pm": "paymentMethods",
    "pi": "paymentIntents",
    "ch": "charges",
    "cs": "sessions",
    "cus": "customers",
    "plink": "paymentLinks",
}
"""The first word of an id to the part of the facts that the object belongs to."""
WORDS: Final[Mapping[str, str]] = {
    "price": "price",
    "coupon": "coup",
    "promotion_code": "promo",
    "configuration": "pmc",
    "payment_link": "plink",
    "session": "cs",
    "refund": "re",
}
"""What an operation is about to the first word of the id of what it makes."""
_NEW: Final[Mapping[str, tuple[type, ApiObject]]] = {
    "price": (Price, {"active": True, "type": "ONE_TIME"}),
    "coupon": (Coupon, {"active": True, "valid": True, "duration": "once"}),
    "promotion_code": (PromotionCode, {"active": True}),
    "configuration": (Configuration, {"isDefault": False}),
    "payment_link": (PaymentLink, {"active": True}),
}
"""Noun to the model, whose fields are stored, and to what stands in a new object."""
_KEPT: Final = ("customerId", "metadata", "paymentMethodConfigurationId")
_USUAL_MINUTES: Final = 1_440
_INLINE: Final[Mapping[str, Any]] = {"type": "ONE_TIME", "productId": "prod_inline"}


def part_of(key: str | None) -> str | None:
    """Return the part of the facts that an id belongs to; None where the text is no id."""
    word, underscore, _ = (key or "").partition("_")
    return PARTS.get(word) if underscore else None


def _no_objects() -> dict[str, dict[str, ApiObject]]:
    return {part: {} for part in PARTS.values()}


@define(eq=False)
class Shop:
    """Everything there is in a shop at one instant.

    Attributes:
        account: The facts that every draft is given: `livemode` and `merchant`.
        now: The clock.
        objects: Part of the facts to objects by id; what was deleted is not there.
        rates: Pair to rate; the rate of a supported currency that is not here does not exist.
        uses: Price id to the number of line items that it stands in or ever stood in.
        paid: Customer id to the number of sessions paid.
        redemptions: Customer id to coupon and promotion code ids to how often they are redeemed; under None, by all.
    """

    account: Mapping[str, Any]
    now: datetime
    objects: dict[str, dict[str, ApiObject]] = Factory(_no_objects)
    rates: dict[str, str] = Factory(dict)
    uses: Counter[str] = Factory(Counter)
    paid: Counter[str] = Factory(Counter)
    redemptions: dict[str | None, Counter[str]] = Factory(dict)

    @property
    def merchant(self) -> Mapping[str, Any]:
        """The account, as the API returns it; it states its settlement currency."""
        merchant: Mapping[str, Any] = self.account["merchant"]
        return merchant

    def add(self, *records: Mapping[str, Any]) -> None:
        """Put objects into the shop, or in place of those with the same ids."""
        for record in records:
            self.objects[part_of(record["id"]) or ""][record["id"]] = dict(record)

    def find(self, key: str | None) -> ApiObject | None:
        """Return the object with an id; None where there is none."""
        return self.objects.get(part_of(key) or "", {}).get(key or "")

    def forget(self, key: str) -> None:
        """Take an object away for good, with what is counted about it."""
        record = self.objects[part_of(key) or ""].pop(key, None)
        if record is not None and record.get("status") == "open":
            self._count(record, -1)
        self.redemptions.pop(key, None)
        for counts in (self.uses, self.paid, *self.redemptions.values()):
            counts.pop(key, None)

    def is_over(self, session: Mapping[str, Any]) -> bool:
        """Return whether a session is in a final state, or open past its expiry."""
        return session["status"] in FINAL or self.now >= read_instant(session["expiresAt"])

    def redeemed(self, key: str, customer: str | None = None) -> int:
        """Return how often a coupon or a promotion code is redeemed, by one customer or by all.

        A session redeems its discounts from the moment it takes them: a code that is put on two sessions at once would
        otherwise be paid with twice. What it drops again, and what it held when it expired, is no longer redeemed.
        """
        return self.redemptions.get(customer, Counter())[key]

    def code(self, typed: str) -> ApiObject | None:
        """Return the promotion code that a buyer means, however it is spelled; None where there is none."""
        codes = self.objects["promotionCodes"].values()
        return next((code for code in codes if fold_code(code["code"]) == fold_code(typed)), None)

    def take(self, operation: str, request: Mapping[str, Any], target: str | None = None, key: str = "") -> None:
        """Change the shop as an operation does that was accepted; nothing changes of what is not there.

        Args:
            operation: Such as `price.update`.
            request: The request's body.
            target: The id of what is acted on.
            key: The id of what is made, where the operation makes something.
        """
        noun, _, verb = operation.partition(".")
        acted_on = self.find(target)
        if operation == "session.create":
            self._open(request, key)
        elif operation == "refund.create":
            self._refund(request)
        elif verb == "create" and noun in _NEW:
            stated = {name: value for name, value in _stored(noun, request).items() if value is not None}
            self._save(noun, {"id": key, "object": noun, **_NEW[noun][1], **stated})
        elif acted_on is not None:
            self._act(noun, verb, acted_on, request)

    def _act(self, noun: str, verb: str, acted_on: ApiObject, request: Mapping[str, Any]) -> None:
        match noun, verb:
            case "session", "update":
                self._change(acted_on, request)
            case "session", "apply_promotion_code":
                self._enter(acted_on, request)
            case "session", "confirm":
                self._pay(acted_on, request)
            case "session", "expire":
                self._count(acted_on, -1)
                acted_on["status"] = "expired"
            case _, "delete":
                self.forget(acted_on["id"])
            case _, "update":
                self._save(noun, {**acted_on, **_stored(noun, request)})

    def _save(self, noun: str, record: ApiObject) -> None:
        if noun == "price":
            kind = record["type"] or "ONE_TIME"
            record |= {"type": kind, "recurring": record.get("recurring") if kind == "RECURRING" else None}
            record.setdefault("currency", self.merchant["defaultCurrency"])
        if record.get("isDefault"):
            for other in self.objects["configurations"].values():
                other["isDefault"] = False
        self.add(record)

    def _open(self, request: Mapping[str, Any], key: str) -> None:
        currency, settlement = self._currency(request), self.merchant["settlementCurrency"]
        rate = self.rates.get(f"{currency}/{settlement}")
        minutes = request.get("expiresAfterMinutes") or _USUAL_MINUTES
        session: ApiObject = {
            "id": key,
            "object": "checkout.session",
            "status": "open",
            "paymentStatus": "unpaid",
            "currency": currency if rate is None else settlement,
            "expiresAt": write_instant(self.now + timedelta(minutes=minutes)),
            "clientSecret": f"{key}_secret",
            "allowPromotionCodes": request.get("allowPromotionCodes") or False,
            "paymentMethodTypes": [{"type": name} for name in self._methods(request, currency)],
            **dict.fromkeys(_KEPT),
            "lineItems": [],
            "discounts": [],
        }
        if rate is not None:
            # What the buyer sees; everything else is in the settlement currency, at the rate locked with the session.
            session["presentmentDetails"] = {"currency": currency, "exchangeRate": rate}
        self._change(session, request)
        self.add(session)

    def _currency(self, request: Mapping[str, Any]) -> str:
        """Return the currency of a new session: what is stated, else the first line's, else the account's."""
        first = (request.get("lineItems") or [{}])[0]
        priced = first.get("priceData") or self.find(first.get("price")) or {}
        return fold_currency(request.get("currency") or priced.get("currency") or self.merchant["defaultCurrency"])

    def _methods(self, request: Mapping[str, Any], currency: str) -> list[str]:
        """List the payment method types of a new session: those that are stated, or those of its configuration."""
        if request.get("paymentMethodTypes"):
            return list(request["paymentMethodTypes"])
        configurations = self.objects["configurations"].values()
        default = next((known for known in configurations if known["isDefault"]), None)
        configuration = self.find(request.get("paymentMethodConfigurationId")) or default or {"enabledMethods": []}
        working = {known["code"]: known["paymentMethodTypes"] for known in self.merchant["supportedCurrencies"]}
        return [name for name in configuration["enabledMethods"] if name in working.get(currency, ())]

    def _change(self, session: ApiObject, request: Mapping[str, Any]) -> None:
        """Change the parts of a session that a request states; null clears them."""
        self._count(session, -1)
        session |= {name: request[name] for name in _KEPT if name in request}
        if request.get("lineItems") is not None:
            self._put_lines(session, request["lineItems"])
        if "discounts" in request:
            session["discounts"] = [self._discount(discount) for discount in request["discounts"] or ()]
        self._count(session, 1)

    def _enter(self, session: ApiObject, request: Mapping[str, Any]) -> None:
        code = self.code(request["promotionCode"])
        if code is not None:
            entered = self._discount({"promotionCode": code["id"]})
            self._count(session, -1)
            session["discounts"] = [*(known for known in session["discounts"] if known != entered), entered]
            self._count(session, 1)

    def _discount(self, stated: Mapping[str, Any]) -> ApiObject:
        """Store a discount: always a coupon, and the promotion code that led to it, if one did."""
        code = self.find(stated.get("promotionCode"))
        coupon = stated.get("coupon") if code is None else code["coupon"]["id"]
        return {"coupon": {"id": coupon or ""}, "promotionCodeId": stated.get("promotionCode")}

    def _put_lines(self, session: ApiObject, lines: Iterable[Mapping[str, Any]]) -> None:
        stored = [self._line(line, f"{session['id']}_{index}") for index, line in enumerate(lines, 1)]
        subtotal = sum(line["amountSubtotal"] for line in stored)
        presentment = session.get("presentmentDetails")
        if presentment is not None:
            currency, rate = presentment["currency"], Decimal(presentment["exchangeRate"])
            shift = minor_unit_digits(session["currency"]) - minor_unit_digits(currency)
            session["presentmentDetails"] = {**presentment, "amountSubtotal": subtotal}
            for line in stored:
                line["presentmentDetails"] = {"currency": currency, "amountSubtotal": line["amountSubtotal"]}
                line["amountSubtotal"] = int((line["amountSubtotal"] * rate).scaleb(shift))
            subtotal = int((subtotal * rate).scaleb(shift))
        session |= {"lineItems": stored, "amountSubtotal": subtotal}

    def _line(self, stated: Mapping[str, Any], name: str) -> ApiObject:
        inline = {**_INLINE, **(stated.get("priceData") or {}), "id": stated.get("price") or f"price_inline_{name}"}
        price = self.find(stated.get("price")) or inline
        bounds = price.get("customUnitAmount") or {}
        amount = price.get("unitAmount")
        if amount is None:  # the buyer sets it: until then it is the preset, or the minimum
            amount = bounds.get("preset") or bounds.get("minimum") or 0
        self.uses[price["id"]] += 1
        shown = {"id": price["id"], "type": price["type"], "unitAmount": amount, "product": {"id": price["productId"]}}
        quantity = stated["quantity"]
        return {"id": f"li_{name}", "quantity": quantity, "price": shown, "amountSubtotal": amount * quantity}

    def _pay(self, session: ApiObject, request: Mapping[str, Any]) -> None:
        for line in session["lineItems"]:
            price = self.find(line["price"]["id"])
            if price is not None and price.get("stock") is not None:
                price["stock"] -= line["quantity"]
        session |= {"status": "complete", "paymentStatus": "paid"}
        if session["customerId"] is not None:
            self.paid[session["customerId"]] += 1
        if session["amountSubtotal"]:
            name, intent = session["id"].partition("_")[2], request.get("paymentIntentId")
            self.add(new_charge(name, session["amountSubtotal"], session["currency"], intent))

    def _refund(self, request: Mapping[str, Any]) -> None:
        intent = self.find(request.get("paymentIntentId")) or {"charges": [{"id": request.get("chargeId")}]}
        charge = self.find(intent["charges"][-1]["id"])
        if charge is not None:
            refunded = charge["amountRefunded"] + request.get("amount", charge["amount"] - charge["amountRefunded"])
            charge["amountRefunded"] = refunded
            charge["status"] = "REFUNDED" if refunded >= charge["amount"] else "PARTIALLY_REFUNDED"
            charge["refunds"] = [*charge["refunds"], {"status": "SUCCEEDED"}]

    def _count(self, session: Mapping[str, Any], step: int) -> None:
        """Count the redemptions of a session, or take them back."""
        held = [(discount["coupon"]["id"], discount["promotionCodeId"]) for discount in session["discounts"]]
        for key in filter(None, chain.from_iterable(held)):
            for customer in {None, session["customerId"]}:
                self.redemptions.setdefault(customer, Counter())[key] += step


def new_charge(name: str, amount: int, currency: str, intent: str | None) -> ApiObject:
    """Return a charge that was just captured, under the id `ch_` and a name."""
    return {
        "id": f"ch_{name}",
        "object": "charge",
        "status": "SUCCEEDED",
        "amount": amount,
        "currency": currency,
        "captured": True,
        "amountRefunded": 0,
        "refunds": [],
        "balanceTransaction": {"id": f"txn_{name}"},
        "disputed": False,
        "feeData": {"processorFee": amount // 40, "platformFee": amount // 100},
        "paymentIntentId": intent,
    }


def _stored(noun: str, request: Mapping[str, Any]) -> ApiObject:
    """Return what a request states as it is stored: the fields of the model, and a coupon as an object."""
    fields = {camel_case(field.name) for field in attrs.fields(_NEW[noun][0])}
    record = {name: value for name, value in request.items() if name in fields}
    return record | ({"coupon": {"id": record["coupon"]}} if "coupon" in record else {})

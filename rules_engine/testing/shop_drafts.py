"""Drafts of operations in a simulated shop, with the facts that they are judged by."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, Final

from attrs import frozen

from rules_engine.models.code_text import fold_code
from rules_engine.models.currency import fold_currency
from rules_engine.models.draft import VERSION
from rules_engine.testing.shop import FINAL, ApiObject, Shop, part_of
from rules_engine.wire.dates import write_instant

_ONE_AT_A_TIME: Final = {"sessions": "session", "customers": "customer", "paymentLinks": "paymentLink"}
"""Parts of which the facts hold one object only: what is acted on, and who buys."""
_UNREAD: Final = frozenset({"clientSecret", "metadata"})
"""Texts under these keys name nothing, though a secret starts like an id."""
_AFAR: Final = _UNREAD | {"product", "productId", "appliesToProductIds", "customerId"}
"""What stored objects have under these keys, no rule looks up."""


def draft(
    shop: Shop,
    operation: str,
    request: Mapping[str, Any],
    target: str | None = None,
    *,
    name: str,
    whole: bool = False,
    known: Mapping[str, Any] | None = None,
) -> ApiObject:
    """Build the document of a draft: nothing is left to be looked up.

    Args:
        shop: The shop.
        operation: Such as `price.update`.
        request: The request's body.
        target: The id of what is acted on.
        name: The id of the draft.
        whole: Whether all of the shop is in the facts; otherwise what the request names, and what that names.
        known: Facts that are not the shop's, by part.
    """
    acted_on = {} if target is None else {"target": {"id": target}}
    facts = {**_Asked.about(shop, request, target, whole=whole).facts(), **(known or {})}
    return {"version": VERSION, "id": name, "operation": operation, **acted_on, "request": request, "facts": facts}


@frozen
class _Asked:
    """What is asked of a shop.

    Attributes:
        shop: The shop.
        target: The id of what is acted on.
        customer: The id of who buys; of a customer who is taken off a session too.
        typed: The promotion code that is entered or created.
        carried: The discounts that the session carries.
        named: The texts of the request, and of what these name; the ids among them are looked up.
        whole: Whether all the others are, too.
    """

    shop: Shop
    target: str | None
    customer: str | None
    typed: str | None
    carried: Iterable[ApiObject]
    named: Mapping[str, None]
    whole: bool

    @classmethod
    def about(cls, shop: Shop, request: Mapping[str, Any], target: str | None, *, whole: bool) -> "_Asked":
        """Find out what a request names.

        A session names its prices, a promotion code its coupon: two steps are enough.
        """
        acted_on = shop.find(target) or {}
        typed = request.get("promotionCode", request.get("code"))
        code = None if typed is None else shop.code(typed)
        customer = request.get("customerId") or acted_on.get("customerId")
        named = dict.fromkeys(texts([target, request, customer]))
        named |= dict.fromkeys(texts([acted_on, code], _AFAR))
        latest = named
        for _ in range(2):
            latest = dict.fromkeys(texts([shop.find(key) for key in latest], _AFAR))
            named = named | latest
        return cls(shop, target, customer, typed, acted_on.get("discounts") or (), named, whole)

    def facts(self) -> ApiObject:
        """Build the facts; a part that there is nothing in is left out."""
        facts: ApiObject = {"now": write_instant(self.shop.now), **self.shop.account}
        parts: ApiObject = {part: {} for part in self.shop.objects}
        missing: dict[str, list[str]] = {}
        for key in (*self.named, *(chain(*self.shop.objects.values()) if self.whole else ())):
            part, found = part_of(key), self.shop.find(key)
            if part is not None and found is None:
                missing.setdefault(part, []).append(key)
            elif part is not None and found is not None:
                parts[part][key] = _shown(self.shop, found)
        for part, single in _ONE_AT_A_TIME.items():
            known = parts.pop(part)
            parts[single] = known.get(self.target, known.get(self.customer))
        if self.typed is not None or self.whole:
            codes = parts["promotionCodes"].values()
            parts["promotionCodesByCode"] = {fold_code(code["code"]): code for code in codes}
        if self.typed is not None and self.shop.code(self.typed) is None:
            missing["promotionCodesByCode"] = [fold_code(self.typed)]
        parts["exchangeRates"] = {}
        for pair in self._pairs():
            if pair in self.shop.rates:
                parts["exchangeRates"][pair] = {"rate": self.shop.rates[pair]}
            else:
                missing.setdefault("exchangeRates", []).append(pair)
        parts |= {**self._counts(), "usage": self._usage(), "missing": missing}
        return facts | {part: content for part, content in parts.items() if content}

    def _pairs(self) -> list[str]:
        asked = {fold_currency(text) for text in self.named}
        settlement = self.shop.merchant["settlementCurrency"]
        supported = (known["code"] for known in self.shop.merchant["supportedCurrencies"])
        others = (currency for currency in supported if currency != settlement)
        return [f"{currency}/{settlement}" for currency in others if self.whole or currency in asked]

    def _ids(self, part: str) -> list[str]:
        others = self.shop.objects[part] if self.whole else ()
        return [*(key for key in self.named if part_of(key) == part), *others]

    def _counts(self) -> ApiObject:
        """Count the payments and the redemptions of customers; a guest has made those of the session alone."""
        coupons, customers = self._ids("coupons"), self._ids("customers")
        codes = (discount["promotionCodeId"] for discount in self.carried)
        counted = {
            "coupons": [discount["coupon"]["id"] for discount in self.carried],
            "promotionCodes": [code for code in codes if code is not None],
        }
        redeemed = {key: {coupon: self.shop.redeemed(coupon, key) for coupon in coupons} for key in customers}
        is_guest = (self.shop.find(self.target) or {}).get("customerId") is None
        own = {coupon: int(is_guest and coupon in counted["coupons"]) for coupon in coupons}
        payments = {"customers": {key: self.shop.paid[key] for key in customers}, "guest": 0}
        redemptions = {"customers": redeemed, "guest": own, "counted": counted}
        return {"payments": payments, "redemptions": redemptions} if coupons else {}

    def _usage(self) -> ApiObject:
        """Count what uses the object that is acted on, or every one of those whose uses are counted."""
        sessions = [session for session in self.shop.objects["sessions"].values() if session["status"] not in FINAL]
        given = [discount["coupon"]["id"] for session in sessions for discount in session["discounts"]]
        active = [code["coupon"]["id"] for code in self.shop.objects["promotionCodes"].values() if code["active"]]
        named = [session["paymentMethodConfigurationId"] for session in sessions]
        counts: Mapping[str, Callable[[str], Any]] = {
            "prices": lambda key: self.shop.uses[key],
            "coupons": lambda key: {"promotionCodes": active.count(key), "sessions": given.count(key)},
            "configurations": named.count,
        }
        usage = {
            part: {key: count(key) for key in self.shop.objects[part] if self.whole or key == self.target}
            for part, count in counts.items()
        }
        return {part: used for part, used in usage.items() if used}


def _shown(shop: Shop, record: ApiObject) -> ApiObject:
    """Return an object with what the API computes when it is asked."""
    part = part_of(record["id"])
    if part in {"coupons", "promotionCodes"}:
        return {**record, "timesRedeemed": shop.redeemed(record["id"])}
    if part == "sessions":
        return {**record, "isExpired": record["status"] != "complete" and shop.is_over(record)}
    return dict(record)


def texts(value: Any, unread: Collection[str] = _UNREAD) -> Iterator[str]:
    """List the texts in plain values but for those under some keys; what the values name is among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in unread:
                yield from texts(item, unread)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item, unread)

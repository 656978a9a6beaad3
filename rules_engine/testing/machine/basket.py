"""What a session is made of, as the API stores it: its lines with what they come to, and its discounts."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from rules_engine.models.currency import fold_currency
from rules_engine.testing.machine.price import money_of
from rules_engine.testing.machine.shop import Record, Shop
from rules_engine.testing.machine.world import MERCHANT, NOWHERE, RATES

_INLINE_PRODUCT = "prod_inline"


def currency_of(request: Mapping[str, Any], shop: Shop) -> str:
    """Tell the currency of a new session: what is stated, else the first line's, else the account's."""
    if request.get("currency") is not None:
        return fold_currency(request["currency"])
    for line in request["lineItems"][:1]:
        priced = line.get("priceData") or shop.prices.get(line.get("price"), MERCHANT)
        return fold_currency(priced.get("currency", MERCHANT["defaultCurrency"]))
    return str(MERCHANT["defaultCurrency"])


def put_lines(session: Record, lines: Sequence[Mapping[str, Any]], shop: Shop) -> None:
    """Put lines in place of those of a session, count the prices as used, and add them up."""
    stored = [_stored_line(line, shop) for line in lines]
    subtotal = sum(line["amountSubtotal"] for line in stored)
    rate = RATES.get(f"{session['currency']}/EGP")
    session["lineItems"] = stored
    session["amountSubtotal"] = subtotal
    if rate is not None:
        # What the buyer sees; everything else is in the settlement currency, at the rate locked with the session.
        session["presentmentDetails"] = {
            "currency": session["currency"],
            "amountSubtotal": subtotal,
            "exchangeRate": rate,
        }
        for line in stored:
            line["amountSubtotal"] = int(line["amountSubtotal"] * Decimal(rate))
        session["amountSubtotal"] = int(subtotal * Decimal(rate))


def _stored_line(line: Mapping[str, Any], shop: Shop) -> Record:
    price_id, data = line.get("price"), line.get("priceData") or {}
    price = shop.prices.get(price_id or "")
    if price is not None:
        shop.lines[price["id"]] = shop.lines.get(price["id"], 0) + 1
        shop.locked_money.setdefault(price["id"], money_of(price))
    shop.refer("prices", price_id, "a line")
    kind = "ONE_TIME" if price is None else price["type"]
    amount = data.get("unitAmount", 0) if price is None else _amount(price)
    return {
        "quantity": line["quantity"],
        "price": {
            "id": price_id or shop.new_id("price_inline"),
            "type": kind,
            "unitAmount": amount,
            "product": {"id": _INLINE_PRODUCT if price is None else price["productId"]},
        },
        "amountSubtotal": amount * line["quantity"],
    }


def _amount(price: Mapping[str, Any]) -> int:
    """Tell what one unit costs; where the buyer sets that, the preset or the minimum until then."""
    bounds = price["customUnitAmount"] or {}
    amount: int | None = price["unitAmount"]
    return (bounds.get("preset") or bounds.get("minimum") or 0) if amount is None else amount


def stored_discount(discount: Mapping[str, Any], shop: Shop) -> Record:
    """Store a discount that a session takes: always a coupon, and the promotion code that led to it, if one did."""
    code_id = discount.get("promotionCode")
    code = shop.promotion_codes.get(code_id or "")
    named = discount.get("coupon") if code is None else code["coupon"]["id"]
    shop.refer("coupons", named, "a discount")
    return {"coupon": {"id": named or NOWHERE["coupon"]}, "promotionCodeId": code_id}

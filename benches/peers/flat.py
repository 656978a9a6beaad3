"""The record that the peers need: a parsed draft document of `session.create`, flat.

No peer can look a price up by the id that a line names, add up what lines ask for, or read an instant, and be quick at
it; some cannot do it at all. So this is done for all of them in Python, and counted as their cost. Absent bounds are
the furthest ones, so that no rule has to ask whether there is one.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

_FIRST: Final = -(2**53)
_LAST: Final = 2**53
_NOTHING: Final[Mapping[str, Any]] = {}


def flat(document: Mapping[str, Any]) -> dict[str, Any]:
    """Flatten a parsed draft document of `session.create` with its facts.

    Args:
        document: As `json.loads` gives it.

    Returns:
        `now` in microseconds; the record `session`; the lists of records `lines`, `codes` and `coupons`.
    """
    request, facts = document["request"], document["facts"]
    stated = request.get("lineItems")
    lines, products = _lines(stated or (), facts)
    discounts = request.get("discounts")
    codes, coupons = _discounts(discounts, request.get("customerId"), facts, products) if discounts else ([], [])
    completion = request["afterCompletion"]
    minutes = request.get("expiresAfterMinutes")
    return {
        "now": _instant(facts["now"]),
        "session": {
            "lines_needed": request.get("mode") != "setup",
            "lines_sent": stated is not None,
            "line_count": len(lines),
            "customer_sent": request.get("customerId") is not None,
            "details_sent": request.get("customerDetails") is not None,
            "creation": request.get("customerCreation") or "",
            "update_sent": request.get("customerUpdate") is not None,
            "types_sent": request.get("paymentMethodTypes") is not None,
            "configuration_sent": request.get("paymentMethodConfigurationId") is not None,
            "ui_mode": request.get("uiMode") or "hosted",
            "cancel_url_sent": request.get("cancelUrl") is not None,
            "completion": completion["type"],
            "redirect_sent": completion.get("redirect") is not None,
            "custom_fields": len(request.get("customFields") or ()),
            # Not every language has fractions; a time is below a whole bound if its whole part is.
            "whole_minutes": _LAST if minutes is None else int(minutes // 1),
            "discounts": len(discounts or ()),
        },
        "lines": lines,
        "codes": codes,
        "coupons": coupons,
    }


def _instant(text: str) -> int:
    return round(datetime.fromisoformat(text).timestamp() * 1e6)


def _bound(text: str | None, furthest: int) -> int:
    return furthest if text is None else _instant(text)


def _lines(stated: Any, facts: Mapping[str, Any]) -> tuple[list[dict[str, Any]], list[str | None] | None]:
    """Flatten the lines; return their products too, None where they are not all known."""
    prices = facts.get("prices") or _NOTHING
    gone = (facts.get("missing") or _NOTHING).get("prices") or ()
    lines: list[dict[str, Any]] = []
    products: list[str | None] = []
    requested: dict[str, int] = {}
    for line in stated:
        quantity, price_id, data = line["quantity"], line.get("price"), line.get("priceData")
        adjustable = line.get("adjustableQuantity") or _NOTHING
        least = adjustable.get("minimum")
        price = _NOTHING if price_id is None else prices.get(price_id) or _NOTHING
        before = requested.get(price_id, 0)
        after = before + max(quantity, 0)
        if price_id is not None:
            requested[price_id] = after
        if (price_id is None) != (data is None) and (data is not None or price):
            products.append(price.get("productId"))
        stock, active = price.get("stock"), price.get("active")
        lines.append(
            {
                "quantity": quantity,
                "adjustable": adjustable.get("enabled", False) and least is not None,
                "least": 0 if least is None else least,
                "price_sent": price_id is not None,
                "data_sent": data is not None,
                "unit_amount": 0 if data is None else data["unitAmount"],
                "missing": price_id is not None and not price and price_id in gone,
                "active": True if active is None else active,
                "starts": _bound(price.get("startDate"), _FIRST),
                "expires": _bound(price.get("expirationDate"), _LAST),
                "type": price.get("type") or "ONE_TIME",
                "stock": _LAST if stock is None else stock,
                "before": before,
                "requested": after,
            }
        )
    return lines, products if len(products) == len(lines) else None


def _discounts(
    stated: Any, customer_id: str | None, facts: Mapping[str, Any], products: list[str | None] | None
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Flatten the promotion codes and coupons that the request names."""
    codes, coupons = [], []
    known_codes = facts.get("promotionCodes") or _NOTHING
    for discount in stated:
        coupon_id, code_id = discount.get("coupon"), discount.get("promotionCode")
        if (coupon_id is None) == (code_id is None):
            continue
        if code_id is not None:
            code = known_codes.get(code_id)
            if code is None:
                continue
            codes.append(
                {
                    **_redeemable(code, "expiresAt"),
                    "bound_to": code.get("customerId") or "",
                    "customer": customer_id or "",
                }
            )
            coupon_id = code["coupon"]["id"]
        coupon = _coupon(coupon_id, facts, products, by_code=code_id is not None)
        if coupon is not None:
            coupons.append(coupon)
    return codes, coupons


def _coupon(
    coupon_id: Any, facts: Mapping[str, Any], products: list[str | None] | None, *, by_code: bool
) -> dict[str, Any] | None:
    coupon = (facts.get("coupons") or _NOTHING).get(coupon_id)
    if coupon is None:
        gone = by_code and coupon_id in ((facts.get("missing") or _NOTHING).get("coupons") or ())
        if not gone:
            return None
        coupon = {"deleted": True}
    wanted, valid = coupon.get("appliesToProductIds"), coupon.get("valid")
    return {
        **_redeemable(coupon, "redeemBy"),
        "valid": True if valid is None else valid,
        "deleted": coupon.get("deleted") or False,
        "fits_no_line": bool(wanted and products) and set(wanted or ()).isdisjoint(products or ()),
    }


def _redeemable(item: Mapping[str, Any], end: str) -> dict[str, Any]:
    """Return what a promotion code and a coupon have alike."""
    most, active = item.get("maxRedemptions"), item.get("active")
    return {
        "active": True if active is None else active,
        "expires": _bound(item.get(end), _LAST),
        "most": _LAST if most is None else most,
        "redeemed": item.get("timesRedeemed") or 0,
    }

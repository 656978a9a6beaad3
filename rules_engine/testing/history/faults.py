"""What goes wrong before a draft is judged: requests of the wrong form, and records that no reader can read."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from rules_engine.testing.history.chance import Chance

_SNAKE: Final[Mapping[str, str]] = {
    "lineItems": "line_items",
    "customerId": "customer_id",
    "afterCompletion": "after_completion",
    "paymentMethodType": "payment_method_type",
    "promotionCode": "promotion_code",
    "unitAmount": "unit_amount",
    "chargeId": "charge_id",
    "idempotencyKey": "idempotency_key",
}
"""How another API, which the client was written for, names the same."""


def faulty(request: Any, chance: Chance) -> Any:
    """Return a copy of a request with one fault of form in it, or two.

    Args:
        request: A request that is sound in form.
        chance: Which fault.
    """
    body = dict(request)
    faults: tuple[Callable[[dict[str, Any], Chance], Any], ...] = (
        _snake_case,
        _text_for_number,
        _left_out,
        _unknown_key,
        _lines,
        _wrapped,
    )
    wrong = chance.pick(faults)(body, chance)
    if isinstance(wrong, dict) and chance.share(150):
        return _unknown_key(wrong, chance)
    return wrong


def broken(record: bytes, chance: Chance) -> bytes:
    """Return a record that is no draft document, made of one that is.

    What comes out is text all the same, so that every format of a log can hold it.
    """
    cut = record[: len(record) // 2].decode(errors="ignore").encode()
    return chance.pick(
        (
            cut,
            b"[" + record + b"]",
            record.replace(b'"version":1', b'"version":9', 1),
            record.replace(b'"operation":"', b'"operation":"old_', 1),
            record.replace(b'"now":"', b'"now":"on ', 1),
            b"null",
        )
    )


def _snake_case(body: dict[str, Any], chance: Chance) -> Any:
    named = [key for key in body if key in _SNAKE]
    if not named:
        return _unknown_key(body, chance)
    wrong = chance.pick(named)
    return {_SNAKE[key] if key == wrong else key: value for key, value in body.items()}


def _text_for_number(body: dict[str, Any], chance: Chance) -> Any:
    for key, value in body.items():
        if isinstance(value, int):
            return {**body, key: str(value)}
    return _lines(body, chance)


def _left_out(body: dict[str, Any], chance: Chance) -> Any:
    key = next((key for key in ("afterCompletion", "lineItems", "code", "productId", "path") if key in body), None)
    if key is None:
        return _unknown_key(body, chance)
    return {name: value for name, value in body.items() if name != key}


def _unknown_key(body: dict[str, Any], chance: Chance) -> Any:
    return {**body, chance.pick(("apiVersion", "test", "livemode", "currencyCode")): chance.pick(("1", True))}


def _lines(body: dict[str, Any], chance: Chance) -> Any:
    if not body.get("lineItems"):
        return _unknown_key(body, chance)
    first, *rest = body["lineItems"]
    quantity = first.get("quantity", 1)
    wrong = chance.pick(
        (
            {**first, "quantity": str(quantity)},
            {**first, "quantity": 0},
            {**first, "quantity": -quantity},
            {"quantity": quantity},
            {**first, "amount": 1},
        )
    )
    return {**body, "lineItems": [wrong, *rest]}


def _wrapped(body: dict[str, Any], chance: Chance) -> Any:
    return [body] if chance.share(400) else {"data": body}

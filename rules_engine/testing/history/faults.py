"""What goes wrong before a draft is judged: requests of the wrong form, and records that no reader can read."""

import re
from collections.abc import Callable
from typing import Any, Final

from rules_engine.testing.history.chance import Chance

_SOUGHT: Final = ("afterCompletion", "lineItems", "code", "productId", "path")
"""What a client leaves out, the first of them that is there."""


def faulty(request: Any, chance: Chance) -> Any:
    """Return a copy of a request with one fault of form in it, or two.

    Args:
        request: A request that is sound in form.
        chance: Which fault.
    """
    wrong = chance.pick(_FAULTS)(request, chance)
    return _with_unknown_key(wrong, chance) if isinstance(wrong, dict) and chance.share(150) else wrong


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


def _with_unknown_key(body: dict[str, Any], chance: Chance) -> Any:
    return {**body, chance.pick(("apiVersion", "test", "livemode", "currencyCode")): chance.pick(("1", True))}


def _in_snake_case(body: dict[str, Any], chance: Chance) -> Any:
    """Spell a key in snake case, as a client of another API does."""
    named = [key for key in body if not key.islower()]
    if not named:
        return _with_unknown_key(body, chance)
    wrong = chance.pick(named)
    return {re.sub("([A-Z])", r"_\1", key).lower() if key == wrong else key: value for key, value in body.items()}


def _with_text_for_a_number(body: dict[str, Any], chance: Chance) -> Any:
    number = next((key for key, value in body.items() if isinstance(value, int)), None)
    return _with_a_wrong_line(body, chance) if number is None else {**body, number: str(body[number])}


def _incomplete(body: dict[str, Any], chance: Chance) -> Any:
    left_out = next((key for key in _SOUGHT if key in body), None)
    if left_out is None:
        return _with_unknown_key(body, chance)
    return {key: value for key, value in body.items() if key != left_out}


def _with_a_wrong_line(body: dict[str, Any], chance: Chance) -> Any:
    if not body.get("lineItems"):
        return _with_unknown_key(body, chance)
    first, *rest = body["lineItems"]
    quantity = first.get("quantity", 1)
    wrong = [{**first, **fault} for fault in ({"quantity": str(quantity)}, {"quantity": -quantity}, {"amount": 1})]
    return {**body, "lineItems": [chance.pick((*wrong, {**first, "quantity": 0}, {"quantity": quantity})), *rest]}


def _wrapped(body: dict[str, Any], chance: Chance) -> Any:
    return [body] if chance.share(400) else {"data": body}


_FAULTS: Final[tuple[Callable[[dict[str, Any], Chance], Any], ...]] = (
    _in_snake_case,
    _with_text_for_a_number,
    _incomplete,
    _with_unknown_key,
    _with_a_wrong_line,
    _wrapped,
)

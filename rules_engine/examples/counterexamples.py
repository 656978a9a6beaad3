"""Counterexamples and boundary values of examples, as the rows of the rules state them."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal
from functools import cache
from itertools import chain
from typing import Any, Final

from attrs import frozen

from rules_engine.examples.account import NOW
from rules_engine.examples.documents import changed
from rules_engine.examples.request import BODY, NOW_SECONDS, signed
from rules_engine.examples.valid import examples
from rules_engine.models import months_later
from rules_engine.rules import RULES
from rules_engine.rules.kinds import VALUE, Bound, Expressed, FromNow, Keys, Operand, Repeated, Setting
from rules_engine.rules.limits import LARGEST_AMOUNT
from rules_engine.rules.row import Rule
from rules_engine.views.context import Limit
from rules_engine.wire.dates import read_instant, write_instant

SetValue = int | Decimal | str
"""A number, or a member of a set."""


@frozen
class Counterexample:
    """The smallest change to a valid example that violates a rule and nothing else.

    Attributes:
        rule: The name of the rule.
        example: The name of the valid example.
        changes: What is changed: pointer to value.
    """

    rule: str
    example: str
    changes: Mapping[str, Any]

    def document(self) -> dict[str, Any]:
        """Return the changed draft document."""
        return changed(examples()[self.example], self.changes)


@cache
def counterexamples() -> tuple[Counterexample, ...]:
    """Return every counterexample, in the order of the rules; each rule has at least one.

    Those of a bound are derived from the places where its quantity can be set: one step beyond it, on either side.
    """
    return tuple(
        Counterexample(rule.name, example, changes)
        for rule in RULES
        for names, changes in chain(rule.counterexamples, _beyond(rule))
        for example in ((names,) if isinstance(names, str) else names)
    )


def boundary_values(rule: Rule[Any], setting: Setting) -> tuple[tuple[int | Decimal, int | Decimal], ...]:
    """Return the values on both sides of each bound of a rule that a setting can set: the last valid, the first not."""
    if not isinstance(rule.violated, Expressed) or not isinstance(rule.violated.kind, Bound):
        return ()
    bound = rule.violated.kind
    sides = [
        (limit, limit + direction * _step(limit))
        for limit, direction in ((_number(bound.minimum), -1), (_number(bound.maximum), 1))
        if limit is not None
    ]
    return tuple(
        (inside, outside)
        for inside, outside in sides
        if (setting.least is None or outside >= setting.least) and (setting.most is None or outside <= setting.most)
    )


def _beyond(rule: Rule[Any]) -> tuple[tuple[tuple[str, ...], Mapping[str, Any]], ...]:
    return tuple(
        (setting.names, changes_of(setting, outside))
        for setting in rule.settings
        for _, outside in boundary_values(rule, setting)
    )


def _number(bound: Operand | None) -> int | Decimal | None:
    return bound.default if isinstance(bound, Limit) else bound


def _step(bound: int | Decimal) -> int | Decimal:
    return Decimal((0, (1,), int(bound.as_tuple().exponent))) if isinstance(bound, Decimal) else 1


def changes_of(setting: Setting, value: SetValue) -> Mapping[str, Any]:
    """Return the changes that set a quantity to a value: pointer to value.

    Raises:
        ValueError: The calendar has no such instant.
    """
    if isinstance(setting.changes, str):
        return _FUNCTIONS[setting.changes](value)
    return {_written(pointer, value): _filled(part, value) for pointer, part in setting.changes.items()}


def _filled(part: Any, value: Any) -> Any:
    match part:
        case Repeated(item=str() as item):
            filled: Any = item * (value - part.less)
        case Repeated():
            filled = [_filled(part.item, number) for number in range(value - part.less)]
        case Keys():
            filled = {f"key{number}": "" for number in range(value)}
        case FromNow():
            moved = months_later(read_instant(NOW), part.months * value)
            filled = write_instant(moved + timedelta(seconds=part.seconds * value))
        case Mapping():
            filled = {_written(key, value): _filled(item, value) for key, item in part.items()}
        case list():
            filled = [_filled(item, value) for item in part]
        case str():
            filled = _written(part, value)
        case _:
            filled = value if part is VALUE else part
    return filled


def _written(text: str, value: object) -> str:
    return text.replace("{value}", str(value)).replace("{number}", str(value))


def _amount(line: Mapping[str, Any], price: str, amount: int) -> Mapping[str, Any]:
    """Let the lines come to an amount; what no single unit amount may be, two lines come to together."""
    first = min(amount, LARGEST_AMOUNT)
    return {
        "/request/lineItems": [{**line, price: "price_mug"}, {**line, price: "price_rest"}],
        "/facts/prices/price_mug/unitAmount": first,
        "/facts/prices/price_mug/stock": None,
        "/facts/prices/price_rest": {"id": "price_rest", "currency": "EGP", "unitAmount": amount - first},
    }


_FUNCTIONS: Final[Mapping[str, Callable[[Any], Mapping[str, Any]]]] = {
    "session_amount": lambda amount: _amount({"quantity": 1}, "price", amount),
    "payment_link_amount": lambda amount: _amount({"quantity": 1}, "priceId", amount),
    "signature_age": lambda seconds: {"/request/signature": signed(BODY, NOW_SECONDS - seconds)},
}
"""What sets a quantity where changes cannot be written down, by the name that rows use."""

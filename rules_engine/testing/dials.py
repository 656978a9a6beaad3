"""Dials: for each rule that reads a limit, a clean world in which the quantity that it compares can be set at will.

Whoever compares policies turns them to both sides of every limit.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from attrs import frozen

from rules_engine.rules.limits import LARGEST_AMOUNT, LARGEST_QUANTITY
from rules_engine.testing.documents import changed
from rules_engine.testing.worlds import clean_worlds

Setting = int | str
"""A number, or a member of a set."""


@frozen
class Dial:
    """A quantity that can be set.

    Attributes:
        rule: The name of the rule that compares it.
        limit: The name of the limit it is compared with.
        world: The clean world it is set in.
        turn: The changes that set it, pointer to value.
        least: The least value that a draft of this world can have; None where the quantity is a member of a set.
        most: The greatest one.
        beyond: Why no draft lies beyond these.
    """

    rule: str
    limit: str
    world: str
    turn: Callable[[Any], Mapping[str, Any]]
    least: int | None
    most: int | None
    beyond: str

    def document(self, value: Setting, *, world: str | None = None) -> dict[str, Any]:
        """Give the draft document in which the quantity has a value.

        Args:
            value: The value.
            world: Another clean world than the dial's own, where the same changes may mean the same.

        Raises:
            LookupError: The changes do not fit the world.
            TypeError: The same.
        """
        return changed(clean_worlds()[world or self.world], self.turn(value))


_CHARACTERS: Final = 100_000
_ITEMS: Final = 10_000
_LINES: Final = "/request/lineItems"
_INLINE: Final = f"{_LINES}/2/priceData"
_ADJUSTABLE: Final = f"{_LINES}/1/adjustableQuantity"
_MUG: Final = "/facts/prices/price_mug"
_FIELDS: Final = "a list has no fewer items than none, and the wire reads no longer one"
_KEYS: Final = "an object has no fewer keys than none, and the wire reads no larger one"
_TEXT: Final = "a text is no shorter than empty, and the wire reads no longer one"
_LABEL: Final = "the wire reads neither an empty name nor a longer one"
_OTHER_FAULT: Final = "beyond, the draft is refused for another rule that the same limit or the schema bounds"


def _text(rule: str, limit: str, world: str, pointer: str) -> Dial:
    return Dial(rule, limit, world, lambda length: {pointer: "x" * length}, 0, _CHARACTERS, _TEXT)


def _number(rule: str, limit: str, world: str, pointer: str, bounds: tuple[int, int]) -> Dial:
    return Dial(rule, limit, world, lambda number: {pointer: number}, *bounds, _OTHER_FAULT)


def _in_currency(code: str) -> Mapping[str, Any]:
    """Put a session, its line and the account into a currency that has a rate."""
    return {
        "/request/currency": code,
        f"{_MUG}/currency": code,
        "/facts/merchant/supportedCurrencies": [{"code": code, "paymentMethodTypes": ["card"]}],
        f"/facts/exchangeRates/{code}~1EGP": {"rate": "1"},
    }


DIALS: Final = (
    Dial(
        "too_many_line_items",
        "max_line_items",
        "create_minimal",
        lambda count: {_LINES: [{"price": "price_bowl", "quantity": 1}] * count},
        1,
        _ITEMS,
        "without a line, the session is refused for that, and the wire reads no longer list",
    ),
    Dial(
        "too_many_discounts",
        "max_discounts",
        "create_coupon",
        lambda count: {"/request/discounts": [{"coupon": "coup_1"}] * count},
        0,
        _ITEMS,
        _FIELDS,
    ),
    Dial(
        "too_many_discounts_after_entry",
        "max_discounts",
        "apply",
        lambda count: {
            "/facts/session/discounts": [
                {"id": f"di_{number}", "coupon": {"id": f"coup_other_{number}"}} for number in range(count - 1)
            ]
        },
        1,
        _ITEMS,
        "a code that is entered is one discount, and the wire reads no longer list",
    ),
    Dial(
        "too_many_custom_fields",
        "max_custom_fields",
        "create",
        lambda count: {"/request/customFields": [{"label": "Note", "type": "TEXT"}] * count},
        0,
        _ITEMS,
        _FIELDS,
    ),
    Dial(
        "metadata_too_large",
        "max_metadata_keys",
        "create",
        lambda count: {"/request/metadata": {f"key{number}": "" for number in range(count)}},
        0,
        _ITEMS,
        _KEYS,
    ),
    _number(
        "expires_too_soon", "min_expires_after_minutes", "create", "/request/expiresAfterMinutes", (0, LARGEST_QUANTITY)
    ),
    _number(
        "expires_too_late", "max_expires_after_minutes", "create", "/request/expiresAfterMinutes", (0, LARGEST_QUANTITY)
    ),
    _text("font_family_too_long", "max_font_family_length", "create", "/request/brandingSettings/fontFamily"),
    _text(
        "confirmation_message_too_long",
        "max_confirmation_message_length",
        "create_confirmation",
        "/request/afterCompletion/hostedConfirmation/customMessage",
    ),
    _number("quantity_out_of_range", "max_quantity", "create", f"{_LINES}/1/quantity", (1, LARGEST_AMOUNT)),
    Dial(
        "adjustable_minimum_out_of_range",
        "max_quantity",
        "create",
        lambda number: {_ADJUSTABLE: {"enabled": True, "minimum": number}},
        0,
        LARGEST_AMOUNT,
        _OTHER_FAULT,
    ),
    _number("adjustable_maximum_out_of_range", "max_quantity", "create", f"{_ADJUSTABLE}/maximum", (1, LARGEST_AMOUNT)),
    _number("unit_amount_out_of_range", "max_unit_amount", "create", f"{_INLINE}/unitAmount", (0, LARGEST_AMOUNT)),
    Dial(
        "product_name_too_long",
        "max_product_name_length",
        "create",
        lambda length: {f"{_INLINE}/productData/name": "x" * length},
        1,
        _CHARACTERS,
        _LABEL,
    ),
    _text(
        "product_description_too_long",
        "max_product_description_length",
        "create",
        f"{_INLINE}/productData/description",
    ),
    _text("unit_label_too_long", "max_unit_label_length", "create", f"{_INLINE}/productData/unitLabel"),
    Dial(
        "session_amount_too_large",
        "max_session_amount",
        "create_minimal",
        lambda amount: {f"{_MUG}/unitAmount": amount, f"{_MUG}/stock": None},
        0,
        LARGEST_AMOUNT,
        "a session comes to no less than nothing, and the limit is never higher",
    ),
    Dial("unsupported_currency", "supported_currencies", "create_minimal", _in_currency, None, None, ""),
)
"""A row a rule and limit, in the order of the manual's limits."""

UNTURNABLE: Final[Mapping[str, str]] = {}
"""Rules that read a limit and have no dial, each with the reason."""

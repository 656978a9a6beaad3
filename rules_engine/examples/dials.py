"""Dials: for each rule that reads a limit, a valid example in which the quantity that it compares can be set at will.

Whoever compares policies turns them to both sides of every limit.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final

from attrs import frozen

from rules_engine.examples.account import NOW
from rules_engine.examples.documents import changed
from rules_engine.examples.request import BODY, NOW_SECONDS, signed
from rules_engine.examples.valid import examples
from rules_engine.rules.limits import LARGEST_AMOUNT, LARGEST_QUANTITY
from rules_engine.wire.dates import read_instant, write_instant

Setting = int | str
"""A number, or a member of a set."""


@frozen
class Dial:
    """A quantity that can be set.

    Attributes:
        rule: The name of the rule that compares it.
        limit: The name of the limit it is compared with.
        example: The valid example it is set in.
        turn: The changes that set it, pointer to value.
        least: The least value that a draft of this example can have; None where the quantity is a member of a set.
        most: The greatest one.
        beyond: Why no draft lies beyond these.
    """

    rule: str
    limit: str
    example: str
    turn: Callable[[Any], Mapping[str, Any]]
    least: int | None
    most: int | None
    beyond: str

    def document(self, value: Setting, *, example: str | None = None) -> dict[str, Any]:
        """Give the draft document in which the quantity has a value.

        Args:
            value: The value.
            example: Another valid example than the dial's own, where the same changes may mean the same.

        Raises:
            LookupError: The changes do not fit the world.
            TypeError: The same.
        """
        return changed(examples()[example or self.example], self.turn(value))


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


def _text(rule: str, limit: str, example: str, pointer: str) -> Dial:
    return Dial(rule, limit, example, lambda length: {pointer: "x" * length}, 0, _CHARACTERS, _TEXT)


def _number(rule: str, limit: str, example: str, pointer: str, bounds: tuple[int, int]) -> Dial:
    return Dial(rule, limit, example, lambda number: {pointer: number}, *bounds, _OTHER_FAULT)


def _in_currency(*pointers: str) -> Callable[[str], Mapping[str, Any]]:
    """Put some places and the account into a currency that has a rate."""
    return lambda code: {
        **dict.fromkeys(pointers, code),
        "/facts/merchant/supportedCurrencies": [{"code": code, "paymentMethodTypes": ["card"]}],
        f"/facts/exchangeRates/{code}~1EGP": {"rate": "1"},
    }


def _currency(example: str, *pointers: str) -> Dial:
    return Dial("unsupported_currency", "supported_currencies", example, _in_currency(*pointers), None, None, "")


def _amount(example: str, line: Mapping[str, Any], price: str) -> Dial:
    """Let a line come to an amount; what no single unit amount may be, two lines come to together."""

    def turn(amount: int) -> Mapping[str, Any]:
        first = min(amount, LARGEST_AMOUNT)
        second = {"id": "price_rest", "currency": "EGP", "unitAmount": amount - first}
        return {
            _LINES: [{**line, price: "price_mug"}, {**line, price: "price_rest"}],
            f"{_MUG}/unitAmount": first,
            f"{_MUG}/stock": None,
            "/facts/prices/price_rest": second,
        }

    beyond = "a session comes to no less than nothing, and two lines are enough to pass the limit"
    return Dial("session_amount_too_large", "max_session_amount", example, turn, 0, 2 * LARGEST_AMOUNT, beyond)


def _lines(example: str, line: Mapping[str, Any]) -> Dial:
    return Dial(
        "too_many_line_items",
        "max_line_items",
        example,
        lambda count: {_LINES: [line] * count},
        1,
        _ITEMS,
        "without a line, the draft is refused for that, and the wire reads no longer list",
    )


def _from_now(time: timedelta) -> str:
    return write_instant(read_instant(NOW) + time)


def _method_type(rule: str, pointer: str) -> Dial:
    """Let a session offer the one type that is chosen."""

    def turn(kind: str) -> Mapping[str, Any]:
        return {pointer: kind, "/facts/session/paymentMethodTypes": [{"type": kind}]}

    return Dial(rule, "supported_payment_method_types", "confirm", turn, None, None, "")


DIALS: Final = (
    _lines("create_minimal", {"price": "price_bowl", "quantity": 1}),
    _lines("payment_link_create", {"priceId": "price_bowl", "quantity": 1}),
    _lines("payment_link_update", {"priceId": "price_bowl", "quantity": 1}),
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
    _amount("create_minimal", {"quantity": 1}, "price"),
    _amount("payment_link_create", {"quantity": 1}, "priceId"),
    _number("stock_out_of_range", "max_stock", "price_create_rich", "/request/stock", (0, LARGEST_AMOUNT)),
    _number("stock_out_of_range", "max_stock", "price_update_unused", "/request/stock", (0, LARGEST_AMOUNT)),
    Dial(
        "redeem_by_too_late",
        "max_redeem_by_days",
        "coupon_create_percentage",
        lambda days: {"/request/redeemBy": _from_now(timedelta(days=days))},
        1,
        1_000_000,
        "a coupon is good for some time, and the calendar ends",
    ),
    _number(
        "refund_amount_out_of_range",
        "max_refund_amount",
        "refund_create_by_intent",
        "/request/amount",
        (1, 2 * LARGEST_AMOUNT),
    ),
    _text(
        "refund_description_too_long",
        "max_refund_description_length",
        "refund_create_by_intent",
        "/request/description",
    ),
    Dial(
        "signature_stale",
        "max_signature_age_seconds",
        "request_authorize_live",
        lambda seconds: {"/request/signature": signed(BODY, NOW_SECONDS - seconds)},
        0,
        NOW_SECONDS,
        "no request is signed less than no time ago, or before 1970",
    ),
    Dial(
        "idempotency_key_length_invalid",
        "max_idempotency_key_length",
        "request_authorize_before_activation",
        lambda length: {"/request/idempotencyKey": "x" * length, "/facts/missing/idempotencyKeys": ["x" * length]},
        1,
        _CHARACTERS,
        _LABEL,
    ),
    Dial(
        "idempotency_key_in_use",
        "idempotency_key_hours",
        "request_authorize_live",
        lambda hours: {
            "/request/path": "/refunds/",
            "/facts/idempotencyKeys/refund-88/createdAt": _from_now(timedelta(hours=-hours)),
        },
        0,
        10_000_000,
        "no key was used less than no time ago, or before the calendar begins",
    ),
    _method_type("payment_method_mismatch", "/request/paymentMethodType"),
    _method_type("stored_payment_method_mismatch", "/facts/paymentMethods/pm_1/type"),
    _currency("create_minimal", "/request/currency", f"{_MUG}/currency"),
    _currency("price_create", "/request/currency"),
    _currency("price_update", "/request/currency"),
    _currency("promotion_code_create_restricted", "/request/restrictions/minimumAmountCurrency"),
    _currency("coupon_create", "/request/currency"),
    _currency("currency_check", "/request/currency"),
    _currency("payment_link_create", f"{_MUG}/currency"),
)
"""A row a rule, limit and kind of draft."""

UNTURNABLE: Final[Mapping[str, str]] = {}
"""Rules that read a limit and have no dial, each with the reason."""

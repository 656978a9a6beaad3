"""Draft documents for the command line: a small pottery shop that has one mug on sale."""

import json
from collections.abc import Mapping
from typing import Any, Final

NOW: Final = "2026-11-22T10:00:00Z"
_MUG: Final[Mapping[str, Any]] = {
    "id": "price_mug",
    "currency": "EGP",
    "unitAmount": 38_000,
    "type": "ONE_TIME",
    "active": True,
    "stock": 4,
}


def clean(name: str | None = "d_clean", **request: Any) -> dict[str, Any]:
    """Write a draft that the default policy accepts.

    Args:
        name: The id of the draft; None for a draft without one.
        request: Keys of the request to add or to replace.
    """
    document: dict[str, Any] = {
        "version": 1,
        "id": name,
        "operation": "session.create",
        "request": {
            "afterCompletion": {"type": "hosted_confirmation"},
            "lineItems": [{"price": "price_mug", "quantity": 1}],
            **request,
        },
        "facts": {
            "now": NOW,
            "merchant": {"id": "mer_1", "defaultCurrency": "EGP", "supportedCurrencies": [{"code": "EGP"}]},
            "prices": {"price_mug": _MUG},
        },
    }
    return {key: value for key, value in document.items() if value is not None}


def sold_out(name: str = "d_sold_out") -> dict[str, Any]:
    """Write a draft that asks for more mugs than there are: `price_sold_out` at `lineItems[0].price`."""
    return clean(name, lineItems=[{"price": "price_mug", "quantity": 5}])


def unknown(key: str) -> dict[str, Any]:
    """Write a draft with one key that the API does not know: `parameter_unknown` at that key."""
    document = clean("d_unknown")
    document["request"][key] = 1
    return document


def undecided(name: str = "d_undecided", price: str = "price_bowl") -> dict[str, Any]:
    """Return a draft whose price is not provided."""
    return clean(name, lineItems=[{"price": price, "quantity": 1}])


def price_gone(name: str = "d_gone") -> dict[str, Any]:
    """Write a draft whose price does not exist, so that many rules are skipped."""
    document = undecided(name)
    document["facts"]["missing"] = {"prices": ["price_bowl"]}
    return document


def as_lines(*documents: Any) -> bytes:
    """Write documents as JSON Lines; a text stands for itself, readable or not."""
    return b"".join(
        (document if isinstance(document, str) else json.dumps(document)).encode() + b"\n" for document in documents
    )

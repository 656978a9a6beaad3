"""Clean worlds: draft documents that every rule of the default policy accepts.

They are what spoilers spoil, and what the strategies start from.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from rules_engine.testing.documents import changed
from rules_engine.testing.worlds import (
    configuration,
    coupon,
    currency,
    payment_link,
    price,
    promotion_code,
    refund,
    request,
    session,
)
from rules_engine.testing.worlds.instant import NOW

__all__ = ["NOW", "clean_worlds"]

_WORLDS: Final[Mapping[str, Mapping[str, Any]]] = {
    **session.WORLDS,
    **price.WORLDS,
    **promotion_code.WORLDS,
    **coupon.WORLDS,
    **currency.WORLDS,
    **configuration.WORLDS,
    **payment_link.WORLDS,
    **refund.WORLDS,
    **request.WORLDS,
}


def clean_worlds(operation: str | None = None) -> Mapping[str, dict[str, Any]]:
    """Give draft documents that every rule of the default policy accepts, by name.

    Args:
        operation: Of this operation only; of every operation where none is given.

    Returns:
        Fresh copies, in an order that does not change; a world of one operation starts with the operation's plain one.
    """
    return MappingProxyType(
        {
            name: changed(document, {})
            for name, document in _WORLDS.items()
            if operation is None or document["operation"] == operation
        }
    )

"""Valid examples: draft documents that every rule of the default policy accepts.

They are what counterexamples spoil, and what the strategies start from.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from rules_engine.examples.documents import changed
from rules_engine.examples.worlds import (
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
from rules_engine.examples.worlds.instant import NOW

__all__ = ["NOW", "valid_examples"]

_EXAMPLES: Final[Mapping[str, Mapping[str, Any]]] = {
    **session.EXAMPLES,
    **price.EXAMPLES,
    **promotion_code.EXAMPLES,
    **coupon.EXAMPLES,
    **currency.EXAMPLES,
    **configuration.EXAMPLES,
    **payment_link.EXAMPLES,
    **refund.EXAMPLES,
    **request.EXAMPLES,
}


def valid_examples(operation: str | None = None) -> Mapping[str, dict[str, Any]]:
    """Give draft documents that every rule of the default policy accepts, by name.

    Args:
        operation: Of this operation only; of every operation where none is given.

    Returns:
        Fresh copies, in an order that does not change; a example of one operation starts with the operation's plain
        one.
    """
    return MappingProxyType(
        {
            name: changed(document, {})
            for name, document in _EXAMPLES.items()
            if operation is None or document["operation"] == operation
        }
    )

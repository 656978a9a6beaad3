"""A draft, views with its facts: one function an operation, and what rules can stand on there."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from rules_engine.views import (
    currency_check,
    payment_link,
    refund,
    request,
    saved_configuration,
    saved_coupon,
    saved_price,
    saved_promotion_code,
    session_operations,
)
from rules_engine.views.scope import Scope
from rules_engine.views.views import Views

_ROWS = (
    *session_operations.ROWS,
    *saved_price.ROWS,
    *saved_promotion_code.ROWS,
    *saved_coupon.ROWS,
    *currency_check.ROWS,
    *saved_configuration.ROWS,
    *payment_link.ROWS,
    *refund.ROWS,
    *request.ROWS,
)

JOINS: Mapping[str, Callable[[Any], Views]] = MappingProxyType({draft.operation: join for draft, join, _ in _ROWS})
"""The join of each operation, by the operation's name."""

SCOPES: Mapping[str, tuple[Scope[Any], ...]] = MappingProxyType({draft.operation: scopes for draft, _, scopes in _ROWS})
"""What rules can stand on in each operation."""

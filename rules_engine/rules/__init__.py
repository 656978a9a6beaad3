"""The rules. Each is one row in one of these modules; everything else about them is derived here.

The order of the rows is the order of every report. It stands in each row, so that no import decides it.
"""

from types import ModuleType
from typing import Any

from rules_engine.rules import (
    configuration,
    currency,
    discount,
    line_item,
    payment_link,
    payment_method,
    presentation,
    price,
    refund,
    request,
    saved_discount,
    saved_price,
    session,
    stored_session,
)
from rules_engine.rules.row import Rule


def rules_of(*modules: ModuleType) -> tuple[Rule[Any], ...]:
    """Return the rules that modules declare, in the order of reports.

    Raises:
        TypeError: A row lacks its order, or has that of another one; it says which, and where.
    """
    found = [
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, Rule) and value.module == module.__name__
    ]
    taken: dict[int | None, Rule[Any]] = {}
    for row in found:
        if row.order is None or row.order in taken:
            other = taken.get(row.order)
            fault = "has no order" if other is None else f"has the order of {other.name} in {other.module}, {row.order}"
            raise TypeError(f"the rule {row.name} in {row.module} {fault}: give it one of its own")
        taken[row.order] = row
    return tuple(sorted(found, key=lambda row: row.order or 0))


RULES: tuple[Rule[Any], ...] = rules_of(
    configuration,
    currency,
    discount,
    line_item,
    payment_link,
    payment_method,
    presentation,
    price,
    refund,
    request,
    saved_discount,
    saved_price,
    session,
    stored_session,
)
"""Every built-in rule, each once, in the order of reports."""

"""What a draft is about in money: the amount at stake, where its operation has one."""

from typing import Any, Final

from rules_engine.models.currency import CURRENCIES, fold_currency
from rules_engine.views.refund import RefundViews
from rules_engine.views.session_views import SessionViews
from rules_engine.views.stored_session import StoredSession
from rules_engine.views.views import Views

Amount = tuple[str, int]
"""A currency code in upper case, and minor units of that currency."""
LARGEST: Final = 2**53 - 1
"""The largest amount of one draft, in minor units: the largest integer that every reader of JSON takes as it is."""


def amount_at_stake(draft: Any, views: Views) -> Amount | None:
    """Tell what a draft is about: the subtotal of its session before discounts, or what is to be given back.

    Args:
        draft: The draft.
        views: The draft, views with its facts.

    Returns:
        The amount in the currency that the buyer sees; None where the operation is about none, facts are missing,
        the currency is none, the lines differ in theirs, or it is below nothing or more than `LARGEST`.
    """
    if isinstance(views, RefundViews):
        return _of_refund(views)
    if not isinstance(views, SessionViews):
        return None
    if views.currency:
        code = views.currency[0].code
        return _amount(code, _subtotal(views, code))
    stored = StoredSession(draft, [])
    return _amount(stored.currency, _subtotal(views, stored.currency) if views.line_list else stored.subtotal)


def _subtotal(views: SessionViews, currency: str | None) -> int | None:
    if not views.line_list or views.line_list[0].subtotal_unknown:
        return None
    for line in views.line_item:
        # Of lines in several currencies there is no sum.
        if line.currency != currency:
            return None
    return views.line_list[0].subtotal


def _of_refund(views: RefundViews) -> Amount | None:
    if not views.refund or not views.balance:
        return None
    return _amount(views.balance[0].currency, views.refund[0].taken)


def _amount(currency: str | None, minor_units: int | None) -> Amount | None:
    if currency is None or minor_units is None:
        return None
    folded = fold_currency(currency)
    # What a caller calls a currency or an amount may be anything; a report must not grow with the one, and a single
    # draft must not drown the amounts of all others with the other.
    return (folded, minor_units) if folded in CURRENCIES and 0 <= minor_units <= LARGEST else None

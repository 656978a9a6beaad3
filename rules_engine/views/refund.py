"""Money that is given back: the refund that is asked for, views with its charge and the balance it is taken from."""

import re
from collections.abc import Sequence

from attrs import define

from rules_engine.models import Charge, Draft, Facts, RefundCreate
from rules_engine.models.currency import fold_currency
from rules_engine.path import Path
from rules_engine.views.charge import (
    ChargeView,
    find_charge,
    find_charge_of_intent,
    join_charge,
    remaining_of,
)
from rules_engine.views.metadata import MetadataView, join_metadata
from rules_engine.views.payment_method import PaymentIntentView, join_payment_intent
from rules_engine.views.scope import Axis, Scope, view
from rules_engine.views.views import UnknownFact, Views


@view
class BalanceView:
    """The balance of the account in the currency of the charge.

    Attributes:
        currency: A currency code in upper case.
        missing: Whether the account is known to have none.
        unknown: Whether nobody looked it up.
        available: What may be refunded now, in minor units; None where nobody knows.
    """

    currency: str
    missing: bool
    unknown: bool
    available: int | None


@view
class RefundView:
    """A refund that is asked for.

    Attributes:
        request: The refund as the request states it.
        empty_id: Whether it names one thing only, by an empty id.
        charge_unknown: Whether nobody looked up what it takes to tell the charge.
        remaining: What may still be given back of the charge, in minor units; None where nobody knows.
        supports_partial: Whether the processor of the charge can give a part of it back.
        taken: What is taken from the balance: the stated amount, else all that remains; None where nobody knows.
        available: The available balance; None where nobody knows it, or there is none.
        balance_unknown: Whether nobody looked the balance up.
    """

    request: RefundCreate
    empty_id: bool
    charge_unknown: bool = False
    remaining: int | None = None
    supports_partial: bool = True
    taken: int | None = None
    available: int | None = None
    balance_unknown: bool = False


@define(eq=False)
class RefundViews(Views):
    """The items of every scope of a refund; nobody can tell the balance of a charge that nobody looked up."""

    refund: Sequence[RefundView] = ()
    metadata: Sequence[MetadataView] = ()
    payment_intent: Sequence[PaymentIntentView] = ()
    charge: Sequence[ChargeView] = ()
    balance: Sequence[BalanceView] | None = ()


def join_refund_create(draft: Draft[RefundCreate]) -> RefundViews:
    """Join a refund with its charge and the balance it is taken from.

    Of a request that names no charge, or two, neither is looked at.
    """
    request, facts = draft.request, draft.facts
    unknown: list[UnknownFact] = []
    metadata = join_metadata(request.metadata)
    charge_id, intent_id = request.charge_id, request.payment_intent_id
    intents: Sequence[PaymentIntentView] = ()
    if charge_id and intent_id is None:
        found = find_charge(charge_id, facts, unknown)
    elif intent_id and charge_id is None:
        intents = (join_payment_intent(intent_id, None, facts, unknown, session_unknown=False),)
        found = find_charge_of_intent(intent_id, facts, unknown)
    else:
        empty_id = (charge_id is None) is not (intent_id is None)
        return RefundViews(unknown, (RefundView(request, empty_id),), metadata)
    balances: Sequence[BalanceView] | None = None if found.unknown else ()
    refund = RefundView(request, empty_id=False, charge_unknown=found.unknown)
    if found.charge is not None:
        balance = _join_balance(found.charge, facts, unknown)
        balances, refund = (balance,), _join_refund(request, found.charge, balance)
    return RefundViews(unknown, (refund,), metadata, intents, (join_charge(found, unknown),), balances)


def _join_balance(charge: Charge, facts: Facts, unknown: list[UnknownFact]) -> BalanceView:
    currency = fold_currency(charge.currency)
    known = facts.balances.get(currency)
    missing = known is None and currency in facts.missing.balances
    if known is None and not missing:
        unknown.append(("balances", currency))
    available = None if known is None else known.available
    return BalanceView(currency, missing, known is None and not missing, available)


def _join_refund(request: RefundCreate, charge: Charge, balance: BalanceView) -> RefundView:
    remaining = remaining_of(charge)
    return RefundView(
        request,
        empty_id=False,
        remaining=remaining,
        supports_partial=charge.processor_capabilities.supports_partial_refund,
        taken=remaining if request.amount is None else request.amount,
        available=balance.available,
        balance_unknown=balance.unknown,
    )


def _refund_place(_: RefundView) -> Path:
    return ("request",)


def _balance_place(_: BalanceView) -> Path:
    return ("facts", "missing", "balances")


def _sent(refund: RefundView, param: str) -> bool:
    return getattr(refund.request, re.sub("([A-Z])", r"_\1", param).lower(), None) is not None


REFUND = Scope("refund", RefundView, Axis.ROOT, _refund_place, _sent, fields="")
BALANCE = Scope("balance", BalanceView, Axis.ROOT, _balance_place, fields=None)

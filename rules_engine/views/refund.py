"""Money that is given back: the refund that is asked for, views with its charge and the balance it is taken from."""

from collections.abc import Sequence

from rules_engine.models import Charge, Draft, Facts, RefundCreate
from rules_engine.models.currency import fold_currency
from rules_engine.views.charge import (
    build_charge,
    find_charge,
    find_charge_of_intent,
    remaining_of,
)
from rules_engine.views.payment_method import PaymentIntentView, build_payment_intent
from rules_engine.views.scope import scope, view
from rules_engine.views.session import build_metadata
from rules_engine.views.views import UnknownFact, Views


@scope(("facts", "missing", "balances"))
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


@scope(("request",))
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


def build_refund_create(draft: Draft[RefundCreate]) -> Views:
    """Join a refund with its charge and the balance it is taken from.

    Of a request that names no charge, or two, neither is looked at.
    """
    request, facts = draft.request, draft.facts
    unknown: list[UnknownFact] = []
    metadata = build_metadata(request.metadata)
    charge_id, intent_id = request.charge_id, request.payment_intent_id
    intents: Sequence[PaymentIntentView] = ()
    if charge_id and intent_id is None:
        found = find_charge(charge_id, facts, unknown)
    elif intent_id and charge_id is None:
        intents = build_payment_intent(intent_id, None, facts, unknown)
        found = find_charge_of_intent(intent_id, facts, unknown)
    else:
        empty_id = (charge_id is None) is not (intent_id is None)
        return {
            "unknown": unknown,
            "refund": (RefundView(request, empty_id),),
            "metadata": metadata,
            "payment_intent": (),
            "charge": (),
            "balance": (),
        }
    balances: Sequence[BalanceView] | None = None if found.unknown else ()
    refund = RefundView(request, empty_id=False, charge_unknown=found.unknown)
    if found.charge is not None:
        balance = _build_balance(found.charge, facts, unknown)
        balances, refund = (balance,), _build_refund(request, found.charge, balance)
    return {
        "unknown": unknown,
        "refund": (refund,),
        "metadata": metadata,
        "payment_intent": intents,
        "charge": (build_charge(found, unknown),),
        "balance": balances,
    }


def _build_balance(charge: Charge, facts: Facts, unknown: list[UnknownFact]) -> BalanceView:
    currency = fold_currency(charge.currency)
    known = facts.balances.get(currency)
    missing = known is None and currency in facts.missing.balances
    if known is None and not missing:
        unknown.append(("balances", currency))
    available = None if known is None else known.available
    return BalanceView(currency, missing, known is None and not missing, available)


def _build_refund(request: RefundCreate, charge: Charge, balance: BalanceView) -> RefundView:
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

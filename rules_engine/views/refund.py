"""A refund: the request, the charge it is taken from, and the balance that pays it."""

from collections.abc import Sequence
from typing import Final

from rules_engine.models import BalanceTransaction, Charge, Draft, Facts, FeeData, RefundCreate, fold_currency
from rules_engine.path import Path
from rules_engine.views.payment_method import PaymentIntentView, build_payment_intent
from rules_engine.views.scope import Reference, scope, view
from rules_engine.views.session import build_metadata
from rules_engine.views.views import UnknownFact, Views, look_up

_CHARGE: Final[Path] = ("request", "chargeId")
_INTENT: Final[Path] = ("request", "paymentIntentId")
_SUCCEEDED: Final = frozenset({"SUCCEEDED", "PARTIALLY_REFUNDED", "REFUNDED"})
_UNFINISHED: Final = frozenset({"PENDING", "REQUIRES_ACTION"})
_VALID_CHARGE: Final = Charge(
    id="",
    status="SUCCEEDED",
    amount=0,
    currency="",
    refunds=(),
    balance_transaction=BalanceTransaction(id=""),
    disputed=False,
    fee_data=FeeData(processor_fee=0, platform_fee=0),
)
"""What rules read of a charge that is unknown, or does not exist: nothing is wrong with it."""


@scope(fields=("chargeId", "paymentIntentId"))
@view
class ChargeView(Reference):
    """The charge of a refund: named by its id, or the one that succeeded for a payment intent.

    Attributes:
        place: The field of the request that leads to it.
        by_intent: Whether that names a payment intent.
        candidates: How many charges of the payment intent succeeded; None where there is no intent, or it is unknown.
        stored: The charge as it is stored; one with nothing wrong where there is none, or it is unknown.
        remaining: What is left of it to refund, in minor units; None where there is none, or it is unknown.
        in_flight: Whether another refund of it is not finished.
    """

    place: Path
    by_intent: bool
    candidates: int | None = None
    stored: Charge = _VALID_CHARGE
    remaining: int | None = None
    in_flight: bool = False


@scope(("facts", "missing", "balances"))
@view
class BalanceView(Reference):
    """The balance of the account in the currency of the charge.

    Attributes:
        currency: A currency code in upper case.
        available: What may be refunded now, in minor units; None where there is no balance, or it is unknown.
    """

    currency: str
    available: int | None


@scope(("request",))
@view
class RefundView:
    """A refund that is requested.

    Attributes:
        request: The refund as the request states it.
        charge_unknown: Whether what leads to the charge is not provided.
        remaining: What is left of the charge to refund, in minor units; None where there is none, or it is unknown.
        supports_partial: Whether the processor of the charge can refund a part of it.
        taken: What is taken from the balance: the stated amount, else all that remains; None where it is unknown.
        available: The available balance; None where there is none, or it is unknown.
        balance_unknown: Whether the balance is not provided.
    """

    request: RefundCreate
    charge_unknown: bool = False
    remaining: int | None = None
    supports_partial: bool = True
    taken: int | None = None
    available: int | None = None
    balance_unknown: bool = False


def build_refund_create(draft: Draft[RefundCreate]) -> Views:
    """Build what rules read of a refund; of a request that names no charge, or two, none is looked up."""
    request, facts = draft.request, draft.facts
    unknown: list[UnknownFact] = []
    charge_id, intent_id = request.charge_id, request.payment_intent_id
    intents: Sequence[PaymentIntentView] = ()
    charge: ChargeView | None = None
    if charge_id and intent_id is None:
        stored, missing, not_provided = look_up(charge_id, facts.charges, facts.missing.charges, "charges", unknown)
        charge = _build_charge(_CHARGE, stored, missing=missing, unknown=not_provided)
    elif intent_id and charge_id is None:
        intents = build_payment_intent(intent_id, None, facts, unknown)
        charge = _build_charge_of_intent(intent_id, facts, unknown)
    charge_unknown = charge is not None and charge.unknown
    refund = RefundView(request=request, charge_unknown=charge_unknown)
    balances: Sequence[BalanceView] | None = None if charge_unknown else ()
    if charge is not None and charge.remaining is not None:
        balance = _build_balance(charge.stored, facts, unknown)
        balances = (balance,)
        refund = RefundView(
            request=request,
            remaining=charge.remaining,
            supports_partial=charge.stored.processor_capabilities.supports_partial_refund,
            taken=charge.remaining if request.amount is None else request.amount,
            available=balance.available,
            balance_unknown=balance.unknown,
        )
        if charge.stored.refunds is None:
            unknown.append(("charges.refunds", charge.stored.id))
        if charge.stored.disputed is None:
            unknown.append(("charges.disputed", charge.stored.id))
        if charge.stored.fee_data is None:
            unknown.append(("charges.feeData", charge.stored.id))
    return {
        "unknown": unknown,
        "refund": (refund,),
        "metadata": build_metadata(request.metadata),
        "payment_intent": intents,
        "charge": () if charge is None else (charge,),
        "balance": balances,
    }


def _build_charge_of_intent(intent_id: str, facts: Facts, unknown: list[UnknownFact]) -> ChargeView:
    """Build the one charge that succeeded for a payment intent."""
    intent = facts.payment_intents.get(intent_id)
    if intent is None and intent_id in facts.missing.payment_intents:
        return _build_charge(_INTENT, None)
    if intent is None or intent.charges is None:
        # The charges are required along with the intent: one round less for an application that keeps them apart.
        unknown.append(("paymentIntents.charges", intent_id))
        return _build_charge(_INTENT, None, unknown=True)
    ids = dict.fromkeys([charge.id for charge in intent.charges])
    gone = frozenset(facts.missing.charges)
    # Each has to be known, or known not to exist: any of them may be a second one that succeeded.
    not_provided = [
        ("charges", charge_id) for charge_id in ids if charge_id not in facts.charges and charge_id not in gone
    ]
    if not_provided:
        unknown.extend(not_provided)
        return _build_charge(_INTENT, None, unknown=True)
    known = [facts.charges[each] for each in ids if each in facts.charges]
    succeeded = [charge for charge in known if charge.status in _SUCCEEDED]
    return _build_charge(_INTENT, succeeded[0] if len(succeeded) == 1 else None, candidates=len(succeeded))


def _build_charge(
    place: Path, charge: Charge | None, *, missing: bool = False, unknown: bool = False, candidates: int | None = None
) -> ChargeView:
    by_intent = place == _INTENT
    if charge is None:
        return ChargeView(missing=missing, unknown=unknown, place=place, by_intent=by_intent, candidates=candidates)
    taken = charge.amount if charge.amount_captured is None else charge.amount_captured
    return ChargeView(
        missing=False,
        unknown=False,
        place=place,
        by_intent=by_intent,
        candidates=candidates,
        stored=charge,
        remaining=taken - charge.amount_refunded,
        in_flight=any(refund.status in _UNFINISHED for refund in charge.refunds or ()),
    )


def _build_balance(charge: Charge, facts: Facts, unknown: list[UnknownFact]) -> BalanceView:
    currency = fold_currency(charge.currency)
    known, missing, not_provided = look_up(currency, facts.balances, facts.missing.balances, "balances", unknown)
    available = None if known is None else known.available
    return BalanceView(missing=missing, unknown=not_provided, currency=currency, available=available)

"""The charge that a refund is taken from: named by its id, or the one that succeeded for a payment intent."""

from attrs import frozen

from rules_engine.models import Charge, Facts, FeeData
from rules_engine.path import Path
from rules_engine.views.scope import scope, view
from rules_engine.views.views import UnknownFact

_SUCCEEDED = frozenset({"SUCCEEDED", "PARTIALLY_REFUNDED", "REFUNDED"})
_UNFINISHED = frozenset({"PENDING", "REQUIRES_ACTION"})


@frozen
class FoundCharge:
    """What became of looking for a charge.

    Attributes:
        place: The field of the request that leads to it.
        by_intent: Whether that names a payment intent.
        charge: The charge; None where it does not exist, or nobody knows which it is.
        missing: Whether it is known not to exist.
        unknown: Whether nobody looked up what it takes to tell.
        candidates: How many charges of the payment intent succeeded; None where there is no intent, or nobody knows.
    """

    place: Path
    by_intent: bool
    charge: Charge | None = None
    missing: bool = False
    unknown: bool = False
    candidates: int | None = None


@scope(fields=("chargeId", "paymentIntentId"))
@view
class ChargeView:
    """The charge of a refund.

    Attributes:
        place: The field of the request that leads to it.
        by_intent: Whether that names a payment intent.
        id: Its id; None where nobody knows which it is.
        missing: Whether it is known not to exist.
        unknown: Whether nobody looked up what it takes to tell.
        candidates: How many charges of the payment intent succeeded; None where there is no intent, or nobody knows.
        status: What became of it; None where nobody knows.
        captured: Whether the money was taken, not only held.
        remaining: What may still be given back, in minor units; None where nobody knows.
        in_flight: Whether another refund of it is not finished.
        refunds_unknown: Whether nobody looked its refunds up.
        supports_refund: Whether its processor can give money back.
        has_transaction: Whether it has a balance transaction.
        fee_data: Its fees; None where nobody looked.
        fee_data_unknown: Whether that is because nobody looked them up.
    """

    place: Path
    by_intent: bool
    id: str | None
    missing: bool
    unknown: bool
    candidates: int | None
    status: str | None = None
    captured: bool = True
    remaining: int | None = None
    in_flight: bool = False
    refunds_unknown: bool = False
    supports_refund: bool = True
    has_transaction: bool = True
    fee_data: FeeData | None = None
    fee_data_unknown: bool = False


def find_charge(charge_id: str, facts: Facts, unknown: list[UnknownFact]) -> FoundCharge:
    """Look up the charge that a request names."""
    charge = facts.charges.get(charge_id)
    missing = charge is None and charge_id in facts.missing.charges
    if charge is None and not missing:
        unknown.append(("charges", charge_id))
    return FoundCharge(
        ("request", "chargeId"),
        by_intent=False,
        charge=charge,
        missing=missing,
        unknown=charge is None and not missing,
    )


def find_charge_of_intent(intent_id: str, facts: Facts, unknown: list[UnknownFact]) -> FoundCharge:
    """Look up the one charge that succeeded for the payment intent that a request names.

    Every charge of the intent has to be known, or known not to exist: any of them may be a second one that succeeded.
    """
    place = ("request", "paymentIntentId")
    intent = facts.payment_intents.get(intent_id)
    if intent is None and intent_id in facts.missing.payment_intents:
        return FoundCharge(place, by_intent=True)
    if intent is None or intent.charges is None:
        # The charges are asked for along with the intent: one round less for a host that keeps them apart.
        unknown.append(("paymentIntents.charges", intent_id))
        return FoundCharge(place, by_intent=True, unknown=True)
    ids = tuple(dict.fromkeys(charge.id for charge in intent.charges))
    gone = frozenset(facts.missing.charges)
    not_looked_up = [each for each in ids if each not in facts.charges and each not in gone]
    unknown.extend(("charges", each) for each in not_looked_up)
    if not_looked_up:
        return FoundCharge(place, by_intent=True, unknown=True)
    known = [facts.charges[each] for each in ids if each in facts.charges]
    succeeded = [charge for charge in known if charge.status in _SUCCEEDED]
    charge = succeeded[0] if len(succeeded) == 1 else None
    return FoundCharge(place, by_intent=True, charge=charge, candidates=len(succeeded))


def build_charge(found: FoundCharge, unknown: list[UnknownFact]) -> ChargeView:
    """Tell what rules look at of the charge that was found."""
    charge = found.charge
    if charge is None:
        return ChargeView(found.place, found.by_intent, None, found.missing, found.unknown, found.candidates)
    refunds, fee_data = charge.refunds, charge.fee_data
    if refunds is None:
        unknown.append(("charges.refunds", charge.id))
    if fee_data is None:
        unknown.append(("charges.feeData", charge.id))
    return ChargeView(
        found.place,
        found.by_intent,
        charge.id,
        found.missing,
        found.unknown,
        found.candidates,
        charge.status,
        charge.captured,
        remaining_of(charge),
        refunds is not None and any(refund.status in _UNFINISHED for refund in refunds),
        refunds is None,
        charge.processor_capabilities.supports_refund,
        charge.balance_transaction is not None,
        fee_data,
        fee_data is None,
    )


def remaining_of(charge: Charge) -> int:
    """Tell what may still be given back of a charge: what was taken of it, without what was given back."""
    taken = charge.amount if charge.amount_captured is None else charge.amount_captured
    return taken - charge.amount_refunded

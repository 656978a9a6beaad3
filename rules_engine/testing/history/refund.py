"""Attempts to give money back."""

from datetime import datetime
from typing import Any, Final

from rules_engine.testing.history.attempt import Attempt, FollowUp
from rules_engine.testing.history.chance import Weighted
from rules_engine.testing.history.trade import Paid, Trade

_REASONS: Final = ("REQUESTED_BY_CUSTOMER", "REQUESTED_BY_CUSTOMER", "DUPLICATE", "FRAUDULENT")
_STATES: Final = Weighted([("whole", 900), ("held", 24), ("unbooked", 24), ("without fees", 16), ("half of fees", 12)])


def create(trade: Trade, now: datetime) -> Attempt:
    """Refund a charge, or a part of it; before anything is sold, one from long ago."""
    chance = trade.chance
    paid = chance.pick(trade.charges) if trade.charges else _old(trade, now)
    left = paid.amount - paid.refunded
    amount = left if chance.share(640) else max(1, left * chance.between(10, 90) // 100)
    if chance.share(40):
        amount = paid.amount * 2
    request: dict[str, Any] = {"reason": chance.pick(_REASONS), "amount": amount}
    facts: dict[str, Any] = {
        "charges": {paid.id: _charge(trade, paid)},
        "balances": {trade.shop.settlement: {"available": trade.balance()}},
    }
    if chance.share(30):
        facts["balances"] = {trade.shop.settlement: {"available": paid.amount // 50}}
    if chance.share(300):
        request["paymentIntentId"] = paid.intent
        facts["paymentIntents"] = {paid.intent: {"id": paid.intent, "charges": [{"id": paid.id}]}}
    else:
        request["chargeId"] = paid.id
    if chance.share(500):
        request["instructionsEmail"] = paid.email

    def follow(_: datetime) -> tuple[FollowUp, ...]:
        paid.refunded += amount
        return ()

    return Attempt("refund.create", request, trade.facts(**facts), accepted=follow)


def _old(trade: Trade, now: datetime) -> Paid:
    amount = trade.market.converted(
        trade.shop.items[0].amounts[trade.shop.currency] * 2, trade.shop.currency, trade.shop.settlement
    )
    name = f"{trade.shop.prefix}_{now.year - 1}_{trade.number()}"
    return Paid(f"ch_{name}", f"pi_{name}", amount, "buyer@mail.example")


def _charge(trade: Trade, paid: Paid) -> dict[str, Any]:
    state = trade.chance.weighted(_STATES)
    status = "SUCCEEDED"
    if paid.refunded:
        status = "REFUNDED" if paid.refunded >= paid.amount else "PARTIALLY_REFUNDED"
    fees: dict[str, Any] = {"processorFee": paid.amount // 40, "platformFee": paid.amount // 100}
    if state == "half of fees":
        del fees["platformFee"]
    return {
        "id": paid.id,
        "object": "charge",
        "status": status,
        "amount": paid.amount,
        "currency": trade.shop.settlement,
        "captured": state != "held",
        "amountRefunded": paid.refunded,
        "refunds": [{"status": "SUCCEEDED"}] if paid.refunded else [],
        "balanceTransaction": None if state == "unbooked" else {"id": f"txn_{paid.id[3:]}"},
        "feeData": {} if state == "without fees" else fees,
        "paymentIntentId": paid.intent,
    }

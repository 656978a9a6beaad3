"""Strategies of refunds, charges and balances."""

from rules_engine.models import (
    Balance,
    BalanceTransaction,
    Charge,
    FeeData,
    ProcessorCapabilities,
    Refund,
    RefundCreate,
)
from rules_engine.testing.strategies.plural import plural

refund_creates = plural("refund_creates", RefundCreate)
processor_capabilities = plural("processor_capabilities", ProcessorCapabilities)
balance_transactions = plural("balance_transactions", BalanceTransaction)
refunds = plural("refunds", Refund)
fee_data = plural("fee_data", FeeData)
charges = plural("charges", Charge)
balances = plural("balances", Balance)

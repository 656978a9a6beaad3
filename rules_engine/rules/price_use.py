"""What of a price is locked while it is used.

Sources: XPay's error page, its page on prices, its page of the call that deletes a price.
"""

from rules_engine import codes
from rules_engine.rules.declaration import rule
from rules_engine.rules.price import price_missing
from rules_engine.views.context import Context
from rules_engine.views.price_use import LOCKED_FIELD, PRICE_USE, LockedFieldView, PriceUseView


@rule(
    codes.PRICE_IMMUTABLE_WHILE_USED,
    on=LOCKED_FIELD,
    needs=(price_missing,),
    undecided_when=lambda locked, _: locked.unknown,
    evidence=lambda locked, _: {"price": locked.price, "lineItems": locked.line_items},
)
def price_immutable_while_used(locked: LockedFieldView, _: Context) -> bool:
    """A field is changed that is locked, because a line item uses the price.

    Currency, amount, type and recurring are locked from the first line item on, archived or not; the same value sent
    again is no change. XPay's error page; its page on prices never lets the type change, used or not.
    """
    return locked.line_items > 0


@rule(
    codes.RESOURCE_INVALID_STATE,
    on=PRICE_USE,
    needs=(price_missing,),
    undecided_when=lambda use, _: use.unknown,
    evidence=lambda use, _: {"price": use.price, "lineItems": use.line_items},
)
def price_in_use(use: PriceUseView, _: Context) -> bool:
    """The price cannot be deleted, because a line item uses it; archive it instead.

    One line item is enough. XPay's page of the call, which has the status 400 for it; the code's own is 409.
    """
    return use.line_items > 0

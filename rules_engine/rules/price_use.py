"""What of a price is locked while it is used.

Sources: XPay's error page, its page on prices, its page of the call that deletes a price.
"""

from rules_engine import codes
from rules_engine.rules.kinds import REMOVED, Bound, number
from rules_engine.rules.price import price_missing
from rules_engine.rules.row import rule
from rules_engine.views.price_use import LOCKED_FIELD, PRICE_USE


@rule(
    codes.PRICE_IMMUTABLE_WHILE_USED,
    order=880,
    on=LOCKED_FIELD,
    violated=Bound("line_items", maximum=0),
    needs=(price_missing,),
    undecided_when=lambda locked, _: locked.unknown,
    public={"price": "price", "lineItems": "line_items"},
    counterexamples=(
        ("price_update_used", {"/request/unitAmount": 39000}),
        ("price_update_used", {"/request/currency": "usd"}),
        ("price_update_used", {"/request/recurring": {"interval": "MONTH", "intervalCount": 2}}),
        ("price_update_used", {"/request/type": "ONE_TIME", "/request/recurring": REMOVED}),
    ),
)
def price_immutable_while_used() -> None:
    """A field is changed that is locked, because a line item uses the price.

    Currency, amount, type and recurring are locked from the first line item on, archived or not; the same value sent
    again is no change. XPay's error page; its page on prices never lets the type change, used or not.
    """


@rule(
    codes.RESOURCE_INVALID_STATE,
    order=890,
    on=PRICE_USE,
    violated=Bound(
        "line_items",
        maximum=0,
        settings=number(("price_delete", "price_delete_archived"), "/facts/usage/prices/price_mug"),
    ),
    needs=(price_missing,),
    undecided_when=lambda use, _: use.unknown,
    public={"price": "price", "lineItems": "line_items"},
)
def price_in_use() -> None:
    """The price cannot be deleted, because a line item uses it; archive it instead.

    One line item is enough. XPay's page of the call, which has the status 400 for it; the code's own is 409.
    """

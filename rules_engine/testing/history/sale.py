"""A checkout session from its creation on: what it holds, and how the API returns it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from attrs import define

from rules_engine.testing.history.basket import Line, prices, subtotal
from rules_engine.testing.history.edition import Edition, product_id
from rules_engine.testing.history.market import UNIT, exchanged, rate_text
from rules_engine.testing.history.trade import Customer, Trade
from rules_engine.wire.dates import write_instant


@define(eq=False)
class Sale:
    """A session.

    Attributes:
        trade: The shop.
        id: `cs_...`.
        secret: What its browser was given.
        currency: What the buyer pays in.
        rate: How many millionths of the settlement currency one of it was when the session was made.
        lines: What is bought.
        customer: Who buys; None is a guest.
        codes_allowed: Whether the buyer may enter a promotion code.
        expires: Payable until just before this instant.
        edition: The discount that it carries.
        entered: Whether that is a promotion code.
        paid: Whether it was paid.
    """

    trade: Trade
    id: str
    secret: str
    currency: str
    rate: int
    lines: Sequence[Line]
    customer: Customer | None
    codes_allowed: bool
    expires: datetime
    edition: Edition | None = None
    entered: bool = False
    paid: bool = False

    @property
    def amount(self) -> int:
        """The subtotal, in minor units of the settlement currency."""
        return self._settled(subtotal(self.lines, self.currency))

    def _settled(self, amount: int) -> int:
        settlement = self.trade.shop.settlement
        return amount if self.currency == settlement else exchanged(amount, self.currency, settlement, self.rate)

    def facts(self, now: datetime, **known: Any) -> dict[str, Any]:
        """Give the account, the session and its prices, and what else is known."""
        return self.trade.facts(
            session=self._session(), prices=prices(self.trade, self.lines, self.currency, now), **known
        )

    def _session(self) -> dict[str, Any]:
        shop = self.trade.shop
        session: dict[str, Any] = {
            "id": self.id,
            "object": "checkout.session",
            "status": "complete" if self.paid else "open",
            "paymentStatus": "paid" if self.paid else "unpaid",
            "currency": shop.settlement,
            "amountSubtotal": self.amount,
            "expiresAt": write_instant(self.expires),
            "clientSecret": self.secret,
            "customerId": None if self.customer is None else self.customer.id,
            "allowPromotionCodes": self.codes_allowed,
            "lineItems": [self._line(index, line) for index, line in enumerate(self.lines, 1)],
            "discounts": self._discounts(),
            "paymentMethodTypes": [{"type": method} for method in shop.methods[self.currency]],
            "livemode": shop.livemode,
        }
        if self.currency != shop.settlement:
            session["presentmentDetails"] = {
                "currency": self.currency,
                "amountSubtotal": subtotal(self.lines, self.currency),
                "exchangeRate": rate_text(self.rate),
            }
        return session

    def _line(self, index: int, line: Line) -> dict[str, Any]:
        shop, unit = self.trade.shop, line.item.amounts[self.currency]
        facts: dict[str, Any] = {
            "id": f"li_{index}",
            "quantity": line.quantity,
            "price": {
                "id": self.trade.price_id(line.item, self.currency),
                "unitAmount": unit,
                "type": line.item.type,
                "product": {"id": product_id(shop, line.item.name)},
            },
            "amountSubtotal": self._settled(unit * line.quantity),
        }
        if self.currency != shop.settlement:
            facts["presentmentDetails"] = {"currency": self.currency, "amountSubtotal": unit * line.quantity}
        return facts

    def _discounts(self) -> list[dict[str, Any]]:
        if self.edition is None:
            return []
        discount: dict[str, Any] = {"coupon": {"id": self.edition.coupon_id}}
        return [{**discount, "promotionCodeId": self.edition.promotion_code_id} if self.entered else discount]


def rate_of(trade: Trade, currency: str) -> int:
    """Tell the rate that a session locks in: how many millionths of the settlement currency one is."""
    return trade.market.rate(currency, trade.shop.settlement) or UNIT

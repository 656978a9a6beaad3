"""The stored session that an operation acts on, as far as anybody looked."""

import hmac
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from rules_engine.models import Draft, Session, SessionLine
from rules_engine.models.currency import fold_currency
from rules_engine.views.basket import Basket
from rules_engine.views.session import ClientSecretView, StoredSessionView, TargetView
from rules_engine.views.views import UnknownFact


class StoredSession:
    """The stored session of a draft.

    Attributes:
        facts: What the host knows.
        session: The session; None where there is none, or nobody looked.
        missing: Whether it is known not to exist.
        unknown: Whether nobody looked it up.
    """

    def __init__(self, draft: Draft[Any], unknown: list[UnknownFact]) -> None:
        """Look for the session among the facts.

        Args:
            draft: A draft that acts on a session.
            unknown: Where it is noted that nobody looked the session up.
        """
        self.facts = facts = draft.facts
        session = facts.session
        wanted = draft.target.id if draft.target is not None else None if session is None else session.id
        self.session: Session | None = session if session is not None and session.id == wanted else None
        self.missing = self.session is None and wanted in facts.missing.sessions
        self.unknown = self.session is None and not self.missing
        if self.unknown:
            unknown.append(("session", wanted))

    @property
    def currency(self) -> str | None:
        """What the buyer sees prices in, in upper case."""
        if self.session is None:
            return None
        presentment = self.session.presentment_details
        currency = self.session.currency if presentment is None else presentment.currency
        return None if currency is None else fold_currency(currency)

    @property
    def lines(self) -> Sequence[SessionLine] | None:
        """The lines; None where nobody looked. A session that only sets up a payment method has none."""
        if self.session is None or (self.session.line_items is None and self.session.mode == "setup"):
            return ()
        return self.session.line_items

    @property
    def currency_unknown(self) -> bool:
        """Whether nobody looked up the currency. A session that only sets up a payment method has none."""
        return self.unknown or (self.session is not None and self.currency is None and self.session.mode != "setup")

    @property
    def subtotal(self) -> int | None:
        """What the lines come to, in minor units of that currency."""
        if self.session is None:
            return None
        if self.session.presentment_details is not None:
            return self.session.presentment_details.amount_subtotal
        if self.session.amount_subtotal is not None or not self.lines:
            return self.session.amount_subtotal
        amounts = [line.amount_subtotal for line in self.lines]
        return None if None in amounts else sum(amount for amount in amounts if amount is not None)

    @property
    def locked_rate(self) -> tuple[str, Decimal] | None:
        """The rate that was locked when the session was created, and the currency in upper case that it is for."""
        if self.session is None or self.session.presentment_details is None:
            return None
        presentment = self.session.presentment_details
        return fold_currency(presentment.currency), presentment.exchange_rate

    def target_views(self) -> tuple[TargetView, ...]:
        """Tell whether the session exists."""
        return (TargetView(self.missing, self.unknown),)

    def stored_views(self) -> tuple[StoredSessionView, ...]:
        """Tell what state the session is in."""
        session = self.session
        if session is None:
            return (StoredSessionView(self.unknown, None, None, is_expired=False),)
        return (StoredSessionView(self.unknown, session.status, session.expires_at, session.is_expired),)

    def secret_views(self, given: str | None, unknown: list[UnknownFact]) -> tuple[ClientSecretView, ...]:
        """Compare the client secret that a request carries, in constant time.

        Args:
            given: The secret of the request; None where it carries none, so that there is nothing to compare.
            unknown: Where a stored secret that nobody looked up is noted.
        """
        if given is None or self.missing:
            return ()
        secret = None if self.session is None else self.session.client_secret
        if secret is None:
            if self.session is not None:
                unknown.append(("session.clientSecret", self.session.id))
            return (ClientSecretView(None),)
        same = hmac.compare_digest(secret.encode("utf-8", "surrogatepass"), given.encode("utf-8", "surrogatepass"))
        return (ClientSecretView(same),)

    def note_subtotal(self, unknown: list[UnknownFact]) -> None:
        """Note that nobody knows what the lines come to, where that is so."""
        if self.session is not None and self.subtotal is None:
            unknown.append(("session.amountSubtotal", self.session.id))

    def note_currency(self, unknown: list[UnknownFact]) -> None:
        """Note that nobody knows the currency, where that is so."""
        if self.session is not None and self.currency_unknown:
            unknown.append(("session.currency", self.session.id))

    def note_lines(self, unknown: list[UnknownFact]) -> None:
        """Note that nobody knows the lines, where that is so."""
        if self.session is not None and self.lines is None:
            unknown.append(("session.lineItems", self.session.id))

    def basket(self, unknown: list[UnknownFact]) -> Basket:
        """Measure the session as it is stored.

        Args:
            unknown: Where a fact that nobody looked up is noted.
        """
        session, facts = self.session, self.facts
        if facts.merchant is None:
            # What a minimum in another currency is converted through; asked for at once, it costs no round of its own.
            unknown.append(("merchant", None))
        products: set[str | None] = set()
        to_look_up: list[str] = []
        gone = frozenset(facts.missing.prices)
        self.note_currency(unknown)
        for line in self.lines or ():
            if line.price.product is not None:
                products.add(line.price.product.id)
            elif line.price.id in facts.prices:
                products.add(facts.prices[line.price.id].product_id)
            elif line.price.id not in gone:
                to_look_up.append(line.price.id)
        discounts = () if session is None else session.discounts
        return Basket(
            facts,
            unknown,
            currency=self.currency,
            subtotal=self.subtotal,
            amount_unknown=self.currency_unknown or (session is not None and self.subtotal is None),
            products=None if session is None or self.lines is None else products,
            lines_unknown=self.lines is None,
            customer_id=None if session is None else session.customer_id,
            customer_unknown=self.unknown,
            prices_unknown=to_look_up or None,
            locked_rate=self.locked_rate,
            carried_codes=frozenset(discount.promotion_code_id for discount in discounts),
            carried_coupons=frozenset(discount.coupon.id for discount in discounts),
            carried_by=None if session is None else session.customer_id,
        )

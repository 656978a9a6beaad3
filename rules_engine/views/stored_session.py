"""The stored session that an operation acts on, as far as it is provided, and what of it a request may not change."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from rules_engine.models import Draft, Facts, Session, SessionLine, customer_of, fold_currency, product_of
from rules_engine.views.basket import Basket, line_products
from rules_engine.views.line_item import LineItems
from rules_engine.views.request_secrets import is_same_secret
from rules_engine.views.scope import Reference, scope, view
from rules_engine.views.views import TARGET_PLACE, UnknownFact


@scope(TARGET_PLACE)
@view
class TargetView(Reference):
    """The session an operation acts on, by id."""


@scope(("facts", "session"))
@view
class StoredSessionView(TargetView):
    """The stored session that an operation acts on.

    Attributes:
        facts: What the application knows.
        currency_unknown: Whether the currency is unknown. A session that only sets up a payment method has none.
        session: The session; None where there is none, or it is not provided.
        currency: What the buyer sees prices in, in upper case; None where there is none, or it is unknown.
        lines: Its lines; None where they are not provided. A session that only sets up a payment method has none.
        subtotal: What they come to, in minor units of that currency; None where that is unknown.
        locked_rate: The rate that was locked when it was created, and the currency in upper case that it is for.
    """

    facts: Facts
    currency_unknown: bool
    session: Session | None = None
    currency: str | None = None
    lines: Sequence[SessionLine] | None = ()
    subtotal: int | None = None
    locked_rate: tuple[str, Decimal] | None = None


@scope(("facts", "session", "lineItems"))
@view
class PaidLinesView:
    """The lines of a stored session that is paid.

    Attributes:
        quantity: How much they come to; None where they are not provided.
    """

    quantity: int | None


@scope(("request",))
@view
class ClientSecretView:
    """A client secret that a request carries. The secret itself is not kept.

    Attributes:
        matches: Whether it is the one of the stored session; None where that is unknown.
    """

    matches: bool | None


@scope(("request",))
@view
class PatchView:
    """An update, and which fields it carries that cannot be changed.

    Attributes:
        mode: Whether the request carries the field; the same for the others.
    """

    mode: bool
    ui_mode: bool
    submit_type: bool
    currency: bool
    expires_after_minutes: bool


def build_stored_session(draft: Draft[Any], unknown: list[UnknownFact]) -> StoredSessionView:
    """Build the stored session that a draft acts on."""
    facts = draft.facts
    session = facts.session
    wanted = draft.target.id if draft.target is not None else None if session is None else session.id
    if session is None or session.id != wanted:
        missing = wanted in facts.missing.sessions
        if not missing:
            unknown.append(("session", wanted))
        return StoredSessionView(facts=facts, missing=missing, unknown=not missing, currency_unknown=not missing)
    presentment = session.presentment_details
    spelt = session.currency if presentment is None else presentment.currency
    currency = None if spelt is None else fold_currency(spelt)
    return StoredSessionView(
        facts=facts,
        session=session,
        missing=False,
        unknown=False,
        currency=currency,
        currency_unknown=currency is None and session.mode != "setup",
        lines=() if session.line_items is None and session.mode == "setup" else session.line_items,
        subtotal=_subtotal(session),
        locked_rate=None if presentment is None or currency is None else (currency, presentment.exchange_rate),
    )


def _subtotal(session: Session) -> int | None:
    if session.presentment_details is not None:
        return session.presentment_details.amount_subtotal
    if session.amount_subtotal is not None or not session.line_items:
        return session.amount_subtotal
    total = 0
    for line in session.line_items:
        if line.amount_subtotal is None:
            return None
        total += line.amount_subtotal
    return total


def build_client_secret(
    given: str | None, stored: StoredSessionView, unknown: list[UnknownFact]
) -> tuple[ClientSecretView, ...]:
    """Build whether the client secret that a request carries, where it carries one, is the one of the session."""
    if given is None or stored.missing:
        return ()
    secret = None if stored.session is None else stored.session.client_secret
    if secret is None and stored.session is not None:
        unknown.append(("session.clientSecret", stored.session.id))
    return (ClientSecretView(matches=None if secret is None else is_same_secret(secret, given)),)


def note_amount(stored: StoredSessionView, unknown: list[UnknownFact]) -> None:
    """Note that the lines are unknown, and what they come to, where that is so."""
    if stored.session is not None and stored.subtotal is None:
        unknown.append(("session.amountSubtotal", stored.session.id))
    note_lines(stored, unknown)


def note_lines(stored: StoredSessionView, unknown: list[UnknownFact]) -> None:
    """Note that the lines are unknown, where that is so."""
    if stored.session is not None and stored.lines is None:
        unknown.append(("session.lineItems", stored.session.id))


def note_currency(stored: StoredSessionView, unknown: list[UnknownFact]) -> None:
    """Note that the currency is unknown, where that is so."""
    if stored.session is not None and stored.currency_unknown:
        unknown.append(("session.currency", stored.session.id))


def build_basket(
    stored: StoredSessionView,
    lines: LineItems | None,
    customer_id: str | None,
    unknown: list[UnknownFact],
    *,
    customer_unknown: bool,
) -> Basket:
    """Build the side of the session that discounts read; `lines` is None where the request keeps the stored ones."""
    session, facts = stored.session, stored.facts
    if facts.merchant is None:
        # What a minimum in another currency is converted through; required at once, it costs no round of its own.
        unknown.append(("merchant", None))
    note_currency(stored, unknown)
    discounts = () if session is None else session.discounts
    products, products_unknown = _stored_products(stored) if lines is None else line_products(lines)
    return Basket(
        facts=facts,
        unknown=unknown,
        currency=stored.currency,
        subtotal=stored.subtotal if lines is None else lines.subtotal,
        amount_unknown=stored.currency_unknown
        or (session is not None and stored.subtotal is None if lines is None else lines.unknown),
        products=products,
        lines_unknown=(stored.unknown or stored.lines is None) if lines is None else lines.unknown,
        customer_id=customer_id,
        customer_unknown=customer_unknown,
        products_unknown=products_unknown,
        locked_rate=stored.locked_rate,
        carried_codes=frozenset([discount.promotion_code_id for discount in discounts]),
        carried_coupons=frozenset([discount.coupon.id for discount in discounts]),
        carried_by=customer_of(session),
    )


def _stored_products(stored: StoredSessionView) -> tuple[set[str | None] | None, list[UnknownFact] | None]:
    """Return the products of the stored lines as a basket has them, and what it takes to know more of them."""
    if stored.session is None or stored.lines is None:
        return None, None
    gone, known = frozenset(stored.facts.missing.prices), stored.facts.prices
    products: set[str | None] = set()
    required: list[UnknownFact] = []
    for line in stored.lines:
        product, price = line.price.product, known.get(line.price.id)
        product_id = product.id if product is not None else None if price is None else product_of(price)
        products.add(product_id)
        # A price that is not in the catalogue was written into its line, and so was its product.
        if product_id is None and line.price.id not in gone:
            required.append(("prices" if price is None else "prices.productId", line.price.id))
    return products, list(dict.fromkeys(required)) or None

"""How a buyer pays: the types a request offers; the stored method, the chosen type and the intent of a confirmation."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from rules_engine.models import UNSET, Facts, PaymentIntent, Session, Unset, customer_of, fold_currency
from rules_engine.path import Path
from rules_engine.views.scope import Reference, constructor, scope, view
from rules_engine.views.stored_session import StoredSessionView, note_currency
from rules_engine.views.views import UnknownFact, look_up

STATED_TYPES: Final[Path] = ("request", "paymentMethodTypes")
"""Where a request states the payment method types of a session."""
CHOSEN_TYPE: Final[Path] = ("request", "paymentMethodType")
STORED_METHOD: Final[Path] = ("request", "paymentMethod")
"""Where a request names what the buyer pays by: a type, and a stored method."""
DEFAULT_CONFIGURATION = "default"
"""The key under which the account's default configuration is required, while its id is unknown."""


@scope(
    fields="paymentMethodTypes",
    fields_in={"configuration.create": "enabledMethods", "configuration.update": "enabledMethods"},
)
@view
class MethodTypesView:
    """The payment method types that a request switches on, for a session or in a configuration.

    Attributes:
        place: Where they stand.
        not_enabled: Those that are not switched on for the account.
        unknown: Whether the types of the account are not provided.
    """

    place: Path
    not_enabled: tuple[str, ...]
    unknown: bool


@scope(STORED_METHOD)
@view
class PaymentMethodView(Reference):
    """The stored payment method a request names.

    Attributes:
        readable: Whether its stored data can be read.
        owner: The customer who owns it; None where it belongs to none.
        customer_id: The customer of the session.
        session_unknown: Whether the session is not provided.
        type: What kind of method it is; None where that is unknown.
        offered: The types that the session offers; None where that is unknown.
        offered_unknown: Whether what the session offers is not provided.
    """

    readable: bool
    owner: str | None
    customer_id: str | None
    session_unknown: bool
    type: str | None
    offered: frozenset[str] | None
    offered_unknown: bool


@scope(CHOSEN_TYPE)
@view
class ChosenMethodView:
    """The payment method type a buyer chose.

    Attributes:
        type: The type.
        offered: The types that the session offers; None where that is unknown.
        offered_unknown: Whether what the session offers is not provided.
    """

    type: str
    offered: frozenset[str] | None
    offered_unknown: bool


@scope(fields=("paymentMethodType", "paymentMethod"))
@view
class PayingTypeView:
    """The payment method type that a session is paid by: the one that the buyer chose, else that of the stored method.

    Attributes:
        place: What names it.
        type: The type.
        currency: The currency of the session in upper case; None where it has none, or it is unknown.
        works: Whether the type works in that currency; None where that is unknown.
        amount: What is to be paid, in minor units of the session's amounts; None where that is unknown.
        minimum: The least that the type takes, in the same units; None for no least.
        maximum: The most that it takes; None for no most.
    """

    place: Path
    type: str
    currency: str | None
    works: bool | None
    amount: int | None
    minimum: Decimal | None
    maximum: Decimal | None


@scope(fields=("paymentMethodTypes", "paymentMethodConfigurationId"))
@view
class SessionMethodsView:
    """The payment method types of a session that a request states, or whose configuration it names; none known to work.

    Attributes:
        place: Where it does.
        types: The types.
        currency: The currency of the session in upper case; None where it has none, or it is unknown.
        works: False where none of them works in that currency; None where that is unknown.
    """

    place: Path
    types: Sequence[str]
    currency: str | None
    works: bool | None


@scope(("request", "paymentIntentId"))
@view
class PaymentIntentView(Reference):
    """The payment intent a request names.

    Attributes:
        other_session: Whether it pays another session, or the session is paid by another one.
        owner: Its customer; None for a guest's.
        customer_id: The customer of the session.
        session_unknown: Whether the session is not provided.
    """

    other_session: bool
    owner: str | None
    customer_id: str | None
    session_unknown: bool


_method_types_view = constructor(MethodTypesView)


def build_method_types(
    place: Path, types: Sequence[str] | Unset | None, facts: Facts, unknown: list[UnknownFact]
) -> tuple[MethodTypesView, ...]:
    """Build the payment method types of a request, where it names any, compared with those of the account."""
    if types is UNSET or not types:
        return ()
    merchant = facts.merchant
    if merchant is None or merchant.supported_currencies is None:
        unknown.append(("merchant" if merchant is None else "merchant.supportedCurrencies", None))
        return (_method_types_view(place=place, not_enabled=(), unknown=True),)
    left = set(types)
    for currency in merchant.supported_currencies:
        left.difference_update(currency.payment_method_types)
        if not left:
            break
    not_enabled = tuple([kind for kind in types if kind in left]) if left else ()
    return (_method_types_view(place=place, not_enabled=not_enabled, unknown=False),)


def offered_types(stored: StoredSessionView, unknown: list[UnknownFact]) -> frozenset[str] | None:
    """Return which payment method types a stored session offers: its own, else those of its configuration.

    Returns:
        The types; None where there is no session, or where what it follows is not provided.
    """
    session, facts = stored.session, stored.facts
    if session is None:
        return None
    if session.payment_method_types is not None:
        return frozenset([method.type for method in session.payment_method_types])
    key = session.payment_method_configuration_id
    for configuration in facts.configurations.values():
        if configuration.id == key or (key is None and configuration.is_default):
            return frozenset(configuration.enabled_methods)
    _, missing, _ = look_up(key or DEFAULT_CONFIGURATION, {}, facts.missing.configurations, "configurations", unknown)
    return frozenset() if missing else None


def build_payment_method(
    method_id: str | None, stored: StoredSessionView, offered: frozenset[str] | None, unknown: list[UnknownFact]
) -> tuple[PaymentMethodView, ...]:
    """Build the stored payment method that a request names, with the stored session."""
    if method_id is None:
        return ()
    facts, session = stored.facts, stored.session
    method, missing, method_unknown = look_up(
        method_id, facts.payment_methods, facts.missing.payment_methods, "paymentMethods", unknown
    )
    return (
        PaymentMethodView(
            missing=missing,
            unknown=method_unknown,
            readable=method is None or method.readable,
            owner=None if method is None else method.customer_id,
            customer_id=customer_of(session),
            session_unknown=stored.unknown,
            type=None if method is None else method.type,
            offered=offered,
            offered_unknown=stored.unknown or (session is not None and offered is None),
        ),
    )


def build_chosen_method(
    chosen: str | None, stored: StoredSessionView, offered: frozenset[str] | None
) -> tuple[ChosenMethodView, ...]:
    """Build the payment method type that a buyer chose, with what the stored session offers."""
    if chosen is None:
        return ()
    offered_unknown = stored.unknown or (stored.session is not None and offered is None)
    return (ChosenMethodView(type=chosen, offered=offered, offered_unknown=offered_unknown),)


def build_paying_type(
    chosen: str | None, methods: Sequence[PaymentMethodView], stored: StoredSessionView, unknown: list[UnknownFact]
) -> tuple[PayingTypeView, ...] | None:
    """Build the type that a session is paid by, where a request names one; None where it is unknown."""
    session = stored.session
    if (chosen is None and not methods) or stored.missing:
        return ()
    place, kind = (CHOSEN_TYPE, chosen) if chosen is not None else (STORED_METHOD, methods[0].type)
    if session is None or kind is None:
        return () if session is not None and methods[0].missing else None
    minimum = maximum = None
    for offered in session.payment_method_types or ():
        if offered.type == kind:
            minimum, maximum = offered.min_transaction_amount, offered.max_transaction_amount
    if session.amount_total is None and (minimum is not None or maximum is not None):
        unknown.append(("session.amountTotal", session.id))
    note_currency(stored, unknown)
    return (
        PayingTypeView(
            place=place,
            type=kind,
            currency=stored.currency,
            works=works_in((kind,), stored.currency, stored.facts, unknown, currency_unknown=stored.currency_unknown),
            amount=session.amount_total,
            minimum=minimum,
            maximum=maximum,
        ),
    )


def build_session_methods(
    place: Path,
    types: Sequence[str],
    currency: str | None,
    facts: Facts,
    unknown: list[UnknownFact],
    *,
    currency_unknown: bool,
) -> tuple[SessionMethodsView, ...]:
    """Build the types of a session, as a request names them at a place; an empty list names none in particular."""
    if not types:
        return ()
    works = works_in(types, currency, facts, unknown, currency_unknown=currency_unknown)
    # Nearly every session has one that works, and then there is nothing to judge.
    return () if works else (SessionMethodsView(place=place, types=types, currency=currency, works=works),)


def works_in(
    types: Sequence[str], currency: str | None, facts: Facts, unknown: list[UnknownFact], *, currency_unknown: bool
) -> bool | None:
    """Return whether one of some types works in the currency of a session; None where that is unknown."""
    if currency is None:
        # A session that only sets up a payment method has no currency that one could not work in.
        return None if currency_unknown else True
    merchant = facts.merchant
    if merchant is None or merchant.supported_currencies is None:
        unknown.append(("merchant" if merchant is None else "merchant.supportedCurrencies", None))
        return None
    for supported in merchant.supported_currencies:
        if fold_currency(supported.code) == currency:
            for kind in supported.payment_method_types:
                if kind in types:
                    return True
    return False


def build_payment_intent(
    intent_id: str | None, stored: StoredSessionView | None, facts: Facts, unknown: list[UnknownFact]
) -> tuple[PaymentIntentView, ...]:
    """Build the payment intent that a request names, with the stored session; None where there is no session to it."""
    if intent_id is None:
        return ()
    session = None if stored is None else stored.session
    intent, missing, intent_unknown = look_up(
        intent_id, facts.payment_intents, facts.missing.payment_intents, "paymentIntents", unknown
    )
    return (
        PaymentIntentView(
            missing=missing,
            unknown=intent_unknown,
            other_session=intent is not None and session is not None and not _pays(intent, session),
            owner=None if intent is None or intent.customer is None else intent.customer.id,
            customer_id=customer_of(session),
            session_unknown=stored is not None and stored.unknown,
        ),
    )


def _pays(intent: PaymentIntent, session: Session) -> bool:
    """Return whether a payment intent may be the one of a session: both may leave the other open."""
    return session.payment_intent_id in (None, intent.id) and intent.checkout_session_id in (None, session.id)

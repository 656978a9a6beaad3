"""How a buyer pays: the types a request offers; the stored method, the chosen type and the intent of a confirmation."""

from collections.abc import Sequence
from typing import Final

from rules_engine.models import UNSET, Facts, Unset
from rules_engine.path import Path
from rules_engine.views.scope import Reference, constructor, scope, view
from rules_engine.views.stored_session import StoredSessionView
from rules_engine.views.views import UnknownFact, look_up

STATED_TYPES: Final[Path] = ("request", "paymentMethodTypes")
"""Where a request states the payment method types of a session."""
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


@scope(("request", "paymentMethod"))
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


@scope(("request", "paymentMethodType"))
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


@scope(("request", "paymentIntentId"))
@view
class PaymentIntentView(Reference):
    """The payment intent a request names.

    Attributes:
        owner: Its customer; None for a guest's.
        customer_id: The customer of the session.
        session_unknown: Whether the session is not provided.
    """

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
            customer_id=None if session is None else session.customer_id,
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
            owner=None if intent is None or intent.customer is None else intent.customer.id,
            customer_id=None if session is None else session.customer_id,
            session_unknown=stored is not None and stored.unknown,
        ),
    )

"""How a buyer pays: the types a request offers; the stored method, the chosen type and the intent of a confirmation."""

from collections.abc import Sequence
from typing import Final

from rules_engine.models import Facts, Session
from rules_engine.path import Path
from rules_engine.views.scope import Axis, Scope, view

STATED_TYPES: Final[Path] = ("request", "paymentMethodTypes")
"""Where a request states the payment method types of a session."""
DEFAULT_CONFIGURATION = "default"
"""The key under which the account's default configuration is asked for, while nobody knows its id."""


@view
class MethodTypesView:
    """The payment method types that a request switches on, for a session or in a configuration.

    Attributes:
        place: Where they stand.
        not_enabled: Those that the account has not.
        unknown: Whether nobody looked up the types that the account has.
    """

    place: Path
    not_enabled: tuple[str, ...]
    unknown: bool


@view
class PaymentMethodView:
    """The stored payment method a request names.

    Attributes:
        missing: Whether it is known not to exist.
        unknown: Whether nobody looked it up.
        readable: Whether its stored data can be read.
        owner: The customer who owns it; None is nobody's.
        customer_id: The customer of the session.
        session_unknown: Whether nobody looked the session up.
        type: What kind of method it is; None where nobody knows.
        offered: The types that the session offers; None where nobody knows.
        offered_unknown: Whether nobody looked up what the session offers.
    """

    missing: bool
    unknown: bool
    readable: bool
    owner: str | None
    customer_id: str | None
    session_unknown: bool
    type: str | None
    offered: frozenset[str] | None
    offered_unknown: bool


@view
class ChosenMethodView:
    """The payment method type a buyer chose.

    Attributes:
        type: The type.
        offered: The types that the session offers; None where nobody knows.
        offered_unknown: Whether nobody looked up what the session offers.
    """

    type: str
    offered: frozenset[str] | None
    offered_unknown: bool


@view
class PaymentIntentView:
    """The payment intent a request names.

    Attributes:
        missing: Whether it is known not to exist.
        unknown: Whether nobody looked it up.
        owner: Its customer; None for a guest's.
        customer_id: The customer of the session.
        session_unknown: Whether nobody looked the session up.
    """

    missing: bool
    unknown: bool
    owner: str | None
    customer_id: str | None
    session_unknown: bool


def join_method_types(
    place: Path, types: Sequence[str], facts: Facts, unknown: list[tuple[str, str | None]]
) -> tuple[MethodTypesView, ...]:
    """Compare the payment method types of a request with those of the account; an empty list names none.

    Args:
        place: Where they stand.
        types: The types.
        facts: What the host knows.
        unknown: Where it is noted that nobody looked up the types that the account has.
    """
    if not types:
        return ()
    merchant = facts.merchant
    if merchant is None or merchant.supported_currencies is None:
        unknown.append(("merchant" if merchant is None else "merchant.supportedCurrencies", None))
        return (MethodTypesView(place, (), unknown=True),)
    left = set(types)
    for currency in merchant.supported_currencies:
        left.difference_update(currency.payment_method_types)
        if not left:
            break
    not_enabled = tuple(kind for kind in types if kind in left) if left else ()
    return (MethodTypesView(place, not_enabled, False),)  # noqa: FBT003  # a row of a table, and in the hot path


def offered_types(
    session: Session | None, facts: Facts, unknown: list[tuple[str, str | None]]
) -> frozenset[str] | None:
    """Tell which payment method types a stored session offers: its own, else those of its configuration.

    Returns:
        The types; None where there is no session, or nobody looked up what it follows.
    """
    if session is None:
        return None
    if session.payment_method_types is not None:
        return frozenset(method.type for method in session.payment_method_types)
    key = session.payment_method_configuration_id
    for configuration in facts.configurations.values():
        if configuration.id == key or (key is None and configuration.is_default):
            return frozenset(configuration.enabled_methods)
    if (key or DEFAULT_CONFIGURATION) in facts.missing.configurations:
        return frozenset()
    unknown.append(("configurations", key or DEFAULT_CONFIGURATION))
    return None


def join_payment_method(
    method_id: str,
    session: Session | None,
    facts: Facts,
    offered: frozenset[str] | None,
    unknown: list[tuple[str, str | None]],
    *,
    session_unknown: bool,
) -> PaymentMethodView:
    """Look a payment method up and join it with the stored session."""
    known = facts.payment_methods.get(method_id)
    missing = known is None and method_id in facts.missing.payment_methods
    if known is None and not missing:
        unknown.append(("paymentMethods", method_id))
    return PaymentMethodView(
        missing=missing,
        unknown=known is None and not missing,
        readable=known is None or known.readable,
        owner=None if known is None else known.customer_id,
        customer_id=None if session is None else session.customer_id,
        session_unknown=session_unknown,
        type=None if known is None else known.type,
        offered=offered,
        offered_unknown=session_unknown or (session is not None and offered is None),
    )


def join_payment_intent(
    intent_id: str,
    session: Session | None,
    facts: Facts,
    unknown: list[tuple[str, str | None]],
    *,
    session_unknown: bool,
) -> PaymentIntentView:
    """Look a payment intent up and join it with the stored session."""
    known = facts.payment_intents.get(intent_id)
    missing = known is None and intent_id in facts.missing.payment_intents
    if known is None and not missing:
        unknown.append(("paymentIntents", intent_id))
    return PaymentIntentView(
        missing=missing,
        unknown=known is None and not missing,
        owner=None if known is None or known.customer is None else known.customer.id,
        customer_id=None if session is None else session.customer_id,
        session_unknown=session_unknown,
    )


def _types_place(types: MethodTypesView) -> Path:
    return types.place


def _method_place(_: PaymentMethodView) -> Path:
    return ("request", "paymentMethod")


def _chosen_place(_: ChosenMethodView) -> Path:
    return ("request", "paymentMethodType")


def _intent_place(_: PaymentIntentView) -> Path:
    return ("request", "paymentIntentId")


METHOD_TYPES = Scope(
    "method_types",
    MethodTypesView,
    Axis.ROOT,
    _types_place,
    fields="paymentMethodTypes",
    fields_in={"configuration.create": "enabledMethods", "configuration.update": "enabledMethods"},
)
PAYMENT_METHOD = Scope("payment_method", PaymentMethodView, Axis.ROOT, _method_place, fields="paymentMethod")
CHOSEN_METHOD = Scope("chosen_method", ChosenMethodView, Axis.ROOT, _chosen_place, fields="paymentMethodType")
PAYMENT_INTENT = Scope("payment_intent", PaymentIntentView, Axis.ROOT, _intent_place, fields="paymentIntentId")

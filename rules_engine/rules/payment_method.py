"""How a session may be paid. Sources: XPay's error page and its schemas of sessions, payment methods and intents."""

from rules_engine import codes
from rules_engine.rules.declaration import rule, shows_nothing
from rules_engine.rules.limits import SUPPORTED_PAYMENT_METHOD_TYPES
from rules_engine.rules.stored_session import session_missing
from rules_engine.views.context import Context
from rules_engine.views.payment_method import (
    CHOSEN_METHOD,
    METHOD_TYPES,
    PAYMENT_INTENT,
    PAYMENT_METHOD,
    ChosenMethodView,
    MethodTypesView,
    PaymentIntentView,
    PaymentMethodView,
)
from rules_engine.violation import Evidence


def _owners(view: PaymentMethodView | PaymentIntentView, _: Context) -> Evidence:
    return {"customerId": view.owner, "sessionCustomerId": view.customer_id}


def _types(view: PaymentMethodView | ChosenMethodView, _: Context) -> Evidence:
    return {"type": view.type, "paymentMethodTypes": tuple(sorted(view.offered or ()))}


@rule(
    codes.PARAMETER_INVALID,
    on=METHOD_TYPES,
    undecided_when=lambda types, _: types.unknown,
    evidence=lambda types, _: {"notEnabled": types.not_enabled},
)
def payment_method_types_not_enabled(types: MethodTypesView, _: Context) -> bool:
    """Some of these payment method types are not switched on for the account.

    A type counts as switched on if it works in any of the account's currencies; an empty list names none. A session and
    a configuration have the same to choose from. XPay's schema of the create call and its page on payment methods; its
    plugins meet this code at the types of a session.
    """
    return types.not_enabled != ()


@rule(
    codes.RESOURCE_MISSING,
    on=PAYMENT_METHOD,
    undecided_when=lambda method, _: method.unknown,
    evidence=shows_nothing,
)
def payment_method_missing(method: PaymentMethodView, _: Context) -> bool:
    """There is no such payment method."""
    return method.missing


@rule(
    codes.PAYMENT_METHOD_CORRUPTED,
    on=PAYMENT_METHOD,
    needs=(payment_method_missing,),
    undecided_when=lambda method, _: method.unknown,
    evidence=shows_nothing,
)
def payment_method_corrupted(method: PaymentMethodView, _: Context) -> bool:
    """The stored payment method can no longer be read."""
    return not method.readable


@rule(
    codes.PAYMENT_METHOD_CUSTOMER_MISMATCH,
    on=PAYMENT_METHOD,
    needs=(session_missing, payment_method_missing),
    undecided_when=lambda method, _: method.unknown or (method.owner is not None and method.session_unknown),
    evidence=_owners,
)
def payment_method_customer_mismatch(method: PaymentMethodView, _: Context) -> bool:
    """The payment method belongs to another customer.

    A session without a customer may not use a customer's method; a method that is nobody's fits any session.
    """
    return method.owner is not None and method.owner != method.customer_id and not method.session_unknown


@rule(
    codes.PAYMENT_METHOD_MISMATCH,
    on=PAYMENT_METHOD,
    needs=(session_missing, payment_method_missing),
    limits=(SUPPORTED_PAYMENT_METHOD_TYPES,),
    undecided_when=lambda method, _: method.unknown or method.offered_unknown,
    evidence=_types,
)
def stored_payment_method_mismatch(method: PaymentMethodView, ctx: Context) -> bool:
    """The session does not admit the type of this payment method.

    Neither the session nor the policy may leave it out.
    """
    return method.type is not None and (
        (method.offered is not None and method.type not in method.offered)
        or method.type not in ctx.limits[SUPPORTED_PAYMENT_METHOD_TYPES]
    )


@rule(
    codes.PAYMENT_METHOD_MISMATCH,
    on=CHOSEN_METHOD,
    needs=(session_missing,),
    limits=(SUPPORTED_PAYMENT_METHOD_TYPES,),
    undecided_when=lambda chosen, _: chosen.offered_unknown,
    evidence=_types,
)
def payment_method_mismatch(chosen: ChosenMethodView, ctx: Context) -> bool:
    """The session does not admit the type of payment method that was chosen.

    It admits its own types, else those of its configuration, else those of the account's default configuration; a
    policy may admit fewer.
    """
    return (chosen.offered is not None and chosen.type not in chosen.offered) or chosen.type not in ctx.limits[
        SUPPORTED_PAYMENT_METHOD_TYPES
    ]


@rule(
    codes.RESOURCE_MISSING,
    on=PAYMENT_INTENT,
    undecided_when=lambda intent, _: intent.unknown,
    evidence=shows_nothing,
)
def payment_intent_missing(intent: PaymentIntentView, _: Context) -> bool:
    """There is no such payment intent."""
    return intent.missing


@rule(
    codes.PAYMENT_INTENT_CUSTOMER_MISMATCH,
    on=PAYMENT_INTENT,
    needs=(session_missing, payment_intent_missing),
    undecided_when=lambda intent, _: intent.unknown or (intent.owner is not None and intent.session_unknown),
    evidence=_owners,
)
def payment_intent_customer_mismatch(intent: PaymentIntentView, _: Context) -> bool:
    """The payment intent belongs to another customer.

    A session without a customer may not use a customer's intent; a guest's intent fits any session.
    """
    return intent.owner is not None and intent.owner != intent.customer_id and not intent.session_unknown

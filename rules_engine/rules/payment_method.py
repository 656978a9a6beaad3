"""How a session may be paid. Sources: XPay's error page and its schemas of sessions, payment methods and intents."""

from collections.abc import Mapping
from typing import Final

from rules_engine import codes
from rules_engine.rules.currency import unsupported_currency
from rules_engine.rules.kinds import VALUE, Exists, Setting
from rules_engine.rules.limits import SUPPORTED_PAYMENT_METHOD_TYPES
from rules_engine.rules.row import NOT_SHOWN, Shown, lowered, rule
from rules_engine.rules.stored_session import session_missing
from rules_engine.views.context import Context
from rules_engine.views.payment_method import (
    ChosenMethodView,
    MethodTypesView,
    PayingTypeView,
    PaymentIntentView,
    PaymentMethodView,
    SessionMethodsView,
)

_OFFERED: Final[Mapping[str, Shown]] = {
    "type": "type",
    "offeredTypes": lambda view, _: NOT_SHOWN if view.offered is None else tuple(sorted(view.offered)),
}
_NOT_OFFERED: Final = "The session does not accept the payment method type '{type}'."


@rule(
    codes.RESOURCE_MISSING,
    order=150,
    on=PaymentMethodView,
    violated=Exists(),
    message="No payment method with this id exists on this account in this mode.",
    counterexamples=(("confirm", {"/facts/paymentMethods": {}, "/facts/missing": {"paymentMethods": ["pm_1"]}}),),
)
def payment_method_missing() -> None:
    """The payment method does not exist."""


@rule(
    codes.PAYMENT_METHOD_CORRUPTED,
    order=160,
    on=PaymentMethodView,
    needs=(payment_method_missing,),
    undecided_when=lambda method, _: method.unknown,
    message="The stored payment method cannot be read; use another one.",
    counterexamples=(("confirm", {"/facts/paymentMethods/pm_1/readable": False}),),
)
def payment_method_corrupted(method: PaymentMethodView, _: Context) -> bool:
    """The stored payment method can no longer be read."""
    return not method.readable


@rule(
    codes.PAYMENT_METHOD_CUSTOMER_MISMATCH,
    order=170,
    on=PaymentMethodView,
    needs=(session_missing, payment_method_missing),
    undecided_when=lambda method, _: method.unknown or (method.owner is not None and method.session_unknown),
    message="The payment method does not belong to the customer of the session.",
    private={"customerId": "owner", "sessionCustomerId": "customer_id"},
    counterexamples=(("confirm", {"/facts/paymentMethods/pm_1/customerId": "cus_2"}),),
)
def payment_method_customer_mismatch(method: PaymentMethodView, _: Context) -> bool:
    """The payment method belongs to another customer than the session's.

    A session without a customer may not use a customer's method; a method of no customer fits any session.
    """
    return method.owner is not None and method.owner != method.customer_id and not method.session_unknown


@rule(
    codes.PAYMENT_METHOD_MISMATCH,
    order=180,
    on=PaymentMethodView,
    needs=(session_missing, payment_method_missing),
    limits=(SUPPORTED_PAYMENT_METHOD_TYPES,),
    undecided_when=lambda method, _: method.unknown or method.offered_unknown,
    message=_NOT_OFFERED,
    public=_OFFERED,
    counterexamples=(("confirm", {"/facts/paymentMethods/pm_1/type": "valu"}),),
    settings=Setting(
        "confirm", {"/facts/paymentMethods/pm_1/type": VALUE, "/facts/session/paymentMethodTypes": [{"type": VALUE}]}
    ),
)
def stored_payment_method_mismatch(method: PaymentMethodView, ctx: Context) -> bool:
    """The session, or the policy, does not offer the type of the stored payment method."""
    return method.type is not None and (
        (method.offered is not None and method.type not in method.offered)
        or method.type not in ctx.limits[SUPPORTED_PAYMENT_METHOD_TYPES]
    )


@rule(
    codes.PAYMENT_METHOD_MISMATCH,
    order=190,
    on=ChosenMethodView,
    needs=(session_missing,),
    limits=(SUPPORTED_PAYMENT_METHOD_TYPES,),
    undecided_when=lambda chosen, _: chosen.offered_unknown,
    message=_NOT_OFFERED,
    public=_OFFERED,
    counterexamples=(("confirm", {"/request/paymentMethodType": "valu"}),),
    settings=Setting(
        "confirm", {"/request/paymentMethodType": VALUE, "/facts/session/paymentMethodTypes": [{"type": VALUE}]}
    ),
)
def payment_method_mismatch(chosen: ChosenMethodView, ctx: Context) -> bool:
    """The session does not offer the payment method type that the buyer chose.

    It offers its own types, else those of its configuration, else those of the account's default configuration; a
    policy may admit fewer.
    """
    return (chosen.offered is not None and chosen.type not in chosen.offered) or chosen.type not in ctx.limits[
        SUPPORTED_PAYMENT_METHOD_TYPES
    ]


@rule(
    codes.PAYMENT_METHOD_MISMATCH,
    order=192,
    on=PayingTypeView,
    needs=(stored_payment_method_mismatch, payment_method_mismatch),
    undecided_when=lambda paying, _: paying.works is None,
    message="The payment method type '{type}' does not work in '{currency}', the currency of the session.",
    public={"type": "type", "currency": lowered("currency")},
    counterexamples=(
        (
            "confirm",
            {
                "/request/paymentMethod": None,
                "/request/paymentMethodType": "fawry",
                "/facts/merchant/supportedCurrencies/0/paymentMethodTypes": ["card"],
            },
        ),
    ),
)
def payment_method_of_another_currency(paying: PayingTypeView, _: Context) -> bool:
    """The type that the buyer pays by does not work in the currency of the session, though the session offers it.

    The account has its types by currency. XPay's page on payment methods; the code is the nearest of the error page.
    """
    return paying.works is False


@rule(
    codes.AMOUNT_INVALID,
    order=194,
    on=PayingTypeView,
    undecided_when=lambda paying, _: paying.minimum is not None and paying.amount is None,
    message="The payment method type '{type}' takes at least {minimum}, and the session comes to {amountTotal}.",
    public={"type": "type", "amountTotal": "amount", "minimum": "minimum"},
    counterexamples=(
        (
            "confirm",
            {
                "/facts/session/amountTotal": 128_500,
                "/facts/session/paymentMethodTypes/0/minTransactionAmount": "128501",
            },
        ),
    ),
)
def amount_below_method_minimum(paying: PayingTypeView, _: Context) -> bool:
    """The session comes to less than the type that the buyer pays by takes.

    Compared is the total, after discounts, in the currency of the session's amounts; equal is enough. XPay's schema of
    the session has the bounds of each type and names no code for them.
    """
    return paying.minimum is not None and paying.amount is not None and paying.amount < paying.minimum


@rule(
    codes.AMOUNT_INVALID,
    order=196,
    on=PayingTypeView,
    undecided_when=lambda paying, _: paying.maximum is not None and paying.amount is None,
    message="The payment method type '{type}' takes at most {maximum}, and the session comes to {amountTotal}.",
    public={"type": "type", "amountTotal": "amount", "maximum": "maximum"},
    counterexamples=(
        (
            "confirm",
            {
                "/facts/session/amountTotal": 128_500,
                "/facts/session/paymentMethodTypes/0/maxTransactionAmount": "128499",
            },
        ),
    ),
)
def amount_above_method_maximum(paying: PayingTypeView, _: Context) -> bool:
    """The session comes to more than the type that the buyer pays by takes. The same comparison as for the least."""
    return paying.maximum is not None and paying.amount is not None and paying.amount > paying.maximum


@rule(
    codes.PARAMETER_INVALID,
    order=520,
    on=MethodTypesView,
    undecided_when=lambda types, _: types.unknown,
    message="The account has not enabled these payment method types: {notEnabled}.",
    public={"notEnabled": "not_enabled"},
    counterexamples=(
        ("create", {"/request/paymentMethodTypes/-": "tabby"}),
        (("configuration_create", "configuration_update"), {"/request/enabledMethods": ["card", "tabby"]}),
    ),
)
def payment_method_types_not_enabled(types: MethodTypesView, _: Context) -> bool:
    """Some of these payment method types are not enabled for the account.

    A type is enabled if it works in any of the account's currencies; an empty list names none. Sessions and
    configurations choose from the same types. XPay's schema of the create call and its page on payment methods; its
    plugins meet this code at the types of a session.
    """
    return types.not_enabled != ()


@rule(
    codes.RESOURCE_MISSING,
    order=1010,
    on=PaymentIntentView,
    violated=Exists(),
    message="No payment intent with this id exists on this account in this mode.",
    counterexamples=(
        (
            ("confirm", "refund_create_by_intent"),
            {"/facts/paymentIntents": {}, "/facts/missing": {"paymentIntents": ["pi_1"]}},
        ),
    ),
)
def payment_intent_missing() -> None:
    """The payment intent does not exist."""


@rule(
    codes.PAYMENT_INTENT_CUSTOMER_MISMATCH,
    order=1020,
    on=PaymentIntentView,
    needs=(session_missing, payment_intent_missing),
    undecided_when=lambda intent, _: intent.unknown or (intent.owner is not None and intent.session_unknown),
    message="The payment intent does not belong to the customer of the session.",
    private={"customer": "owner", "sessionCustomerId": "customer_id"},
    except_in={"refund.create": "a refund has no session whose customer it could be"},
    counterexamples=(("confirm", {"/facts/paymentIntents/pi_1/customer": {"id": "cus_2"}}),),
)
def payment_intent_customer_mismatch(intent: PaymentIntentView, _: Context) -> bool:
    """The payment intent belongs to another customer than the session's.

    A session without a customer may not use a customer's intent; a guest's intent fits any session.
    """
    return intent.owner is not None and intent.owner != intent.customer_id and not intent.session_unknown


@rule(
    codes.PARAMETER_INVALID,
    order=1025,
    on=PaymentIntentView,
    needs=(session_missing, payment_intent_missing, payment_intent_customer_mismatch),
    undecided_when=lambda intent, _: intent.unknown,
    message="The payment intent is not the one of this session.",
    except_in={"refund.create": "a refund has no session whose intent it could be"},
    counterexamples=(
        ("confirm", {"/facts/session/paymentIntentId": "pi_2"}),
        ("confirm", {"/facts/paymentIntents/pi_1/checkoutSessionId": "cs_2"}),
    ),
)
def payment_intent_of_another_session(intent: PaymentIntentView, _: Context) -> bool:
    """The payment intent is the one of another session, or the session has another one.

    A session may not have one yet, and an intent may be made for no session. XPay's schemas of both name the other; the
    error page has no code for it.
    """
    return intent.other_session


@rule(
    codes.PARAMETER_INVALID,
    order=1215,
    on=SessionMethodsView,
    needs=(unsupported_currency, payment_method_types_not_enabled),
    undecided_when=lambda methods, _: methods.works is None,
    message="No payment method type of the session works in its currency, '{currency}': {types}.",
    public={"types": "types", "currency": lowered("currency")},
    counterexamples=(
        ("create_foreign", {"/request/paymentMethodTypes": ["fawry"]}),
        ("create_configured", {"/facts/merchant/supportedCurrencies/0/paymentMethodTypes": []}),
        ("update", {"/facts/merchant/supportedCurrencies/0/code": "AED"}),
    ),
)
def no_method_in_the_session_currency(methods: SessionMethodsView, _: Context) -> bool:
    """The session cannot be paid: none of its payment method types works in its currency.

    The types are those that it states, or those of the configuration that it names. One that works is enough: the API
    offers a buyer those that do. XPay's page on payment methods: the account has its types by currency.
    """
    return methods.works is False

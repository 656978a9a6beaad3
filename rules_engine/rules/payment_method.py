"""How a session may be paid. Sources: XPay's error page and its schemas of sessions, payment methods and intents."""

from collections.abc import Mapping
from typing import Final

from rules_engine import codes
from rules_engine.rules.kinds import VALUE, Exists, Setting
from rules_engine.rules.limits import SUPPORTED_PAYMENT_METHOD_TYPES
from rules_engine.rules.row import NOT_SHOWN, Shown, rule
from rules_engine.rules.stored_session import session_missing
from rules_engine.views.context import Context
from rules_engine.views.payment_method import ChosenMethodView, MethodTypesView, PaymentIntentView, PaymentMethodView

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

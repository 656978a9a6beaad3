"""The operations table: one row an operation, and everything else follows from it."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from attrs import frozen

from rules_engine.codes import CREATION_FAILED, INTERNAL_ERROR, Code
from rules_engine.exceptions import DraftError, FactsError
from rules_engine.models import (
    ConfigurationCreate,
    ConfigurationDelete,
    ConfigurationUpdate,
    CouponCreate,
    CouponDelete,
    CouponUpdate,
    CurrencyCheck,
    Draft,
    PaymentLinkCreate,
    PaymentLinkOpen,
    PaymentLinkUpdate,
    PriceCreate,
    PriceDelete,
    PriceUpdate,
    PromotionCodeCreate,
    PromotionCodeUpdate,
    RefundCreate,
    RequestAuthorize,
    SessionApplyPromotionCode,
    SessionConfirm,
    SessionCreate,
    SessionExpire,
    SessionUpdate,
)
from rules_engine.views.branding import BRANDING
from rules_engine.views.charge import CHARGE
from rules_engine.views.configuration import CONFIGURATION, ENABLED_METHODS
from rules_engine.views.coupon import COUPON
from rules_engine.views.currency import CURRENCY
from rules_engine.views.currency_check import join_currency_check
from rules_engine.views.custom_field import CUSTOM_FIELD, CUSTOM_FIELD_LIST
from rules_engine.views.custom_unit_amount import CUSTOM_AMOUNT, CUSTOM_UNIT_AMOUNT
from rules_engine.views.customer import CUSTOMER
from rules_engine.views.discount import DISCOUNT, ENTRY
from rules_engine.views.fixed_field import FIXED_FIELD
from rules_engine.views.line_item import LINE_ITEM, LINE_LIST
from rules_engine.views.metadata import METADATA
from rules_engine.views.payment_link import (
    PAYMENT_LINK,
    PAYMENT_LINK_TARGET,
    STORED_LINK,
    join_payment_link_create,
    join_payment_link_open,
    join_payment_link_update,
)
from rules_engine.views.payment_method import CHOSEN_METHOD, METHOD_TYPES, PAYMENT_INTENT, PAYMENT_METHOD
from rules_engine.views.price import INLINE_PRICE, PRICE, UNIT_AMOUNT
from rules_engine.views.price_use import LOCKED_FIELD, PRICE_USE
from rules_engine.views.product import PRODUCT
from rules_engine.views.promotion_code import PROMOTION_CODE
from rules_engine.views.refund import BALANCE, REFUND, join_refund_create
from rules_engine.views.request import ACTIVATION, CREDENTIAL, IDEMPOTENCY_KEY, RATE, SIGNATURE, join_request_authorize
from rules_engine.views.saved_configuration import (
    DELETED_CONFIGURATION,
    SAVED_CONFIGURATION,
    join_configuration_create,
    join_configuration_delete,
    join_configuration_update,
)
from rules_engine.views.saved_coupon import (
    COUPON_USE,
    SAVED_COUPON,
    join_coupon_create,
    join_coupon_delete,
    join_coupon_update,
)
from rules_engine.views.saved_price import SAVED_PRICE, join_price_create, join_price_delete, join_price_update
from rules_engine.views.saved_promotion_code import (
    SAVED_PROMOTION_CODE,
    join_promotion_code_create,
    join_promotion_code_update,
)
from rules_engine.views.scope import Scope
from rules_engine.views.session import AFTER_COMPLETION, CLIENT_SECRET, PATCH, SESSION, STORED_SESSION, TARGET
from rules_engine.views.session_actions import (
    join_session_apply_promotion_code,
    join_session_confirm,
    join_session_expire,
)
from rules_engine.views.session_create import join_session_create
from rules_engine.views.session_update import join_session_update
from rules_engine.views.views import Views


@frozen(eq=False)
class Operation:
    """One operation of the API.

    Attributes:
        name: Such as `session.create`.
        judges: What it judges, in a few words, for the documentation.
        request: The model of its requests.
        build_views: Builds the views of a draft that rules read.
        scopes: What rules can stand on.
        has_target: Whether it acts on a stored object.
        fault_code: What a rule that raises reports.
    """

    name: str
    judges: str
    request: type
    build_views: Callable[[Draft[Any]], Views]
    scopes: tuple[Scope[Any], ...]
    has_target: bool = True
    fault_code: Code = INTERNAL_ERROR

    def views(self, draft: Draft[Any]) -> Views:
        """Build the views of a draft.

        Raises:
            DraftError: It holds a number that cannot be computed with.
            FactsError: Its clock has no offset.
        """
        if draft.facts.now.tzinfo is None:
            raise FactsError("/facts/now", "expected an instant with an offset")
        try:
            return self.build_views(draft)
        except (ArithmeticError, ValueError) as error:
            # The wire admits no such number; an application that builds models itself may have one.
            raise DraftError("", "expected numbers that can be computed with, none infinite or NaN") from error


_SESSION_PARTS: Final = (
    SESSION,
    CUSTOMER,
    AFTER_COMPLETION,
    LINE_LIST,
    LINE_ITEM,
    PRICE,
    INLINE_PRICE,
    UNIT_AMOUNT,
    CUSTOM_FIELD_LIST,
    CUSTOM_FIELD,
    METADATA,
    BRANDING,
    METHOD_TYPES,
    CONFIGURATION,
    ENABLED_METHODS,
    DISCOUNT,
    PROMOTION_CODE,
    COUPON,
)
_STORED_SESSION: Final = (TARGET, STORED_SESSION)
_PRICE_PARTS: Final = (SAVED_PRICE, CUSTOM_UNIT_AMOUNT, CUSTOM_AMOUNT, UNIT_AMOUNT, CURRENCY, METADATA)
_CONFIGURATION_PARTS: Final = (SAVED_CONFIGURATION, ENABLED_METHODS, METHOD_TYPES)
_LINK_PARTS: Final = (
    PAYMENT_LINK,
    LINE_LIST,
    LINE_ITEM,
    PRICE,
    AFTER_COMPLETION,
    CUSTOM_FIELD_LIST,
    CUSTOM_FIELD,
    METADATA,
    BRANDING,
    CONFIGURATION,
    ENABLED_METHODS,
)

_ROWS: Final = (
    Operation(
        "session.create",
        "a new session: lines, prices, currency, amounts, discounts, payment methods, presentation",
        SessionCreate,
        join_session_create,
        (*_SESSION_PARTS, CURRENCY),
        has_target=False,
        fault_code=CREATION_FAILED,
    ),
    Operation(
        "session.update",
        "a PATCH: the merged session, but only the parts it touches; absent is not null",
        SessionUpdate,
        join_session_update,
        (*_STORED_SESSION, PATCH, *_SESSION_PARTS),
    ),
    Operation(
        "session.confirm",
        "a payment: secret, method, intent, expiry, and prices that ran out meanwhile",
        SessionConfirm,
        join_session_confirm,
        (*_STORED_SESSION, CLIENT_SECRET, PRICE, PAYMENT_METHOD, CHOSEN_METHOD, PAYMENT_INTENT),
    ),
    Operation("session.expire", "the end of a session", SessionExpire, join_session_expire, _STORED_SESSION),
    Operation(
        "session.apply_promotion_code",
        "a code that the buyer typed, and the coupon behind it",
        SessionApplyPromotionCode,
        join_session_apply_promotion_code,
        (*_STORED_SESSION, CLIENT_SECRET, ENTRY, PROMOTION_CODE, COUPON),
    ),
    Operation(
        "price.create",
        "a price that is saved: product, currency, amount, recurrence, stock, dates",
        PriceCreate,
        join_price_create,
        (PRODUCT, *_PRICE_PARTS),
        has_target=False,
    ),
    Operation(
        "price.update",
        "a PATCH of a price, and what is locked once the price is used",
        PriceUpdate,
        join_price_update,
        (PRICE, LOCKED_FIELD, *_PRICE_PARTS),
    ),
    Operation(
        "price.delete", "the end of a price that nothing uses", PriceDelete, join_price_delete, (PRICE, PRICE_USE)
    ),
    Operation(
        "promotion_code.create",
        "a new code: its string, its coupon, its bounds",
        PromotionCodeCreate,
        join_promotion_code_create,
        (SAVED_PROMOTION_CODE, CUSTOMER, COUPON, CURRENCY, METADATA),
        has_target=False,
    ),
    Operation(
        "promotion_code.update",
        "a code switched on or off",
        PromotionCodeUpdate,
        join_promotion_code_update,
        (PROMOTION_CODE, FIXED_FIELD, COUPON, METADATA),
    ),
    Operation(
        "coupon.create",
        "a new coupon: percent or amount, duration, bounds, products",
        CouponCreate,
        join_coupon_create,
        (SAVED_COUPON, CURRENCY, PRODUCT, METADATA),
        has_target=False,
    ),
    Operation(
        "coupon.update",
        "what of a coupon can change",
        CouponUpdate,
        join_coupon_update,
        (COUPON, FIXED_FIELD, METADATA),
    ),
    Operation(
        "coupon.delete", "the end of a coupon that nothing uses", CouponDelete, join_coupon_delete, (COUPON, COUPON_USE)
    ),
    Operation(
        "currency.check",
        "one currency for one merchant and purpose",
        CurrencyCheck,
        join_currency_check,
        (CURRENCY,),
        has_target=False,
    ),
    Operation(
        "configuration.create",
        "a new configuration and its methods",
        ConfigurationCreate,
        join_configuration_create,
        _CONFIGURATION_PARTS,
        has_target=False,
    ),
    Operation(
        "configuration.update",
        "a PATCH of a configuration; the default keeps its name",
        ConfigurationUpdate,
        join_configuration_update,
        (CONFIGURATION, *_CONFIGURATION_PARTS),
    ),
    Operation(
        "configuration.delete",
        "the end of a configuration that nothing uses",
        ConfigurationDelete,
        join_configuration_delete,
        (CONFIGURATION, DELETED_CONFIGURATION),
    ),
    Operation(
        "payment_link.create",
        "a new link: lines, prices, presentation",
        PaymentLinkCreate,
        join_payment_link_create,
        (CURRENCY, *_LINK_PARTS),
        has_target=False,
    ),
    Operation(
        "payment_link.update",
        "a PATCH of a link, in the parts it touches",
        PaymentLinkUpdate,
        join_payment_link_update,
        (PAYMENT_LINK_TARGET, *_LINK_PARTS),
    ),
    Operation(
        "payment_link.open",
        "a buyer who opens a link",
        PaymentLinkOpen,
        join_payment_link_open,
        (PAYMENT_LINK_TARGET, STORED_LINK, PRICE),
    ),
    Operation(
        "refund.create",
        "money given back: the charge, what is left of it, fees, balance",
        RefundCreate,
        join_refund_create,
        (REFUND, METADATA, PAYMENT_INTENT, CHARGE, BALANCE),
        has_target=False,
    ),
    Operation(
        "request.authorize",
        "any request before its body is read: key, signature, permission, rate, idempotency",
        RequestAuthorize,
        join_request_authorize,
        (CREDENTIAL, SIGNATURE, ACTIVATION, RATE, IDEMPOTENCY_KEY),
        has_target=False,
    ),
)

OPERATIONS: Mapping[str, Operation] = MappingProxyType({row.name: row for row in _ROWS})
"""Every operation, by name."""

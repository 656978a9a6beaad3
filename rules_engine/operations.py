"""The operations table: one row an operation, and everything else follows from it."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

from attrs import field, frozen

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
from rules_engine.views.charge import ChargeView
from rules_engine.views.configuration import (
    ConfigurationView,
    DeletedConfigurationView,
    EnabledMethodsView,
    SavedConfigurationView,
    build_configuration_create,
    build_configuration_delete,
    build_configuration_update,
)
from rules_engine.views.coupon import CouponView
from rules_engine.views.currency import CurrencyView
from rules_engine.views.currency_check import build_currency_check
from rules_engine.views.custom_unit_amount import CustomAmountView, CustomUnitAmountView
from rules_engine.views.discount import DiscountView, EntryView
from rules_engine.views.fixed_field import FixedFieldView
from rules_engine.views.line_item import LineItemView, LineListView
from rules_engine.views.payment_link import (
    PaymentLinkTargetView,
    PaymentLinkView,
    StoredLinkView,
    build_payment_link_create,
    build_payment_link_open,
    build_payment_link_update,
)
from rules_engine.views.payment_method import ChosenMethodView, MethodTypesView, PaymentIntentView, PaymentMethodView
from rules_engine.views.price import InlinePriceView, PriceView, UnitAmountView
from rules_engine.views.price_use import LockedFieldView, PriceUseView
from rules_engine.views.product import ProductView
from rules_engine.views.promotion_code import PromotionCodeView
from rules_engine.views.refund import BalanceView, RefundView, build_refund_create
from rules_engine.views.request import (
    ActivationView,
    CredentialView,
    IdempotencyKeyView,
    RateView,
    SignatureView,
    build_request_authorize,
)
from rules_engine.views.saved_coupon import (
    CouponUseView,
    SavedCouponView,
    build_coupon_create,
    build_coupon_delete,
    build_coupon_update,
)
from rules_engine.views.saved_price import SavedPriceView, build_price_create, build_price_delete, build_price_update
from rules_engine.views.saved_promotion_code import (
    SavedPromotionCodeView,
    build_promotion_code_create,
    build_promotion_code_update,
)
from rules_engine.views.scope import Scope, scope_of
from rules_engine.views.session import (
    AfterCompletionView,
    BrandingView,
    ClientSecretView,
    CustomerView,
    CustomFieldListView,
    CustomFieldView,
    MetadataView,
    PatchView,
    SessionView,
    StoredSessionView,
    TargetView,
)
from rules_engine.views.session_operations import (
    build_session_apply_promotion_code,
    build_session_confirm,
    build_session_create,
    build_session_expire,
    build_session_update,
)
from rules_engine.views.views import Views


def _scopes_of(views: Iterable[type]) -> tuple[Scope[Any], ...]:
    return tuple(map(scope_of, views))


@frozen(eq=False)
class Operation:
    """One operation of the API.

    Attributes:
        name: Such as `session.create`.
        judges: What it judges, in a few words, for the documentation.
        request: The model of its requests.
        build_views: Builds the views of a draft that rules read.
        scopes: The views that its rules can read.
        has_target: Whether it acts on a stored object.
        fault_code: What a rule that raises reports.
    """

    name: str
    judges: str
    request: type
    build_views: Callable[[Draft[Any]], Views]
    scopes: tuple[Scope[Any], ...] = field(converter=_scopes_of)
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
    SessionView,
    CustomerView,
    AfterCompletionView,
    LineListView,
    LineItemView,
    PriceView,
    InlinePriceView,
    UnitAmountView,
    CustomFieldListView,
    CustomFieldView,
    MetadataView,
    BrandingView,
    MethodTypesView,
    ConfigurationView,
    EnabledMethodsView,
    DiscountView,
    PromotionCodeView,
    CouponView,
)
_STORED_SESSION: Final = (TargetView, StoredSessionView)
_PRICE_PARTS: Final = (
    SavedPriceView,
    CustomUnitAmountView,
    CustomAmountView,
    UnitAmountView,
    CurrencyView,
    MetadataView,
)
_CONFIGURATION_PARTS: Final = (SavedConfigurationView, EnabledMethodsView, MethodTypesView)
_LINK_PARTS: Final = (
    PaymentLinkView,
    LineListView,
    LineItemView,
    PriceView,
    AfterCompletionView,
    CustomFieldListView,
    CustomFieldView,
    MetadataView,
    BrandingView,
    ConfigurationView,
    EnabledMethodsView,
)

_ROWS: Final = (
    Operation(
        "session.create",
        "a new session: lines, prices, currency, amounts, discounts, payment methods, presentation",
        SessionCreate,
        build_session_create,
        (*_SESSION_PARTS, CurrencyView),
        has_target=False,
        fault_code=CREATION_FAILED,
    ),
    Operation(
        "session.update",
        "a PatchView: the merged session, but only the parts it touches; absent is not null",
        SessionUpdate,
        build_session_update,
        (*_STORED_SESSION, PatchView, *_SESSION_PARTS),
    ),
    Operation(
        "session.confirm",
        "a payment: secret, method, intent, expiry, and prices that ran out meanwhile",
        SessionConfirm,
        build_session_confirm,
        (*_STORED_SESSION, ClientSecretView, PriceView, PaymentMethodView, ChosenMethodView, PaymentIntentView),
    ),
    Operation("session.expire", "the end of a session", SessionExpire, build_session_expire, _STORED_SESSION),
    Operation(
        "session.apply_promotion_code",
        "a code that the buyer typed, and the coupon behind it",
        SessionApplyPromotionCode,
        build_session_apply_promotion_code,
        (*_STORED_SESSION, ClientSecretView, EntryView, PromotionCodeView, CouponView),
    ),
    Operation(
        "price.create",
        "a price that is saved: product, currency, amount, recurrence, stock, dates",
        PriceCreate,
        build_price_create,
        (ProductView, *_PRICE_PARTS),
        has_target=False,
    ),
    Operation(
        "price.update",
        "a PatchView of a price, and what is locked once the price is used",
        PriceUpdate,
        build_price_update,
        (PriceView, LockedFieldView, *_PRICE_PARTS),
    ),
    Operation(
        "price.delete",
        "the end of a price that nothing uses",
        PriceDelete,
        build_price_delete,
        (PriceView, PriceUseView),
    ),
    Operation(
        "promotion_code.create",
        "a new code: its string, its coupon, its bounds",
        PromotionCodeCreate,
        build_promotion_code_create,
        (SavedPromotionCodeView, CustomerView, CouponView, CurrencyView, MetadataView),
        has_target=False,
    ),
    Operation(
        "promotion_code.update",
        "a code switched on or off",
        PromotionCodeUpdate,
        build_promotion_code_update,
        (PromotionCodeView, FixedFieldView, CouponView, MetadataView),
    ),
    Operation(
        "coupon.create",
        "a new coupon: percent or amount, duration, bounds, products",
        CouponCreate,
        build_coupon_create,
        (SavedCouponView, CurrencyView, ProductView, MetadataView),
        has_target=False,
    ),
    Operation(
        "coupon.update",
        "what of a coupon can change",
        CouponUpdate,
        build_coupon_update,
        (CouponView, FixedFieldView, MetadataView),
    ),
    Operation(
        "coupon.delete",
        "the end of a coupon that nothing uses",
        CouponDelete,
        build_coupon_delete,
        (CouponView, CouponUseView),
    ),
    Operation(
        "currency.check",
        "one currency for one merchant and purpose",
        CurrencyCheck,
        build_currency_check,
        (CurrencyView,),
        has_target=False,
    ),
    Operation(
        "configuration.create",
        "a new configuration and its methods",
        ConfigurationCreate,
        build_configuration_create,
        _CONFIGURATION_PARTS,
        has_target=False,
    ),
    Operation(
        "configuration.update",
        "a PatchView of a configuration; the default keeps its name",
        ConfigurationUpdate,
        build_configuration_update,
        (ConfigurationView, *_CONFIGURATION_PARTS),
    ),
    Operation(
        "configuration.delete",
        "the end of a configuration that nothing uses",
        ConfigurationDelete,
        build_configuration_delete,
        (ConfigurationView, DeletedConfigurationView),
    ),
    Operation(
        "payment_link.create",
        "a new link: lines, prices, presentation",
        PaymentLinkCreate,
        build_payment_link_create,
        (CurrencyView, *_LINK_PARTS),
        has_target=False,
    ),
    Operation(
        "payment_link.update",
        "a PatchView of a link, in the parts it touches",
        PaymentLinkUpdate,
        build_payment_link_update,
        (PaymentLinkTargetView, *_LINK_PARTS),
    ),
    Operation(
        "payment_link.open",
        "a buyer who opens a link",
        PaymentLinkOpen,
        build_payment_link_open,
        (PaymentLinkTargetView, StoredLinkView, PriceView),
    ),
    Operation(
        "refund.create",
        "money given back: the charge, what is left of it, fees, balance",
        RefundCreate,
        build_refund_create,
        (RefundView, MetadataView, PaymentIntentView, ChargeView, BalanceView),
        has_target=False,
    ),
    Operation(
        "request.authorize",
        "any request before its body is read: key, signature, permission, rate, idempotency",
        RequestAuthorize,
        build_request_authorize,
        (CredentialView, SignatureView, ActivationView, RateView, IdempotencyKeyView),
        has_target=False,
    ),
)

OPERATIONS: Mapping[str, Operation] = MappingProxyType({row.name: row for row in _ROWS})
"""Every operation, by name."""

"""The operations table: one row an operation, and everything else follows from it."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

from attrs import field, frozen

from rules_engine import models, views
from rules_engine.codes import CREATION_FAILED, INTERNAL_ERROR, Code
from rules_engine.exceptions import DraftError, FactsError
from rules_engine.models import Draft
from rules_engine.views.scope import Scope, scope_of
from rules_engine.views.views import Views


def _scopes_of(classes: Iterable[type]) -> tuple[Scope[Any], ...]:
    return tuple(map(scope_of, classes))


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
    views.SessionView,
    views.CustomerView,
    views.AfterCompletionView,
    views.LineListView,
    views.LineItemView,
    views.PriceView,
    views.InlinePriceView,
    views.UnitAmountView,
    views.CustomFieldListView,
    views.CustomFieldView,
    views.MetadataView,
    views.BrandingView,
    views.FeeConfigView,
    views.MethodTypesView,
    views.SessionMethodsView,
    views.ConfigurationView,
    views.EnabledMethodsView,
    views.DiscountView,
    views.PromotionCodeView,
    views.CouponView,
)
_STORED_SESSION: Final = (views.TargetView, views.StoredSessionView)
_PRICE_PARTS: Final = (
    views.SavedPriceView,
    views.CustomUnitAmountView,
    views.CustomAmountView,
    views.UnitAmountView,
    views.CurrencyView,
    views.MetadataView,
)
_CONFIGURATION_PARTS: Final = (views.SavedConfigurationView, views.EnabledMethodsView, views.MethodTypesView)
_LINK_PARTS: Final = (
    views.PaymentLinkView,
    views.LineListView,
    views.LineItemView,
    views.PriceView,
    views.AfterCompletionView,
    views.CustomFieldListView,
    views.CustomFieldView,
    views.MetadataView,
    views.BrandingView,
    views.FeeConfigView,
    views.ConfigurationView,
    views.EnabledMethodsView,
)

_ROWS: Final = (
    Operation(
        "session.create",
        "a new session: lines, prices, currency, amounts, discounts, payment methods, presentation",
        models.SessionCreate,
        views.build_session_create,
        (*_SESSION_PARTS, views.CurrencyView),
        has_target=False,
        fault_code=CREATION_FAILED,
    ),
    Operation(
        "session.update",
        "a PATCH: the merged session, but only the parts it touches; absent is not null",
        models.SessionUpdate,
        views.build_session_update,
        (*_STORED_SESSION, views.PatchView, *_SESSION_PARTS),
    ),
    Operation(
        "session.confirm",
        "a payment: secret, method, intent, expiry, and prices and discounts that ran out meanwhile",
        models.SessionConfirm,
        views.build_session_confirm,
        (
            *_STORED_SESSION,
            views.ClientSecretView,
            views.PaidLinesView,
            views.PriceView,
            views.PromotionCodeView,
            views.CouponView,
            views.PaymentMethodView,
            views.ChosenMethodView,
            views.PayingTypeView,
            views.PaymentIntentView,
        ),
    ),
    Operation(
        "session.expire", "the end of a session", models.SessionExpire, views.build_session_expire, _STORED_SESSION
    ),
    Operation(
        "session.apply_promotion_code",
        "a code that the buyer typed, and the coupon behind it",
        models.SessionApplyPromotionCode,
        views.build_session_apply_promotion_code,
        (*_STORED_SESSION, views.ClientSecretView, views.EntryView, views.PromotionCodeView, views.CouponView),
    ),
    Operation(
        "price.create",
        "a price that is saved: product, currency, amount, recurrence, stock, dates",
        models.PriceCreate,
        views.build_price_create,
        (views.ProductView, *_PRICE_PARTS),
        has_target=False,
    ),
    Operation(
        "price.update",
        "a PATCH of a price, and what is locked once the price is used",
        models.PriceUpdate,
        views.build_price_update,
        (views.PriceView, views.LockedFieldView, *_PRICE_PARTS),
    ),
    Operation(
        "price.delete",
        "the end of a price that nothing uses",
        models.PriceDelete,
        views.build_price_delete,
        (views.PriceView, views.PriceUseView),
    ),
    Operation(
        "promotion_code.create",
        "a new code: its string, its coupon, its bounds",
        models.PromotionCodeCreate,
        views.build_promotion_code_create,
        (views.SavedPromotionCodeView, views.CustomerView, views.CouponView, views.CurrencyView, views.MetadataView),
        has_target=False,
    ),
    Operation(
        "promotion_code.update",
        "a code switched on or off",
        models.PromotionCodeUpdate,
        views.build_promotion_code_update,
        (views.PromotionCodeView, views.FixedFieldView, views.CouponView, views.MetadataView),
    ),
    Operation(
        "coupon.create",
        "a new coupon: percent or amount, duration, bounds, products",
        models.CouponCreate,
        views.build_coupon_create,
        (views.SavedCouponView, views.CurrencyView, views.ProductView, views.MetadataView),
        has_target=False,
    ),
    Operation(
        "coupon.update",
        "what of a coupon can change",
        models.CouponUpdate,
        views.build_coupon_update,
        (views.CouponView, views.FixedFieldView, views.MetadataView),
    ),
    Operation(
        "coupon.delete",
        "the end of a coupon that nothing uses",
        models.CouponDelete,
        views.build_coupon_delete,
        (views.CouponView, views.CouponUseView),
    ),
    Operation(
        "currency.check",
        "one currency for one merchant and purpose",
        models.CurrencyCheck,
        views.build_currency_check,
        (views.CurrencyView,),
        has_target=False,
    ),
    Operation(
        "configuration.create",
        "a new configuration and its methods",
        models.ConfigurationCreate,
        views.build_configuration_create,
        _CONFIGURATION_PARTS,
        has_target=False,
    ),
    Operation(
        "configuration.update",
        "a PATCH of a configuration; the default keeps its name",
        models.ConfigurationUpdate,
        views.build_configuration_update,
        (views.ConfigurationView, *_CONFIGURATION_PARTS),
    ),
    Operation(
        "configuration.delete",
        "the end of a configuration that nothing uses",
        models.ConfigurationDelete,
        views.build_configuration_delete,
        (views.ConfigurationView, views.DeletedConfigurationView),
    ),
    Operation(
        "payment_link.create",
        "a new link: lines, prices, presentation",
        models.PaymentLinkCreate,
        views.build_payment_link_create,
        (views.CurrencyView, *_LINK_PARTS),
        has_target=False,
    ),
    Operation(
        "payment_link.update",
        "a PATCH of a link, in the parts it touches",
        models.PaymentLinkUpdate,
        views.build_payment_link_update,
        (views.PaymentLinkTargetView, *_LINK_PARTS),
    ),
    Operation(
        "payment_link.open",
        "a buyer who opens a link",
        models.PaymentLinkOpen,
        views.build_payment_link_open,
        (views.PaymentLinkTargetView, views.StoredLinkView, views.PriceView),
    ),
    Operation(
        "refund.create",
        "money given back: the charge, what is left of it, fees, balance",
        models.RefundCreate,
        views.build_refund_create,
        (views.RefundView, views.MetadataView, views.PaymentIntentView, views.ChargeView, views.BalanceView),
        has_target=False,
    ),
    Operation(
        "request.authorize",
        "any request before its body is read: key, signature, permission, rate, idempotency",
        models.RequestAuthorize,
        views.build_request_authorize,
        (views.CredentialView, views.SignatureView, views.ActivationView, views.RateView, views.IdempotencyKeyView),
        has_target=False,
    ),
)

OPERATIONS: Mapping[str, Operation] = MappingProxyType({row.name: row for row in _ROWS})
"""Every operation, by name."""

"""The join: what one rule looks at, built once a draft from the request and the facts.

What a host's own rule stands on is here: the scopes, the classes of their items, and the context.
"""

from rules_engine.views.branding import BRANDING, BrandingView
from rules_engine.views.charge import CHARGE, ChargeView
from rules_engine.views.configuration import (
    CONFIGURATION,
    ENABLED_METHODS,
    ConfigurationView,
    EnabledMethodsView,
)
from rules_engine.views.context import Context, Limit
from rules_engine.views.coupon import COUPON, CouponView
from rules_engine.views.currency import CURRENCY, CurrencyView
from rules_engine.views.custom_field import (
    CUSTOM_FIELD,
    CUSTOM_FIELD_LIST,
    CustomFieldListView,
    CustomFieldView,
)
from rules_engine.views.custom_unit_amount import (
    CUSTOM_AMOUNT,
    CUSTOM_UNIT_AMOUNT,
    CustomAmountView,
    CustomUnitAmountView,
)
from rules_engine.views.customer import CUSTOMER, CustomerView
from rules_engine.views.discount import DISCOUNT, ENTRY, DiscountView, EntryView
from rules_engine.views.fixed_field import FIXED_FIELD, FixedFieldView
from rules_engine.views.line_item import LINE_ITEM, LINE_LIST, LineItemView, LineListView
from rules_engine.views.metadata import METADATA, MetadataView
from rules_engine.views.payment_link import (
    PAYMENT_LINK,
    PAYMENT_LINK_TARGET,
    STORED_LINK,
    PaymentLinkTargetView,
    PaymentLinkView,
    StoredLinkView,
)
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
from rules_engine.views.price import (
    INLINE_PRICE,
    PRICE,
    UNIT_AMOUNT,
    InlinePriceView,
    PriceView,
    UnitAmountView,
)
from rules_engine.views.price_use import LOCKED_FIELD, PRICE_USE, LockedFieldView, PriceUseView
from rules_engine.views.product import PRODUCT, ProductView
from rules_engine.views.promotion_code import PROMOTION_CODE, PromotionCodeView
from rules_engine.views.refund import BALANCE, REFUND, BalanceView, RefundView
from rules_engine.views.request import (
    ACTIVATION,
    CREDENTIAL,
    IDEMPOTENCY_KEY,
    RATE,
    SIGNATURE,
    ActivationView,
    CredentialView,
    IdempotencyKeyView,
    RateView,
    SignatureView,
)
from rules_engine.views.saved_configuration import (
    DELETED_CONFIGURATION,
    SAVED_CONFIGURATION,
    DeletedConfigurationView,
    SavedConfigurationView,
)
from rules_engine.views.saved_coupon import COUPON_USE, SAVED_COUPON, CouponUseView, SavedCouponView
from rules_engine.views.saved_price import SAVED_PRICE, SavedPriceView
from rules_engine.views.saved_promotion_code import SAVED_PROMOTION_CODE, SavedPromotionCodeView
from rules_engine.views.scope import Axis, Scope
from rules_engine.views.session import (
    AFTER_COMPLETION,
    CLIENT_SECRET,
    PATCH,
    SESSION,
    STORED_SESSION,
    TARGET,
    AfterCompletionView,
    ClientSecretView,
    PatchView,
    SessionView,
    StoredSessionView,
    TargetView,
)

__all__ = [
    "ACTIVATION",
    "AFTER_COMPLETION",
    "BALANCE",
    "BRANDING",
    "CHARGE",
    "CHOSEN_METHOD",
    "CLIENT_SECRET",
    "CONFIGURATION",
    "COUPON",
    "COUPON_USE",
    "CREDENTIAL",
    "CURRENCY",
    "CUSTOMER",
    "CUSTOM_AMOUNT",
    "CUSTOM_FIELD",
    "CUSTOM_FIELD_LIST",
    "CUSTOM_UNIT_AMOUNT",
    "DELETED_CONFIGURATION",
    "DISCOUNT",
    "ENABLED_METHODS",
    "ENTRY",
    "FIXED_FIELD",
    "IDEMPOTENCY_KEY",
    "INLINE_PRICE",
    "LINE_ITEM",
    "LINE_LIST",
    "LOCKED_FIELD",
    "METADATA",
    "METHOD_TYPES",
    "PATCH",
    "PAYMENT_INTENT",
    "PAYMENT_LINK",
    "PAYMENT_LINK_TARGET",
    "PAYMENT_METHOD",
    "PRICE",
    "PRICE_USE",
    "PRODUCT",
    "PROMOTION_CODE",
    "RATE",
    "REFUND",
    "SAVED_CONFIGURATION",
    "SAVED_COUPON",
    "SAVED_PRICE",
    "SAVED_PROMOTION_CODE",
    "SESSION",
    "SIGNATURE",
    "STORED_LINK",
    "STORED_SESSION",
    "TARGET",
    "UNIT_AMOUNT",
    "ActivationView",
    "AfterCompletionView",
    "Axis",
    "BalanceView",
    "BrandingView",
    "ChargeView",
    "ChosenMethodView",
    "ClientSecretView",
    "ConfigurationView",
    "Context",
    "CouponUseView",
    "CouponView",
    "CredentialView",
    "CurrencyView",
    "CustomAmountView",
    "CustomFieldListView",
    "CustomFieldView",
    "CustomUnitAmountView",
    "CustomerView",
    "DeletedConfigurationView",
    "DiscountView",
    "EnabledMethodsView",
    "EntryView",
    "FixedFieldView",
    "IdempotencyKeyView",
    "InlinePriceView",
    "Limit",
    "LineItemView",
    "LineListView",
    "LockedFieldView",
    "MetadataView",
    "MethodTypesView",
    "PatchView",
    "PaymentIntentView",
    "PaymentLinkTargetView",
    "PaymentLinkView",
    "PaymentMethodView",
    "PriceUseView",
    "PriceView",
    "ProductView",
    "PromotionCodeView",
    "RateView",
    "RefundView",
    "SavedConfigurationView",
    "SavedCouponView",
    "SavedPriceView",
    "SavedPromotionCodeView",
    "Scope",
    "SessionView",
    "SignatureView",
    "StoredLinkView",
    "StoredSessionView",
    "TargetView",
    "UnitAmountView",
]

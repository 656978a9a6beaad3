"""The join: what one rule looks at, built once a draft from the request and the facts.

What a host's own rule stands on is here: the scopes, the classes of their items, and the context.
"""

from rules_engine.subjects.branding import BRANDING, BrandingSubject
from rules_engine.subjects.charge import CHARGE, ChargeSubject
from rules_engine.subjects.configuration import (
    CONFIGURATION,
    ENABLED_METHODS,
    ConfigurationSubject,
    EnabledMethodsSubject,
)
from rules_engine.subjects.context import Context, Limit
from rules_engine.subjects.coupon import COUPON, CouponSubject
from rules_engine.subjects.currency import CURRENCY, CurrencySubject
from rules_engine.subjects.custom_field import (
    CUSTOM_FIELD,
    CUSTOM_FIELD_LIST,
    CustomFieldListSubject,
    CustomFieldSubject,
)
from rules_engine.subjects.custom_unit_amount import (
    CUSTOM_AMOUNT,
    CUSTOM_UNIT_AMOUNT,
    CustomAmountSubject,
    CustomUnitAmountSubject,
)
from rules_engine.subjects.customer import CUSTOMER, CustomerSubject
from rules_engine.subjects.discount import DISCOUNT, ENTRY, DiscountSubject, EntrySubject
from rules_engine.subjects.fixed_field import FIXED_FIELD, FixedFieldSubject
from rules_engine.subjects.line_item import LINE_ITEM, LINE_LIST, LineItemSubject, LineListSubject
from rules_engine.subjects.metadata import METADATA, MetadataSubject
from rules_engine.subjects.payment_link import (
    PAYMENT_LINK,
    PAYMENT_LINK_TARGET,
    STORED_LINK,
    PaymentLinkSubject,
    PaymentLinkTargetSubject,
    StoredLinkSubject,
)
from rules_engine.subjects.payment_method import (
    CHOSEN_METHOD,
    METHOD_TYPES,
    PAYMENT_INTENT,
    PAYMENT_METHOD,
    ChosenMethodSubject,
    MethodTypesSubject,
    PaymentIntentSubject,
    PaymentMethodSubject,
)
from rules_engine.subjects.price import (
    INLINE_PRICE,
    PRICE,
    UNIT_AMOUNT,
    InlinePriceSubject,
    PriceSubject,
    UnitAmountSubject,
)
from rules_engine.subjects.price_use import LOCKED_FIELD, PRICE_USE, LockedFieldSubject, PriceUseSubject
from rules_engine.subjects.product import PRODUCT, ProductSubject
from rules_engine.subjects.promotion_code import PROMOTION_CODE, PromotionCodeSubject
from rules_engine.subjects.refund import BALANCE, REFUND, BalanceSubject, RefundSubject
from rules_engine.subjects.request import (
    ACTIVATION,
    CREDENTIAL,
    IDEMPOTENCY_KEY,
    RATE,
    SIGNATURE,
    ActivationSubject,
    CredentialSubject,
    IdempotencyKeySubject,
    RateSubject,
    SignatureSubject,
)
from rules_engine.subjects.saved_configuration import (
    DELETED_CONFIGURATION,
    SAVED_CONFIGURATION,
    DeletedConfigurationSubject,
    SavedConfigurationSubject,
)
from rules_engine.subjects.saved_coupon import COUPON_USE, SAVED_COUPON, CouponUseSubject, SavedCouponSubject
from rules_engine.subjects.saved_price import SAVED_PRICE, SavedPriceSubject
from rules_engine.subjects.saved_promotion_code import SAVED_PROMOTION_CODE, SavedPromotionCodeSubject
from rules_engine.subjects.scope import Axis, Scope
from rules_engine.subjects.session import (
    AFTER_COMPLETION,
    CLIENT_SECRET,
    PATCH,
    SESSION,
    STORED_SESSION,
    TARGET,
    AfterCompletionSubject,
    ClientSecretSubject,
    PatchSubject,
    SessionSubject,
    StoredSessionSubject,
    TargetSubject,
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
    "ActivationSubject",
    "AfterCompletionSubject",
    "Axis",
    "BalanceSubject",
    "BrandingSubject",
    "ChargeSubject",
    "ChosenMethodSubject",
    "ClientSecretSubject",
    "ConfigurationSubject",
    "Context",
    "CouponSubject",
    "CouponUseSubject",
    "CredentialSubject",
    "CurrencySubject",
    "CustomAmountSubject",
    "CustomFieldListSubject",
    "CustomFieldSubject",
    "CustomUnitAmountSubject",
    "CustomerSubject",
    "DeletedConfigurationSubject",
    "DiscountSubject",
    "EnabledMethodsSubject",
    "EntrySubject",
    "FixedFieldSubject",
    "IdempotencyKeySubject",
    "InlinePriceSubject",
    "Limit",
    "LineItemSubject",
    "LineListSubject",
    "LockedFieldSubject",
    "MetadataSubject",
    "MethodTypesSubject",
    "PatchSubject",
    "PaymentIntentSubject",
    "PaymentLinkSubject",
    "PaymentLinkTargetSubject",
    "PaymentMethodSubject",
    "PriceSubject",
    "PriceUseSubject",
    "ProductSubject",
    "PromotionCodeSubject",
    "RateSubject",
    "RefundSubject",
    "SavedConfigurationSubject",
    "SavedCouponSubject",
    "SavedPriceSubject",
    "SavedPromotionCodeSubject",
    "Scope",
    "SessionSubject",
    "SignatureSubject",
    "StoredLinkSubject",
    "StoredSessionSubject",
    "TargetSubject",
    "UnitAmountSubject",
]

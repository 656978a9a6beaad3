"""The join: what one rule looks at, built once a draft from the request and the facts.

What a host's own rule stands on is here: the scopes, the classes of their items, and the context.
"""

from rules_engine.subjects.branding import BRANDING, BrandingSubject
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
from rules_engine.subjects.discount import DISCOUNT, ENTRY, DiscountSubject, EntrySubject
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
from rules_engine.subjects.product import PRODUCT, ProductSubject
from rules_engine.subjects.promotion_code import PROMOTION_CODE, PromotionCodeSubject
from rules_engine.subjects.refund import REFUND, RefundSubject
from rules_engine.subjects.request import CREDENTIAL, CredentialSubject
from rules_engine.subjects.saved_configuration import (
    DELETED_CONFIGURATION,
    SAVED_CONFIGURATION,
    DeletedConfigurationSubject,
    SavedConfigurationSubject,
)
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
    "AFTER_COMPLETION",
    "BRANDING",
    "CHOSEN_METHOD",
    "CLIENT_SECRET",
    "CONFIGURATION",
    "COUPON",
    "CREDENTIAL",
    "CURRENCY",
    "CUSTOM_FIELD",
    "CUSTOM_FIELD_LIST",
    "DELETED_CONFIGURATION",
    "DISCOUNT",
    "ENABLED_METHODS",
    "ENTRY",
    "INLINE_PRICE",
    "LINE_ITEM",
    "LINE_LIST",
    "METADATA",
    "METHOD_TYPES",
    "PATCH",
    "PAYMENT_INTENT",
    "PAYMENT_LINK",
    "PAYMENT_LINK_TARGET",
    "PAYMENT_METHOD",
    "PRICE",
    "PRODUCT",
    "PROMOTION_CODE",
    "REFUND",
    "SAVED_CONFIGURATION",
    "SESSION",
    "STORED_LINK",
    "STORED_SESSION",
    "TARGET",
    "UNIT_AMOUNT",
    "AfterCompletionSubject",
    "Axis",
    "BrandingSubject",
    "ChosenMethodSubject",
    "ClientSecretSubject",
    "ConfigurationSubject",
    "Context",
    "CouponSubject",
    "CredentialSubject",
    "CurrencySubject",
    "CustomFieldListSubject",
    "CustomFieldSubject",
    "DeletedConfigurationSubject",
    "DiscountSubject",
    "EnabledMethodsSubject",
    "EntrySubject",
    "InlinePriceSubject",
    "Limit",
    "LineItemSubject",
    "LineListSubject",
    "MetadataSubject",
    "MethodTypesSubject",
    "PatchSubject",
    "PaymentIntentSubject",
    "PaymentLinkSubject",
    "PaymentLinkTargetSubject",
    "PaymentMethodSubject",
    "PriceSubject",
    "ProductSubject",
    "PromotionCodeSubject",
    "RefundSubject",
    "SavedConfigurationSubject",
    "Scope",
    "SessionSubject",
    "StoredLinkSubject",
    "StoredSessionSubject",
    "TargetSubject",
    "UnitAmountSubject",
]

"""The join: what one rule looks at, built once a draft from the request and the facts.

What a host's own rule stands on is here: the scopes, the classes of their items, and the context.
"""

from rules_engine.subjects.configuration import CONFIGURATION, ConfigurationSubject
from rules_engine.subjects.context import Context, Limit
from rules_engine.subjects.coupon import COUPON, CouponSubject
from rules_engine.subjects.currency import CURRENCY, CurrencySubject
from rules_engine.subjects.custom_field import CUSTOM_FIELD, CustomFieldSubject
from rules_engine.subjects.discount import DISCOUNT, ENTRY, DiscountSubject, EntrySubject
from rules_engine.subjects.line_item import LINE_ITEM, LineItemSubject
from rules_engine.subjects.metadata import METADATA, MetadataSubject
from rules_engine.subjects.payment_link import PAYMENT_LINK_TARGET, PaymentLinkTargetSubject
from rules_engine.subjects.payment_method import (
    CHOSEN_METHOD,
    PAYMENT_INTENT,
    PAYMENT_METHOD,
    ChosenMethodSubject,
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
    "CHOSEN_METHOD",
    "CLIENT_SECRET",
    "CONFIGURATION",
    "COUPON",
    "CREDENTIAL",
    "CURRENCY",
    "CUSTOM_FIELD",
    "DISCOUNT",
    "ENTRY",
    "IDEMPOTENCY_KEY",
    "INLINE_PRICE",
    "LINE_ITEM",
    "METADATA",
    "PATCH",
    "PAYMENT_INTENT",
    "PAYMENT_LINK_TARGET",
    "PAYMENT_METHOD",
    "PRICE",
    "PRODUCT",
    "PROMOTION_CODE",
    "RATE",
    "REFUND",
    "SESSION",
    "SIGNATURE",
    "STORED_SESSION",
    "TARGET",
    "UNIT_AMOUNT",
    "ActivationSubject",
    "AfterCompletionSubject",
    "Axis",
    "ChosenMethodSubject",
    "ClientSecretSubject",
    "ConfigurationSubject",
    "Context",
    "CouponSubject",
    "CredentialSubject",
    "CurrencySubject",
    "CustomFieldSubject",
    "DiscountSubject",
    "EntrySubject",
    "IdempotencyKeySubject",
    "InlinePriceSubject",
    "Limit",
    "LineItemSubject",
    "MetadataSubject",
    "PatchSubject",
    "PaymentIntentSubject",
    "PaymentLinkTargetSubject",
    "PaymentMethodSubject",
    "PriceSubject",
    "ProductSubject",
    "PromotionCodeSubject",
    "RateSubject",
    "RefundSubject",
    "Scope",
    "SessionSubject",
    "SignatureSubject",
    "StoredSessionSubject",
    "TargetSubject",
    "UnitAmountSubject",
]

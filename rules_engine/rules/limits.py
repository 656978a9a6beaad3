"""The limits that rules read. A policy may set each of them within its bounds."""

from typing import Any, get_args

from rules_engine.models.formats import PaymentMethodType
from rules_engine.views.context import Limit

LARGEST_QUANTITY = 2_147_483_647
"""The API keeps quantities, stocks and unit amounts in four bytes."""
LARGEST_AMOUNT = 9_007_199_254_740_991
"""The largest amount the API takes anywhere, in minor units: the largest integer that every JSON reader keeps exact."""

PLATFORM_CURRENCIES = frozenset(
    ["EGP", "USD", "EUR", "GBP", "SAR", "AED", "QAR", "KWD", "JOD", "OMR", "BHD", "LYD", "AUD", "CAD", "CNY"]
)
"""The fifteen currencies of the API's schemas."""
PLATFORM_PAYMENT_METHOD_TYPES = frozenset(get_args(PaymentMethodType))
"""The seventeen payment method types of the API's schemas."""

MAX_LINE_ITEMS = Limit(
    "max_line_items",
    "The most lines a session or payment link may have. XPay states none; the default is Stripe's for payments.",
    unit="lines",
    default=100,
    minimum=1,
    maximum=10_000,
)
MAX_QUANTITY = Limit(
    "max_quantity",
    "The most units one line may ask for. The default is the maximum of XPay's schema.",
    unit="units",
    default=LARGEST_QUANTITY,
    minimum=1,
    maximum=LARGEST_QUANTITY,
)
MAX_UNIT_AMOUNT = Limit(
    "max_unit_amount",
    "The highest unit amount of a price. The default is the maximum of XPay's schema.",
    unit="minor units",
    default=LARGEST_QUANTITY,
    minimum=1,
    maximum=LARGEST_QUANTITY,
)
MAX_STOCK = Limit(
    "max_stock",
    "The most units of a price that may be in stock. The default is the maximum of XPay's schema.",
    unit="units",
    default=LARGEST_QUANTITY,
    minimum=0,
    maximum=LARGEST_QUANTITY,
)
MIN_SESSION_AMOUNT = Limit(
    "min_session_amount",
    "The least subtotal of a session. XPay states none but that no amount is negative, so the default is 0.",
    unit="minor units",
    default=0,
    minimum=0,
    maximum=LARGEST_AMOUNT,
)
MAX_SESSION_AMOUNT = Limit(
    "max_session_amount",
    "The highest subtotal of a session. XPay states none; the default is the largest amount its schemas take.",
    unit="minor units",
    default=LARGEST_AMOUNT,
    minimum=1,
    maximum=LARGEST_AMOUNT,
)
MAX_DISCOUNTS = Limit(
    "max_discounts",
    "The most discounts a session may carry. The default is the one of XPay's error page.",
    unit="discounts",
    default=1,
    minimum=0,
    maximum=100,
)
MAX_REDEEM_BY = Limit(
    "max_redeem_by_months",
    "How many calendar months a new coupon may be good for. XPay states none; the default is Stripe's five years.",
    unit="months",
    default=60,
    minimum=1,
    maximum=1_200,
)
MIN_EXPIRES_AFTER = Limit(
    "min_expires_after_minutes",
    "The shortest life of a session. The default is the minimum of XPay's schema.",
    unit="minutes",
    default=30,
    minimum=1,
    maximum=525_600,
)
MAX_EXPIRES_AFTER = Limit(
    "max_expires_after_minutes",
    "The longest life of a session. XPay states none; the default is Stripe's, 24 hours, and also XPay's usual life.",
    unit="minutes",
    default=1_440,
    minimum=1,
    maximum=525_600,
)
MAX_CUSTOM_FIELDS = Limit(
    "max_custom_fields",
    "The most custom fields there may be. XPay states 3 for payment links; Stripe has the same for sessions.",
    unit="fields",
    default=3,
    minimum=0,
    maximum=100,
)
MAX_METADATA_KEYS = Limit(
    "max_metadata_keys",
    "The most keys, or items, of the metadata. XPay states none; the default is Stripe's.",
    unit="keys",
    default=50,
    minimum=0,
    maximum=10_000,
)
MAX_PRODUCT_NAME = Limit(
    "max_product_name_length",
    "The longest name of an inline product. The default is the maximum of XPay's schema.",
    unit="characters",
    default=255,
    minimum=1,
    maximum=10_000,
)
MAX_PRODUCT_DESCRIPTION = Limit(
    "max_product_description_length",
    "The longest description of an inline product. The default is the maximum of XPay's schema.",
    unit="characters",
    default=500,
    minimum=0,
    maximum=10_000,
)
MAX_UNIT_LABEL = Limit(
    "max_unit_label_length",
    "The longest unit label of an inline product. The default is the maximum of XPay's schema.",
    unit="characters",
    default=50,
    minimum=0,
    maximum=10_000,
)
MAX_CONFIRMATION_MESSAGE = Limit(
    "max_confirmation_message_length",
    "The longest text of the confirmation page. The default is the maximum of XPay's schema.",
    unit="characters",
    default=500,
    minimum=0,
    maximum=10_000,
)
MAX_FONT_FAMILY = Limit(
    "max_font_family_length",
    "The longest name of a font. The default is the maximum of XPay's schema.",
    unit="characters",
    default=512,
    minimum=1,
    maximum=10_000,
)
MAX_REFUND_AMOUNT = Limit(
    "max_refund_amount",
    "The most one refund may give back. The default is the maximum of XPay's schema.",
    unit="minor units",
    default=LARGEST_AMOUNT,
    minimum=1,
    maximum=LARGEST_AMOUNT,
)
MAX_REFUND_DESCRIPTION = Limit(
    "max_refund_description_length",
    "The longest description of a refund. The default is the maximum of XPay's schema.",
    unit="characters",
    default=500,
    minimum=0,
    maximum=10_000,
)
MAX_SIGNATURE_AGE = Limit(
    "max_signature_age_seconds",
    "How long before or after now a request may be signed. The default is the one of XPay's page on signatures.",
    unit="seconds",
    default=300,
    minimum=1,
    maximum=86_400,
)
MAX_IDEMPOTENCY_KEY = Limit(
    "max_idempotency_key_length",
    "The longest idempotency key. The default is what XPay's plugins are held to; Stripe has the same.",
    unit="characters",
    default=255,
    minimum=1,
    maximum=10_000,
)
IDEMPOTENCY_KEY_HOURS = Limit(
    "idempotency_key_hours",
    "How long an idempotency key stands for one request. The default is a day, as XPay's plugins see it; Stripe's too.",
    unit="hours",
    default=24,
    minimum=1,
    maximum=8_760,
)
SUPPORTED_CURRENCIES = Limit(
    "supported_currencies",
    "The currencies buyers may be charged in, whatever else the account supports. The default is XPay's fifteen.",
    unit="currency codes",
    default=PLATFORM_CURRENCIES,
    members=PLATFORM_CURRENCIES,
)
SUPPORTED_PAYMENT_METHOD_TYPES = Limit(
    "supported_payment_method_types",
    "The payment method types buyers may pay with, whatever else a session offers. The default is XPay's seventeen.",
    unit="payment method types",
    default=PLATFORM_PAYMENT_METHOD_TYPES,
    members=PLATFORM_PAYMENT_METHOD_TYPES,
)

LIMITS: tuple[Limit[Any], ...] = (
    MAX_LINE_ITEMS,
    MAX_QUANTITY,
    MAX_UNIT_AMOUNT,
    MAX_STOCK,
    MIN_SESSION_AMOUNT,
    MAX_SESSION_AMOUNT,
    MAX_DISCOUNTS,
    MAX_REDEEM_BY,
    MIN_EXPIRES_AFTER,
    MAX_EXPIRES_AFTER,
    MAX_CUSTOM_FIELDS,
    MAX_METADATA_KEYS,
    MAX_PRODUCT_NAME,
    MAX_PRODUCT_DESCRIPTION,
    MAX_UNIT_LABEL,
    MAX_CONFIRMATION_MESSAGE,
    MAX_FONT_FAMILY,
    MAX_REFUND_AMOUNT,
    MAX_REFUND_DESCRIPTION,
    MAX_SIGNATURE_AGE,
    MAX_IDEMPOTENCY_KEY,
    IDEMPOTENCY_KEY_HOURS,
    SUPPORTED_CURRENCIES,
    SUPPORTED_PAYMENT_METHOD_TYPES,
)
"""Every limit, in the order of the manual."""

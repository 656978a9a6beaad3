"""The error codes of the payments API, in the order of its error page.

Source: the public page of API error codes (`docs.xpay.app/integrate/errors/api-error-codes`). The two payment link
codes have no heading there; their names stand in the page's index only.
"""

import enum
import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Literal

from attrs import field, frozen

DOC_PAGE = "https://docs.xpay.app/integrate/errors/api-error-codes"

ErrorType = Literal[
    "invalid_request_error",
    "authentication_error",
    "rate_limit_error",
    "idempotency_error",
    "api_error",
]


class Origin(enum.Enum):
    """Who in this library can say a code."""

    WIRE = "wire"
    """The reading of a request: it does not parse, or a value has the wrong type, shape or format."""
    RULE = "rule"
    """A registered rule."""
    ENGINE = "engine"
    """The engine itself, when a rule or the knowledge it needs fails."""


@frozen
class Code:
    """One documented reason for a refusal.

    Attributes:
        name: The value of `error.code`, in snake case; a host's own codes carry a namespace (`acme.cash_limit`).
        section: The title of the section of the error page.
        type: The value of `error.type`.
        http_status: The HTTP status of the response that carries it.
        sentence: What it means, for the merchant.
        doc_url: The value of `error.doc_url`; None for a host's code without a page.
        origins: Who can say it.
    """

    name: str
    section: str
    type: ErrorType
    http_status: int
    sentence: str
    doc_url: str | None
    origins: frozenset[Origin] = field(repr=False)

    @classmethod
    def custom(
        cls,
        name: str,
        sentence: str,
        *,
        http_status: int = 400,
        error_type: ErrorType = "invalid_request_error",
        doc_url: str | None = None,
    ) -> "Code":
        """Declare a host's own code.

        Args:
            name: `namespace.code`, both in snake case.
            sentence: What it means, for the merchant.
            http_status: The status of the response, 400 to 599.
            error_type: The `error.type` it ships with.
            doc_url: Where the host documents it.

        Raises:
            ValueError: The name has no namespace, or the status is no error status.
        """
        if not re.fullmatch(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*", name):
            raise ValueError(f"a host's code is named namespace.code in snake case, such as acme.cash_limit: {name!r}")
        if http_status not in range(400, 600):
            raise ValueError(f"the HTTP status of an error lies between 400 and 599: {http_status!r}")
        namespace = name.partition(".")[0]
        return cls(name, namespace, error_type, http_status, sentence, doc_url, frozenset({Origin.RULE}))


@frozen
class _Section:
    title: str
    type: ErrorType
    http_status: int


def _documented(
    section: _Section,
    name: str,
    sentence: str,
    *,
    http_status: int | None = None,
    origins: Iterable[Origin] = (Origin.RULE,),
) -> Code:
    return Code(
        name=name,
        section=section.title,
        type=section.type,
        http_status=section.http_status if http_status is None else http_status,
        sentence=sentence,
        doc_url=f"{DOC_PAGE}#{name}",
        origins=frozenset(origins),
    )


_GENERIC_REQUEST = _Section("Generic request", "invalid_request_error", 400)
INVALID_REQUEST = _documented(
    _GENERIC_REQUEST,
    "invalid_request",
    "The request was refused and no more specific code describes why.",
    origins=(Origin.WIRE,),
)
PARAMETER_MISSING = _documented(
    _GENERIC_REQUEST,
    "parameter_missing",
    "A parameter the operation cannot do without was not sent.",
    origins=(Origin.WIRE, Origin.RULE),
)
PARAMETER_INVALID = _documented(
    _GENERIC_REQUEST,
    "parameter_invalid",
    "A parameter has a wrong type, a wrong format, or a value that is not admitted here.",
    origins=(Origin.WIRE, Origin.RULE),
)
PARAMETER_OUT_OF_RANGE = _documented(
    _GENERIC_REQUEST, "parameter_out_of_range", "A count, quantity or duration lies outside the range the API admits."
)
PARAMETER_UNKNOWN = _documented(
    _GENERIC_REQUEST,
    "parameter_unknown",
    "The request carries a parameter that the API does not know.",
    origins=(Origin.WIRE,),
)
PARAMETERS_EXCLUSIVE = _documented(
    _GENERIC_REQUEST, "parameters_exclusive", "Two parameters were sent that exclude each other."
)
PARAMETER_REQUIRES_ANOTHER = _documented(
    _GENERIC_REQUEST, "parameter_requires_another", "A parameter was sent without the one it depends on."
)
VALIDATION_ERROR = _documented(
    _GENERIC_REQUEST, "validation_error", "The request is not valid and no more specific code describes why."
)
RESOURCE_MISSING = _documented(
    _GENERIC_REQUEST, "resource_missing", "The object the request refers to does not exist.", http_status=404
)
RESOURCE_INVALID_STATE = _documented(
    _GENERIC_REQUEST,
    "resource_invalid_state",
    "The object exists, but its present state does not admit this operation.",
    http_status=409,
)

_AUTHENTICATION = _Section("Authentication", "authentication_error", 401)
AUTHENTICATION_REQUIRED = _documented(
    _AUTHENTICATION, "authentication_required", "The request came without an API key."
)
INVALID_API_KEY = _documented(_AUTHENTICATION, "invalid_api_key", "The API key is not one of the known keys.")
API_KEY_INACTIVE = _documented(_AUTHENTICATION, "api_key_inactive", "The API key is known but switched off.")
INVALID_SIGNATURE = _documented(
    _AUTHENTICATION, "invalid_signature", "The signature of the request is not the one its secret and body give."
)

_AUTHORIZATION = _Section("Authorization", "invalid_request_error", 403)
MERCHANT_NOT_ACTIVATED = _documented(
    _AUTHORIZATION, "merchant_not_activated", "The account may not take live payments yet."
)
PERMISSION_DENIED = _documented(
    _AUTHORIZATION, "permission_denied", "The API key does not hold the permission that this operation asks for."
)

_SESSIONS = _Section("Sessions", "invalid_request_error", 400)
CHECKOUT_SESSION_EXPIRED = _documented(
    _SESSIONS, "checkout_session_expired", "The Checkout Session has passed its expiry."
)
INVALID_CLIENT_SECRET = _documented(
    _SESSIONS, "invalid_client_secret", "The client secret is not the one of this Checkout Session."
)
CREATION_FAILED = _documented(
    _SESSIONS,
    "creation_failed",
    "The session could not be created because of an unexpected fault.",
    origins=(Origin.ENGINE,),
)

_PAYMENT_LINKS = _Section("Payment links", "invalid_request_error", 400)
PAYMENT_LINK_INACTIVE = _documented(_PAYMENT_LINKS, "payment_link_inactive", "The Payment Link is switched off.")
PAYMENT_LINK_EXPIRED = _documented(_PAYMENT_LINKS, "payment_link_expired", "The Payment Link has passed its expiry.")

_AMOUNT_AND_CURRENCY = _Section("Amount and currency", "invalid_request_error", 400)
AMOUNT_INVALID = _documented(
    _AMOUNT_AND_CURRENCY,
    "amount_invalid",
    "The amount is negative, zero where it must be positive, or above the maximum.",
)
CURRENCY_INVALID = _documented(
    _AMOUNT_AND_CURRENCY, "currency_invalid", "The currency is not a currency code of ISO 4217."
)

_PRICES_AND_LINE_ITEMS = _Section("Prices and line items", "invalid_request_error", 400)
PRICE_INACTIVE = _documented(_PRICES_AND_LINE_ITEMS, "price_inactive", "The price is archived.")
PRICE_NOT_YET_ACTIVE = _documented(_PRICES_AND_LINE_ITEMS, "price_not_yet_active", "The price is not on sale yet.")
PRICE_EXPIRED = _documented(_PRICES_AND_LINE_ITEMS, "price_expired", "The price is no longer on sale.")
PRICE_SOLD_OUT = _documented(
    _PRICES_AND_LINE_ITEMS, "price_sold_out", "The price has less stock left than is asked for."
)
PRICE_RECURRING_NOT_SUPPORTED = _documented(
    _PRICES_AND_LINE_ITEMS,
    "price_recurring_not_supported",
    "The price is a recurring one, and checkout takes one-time payments only.",
)
PRICE_IMMUTABLE_WHILE_USED = _documented(
    _PRICES_AND_LINE_ITEMS,
    "price_immutable_while_used",
    "The price is in use, so its currency, amount, type and recurrence cannot change.",
)
PRICE_DATE_RANGE_INVALID = _documented(
    _PRICES_AND_LINE_ITEMS,
    "price_date_range_invalid",
    "The price would go off sale before, or at the moment, it goes on sale.",
)
PRICE_STOCK_INVALID = _documented(
    _PRICES_AND_LINE_ITEMS, "price_stock_invalid", "The stock of a price cannot be negative."
)
LINE_ITEM_MISSING_PRICE = _documented(
    _PRICES_AND_LINE_ITEMS, "line_item_missing_price", "The line item names no price and carries no price data."
)

_PROMOTIONS_AND_COUPONS = _Section("Promotions and coupons", "invalid_request_error", 400)
PROMOTION_CODES_NOT_ALLOWED = _documented(
    _PROMOTIONS_AND_COUPONS,
    "promotion_codes_not_allowed",
    "The session does not let the customer enter promotion codes.",
)
PROMOTION_CODE_NOT_FOUND = _documented(
    _PROMOTIONS_AND_COUPONS, "promotion_code_not_found", "The account has no promotion code spelled like this."
)
PROMOTION_CODE_INACTIVE = _documented(
    _PROMOTIONS_AND_COUPONS, "promotion_code_inactive", "The promotion code is switched off."
)
PROMOTION_CODE_EXPIRED = _documented(
    _PROMOTIONS_AND_COUPONS, "promotion_code_expired", "The promotion code has passed its expiry."
)
PROMOTION_CODE_MAX_REDEMPTIONS = _documented(
    _PROMOTIONS_AND_COUPONS,
    "promotion_code_max_redemptions",
    "The promotion code has been redeemed as often as it may be.",
)
PROMOTION_CODE_CUSTOMER_MISMATCH = _documented(
    _PROMOTIONS_AND_COUPONS, "promotion_code_customer_mismatch", "The promotion code belongs to another customer."
)
PROMOTION_CODE_MINIMUM_AMOUNT = _documented(
    _PROMOTIONS_AND_COUPONS,
    "promotion_code_minimum_amount",
    "The session amount is below the minimum of the promotion code.",
)
PROMOTION_CODE_FIRST_TIME_ONLY = _documented(
    _PROMOTIONS_AND_COUPONS,
    "promotion_code_first_time_only",
    "The promotion code is for a first purchase, and this customer has paid before.",
)
PROMOTION_CODE_EXISTS = _documented(
    _PROMOTIONS_AND_COUPONS, "promotion_code_exists", "The account already has a promotion code spelled like this."
)
COUPON_INVALID = _documented(
    _PROMOTIONS_AND_COUPONS,
    "coupon_invalid",
    "The coupon cannot be redeemed: it is deleted, switched off, expired, used up, or for other products.",
)
COUPON_CURRENCY_MISMATCH = _documented(
    _PROMOTIONS_AND_COUPONS, "coupon_currency_mismatch", "The coupon is in another currency than the session."
)
COUPON_MINIMUM_AMOUNT = _documented(
    _PROMOTIONS_AND_COUPONS, "coupon_minimum_amount", "The session subtotal is below the minimum of the coupon."
)
COUPON_CUSTOMER_MAX_REDEMPTIONS = _documented(
    _PROMOTIONS_AND_COUPONS,
    "coupon_customer_max_redemptions",
    "The customer has redeemed this coupon as often as one customer may.",
)
COUPON_IN_USE = _documented(
    _PROMOTIONS_AND_COUPONS,
    "coupon_in_use",
    "The coupon is attached to an active promotion code or session, so it cannot be deleted.",
)
TOO_MANY_DISCOUNTS = _documented(
    _PROMOTIONS_AND_COUPONS, "too_many_discounts", "The session would carry more discounts than it may."
)

_PAYMENT_METHODS = _Section("Payment methods", "invalid_request_error", 400)
PAYMENT_METHOD_CORRUPTED = _documented(
    _PAYMENT_METHODS, "payment_method_corrupted", "The stored payment method can no longer be read."
)
PAYMENT_METHOD_CUSTOMER_MISMATCH = _documented(
    _PAYMENT_METHODS, "payment_method_customer_mismatch", "The payment method belongs to another customer."
)
PAYMENT_INTENT_CUSTOMER_MISMATCH = _documented(
    _PAYMENT_METHODS, "payment_intent_customer_mismatch", "The payment intent belongs to another customer."
)
PAYMENT_METHOD_MISMATCH = _documented(
    _PAYMENT_METHODS,
    "payment_method_mismatch",
    "The session does not admit the type of payment method that was chosen.",
)

_CHARGES_AND_REFUNDS = _Section("Charges and refunds", "invalid_request_error", 400)
CHARGE_NOT_CAPTURED = _documented(
    _CHARGES_AND_REFUNDS, "charge_not_captured", "The charge has not been captured, so there is nothing to refund."
)
MERCHANT_NO_BALANCE = _documented(
    _CHARGES_AND_REFUNDS, "merchant_no_balance", "The account has no balance to refund from."
)
INSUFFICIENT_BALANCE = _documented(
    _CHARGES_AND_REFUNDS, "insufficient_balance", "The refund is larger than the available balance."
)
CHARGE_MISSING_BALANCE_TRANSACTION = _documented(
    _CHARGES_AND_REFUNDS,
    "charge_missing_balance_transaction",
    "The charge has no balance transaction to refund against.",
)
CHARGE_MISSING_FEE_DATA = _documented(
    _CHARGES_AND_REFUNDS, "charge_missing_fee_data", "The charge has no fee data to compute the refund from."
)
CHARGE_INCOMPLETE_FEE_DATA = _documented(
    _CHARGES_AND_REFUNDS, "charge_incomplete_fee_data", "The fee data of the charge is not complete."
)

_PAYMENT_METHOD_CONFIGURATIONS = _Section("Payment method configurations", "invalid_request_error", 400)
CANNOT_RENAME_DEFAULT = _documented(
    _PAYMENT_METHOD_CONFIGURATIONS,
    "cannot_rename_default",
    "The default payment method configuration is given another name.",
)
MUST_HAVE_ENABLED_METHOD = _documented(
    _PAYMENT_METHOD_CONFIGURATIONS,
    "must_have_enabled_method",
    "The payment method configuration has no payment method switched on.",
)
CANNOT_DELETE_DEFAULT = _documented(
    _PAYMENT_METHOD_CONFIGURATIONS,
    "cannot_delete_default",
    "The default payment method configuration cannot be deleted.",
)
CONFIGURATION_IN_USE = _documented(
    _PAYMENT_METHOD_CONFIGURATIONS,
    "configuration_in_use",
    "Active sessions use the payment method configuration, so it cannot be deleted.",
)

_CURRENCY = _Section("Currency", "invalid_request_error", 400)
UNSUPPORTED_CURRENCY = _documented(
    _CURRENCY, "unsupported_currency", "The account cannot use this currency for this operation."
)
EXCHANGE_RATE_NOT_FOUND = _documented(
    _CURRENCY, "exchange_rate_not_found", "There is no exchange rate from this currency to the settlement currency."
)

_RATE_LIMITING = _Section("Rate limiting", "rate_limit_error", 429)
RATE_LIMIT = _documented(
    _RATE_LIMITING, "rate_limit", "The account has sent more requests than it may in this span of time."
)

_IDEMPOTENCY = _Section("Idempotency", "idempotency_error", 409)
IDEMPOTENCY_KEY_IN_USE = _documented(
    _IDEMPOTENCY, "idempotency_key_in_use", "The idempotency key was already used for a different request."
)

_SYSTEM = _Section("System", "api_error", 500)
INTERNAL_ERROR = _documented(
    _SYSTEM,
    "internal_error",
    "The request could not be judged because of an unexpected fault.",
    origins=(Origin.ENGINE,),
)

CATALOGUE: Mapping[str, Code] = MappingProxyType(
    {
        code.name: code
        for code in (
            INVALID_REQUEST,
            PARAMETER_MISSING,
            PARAMETER_INVALID,
            PARAMETER_OUT_OF_RANGE,
            PARAMETER_UNKNOWN,
            PARAMETERS_EXCLUSIVE,
            PARAMETER_REQUIRES_ANOTHER,
            VALIDATION_ERROR,
            RESOURCE_MISSING,
            RESOURCE_INVALID_STATE,
            AUTHENTICATION_REQUIRED,
            INVALID_API_KEY,
            API_KEY_INACTIVE,
            INVALID_SIGNATURE,
            MERCHANT_NOT_ACTIVATED,
            PERMISSION_DENIED,
            CHECKOUT_SESSION_EXPIRED,
            INVALID_CLIENT_SECRET,
            CREATION_FAILED,
            PAYMENT_LINK_INACTIVE,
            PAYMENT_LINK_EXPIRED,
            AMOUNT_INVALID,
            CURRENCY_INVALID,
            PRICE_INACTIVE,
            PRICE_NOT_YET_ACTIVE,
            PRICE_EXPIRED,
            PRICE_SOLD_OUT,
            PRICE_RECURRING_NOT_SUPPORTED,
            PRICE_IMMUTABLE_WHILE_USED,
            PRICE_DATE_RANGE_INVALID,
            PRICE_STOCK_INVALID,
            LINE_ITEM_MISSING_PRICE,
            PROMOTION_CODES_NOT_ALLOWED,
            PROMOTION_CODE_NOT_FOUND,
            PROMOTION_CODE_INACTIVE,
            PROMOTION_CODE_EXPIRED,
            PROMOTION_CODE_MAX_REDEMPTIONS,
            PROMOTION_CODE_CUSTOMER_MISMATCH,
            PROMOTION_CODE_MINIMUM_AMOUNT,
            PROMOTION_CODE_FIRST_TIME_ONLY,
            PROMOTION_CODE_EXISTS,
            COUPON_INVALID,
            COUPON_CURRENCY_MISMATCH,
            COUPON_MINIMUM_AMOUNT,
            COUPON_CUSTOMER_MAX_REDEMPTIONS,
            COUPON_IN_USE,
            TOO_MANY_DISCOUNTS,
            PAYMENT_METHOD_CORRUPTED,
            PAYMENT_METHOD_CUSTOMER_MISMATCH,
            PAYMENT_INTENT_CUSTOMER_MISMATCH,
            PAYMENT_METHOD_MISMATCH,
            CHARGE_NOT_CAPTURED,
            MERCHANT_NO_BALANCE,
            INSUFFICIENT_BALANCE,
            CHARGE_MISSING_BALANCE_TRANSACTION,
            CHARGE_MISSING_FEE_DATA,
            CHARGE_INCOMPLETE_FEE_DATA,
            CANNOT_RENAME_DEFAULT,
            MUST_HAVE_ENABLED_METHOD,
            CANNOT_DELETE_DEFAULT,
            CONFIGURATION_IN_USE,
            UNSUPPORTED_CURRENCY,
            EXCHANGE_RATE_NOT_FOUND,
            RATE_LIMIT,
            IDEMPOTENCY_KEY_IN_USE,
            INTERNAL_ERROR,
        )
    }
)
"""The documented codes by name, in the order of the error page."""

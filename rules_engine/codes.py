"""The error codes of the payments API, in the order of its error page.

Source: the public page of API error codes (`docs.xpay.app/integrate/errors/api-error-codes`). The two payment link
codes have no heading there; their names are in the page's index only.
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
    """Who in this library can report a code."""

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
        name: The value of `error.code`, in snake case; an application's own codes have a namespace (`acme.cash_limit`).
        section: The title of the section of the error page.
        type: The value of `error.type`.
        http_status: The HTTP status of the response that carries it.
        sentence: What it means, for the merchant.
        doc_url: The value of `error.doc_url`; None for an application's code without a page.
        origins: Who can report it.
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
        """Return an application's own code.

        Args:
            name: `namespace.code`, both in snake case.
            sentence: What it means, for the merchant.
            http_status: The status of the response, 400 to 599.
            error_type: The `error.type` it ships with.
            doc_url: Where the application documents it.

        Raises:
            ValueError: The name has no namespace, or the status is not one of an error.
        """
        if not re.fullmatch(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*", name):
            raise ValueError(
                f"the name of an application's code is namespace.code in snake case, such as acme.cash_limit: {name!r}"
            )
        if http_status not in range(400, 600):
            raise ValueError(f"the HTTP status of an error lies between 400 and 599: {http_status!r}")
        namespace = name.partition(".")[0]
        return cls(name, namespace, error_type, http_status, sentence, doc_url, frozenset({Origin.RULE}))


@frozen
class _Section:
    """A heading of the error page, and what its codes have in common.

    Attributes:
        title: The heading.
        type: The value of `error.type`.
        http_status: The HTTP status, where a code has no other.
    """

    title: str
    type: ErrorType = "invalid_request_error"
    http_status: int = 400

    def code(
        self, name: str, sentence: str, *, origins: Iterable[Origin] = (Origin.RULE,), http_status: int | None = None
    ) -> Code:
        """Return a code of this section; only rules report it, where no other origins are given."""
        status = self.http_status if http_status is None else http_status
        return Code(name, self.title, self.type, status, sentence, f"{DOC_PAGE}#{name}", frozenset(origins))


_GENERIC = _Section("Generic request")
INVALID_REQUEST = _GENERIC.code(
    "invalid_request", "The request was refused and no more specific code describes why.", origins=(Origin.WIRE,)
)
PARAMETER_MISSING = _GENERIC.code(
    "parameter_missing", "A parameter that the operation requires is missing.", origins=(Origin.WIRE, Origin.RULE)
)
PARAMETER_INVALID = _GENERIC.code(
    "parameter_invalid",
    "A parameter has a wrong type, a wrong format, or a value that is not allowed.",
    origins=(Origin.WIRE, Origin.RULE),
)
PARAMETER_OUT_OF_RANGE = _GENERIC.code(
    "parameter_out_of_range", "A count, quantity or duration is outside the allowed range."
)
PARAMETER_UNKNOWN = _GENERIC.code(
    "parameter_unknown", "The request has a parameter that the API does not know.", origins=(Origin.WIRE,)
)
PARAMETERS_EXCLUSIVE = _GENERIC.code("parameters_exclusive", "Two parameters were sent that exclude each other.")
PARAMETER_REQUIRES_ANOTHER = _GENERIC.code(
    "parameter_requires_another", "A parameter was sent without another that it requires."
)
VALIDATION_ERROR = _GENERIC.code(
    "validation_error", "The request is not valid and no more specific code describes why."
)
RESOURCE_MISSING = _GENERIC.code(
    "resource_missing", "The object that the request refers to does not exist.", http_status=404
)
RESOURCE_INVALID_STATE = _GENERIC.code(
    "resource_invalid_state", "The present state of the object does not allow this operation.", http_status=409
)

_AUTHENTICATION = _Section("Authentication", "authentication_error", 401)
AUTHENTICATION_REQUIRED = _AUTHENTICATION.code("authentication_required", "The request came without an API key.")
INVALID_API_KEY = _AUTHENTICATION.code("invalid_api_key", "The API key is not one of the known keys.")
API_KEY_INACTIVE = _AUTHENTICATION.code("api_key_inactive", "The API key is inactive.")
INVALID_SIGNATURE = _AUTHENTICATION.code(
    "invalid_signature", "The signature is missing, too old, or does not match the request."
)

_AUTHORIZATION = _Section("Authorization", http_status=403)
MERCHANT_NOT_ACTIVATED = _AUTHORIZATION.code("merchant_not_activated", "The account may not take live payments yet.")
PERMISSION_DENIED = _AUTHORIZATION.code(
    "permission_denied", "The API key lacks the permission that the endpoint requires."
)

_SESSIONS = _Section("Sessions")
CHECKOUT_SESSION_EXPIRED = _SESSIONS.code("checkout_session_expired", "The checkout session has expired.")
INVALID_CLIENT_SECRET = _SESSIONS.code(
    "invalid_client_secret", "The client secret is not the one of this checkout session."
)
CREATION_FAILED = _SESSIONS.code(
    "creation_failed", "The session could not be created because of an unexpected fault.", origins=(Origin.ENGINE,)
)

_LINKS = _Section("Payment links")
PAYMENT_LINK_INACTIVE = _LINKS.code("payment_link_inactive", "The payment link is inactive.")
PAYMENT_LINK_EXPIRED = _LINKS.code("payment_link_expired", "The payment link has expired.")

_AMOUNTS = _Section("Amount and currency")
AMOUNT_INVALID = _AMOUNTS.code(
    "amount_invalid", "The amount is negative, zero where it must be positive, or above the maximum."
)
CURRENCY_INVALID = _AMOUNTS.code("currency_invalid", "The currency is not a valid ISO 4217 code.")

_PRICES = _Section("Prices and line items")
PRICE_INACTIVE = _PRICES.code("price_inactive", "The price is archived.")
PRICE_NOT_YET_ACTIVE = _PRICES.code("price_not_yet_active", "The price is not on sale yet.")
PRICE_EXPIRED = _PRICES.code("price_expired", "The price is no longer on sale.")
PRICE_SOLD_OUT = _PRICES.code("price_sold_out", "The price has less stock than the quantity that is asked for.")
PRICE_RECURRING_NOT_SUPPORTED = _PRICES.code(
    "price_recurring_not_supported", "The price is a recurring one, and checkout takes one-time payments only."
)
PRICE_IMMUTABLE_WHILE_USED = _PRICES.code(
    "price_immutable_while_used", "The price is in use, so its currency, amount, type and recurrence cannot change."
)
PRICE_DATE_RANGE_INVALID = _PRICES.code(
    "price_date_range_invalid", "The price ends before it starts, or at that moment."
)
PRICE_STOCK_INVALID = _PRICES.code("price_stock_invalid", "The stock of the price is negative.")
LINE_ITEM_MISSING_PRICE = _PRICES.code(
    "line_item_missing_price", "The line item names no price and carries no price data."
)

_PROMOTIONS = _Section("Promotions and coupons")
PROMOTION_CODES_NOT_ALLOWED = _PROMOTIONS.code(
    "promotion_codes_not_allowed", "The session does not allow the customer to enter promotion codes."
)
PROMOTION_CODE_NOT_FOUND = _PROMOTIONS.code(
    "promotion_code_not_found", "No promotion code with this string exists on the account."
)
PROMOTION_CODE_INACTIVE = _PROMOTIONS.code("promotion_code_inactive", "The promotion code is inactive.")
PROMOTION_CODE_EXPIRED = _PROMOTIONS.code("promotion_code_expired", "The promotion code has expired.")
PROMOTION_CODE_MAX_REDEMPTIONS = _PROMOTIONS.code(
    "promotion_code_max_redemptions", "The promotion code has reached its maximum of redemptions."
)
PROMOTION_CODE_CUSTOMER_MISMATCH = _PROMOTIONS.code(
    "promotion_code_customer_mismatch", "The promotion code belongs to another customer."
)
PROMOTION_CODE_MINIMUM_AMOUNT = _PROMOTIONS.code(
    "promotion_code_minimum_amount", "The session amount is below the minimum of the promotion code."
)
PROMOTION_CODE_FIRST_TIME_ONLY = _PROMOTIONS.code(
    "promotion_code_first_time_only", "The promotion code is for a first purchase, and this customer has paid before."
)
PROMOTION_CODE_EXISTS = _PROMOTIONS.code(
    "promotion_code_exists", "A promotion code with this string exists on the account."
)
COUPON_INVALID = _PROMOTIONS.code(
    "coupon_invalid",
    "The coupon is deleted, inactive, expired, used up, or for other products.",
)
COUPON_CURRENCY_MISMATCH = _PROMOTIONS.code(
    "coupon_currency_mismatch", "The coupon is in another currency than the session."
)
COUPON_MINIMUM_AMOUNT = _PROMOTIONS.code(
    "coupon_minimum_amount", "The session subtotal is below the minimum of the coupon."
)
COUPON_CUSTOMER_MAX_REDEMPTIONS = _PROMOTIONS.code(
    "coupon_customer_max_redemptions", "The customer has reached the coupon's maximum of redemptions per customer."
)
COUPON_IN_USE = _PROMOTIONS.code(
    "coupon_in_use", "The coupon is attached to an active promotion code or session, so it cannot be deleted."
)
TOO_MANY_DISCOUNTS = _PROMOTIONS.code("too_many_discounts", "The session has more discounts than are allowed.")

_METHODS = _Section("Payment methods")
PAYMENT_METHOD_CORRUPTED = _METHODS.code("payment_method_corrupted", "The stored payment method can no longer be read.")
PAYMENT_METHOD_CUSTOMER_MISMATCH = _METHODS.code(
    "payment_method_customer_mismatch", "The payment method belongs to another customer."
)
PAYMENT_INTENT_CUSTOMER_MISMATCH = _METHODS.code(
    "payment_intent_customer_mismatch", "The payment intent belongs to another customer."
)
PAYMENT_METHOD_MISMATCH = _METHODS.code(
    "payment_method_mismatch", "The session does not allow the type of payment method that was chosen."
)

_REFUNDS = _Section("Charges and refunds")
CHARGE_NOT_CAPTURED = _REFUNDS.code(
    "charge_not_captured", "The charge has not been captured, so there is nothing to refund."
)
MERCHANT_NO_BALANCE = _REFUNDS.code("merchant_no_balance", "The account has no balance to refund from.")
INSUFFICIENT_BALANCE = _REFUNDS.code("insufficient_balance", "The refund is larger than the available balance.")
CHARGE_MISSING_BALANCE_TRANSACTION = _REFUNDS.code(
    "charge_missing_balance_transaction", "The charge has no balance transaction to refund against."
)
CHARGE_MISSING_FEE_DATA = _REFUNDS.code(
    "charge_missing_fee_data", "The charge has no fee data to compute the refund from."
)
CHARGE_INCOMPLETE_FEE_DATA = _REFUNDS.code("charge_incomplete_fee_data", "The fee data of the charge is not complete.")

_CONFIGURATIONS = _Section("Payment method configurations")
CANNOT_RENAME_DEFAULT = _CONFIGURATIONS.code(
    "cannot_rename_default", "The default payment method configuration cannot be renamed."
)
MUST_HAVE_ENABLED_METHOD = _CONFIGURATIONS.code(
    "must_have_enabled_method", "The payment method configuration has no enabled payment method."
)
CANNOT_DELETE_DEFAULT = _CONFIGURATIONS.code(
    "cannot_delete_default", "The default payment method configuration cannot be deleted."
)
CONFIGURATION_IN_USE = _CONFIGURATIONS.code(
    "configuration_in_use", "Active sessions use the payment method configuration, so it cannot be deleted."
)

_CURRENCY = _Section("Currency")
UNSUPPORTED_CURRENCY = _CURRENCY.code(
    "unsupported_currency", "The account cannot use this currency for this operation."
)
EXCHANGE_RATE_NOT_FOUND = _CURRENCY.code(
    "exchange_rate_not_found", "There is no exchange rate from this currency to the settlement currency."
)

_RATES = _Section("Rate limiting", "rate_limit_error", 429)
RATE_LIMIT = _RATES.code("rate_limit", "The account has sent too many requests in the present window.")

_IDEMPOTENCY = _Section("Idempotency", "idempotency_error", 409)
IDEMPOTENCY_KEY_IN_USE = _IDEMPOTENCY.code(
    "idempotency_key_in_use", "The idempotency key was already used for a different request."
)

_SYSTEM = _Section("System", "api_error", 500)
INTERNAL_ERROR = _SYSTEM.code(
    "internal_error", "The request could not be judged because of an unexpected fault.", origins=(Origin.ENGINE,)
)

CATALOGUE: Mapping[str, Code] = MappingProxyType(
    {code.name: code for code in tuple(globals().values()) if isinstance(code, Code)}
)
"""The documented codes by name, in the order of the error page, in which they are declared above."""

"""The error codes of the payments API, in the order of its error page.

Source: the public page of API error codes (`docs.xpay.app/integrate/errors/api-error-codes`). The two payment link
codes have no heading there; their names are in the page's index only.
"""

import enum
import re
from collections.abc import Iterable, Mapping
from functools import partial
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


def _code(
    section: str,
    name: str,
    sentence: str,
    origins: Iterable[Origin] = (Origin.RULE,),
    *,
    error_type: ErrorType = "invalid_request_error",
    http_status: int = 400,
) -> Code:
    return Code(name, section, error_type, http_status, sentence, f"{DOC_PAGE}#{name}", frozenset(origins))


_WIRE, _WIRE_AND_RULE, _ENGINE = (Origin.WIRE,), (Origin.WIRE, Origin.RULE), (Origin.ENGINE,)

_generic = partial(_code, "Generic request")
INVALID_REQUEST = _generic("invalid_request", "The request was refused and no more specific code describes why.", _WIRE)
PARAMETER_MISSING = _generic("parameter_missing", "A parameter that the operation requires is missing.", _WIRE_AND_RULE)
PARAMETER_INVALID = _generic(
    "parameter_invalid", "A parameter has a wrong type, a wrong format, or a value that is not allowed.", _WIRE_AND_RULE
)
PARAMETER_OUT_OF_RANGE = _generic(
    "parameter_out_of_range", "A count, quantity or duration is outside the allowed range."
)
PARAMETER_UNKNOWN = _generic("parameter_unknown", "The request has a parameter that the API does not know.", _WIRE)
PARAMETERS_EXCLUSIVE = _generic("parameters_exclusive", "Two parameters were sent that exclude each other.")
PARAMETER_REQUIRES_ANOTHER = _generic(
    "parameter_requires_another", "A parameter was sent without another that it requires."
)
VALIDATION_ERROR = _generic("validation_error", "The request is not valid and no more specific code describes why.")
RESOURCE_MISSING = _generic(
    "resource_missing", "The object that the request refers to does not exist.", http_status=404
)
RESOURCE_INVALID_STATE = _generic(
    "resource_invalid_state", "The present state of the object does not allow this operation.", http_status=409
)

_authentication = partial(_code, "Authentication", error_type="authentication_error", http_status=401)
AUTHENTICATION_REQUIRED = _authentication("authentication_required", "The request came without an API key.")
INVALID_API_KEY = _authentication("invalid_api_key", "The API key is not one of the known keys.")
API_KEY_INACTIVE = _authentication("api_key_inactive", "The API key is inactive.")
INVALID_SIGNATURE = _authentication(
    "invalid_signature", "The signature is missing, too old, or does not match the request."
)

_authorization = partial(_code, "Authorization", http_status=403)
MERCHANT_NOT_ACTIVATED = _authorization("merchant_not_activated", "The account may not take live payments yet.")
PERMISSION_DENIED = _authorization("permission_denied", "The API key lacks the permission that the endpoint requires.")

_sessions = partial(_code, "Sessions")
CHECKOUT_SESSION_EXPIRED = _sessions("checkout_session_expired", "The checkout session has expired.")
INVALID_CLIENT_SECRET = _sessions("invalid_client_secret", "The client secret is not the one of this checkout session.")
CREATION_FAILED = _sessions(
    "creation_failed", "The session could not be created because of an unexpected fault.", _ENGINE
)

_links = partial(_code, "Payment links")
PAYMENT_LINK_INACTIVE = _links("payment_link_inactive", "The payment link is inactive.")
PAYMENT_LINK_EXPIRED = _links("payment_link_expired", "The payment link has expired.")

_amounts = partial(_code, "Amount and currency")
AMOUNT_INVALID = _amounts(
    "amount_invalid", "The amount is negative, zero where it must be positive, or above the maximum."
)
CURRENCY_INVALID = _amounts("currency_invalid", "The currency is not a valid ISO 4217 code.")

_prices = partial(_code, "Prices and line items")
PRICE_INACTIVE = _prices("price_inactive", "The price is archived.")
PRICE_NOT_YET_ACTIVE = _prices("price_not_yet_active", "The price is not on sale yet.")
PRICE_EXPIRED = _prices("price_expired", "The price is no longer on sale.")
PRICE_SOLD_OUT = _prices("price_sold_out", "The price has less stock than the quantity that is asked for.")
PRICE_RECURRING_NOT_SUPPORTED = _prices(
    "price_recurring_not_supported", "The price is a recurring one, and checkout takes one-time payments only."
)
PRICE_IMMUTABLE_WHILE_USED = _prices(
    "price_immutable_while_used", "The price is in use, so its currency, amount, type and recurrence cannot change."
)
PRICE_DATE_RANGE_INVALID = _prices("price_date_range_invalid", "The price ends before it starts, or at that moment.")
PRICE_STOCK_INVALID = _prices("price_stock_invalid", "The stock of the price is negative.")
LINE_ITEM_MISSING_PRICE = _prices("line_item_missing_price", "The line item names no price and carries no price data.")

_promotions = partial(_code, "Promotions and coupons")
PROMOTION_CODES_NOT_ALLOWED = _promotions(
    "promotion_codes_not_allowed", "The session does not allow the customer to enter promotion codes."
)
PROMOTION_CODE_NOT_FOUND = _promotions(
    "promotion_code_not_found", "No promotion code with this string exists on the account."
)
PROMOTION_CODE_INACTIVE = _promotions("promotion_code_inactive", "The promotion code is inactive.")
PROMOTION_CODE_EXPIRED = _promotions("promotion_code_expired", "The promotion code has expired.")
PROMOTION_CODE_MAX_REDEMPTIONS = _promotions(
    "promotion_code_max_redemptions", "The promotion code has reached its maximum of redemptions."
)
PROMOTION_CODE_CUSTOMER_MISMATCH = _promotions(
    "promotion_code_customer_mismatch", "The promotion code belongs to another customer."
)
PROMOTION_CODE_MINIMUM_AMOUNT = _promotions(
    "promotion_code_minimum_amount", "The session amount is below the minimum of the promotion code."
)
PROMOTION_CODE_FIRST_TIME_ONLY = _promotions(
    "promotion_code_first_time_only", "The promotion code is for a first purchase, and this customer has paid before."
)
PROMOTION_CODE_EXISTS = _promotions("promotion_code_exists", "A promotion code with this string exists on the account.")
COUPON_INVALID = _promotions(
    "coupon_invalid", "The coupon is deleted, inactive, expired, used up, or for other products."
)
COUPON_CURRENCY_MISMATCH = _promotions(
    "coupon_currency_mismatch", "The coupon is in another currency than the session."
)
COUPON_MINIMUM_AMOUNT = _promotions("coupon_minimum_amount", "The session subtotal is below the minimum of the coupon.")
COUPON_CUSTOMER_MAX_REDEMPTIONS = _promotions(
    "coupon_customer_max_redemptions", "The customer has reached the coupon's maximum of redemptions per customer."
)
COUPON_IN_USE = _promotions(
    "coupon_in_use", "The coupon is attached to an active promotion code or session, so it cannot be deleted."
)
TOO_MANY_DISCOUNTS = _promotions("too_many_discounts", "The session has more discounts than are allowed.")

_methods = partial(_code, "Payment methods")
PAYMENT_METHOD_CORRUPTED = _methods("payment_method_corrupted", "The stored payment method can no longer be read.")
PAYMENT_METHOD_CUSTOMER_MISMATCH = _methods(
    "payment_method_customer_mismatch", "The payment method belongs to another customer."
)
PAYMENT_INTENT_CUSTOMER_MISMATCH = _methods(
    "payment_intent_customer_mismatch", "The payment intent belongs to another customer."
)
PAYMENT_METHOD_MISMATCH = _methods(
    "payment_method_mismatch", "The session does not allow the type of payment method that was chosen."
)

_refunds = partial(_code, "Charges and refunds")
CHARGE_NOT_CAPTURED = _refunds(
    "charge_not_captured", "The charge has not been captured, so there is nothing to refund."
)
MERCHANT_NO_BALANCE = _refunds("merchant_no_balance", "The account has no balance to refund from.")
INSUFFICIENT_BALANCE = _refunds("insufficient_balance", "The refund is larger than the available balance.")
CHARGE_MISSING_BALANCE_TRANSACTION = _refunds(
    "charge_missing_balance_transaction", "The charge has no balance transaction to refund against."
)
CHARGE_MISSING_FEE_DATA = _refunds("charge_missing_fee_data", "The charge has no fee data to compute the refund from.")
CHARGE_INCOMPLETE_FEE_DATA = _refunds("charge_incomplete_fee_data", "The fee data of the charge is not complete.")

_configurations = partial(_code, "Payment method configurations")
CANNOT_RENAME_DEFAULT = _configurations(
    "cannot_rename_default", "The default payment method configuration cannot be renamed."
)
MUST_HAVE_ENABLED_METHOD = _configurations(
    "must_have_enabled_method", "The payment method configuration has no enabled payment method."
)
CANNOT_DELETE_DEFAULT = _configurations(
    "cannot_delete_default", "The default payment method configuration cannot be deleted."
)
CONFIGURATION_IN_USE = _configurations(
    "configuration_in_use", "Active sessions use the payment method configuration, so it cannot be deleted."
)

_currency = partial(_code, "Currency")
UNSUPPORTED_CURRENCY = _currency("unsupported_currency", "The account cannot use this currency for this operation.")
EXCHANGE_RATE_NOT_FOUND = _currency(
    "exchange_rate_not_found", "There is no exchange rate from this currency to the settlement currency."
)

_rates = partial(_code, "Rate limiting", error_type="rate_limit_error", http_status=429)
RATE_LIMIT = _rates("rate_limit", "The account has sent too many requests in the present window.")

_idempotency = partial(_code, "Idempotency", error_type="idempotency_error", http_status=409)
IDEMPOTENCY_KEY_IN_USE = _idempotency(
    "idempotency_key_in_use", "The idempotency key was already used for a different request."
)

_system = partial(_code, "System", error_type="api_error", http_status=500)
INTERNAL_ERROR = _system("internal_error", "The request could not be judged because of an unexpected fault.", _ENGINE)

CATALOGUE: Mapping[str, Code] = MappingProxyType(
    {code.name: code for code in tuple(globals().values()) if isinstance(code, Code)}
)
"""The documented codes by name, in the order of the error page, in which they are declared above."""

"""A checkout session: the requests that act on it, and the stored session as the API returns it."""

from datetime import datetime
from typing import Literal

from attrs import field, frozen

from rules_engine.models.branding import BrandingSettings
from rules_engine.models.custom_field import CustomField
from rules_engine.models.customer import CustomerDetails, CustomerUpdate
from rules_engine.models.formats import Metadata, Number, PaymentMethodType, Rate, Url
from rules_engine.models.line_item import LineItem
from rules_engine.models.price import PriceType
from rules_engine.models.unset import UNSET, Unset

Mode = Literal["payment", "setup", "subscription"]
UiMode = Literal["hosted", "embedded", "custom"]
SubmitType = Literal["PAY", "SUBSCRIBE", "BOOK", "DONATE"]
CustomerCreation = Literal["always", "if_required"]
Locale = Literal["en", "ar"]


@frozen
class Redirect:
    """Where the buyer goes after paying."""

    url: Url


@frozen
class HostedConfirmation:
    """The confirmation page of the platform.

    Attributes:
        custom_message: At most 500 characters.
        return_url: Where its button leads.
    """

    custom_message: str | None = None
    return_url: Url | None = None


@frozen
class AfterCompletion:
    """What happens after paying: `redirect` goes with the first type only, `hosted_confirmation` with the second."""

    type: Literal["redirect", "hosted_confirmation"]
    redirect: Redirect | None = None
    hosted_confirmation: HostedConfirmation | None = None


@frozen
class Discount:
    """A discount the merchant sets: a coupon or a promotion code, by id."""

    coupon: str | None = None
    promotion_code: str | None = None


@frozen
class FeeConfig:
    """Who bears the fees, and whether VAT is collected; the rate is in basis points (1400 is 14 %)."""

    fees_pass_through: bool
    vat_collection_enabled: bool
    vat_collection_rate: Number | None = None


@frozen
class SessionCreate:
    """The body of `session.create`; null is the same as absent."""

    after_completion: AfterCompletion
    mode: Mode | None = None
    ui_mode: UiMode | None = None
    submit_type: SubmitType | None = None
    currency: str | None = None
    line_items: tuple[LineItem, ...] | None = None
    cancel_url: Url | None = None
    customer_id: str | None = None
    customer_details: CustomerDetails | None = None
    customer_update: CustomerUpdate | None = None
    customer_creation: CustomerCreation | None = None
    allow_promotion_codes: bool | None = None
    discounts: tuple[Discount, ...] | None = None
    name_collection: bool | None = None
    billing_address_collection: bool | None = None
    shipping_address_collection: bool | None = None
    phone_number_collection: bool | None = None
    custom_fields: tuple[CustomField, ...] | None = None
    metadata: Metadata | None = None
    fee_config: FeeConfig | None = None
    branding_settings: BrandingSettings | None = None
    locale: Locale | None = None
    payment_method_types: tuple[PaymentMethodType, ...] | None = None
    payment_method_configuration_id: str | None = None
    expires_after_minutes: Number | None = None


@frozen
class SessionUpdate:
    """The body of `session.update`: `UNSET` keeps what is stored, None clears it.

    The last five fields cannot be changed; they are read so that a rule can say so.
    """

    after_completion: AfterCompletion | Unset | None = UNSET
    line_items: tuple[LineItem, ...] | Unset | None = UNSET
    cancel_url: Url | Unset | None = UNSET
    customer_id: str | Unset | None = UNSET
    customer_details: CustomerDetails | Unset | None = UNSET
    customer_update: CustomerUpdate | Unset | None = UNSET
    customer_creation: CustomerCreation | Unset = UNSET
    allow_promotion_codes: bool | Unset = UNSET
    discounts: tuple[Discount, ...] | Unset | None = UNSET
    name_collection: bool | Unset = UNSET
    billing_address_collection: bool | Unset = UNSET
    shipping_address_collection: bool | Unset = UNSET
    phone_number_collection: bool | Unset = UNSET
    custom_fields: tuple[CustomField, ...] | Unset | None = UNSET
    metadata: Metadata | Unset | None = UNSET
    fee_config: FeeConfig | Unset | None = UNSET
    branding_settings: BrandingSettings | Unset | None = UNSET
    locale: Locale | Unset | None = UNSET
    payment_method_types: tuple[PaymentMethodType, ...] | Unset | None = UNSET
    payment_method_configuration_id: str | Unset | None = UNSET
    mode: Mode | Unset | None = UNSET
    ui_mode: UiMode | Unset | None = UNSET
    submit_type: SubmitType | Unset | None = UNSET
    currency: str | Unset | None = UNSET
    expires_after_minutes: Number | Unset | None = UNSET


@frozen
class SessionConfirm:
    """The body of `session.confirm`: how the buyer pays.

    Attributes:
        client_secret: The secret handed to the buyer's browser, where the call comes from there.
        payment_method: The id of a stored payment method.
        payment_method_type: The type the buyer chose.
        payment_intent_id: The payment intent to confirm.
        customer_details: What the buyer filled in.
    """

    client_secret: str | None = field(default=None, repr=False)
    payment_method: str | None = None
    payment_method_type: PaymentMethodType | None = None
    payment_intent_id: str | None = None
    customer_details: CustomerDetails | None = None


@frozen
class SessionExpire:
    """The body of `session.expire`: nothing."""


@frozen
class SessionApplyPromotionCode:
    """The body of `session.apply_promotion_code`: what the buyer typed.

    Attributes:
        promotion_code: The code as typed.
        client_secret: The secret handed to the buyer's browser, where the call comes from there.
    """

    promotion_code: str
    client_secret: str | None = field(default=None, repr=False)


@frozen
class LinePresentment:
    """The amounts of a stored line in the currency the buyer sees, in minor units."""

    currency: str
    amount_subtotal: int


@frozen
class LineProduct:
    """The product of a stored line."""

    id: str


@frozen
class LinePrice:
    """The copy of a price in a stored line; the price itself is a fact of its own."""

    id: str
    type: PriceType = "ONE_TIME"
    unit_amount: int | None = None
    product: LineProduct | None = None


@frozen
class SessionLine:
    """A line of a stored session; amounts are in minor units of the settlement currency."""

    quantity: int
    price: LinePrice
    amount_subtotal: int | None = None
    presentment_details: LinePresentment | None = None


@frozen
class DiscountCoupon:
    """The coupon of a stored discount; the coupon itself is a fact of its own."""

    id: str


@frozen
class SessionDiscount:
    """A discount a stored session carries."""

    coupon: DiscountCoupon
    promotion_code_id: str | None = None


@frozen
class OfferedMethod:
    """A payment method type a stored session offers."""

    type: str


@frozen
class SessionPresentment:
    """The amounts of a stored session in the currency the buyer sees, and the rate locked when it was created."""

    currency: str
    amount_subtotal: int
    exchange_rate: Rate


@frozen
class StoredCustomerUpdate:
    """That a stored session may overwrite parts of its customer."""

    address: str | None = None
    name: str | None = None
    shipping: str | None = None


@frozen
class Session:
    """A stored checkout session, as the API returns it.

    Attributes:
        id: `cs_...`.
        status: `open` until it is paid or its time is over.
        amount_subtotal: Minor units of the settlement currency, before discounts.
        currency: A currency code in either case.
        expires_at: Payable until just before this instant.
        is_expired: What the API computed last.
        client_secret: The secret handed to the buyer's browser.
        line_items: Its lines; None where nobody looked.
        payment_method_types: What it offers; None where it follows a configuration.
        metadata: What the merchant attached to it. No rule reads it; waivers do.
        presentment_details: Present only where the buyer sees another currency than the settlement currency.
    """

    id: str
    status: Literal["open", "complete", "expired"]
    mode: Mode = "payment"
    ui_mode: UiMode = "hosted"
    submit_type: SubmitType = "PAY"
    customer_creation: CustomerCreation = "if_required"
    payment_status: Literal["paid", "unpaid", "no_payment_required"] = "unpaid"
    currency: str | None = None
    amount_subtotal: int | None = None
    presentment_details: SessionPresentment | None = None
    cancel_url: str | None = None
    client_secret: str | None = field(default=None, repr=False)
    expires_at: datetime | None = None
    is_expired: bool = False
    customer_id: str | None = None
    line_items: tuple[SessionLine, ...] | None = None
    discounts: tuple[SessionDiscount, ...] = ()
    allow_promotion_codes: bool = False
    name_collection: bool = False
    billing_address_collection: bool = False
    shipping_address_collection: bool = False
    phone_number_collection: bool = False
    payment_method_types: tuple[OfferedMethod, ...] | None = None
    payment_method_configuration_id: str | None = None
    customer_update: StoredCustomerUpdate | None = None
    metadata: Metadata | None = None

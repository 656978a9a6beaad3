"""A checkout session: its page, its buyer, the requests that act on it, and the stored session as the API has it."""

from datetime import datetime
from typing import Literal

from attrs import field, frozen

from rules_engine.models.formats import (
    UNSET,
    Email,
    HexColor,
    Label,
    Metadata,
    Number,
    PaymentMethodType,
    Rate,
    Unset,
    Url,
)
from rules_engine.models.price import LineItem, PriceType


@frozen
class BrandingColors:
    """The twelve colours of a payment page, each of them optional."""

    primary: HexColor | None = None
    primary_foreground: HexColor | None = None
    background: HexColor | None = None
    foreground: HexColor | None = None
    border: HexColor | None = None
    input: HexColor | None = None
    ring: HexColor | None = None
    muted: HexColor | None = None
    muted_foreground: HexColor | None = None
    accent: HexColor | None = None
    accent_foreground: HexColor | None = None
    destructive: HexColor | None = None


@frozen
class BrandingSettings:
    """How a payment page looks; what is not stated is the merchant's own setting.

    Attributes:
        font_family: At most 512 characters.
    """

    color_mode: Literal["light", "dark", "system"] | None = None
    border_style: Literal["rounded", "sharp", "pill"] | None = None
    spacing: Literal["condensed", "normal", "spacious"] | None = None
    input_size: Literal["small", "medium", "large"] | None = None
    input_style: Literal["flat", "outlined", "filled"] | None = None
    form_layout: Literal["compact", "spacious"] | None = None
    colors: BrandingColors | None = None
    font_family: str | None = None


@frozen
class DropdownOption:
    """One choice of a dropdown."""

    label: Label


@frozen
class CustomField:
    """A field the buyer fills in.

    Attributes:
        label: What the buyer reads.
        type: What kind of value it takes.
        is_optional: False where it is not stated.
        has_limits: Whether the length of the value is bounded.
        limit_type: How the two bounds are read.
        min_characters: At least 1.
        max_characters: At least 1.
        dropdown_options: The choices, for a dropdown only.
    """

    label: Label
    type: Literal["TEXT", "NUMBER", "DROPDOWN", "CHECKBOX"]
    is_optional: bool | None = None
    has_limits: bool | None = None
    limit_type: Literal["AT_MOST", "BETWEEN", "AT_LEAST", "EXACTLY"] | None = None
    min_characters: int | None = None
    max_characters: int | None = None
    dropdown_options: tuple[DropdownOption, ...] | None = None


@frozen
class LinkCustomField(CustomField):
    """A field of the page of a payment link; whether it is optional is never null."""

    is_optional: bool = False


@frozen
class Address:
    """A postal address; every part is optional."""

    line1: str | None = None
    line2: str | None = None
    city: str | None = None
    state: str | None = None
    postal_code: str | None = None
    country: str | None = None


@frozen
class BillingDetails:
    """Whom the payment is billed to."""

    name: str | None = None
    email: Email | None = None
    phone: str | None = None
    address: Address | None = None


@frozen
class Shipping:
    """Where the goods go."""

    name: str | None = None
    phone: str | None = None
    address: Address | None = None


@frozen
class CustomerDetails:
    """What is known of a buyer who is no stored customer."""

    name: str | None = None
    email: Email | None = None
    phone: str | None = None
    billing_details: BillingDetails | None = None
    shipping: Shipping | None = None


Updating = Literal["auto", "never"]


@frozen
class CustomerUpdate:
    """Which parts of the stored customer a payment may overwrite; `never` where it is not stated."""

    address: Updating | None = None
    name: Updating | None = None
    shipping: Updating | None = None


@frozen
class Customer:
    """A stored customer, as the API returns it."""

    id: str
    type: Literal["registered", "guest"] = "registered"
    name: str | None = None
    email: str | None = None
    phone: str | None = None


SessionMode = Literal["payment", "setup", "subscription"]
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
    mode: SessionMode | None = None
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

    The last five fields cannot be changed; they are read so that a rule can report it.
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
    mode: SessionMode | Unset | None = UNSET
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
        line_items: Its lines; None where not provided.
        payment_method_types: What it offers; None where it follows a configuration.
        metadata: What the merchant attached to it. No rule reads it; waivers do.
        presentment_details: Present only where the buyer sees another currency than the settlement currency.
    """

    id: str
    status: Literal["open", "complete", "expired"]
    mode: SessionMode = "payment"
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

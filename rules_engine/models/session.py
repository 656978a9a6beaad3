"""A checkout session: its page, its buyer, the requests that act on it, and the stored session as the API has it."""

from datetime import datetime
from typing import Literal

from attrs import field, frozen

from rules_engine.models.customer import CustomerDetails, CustomerReference, CustomerUpdate, StoredCustomerUpdate
from rules_engine.models.formats import (
    UNSET,
    AccountObject,
    DecimalText,
    HexColor,
    Label,
    Metadata,
    MethodType,
    NonNegative,
    Number,
    PaymentMethodType,
    Rate,
    Unset,
    Url,
    own_first,
)
from rules_engine.models.price import LineItem, LineProduct, PriceType


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
        color_mode: Whether the page is light, dark, or follows the buyer's device.
        border_style: The corners of boxes and buttons.
        spacing: How far apart things stand.
        input_size: How large input fields are.
        input_style: How input fields are drawn.
        form_layout: How the form is laid out.
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
    """What happens after paying.

    Attributes:
        type: A redirect, or a confirmation page of the platform.
        redirect: Where to; for that type only.
        hosted_confirmation: What the page shows; for that type only.
    """

    type: Literal["redirect", "hosted_confirmation"]
    redirect: Redirect | None = None
    hosted_confirmation: HostedConfirmation | None = None


@frozen
class Discount:
    """A discount the merchant sets: a coupon or a promotion code.

    Attributes:
        coupon: The id of a coupon.
        promotion_code: The id of a promotion code.
    """

    coupon: str | None = None
    promotion_code: str | None = None


@frozen
class FeeConfig:
    """Who bears the fees, and whether VAT is collected.

    Attributes:
        fees_pass_through: Whether the buyer pays the fees on top.
        vat_collection_enabled: Whether VAT is collected.
        vat_collection_rate: In basis points: 1400 is 14 %.
    """

    fees_pass_through: bool
    vat_collection_enabled: bool
    vat_collection_rate: Number | None = None


@frozen
class SessionCreate:
    """The body of `session.create`; null is the same as absent.

    Attributes:
        after_completion: What the buyer sees after paying.
        mode: What the session is for; `payment` where it is not stated.
        ui_mode: Where the page is shown; `hosted` where it is not stated.
        submit_type: What the button of the page says; `PAY` where it is not stated.
        currency: A currency code in either case; that of the first line where it is not stated.
        line_items: What is sold.
        cancel_url: Where a buyer goes who does not pay; http or https.
        customer_id: The id of a stored customer.
        customer_creation: Whether a customer is stored for every buyer; `if_required` where it is not stated.
        allow_promotion_codes: Whether the buyer may enter a promotion code.
        discounts: What the merchant takes off.
        name_collection: Whether the buyer is asked for a name.
        billing_address_collection: Whether the buyer is asked for a billing address.
        shipping_address_collection: Whether the buyer is asked for a shipping address.
        phone_number_collection: Whether the buyer is asked for a phone number.
        custom_fields: Further fields that the buyer fills in.
        metadata: What the merchant attaches to the object: any JSON object or array.
        locale: The language of the page.
        payment_method_types: What the buyer may pay with; the types of a configuration where it is not stated.
        payment_method_configuration_id: The id of the configuration that decides what the buyer may pay with.
        expires_after_minutes: How long the session can be paid, in minutes.
    """

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
    payment_method_types: tuple[MethodType, ...] | None = None
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
    payment_method_types: tuple[MethodType, ...] | Unset | None = UNSET
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
    """The amounts of a stored line in the currency the buyer sees.

    Attributes:
        amount_subtotal: Before discounts, in minor units.
    """

    currency: str
    amount_subtotal: int


@frozen
class LinePrice:
    """The copy of a price in a stored line; the price itself is a fact of its own.

    Attributes:
        type: CUSTOM means that the buyer sets the amount.
        unit_amount: Minor units; None for a CUSTOM price.
    """

    id: str
    type: PriceType = "ONE_TIME"
    unit_amount: int | None = None
    product: LineProduct | None = None


@frozen
class SessionLine:
    """A line of a stored session.

    Attributes:
        quantity: How many.
        amount_subtotal: Before discounts, in minor units of the settlement currency.
        presentment_details: The same in the currency the buyer sees, where that is another one.
    """

    quantity: NonNegative
    price: LinePrice
    amount_subtotal: int | None = None
    presentment_details: LinePresentment | None = None


@frozen
class DiscountCoupon:
    """The coupon of a stored discount; the coupon itself is a fact of its own."""

    id: str


@frozen
class SessionDiscount:
    """A discount a stored session carries.

    Attributes:
        coupon: What is taken off.
        promotion_code_id: The id of the promotion code that gave it; None where the merchant set the coupon.
    """

    coupon: DiscountCoupon
    promotion_code_id: str | None = None


@frozen
class OfferedMethod:
    """A payment method type a stored session offers.

    Attributes:
        type: A payment method type, such as `card`.
        min_transaction_amount: The least it takes, in minor units of the session's `currency`; None is no least.
        max_transaction_amount: The most it takes, in the same units; None is no most.
    """

    type: str
    min_transaction_amount: DecimalText | None = None
    max_transaction_amount: DecimalText | None = None


@frozen
class SessionPresentment:
    """The amounts of a stored session in the currency the buyer sees, and the rate locked when it was created.

    Attributes:
        amount_subtotal: Before discounts, in minor units.
        exchange_rate: The locked rate: how many units of the settlement currency one unit is.
    """

    currency: str
    amount_subtotal: int
    exchange_rate: Rate


@frozen(field_transformer=own_first)
class Session(AccountObject):
    """A stored checkout session, as the API returns it.

    Attributes:
        customer_id: The id of its customer; None for a guest's.
        customer: The same as an object; a session may have either.
        payment_status: Whether it is paid.
        id: `cs_...`.
        status: `open` until it is paid or its time is over.
        amount_subtotal: Minor units of the settlement currency, before discounts.
        amount_total: The same, after discounts and all else: what is to be paid.
        currency: A currency code in either case.
        expires_at: Payable until just before this instant.
        is_expired: What the API computed last.
        client_secret: The secret handed to the buyer's browser.
        line_items: Its lines; None where not provided.
        payment_method_types: What it offers; None where it follows a configuration.
        payment_intent_id: The payment intent that it is paid by; None where it has none yet.
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
    amount_total: int | None = None
    presentment_details: SessionPresentment | None = None
    cancel_url: str | None = None
    client_secret: str | None = field(default=None, repr=False)
    expires_at: datetime | None = None
    is_expired: bool = False
    customer_id: str | None = None
    customer: CustomerReference | None = None
    line_items: tuple[SessionLine, ...] | None = None
    discounts: tuple[SessionDiscount, ...] = ()
    allow_promotion_codes: bool = False
    name_collection: bool = False
    billing_address_collection: bool = False
    shipping_address_collection: bool = False
    phone_number_collection: bool = False
    payment_method_types: tuple[OfferedMethod, ...] | None = None
    payment_method_configuration_id: str | None = None
    payment_intent_id: str | None = None
    customer_update: StoredCustomerUpdate | None = None
    metadata: Metadata | None = None


def customer_of(session: Session | None) -> str | None:
    """Return the id of the customer of a stored session; None for a guest's, and where there is no session."""
    if session is None or session.customer_id is not None or session.customer is None:
        return None if session is None else session.customer_id
    return session.customer.id

"""A payment link: the requests that act on it, and the stored link as the API returns it."""

from datetime import datetime

from attrs import frozen

from rules_engine.models.branding import BrandingSettings
from rules_engine.models.custom_field import LinkCustomField
from rules_engine.models.formats import JsonObject, Label
from rules_engine.models.line_item import AdjustableQuantity
from rules_engine.models.session import AfterCompletion, CustomerCreation, FeeConfig, LinePrice, SubmitType
from rules_engine.models.unset import UNSET, Unset


@frozen
class PaymentLinkLine:
    """A line of a payment link: a catalogue price, never an inline one.

    Attributes:
        price_id: The id of a catalogue price.
        quantity: 0 to 2147483647; 0 only for an optional line.
        adjustable_quantity: What the buyer may do with the quantity.
    """

    price_id: Label
    quantity: int
    adjustable_quantity: AdjustableQuantity | Unset = UNSET


@frozen
class PaymentLinkCreate:
    """The body of `payment_link.create`; null, where it is admitted, is the same as absent."""

    line_items: tuple[PaymentLinkLine, ...]
    after_completion: AfterCompletion
    submit_type: SubmitType | None = None
    customer_creation: CustomerCreation = "if_required"
    allow_promotion_codes: bool | None = None
    name_collection: bool | None = None
    billing_address_collection: bool | None = None
    shipping_address_collection: bool | None = None
    phone_number_collection: bool | None = None
    custom_fields: tuple[LinkCustomField, ...] | None = None
    expires_at: datetime | None = None
    metadata: JsonObject | None = None
    fee_config: FeeConfig | None = None
    branding_settings: BrandingSettings | None = None
    payment_method_configuration_id: str | None = None


@frozen
class PaymentLinkUpdate:
    """The body of `payment_link.update`: `UNSET` keeps what is stored, None clears it, lists replace."""

    line_items: tuple[PaymentLinkLine, ...] | Unset = UNSET
    after_completion: AfterCompletion | Unset = UNSET
    submit_type: SubmitType | Unset = UNSET
    customer_creation: CustomerCreation | Unset = UNSET
    allow_promotion_codes: bool | Unset = UNSET
    name_collection: bool | Unset = UNSET
    billing_address_collection: bool | Unset = UNSET
    shipping_address_collection: bool | Unset = UNSET
    phone_number_collection: bool | Unset = UNSET
    custom_fields: tuple[LinkCustomField, ...] | Unset = UNSET
    expires_at: datetime | Unset | None = UNSET
    metadata: JsonObject | Unset | None = UNSET
    fee_config: FeeConfig | Unset | None = UNSET
    branding_settings: BrandingSettings | Unset | None = UNSET
    payment_method_configuration_id: str | Unset | None = UNSET
    active: bool | Unset = UNSET


@frozen
class PaymentLinkOpen:
    """The body of `payment_link.open`, a buyer's first step on a link: nothing. The call is ours, not the API's."""


@frozen
class StoredLinkLine:
    """A line of a stored payment link; the price itself is a fact of its own.

    Attributes:
        quantity: How many.
        price: The price, as the lines of other objects show it.
        price_id: Its id, as the requests of a link name it; a line has one of the two.
    """

    quantity: int
    price: LinePrice | None = None
    price_id: str | None = None


@frozen
class PaymentLink:
    """A stored payment link, as the API returns it.

    Attributes:
        id: `plink_...`.
        active: False is switched off.
        expires_at: Open until just before this instant; None never expires.
        currency: A currency code in either case.
        line_items: Its lines; None where nobody looked.
    """

    id: str
    active: bool = True
    expires_at: datetime | None = None
    currency: str | None = None
    line_items: tuple[StoredLinkLine, ...] | None = None

"""The session that a request would create or leave behind, in its parts."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from rules_engine.models import (
    UNSET,
    AfterCompletion,
    CustomField,
    Facts,
    PaymentLinkCreate,
    PaymentLinkUpdate,
    SessionCreate,
    SessionUpdate,
    Unset,
)
from rules_engine.views.scope import INDEX, Axis, Reference, constructor, scope, view
from rules_engine.views.views import UnknownFact

DEFAULT_UI_MODE: Final = "hosted"
"""How a session is shown that does not say so."""


@scope(("request",))
@view
class SessionView:
    """The session as it would be after the request, in the parts that the request touches.

    Attributes:
        request: The request.
        ui_mode: How the session is shown; None where that is unknown.
        line_count: How many lines the request states; None for none at all.
        subtotal: What they come to, in minor units; None where that cannot be computed.
        subtotal_unknown: Whether a price of theirs is not provided.
        customer_id: The customer; None for a buyer who is no stored customer, or where that is unknown.
        details_sent: Whether the request carries details of a buyer.
        always_create: Whether a customer would always be created; None where the stored session is not provided.
        updates_customer: Whether parts of the customer would be overwritten; None as above.
        methods_sent: Whether the request states payment method types; the same for the next two.
        cancel_url_sent: Whether the request states a URL to go back to.
        discount_count: How many discounts the request states.
        expires_after: In how many minutes a new session expires; None where it is not stated.
        stored_customer_unknown: Whether the customer is the one of a stored session that is not provided.
    """

    request: SessionCreate | SessionUpdate
    ui_mode: str | None
    line_count: int | None
    subtotal: int | None
    subtotal_unknown: bool
    customer_id: str | None
    details_sent: bool
    always_create: bool | None
    updates_customer: bool | None
    methods_sent: bool
    configuration_sent: bool
    submit_type_sent: bool
    cancel_url_sent: bool
    discount_count: int
    expires_after: int | Decimal | None
    stored_customer_unknown: bool = False


@scope(("request", "customerId"))
@view
class CustomerView(Reference):
    """A customer that a request names, by id."""

    id: str


@scope(("request", "afterCompletion"))
@view
class AfterCompletionView:
    """What happens after paying, as the request states it.

    Attributes:
        completion: The statement.
        ui_mode: How the session is shown; None where that is unknown.
    """

    completion: AfterCompletion
    ui_mode: str | None


@scope(("request", "customFields"))
@view
class CustomFieldListView:
    """All custom fields of a request together.

    Attributes:
        count: How many there are.
    """

    count: int


@scope(("request", "customFields", INDEX), axis=Axis.CUSTOM_FIELD)
@view
class CustomFieldView:
    """A custom field.

    Attributes:
        index: Its index.
        field: The field as the request states it.
    """

    index: int
    field: CustomField


@scope(("request", "metadata"))
@view
class MetadataView:
    """The metadata that a request attaches to an object.

    Attributes:
        count: How many keys, or items, it has.
    """

    count: int


@scope(("request", "brandingSettings"))
@view
class BrandingView:
    """Branding settings that state a font.

    Attributes:
        font_family: The name of the font.
    """

    font_family: str


@scope(("request", "feeConfig"))
@view
class FeeConfigView:
    """What a request states of fees, where it states a rate.

    Attributes:
        rate: The rate at which VAT is collected, in basis points.
    """

    rate: int | Decimal


_customer_view = constructor(CustomerView)
_after_completion_view = constructor(AfterCompletionView)
_custom_field_list_view = constructor(CustomFieldListView)
_custom_field_view = constructor(CustomFieldView)
_metadata_view = constructor(MetadataView)
_branding_view = constructor(BrandingView)
_fee_config_view = constructor(FeeConfigView)


def build_customer(
    customer_id: str | Unset | None, facts: Facts, unknown: list[UnknownFact]
) -> tuple[CustomerView, ...]:
    """Build the customer that a request names, where it names one."""
    if customer_id is None or customer_id is UNSET:
        return ()
    if facts.customer is not None and facts.customer.id == customer_id:
        return (_customer_view(id=customer_id, missing=False, unknown=False),)
    missing = customer_id in facts.missing.customers
    if not missing:
        unknown.append(("customer", customer_id))
    return (_customer_view(id=customer_id, missing=missing, unknown=not missing),)


def build_metadata(metadata: Mapping[str, Any] | list[Any] | Unset | None) -> tuple[MetadataView, ...]:
    """Build the metadata of a request, where it states any."""
    return () if metadata is None or metadata is UNSET else (_metadata_view(count=len(metadata)),)


def build_parts(
    request: SessionCreate | SessionUpdate | PaymentLinkCreate | PaymentLinkUpdate, ui_mode: str | None
) -> tuple[
    Sequence[AfterCompletionView],
    Sequence[CustomFieldListView],
    Sequence[CustomFieldView],
    Sequence[MetadataView],
    Sequence[BrandingView],
    Sequence[FeeConfigView],
]:
    """Build what sessions and payment links state in the same words, where a request states it."""
    after_completion: tuple[AfterCompletionView, ...] = ()
    completion = request.after_completion
    if completion is not None and completion is not UNSET:
        after_completion = (_after_completion_view(completion=completion, ui_mode=ui_mode),)
    field_list: tuple[CustomFieldListView, ...] = ()
    custom_fields: Sequence[CustomFieldView] = ()
    fields = request.custom_fields
    if fields is not None and fields is not UNSET:
        field_list = (_custom_field_list_view(count=len(fields)),)
        custom_fields = [_custom_field_view(index=index, field=field) for index, field in enumerate(fields)]
    branding: tuple[BrandingView, ...] = ()
    settings = request.branding_settings
    if settings is not None and settings is not UNSET and settings.font_family is not None:
        branding = (_branding_view(font_family=settings.font_family),)
    fees: tuple[FeeConfigView, ...] = ()
    config = request.fee_config
    if config is not None and config is not UNSET and config.vat_collection_rate is not None:
        fees = (_fee_config_view(rate=config.vat_collection_rate),)
    return after_completion, field_list, custom_fields, build_metadata(request.metadata), branding, fees

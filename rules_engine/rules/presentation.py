"""What a session or payment link may show the buyer: its page, what happens after paying, its custom fields, metadata.

Sources: XPay's schemas of the session and payment link requests and of a custom field, and its page on completion. A
parameter that a page cannot have may be false, which asks the buyer for nothing.
"""

from collections.abc import Mapping
from typing import Final

from rules_engine import codes
from rules_engine.rules.kinds import NO_LARGER_OBJECT, Bound, Keys, Setting, items, number, text
from rules_engine.rules.limits import (
    LARGEST_AMOUNT,
    MAX_CONFIRMATION_MESSAGE,
    MAX_CUSTOM_FIELDS,
    MAX_FONT_FAMILY,
    MAX_METADATA_KEYS,
)
from rules_engine.rules.row import LeftOut, Shown, rule, where
from rules_engine.views.context import Context
from rules_engine.views.session import (
    AfterCompletionView,
    BrandingView,
    CustomFieldListView,
    CustomFieldView,
    FeeConfigView,
    MetadataView,
    SessionView,
)

_LINKS: Final = ("payment_link_create_full", "payment_link_update_full")
_PAGES: Final = ("create", *_LINKS)
_LINK: Final = ("payment_link.create", "payment_link.update")
_UI_MODE: Final[Mapping[str, Shown]] = {"uiMode": "ui_mode"}
_COMPLETION: Final[Mapping[str, Shown]] = {"type": "completion.type", "uiMode": where("ui_mode", "ui_mode")}
_CHARACTERS: Final[Mapping[str, Shown]] = {
    "minCharacters": "field.min_characters",
    "maxCharacters": "field.max_characters",
    "minimum": 1,
}
_FIXED: Final[LeftOut] = {"session.update": "the field cannot be changed at all"}


@rule(
    codes.PARAMETER_INVALID,
    order=580,
    on=SessionView,
    param="cancelUrl",
    undecided_when=lambda session, _: session.cancel_url_sent and session.ui_mode is None,
    message="cancelUrl is available with uiMode hosted only, and uiMode is {uiMode}.",
    public=_UI_MODE,
    counterexamples=(("create_custom_page", {"/request/cancelUrl": "https://a.example"}),),
)
def cancel_url_unavailable(session: SessionView, _: Context) -> bool:
    """A session that is not hosted has a cancel URL. XPay's schema of the create call; Stripe refuses the same."""
    return session.cancel_url_sent and session.ui_mode is not None and session.ui_mode != "hosted"


@rule(
    codes.PARAMETER_INVALID,
    order=590,
    on=SessionView,
    param="submitType",
    message="submitType is not available with uiMode {uiMode}.",
    public=_UI_MODE,
    except_in=_FIXED,
    counterexamples=(("create_custom_page", {"/request/submitType": "PAY"}),),
)
def submit_type_unavailable(session: SessionView, _: Context) -> bool:
    """The session has a submit type, and a page of the merchant's own."""
    return session.submit_type_sent and session.ui_mode == "custom"


@rule(
    codes.PARAMETER_INVALID,
    order=600,
    on=SessionView,
    param="nameCollection",
    undecided_when=lambda session, _: session.request.name_collection is True and session.ui_mode is None,
    message="nameCollection is not available with uiMode {uiMode}.",
    public=_UI_MODE,
    counterexamples=(("create_custom_page", {"/request/nameCollection": True}),),
)
def name_collection_unavailable(session: SessionView, _: Context) -> bool:
    """The session collects the name on a custom page; false does not. XPay's schema of the create call."""
    return session.request.name_collection is True and session.ui_mode == "custom"


@rule(
    codes.PARAMETER_INVALID,
    order=610,
    on=SessionView,
    param="billingAddressCollection",
    undecided_when=lambda session, _: session.request.billing_address_collection is True and session.ui_mode is None,
    message="billingAddressCollection is not available with uiMode {uiMode}.",
    public=_UI_MODE,
    counterexamples=(("update_custom_page", {"/request/billingAddressCollection": True}),),
)
def billing_address_collection_unavailable(session: SessionView, _: Context) -> bool:
    """The session collects billing addresses on a custom page; false does not. XPay's schema of the create call."""
    return session.request.billing_address_collection is True and session.ui_mode == "custom"


@rule(
    codes.PARAMETER_INVALID,
    order=620,
    on=SessionView,
    param="shippingAddressCollection",
    undecided_when=lambda session, _: session.request.shipping_address_collection is True and session.ui_mode is None,
    message="shippingAddressCollection is not available with uiMode {uiMode}.",
    public=_UI_MODE,
    counterexamples=(("create_custom_page", {"/request/shippingAddressCollection": True}),),
)
def shipping_address_collection_unavailable(session: SessionView, _: Context) -> bool:
    """The session collects shipping addresses on a custom page; false does not. XPay's schema of the create call."""
    return session.request.shipping_address_collection is True and session.ui_mode == "custom"


@rule(
    codes.PARAMETER_INVALID,
    order=630,
    on=SessionView,
    param="phoneNumberCollection",
    undecided_when=lambda session, _: session.request.phone_number_collection is True and session.ui_mode is None,
    message="phoneNumberCollection is not available with uiMode {uiMode}.",
    public=_UI_MODE,
    counterexamples=(("update_custom_page", {"/request/phoneNumberCollection": True}),),
)
def phone_number_collection_unavailable(session: SessionView, _: Context) -> bool:
    """The session collects phone numbers on a custom page; false does not. XPay's schema of the create call."""
    return session.request.phone_number_collection is True and session.ui_mode == "custom"


@rule(
    codes.PARAMETER_MISSING,
    order=640,
    on=AfterCompletionView,
    param="redirect",
    message="afterCompletion.redirect is missing; afterCompletion.type {type} requires it.",
    public=_COMPLETION,
    counterexamples=(
        ("create", {"/request/afterCompletion/redirect": None}),
        (_LINKS, {"/request/afterCompletion": {"type": "redirect"}}),
    ),
)
def redirect_missing(view: AfterCompletionView, _: Context) -> bool:
    """The buyer is to be redirected after paying, and there is no URL to redirect to."""
    return view.completion.type == "redirect" and view.completion.redirect is None


@rule(
    codes.PARAMETERS_EXCLUSIVE,
    order=650,
    on=AfterCompletionView,
    param="hostedConfirmation",
    message="afterCompletion.hostedConfirmation cannot be combined with afterCompletion.type {type}.",
    public=_COMPLETION,
    counterexamples=(
        ("create", {"/request/afterCompletion/hostedConfirmation": {}}),
        (
            _LINKS,
            {
                "/request/afterCompletion": {
                    "type": "redirect",
                    "redirect": {"url": "https://pots.example/thanks"},
                    "hostedConfirmation": {"customMessage": "Done"},
                }
            },
        ),
    ),
)
def hosted_confirmation_exclusive(view: AfterCompletionView, _: Context) -> bool:
    """The buyer is to be redirected after paying, and there is a confirmation page."""
    return view.completion.type == "redirect" and view.completion.hosted_confirmation is not None


@rule(
    codes.PARAMETERS_EXCLUSIVE,
    order=660,
    on=AfterCompletionView,
    param="redirect",
    message="afterCompletion.redirect cannot be combined with afterCompletion.type {type}.",
    public=_COMPLETION,
    counterexamples=(
        ("create_confirmation", {"/request/afterCompletion/redirect": {"url": "https://a.example"}}),
        (_LINKS, {"/request/afterCompletion/redirect": {"url": "https://pots.example/thanks"}}),
    ),
)
def redirect_exclusive(view: AfterCompletionView, _: Context) -> bool:
    """The buyer sees a confirmation page after paying, and there is a URL to redirect to."""
    return view.completion.type == "hosted_confirmation" and view.completion.redirect is not None


@rule(
    codes.PARAMETER_INVALID,
    order=670,
    on=AfterCompletionView,
    param="type",
    undecided_when=lambda view, _: view.completion.type == "hosted_confirmation" and view.ui_mode is None,
    message="afterCompletion.type {type} is available with uiMode hosted only, and uiMode is {uiMode}.",
    public=_COMPLETION,
    except_in={_LINK: "the page of a payment link is a hosted one"},
    counterexamples=(("create_custom_page", {"/request/afterCompletion": {"type": "hosted_confirmation"}}),),
)
def hosted_confirmation_unavailable(view: AfterCompletionView, _: Context) -> bool:
    """The buyer is to see a confirmation page, and the session is not a hosted one."""
    return view.completion.type == "hosted_confirmation" and view.ui_mode is not None and view.ui_mode != "hosted"


@rule(
    codes.PARAMETER_INVALID,
    order=680,
    on=AfterCompletionView,
    param="hostedConfirmation.customMessage",
    violated=Bound(
        "completion.hosted_confirmation.custom_message",
        maximum=MAX_CONFIRMATION_MESSAGE,
        length=True,
        settings=text(("create_confirmation", *_LINKS), "/request/afterCompletion/hostedConfirmation/customMessage"),
    ),
    message="afterCompletion.hostedConfirmation.customMessage must have at most {maximum} characters.",
)
def confirmation_message_too_long() -> None:
    """The text of the confirmation page is too long. XPay's schema: 500."""


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    order=690,
    on=CustomFieldListView,
    violated=Bound(
        "count",
        maximum=MAX_CUSTOM_FIELDS,
        shown_as="customFieldCount",
        settings=items(_PAGES, "/request/customFields", {"label": "Note", "type": "TEXT"}),
    ),
    message="customFields must have at most {maximum} items, and has {customFieldCount}.",
)
def too_many_custom_fields() -> None:
    """The request has too many custom fields. XPay states 3 for payment links; Stripe has the same for sessions."""


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    order=700,
    on=CustomFieldView,
    param="minCharacters",
    violated=Bound(
        "field.min_characters",
        minimum=1,
        maximum=LARGEST_AMOUNT,
        settings=number(_PAGES, "/request/customFields/0/minCharacters"),
    ),
    message="minCharacters must be between {minimum} and 9007199254740991, and is {minCharacters}.",
    public=_CHARACTERS,
)
def min_characters_out_of_range() -> None:
    """The least length is below one or too large. XPay's schema of a custom field: 1 to 9007199254740991."""


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    order=710,
    on=CustomFieldView,
    param="maxCharacters",
    violated=Bound(
        "field.max_characters",
        minimum=1,
        maximum=LARGEST_AMOUNT,
        settings=number(_PAGES, "/request/customFields/0/maxCharacters"),
    ),
    message="maxCharacters must be between {minimum} and 9007199254740991, and is {maxCharacters}.",
    public=_CHARACTERS,
)
def max_characters_out_of_range() -> None:
    """The greatest length is below one or too large. XPay's schema of a custom field: 1 to 9007199254740991."""


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    order=714,
    on=CustomFieldView,
    param="maxCharacters",
    needs=(min_characters_out_of_range, max_characters_out_of_range),
    message="maxCharacters must be at least minCharacters, {minCharacters}, and is {maxCharacters}.",
    public={"minCharacters": "field.min_characters", "maxCharacters": "field.max_characters"},
    counterexamples=((_PAGES, {"/request/customFields/0/minCharacters": 21}),),
)
def characters_range_empty(view: CustomFieldView, _: Context) -> bool:
    """The greatest length of a custom field is below the least; equal is valid, and limitType makes no difference.

    No source states it, and no buyer could fill in such a field.
    """
    return (
        view.field.min_characters is not None
        and view.field.max_characters is not None
        and view.field.max_characters < view.field.min_characters
    )


@rule(
    codes.PARAMETER_MISSING,
    order=718,
    on=CustomFieldView,
    param="dropdownOptions",
    message="dropdownOptions is missing or empty; type {type} requires at least one option.",
    public={"type": "field.type"},
    counterexamples=(
        (_PAGES, {"/request/customFields/1/dropdownOptions": []}),
        (_PAGES, {"/request/customFields/0/type": "DROPDOWN"}),
    ),
)
def dropdown_options_missing(view: CustomFieldView, _: Context) -> bool:
    """The custom field is a dropdown without an option: the list is absent or empty.

    No source states it, and no buyer could choose anything of such a field. Stripe requires at least one option.
    """
    return view.field.type == "DROPDOWN" and (
        view.field.dropdown_options is None or len(view.field.dropdown_options) == 0
    )


@rule(
    codes.PARAMETER_INVALID,
    order=720,
    on=CustomFieldView,
    param="dropdownOptions",
    message="dropdownOptions is available with type DROPDOWN only, and type is {type}.",
    public={"type": "field.type"},
    counterexamples=((_PAGES, {"/request/customFields/1/type": "TEXT"}),),
)
def dropdown_options_unavailable(view: CustomFieldView, _: Context) -> bool:
    """The custom field has options, and is no dropdown."""
    return view.field.dropdown_options is not None and view.field.type != "DROPDOWN"


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    order=730,
    on=MetadataView,
    violated=Bound(
        "count",
        maximum=MAX_METADATA_KEYS,
        shown_as="keys",
        settings=Setting(
            (
                *("create", "price_create", "price_update"),
                *("promotion_code_create_restricted", "promotion_code_update"),
                *("coupon_create_percentage", "coupon_update", *_LINKS, "refund_create"),
            ),
            {"/request/metadata": Keys()},
            least=0,
            most=10000,
            beyond=NO_LARGER_OBJECT,
        ),
    ),
    message="metadata must have at most {maximum} keys, and has {keys}.",
)
def metadata_too_large() -> None:
    """The metadata has too many keys, or items of a list. XPay states no number; Stripe's is followed."""


@rule(
    codes.PARAMETER_INVALID,
    order=740,
    on=BrandingView,
    param="fontFamily",
    violated=Bound(
        "font_family",
        maximum=MAX_FONT_FAMILY,
        length=True,
        settings=text(_PAGES, "/request/brandingSettings/fontFamily"),
    ),
    message="brandingSettings.fontFamily must have at most {maximum} characters.",
)
def font_family_too_long() -> None:
    """The name of the font is too long. XPay's schema of the create call: 512."""


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    order=745,
    on=FeeConfigView,
    param="vatCollectionRate",
    violated=Bound(
        "rate",
        minimum=0,
        maximum=10_000,
        settings=number(_PAGES, "/request/feeConfig/vatCollectionRate"),
    ),
    message="feeConfig.vatCollectionRate must be between {minimum} and {maximum} basis points.",
)
def vat_rate_out_of_range() -> None:
    """The rate of VAT is negative, or more than all of the amount.

    It is in basis points, so 10000 are all. XPay's page on fees has the unit, and states no bounds.
    """

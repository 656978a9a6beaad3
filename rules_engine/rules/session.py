"""What a session may hold: its lines and lists, its customer, its page, what happens after paying, and its expiry.

Sources: XPay's error page, its schemas of the session and payment link requests and of a custom field, and its page on
completion. Where XPay is silent and Stripe is not, the docstring says that Stripe is followed.
"""

from collections.abc import Mapping
from typing import Final

from rules_engine import codes
from rules_engine.rules.kinds import (
    NO_LARGER_OBJECT,
    Bound,
    Exclusive,
    Exists,
    Keys,
    Setting,
    items,
    number,
    text,
)
from rules_engine.rules.limits import (
    LARGEST_AMOUNT,
    LARGEST_QUANTITY,
    MAX_CONFIRMATION_MESSAGE,
    MAX_CUSTOM_FIELDS,
    MAX_DISCOUNTS,
    MAX_EXPIRES_AFTER,
    MAX_FONT_FAMILY,
    MAX_LINE_ITEMS,
    MAX_METADATA_KEYS,
    MIN_EXPIRES_AFTER,
)
from rules_engine.rules.row import LeftOut, Shown, rule
from rules_engine.views.context import Context
from rules_engine.views.line_item import LineListView
from rules_engine.views.session import (
    AfterCompletionView,
    BrandingView,
    CustomerView,
    CustomFieldListView,
    CustomFieldView,
    MetadataView,
    SessionView,
)

_LINKS: Final = ("payment_link_create_full", "payment_link_update_full")
_PAGES: Final = ("create", *_LINKS)
_ONE_LINE: Final = "without a line, the draft is refused for that, and the wire reads no longer list"
_LINK: Final = ("payment_link.create", "payment_link.update")
_UI_MODE: Final[Mapping[str, Shown]] = {"uiMode": "ui_mode"}
_COMPLETION: Final[Mapping[str, Shown]] = {"type": "completion.type", "uiMode": "ui_mode"}
_CHARACTERS: Final[Mapping[str, Shown]] = {
    "minCharacters": "field.min_characters",
    "maxCharacters": "field.max_characters",
    "minimum": 1,
}
_FIXED: Final[LeftOut] = {"session.update": "the field cannot be changed at all"}


@rule(
    codes.PARAMETER_MISSING,
    order=110,
    on=LineListView,
    undecided_when=lambda lines, _: lines.required is None and lines.count is None,
    message="lineItems is missing; only a session in setup mode has none.",
    except_in={_LINK: "the shape of the request says so"},
    counterexamples=((("create_minimal", "update_metadata"), {"/request/lineItems": None}),),
)
def line_items_missing(lines: LineListView, _: Context) -> bool:
    """The session has no line items, and is not in setup mode.

    An update cannot take all lines away. XPay's page of API errors gives this very case as its sample.
    """
    return lines.required is True and lines.count is None


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    order=450,
    on=LineListView,
    undecided_when=lambda lines, _: lines.required is None and lines.count == 0,
    message="lineItems must have at least {minimum} item, and has none.",
    public={"lineItems": "count", "minimum": 1},
    counterexamples=((("create_minimal", *_LINKS), {"/request/lineItems": []}),),
)
def line_items_empty(lines: LineListView, _: Context) -> bool:
    """The list of line items is empty.

    It is a count below its bounds. XPay refuses to empty a session, and its schema of a payment link asks for one line.
    """
    return lines.required is True and lines.count == 0


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    order=460,
    on=LineListView,
    violated=Bound(
        "count",
        maximum=MAX_LINE_ITEMS,
        shown_as="lineItems",
        settings=(
            items("create_minimal", "/request/lineItems", {"price": "price_bowl", "quantity": 1}, _ONE_LINE),
            items(
                ("payment_link_create", "payment_link_update"),
                "/request/lineItems",
                {"priceId": "price_bowl", "quantity": 1},
                _ONE_LINE,
            ),
        ),
    ),
    message="lineItems must have at most {maximum} items, and has {lineItems}.",
)
def too_many_line_items() -> None:
    """The request has more line items than the maximum.

    XPay states no number; Stripe's is followed.
    """


@rule(
    codes.PARAMETERS_EXCLUSIVE,
    order=470,
    on=SessionView,
    param="customerDetails",
    violated=Exclusive("details_sent", "customer_id"),
    undecided_when=lambda session, _: session.details_sent and session.stored_customer_unknown,
    message="customerDetails cannot be combined with customerId, sent or stored; use one of them.",
    private={"customerId": "customer_id"},
    counterexamples=((("create", "update_metadata"), {"/request/customerDetails": {}}),),
)
def customer_exclusive() -> None:
    """The session has a stored customer, and the request carries details of a buyer.

    An update that sends details is refused while the stored session has a customer; details that a session has
    collected do not keep it from getting one. XPay's error page.
    """


@rule(
    codes.PARAMETERS_EXCLUSIVE,
    order=480,
    on=SessionView,
    param=("customerCreation", "customerId"),
    violated=Exclusive("always_create", "customer_id"),
    undecided_when=lambda session, _: (
        (session.always_create is True and session.stored_customer_unknown)
        or (session.always_create is None and session.customer_id is not None)
    ),
    message="customerCreation always cannot be combined with customerId; use one of them.",
    private={"customerId": "customer_id"},
    counterexamples=(
        ("create", {"/request/customerCreation": "always"}),
        ("update_customer", {"/facts/session/customerCreation": "always"}),
    ),
)
def customer_creation_exclusive() -> None:
    """The session has a stored customer, and always creates one.

    XPay's plugins are refused so; the code is the one of the error page for parameters that exclude each other.
    """


@rule(
    codes.PARAMETER_REQUIRES_ANOTHER,
    order=490,
    on=SessionView,
    param=("customerUpdate", "customerId"),
    undecided_when=lambda session, _: (
        (session.updates_customer is True and session.stored_customer_unknown)
        or (session.updates_customer is None and session.customer_id is None)
    ),
    message="customerUpdate requires customerId.",
    counterexamples=(
        ("create_guest", {"/request/customerUpdate": {"name": "auto"}}),
        ("update_metadata", {"/request/customerId": None, "/facts/session/customerUpdate": {"name": "auto"}}),
    ),
)
def customer_update_without_customer(session: SessionView, _: Context) -> bool:
    """The session updates its stored customer, and has none.

    The error page says so; XPay's schema would ignore the field, and the error page wins.
    """
    return session.updates_customer is True and session.customer_id is None and not session.stored_customer_unknown


@rule(
    codes.RESOURCE_MISSING,
    order=500,
    on=CustomerView,
    violated=Exists(),
    message="No customer '{customerId}' exists on this account in this mode.",
    public={"customerId": "id"},
    counterexamples=(
        ("create", {"/facts/customer": None, "/facts/missing": {"customers": ["cus_1"]}}),
        ("promotion_code_create_restricted", {"/facts/customer": None, "/facts/missing/customers": ["cus_1"]}),
    ),
)
def customer_missing() -> None:
    """The customer does not exist.

    XPay's error page: the id is wrong, or the key is of the other mode.
    """


@rule(
    codes.PARAMETERS_EXCLUSIVE,
    order=510,
    on=SessionView,
    param="paymentMethodConfigurationId",
    violated=Exclusive("methods_sent", "configuration_sent"),
    message="paymentMethodConfigurationId cannot be combined with paymentMethodTypes; send one of them.",
    counterexamples=(("create", {"/request/paymentMethodConfigurationId": "pmc_1"}),),
)
def payment_methods_exclusive() -> None:
    """The request names payment method types and a configuration.

    XPay's schema of the create call states it in words; the code is the one of the error page.
    """


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
    """The session has a URL to go back to, and is not a hosted one.

    XPay's schema of the create call; Stripe refuses the same.
    """
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
    """The session collects the name, and has a page of the merchant's own.

    XPay's schema of the create call; false collects nothing.
    """
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
    """The session collects the billing address, and has a page of the merchant's own.

    XPay's schema of the create call; false collects nothing.
    """
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
    """The session collects the shipping address, and has a page of the merchant's own.

    XPay's schema of the create call; false collects nothing.
    """
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
    """The session collects the phone number, and has a page of the merchant's own.

    XPay's schema of the create call; false collects nothing.
    """
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
        "message",
        maximum=MAX_CONFIRMATION_MESSAGE,
        length=True,
        settings=text(("create_confirmation", *_LINKS), "/request/afterCompletion/hostedConfirmation/customMessage"),
    ),
    message="afterCompletion.hostedConfirmation.customMessage must have at most {maximum} characters.",
)
def confirmation_message_too_long() -> None:
    """The text of the confirmation page is too long.

    XPay's schema: 500.
    """


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    order=690,
    on=CustomFieldListView,
    violated=Bound(
        "count",
        maximum=MAX_CUSTOM_FIELDS,
        shown_as="customFields",
        settings=items(_PAGES, "/request/customFields", {"label": "Note", "type": "TEXT"}),
    ),
    message="customFields must have at most {maximum} items, and has {customFields}.",
)
def too_many_custom_fields() -> None:
    """The request has more custom fields than the maximum.

    XPay states 3 for payment links; Stripe has the same for sessions.
    """


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
    """The least length of the custom field is below one or too large.

    XPay's schema of a custom field: 1 to 9007199254740991.
    """


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
    """The greatest length of the custom field is below one or too large.

    XPay's schema of a custom field: 1 to 9007199254740991.
    """


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
    """The metadata has more keys than the maximum.

    A list counts its items. XPay states no number; Stripe's is followed.
    """


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
    """The name of the font is too long.

    XPay's schema of the create call: 512.
    """


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    order=750,
    on=SessionView,
    param="expiresAfterMinutes",
    violated=Bound(
        "expires_after",
        minimum=MIN_EXPIRES_AFTER,
        settings=number("create", "/request/expiresAfterMinutes", 0, LARGEST_QUANTITY),
    ),
    message="expiresAfterMinutes must be at least {minimum}, and is {expiresAfterMinutes}.",
    except_in=_FIXED,
)
def expires_too_soon() -> None:
    """The session expires after fewer minutes than the minimum.

    XPay's schema of the create call: 30.
    """


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    order=760,
    on=SessionView,
    param="expiresAfterMinutes",
    violated=Bound(
        "expires_after",
        maximum=MAX_EXPIRES_AFTER,
        settings=number("create", "/request/expiresAfterMinutes", 0, LARGEST_QUANTITY),
    ),
    message="expiresAfterMinutes must be at most {maximum}, and is {expiresAfterMinutes}.",
    except_in=_FIXED,
)
def expires_too_late() -> None:
    """The session expires after more minutes than the maximum.

    XPay states none; Stripe's 24 hours are followed.
    """


@rule(
    codes.TOO_MANY_DISCOUNTS,
    order=1250,
    on=SessionView,
    param="discounts",
    violated=Bound(
        "discount_count",
        maximum=MAX_DISCOUNTS,
        settings=items("create_coupon", "/request/discounts", {"coupon": "coup_1"}),
    ),
    message="discounts has {discounts} items, more than the maximum of {maximum}.",
    counterexamples=(("create", {"/request/discounts/-": {"coupon": "coup_1"}}),),
)
def too_many_discounts() -> None:
    """The request has more discounts than the maximum.

    XPay's error page: one.
    """

"""What happens after paying. Source: XPay's schemas of the requests, and its page on completion."""

from rules_engine import codes
from rules_engine.rules.kinds import Bound, text
from rules_engine.rules.limits import MAX_CONFIRMATION_MESSAGE
from rules_engine.rules.row import rule
from rules_engine.views.context import Context
from rules_engine.views.session import AfterCompletionView


@rule(
    codes.PARAMETER_MISSING,
    order=640,
    on=AfterCompletionView,
    param="redirect",
    public={"type": "completion.type", "uiMode": "ui_mode"},
    counterexamples=(
        ("create", {"/request/afterCompletion/redirect": None}),
        (("payment_link_create_full", "payment_link_update_full"), {"/request/afterCompletion": {"type": "redirect"}}),
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
    public={"type": "completion.type", "uiMode": "ui_mode"},
    counterexamples=(
        ("create", {"/request/afterCompletion/hostedConfirmation": {}}),
        (
            ("payment_link_create_full", "payment_link_update_full"),
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
    """The buyer is redirected after paying, and so sees no confirmation page."""
    return view.completion.type == "redirect" and view.completion.hosted_confirmation is not None


@rule(
    codes.PARAMETERS_EXCLUSIVE,
    order=660,
    on=AfterCompletionView,
    param="redirect",
    public={"type": "completion.type", "uiMode": "ui_mode"},
    counterexamples=(
        ("create_confirmation", {"/request/afterCompletion/redirect": {"url": "https://a.example"}}),
        (
            ("payment_link_create_full", "payment_link_update_full"),
            {"/request/afterCompletion/redirect": {"url": "https://pots.example/thanks"}},
        ),
    ),
)
def redirect_exclusive(view: AfterCompletionView, _: Context) -> bool:
    """The buyer sees a confirmation page after paying, and so is not redirected."""
    return view.completion.type == "hosted_confirmation" and view.completion.redirect is not None


@rule(
    codes.PARAMETER_INVALID,
    order=670,
    on=AfterCompletionView,
    param="type",
    undecided_when=lambda view, _: view.completion.type == "hosted_confirmation" and view.ui_mode is None,
    public={"type": "completion.type", "uiMode": "ui_mode"},
    except_in={
        "payment_link.create": "the page of a payment link is a hosted one",
        "payment_link.update": "the page of a payment link is a hosted one",
    },
    counterexamples=(("create_custom_page", {"/request/afterCompletion": {"type": "hosted_confirmation"}}),),
)
def hosted_confirmation_unavailable(view: AfterCompletionView, _: Context) -> bool:
    """Only a hosted session has a confirmation page."""
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
        settings=text(
            ("create_confirmation", "payment_link_create_full", "payment_link_update_full"),
            "/request/afterCompletion/hostedConfirmation/customMessage",
        ),
    ),
)
def confirmation_message_too_long() -> None:
    """The text of the confirmation page is too long.

    As many characters as the limit are fine: 500.
    """

"""What happens after paying. Source: XPay's schemas of the requests, and its page on completion."""

from rules_engine import codes
from rules_engine.rules.declaration import rule
from rules_engine.rules.limits import MAX_CONFIRMATION_MESSAGE
from rules_engine.views.context import Context
from rules_engine.views.session import AFTER_COMPLETION, AfterCompletionView
from rules_engine.violation import Evidence


def _type(view: AfterCompletionView, _: Context) -> Evidence:
    return {"type": view.completion.type, "uiMode": view.ui_mode}


@rule(codes.PARAMETER_MISSING, on=AFTER_COMPLETION, param="redirect", evidence=_type)
def redirect_missing(view: AfterCompletionView, _: Context) -> bool:
    """The buyer is to be redirected after paying, and there is no URL to redirect to."""
    return view.completion.type == "redirect" and view.completion.redirect is None


@rule(codes.PARAMETERS_EXCLUSIVE, on=AFTER_COMPLETION, param="hostedConfirmation", evidence=_type)
def hosted_confirmation_exclusive(view: AfterCompletionView, _: Context) -> bool:
    """The buyer is redirected after paying, and so sees no confirmation page."""
    return view.completion.type == "redirect" and view.completion.hosted_confirmation is not None


@rule(codes.PARAMETERS_EXCLUSIVE, on=AFTER_COMPLETION, param="redirect", evidence=_type)
def redirect_exclusive(view: AfterCompletionView, _: Context) -> bool:
    """The buyer sees a confirmation page after paying, and so is not redirected."""
    return view.completion.type == "hosted_confirmation" and view.completion.redirect is not None


@rule(
    codes.PARAMETER_INVALID,
    on=AFTER_COMPLETION,
    param="type",
    undecided_when=lambda view, _: view.completion.type == "hosted_confirmation" and view.ui_mode is None,
    evidence=_type,
)
def hosted_confirmation_unavailable(view: AfterCompletionView, _: Context) -> bool:
    """Only a hosted session has a confirmation page."""
    return view.completion.type == "hosted_confirmation" and view.ui_mode is not None and view.ui_mode != "hosted"


@rule(
    codes.PARAMETER_INVALID,
    on=AFTER_COMPLETION,
    param="hostedConfirmation.customMessage",
    limits=(MAX_CONFIRMATION_MESSAGE,),
    evidence=lambda _, ctx: {"maximum": ctx.limits[MAX_CONFIRMATION_MESSAGE]},
)
def confirmation_message_too_long(view: AfterCompletionView, ctx: Context) -> bool:
    """The text of the confirmation page is too long.

    As many characters as the limit are fine: 500.
    """
    return view.message is not None and len(view.message) > ctx.limits[MAX_CONFIRMATION_MESSAGE]

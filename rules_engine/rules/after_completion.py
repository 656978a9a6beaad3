"""What happens after paying. Source: XPay's schemas of the requests, and its page on completion."""

from rules_engine import codes
from rules_engine.rules.declaration import rule
from rules_engine.rules.limits import MAX_CONFIRMATION_MESSAGE
from rules_engine.subjects.context import Context
from rules_engine.subjects.session import AFTER_COMPLETION, AfterCompletionSubject
from rules_engine.violation import Evidence


def _type(subject: AfterCompletionSubject, _: Context) -> Evidence:
    return {"type": subject.completion.type, "uiMode": subject.ui_mode}


@rule(codes.PARAMETER_MISSING, on=AFTER_COMPLETION, param="redirect", evidence=_type)
def redirect_missing(subject: AfterCompletionSubject, _: Context) -> bool:
    """The buyer is to be redirected after paying, and there is no URL to redirect to."""
    return subject.completion.type == "redirect" and subject.completion.redirect is None


@rule(codes.PARAMETERS_EXCLUSIVE, on=AFTER_COMPLETION, param="hostedConfirmation", evidence=_type)
def hosted_confirmation_exclusive(subject: AfterCompletionSubject, _: Context) -> bool:
    """The buyer is redirected after paying, and so sees no confirmation page."""
    return subject.completion.type == "redirect" and subject.completion.hosted_confirmation is not None


@rule(codes.PARAMETERS_EXCLUSIVE, on=AFTER_COMPLETION, param="redirect", evidence=_type)
def redirect_exclusive(subject: AfterCompletionSubject, _: Context) -> bool:
    """The buyer sees a confirmation page after paying, and so is not redirected."""
    return subject.completion.type == "hosted_confirmation" and subject.completion.redirect is not None


@rule(
    codes.PARAMETER_INVALID,
    on=AFTER_COMPLETION,
    param="type",
    undecided_when=lambda subject, _: subject.completion.type == "hosted_confirmation" and subject.ui_mode is None,
    evidence=_type,
)
def hosted_confirmation_unavailable(subject: AfterCompletionSubject, _: Context) -> bool:
    """Only a hosted session has a confirmation page."""
    return (
        subject.completion.type == "hosted_confirmation" and subject.ui_mode is not None and subject.ui_mode != "hosted"
    )


@rule(
    codes.PARAMETER_INVALID,
    on=AFTER_COMPLETION,
    param="hostedConfirmation.customMessage",
    limits=(MAX_CONFIRMATION_MESSAGE,),
    evidence=lambda _, ctx: {"maximum": ctx.limits[MAX_CONFIRMATION_MESSAGE]},
)
def confirmation_message_too_long(subject: AfterCompletionSubject, ctx: Context) -> bool:
    """The text of the confirmation page is too long.

    As many characters as the limit are fine: 500.
    """
    return subject.message is not None and len(subject.message) > ctx.limits[MAX_CONFIRMATION_MESSAGE]

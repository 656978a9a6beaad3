"""The doors: one function for each kind of object that a checkout judges."""

from typing import Any

from rules_engine.api import engine_for
from rules_engine.exceptions import DraftError
from rules_engine.models.draft import (
    DRAFTS,
    ConfigurationDraft,
    CouponDraft,
    CurrencyDraft,
    Draft,
    PaymentLinkDraft,
    PriceDraft,
    PromotionCodeDraft,
    RefundDraft,
    RequestDraft,
    SessionDraft,
)
from rules_engine.policy.model import Policy
from rules_engine.violation import Verdict
from rules_engine.wire.envelope import Document, RefusedRequest, read_draft
from rules_engine.wire.quick import quick_draft


def _through(door: type[Draft[Any]], draft: Draft[Any] | RefusedRequest | Document, policy: Policy | None) -> Verdict:
    """Judge a draft, or a document, of the operations that a door serves."""
    quick = quick_draft(draft)
    verdict = engine_for(policy).quick_verdict(quick) if isinstance(quick, door) else None
    if verdict is not None:
        return verdict
    read = draft if isinstance(draft, Draft | RefusedRequest) else read_draft(draft)
    kind = type(read) if isinstance(read, Draft) else DRAFTS[read.operation]
    if not issubclass(kind, door):
        served = ", ".join(name for name, kind in DRAFTS.items() if issubclass(kind, door))
        raise DraftError("/operation", f"expected one of {served}; {read.operation} has a door of its own")
    return engine_for(policy).validate(read)


def validate_session(draft: SessionDraft[Any] | RefusedRequest | Document, *, policy: Policy | None = None) -> Verdict:
    """Tell every documented reason why a checkout session cannot be paid, in order.

    Args:
        draft: A session draft, or a draft document of a session operation;
            a document as a mapping or as JSON text, or what `read_draft` made of one.
        policy: The policy; the default policy where none is given.

    Raises:
        DraftError: The envelope of the document is malformed, or its operation belongs to another door.
        FactsError: The facts are malformed.
    """
    return _through(SessionDraft, draft, policy)


def validate_price(draft: PriceDraft[Any] | RefusedRequest | Document, *, policy: Policy | None = None) -> Verdict:
    """Tell every documented reason why a price cannot be saved, changed or deleted, in order.

    Args:
        draft: A draft of a price operation, or a draft document of one;
            a document as a mapping or as JSON text, or what `read_draft` made of one.
        policy: The policy; the default policy where none is given.

    Raises:
        DraftError: The envelope of the document is malformed, or its operation belongs to another door.
        FactsError: The facts are malformed.
    """
    return _through(PriceDraft, draft, policy)


def validate_promotion_code(
    draft: PromotionCodeDraft[Any] | RefusedRequest | Document, *, policy: Policy | None = None
) -> Verdict:
    """Tell every documented reason why a promotion code cannot be made or changed, in order.

    Args:
        draft: A draft of a promotion code operation, or a draft document of one;
            a document as a mapping or as JSON text, or what `read_draft` made of one.
        policy: The policy; the default policy where none is given.

    Raises:
        DraftError: The envelope of the document is malformed, or its operation belongs to another door.
        FactsError: The facts are malformed.
    """
    return _through(PromotionCodeDraft, draft, policy)


def validate_coupon(draft: CouponDraft[Any] | RefusedRequest | Document, *, policy: Policy | None = None) -> Verdict:
    """Tell every documented reason why a coupon cannot be made, changed or deleted, in order.

    Args:
        draft: A draft of a coupon operation, or a draft document of one;
            a document as a mapping or as JSON text, or what `read_draft` made of one.
        policy: The policy; the default policy where none is given.

    Raises:
        DraftError: The envelope of the document is malformed, or its operation belongs to another door.
        FactsError: The facts are malformed.
    """
    return _through(CouponDraft, draft, policy)


def validate_currency(
    draft: CurrencyDraft[Any] | RefusedRequest | Document, *, policy: Policy | None = None
) -> Verdict:
    """Tell every documented reason why a merchant cannot use a currency for a purpose, in order.

    Args:
        draft: A draft of `currency.check`, or its document;
            a document as a mapping or as JSON text, or what `read_draft` made of one.
        policy: The policy; the default policy where none is given.

    Raises:
        DraftError: The envelope of the document is malformed, or its operation belongs to another door.
        FactsError: The facts are malformed.
    """
    return _through(CurrencyDraft, draft, policy)


def validate_payment_method_configuration(
    draft: ConfigurationDraft[Any] | RefusedRequest | Document, *, policy: Policy | None = None
) -> Verdict:
    """Tell every documented reason why a configuration cannot be made, changed or deleted, in order.

    Args:
        draft: A draft of a configuration operation, or a draft document of one;
            a document as a mapping or as JSON text, or what `read_draft` made of one.
        policy: The policy; the default policy where none is given.

    Raises:
        DraftError: The envelope of the document is malformed, or its operation belongs to another door.
        FactsError: The facts are malformed.
    """
    return _through(ConfigurationDraft, draft, policy)


def validate_payment_link(
    draft: PaymentLinkDraft[Any] | RefusedRequest | Document, *, policy: Policy | None = None
) -> Verdict:
    """Tell every documented reason why a payment link cannot be made, changed or opened, in order.

    Args:
        draft: A draft of a payment link operation, or a draft document of one;
            a document as a mapping or as JSON text, or what `read_draft` made of one.
        policy: The policy; the default policy where none is given.

    Raises:
        DraftError: The envelope of the document is malformed, or its operation belongs to another door.
        FactsError: The facts are malformed.
    """
    return _through(PaymentLinkDraft, draft, policy)


def validate_refund(draft: RefundDraft[Any] | RefusedRequest | Document, *, policy: Policy | None = None) -> Verdict:
    """Tell every documented reason why money cannot be given back, in order.

    Args:
        draft: A draft of `refund.create`, or its document;
            a document as a mapping or as JSON text, or what `read_draft` made of one.
        policy: The policy; the default policy where none is given.

    Raises:
        DraftError: The envelope of the document is malformed, or its operation belongs to another door.
        FactsError: The facts are malformed.
    """
    return _through(RefundDraft, draft, policy)


def validate_request(draft: RequestDraft[Any] | RefusedRequest | Document, *, policy: Policy | None = None) -> Verdict:
    """Tell every documented reason why a request is not let in, in order.

    Args:
        draft: A draft of `request.authorize`, or its document;
            a document as a mapping or as JSON text, or what `read_draft` made of one.
        policy: The policy; the default policy where none is given.

    Raises:
        DraftError: The envelope of the document is malformed, or its operation belongs to another door.
        FactsError: The facts are malformed.
    """
    return _through(RequestDraft, draft, policy)

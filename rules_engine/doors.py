"""The doors: one function for each kind of object that a checkout judges."""

from typing import Any

from rules_engine.api import engine_for
from rules_engine.exceptions import DraftError
from rules_engine.models.draft import Draft
from rules_engine.operations import OPERATIONS
from rules_engine.policy.model import Policy
from rules_engine.violation import Verdict
from rules_engine.wire.envelope import Document, RefusedRequest, read_draft


def _through(noun: str, draft: Draft[Any] | RefusedRequest | Document, policy: Policy | None) -> Verdict:
    """Judge a draft, or a document, of the operations of one kind of object."""
    read = draft if isinstance(draft, Draft | RefusedRequest) else read_draft(draft)
    served = [operation for operation in OPERATIONS if operation.startswith(f"{noun}.")]
    if read.operation not in served:
        raise DraftError("/operation", f"expected one of {', '.join(served)}; {read.operation} has a door of its own")
    return engine_for(policy).validate(read)


def validate_session(draft: Draft[Any] | RefusedRequest | Document, *, policy: Policy | None = None) -> Verdict:
    """Tell every documented reason why a checkout session cannot be paid, in order.

    Args:
        draft: A session draft, or a draft document of a session operation;
            a document as a mapping or as JSON text, or what `read_draft` made of one.
        policy: The policy; the default policy where none is given.

    Raises:
        DraftError: The envelope of the document is malformed, or its operation belongs to another door.
        FactsError: The facts are malformed.
    """
    return _through("session", draft, policy)


def validate_price(draft: Draft[Any] | RefusedRequest | Document, *, policy: Policy | None = None) -> Verdict:
    """Tell every documented reason why a price cannot be saved, changed or deleted, in order.

    Args:
        draft: A draft of a price operation, or a draft document of one;
            a document as a mapping or as JSON text, or what `read_draft` made of one.
        policy: The policy; the default policy where none is given.

    Raises:
        DraftError: The envelope of the document is malformed, or its operation belongs to another door.
        FactsError: The facts are malformed.
    """
    return _through("price", draft, policy)


def validate_promotion_code(draft: Draft[Any] | RefusedRequest | Document, *, policy: Policy | None = None) -> Verdict:
    """Tell every documented reason why a promotion code cannot be made or changed, in order.

    Args:
        draft: A draft of a promotion code operation, or a draft document of one;
            a document as a mapping or as JSON text, or what `read_draft` made of one.
        policy: The policy; the default policy where none is given.

    Raises:
        DraftError: The envelope of the document is malformed, or its operation belongs to another door.
        FactsError: The facts are malformed.
    """
    return _through("promotion_code", draft, policy)


def validate_coupon(draft: Draft[Any] | RefusedRequest | Document, *, policy: Policy | None = None) -> Verdict:
    """Tell every documented reason why a coupon cannot be made, changed or deleted, in order.

    Args:
        draft: A draft of a coupon operation, or a draft document of one;
            a document as a mapping or as JSON text, or what `read_draft` made of one.
        policy: The policy; the default policy where none is given.

    Raises:
        DraftError: The envelope of the document is malformed, or its operation belongs to another door.
        FactsError: The facts are malformed.
    """
    return _through("coupon", draft, policy)


def validate_currency(draft: Draft[Any] | RefusedRequest | Document, *, policy: Policy | None = None) -> Verdict:
    """Tell every documented reason why a merchant cannot use a currency for a purpose, in order.

    Args:
        draft: A draft of `currency.check`, or its document;
            a document as a mapping or as JSON text, or what `read_draft` made of one.
        policy: The policy; the default policy where none is given.

    Raises:
        DraftError: The envelope of the document is malformed, or its operation belongs to another door.
        FactsError: The facts are malformed.
    """
    return _through("currency", draft, policy)


def validate_payment_method_configuration(
    draft: Draft[Any] | RefusedRequest | Document, *, policy: Policy | None = None
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
    return _through("configuration", draft, policy)


def validate_payment_link(draft: Draft[Any] | RefusedRequest | Document, *, policy: Policy | None = None) -> Verdict:
    """Tell every documented reason why a payment link cannot be made, changed or opened, in order.

    Args:
        draft: A draft of a payment link operation, or a draft document of one;
            a document as a mapping or as JSON text, or what `read_draft` made of one.
        policy: The policy; the default policy where none is given.

    Raises:
        DraftError: The envelope of the document is malformed, or its operation belongs to another door.
        FactsError: The facts are malformed.
    """
    return _through("payment_link", draft, policy)


def validate_refund(draft: Draft[Any] | RefusedRequest | Document, *, policy: Policy | None = None) -> Verdict:
    """Tell every documented reason why money cannot be given back, in order.

    Args:
        draft: A draft of `refund.create`, or its document;
            a document as a mapping or as JSON text, or what `read_draft` made of one.
        policy: The policy; the default policy where none is given.

    Raises:
        DraftError: The envelope of the document is malformed, or its operation belongs to another door.
        FactsError: The facts are malformed.
    """
    return _through("refund", draft, policy)


def validate_request(draft: Draft[Any] | RefusedRequest | Document, *, policy: Policy | None = None) -> Verdict:
    """Tell every documented reason why a request is not let in, in order.

    Args:
        draft: A draft of `request.authorize`, or its document;
            a document as a mapping or as JSON text, or what `read_draft` made of one.
        policy: The policy; the default policy where none is given.

    Raises:
        DraftError: The envelope of the document is malformed, or its operation belongs to another door.
        FactsError: The facts are malformed.
    """
    return _through("request", draft, policy)

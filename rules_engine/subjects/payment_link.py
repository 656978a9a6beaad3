"""A payment link that is made, changed or opened."""

from collections.abc import Sequence
from typing import Any, Final

from attrs import define

from rules_engine.models.draft import (
    PaymentLinkCreateDraft,
    PaymentLinkDraft,
    PaymentLinkOpenDraft,
    PaymentLinkUpdateDraft,
)
from rules_engine.path import Path
from rules_engine.subjects.joined import Joined, JoinedOperation, UnknownFact
from rules_engine.subjects.scope import Axis, Scope, subject
from rules_engine.subjects.target import TARGET_PLACE, target_id


@subject
class PaymentLinkTargetSubject:
    """The payment link an operation acts on, by id.

    Attributes:
        missing: Whether it is known not to exist.
        unknown: Whether nobody looked it up.
    """

    missing: bool
    unknown: bool


@define(eq=False)
class PaymentLinkJoined(Joined):
    """The items of every scope of the operations of a payment link."""

    payment_link_target: Sequence[PaymentLinkTargetSubject] = ()


def join_payment_link_create(draft: PaymentLinkCreateDraft) -> PaymentLinkJoined:
    """Join a new payment link with the facts."""
    unknown: list[UnknownFact] = []
    return PaymentLinkJoined(unknown)


def join_payment_link_update(draft: PaymentLinkUpdateDraft) -> PaymentLinkJoined:
    """Join a change of a payment link with the stored one and the facts."""
    unknown: list[UnknownFact] = []
    return PaymentLinkJoined(unknown, payment_link_target=_target(draft, unknown))


def join_payment_link_open(draft: PaymentLinkOpenDraft) -> PaymentLinkJoined:
    """Join a buyer's first step on a payment link with the stored one and the facts."""
    unknown: list[UnknownFact] = []
    return PaymentLinkJoined(unknown, payment_link_target=_target(draft, unknown))


def _target(draft: PaymentLinkDraft[Any], unknown: list[UnknownFact]) -> tuple[PaymentLinkTargetSubject, ...]:
    facts, link_id = draft.facts, target_id(draft)
    known = facts.payment_link is not None and facts.payment_link.id == link_id
    missing = not known and link_id in facts.missing.payment_links
    if not known and not missing:
        unknown.append(("paymentLink", link_id))
    return (PaymentLinkTargetSubject(missing, not known and not missing),)


def _target_place(_: PaymentLinkTargetSubject) -> Path:
    return TARGET_PLACE


PAYMENT_LINK_TARGET = Scope("payment_link_target", PaymentLinkTargetSubject, Axis.ROOT, _target_place)

ROWS: Final[tuple[JoinedOperation, ...]] = (
    (PaymentLinkCreateDraft, join_payment_link_create, ()),
    (PaymentLinkUpdateDraft, join_payment_link_update, (PAYMENT_LINK_TARGET,)),
    (PaymentLinkOpenDraft, join_payment_link_open, (PAYMENT_LINK_TARGET,)),
)
"""The draft of each operation, its join and its scopes."""

"""Money that is given back: the refund that is asked for, joined with its charge and the balance it is taken from."""

from collections.abc import Sequence
from typing import Final

from attrs import define

from rules_engine.models.draft import RefundCreateDraft
from rules_engine.models.refund import RefundCreate
from rules_engine.path import Path
from rules_engine.subjects.joined import Joined, JoinedOperation, UnknownFact
from rules_engine.subjects.scope import Axis, Scope, subject


@subject
class RefundSubject:
    """A refund that is asked for.

    Attributes:
        request: The refund as the request states it.
    """

    request: RefundCreate


@define(eq=False)
class RefundJoined(Joined):
    """The items of every scope of a refund."""

    refund: Sequence[RefundSubject] = ()


def join_refund_create(draft: RefundCreateDraft) -> RefundJoined:
    """Join a refund with its charge and the balance it is taken from."""
    unknown: list[UnknownFact] = []
    return RefundJoined(unknown, refund=(RefundSubject(draft.request),))


def _place(_: RefundSubject) -> Path:
    return ("request",)


REFUND = Scope("refund", RefundSubject, Axis.ROOT, _place)

ROWS: Final[tuple[JoinedOperation, ...]] = ((RefundCreateDraft, join_refund_create, (REFUND,)),)
"""The draft of each operation, its join and its scopes."""

"""What any request is let in by: its key, its signature, its rate and its idempotency key."""

from collections.abc import Sequence
from typing import Final

from attrs import define

from rules_engine.models.draft import RequestAuthorizeDraft
from rules_engine.path import Path
from rules_engine.subjects.joined import Joined, JoinedOperation, UnknownFact
from rules_engine.subjects.scope import Axis, Scope, subject


@subject
class CredentialSubject:
    """The credential that a request carries.

    Attributes:
        given: Whether it carries one at all.
    """

    given: bool


@define(eq=False)
class RequestJoined(Joined):
    """The items of every scope of a request."""

    credential: Sequence[CredentialSubject] = ()


def join_request_authorize(draft: RequestAuthorizeDraft) -> RequestJoined:
    """Join a request with what the host knows of its key, its endpoint and its account."""
    unknown: list[UnknownFact] = []
    return RequestJoined(unknown, credential=(CredentialSubject(draft.request.authorization is not None),))


def _place(_: CredentialSubject) -> Path:
    return ("request",)


CREDENTIAL = Scope("credential", CredentialSubject, Axis.ROOT, _place)

ROWS: Final[tuple[JoinedOperation, ...]] = ((RequestAuthorizeDraft, join_request_authorize, (CREDENTIAL,)),)
"""The draft of each operation, its join and its scopes."""

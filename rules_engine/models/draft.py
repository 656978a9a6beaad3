"""A draft: one operation's request, and everything known about the world when it is judged."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, ClassVar, Generic, TypeVar

from attrs import frozen

from rules_engine.models.facts import Facts
from rules_engine.models.session import (
    SessionApplyPromotionCode,
    SessionConfirm,
    SessionCreate,
    SessionExpire,
    SessionUpdate,
)

R = TypeVar("R")
VERSION = 1
"""The version of the draft document."""


@frozen
class Target:
    """The object an operation acts on, by id."""

    id: str


@frozen
class Recorded:
    """What the host answered when the draft was recorded: the names of the codes, in order."""

    codes: tuple[str, ...] = ()


@frozen(kw_only=True)
class Draft(Generic[R]):
    """One operation's request and the facts it is judged by.

    Attributes:
        operation: The name of the operation, such as `session.create`.
        has_target: Whether the operation acts on a stored object.
        request: What the caller said.
        facts: What the host knows.
        target: The stored object that is acted on.
        id: The host's name for the draft.
        recorded: What the host answered at the time.
    """

    operation: ClassVar[str]
    has_target: ClassVar[bool] = True

    request: R
    facts: Facts
    target: Target | None = None
    id: str | None = None
    recorded: Recorded | None = None


@frozen(kw_only=True)
class SessionDraft(Draft[R]):
    """A draft that `validate_session` serves."""


@frozen(kw_only=True)
class SessionCreateDraft(SessionDraft[SessionCreate]):
    """A session is created."""

    operation: ClassVar[str] = "session.create"
    has_target: ClassVar[bool] = False


@frozen(kw_only=True)
class SessionUpdateDraft(SessionDraft[SessionUpdate]):
    """An open session is changed."""

    operation: ClassVar[str] = "session.update"


@frozen(kw_only=True)
class SessionConfirmDraft(SessionDraft[SessionConfirm]):
    """A buyer pays."""

    operation: ClassVar[str] = "session.confirm"


@frozen(kw_only=True)
class SessionExpireDraft(SessionDraft[SessionExpire]):
    """The merchant ends an open session."""

    operation: ClassVar[str] = "session.expire"


@frozen(kw_only=True)
class SessionApplyPromotionCodeDraft(SessionDraft[SessionApplyPromotionCode]):
    """A buyer enters a promotion code."""

    operation: ClassVar[str] = "session.apply_promotion_code"


DRAFTS: Mapping[str, type[SessionDraft[Any]]] = MappingProxyType(
    {
        draft.operation: draft
        for draft in (
            SessionCreateDraft,
            SessionUpdateDraft,
            SessionConfirmDraft,
            SessionExpireDraft,
            SessionApplyPromotionCodeDraft,
        )
    }
)
"""The draft of each operation, by the operation's name."""

REQUESTS: Mapping[str, type] = MappingProxyType(
    {
        SessionCreateDraft.operation: SessionCreate,
        SessionUpdateDraft.operation: SessionUpdate,
        SessionConfirmDraft.operation: SessionConfirm,
        SessionExpireDraft.operation: SessionExpire,
        SessionApplyPromotionCodeDraft.operation: SessionApplyPromotionCode,
    }
)
"""The request of each operation, by the operation's name."""

"""What every rule sees beside its view: the clock, the limits of the policy, and facts of the application's own."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final, Generic, Protocol, TypeVar

from attrs import frozen

from rules_engine.views.scope import view

T = TypeVar("T")
_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


@frozen(eq=False)
class Limit(Generic[T]):
    """A value that a policy may set.

    Attributes:
        name: What a policy file calls it.
        sentence: What it bounds, for the merchant, and where its default comes from.
        unit: What it counts.
        default: What holds where a policy says nothing.
        minimum: The least value a policy may set; None for a set.
        maximum: The greatest value a policy may set; None for a set.
        members: What a set may hold; empty for a number.
    """

    name: str
    sentence: str
    unit: str
    default: T
    minimum: int | None = None
    maximum: int | None = None
    members: frozenset[str] = frozenset()

    def __repr__(self) -> str:
        """Read as its name."""
        return f"Limit({self.name})"


class Limits(Protocol):
    """Limits and their values."""

    def __getitem__(self, limit: Limit[T], /) -> T:
        """Look a limit up."""
        ...


@view
class Context:
    """The clock, the limits and the application's own facts.

    Attributes:
        now: The instant the draft is judged at.
        limits: The policy's value of every limit.
        custom: The application's own facts, `facts.custom`; a key that is not there is not provided.
    """

    now: datetime
    limits: Limits
    custom: Mapping[str, Any] = _NOTHING

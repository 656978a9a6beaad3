"""Something that is tried at a shop: one draft, and what follows from its answer."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from attrs import frozen


@frozen(eq=False)
class FollowUp:
    """What is tried next.

    Attributes:
        after: In how many seconds.
        make: Makes the attempt when its time has come.
    """

    after: int
    make: "Callable[[datetime], Attempt]"


Follow = Callable[[datetime], tuple[FollowUp, ...]]
"""What happens at an instant, and is tried next."""


def nothing(_: datetime) -> tuple[FollowUp, ...]:
    """Let nothing follow."""
    return ()


@frozen(eq=False)
class Attempt:
    """A request, and the facts it is judged by.

    Attributes:
        operation: Such as `session.create`.
        request: The body.
        facts: What is known, without the clock.
        target: The id of what is acted on.
        accepted: What happens, and is tried next, where it is accepted.
        refused: What happens, and is tried next, where it is refused.
        again: Whether the same was tried before.
    """

    operation: str
    request: Any
    facts: Mapping[str, Any]
    target: str | None = None
    accepted: Follow = nothing
    refused: Follow = nothing
    again: bool = False

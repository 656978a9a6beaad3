"""A draft: one operation's request, and everything known about the world when it is judged."""

from typing import Generic, TypeVar

from attrs import frozen

from rules_engine.models.facts import Facts
from rules_engine.violation import Violation

R = TypeVar("R")
VERSION = 1
"""The version of the draft document."""


@frozen
class Target:
    """The object an operation acts on, by id."""

    id: str


@frozen
class Recorded:
    """What the application answered when the draft was recorded: the names of the codes, in order."""

    codes: tuple[str, ...] = ()


@frozen(kw_only=True)
class Draft(Generic[R]):
    """One operation's request and the facts it is judged by.

    Attributes:
        operation: The name of the operation, such as `session.create`: a key of `OPERATIONS`.
        request: What the caller sent: the operation's request model; None where it did not parse.
        facts: What the application knows.
        target: The stored object that is acted on; None where the operation creates one.
        id: The application's name for the draft.
        recorded: What the application answered at the time.
        faults: Why the request did not parse, in document order; no rule is run then.
    """

    operation: str
    request: R
    facts: Facts
    target: Target | None = None
    id: str | None = None
    recorded: Recorded | None = None
    faults: tuple[Violation, ...] = ()

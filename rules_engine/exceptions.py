"""What goes wrong on the host's side. Nothing here is ever shown to a shopper, except by `raise_for_violations`."""

from collections.abc import Sequence
from typing import Protocol


class RulesEngineError(Exception):
    """The family of this library's errors."""


class DraftError(RulesEngineError):
    """The envelope of a draft document is malformed.

    Attributes:
        pointer: RFC 6901 pointer to the place, "" for the whole document.
        problem: What is wrong there, and what was expected.
    """

    def __init__(self, pointer: str, problem: str) -> None:
        """Keep where and what."""
        super().__init__(pointer, problem)
        self.pointer = pointer
        self.problem = problem

    def __str__(self) -> str:
        """Read as `/facts/now: ...`."""
        return f"{self.pointer or 'the draft'}: {self.problem}"


class FactsError(DraftError):
    """The facts of a draft are malformed, or contradict each other."""


class UndecidedError(RulesEngineError):
    """A draft has no violation, but facts are missing to accept it.

    Attributes:
        operation: The operation that was judged.
        facts: What to look up, such as `prices[price_1]`.
    """

    def __init__(self, operation: str, facts: Sequence[str]) -> None:
        """Keep what is missing."""
        super().__init__(operation, tuple(facts))
        self.operation = operation
        self.facts = tuple(facts)

    def __str__(self) -> str:
        """Name the facts."""
        return f"{self.operation} is undecided until these facts are looked up: {', '.join(self.facts)}"


class PolicyError(RulesEngineError):
    """A policy is not valid.

    Attributes:
        problems: Everything that is wrong with it, in the order of the file; each names file, line and column where
            the policy came from a file.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        """Keep every problem."""
        super().__init__(tuple(problems))
        self.problems = tuple(problems)

    def __str__(self) -> str:
        """Give one problem a line."""
        return "\n".join(self.problems)


class _Explained(Protocol):
    """What `ViolationError` needs of a violation."""

    @property
    def message(self) -> str: ...

    @property
    def param(self) -> str | None: ...


class ViolationError(RulesEngineError):
    """One violation, raised within a `ViolationsError`.

    Attributes:
        violation: The violation.
    """

    def __init__(self, violation: _Explained) -> None:
        """Keep the violation."""
        super().__init__(violation)
        self.violation = violation

    def __str__(self) -> str:
        """Read as `lineItems[0].price: ...`."""
        message = self.violation.message
        return message if self.violation.param is None else f"{self.violation.param}: {message}"


class ViolationsError(ExceptionGroup[ViolationError], RulesEngineError):
    """All violations of a draft, in order."""

    def derive(self, excs: Sequence[ViolationError]) -> "ViolationsError":  # type: ignore[override]  # a group of ours holds only ours
        """Keep the type when a group is split."""
        return ViolationsError(self.message, excs)

"""What goes wrong on the application's side. No buyer sees any of it, but for what `raise_for_violations` raises."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from attrs import frozen


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
        """Read as `/facts/now: ...`, or `the draft document: ...` where it is about the whole."""
        return f"{self.pointer or 'the draft document'}: {self.problem}"


class FactsError(DraftError):
    """The facts of a draft are malformed, or contradict each other.

    Facts are a part of the draft, so `except DraftError` catches this too.

    Attributes:
        keys: The names of misspelt and unknown keys, each once, in document order; empty where something else is wrong.
    """

    def __init__(self, pointer: str, problem: str, keys: Iterable[str] = ()) -> None:
        """Keep where and what, and which keys."""
        super().__init__(pointer, problem)
        self.keys = tuple(keys)


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
        """Read as `... is undecided until these facts are looked up: ...`."""
        return f"{self.operation} is undecided until these facts are looked up: {', '.join(self.facts)}"


@frozen
class PolicyProblem:
    """One thing that is wrong with a policy.

    Attributes:
        message: What is wrong, in one sentence.
        source: The file, or the id of a policy that was made in Python; None where there is neither.
        line: The line of the file, from 1; None where there is no text to point into.
        column: The column, from 1, in characters.
        path: The keys, and for lists the 0-based indices, that lead to what is wrong.
        expected: What would be right, in a few words; "" where no such words help.
        suggestion: The right name that is nearest to a wrong one; None where none is near.
    """

    message: str
    source: str | None = None
    line: int | None = None
    column: int | None = None
    path: tuple[str | int, ...] = ()
    expected: str = ""
    suggestion: str | None = None

    def __str__(self) -> str:
        """Read as `shop.toml:5:1: unknown limit max_discount; did you mean max_discounts?`, on one line."""
        hint = "" if self.suggestion is None else f"; did you mean {self.suggestion}?"
        return on_one_line(f"{self.place}: {self.message}{hint}" if self.place else f"{self.message}{hint}")

    @property
    def place(self) -> str:
        """Read as `shop.toml:5:1`; "" where there is none."""
        return ":".join(str(part) for part in (self.source, self.line, self.column) if part is not None)


def on_one_line(text: str) -> str:
    """Escape what a quoted key of a file may smuggle into a message, line breaks above all."""
    return "".join(symbol if symbol.isprintable() else ascii(symbol)[1:-1] for symbol in text)


class PolicyError(RulesEngineError):
    """A policy is not valid, or there is none.

    Attributes:
        problems: Everything that is wrong, in the order of the file; each names file, line and column where the
            policy came from a file.
    """

    def __init__(self, problems: Iterable[PolicyProblem | str]) -> None:
        """Keep every problem; a text is a problem without a place."""
        self.problems = tuple(PolicyProblem(problem) if isinstance(problem, str) else problem for problem in problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        """Read as one line a problem."""
        return "\n".join(map(str, self.problems))


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

    def derive(self, excs: Sequence[ViolationError]) -> "ViolationsError":  # type: ignore[override]  # a group of this library holds only its errors
        """Keep the type when a group is split."""
        return ViolationsError(self.message, excs)

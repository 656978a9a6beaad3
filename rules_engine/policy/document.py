"""One policy file: what it holds, where each value stands, and what is wrong with it."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from rules_engine.exceptions import PolicyError, PolicyProblem
from rules_engine.nearest import nearest
from rules_engine.path import Path
from rules_engine.policy.locate import Position, locate
from rules_engine.policy.model import WrittenAt

INSTANT = "an instant with an offset, such as 2027-01-01T00:00:00Z"

_PLACE = re.compile(r" \(at line (?P<line>\d+), column (?P<column>\d+)\)$")
_TOP = Position(1, 1)


class PolicyDocument:
    """A policy file, parsed.

    Attributes:
        source: What messages call it.
        values: What it holds.
        problems: What is wrong with it, in the order it was noticed.
    """

    def __init__(self, text: str, source: str) -> None:
        """Parse the text of a file.

        Raises:
            PolicyError: It is not TOML.
        """
        self.source = source
        self.values: Mapping[str, Any] = _parsed(text, source)
        self.problems: list[PolicyProblem] = []
        self._spans = locate(text)

    def problem(
        self, path: Path, message: str, *, of_value: bool = False, expected: str = "", suggestion: str | None = None
    ) -> None:
        """Note that something is wrong with the value of a path, or with its key."""
        place = self._position(path, of_value=of_value)
        self.problems.append(PolicyProblem(message, self.source, place.line, place.column, path, expected, suggestion))

    def problems_in_order(self) -> list[PolicyProblem]:
        """List the problems in the order of the file."""
        return sorted(self.problems, key=lambda problem: (problem.line, problem.column, problem.message))

    def must(self, path: Path, expected: str, verb: str = "", *, suggestion: str | None = None) -> None:
        """Note that the value of a path is not what it must be."""
        message = f"{verb or f'{path[-1]} must be'} {expected}"
        self.problem(path, message, of_value=True, expected=expected, suggestion=suggestion)

    def unknown(
        self, path: Path, kind: str, word: str, known: Iterable[str], *, of_value: bool = False, hint: str = ""
    ) -> None:
        """Note that a word at a path names nothing that is known, with the nearest right name or another hint."""
        suggestion = None if hint else nearest(word, known)
        expected = f"the name of a known {kind}"
        self.problem(path, f"unknown {kind} {word}{hint}", of_value=of_value, expected=expected, suggestion=suggestion)

    def unknown_keys(self, path: Path, known: Iterable[str]) -> None:
        """Note every key of a table that is none of the known ones."""
        names = tuple(known)
        for key in self.value(path):
            if key not in names:
                listed = ", ".join(names)
                suggestion = nearest(key, names)
                message = f"unknown key {key}" if suggestion else f"unknown key {key}; known here: {listed}"
                self.problem((*path, key), message, expected=f"one of {listed}", suggestion=suggestion)

    def origin(self, path: Path) -> WrittenAt:
        """Return where the value of a path is written."""
        place = self._position(path, of_value=False)
        return WrittenAt(self.source, place.line, place.column)

    def value(self, path: Path) -> Any:
        """Return the value of a path; None where there is none."""
        value: Any = self.values
        for key in path:
            inside = isinstance(value, list) or (isinstance(value, dict) and key in value)
            value = value[key] if inside else None
        return value

    def table(self, path: Path) -> Mapping[str, Any]:
        """Return the table of a path; an empty one where there is none, or something else."""
        value = self.value(path)
        if value is None:
            return {}
        if isinstance(value, dict):
            return value
        self.problem(path, f"{path[-1]} must be a table", expected="a table")
        return {}

    def text(self, path: Path, meaning: str, *, required: bool = False) -> str | None:
        """Return the text of a path; None where there is none, or something else."""
        value = self.value(path)
        if isinstance(value, str) and value.strip():
            return value
        if required or value is not None:
            self.problem(path, f"{path[-1]} must be a text that {meaning}", of_value=True, expected="a text")
        return None

    def texts(self, path: Path, meaning: str) -> tuple[str, ...]:
        """Return the texts of a path; none where there are none, or something else."""
        value = self.value(path)
        if isinstance(value, list) and all(isinstance(text, str) for text in value):
            return tuple(value)
        if value is not None:
            self.must(path, f"a list of {meaning}")
        return ()

    def instant(self, path: Path, *, required: bool = False) -> datetime | None:
        """Return the instant of a path in UTC; None where there is none, or something else."""
        value = self.value(path)
        if isinstance(value, datetime) and value.tzinfo is not None:
            try:
                return value.astimezone(UTC)
            except OverflowError:
                pass
        if required or value is not None:
            self.must(path, INSTANT)
        return None

    def _position(self, path: Path, *, of_value: bool) -> Position:
        """Find a path, or the closest of those that hold it."""
        for length in range(len(path), 0, -1):
            span = self._spans.get(path[:length])
            if span is not None:
                return span.value if of_value else span.key
        return _TOP


def end_of(text: str) -> tuple[int, int]:
    """Return the line and the column right after a text."""
    return text.count("\n") + 1, len(text) - text.rfind("\n")


def _parsed(text: str, source: str) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415  # it takes time to load, and a library that is only imported reads no policy

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PolicyError([_broken(str(error), text, source)]) from error
    except (RecursionError, ValueError) as error:  # nested too deeply; or a number of thousands of digits
        raise PolicyError([PolicyProblem(f"not TOML that can be read: {error}", source, expected="TOML")]) from error


def _broken(error: str, text: str, source: str) -> PolicyProblem:
    """Move the position of a parser's message to its front."""
    place = _PLACE.search(error)
    line, column = end_of(text) if place is None else (int(place["line"]), int(place["column"]))
    problem = _PLACE.sub("", error).removesuffix(" (at end of document)")
    return PolicyProblem(f"not TOML: {problem}", source, line, column, expected="TOML")

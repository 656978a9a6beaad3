"""Policy files: TOML to policies, refusing what is wrong with file, line, column and the nearest right name."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from pathlib import Path as FilePath
from typing import Any

from rules_engine.exceptions import PolicyError
from rules_engine.nearest import did_you_mean
from rules_engine.policy.locate import Path, locate
from rules_engine.policy.model import LIMITS_BY_NAME, LimitValue, Policy, limit_problems
from rules_engine.rules import RULES
from rules_engine.rules.declaration import Rule
from rules_engine.subjects.join import SCOPES
from rules_engine.violation import Mode

SCHEMA_VERSION = 1
LARGEST_FILE = 1 << 20
"""The longest policy file that is read, in bytes."""

_KEYS = ("schema_version", "id", "extends", "pipelines", "rules", "limits")
_MODES = {mode.value: mode for mode in Mode}
_PLACE = re.compile(r" \(at line (?P<line>\d+), column (?P<column>\d+)\)$")


@cache
def default_policy() -> Policy:
    """Load the policy that comes with the library: every rule, in its documented order, enforced."""
    file = resources.files("rules_engine.policy") / "default.toml"
    return read_policy(file.read_text(encoding="utf-8"), source="policies/default.toml")


def load_policy(path: str | FilePath, *, rules: Iterable[Rule[Any]] = ()) -> Policy:
    """Load a policy file.

    Args:
        path: The file.
        rules: Rules of the host's own that the file may name.

    Raises:
        PolicyError: The file cannot be read, or is not a valid policy; every problem is listed.
    """
    source = str(path)
    try:
        with FilePath(path).open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise PolicyError([f"{source}: cannot be read: {reason}"]) from error
    if len(content) > LARGEST_FILE:
        raise PolicyError([f"{source}: longer than {LARGEST_FILE} bytes"])
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        line, column = _end(content[: error.start].decode())
        raise PolicyError([f"{source}:{line}:{column}: not UTF-8"]) from error
    return read_policy(text, source=source, rules=rules)


def read_policy(text: str, *, source: str = "<policy>", rules: Iterable[Rule[Any]] = ()) -> Policy:
    """Read the text of a policy file.

    Args:
        text: The text.
        source: What messages call the file.
        rules: Rules of the host's own that it may name.

    Raises:
        PolicyError: It is not a valid policy; every problem is listed, in the order of the file.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PolicyError([_broken(str(error), text, source)]) from error
    except (RecursionError, ValueError) as error:  # nested too deeply; or a number of thousands of digits
        raise PolicyError([f"{source}: not TOML that can be read: {error}"]) from error
    reader = _Reader(document, source, text, {rule.name: rule for rule in (*RULES, *rules)})
    return reader.policy()


def _end(text: str) -> tuple[int, int]:
    """Tell the line and the column right after a text."""
    return text.count("\n") + 1, len(text) - text.rfind("\n")


def _broken(error: str, text: str, source: str) -> str:
    """Move the position of a parser's message to its front."""
    place = _PLACE.search(error)
    line, column = _end(text) if place is None else (int(place["line"]), int(place["column"]))
    problem = _PLACE.sub("", error).removesuffix(" (at end of document)")
    return f"{source}:{line}:{column}: not TOML: {problem}"


def _on_one_line(text: str) -> str:
    """Escape what a quoted key of a file may smuggle into a message, line breaks above all."""
    return "".join(symbol if symbol.isprintable() else ascii(symbol)[1:-1] for symbol in text)


class _Reader:
    """One policy file, and what is wrong with it."""

    def __init__(self, document: dict[str, Any], source: str, text: str, rules: Mapping[str, Rule[Any]]) -> None:
        self._document = document
        self._source = source
        self._spans = locate(text)
        self._rules = rules
        self._problems: list[tuple[tuple[int, int], str]] = []

    def policy(self) -> Policy:
        for key in self._document:
            if key not in _KEYS:
                self._problem((key,), f"unknown key {key}{did_you_mean(key, _KEYS)}")
        version = self._document.get("schema_version")
        if type(version) is not int or version != SCHEMA_VERSION:
            self._problem(("schema_version",), f"schema_version must be {SCHEMA_VERSION}", of_value=True)
        name = self._document.get("id")
        if not isinstance(name, str) or not name:
            self._problem(("id",), "id must be a text that names the policy", of_value=True)
        base = self._base()
        pipelines = self._pipelines()
        modes = self._modes()
        limits = self._limits()
        if "extends" not in self._document:
            self._require_every_pipeline()
        if self._problems:
            problems = sorted(self._problems)
            raise PolicyError(
                [f"{self._source}:{line}:{column}: {_on_one_line(text)}" for (line, column), text in problems]
            )
        return Policy(
            id=str(name),
            pipelines={**(base.pipelines if base else {}), **pipelines},
            modes={**(base.modes if base else {}), **modes},
            limits={**(base.limits if base else {}), **limits},
            source=self._source,
        )

    def _problem(self, path: Path, text: str, *, of_value: bool = False) -> None:
        span = None
        while path and span is None:
            span = self._spans.get(path)
            path = path[:-1]
        position = (1, 1)
        if span is not None:
            place = span.value if of_value else span.key
            position = (place.line, place.column)
        self._problems.append((position, text))

    def _base(self) -> Policy | None:
        extends = self._document.get("extends")
        if extends is None:
            return None
        if extends != "default":
            self._problem(("extends",), 'extends must be "default"', of_value=True)
            return None
        return default_policy()

    def _table(self, key: str) -> dict[str, Any]:
        table = self._document.get(key, {})
        if isinstance(table, dict):
            return table
        self._problem((key,), f"{key} must be a table")
        return {}

    def _pipelines(self) -> dict[str, tuple[str, ...]]:
        pipelines: dict[str, tuple[str, ...]] = {}
        for operation, names in self._table("pipelines").items():
            path = ("pipelines", operation)
            if operation not in SCOPES:
                quoted = '; the name of an operation stands in quotes, as in "session.create"'
                hint = quoted if isinstance(names, dict) else did_you_mean(operation, SCOPES)
                self._problem(path, f"unknown operation {operation}{hint}")
            elif not isinstance(names, list):
                self._problem(path, "a pipeline is a list of names of rules", of_value=True)
            else:
                self._check_pipeline(operation, names)
                pipelines[operation] = tuple(names)
        return pipelines

    def _require_every_pipeline(self) -> None:
        stated = self._document.get("pipelines", {})
        for operation in SCOPES if isinstance(stated, dict) else ():
            if operation not in stated:
                self._problem(("pipelines",), f'no pipeline for {operation}; extends = "default" takes over its own')

    def _check_pipeline(self, operation: str, names: list[Any]) -> None:
        seen: set[str] = set()
        for position, name in enumerate(names):
            path = ("pipelines", operation, position)
            if not isinstance(name, str):
                self._problem(path, "expected the name of a rule")
            elif name not in self._rules:
                self._problem(path, f"unknown rule {name}{did_you_mean(name, self._rules)}")
            elif self._rules[name].scope not in SCOPES[operation]:
                self._problem(path, f"{name} has nothing to stand on in {operation}")
            elif name in seen:
                self._problem(path, f"{name} stands twice in the pipeline of {operation}")
            else:
                seen.add(name)

    def _modes(self) -> dict[str, Mode]:
        modes: dict[str, Mode] = {}
        for name, options in self._table("rules").items():
            path = ("rules", name)
            if name not in self._rules:
                self._problem(path, f"unknown rule {name}{did_you_mean(name, self._rules)}")
            elif not isinstance(options, dict):
                self._problem(path, 'expected a table, such as { mode = "warn" }', of_value=True)
            else:
                for key in options:
                    if key != "mode":
                        self._problem((*path, key), f"unknown key {key}; a rule has a mode")
                mode = options.get("mode", Mode.ENFORCE.value)
                if isinstance(mode, str) and mode in _MODES:
                    modes[name] = _MODES[mode]
                else:
                    suggestion = did_you_mean(mode, _MODES) if isinstance(mode, str) else ""
                    expected = ", ".join(_MODES)
                    self._problem((*path, "mode"), f"mode must be one of {expected}{suggestion}", of_value=True)
        return modes

    def _limits(self) -> dict[str, LimitValue]:
        limits: dict[str, LimitValue] = {}
        for name, value in self._table("limits").items():
            problems = limit_problems(name, value)
            for problem in problems:
                self._problem(("limits", name), problem, of_value=name in LIMITS_BY_NAME)
            if not problems:
                limits[name] = value
        return limits

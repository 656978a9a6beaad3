"""The pipelines of a policy file: each stated whole, or as changes of the one that is inherited."""

from collections.abc import Mapping
from typing import Any

from rules_engine.nearest import nearest
from rules_engine.operations import OPERATIONS
from rules_engine.policy.document import Document
from rules_engine.policy.locate import Path
from rules_engine.policy.model import KeyPath, Origin, Policy
from rules_engine.rules.row import Rule

CHANGES = ("without", "insert_before", "insert_after")
"""The keys of a pipeline that is stated as changes, in the order they are made."""

_A_NAME = "expected the name of a rule"


class PipelineReader:
    """The pipelines of one file.

    Attributes:
        pipelines: Operation to the names of its rules, for every operation that the file speaks of.
        origins: Where each of their rules is written.
    """

    def __init__(
        self, document: Document, rules: Mapping[str, Rule[Any]], base: Policy | None, *, inherits: bool
    ) -> None:
        """Read the pipelines.

        Args:
            document: The file.
            rules: Every rule by its name.
            base: The policy that the file extends; None where it extends none, or one that cannot be read.
            inherits: Whether it extends any.
        """
        self.pipelines: dict[str, tuple[str, ...]] = {}
        self.origins: dict[KeyPath, Origin] = {}
        self._document = document
        self._rules = rules
        self._base = base
        self._inherits = inherits
        stated = document.table(("pipelines",))
        for operation, pipeline in stated.items():
            self._read(operation, pipeline)
        if not inherits and isinstance(document.values.get("pipelines", {}), dict):
            for operation in OPERATIONS:
                if operation not in stated:
                    hint = 'extends = "default" takes over its own'
                    document.problem(("pipelines",), f"no pipeline for {operation}; {hint}", expected="every pipeline")

    def _read(self, operation: str, pipeline: Any) -> None:
        path = ("pipelines", operation)
        if operation not in OPERATIONS:
            nested = isinstance(pipeline, dict) and f"{operation}.{next(iter(pipeline), '')}" in OPERATIONS
            quoted = '; the name of an operation stands in quotes, as in "session.create"'
            self._document.unknown(path, "operation", operation, OPERATIONS, hint=quoted if nested else "")
        elif isinstance(pipeline, list):
            self.pipelines[operation] = self._named(path, operation, [])
        elif isinstance(pipeline, dict):
            self._change(path, operation)
        else:
            expected = "a list of names of rules, or a table of changes"
            self._document.problem(path, f"a pipeline is {expected}", of_value=True, expected=expected)

    def _named(self, path: Path, operation: str, present: list[str]) -> tuple[str, ...]:
        """Read a list of rules that are to stand in a pipeline beside those that do already."""
        named: list[str] = []
        names = self._document.value(path)
        if not isinstance(names, list):
            self._document.problem(path, "expected a list of names of rules", of_value=True, expected="a list")
            return ()
        for position, name in enumerate(names):
            place = (*path, position)
            if not isinstance(name, str):
                self._document.problem(place, _A_NAME, expected="the name of a rule")
            elif name not in self._rules:
                self._document.unknown(place, "rule", name, self._rules)
            elif self._rules[name].scope not in OPERATIONS[operation].scopes:
                scope = self._rules[name].scope
                possible = ", ".join(row.name for row in OPERATIONS.values() if scope in row.scopes)
                message = f"{name} has nothing to stand on in {operation}"
                self._document.problem(place, message, expected=f"a rule of {operation}; {name} is one of {possible}")
            elif name in named or name in present:
                self._document.problem(place, f"{name} stands twice in the pipeline of {operation}")
            else:
                named.append(name)
                self.origins["pipelines", operation, name] = self._document.origin(place)
        return tuple(named)

    def _change(self, path: Path, operation: str) -> None:
        self._document.unknown_keys(path, CHANGES)
        if not self._inherits:
            message = f"there is no pipeline of {operation} to change: the file extends nothing"
            self._document.problem(path, message, expected="a list of names of rules")
            return
        if self._base is None:
            return
        rules = list(self._base.pipelines[operation])
        self._take_out((*path, "without"), operation, rules)
        for key, shift in (("insert_before", 0), ("insert_after", 1)):
            place = (*path, key)
            for anchor in self._document.table(place):
                added = self._named((*place, anchor), operation, rules)
                if anchor in rules:
                    at = rules.index(anchor) + shift
                    rules[at:at] = added
                else:
                    self._not_there((*place, anchor), anchor, operation, rules)
        self.pipelines[operation] = tuple(rules)

    def _take_out(self, path: Path, operation: str, rules: list[str]) -> None:
        names = self._document.value(path)
        if not isinstance(names, list | None):
            self._document.problem(path, "expected a list of names of rules", of_value=True, expected="a list")
            return
        for position, name in enumerate(names or ()):
            place = (*path, position)
            if not isinstance(name, str):
                self._document.problem(place, _A_NAME, expected="the name of a rule")
            elif name in rules:
                rules.remove(name)
            else:
                self._not_there(place, name, operation, rules)

    def _not_there(self, path: Path, name: str, operation: str, rules: list[str]) -> None:
        message = f"{name} does not stand in the inherited pipeline of {operation}"
        suggestion = None if name in self._rules else nearest(name, rules)
        expected = f"a rule of the pipeline of {operation}"
        self._document.problem(path, message, expected=expected, suggestion=suggestion)

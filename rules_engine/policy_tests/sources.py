"""What tests are read from: directories, policies and drafts."""

import os
from collections.abc import Mapping
from pathlib import Path as FilePath
from typing import Any

from rules_engine.codes import CATALOGUE
from rules_engine.exceptions import PolicyError, PolicyProblem
from rules_engine.policy.load import PolicyFiles
from rules_engine.policy.model import Policy
from rules_engine.policy.policy_set import SUFFIX, PolicySet
from rules_engine.rules import RULES
from rules_engine.rules.declaration import Rule
from rules_engine.wire import caps
from rules_engine.wire.json_text import JsonTextError, read_json

FOLDER = "tests"
"""The folder of a directory of policies that holds their tests."""


class Sources:
    """The files that tests are read from, each read once.

    Attributes:
        rules: Every rule that the policies may name, by name.
        codes: Every code that they may say, by name.
        problems: What is wrong with any of the files, in the order they were read.
    """

    def __init__(self, rules: tuple[Rule[Any], ...]) -> None:
        """Start with no file read.

        Args:
            rules: Rules of the host's own that the policies may name.
        """
        self.rules = {rule.name: rule for rule in (*RULES, *rules)}
        self.codes = {**CATALOGUE, **{rule.code.name: rule.code for rule in rules}}
        self.problems: list[PolicyProblem] = []
        self._own_rules = rules
        self._policies = PolicyFiles(rules)
        self._sets: dict[str, PolicySet | None] = {}
        self._drafts: dict[str, Mapping[str, Any] | str] = {}

    def files(self, directory: FilePath) -> list[FilePath]:
        """List the files of tests of a directory. None, and what cannot be listed, would look tested."""
        unlisted: list[OSError] = []
        found = sorted(
            FilePath(folder, name)
            for folder, _, names in os.walk(directory / FOLDER, onerror=unlisted.append)
            for name in names
            if name.endswith(SUFFIX)
        )
        expected = f"files of tests, {FOLDER}/*{SUFFIX}"
        closed = [error for error in unlisted if not isinstance(error, FileNotFoundError)]
        for error in closed:
            self.problems.append(PolicyProblem(f"cannot be read: {error.strerror}", str(error.filename)))
        if not found and not closed:
            self.problems.append(PolicyProblem(f"there are no {expected}", str(directory), expected=expected))
        return found

    def policy(self, path: FilePath) -> Policy | None:
        """Load a policy file; None where something is wrong with it."""
        before = len(self._policies.problems)
        policy = self._policies.policy(path, _tidied(path))
        self.problems += self._policies.problems[before:]
        return policy

    def policy_set(self, path: FilePath) -> PolicySet | None:
        """Load a directory of policies; None where something is wrong with it."""
        name = _tidied(path)
        if name not in self._sets:
            try:
                self._sets[name] = PolicySet.load(name, rules=self._own_rules)
            except PolicyError as refusal:
                self.problems += refusal.problems
                self._sets[name] = None
        return self._sets[name]

    def draft(self, path: FilePath) -> Mapping[str, Any] | str:
        """Read a draft document as plain values; a text says why it cannot be read."""
        name = str(path)
        if name not in self._drafts:
            self._drafts[name] = _draft(path)
        return self._drafts[name]


def _tidied(path: FilePath) -> str:
    """Name a file without the detour through the folder of the tests, unless the detour leads elsewhere."""
    tidy = os.path.normpath(path)
    try:
        return tidy if os.path.realpath(tidy) == os.path.realpath(path) else str(path)
    except ValueError:  # a name that no file can have is told when it is opened
        return str(path)


def _draft(path: FilePath) -> Mapping[str, Any] | str:
    try:
        with path.open("rb") as file:
            value = read_json(file.read(caps.LARGEST_DOCUMENT + 1), largest=caps.LARGEST_DOCUMENT)
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    except JsonTextError as error:
        return str(error)
    except ValueError as error:
        return f"cannot be read: {error}"
    return value if isinstance(value, dict) else "expected an object, one draft document"

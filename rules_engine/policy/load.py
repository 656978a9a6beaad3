"""Policy files: TOML to policies, each with what it extends, refusing what is wrong with file, line and column."""

import os
from collections.abc import Iterable
from pathlib import Path as FilePath
from typing import Any

from rules_engine.exceptions import PolicyError, PolicyProblem
from rules_engine.nearest import nearest
from rules_engine.policy.builtin import DEFAULT, default_policy
from rules_engine.policy.document import PolicyDocument, end_of
from rules_engine.policy.model import Policy
from rules_engine.policy.read import read_document
from rules_engine.rules import RULES
from rules_engine.rules.row import Rule

LARGEST_FILE = 1 << 20
"""The longest policy file that is read, in bytes."""
LONGEST_CHAIN = 16
"""How many files may extend one another in a row."""

_NO_NAME = "no file can have this name"
"""What is wrong with a name that holds a null character, which every version of Python words differently."""
_EXTENDABLE = f'"{DEFAULT}", or the name of a file relative to this one'


def load_policy(path: str | FilePath, *, rules: Iterable[Rule[Any]] = ()) -> Policy:
    """Load a policy file, with the files that it extends.

    Args:
        path: The file.
        rules: Rules of the application's own that the files may name.

    Raises:
        PolicyError: A file cannot be read, or is not a valid policy; every problem is listed.
    """
    files = PolicyFiles(rules)
    return files.checked(files.policy(FilePath(path), str(path)))


def read_policy(text: str, *, source: str = "<policy>", rules: Iterable[Rule[Any]] = ()) -> Policy:
    """Read the text of a policy file. It has no folder, so it may extend the default policy and no file.

    Args:
        text: The text.
        source: What messages call the file.
        rules: Rules of the application's own that it may name.

    Raises:
        PolicyError: It is not a valid policy; every problem is listed, in the order of the file.
    """
    files = PolicyFiles(rules)
    return files.checked(files.read(text, source, None))


class PolicyFiles:
    """Policy files that may extend one another. Each is read once, however many extend it.

    Attributes:
        problems: Everything that is wrong with them: of a file and what it extends, the latter first.
    """

    def __init__(self, rules: Iterable[Rule[Any]]) -> None:
        """Start with no file read.

        Args:
            rules: Rules of the application's own that the files may name.
        """
        self.problems: list[PolicyProblem] = []
        self._rules = {rule.name: rule for rule in (*RULES, *rules)}
        self._policies: dict[str, Policy | None] = {}
        self._open: dict[str, str] = {}

    def checked(self, policy: Policy | None) -> Policy:
        """Return a policy that was read.

        Raises:
            PolicyError: Something was wrong with it; every problem is listed.
        """
        if policy is None:
            raise PolicyError(self.problems)
        return policy

    def policy(self, path: FilePath, source: str) -> Policy | None:
        """Load a file, or return what it was read as before; None where something is wrong with it."""
        try:
            real = os.path.realpath(path)
        except ValueError:
            self.problems.append(PolicyProblem(f"cannot be read: {_NO_NAME}", source))
            return None
        if real not in self._policies:
            self._open[real] = source
            try:
                self._policies[real] = self.read(text_of(path, source), source, path.parent)
            except PolicyError as refusal:
                self.problems += refusal.problems
                self._policies[real] = None
            del self._open[real]
        return self._policies[real]

    def read(self, text: str, source: str, folder: FilePath | None) -> Policy | None:
        """Read the text of a file, with the files that it extends; None where something is wrong with it.

        Args:
            text: The text.
            source: What messages call the file.
            folder: Where the files are that it may extend; None for nowhere.
        """
        try:
            document = PolicyDocument(text, source)
        except PolicyError as refusal:
            self.problems += refusal.problems
            return None
        inherits = "extends" in document.values
        base = self._base(document, folder) if inherits else None
        policy = read_document(document, self._rules, base, inherits=inherits)
        self.problems += document.problems_in_order()
        return policy

    def _base(self, document: PolicyDocument, folder: FilePath | None) -> Policy | None:
        """Find what a file extends; None where it is not there, or something is wrong with it."""
        extends = document.values["extends"]
        if extends == DEFAULT:
            return default_policy()
        if not isinstance(extends, str) or not extends.strip():
            _refuse_base(document, f"extends must be {_EXTENDABLE}")
        elif folder is None:
            _refuse_base(document, f'extends must be "{DEFAULT}": a text has no folder that {extends} could be in')
        elif FilePath(extends).is_absolute():
            _refuse_base(document, f"{extends} must be named relative to this file")
        else:
            return self._extended(document, folder, extends)
        return None

    def _extended(self, document: PolicyDocument, folder: FilePath, extends: str) -> Policy | None:
        path = folder / extends
        if not os.path.isfile(path):  # noqa: PTH113  # pathlib raises where a name is too long or a folder closed
            near = nearest(extends, (DEFAULT, *_files_beside(path)))
            _refuse_base(document, f"there is no file {extends} to extend", suggestion=near)
            return None
        real = os.path.realpath(path)
        chain = list(self._open.values())
        if real in self._open:
            circle = (*chain[list(self._open).index(real) :], self._open[real])
            _refuse_base(document, f"the file extends itself: {' extends '.join(circle)}")
            return None
        if len(chain) >= LONGEST_CHAIN:
            _refuse_base(document, f"more than {LONGEST_CHAIN} files extend one another, beginning with {chain[0]}")
            return None
        return self.policy(path, os.path.normpath(path))


def _refuse_base(document: PolicyDocument, message: str, *, suggestion: str | None = None) -> None:
    document.problem(("extends",), message, of_value=True, expected=_EXTENDABLE, suggestion=suggestion)


def _files_beside(path: FilePath) -> list[str]:
    """List the policy files of a folder, named as the file that extends one of them would."""
    try:
        return sorted(file.name for file in path.parent.glob("*.toml"))
    except (OSError, ValueError):
        return []


def text_of(path: FilePath, source: str) -> str:
    """Read a file of TOML.

    Args:
        path: The file.
        source: What messages call it.

    Raises:
        PolicyError: It cannot be read, is too long, or is no text.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else _NO_NAME
        raise PolicyError([PolicyProblem(f"cannot be read: {reason}", source)]) from error
    if len(content) > LARGEST_FILE:
        raise PolicyError([PolicyProblem(f"longer than {LARGEST_FILE} bytes", source)])
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        line, column = end_of(content[: error.start].decode())
        raise PolicyError([PolicyProblem("not UTF-8", source, line, column, expected="UTF-8")]) from error

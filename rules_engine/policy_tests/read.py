"""Files of tests: TOML to suites, each with its policy and its drafts, refusing what is wrong with file and line."""

import os
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path as FilePath
from typing import Any

from rules_engine.codes import CATALOGUE
from rules_engine.exceptions import DraftError, PolicyError, PolicyProblem
from rules_engine.policy.document import Document
from rules_engine.policy.load import DEFAULT, PolicyFiles, default_policy, text_of
from rules_engine.policy.locate import Path
from rules_engine.policy.model import Policy
from rules_engine.policy.policy_set import SUFFIX, PolicySet
from rules_engine.policy_tests.changes import LARGEST_SIZE, ChangeError, with_size, with_value, without
from rules_engine.policy_tests.fixtures import OPTIONAL, STRICT, Fixture, Said, Suite
from rules_engine.rules import RULES
from rules_engine.rules.declaration import Rule
from rules_engine.wire import caps
from rules_engine.wire.envelope import read_draft
from rules_engine.wire.json_text import JsonTextError, read_json

FOLDER = "tests"
"""The folder of a directory of policies that holds their tests."""
KEYS = ("policy", "policies", "merchant", "at", "tests")
TEST_KEYS = ("name", "draft", "changes", "sizes", "remove", *STRICT, *OPTIONAL)


def read_suites(paths: Iterable[str | FilePath], *, rules: Iterable[Rule[Any]] = ()) -> tuple[Suite, ...]:
    """Read files of tests.

    Args:
        paths: The files; and directories of policies, whose tests are the `*.toml` in and below their folder `tests`.
        rules: Rules of the host's own that the policies may name.

    Returns:
        A suite for each file, in the order of the paths.

    Raises:
        PolicyError: A file, its policy or one of its drafts is not valid; every problem is listed.
    """
    reader = _Files(tuple(rules))
    suites = [suite for path in paths for suite in reader.suites(FilePath(path), str(path))]
    if reader.problems:
        raise PolicyError(dict.fromkeys(reader.problems))
    return tuple(suites)


class _Files:
    """What the files of tests lead to, each read once."""

    def __init__(self, rules: tuple[Rule[Any], ...]) -> None:
        self.rules = {rule.name: rule for rule in (*RULES, *rules)}
        self.codes = {**CATALOGUE, **{rule.code.name: rule.code for rule in rules}}
        self.problems: list[PolicyProblem] = []
        self._own_rules = rules
        self._policies = PolicyFiles(rules)
        self._sets: dict[str, PolicySet | None] = {}
        self._drafts: dict[str, Mapping[str, Any] | str] = {}

    def suites(self, path: FilePath, source: str) -> list[Suite]:
        is_folder = os.path.isdir(path)  # noqa: PTH112  # pathlib raises where a folder is closed
        files = {str(file): file for file in self._files(path)} if is_folder else {source: path}
        return [suite for name, file in files.items() if (suite := self._suite(file, name)) is not None]

    def _files(self, directory: FilePath) -> list[FilePath]:
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

    def _suite(self, path: FilePath, source: str) -> Suite | None:
        try:
            document = Document(text_of(path, source), source)
        except PolicyError as refusal:
            self.problems += refusal.problems
            return None
        suite = _SuiteReader(self, document, path.parent).suite()
        self.problems += sorted(document.problems, key=lambda problem: (problem.line, problem.column, problem.message))
        return suite

    def policy(self, path: FilePath) -> Policy | None:
        before = len(self._policies.problems)
        policy = self._policies.policy(path, _tidied(path))
        self.problems += self._policies.problems[before:]
        return policy

    def policy_set(self, path: FilePath) -> PolicySet | None:
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


class _SuiteReader:
    """One file of tests."""

    def __init__(self, files: _Files, document: Document, folder: FilePath) -> None:
        self._files = files
        self._document = document
        self._folder = folder
        self._names: dict[str, str] = {}

    def suite(self) -> Suite | None:
        document = self._document
        document.unknown_keys((), KEYS)
        policy = self._policy()
        tests = document.value(("tests",))
        if not isinstance(tests, list) or not tests:
            message = "tests must be an array of tables, each headed [[tests]]"
            document.problem(("tests",), message, expected="[[tests]]")
            tests = []
        fixtures = [self._fixture(("tests", position), test, policy) for position, test in enumerate(tests)]
        if policy is None or document.problems:
            return None
        return Suite(document.source, policy, tuple(fixture for fixture in fixtures if fixture is not None))

    def _policy(self) -> Policy | None:
        document = self._document
        if "policies" in document.values:
            if "policy" in document.values:
                message = "a file of tests names one policy: policy, or policies, merchant and at"
                document.problem(("policy",), message, expected="policy or policies")
            return self._policy_of_merchant()
        for key in ("merchant", "at"):
            if key in document.values:
                document.problem((key,), f"{key} tells one of a directory of policies", expected="policies")
        name = document.text(("policy",), f'names a policy file, or is "{DEFAULT}"', required=True)
        if name == DEFAULT:
            return default_policy()
        path = None if name is None else self._path(("policy",), name)
        return None if path is None else self._files.policy(path)

    def _policy_of_merchant(self) -> Policy | None:
        document = self._document
        name = document.text(("policies",), "names a directory of policies", required=True)
        merchant = document.text(("merchant",), "is the id of an account", required=True)
        at = document.instant(("at",), required=True)
        path = None if name is None else self._path(("policies",), name)
        policies = None if path is None else self._files.policy_set(path)
        if policies is None or merchant is None or at is None:
            return None
        try:
            return policies.for_merchant(merchant, at=at)
        except PolicyError as refusal:
            document.problem(("merchant",), str(refusal), of_value=True, expected="a merchant that has a policy then")
            return None

    def _path(self, path: Path, name: str) -> FilePath | None:
        if FilePath(name).is_absolute():
            message = f"{name} must be named relative to this file"
            self._document.problem(path, message, of_value=True, expected="a relative name")
            return None
        return self._folder / name

    def _fixture(self, path: Path, test: Any, policy: Policy | None) -> Fixture | None:
        document = self._document
        if not isinstance(test, dict):
            document.problem(path, "expected a test, which is a table", expected="a table")
            return None
        document.unknown_keys(path, TEST_KEYS)
        name = self._name(path)
        expected = self._expected(path, test, policy)
        draft = self._draft(path)
        if draft is None or name is None:
            return None
        try:
            read = read_draft(draft)
        except DraftError as error:
            message = f"the draft cannot be read as the test changes it: {error}"
            document.problem((*path, "draft"), message, of_value=True, expected="a draft")
            return None
        return Fixture(name, document.origin(path), read, expected)

    def _name(self, path: Path) -> str | None:
        name = self._document.text((*path, "name"), "tells what is tested", required=True)
        if name in self._names:
            message = f"the test at {self._names[name]} has this name already"
            self._document.problem((*path, "name"), message, of_value=True, expected="a name of its own")
        elif name is not None:
            self._names[name] = str(self._document.origin(path))
        return name

    def _draft(self, path: Path) -> Any:
        """Read the draft of a test and change it; None where something is wrong."""
        document = self._document
        name = document.text((*path, "draft"), "names a draft document", required=True)
        file = None if name is None else self._path((*path, "draft"), name)
        found = None if file is None else self._files.draft(file)
        before = len(document.problems)
        changes = document.table((*path, "changes"))
        sizes = {
            pointer: size for pointer, size in document.table((*path, "sizes")).items() if self._size(path, pointer)
        }
        removed = self._texts((*path, "remove"), "pointers")
        if isinstance(found, str):
            document.problem((*path, "draft"), f"{name}: {found}", of_value=True, expected="a draft document")
        if not isinstance(found, dict) or len(document.problems) > before:
            return None
        draft: Any = found
        steps: list[tuple[Path, Callable[[Any], Any]]] = [
            *((("changes", key), partial(with_value, pointer=key, value=value)) for key, value in changes.items()),
            *((("sizes", key), partial(with_size, pointer=key, size=size)) for key, size in sizes.items()),
            *((("remove", place), partial(without, pointer=key)) for place, key in enumerate(removed)),
        ]
        for where, step in steps:
            try:
                draft = step(draft)
            except ChangeError as error:
                document.problem((*path, *where), str(error), expected="what fits the draft")
        return draft if len(document.problems) == before else None

    def _size(self, path: Path, pointer: str) -> bool:
        size = self._document.value((*path, "sizes", pointer))
        if type(size) is int and 0 <= size <= LARGEST_SIZE:
            return True
        expected = f"an integer between 0 and {LARGEST_SIZE}"
        message = f"a size must be {expected}"
        self._document.problem((*path, "sizes", pointer), message, of_value=True, expected=expected)
        return False

    def _texts(self, path: Path, meaning: str) -> tuple[str, ...]:
        stated = self._document.value(path)
        if stated is None:
            return ()
        if isinstance(stated, list) and all(isinstance(text, str) for text in stated):
            return tuple(stated)
        expected = f"a list of {meaning}"
        self._document.problem(path, f"{path[-1]} must be {expected}", of_value=True, expected=expected)
        return ()

    def _expected(self, path: Path, test: Mapping[str, Any], policy: Policy | None) -> dict[str, Said]:
        document = self._document
        if "codes" not in test:
            message = "codes is missing: a test says which codes the draft hears, [] for none"
            document.problem((*path, "codes"), message, expected="a list of codes")
        expected: dict[str, Said] = {}
        accepted = test.get("accepted")
        if isinstance(accepted, bool):
            expected["accepted"] = accepted
        elif accepted is not None:
            document.problem((*path, "accepted"), "accepted must be true or false", of_value=True, expected="a boolean")
        known: dict[str, tuple[str, Iterable[str] | None]] = {
            **dict.fromkeys(("codes", "warnings", "shadowed"), ("code", self._files.codes)),
            "waived": ("waiver", None if policy is None else [waiver.id for waiver in policy.waivers]),
            "withheld": ("rule", self._files.rules),
            "params": ("param", None),
            "undecided": ("fact", None),
        }
        for part, (kind, names) in known.items():
            if part in STRICT or part in test:
                expected[part] = said = self._texts((*path, part), f"{kind}s")
                for position, name in enumerate(said):
                    if names is not None and name not in names:
                        document.unknown((*path, part, position), kind, name, names)
        return expected

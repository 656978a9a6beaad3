"""Files of tests: TOML to suites, each with its policy and its drafts, refusing what is wrong with file and line."""

import os
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path as FilePath
from typing import Any

from rules_engine.exceptions import DraftError, PolicyError
from rules_engine.policy.document import Document
from rules_engine.policy.load import DEFAULT, default_policy, text_of
from rules_engine.policy.locate import Path
from rules_engine.policy.model import Policy
from rules_engine.policy_tests.changes import LARGEST_SIZE, ChangeError, with_size, with_value, without
from rules_engine.policy_tests.fixtures import OPTIONAL, STRICT, Fixture, Said, Suite
from rules_engine.policy_tests.sources import Sources
from rules_engine.rules.declaration import Rule
from rules_engine.wire.envelope import read_draft

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
    sources = Sources(tuple(rules))
    suites = [suite for path in paths for suite in _suites(FilePath(path), str(path), sources)]
    if sources.problems:
        raise PolicyError(dict.fromkeys(sources.problems))
    return tuple(suites)


def _suites(path: FilePath, source: str, sources: Sources) -> list[Suite]:
    is_folder = os.path.isdir(path)  # noqa: PTH112  # pathlib raises where a folder is closed
    files = {str(file): file for file in sources.files(path)} if is_folder else {source: path}
    return [suite for name, file in files.items() if (suite := _suite(file, name, sources)) is not None]


def _suite(path: FilePath, source: str, sources: Sources) -> Suite | None:
    try:
        document = Document(text_of(path, source), source)
    except PolicyError as refusal:
        sources.problems += refusal.problems
        return None
    suite = _SuiteReader(sources, document, path.parent).suite()
    sources.problems += sorted(document.problems, key=lambda problem: (problem.line, problem.column, problem.message))
    return suite


class _SuiteReader:
    """One file of tests."""

    def __init__(self, sources: Sources, document: Document, folder: FilePath) -> None:
        self._sources = sources
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
        return None if path is None else self._sources.policy(path)

    def _policy_of_merchant(self) -> Policy | None:
        document = self._document
        name = document.text(("policies",), "names a directory of policies", required=True)
        merchant = document.text(("merchant",), "is the id of an account", required=True)
        at = document.instant(("at",), required=True)
        path = None if name is None else self._path(("policies",), name)
        policies = None if path is None else self._sources.policy_set(path)
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
        found = None if file is None else self._sources.draft(file)
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
            **dict.fromkeys(("codes", "warnings", "shadowed"), ("code", self._sources.codes)),
            "waived": ("waiver", None if policy is None else [waiver.id for waiver in policy.waivers]),
            "skipped": ("rule", self._sources.rules),
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

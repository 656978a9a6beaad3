"""The tests of a policy: drafts with what a verdict on each is to report, read from TOML files."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path as FilePath
from typing import Any, Final

from attrs import frozen

from rules_engine.analysis.edits import LARGEST_SIZE, EditError, with_size, with_value, without
from rules_engine.codes import CATALOGUE
from rules_engine.exceptions import DraftError, PolicyError, PolicyProblem
from rules_engine.models import Draft
from rules_engine.path import Path
from rules_engine.policy.builtin import DEFAULT, default_policy
from rules_engine.policy.document import PolicyDocument
from rules_engine.policy.load import PolicyFiles, text_of
from rules_engine.policy.model import Policy, WrittenAt
from rules_engine.policy.policy_set import SUFFIX, PolicySet
from rules_engine.rules import RULES
from rules_engine.rules.row import Rule
from rules_engine.violation import Verdict
from rules_engine.wire import size_limits
from rules_engine.wire.json_text import JsonTextError, read_json
from rules_engine.wire.read import read_draft

VerdictPart = tuple[str, ...] | bool
"""One part of a verdict, as tests state it."""

STRICT: Final = ("codes", "warnings", "shadowed", "waived", "undecided")
"""What a test that does not state it expects to be empty."""
OPTIONAL: Final = ("accepted", "params", "skipped")
"""What is looked at where a test states it."""
KEYS: Final = ("policy", "policies", "merchant", "at", "tests")
TEST_KEYS: Final = ("name", "draft", "changes", "sizes", "remove", *STRICT, *OPTIONAL)
FOLDER: Final = "tests"
"""The folder of a directory of policies that holds their tests."""


@frozen(eq=False)
class PolicyTest:
    """One test: a draft, and what a verdict on it is to report.

    Attributes:
        name: What reports call it.
        origin: Where it is written.
        draft: The draft, or what the wire refuses of it.
        expected: Part of the verdict to what is expected of it.
    """

    name: str
    origin: WrittenAt
    draft: Draft[Any]
    expected: Mapping[str, VerdictPart]


@frozen(eq=False)
class Suite:
    """The tests of one policy.

    Attributes:
        source: The file.
        policy: The policy.
        tests: The tests, in the order of the file.
    """

    source: str
    policy: Policy
    tests: tuple[PolicyTest, ...]


@frozen
class Mismatch:
    """A part of a verdict that is not what was expected.

    Attributes:
        part: Which part.
        expected: What was expected.
        found: What was found.
    """

    part: str
    expected: VerdictPart
    found: VerdictPart

    def __str__(self) -> str:
        """Read as `codes: expected ["price_expired"], found []`."""
        return f"{self.part}: expected {_written(self.expected)}, found {_written(self.found)}"


def parts_of(verdict: Verdict) -> dict[str, VerdictPart]:
    """Take a verdict apart as tests state it: codes, ids and facts each once, and a param for each violation."""
    return {
        "accepted": verdict.accepted,
        "codes": verdict.codes,
        "params": tuple(found.param or "" for found in verdict.violations),
        "warnings": _once(found.code.name for found in verdict.warnings),
        "shadowed": _once(found.code.name for found in verdict.shadowed),
        "waived": _once(found.waiver for found in verdict.waived),
        "skipped": _once(found.rule for found in verdict.skipped),
        "undecided": _once(map(str, verdict.required_facts)),
    }


def mismatches(expected: Mapping[str, VerdictPart], found: Mapping[str, VerdictPart]) -> Iterator[Mismatch]:
    """List what is not as expected, part by part."""
    return (Mismatch(part, stated, found[part]) for part, stated in expected.items() if found[part] != stated)


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _written(part: VerdictPart) -> str:
    """Write a part as a test would state it."""
    if isinstance(part, bool):
        return "true" if part else "false"
    return "[" + ", ".join(f'"{text}"' for text in part) + "]"


def read_suites(paths: Iterable[str | FilePath], *, rules: Iterable[Rule[Any]] = ()) -> tuple[Suite, ...]:
    """Read files of tests.

    Args:
        paths: The files; and directories of policies, whose tests are the `*.toml` in and below their folder `tests`.
        rules: Rules of the application's own that the policies may name.

    Returns:
        A suite for each file, in the order of the paths.

    Raises:
        PolicyError: A file, its policy or one of its drafts is not valid; every problem is listed.
    """
    sources = _Sources(tuple(rules))
    suites = [suite for path in paths for file, name in sources.files(path) if (suite := _suite(file, name, sources))]
    if sources.problems:
        raise PolicyError(dict.fromkeys(sources.problems))
    return tuple(suites)


def _suite(path: FilePath, source: str, sources: "_Sources") -> Suite | None:
    try:
        document = PolicyDocument(text_of(path, source), source)
    except PolicyError as refusal:
        sources.problems += refusal.problems
        return None
    suite = _SuiteReader(sources, document, path.parent).suite()
    sources.problems += document.problems_in_order()
    return suite


class _Sources:
    """The policies and drafts that tests name, each read once.

    Attributes:
        names: Every rule that the policies may name, and every code that they may report, by kind.
        draft: Reads a draft document, once.
        problems: What is wrong with any of the files, in the order they were read.
    """

    def __init__(self, rules: tuple[Rule[Any], ...]) -> None:
        self.names: dict[str, Iterable[str]] = {
            "rule": {rule.name: rule for rule in (*RULES, *rules)},
            "code": {**CATALOGUE, **{rule.code.name: rule.code for rule in rules}},
        }
        self.problems: list[PolicyProblem] = []
        self._own_rules = rules
        self._policies = PolicyFiles(rules)
        self._sets: dict[str, PolicySet | None] = {}
        self.draft = cache(_draft)

    def files(self, path: str | FilePath) -> list[tuple[FilePath, str]]:
        """List the files of tests of a path, each with what messages call it.

        A directory without any, and what cannot be listed, is a problem: it would look tested.
        """
        if not os.path.isdir(path):  # noqa: PTH112  # pathlib raises where a folder is closed
            return [(FilePath(path), str(path))]
        unlisted: list[OSError] = []
        found = sorted(
            FilePath(folder, name)
            for folder, _, names in os.walk(FilePath(path) / FOLDER, onerror=unlisted.append)
            for name in names
            if name.endswith(SUFFIX)
        )
        closed = [error for error in unlisted if not isinstance(error, FileNotFoundError)]
        self.problems += [PolicyProblem(f"cannot be read: {error.strerror}", str(error.filename)) for error in closed]
        if not found and not closed:
            expected = f"files of tests, {FOLDER}/*{SUFFIX}"
            self.problems.append(PolicyProblem(f"there are no {expected}", str(path), expected=expected))
        return [(file, str(file)) for file in found]

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


def _tidied(path: FilePath) -> str:
    """Return the name of a file without the detour through the folder of the tests, unless that leads elsewhere."""
    tidy = os.path.normpath(path)
    try:
        return tidy if os.path.realpath(tidy) == os.path.realpath(path) else str(path)
    except ValueError:  # a name that no file can have is reported when it is opened
        return str(path)


def _draft(path: FilePath) -> Mapping[str, Any] | str:
    """Read a draft document as plain values; a text is the reason why it cannot be read."""
    try:
        with path.open("rb") as file:
            value = read_json(file.read(size_limits.LARGEST_DOCUMENT + 1), largest=size_limits.LARGEST_DOCUMENT)
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    except JsonTextError as error:
        return str(error)
    except ValueError as error:
        return f"cannot be read: {error}"
    return value if isinstance(value, dict) else "expected an object, one draft document"


class _SuiteReader:
    """One file of tests."""

    def __init__(self, sources: _Sources, document: PolicyDocument, folder: FilePath) -> None:
        self._sources = sources
        self._document = document
        self._folder = folder
        self._names: dict[str, str] = {}

    def suite(self) -> Suite | None:
        document = self._document
        document.unknown_keys((), KEYS)
        policy = self._policy()
        stated = document.value(("tests",))
        if not isinstance(stated, list) or not stated:
            message = "tests must be an array of tables, each headed [[tests]]"
            document.problem(("tests",), message, expected="[[tests]]")
            stated = []
        tests = [self._test(("tests", position), test, policy) for position, test in enumerate(stated)]
        if policy is None or document.problems:
            return None
        return Suite(document.source, policy, tuple(test for test in tests if test is not None))

    def _policy(self) -> Policy | None:
        document = self._document
        if "policies" in document.values:
            if "policy" in document.values:
                message = "a file of tests names one policy: policy, or policies, merchant and at"
                document.problem(("policy",), message, expected="policy or policies")
            return self._policy_of_merchant()
        for key in ("merchant", "at"):
            if key in document.values:
                document.problem((key,), f"{key} chooses one of a directory of policies", expected="policies")
        name = document.text(("policy",), f'names a policy file, or is "{DEFAULT}"', required=True)
        if name == DEFAULT:
            return default_policy()
        path = self._path(("policy",), name)
        return None if path is None else self._sources.policy(path)

    def _policy_of_merchant(self) -> Policy | None:
        document = self._document
        name = document.text(("policies",), "names a directory of policies", required=True)
        merchant = document.text(("merchant",), "is the id of an account", required=True)
        at = document.instant(("at",), required=True)
        path = self._path(("policies",), name)
        policies = None if path is None else self._sources.policy_set(path)
        if policies is None or merchant is None or at is None:
            return None
        try:
            return policies.for_merchant(merchant, at=at)
        except PolicyError as refusal:
            document.problem(("merchant",), str(refusal), of_value=True, expected="a merchant that has a policy then")
            return None

    def _path(self, path: Path, name: str | None) -> FilePath | None:
        if name is not None and FilePath(name).is_absolute():
            message = f"{name} must be named relative to this file"
            self._document.problem(path, message, of_value=True, expected="a relative name")
            return None
        return None if name is None else self._folder / name

    def _test(self, path: Path, test: Any, policy: Policy | None) -> PolicyTest | None:
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
        return PolicyTest(name, document.origin(path), read, expected)

    def _name(self, path: Path) -> str | None:
        name = self._document.text((*path, "name"), "describes what is tested", required=True)
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
        file = self._path((*path, "draft"), name)
        draft: Any = None if file is None else self._sources.draft(file)
        before = len(document.problems)
        edits = self._edits(path)
        if isinstance(draft, str):
            document.problem((*path, "draft"), f"{name}: {draft}", of_value=True, expected="a draft document")
        if not isinstance(draft, dict) or len(document.problems) > before:
            return None
        for place, edit in edits:
            try:
                draft = edit(draft)
            except EditError as error:
                document.problem(place, str(error), expected="what fits the draft")
        return draft if len(document.problems) == before else None

    def _edits(self, path: Path) -> list[tuple[Path, Callable[[Any], Any]]]:
        """Read the edits of a draft, each with the place it is written at."""
        document = self._document
        changes, sizes = (document.table((*path, key)) for key in ("changes", "sizes"))
        expected = f"an integer between 0 and {LARGEST_SIZE}"
        for pointer, size in sizes.items():
            if type(size) is not int or not 0 <= size <= LARGEST_SIZE:
                place = (*path, "sizes", pointer)
                document.problem(place, f"a size must be {expected}", of_value=True, expected=expected)
        removed = document.texts((*path, "remove"), "pointers")
        return [
            *(((*path, "changes", key), partial(with_value, pointer=key, value=to)) for key, to in changes.items()),
            *(((*path, "sizes", key), partial(with_size, pointer=key, size=size)) for key, size in sizes.items()),
            *(((*path, "remove", place), partial(without, pointer=key)) for place, key in enumerate(removed)),
        ]

    def _expected(self, path: Path, test: Mapping[str, Any], policy: Policy | None) -> dict[str, VerdictPart]:
        document = self._document
        if "codes" not in test:
            message = "codes is missing: a test states which codes a verdict on the draft reports, [] for none"
            document.problem((*path, "codes"), message, expected="a list of codes")
        expected: dict[str, VerdictPart] = {}
        accepted = test.get("accepted")
        if isinstance(accepted, bool):
            expected["accepted"] = accepted
        elif accepted is not None:
            document.problem((*path, "accepted"), "accepted must be true or false", of_value=True, expected="a boolean")
        kinds = {"waived": "waiver", "skipped": "rule", "params": "param", "undecided": "fact"}
        known = {**self._sources.names, **({} if policy is None else {"waiver": [it.id for it in policy.waivers]})}
        for part in (*STRICT, *OPTIONAL):
            if part != "accepted" and (part in STRICT or part in test):
                kind = kinds.get(part, "code")
                expected[part] = stated = document.texts((*path, part), f"{kind}s")
                for position, name in enumerate(stated):
                    if name not in known.get(kind, stated):
                        document.unknown((*path, part, position), kind, name, known[kind])
        return expected

"""A directory of policies: the default, and those of single merchants."""

import os
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path as FilePath
from threading import Lock
from typing import Any

from attrs import field, frozen

from rules_engine.exceptions import PolicyError, PolicyProblem
from rules_engine.nearest import nearest
from rules_engine.path import Path
from rules_engine.policy.builtin import DEFAULT, default_policy
from rules_engine.policy.load import PolicyFiles
from rules_engine.policy.model import Policy, write_instant
from rules_engine.rules.row import Rule

DEFAULT_FILE = f"{DEFAULT}.toml"
MERCHANTS = "merchants"
SUFFIX = ".toml"

_ID = ("id",)
_MERCHANT = ("merchant",)
_WINDOW: tuple[Path, ...] = (("effective_from",), ("effective_until",), _ID)
"""Where to point at a window: at what is stated of it, else at the name of the policy."""


def _start(policy: Policy) -> datetime:
    return policy.effective_from or datetime.min.replace(tzinfo=UTC)


def _end(policy: Policy) -> datetime:
    return policy.effective_until or datetime.max.replace(tzinfo=UTC)


def _in_order(policies: Iterable[Policy]) -> tuple[Policy, ...]:
    return tuple(sorted(policies, key=_start))


@frozen(eq=False)
class Versions:
    """Policies of which at most one applies at any instant.

    Attributes:
        policies: The policies, by the instant from which each applies.
    """

    policies: tuple[Policy, ...] = field(converter=_in_order)
    _starts: tuple[datetime, ...] = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Index the policies once, so that each is found by bisection."""
        object.__setattr__(self, "_starts", tuple(map(_start, self.policies)))

    def at(self, instant: datetime) -> Policy | None:
        """Return the one that applies; None in a gap."""
        position = bisect_right(self._starts, instant) - 1
        policy = self.policies[max(position, 0)]
        return policy if policy.effective_at(instant) else None

    def overlaps(self) -> list[PolicyProblem]:
        """List which of them apply at one instant."""
        found = []
        last = self.policies[0]
        for later in self.policies[1:]:
            if last.effective_until is None or last.effective_until > _start(later):
                message = f"two policies apply at once: {later.id} {_window(later)}, and "
                message += f"{last.id} {_window(last)} at {_place(last, *_WINDOW)}"
                found.append(problem_at(later, message, *_WINDOW, expected="windows that do not overlap"))
            if _end(later) > _end(last):
                last = later
        return found

    def described(self) -> str:
        """List them with their windows, for a message."""
        return "; ".join(f"{policy.id} ({policy.source}) {_window(policy)}" for policy in self.policies)


def _window(policy: Policy) -> str:
    """Describe when a policy applies."""
    parts = [("from", policy.effective_from), ("until", policy.effective_until)]
    return " ".join(f"{word} {write_instant(instant)}" for word, instant in parts if instant is not None) or "always"


def _place(policy: Policy, *paths: Path) -> str:
    return str(policy.written_at(*paths) or policy.source)


def problem_at(policy: Policy, message: str, *paths: Path, expected: str = "") -> PolicyProblem:
    """State a problem of a policy where the first of some values is written that it states."""
    path = policy.stated(*paths)
    if path is None:
        return PolicyProblem(message, policy.source, expected=expected)
    origin = policy.origins[path]
    return PolicyProblem(message, origin.source, origin.line, origin.column, path, expected)


@frozen(eq=False)
class _Loaded:
    """All of a directory at one moment."""

    policies: tuple[Policy, ...]
    default: Versions
    by_merchant: Mapping[str, Versions]


class PolicySet:
    """The policies of a directory: one applies to a merchant at an instant. Any number of threads may share it.

    `default.toml` is for merchants without a policy of their own; where it is not there, the policy of the library is.
    Each `merchants/*.toml` names its `merchant`. Several files may hold versions of one policy, each with a window of
    its own: all that name one merchant, and beside `default.toml` every `default-*.toml`. Other `*.toml` files of the
    directory are there to be extended. Hidden files and other directories are passed over.
    """

    def __init__(self, directory: str | FilePath, *, rules: Iterable[Rule[Any]] = ()) -> None:
        """Load a directory.

        Args:
            directory: The directory.
            rules: Rules of the application's own that the files may name.

        Raises:
            PolicyError: Something is wrong with a file, or with two of them together; every problem is listed.
        """
        self.directory = FilePath(directory)
        self._rules = tuple(rules)
        self._reloading = Lock()
        self._loaded = _load(self.directory, self._rules)

    @classmethod
    def load(cls, directory: str | FilePath, *, rules: Iterable[Rule[Any]] = ()) -> "PolicySet":
        """Load a directory, as the constructor does."""
        return cls(directory, rules=rules)

    def reload(self) -> None:
        """Load the directory again. The policies change all at once, or not at all.

        Raises:
            PolicyError: Something is wrong now; the policies are those of before.
        """
        with self._reloading:
            self._loaded = _load(self.directory, self._rules)

    @property
    def policies(self) -> tuple[Policy, ...]:
        """Every policy of the directory, in the order of the paths, those to be extended included."""
        return self._loaded.policies

    @property
    def versions(self) -> tuple[Versions, ...]:
        """The policies by whom they are for: the default's, then each merchant's."""
        loaded = self._loaded
        return (loaded.default, *loaded.by_merchant.values())

    def for_merchant(self, merchant: str, *, at: datetime) -> Policy:
        """Return the policy of a merchant at an instant: its own, or where it has none at all, the default.

        Args:
            merchant: The id of the account.
            at: The instant.

        Raises:
            PolicyError: None applies at that instant, or the instant has no offset.
        """
        if at.tzinfo is None:
            raise PolicyError([f"no policy of {merchant} can be chosen at {at.isoformat()}, which has no offset"])
        loaded = self._loaded
        own = loaded.by_merchant.get(merchant)
        versions = loaded.default if own is None else own
        policy = versions.at(at)
        if policy is None:
            whose = f"{merchant}, which has no policy of its own," if own is None else merchant
            problem = f"no policy of {whose} applies at {write_instant(at)}; there are: {versions.described()}"
            raise PolicyError([problem])
        return policy


def _load(directory: FilePath, rules: Iterable[Rule[Any]]) -> _Loaded:
    files = PolicyFiles(rules)
    problems: list[PolicyProblem] = []
    shared = _read(files, _top_files(directory, problems), problems)
    own = _read(files, _merchant_files(directory / MERCHANTS, problems), problems)
    policies = (*shared.values(), *own.values())
    # The policy that comes with the library may be among them, under its own name.
    defaults = [policy for name, policy in shared.items() if _is_default(name)] or [default_policy()]
    by_merchant: dict[str, list[Policy]] = {}
    for policy in own.values():
        if policy.merchant is None:
            problems.append(problem_at(policy, "a policy of a merchant names its merchant", _ID, expected="merchant"))
        else:
            by_merchant.setdefault(policy.merchant, []).append(policy)
    problems += [
        problem_at(policy, f"a policy of a merchant stands in {MERCHANTS}/", _MERCHANT, expected="no merchant")
        for policy in shared.values()
        if policy.merchant is not None
    ]
    problems += _shared_ids(policies)
    loaded = _Loaded(
        policies, Versions(defaults), {merchant: Versions(versions) for merchant, versions in by_merchant.items()}
    )
    for versions in (loaded.default, *loaded.by_merchant.values()):
        problems += versions.overlaps()
    found = dict.fromkeys((*files.problems, *problems))
    if found:
        raise PolicyError(found)
    return loaded


def _is_default(name: str) -> bool:
    return name == DEFAULT_FILE or name.startswith(f"{DEFAULT}-")


def _read(files: PolicyFiles, paths: Iterable[FilePath], problems: list[PolicyProblem]) -> dict[str, Policy]:
    """Read files, and return those that nothing is wrong with, by name."""
    policies: dict[str, Policy] = {}
    seen: dict[str, FilePath] = {}
    for path in paths:
        first = seen.setdefault(os.path.realpath(path), path)
        if first is not path:
            problems.append(PolicyProblem(f"the same file as {first}", str(path), expected="a file of its own"))
            continue
        if os.path.exists(path) and not os.path.isfile(path):  # noqa: PTH110, PTH113  # pathlib raises where it may not look
            problems.append(PolicyProblem("cannot be read: no file", str(path), expected="a policy file"))
            continue
        policy = files.policy(path, str(path))
        if policy is not None:
            policies[path.name] = policy
    return policies


def _listed(directory: FilePath, problems: list[PolicyProblem]) -> list[FilePath]:
    """List what is in a directory, but for what is hidden."""
    try:
        return sorted(path for path in directory.iterdir() if not path.name.startswith("."))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        problems.append(PolicyProblem(f"cannot be read: {reason}", str(directory), expected="a directory"))
        return []


def _top_files(directory: FilePath, problems: list[PolicyProblem]) -> list[FilePath]:
    found = []
    for path in _listed(directory, problems):
        if path.suffix == SUFFIX:
            found.append(path)
        elif path.name != MERCHANTS and nearest(path.name, (MERCHANTS, DEFAULT_FILE)):
            # Passed over in silence, a misspelt name would give merchants another policy than the one written for them.
            suggestion = nearest(path.name, (MERCHANTS, DEFAULT_FILE))
            problems.append(PolicyProblem("nothing reads this", str(path), suggestion=suggestion))
    return found


def _merchant_files(directory: FilePath, problems: list[PolicyProblem]) -> list[FilePath]:
    found = []
    for path in _listed(directory, problems) if os.path.lexists(directory) else ():
        if path.suffix == SUFFIX:
            found.append(path)
        else:
            expected = f"policy files, *{SUFFIX}, and nothing else"
            problems.append(PolicyProblem(f"{MERCHANTS}/ holds {expected}", str(path), expected=expected))
    return found


def _shared_ids(policies: Iterable[Policy]) -> list[PolicyProblem]:
    first: dict[str, Policy] = {}
    found = []
    for policy in policies:
        other = first.setdefault(policy.id, policy)
        if other is not policy:
            message = f"the policy at {_place(other, _ID)} is called {policy.id} already"
            found.append(problem_at(policy, message, _ID, expected="a name of its own"))
    return found

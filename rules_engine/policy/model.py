"""A policy: which rules apply, in what order, how hard, and with which limits. It is never a program."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from attrs import evolve, field, frozen

from rules_engine.codes import CATALOGUE, Code, Origin
from rules_engine.exceptions import PolicyError, PolicyProblem
from rules_engine.nearest import nearest
from rules_engine.path import Path
from rules_engine.rules.limits import LIMITS
from rules_engine.views.context import Limit
from rules_engine.violation import Mode

LimitValue = int | frozenset[str]
SESSIONS: Final = "session."
"""What the names of the operations begin with whose drafts have a session, and so its metadata."""
LIMITS_BY_NAME: Mapping[str, Limit[Any]] = {limit.name: limit for limit in LIMITS}


def _with_frozen_sets(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: frozenset(value) if _is_set(value) else value for name, value in values.items()}


def _is_set(value: object) -> bool:
    members = value if isinstance(value, list | tuple | set | frozenset) else [None]
    return all(isinstance(member, str) for member in members)


def write_instant(instant: datetime) -> str:
    """Render an instant as policy files state it, in UTC."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


@frozen
class WrittenAt:
    """Where a value of a policy is written.

    Attributes:
        source: The file.
        line: The line, from 1.
        column: The column, from 1, in characters.
    """

    source: str
    line: int
    column: int

    def __str__(self) -> str:
        """Read as `shop.toml:5:1`."""
        return f"{self.source}:{self.line}:{self.column}"


@frozen
class MetadataMatch:
    """A key that the metadata of the session has.

    Attributes:
        key: The key.
        value: The text it must have; None for any value.
    """

    key: str
    value: str | None = None


@frozen
class WaiverMatch:
    """Which drafts a waiver is for: those that meet everything that is stated here.

    Attributes:
        merchant: The id of the account; None for any.
        operation: The name of the operation; None for any.
        metadata: A key of the session's metadata; None for any session, and for what is no session.
    """

    merchant: str | None = None
    operation: str | None = None
    metadata: MetadataMatch | None = None


@frozen
class Waiver:
    """A violation that does not refuse.

    Attributes:
        id: What reports call it.
        code: The name of the code that is waived.
        match: Which drafts it is for.
        expires: It holds before this instant, and no more from it on.
        reason: Why it is tolerated, for the reports.
    """

    id: str
    code: str
    match: WaiverMatch
    expires: datetime
    reason: str


def why_not_waivable(code: Code) -> str | None:
    """Return why violations of a code cannot be waived; None where they can.

    A request that does not parse has not been judged, and neither has a draft that a rule failed on: to tolerate that
    would be to tolerate whatever else is wrong with it.
    """
    if Origin.ENGINE in code.origins:
        return "is reported where a rule fails"
    if Origin.WIRE in code.origins:
        return "is reported of requests that do not parse"
    return None


def admits_metadata(match: WaiverMatch) -> bool:
    """Return whether drafts of the operation have the metadata that is matched, if any is."""
    return match.metadata is None or match.operation is None or match.operation.startswith(SESSIONS)


@frozen(eq=False)
class Policy:
    """A policy.

    Attributes:
        id: Its name.
        pipelines: Operation to the names of its rules; the order is the order of the report, and of nothing else.
        modes: Rule name to mode, as written; a rule that is not named is enforced. Where the rule has an instant to be
            enforced from as well, `warn` is its mode until then.
        limits: Limit name to value; a limit that is not named has its default.
        source: The file it was read from; None where it was made in Python.
        enforce_from: Rule name to the instant from which the rule is enforced; before it, the rule is in mode
            `warn` where that is its mode in `modes`, else in mode `shadow`.
        waivers: Violations that do not refuse; of two that fit, the first is named.
        merchant: The id of the account it is for; None where it is for any. Only a `PolicySet` reads this and the two
            instants: an `Engine` applies the policy it is given.
        effective_from: It applies from this instant on; None for always.
        effective_until: It applies until just before this instant; None for ever.
        extends: The policy that the file extends; None where it extends none.
        own_limits: The limits of the application's own rules that it may set, beside those of the library.
        origins: Where each value is written: the value's keys to a place. `("pipelines", operation, rule)` leads to a
            rule of a pipeline, `("waivers", id)` to a waiver; a value that no file states has no entry.

    Raises:
        PolicyError: A rule stands twice in a pipeline, a mode is none, a limit is unknown or out of its bounds, an
            instant has no offset, a window is empty, or a waiver is not valid. Whether the rules, operations and
            codes exist, the engine checks: it knows the application's own.
    """

    id: str
    pipelines: Mapping[str, tuple[str, ...]]
    modes: Mapping[str, Mode] = field(factory=dict)
    limits: Mapping[str, LimitValue] = field(factory=dict, converter=_with_frozen_sets)
    source: str | None = None
    enforce_from: Mapping[str, datetime] = field(factory=dict)
    waivers: tuple[Waiver, ...] = ()
    merchant: str | None = None
    effective_from: datetime | None = None
    effective_until: datetime | None = None
    extends: "Policy | None" = field(default=None, repr=False)
    origins: Mapping[Path, WrittenAt] = field(factory=dict, repr=False)
    own_limits: tuple[Limit[Any], ...] = field(default=(), kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse what is wrong with the policy by itself."""
        found = list(_problems(self))
        if found:
            raise PolicyError([evolve(problem, source=self.id) for problem in found])

    @property
    def limit_values(self) -> Mapping[Limit[Any], Any]:
        """The value of every limit, built-in and of the application's own, with the defaults filled in."""
        return {limit: self.limits.get(limit.name, limit.default) for limit in (*LIMITS, *self.own_limits)}

    @property
    def named_rules(self) -> Mapping[str, None]:
        """The names of the rules that stand in some pipeline, in order."""
        return dict.fromkeys(name for pipeline in self.pipelines.values() for name in pipeline)

    def stated(self, *paths: Path) -> Path | None:
        """Return the first of some values that a file states; None where none does."""
        return next((path for path in paths if path in self.origins), None)

    def written_at(self, *paths: Path) -> WrittenAt | None:
        """Return where the first of some values is written that a file states; None where none does."""
        path = self.stated(*paths)
        return None if path is None else self.origins[path]

    def mode(self, rule: str) -> Mode:
        """Return how hard a rule is applied once its delay, if it has one, is over."""
        return Mode.ENFORCE if rule in self.enforce_from else self.modes.get(rule, Mode.ENFORCE)

    def mode_before(self, rule: str) -> Mode:
        """Return how hard a rule is applied before it is enforced: `warn` or `shadow`; without a delay, as ever."""
        written = self.modes.get(rule, Mode.ENFORCE)
        return Mode.SHADOW if rule in self.enforce_from and written is Mode.ENFORCE else written

    def mode_at(self, rule: str, now: datetime) -> Mode:
        """Return how hard a rule is applied at an instant."""
        enforced = self.enforce_from.get(rule)
        return self.mode(rule) if enforced is None or now >= enforced else self.mode_before(rule)

    def effective_at(self, instant: datetime) -> bool:
        """Return whether an instant lies in the policy's window, which includes its start and excludes its end."""
        started = self.effective_from is None or instant >= self.effective_from
        return started and (self.effective_until is None or instant < self.effective_until)

    def with_modes(self, mode: Mode, *rules: str) -> "Policy":
        """Copy the policy with some rules in another mode, at any instant.

        Raises:
            PolicyError: The mode is none.
        """
        return evolve(
            self,
            modes={**self.modes, **dict.fromkeys(rules, mode)},
            enforce_from={name: instant for name, instant in self.enforce_from.items() if name not in rules},
            origins=_without(self.origins, "rules", rules),
        )

    def with_limits(self, **limits: LimitValue) -> "Policy":
        """Copy the policy with other values of some limits.

        Raises:
            PolicyError: There is no such limit, or the value is out of its bounds.
        """
        return evolve(self, limits={**self.limits, **limits}, origins=_without(self.origins, "limits", limits))

    def with_pipeline(self, operation: str, rules: Iterable[str]) -> "Policy":
        """Copy the policy with another pipeline for an operation.

        Raises:
            PolicyError: A rule stands twice.
        """
        return evolve(
            self,
            pipelines={**self.pipelines, operation: tuple(rules)},
            origins=_without(self.origins, "pipelines", [operation]),
        )


def _without(origins: Mapping[Path, WrittenAt], table: str, keys: Iterable[str]) -> dict[Path, WrittenAt]:
    """Forget where the values below some keys of a table were written: they are no longer those."""
    changed = frozenset(keys)
    return {path: origin for path, origin in origins.items() if path[0] != table or path[1] not in changed}


def named_limits(own: Iterable[Limit[Any]]) -> Mapping[str, Limit[Any]]:
    """Return the limits of the library and some of the application's own, by name."""
    return {**{limit.name: limit for limit in own}, **LIMITS_BY_NAME}


def limit_problems(name: str, value: object, known: Mapping[str, Limit[Any]] = LIMITS_BY_NAME) -> list[PolicyProblem]:
    """List what is wrong with a limit and its value.

    Args:
        name: What it is called.
        value: What it is set to.
        known: Every limit that may be set, by name.
    """
    limit = known.get(name)
    if limit is None:
        suggestion = nearest(name, known)
        return [PolicyProblem(f"unknown limit {name}", expected="the name of a limit", suggestion=suggestion)]
    if limit.members:
        return _member_problems(limit, value)
    if not isinstance(value, int) or isinstance(value, bool):
        return [PolicyProblem(f"{name} must be an integer, in {limit.unit}", expected="an integer")]
    if (limit.minimum is not None and value < limit.minimum) or (limit.maximum is not None and value > limit.maximum):
        bounds = f"between {limit.minimum} and {limit.maximum}"
        return [PolicyProblem(f"{name} must lie {bounds} {limit.unit}", expected=f"an integer {bounds}")]
    return []


def _member_problems(limit: Limit[Any], value: object) -> list[PolicyProblem]:
    if not isinstance(value, list | frozenset) or not _is_set(value):
        return [PolicyProblem(f"{limit.name} must be a list of {limit.unit}", expected=f"a list of {limit.unit}")]
    return [
        PolicyProblem(
            f"{limit.name}: unknown member {member}",
            expected=f"one of {', '.join(sorted(limit.members))}",
            suggestion=nearest(member, limit.members),
        )
        for member in sorted(set(value) - limit.members)
    ]


def _problems(policy: Policy) -> Iterator[PolicyProblem]:
    """List what is wrong with a policy by itself, each with the keys of the value."""
    for operation, pipeline in policy.pipelines.items():
        for name in _repeated(pipeline):
            message = f"{name} stands twice in the pipeline of {operation}"
            yield PolicyProblem(message, path=("pipelines", operation, name), expected="each rule once")
    yield from _mode_problems(policy.modes, policy.enforce_from)
    known = named_limits(policy.own_limits)
    for name, value in policy.limits.items():
        yield from (evolve(problem, path=("limits", name)) for problem in limit_problems(name, value, known))
    start, end = policy.effective_from, policy.effective_until
    if any(instant is not None and instant.tzinfo is None for instant in (start, end)):
        yield PolicyProblem("the policy is effective from or until an instant without an offset")
    elif start is not None and end is not None and start >= end:
        message, expected = "effective_until must come after effective_from", f"an instant after {write_instant(start)}"
        yield PolicyProblem(message, path=("effective_until",), expected=expected)
    for name in _repeated(waiver.id for waiver in policy.waivers):
        yield PolicyProblem(f"two waivers are called {name}", path=("waivers", name))
    for waiver in policy.waivers:
        yield from _waiver_problems(waiver)


def _repeated(names: Iterable[str]) -> list[str]:
    return [name for name, times in Counter(names).items() if times > 1]


def _mode_problems(modes: Mapping[str, Mode], enforce_from: Mapping[str, datetime]) -> Iterator[PolicyProblem]:
    for name, mode in modes.items():
        if not isinstance(mode, Mode):
            yield PolicyProblem(f"the mode of {name} must be a Mode", path=("rules", name, "mode"))
    for name, instant in enforce_from.items():
        path = ("rules", name, "enforce_from")
        if instant.tzinfo is None:
            yield PolicyProblem(f"{name} is enforced from an instant without an offset", path=path)
        if modes.get(name, Mode.ENFORCE) not in (Mode.ENFORCE, Mode.WARN):
            message = f"{name} has an instant to be enforced from, and is in mode {modes[name].value}"
            yield PolicyProblem(message, path=path, expected='mode = "warn" or "enforce", or no enforce_from')


def _waiver_problems(waiver: Waiver) -> Iterator[PolicyProblem]:
    match, code = waiver.match, CATALOGUE.get(waiver.code)
    refusal = None if code is None else why_not_waivable(code)
    session = f"an operation that begins with {SESSIONS}"
    faults = (
        (refusal is not None, "code", f"cannot waive {waiver.code}, which {refusal}", "the code of a rule"),
        (match == WaiverMatch(), "match", "matches every draft", "what it is to match"),
        (
            not admits_metadata(match),
            "match",
            f"matches metadata in {match.operation}, which has no session",
            session,
        ),
        (waiver.expires.tzinfo is None, "expires", "expires at an instant without an offset", "an offset"),
        (not waiver.reason.strip(), "reason", "has no reason", "a text"),
    )
    for is_wrong, key, fault, expected in faults:
        if is_wrong:
            yield PolicyProblem(f"the waiver {waiver.id} {fault}", path=("waivers", waiver.id, key), expected=expected)

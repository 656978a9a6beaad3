"""What is valid in a policy and most likely not meant, and in policies that are versions of one another."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import Any, Final

from rules_engine.analysis.applied import AppliedPolicy, broken, may_fit
from rules_engine.analysis.findings import FindingKind, PolicyFinding, finding
from rules_engine.analysis.proof import settings_of, stricter
from rules_engine.analysis.skipped import skipped_findings
from rules_engine.operations import OPERATIONS
from rules_engine.path import Path
from rules_engine.policy.builtin import default_policy
from rules_engine.policy.model import LIMITS_BY_NAME, Policy, Waiver, write_instant
from rules_engine.policy.policy_set import Versions
from rules_engine.rules import RULES
from rules_engine.rules.kinds import Bound, Expressed
from rules_engine.rules.row import Rule
from rules_engine.views.context import Limit
from rules_engine.violation import Mode

_BUILT_IN: Final = {rule.name: rule for rule in RULES}
_SETTINGS: Final = [
    (rule, limit, setting) for rule in RULES for limit in rule.limits for setting in settings_of(rule, limit)
]


def lint_policy(
    policy: Policy, *, at: datetime | None = None, rules: Iterable[Rule[Any]] = ()
) -> tuple[PolicyFinding, ...]:
    """Find what is valid in a policy and most likely not meant. Its window is looked at by `lint_versions`.

    Args:
        policy: The policy.
        at: The instant that counts as today; where none is given, nothing is found to be over.
        rules: Rules of the application's own that it names.
    """
    by_name = {**_BUILT_IN, **{rule.name: rule for rule in rules}}
    linter = _Linter(policy, by_name, at)
    found = [
        *linter.rules_that_never_fire(),
        *linter.contradictory_limits(),
        *linter.unread_limits(),
        *linter.needs(),
        *skipped_findings(policy, by_name),
        *linter.modes_without_effect(),
        *linter.delays_that_are_over(),
        *linter.waivers(),
        *linter.extension(),
    ]
    return tuple(dict.fromkeys(found))


class _Linter:
    """One policy, at one instant or at none."""

    def __init__(self, policy: Policy, rules: Mapping[str, Rule[Any]], at: datetime | None) -> None:
        self._policy = policy
        self._rules = rules
        self._at = at

    def _found(self, kind: FindingKind, message: str, fix: str, *paths: Path) -> PolicyFinding:
        return finding(self._policy, kind, message, fix, *paths)

    def _states(self, path: Path) -> bool:
        """Return whether the file of the policy states a value; what it inherits is the matter of another file."""
        origin = self._policy.origins.get(path)
        return origin is None or self._policy.source is None or origin.source == self._policy.source

    def _is_over(self, instant: datetime) -> bool:
        return self._at is not None and self._at >= instant

    def _operations_with(self, rule: str) -> list[str]:
        """List the operations in which a rule is evaluated."""
        if self._policy.mode(rule) is Mode.OFF:
            return []
        return [operation for operation, pipeline in self._policy.pipelines.items() if rule in pipeline]

    def rules_that_never_fire(self) -> Iterator[PolicyFinding]:
        for rule, limit, setting in _SETTINGS:
            value, direction = self._policy.limit_values[limit], stricter(rule, limit)
            if setting.most is not None and direction == "lower" and value >= setting.most:
                reach = f"more than {setting.most}"
            elif setting.least is not None and direction == "higher" and value <= setting.least:
                reach = f"less than {setting.least}"
            else:
                continue
            operations = self._operations_with(rule.name)
            if operations and not self._fires(rule, operations):
                message = f"{rule.name} can never fire: {limit.name} is {value}, and no draft has {reach} {limit.unit}"
                fix = f"Set {limit.name} to a value that drafts pass, or turn {rule.name} off and state it."
                yield self._found(FindingKind.RULE_NEVER_FIRES, message, fix, ("limits", limit.name))

    def _fires(self, rule: Rule[Any], operations: Iterable[str]) -> bool:
        """Return whether a draft is known that violates the rule all the same, by another quantity."""
        return any(
            AppliedPolicy(self._policy, operation, self._rules).is_violated(rule, draft)
            for operation in operations
            for draft in broken(operation, rule.name)
        )

    def contradictory_limits(self) -> Iterator[PolicyFinding]:
        policy = self._policy
        for (low, minimum), (high, maximum) in opposing_limits():
            least, most = policy.limit_values[minimum], policy.limit_values[maximum]
            together = any({low.name, high.name} <= set(pipeline) for pipeline in policy.pipelines.values())
            if together and least > most and policy.mode(low.name) is policy.mode(high.name) is Mode.ENFORCE:
                message = f"{minimum.name} is {least} and {maximum.name} is {most}: "
                fix = f"Set {minimum.name} to {most} or less, or {maximum.name} to {least} or more."
                paths = [("limits", limit.name) for limit in (minimum, maximum)]
                paths.sort(key=lambda path: not (path in policy.origins and self._states(path)))
                message += f"no number of {minimum.unit} passes both"
                yield self._found(FindingKind.LIMITS_CONTRADICT, message, fix, *paths)

    def unread_limits(self) -> Iterator[PolicyFinding]:
        read = {
            limit.name
            for name, rule in self._rules.items()
            if name not in _BUILT_IN or self._operations_with(name)
            for limit in rule.limits
        }
        for name in self._policy.limits:
            path = ("limits", name)
            if name not in read and path in self._policy.origins and self._states(path):
                readers = ", ".join(rule.name for rule in RULES if LIMITS_BY_NAME[name] in rule.limits)
                message = f"{name} is set, and no rule that reads it applies: {readers}"
                fix = f"Remove {name}, or let a rule that reads it apply."
                yield self._found(FindingKind.LIMIT_UNREAD, message, fix, path)

    def needs(self) -> Iterator[PolicyFinding]:
        """Find needs that do not refuse while a rule that has them does."""
        soft: dict[str, dict[str, None]] = {}
        for operation, pipeline in self._policy.pipelines.items():
            for need, names in self._dependants(pipeline).items():
                bare = [name for name in names if self._refuses_before(name, need.name)]
                if need.name in pipeline and bare:
                    soft.setdefault(need.name, {}).update(dict.fromkeys(bare))
                elif need.name not in pipeline and self._belongs(need, operation):
                    message = f"{need.name} is left out of the pipeline of {operation}, and rules that build on it are"
                    message += f" enforced there: {', '.join(names)}"
                    fix = f"Put {need.name} into the pipeline, or take those rules out as well."
                    yield self._found(FindingKind.NEED_LEFT_OUT, message, fix, ("pipelines", operation))
        for name, dependants in soft.items():
            message = f"{name} {self._softness(name)}, and rules that build on it are enforced: {', '.join(dependants)}"
            fix = f"Enforce {name} no later than those rules, or give them its mode."
            paths = ("rules", name), ("rules", name, "mode")
            yield self._found(FindingKind.NEED_NOT_ENFORCED, message, fix, *paths)

    def _dependants(self, pipeline: Iterable[str]) -> dict[Rule[Any], list[str]]:
        """Return the needs of the enforced rules of a pipeline, each with the names of the rules that have it."""
        found: dict[Rule[Any], list[str]] = {}
        for name in pipeline:
            if self._policy.mode(name) is Mode.ENFORCE:
                for need in dict.fromkeys(self._rules[name].needs):
                    found.setdefault(need, []).append(name)
        return found

    def _refuses_before(self, name: str, need: str) -> bool:
        """Return whether an enforced rule refuses today, or some day, when its need does not yet, or never does."""
        if self._policy.mode(need) is not Mode.ENFORCE:
            return True
        later, own = self._policy.enforce_from.get(need), self._policy.enforce_from.get(name)
        return later is not None and not self._is_over(later) and (own is None or own < later)

    @staticmethod
    def _belongs(need: Rule[Any], operation: str) -> bool:
        """Return whether a need is at home in an operation.

        A built-in one is where the default policy has it: what another rule reports better is left out on purpose. One
        of the application's own is wherever it can stand.
        """
        if need.name in _BUILT_IN:
            return need.name in default_policy().pipelines[operation]
        return need.scope in OPERATIONS[operation].scopes

    def _softness(self, need: str) -> str:
        mode = self._policy.mode(need)
        if mode is Mode.ENFORCE:
            return f"is enforced from {write_instant(self._policy.enforce_from[need])} on only"
        return {Mode.OFF: "is off", Mode.WARN: "only warns", Mode.SHADOW: "is only shadowed"}[mode]

    def modes_without_effect(self) -> Iterator[PolicyFinding]:
        standing = self._policy.named_rules
        for name in self._policy.modes:
            # An application's own rule that no pipeline names comes last in every one it can stand in.
            if name not in standing and name in _BUILT_IN and self._states(("rules", name)):
                message = f"{name} is given a mode, and stands in no pipeline"
                fix = f"Put {name} into a pipeline, or remove it from [rules]."
                yield self._found(FindingKind.RULE_IN_NO_PIPELINE, message, fix, ("rules", name))

    def delays_that_are_over(self) -> Iterator[PolicyFinding]:
        for name, instant in self._policy.enforce_from.items():
            path = ("rules", name, "enforce_from")
            if self._is_over(instant) and self._states(path):
                message = f"{name} has been enforced since {write_instant(instant)}"
                fix = f'Write {name} = {{ mode = "enforce" }} once no drafts from before are replayed.'
                yield self._found(FindingKind.ENFORCE_FROM_PAST, message, fix, path)

    def waivers(self) -> Iterator[PolicyFinding]:
        """Find waivers of the file that have expired, or can match nothing that the policy refuses."""
        for waiver in self._policy.waivers:
            path = ("waivers", waiver.id)
            if not self._states(path):
                continue
            if self._is_over(waiver.expires):
                message = f"the waiver {waiver.id} expired at {write_instant(waiver.expires)}"
                fix = "Remove it once no drafts from before are replayed, or give it a later day and a reason."
                yield self._found(FindingKind.WAIVER_EXPIRED, message, fix, (*path, "expires"), path)
            idle = self._why_idle(waiver)
            if idle is not None:
                key, reason, fix = idle
                message = f"the waiver {waiver.id} can waive nothing: {reason}"
                yield self._found(FindingKind.WAIVER_MATCHES_NOTHING, message, fix, (*path, key), path)

    def _why_idle(self, waiver: Waiver) -> tuple[str, str, str] | None:
        """Return why a waiver matches nothing: the key at fault, the reason, and what to do; None where it matches."""
        policy, match, code = self._policy, waiver.match, waiver.code
        if match.merchant is not None and policy.merchant is not None and match.merchant != policy.merchant:
            reason = f"it is for {match.merchant}, and the policy is for {policy.merchant}"
            return "match", reason, f"Match {policy.merchant}, or move the waiver to the policy of {match.merchant}."
        expires = f"it expires at {write_instant(waiver.expires)}, before"
        later = "Remove it, or give it a later day."
        if policy.effective_from is not None and waiver.expires <= policy.effective_from:
            return "expires", f"{expires} the policy applies", later
        starts = [policy.enforce_from.get(rule.name) for rule in self._reporting(waiver)]
        if not starts:
            where = match.operation or ("any session operation" if match.metadata else "any operation")
            reason = f"no rule that reports {code} is enforced in {where}"
            return "code", reason, f"Remove it, or match an operation in which {code} refuses."
        if all(start is not None and start >= waiver.expires for start in starts):
            return "expires", f"{expires} any rule that reports {code} is enforced", later
        return None

    def _reporting(self, waiver: Waiver) -> Iterator[Rule[Any]]:
        """List the enforced rules that report a code where a waiver of it may match.

        An application's own rule that no pipeline names stands in every one.
        """
        policy, standing = self._policy, self._policy.named_rules
        for operation in (name for name in policy.pipelines if may_fit(waiver, name)):
            for name, rule in self._rules.items():
                unnamed = name not in standing and name not in _BUILT_IN and rule.scope in OPERATIONS[operation].scopes
                stands = unnamed or name in policy.pipelines[operation]
                if stands and rule.code.name == waiver.code and policy.mode(name) is Mode.ENFORCE:
                    yield rule

    def extension(self) -> Iterator[PolicyFinding]:
        """Find that the policy is equal to the one it extends. One that has a merchant or a window states that much."""
        policy, base = self._policy, self._policy.extends
        if base is None or _decisive(policy) != _decisive(base):
            return
        if not any((policy.merchant, policy.effective_from, policy.effective_until)):
            message = f"{policy.id} states nothing that {base.id}, which it extends, does not state"
            fix = f"Remove it and use {base.id}, or state what is to differ."
            yield self._found(FindingKind.EXTENSION_SAYS_NOTHING, message, fix)


def _decisive(policy: Policy) -> tuple[object, ...]:
    """Return everything that decides what a policy refuses and in what order it reports it."""
    modes = {name: mode for name, mode in policy.modes.items() if mode is not Mode.ENFORCE}
    return policy.pipelines, modes, policy.enforce_from, policy.limit_values, policy.waivers


@cache
def opposing_limits() -> tuple[tuple[tuple[Rule[Any], Limit[Any]], tuple[Rule[Any], Limit[Any]]], ...]:
    """List the limits that bound one quantity from both sides, each with its rule: from below, and from above."""
    bounds = [
        (rule, rule.violated.kind)
        for rule in RULES
        if isinstance(rule.violated, Expressed) and isinstance(rule.violated.kind, Bound)
    ]
    return tuple(
        ((low, lower.minimum), (high, upper.maximum))
        for low, lower in bounds
        for high, upper in bounds
        if (low.scope, lower.value) == (high.scope, upper.value)
        and isinstance(lower.minimum, Limit)
        and isinstance(upper.maximum, Limit)
    )


def lint_versions(versions: Versions, *, at: datetime | None = None) -> tuple[PolicyFinding, ...]:
    """Find what is most likely not meant in the windows of policies of which one applies at a time.

    Args:
        versions: The policies; one that stands alone is a version of itself.
        at: The instant that counts as today; where none is given, nothing is found to be over.
    """
    return (*_over(versions, at), *_gaps(versions))


def _over(versions: Versions, at: datetime | None) -> Iterator[PolicyFinding]:
    ends = {
        policy: policy.effective_until
        for policy in versions.policies
        if at is not None and policy.effective_until is not None and policy.effective_until <= at
    }
    path = ("effective_until",)
    if ends and len(ends) == len(versions.policies):
        last = max(ends, key=ends.__getitem__)
        message = f"{last.id} applied until {write_instant(ends.pop(last))}, and no policy that was read comes after it"
        fix = "Set a later effective_until, add the policy that comes after it, or remove this one."
        yield finding(last, FindingKind.POLICY_OVER, message, fix, path)
    for policy, end in ends.items():
        fix = "Keep it as long as drafts of its time are replayed; then remove it."
        yield finding(policy, FindingKind.VERSION_OVER, f"{policy.id} applied until {write_instant(end)}", fix, path)


def _gaps(versions: Versions) -> Iterator[PolicyFinding]:
    for earlier, later in pairwise(versions.policies):
        end, start = earlier.effective_until, later.effective_from
        if end is not None and start is not None and end < start:
            whose = "default policy" if later.merchant is None else f"policy of {later.merchant}"
            message = f"no {whose} applies on {_days(end, start)}: {earlier.id} ends at {write_instant(end)}, and"
            message += f" {later.id} begins at {write_instant(start)}"
            fix = f"Let {later.id} begin where {earlier.id} ends, unless nothing is to be accepted in between."
            yield finding(later, FindingKind.VERSIONS_GAP, message, fix, ("effective_from",))


def _days(start: datetime, end: datetime) -> str:
    """Name the days on which a time lies, its end excluded, in UTC as all instants of the linter are."""
    days = dict.fromkeys(instant.astimezone(UTC).date() for instant in (start, end - timedelta(microseconds=1)))
    return " to ".join(map(str, days))

"""What one policy states and another one does not, value by value. What comes of it for drafts, `compare` shows."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final, Literal

from attrs import frozen

from rules_engine.analysis.applied import ALWAYS
from rules_engine.analysis.proof import at_least_as_strict
from rules_engine.path import Path
from rules_engine.policy.model import Policy, Waiver, write_instant
from rules_engine.rules import RULES
from rules_engine.views.context import Limit
from rules_engine.violation import Mode

_NEVER: Final = datetime.max.replace(tzinfo=UTC)

PlainValue = str | int | tuple[str, ...] | None
"""A value in plain terms; None where nothing is stated."""


ChangeEffect = Literal["stricter", "looser", "other", "none"]
"""What is refused after a change: more or the same, less or the same, the same, or `other`: neither follows from it."""


@frozen
class PolicyChange:
    """One value that differs.

    Attributes:
        path: The keys of the value.
        sentence: What changed, in words.
        before: The value of the first policy.
        after: The value of the second one.
        effect: What the change does by itself. A rule that refuses more may skip others.
    """

    path: Path
    sentence: str
    before: PlainValue
    after: PlainValue
    effect: ChangeEffect


def changes(first: Policy, second: Policy) -> tuple[PolicyChange, ...]:
    """List everything that two policies state differently, but for their names, in the order of a policy file.

    Args:
        first: One policy.
        second: The one it is compared with.
    """
    return (
        *_identity(first, second),
        *_pipelines(first, second),
        *_rules(first, second),
        *_limits(first, second),
        *_waivers(first, second),
    )


def _turned(path: Path, subject: str, before: str | None, after: str | None, effect: ChangeEffect) -> PolicyChange:
    """Describe a text that has become another one."""
    words = ("none" if text is None else text for text in (before, after))
    return PolicyChange(path, f"{subject} {' to '.join(words)}", before, after, effect)


def _identity(first: Policy, second: Policy) -> Iterator[PolicyChange]:
    for key in ("merchant", "effective_from", "effective_until"):
        before, after = (_text(getattr(policy, key)) for policy in (first, second))
        if before != after:
            yield _turned((key,), f"{key}:", before, after, "other")


def _pipelines(first: Policy, second: Policy) -> Iterator[PolicyChange]:
    for operation in dict.fromkeys((*first.pipelines, *second.pipelines)):
        before, after = (policy.pipelines.get(operation, ()) for policy in (first, second))
        path: Path = ("pipelines", operation)
        for rule in before:
            if rule not in after:
                place = _place(before, rule)
                sentence = f"{operation}: {rule} removed, which stood {place}"
                yield PolicyChange((*path, rule), sentence, place, None, "looser")
        for rule in after:
            if rule not in before:
                place = _place(after, rule)
                yield PolicyChange((*path, rule), f"{operation}: {rule} added {place}", None, place, "stricter")
        yield from _moves(path, f"{operation}:", before, after)


def _moves(path: Path, subject: str, before: Sequence[str], after: Sequence[str]) -> Iterator[PolicyChange]:
    """List the fewest names that have to be moved to get from one order to another."""
    common = [name for name in after if name in before]
    kept = _longest_rise([before.index(name) for name in common])
    for name in common:
        if before.index(name) not in kept:
            places = _place(before, name), _place(after, name)
            yield _turned((*path, name), f"{subject} {name} moved from", *places, "none")


def _place(names: Sequence[str], name: str) -> str:
    position = names.index(name)
    return f"behind {names[position - 1]}" if position else "at the start"


def _longest_rise(numbers: Sequence[int]) -> frozenset[int]:
    """Return the longest of the runs that rise, with whatever stands between: of 2 0 1 3 it is 0 1 3."""
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        at = bisect_left(ends, number)
        before[number] = ends[at - 1] if at else None
        ends[at : at + 1] = [number]
    run: list[int] = []
    last = ends[-1] if ends else None
    while last is not None:
        run.append(last)
        last = before[last]
    return frozenset(run)


def _rules(first: Policy, second: Policy) -> Iterator[PolicyChange]:
    for rule in dict.fromkeys((*first.modes, *second.modes, *first.enforce_from, *second.enforce_from)):
        starts = _enforced_since(first, rule), _enforced_since(second, rule)
        effect: ChangeEffect = "none" if starts[0] == starts[1] else "stricter" if starts[1] < starts[0] else "looser"
        delays = first.enforce_from.get(rule), second.enforce_from.get(rule)
        before, after = (policy.modes.get(rule, Mode.ENFORCE) for policy in (first, second))
        if before is not after:
            # Between two delays, the mode says only what the rule is until then.
            own = "none" if None not in delays else effect
            yield _turned(("rules", rule, "mode"), f"{rule}: mode", before.value, after.value, own)
        if delays[0] != delays[1]:
            path = ("rules", rule, "enforce_from")
            yield _turned(path, f"{rule}: enforce_from", _text(delays[0]), _text(delays[1]), effect)


def _enforced_since(policy: Policy, rule: str) -> datetime:
    """Return the instant from which a rule can refuse; the end of the calendar where it never does."""
    if policy.mode(rule) is not Mode.ENFORCE:
        return _NEVER
    return policy.enforce_from.get(rule, ALWAYS)


def _limits(first: Policy, second: Policy) -> Iterator[PolicyChange]:
    values = first.limit_values, second.limit_values
    for limit in dict.fromkeys((*values[0], *values[1])):
        before, after = (value.get(limit, limit.default) for value in values)
        if before != after:
            sentence = f"{limit.name}: {_difference(limit, before, after)}"
            effect = _limit_effect(limit, before, after)
            yield PolicyChange(("limits", limit.name), sentence, _plain(before), _plain(after), effect)


def _difference(limit: Limit[Any], before: Any, after: Any) -> str:
    """Describe from which number to which a limit was set, or which members came and went."""
    if not limit.members:
        return f"{before} to {after} {limit.unit}"
    sides = (("without", before - after), ("with", after - before))
    return " and ".join(f"{word} {', '.join(sorted(members))}" for word, members in sides if members)


def _limit_effect(limit: Limit[Any], before: Any, after: Any) -> ChangeEffect:
    """Return which way a limit was set, where all rules that read it agree."""
    readers = [rule for rule in RULES if limit in rule.limits]
    if all(at_least_as_strict(rule, limit, after, before) for rule in readers):
        return "stricter"
    if all(at_least_as_strict(rule, limit, before, after) for rule in readers):
        return "looser"
    return "other"


def _plain(value: Any) -> PlainValue:
    return value if isinstance(value, int) else tuple(sorted(value))


def _waivers(first: Policy, second: Policy) -> Iterator[PolicyChange]:
    before, after = ({waiver.id: waiver for waiver in policy.waivers} for policy in (first, second))
    for name, waiver in before.items():
        if name not in after:
            sentence = f"waiver {name} of {waiver.code} removed"
            yield PolicyChange(("waivers", name), sentence, waiver.code, None, "stricter")
    for name, waiver in after.items():
        if name not in before:
            sentence = f"waiver {name} of {waiver.code} added, until {write_instant(waiver.expires)}: {waiver.reason}"
            yield PolicyChange(("waivers", name), sentence, None, waiver.code, "looser")
        else:
            yield from _waiver(before[name], waiver)
    yield from _moves(("waivers",), "waiver", tuple(before), tuple(after))


def _waiver(before: Waiver, after: Waiver) -> Iterator[PolicyChange]:
    longer = after.expires > before.expires
    effects: dict[str, ChangeEffect] = {"reason": "none", "expires": "looser" if longer else "stricter"}
    new = _parts(after)
    for key, value in _parts(before).items():
        if value != new[key]:
            effect = effects.get(key, "other")
            yield _turned(("waivers", before.id, key), f"waiver {before.id}: {key}", value, new[key], effect)


def _parts(waiver: Waiver) -> Mapping[str, str | None]:
    match, metadata = waiver.match, waiver.match.metadata
    return {
        "code": waiver.code,
        "match.merchant": match.merchant,
        "match.operation": match.operation,
        "match.metadata.key": None if metadata is None else metadata.key,
        "match.metadata.value": None if metadata is None else metadata.value,
        "expires": write_instant(waiver.expires),
        "reason": waiver.reason,
    }


def _text(value: str | datetime | None) -> str | None:
    return write_instant(value) if isinstance(value, datetime) else value

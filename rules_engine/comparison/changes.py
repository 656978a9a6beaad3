"""What one policy says and another one does not, value by value. What comes of it for drafts, `compare` tells."""

import enum
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from attrs import frozen

from rules_engine.comparison.polarity import at_least_as_strict
from rules_engine.policy.model import KeyPath, Policy
from rules_engine.policy.versions import write_instant
from rules_engine.policy.waiver import Waiver
from rules_engine.rules import RULES
from rules_engine.rules.declaration import Rule
from rules_engine.views.context import Limit
from rules_engine.violation import Mode

Value = str | int | tuple[str, ...] | None
"""A value in plain terms; None where nothing is stated."""


class Effect(enum.Enum):
    """What a change does to what is refused."""

    STRICTER = "stricter"
    """More is refused, or the same."""
    LOOSER = "looser"
    """Less is refused, or the same."""
    OTHER = "other"
    """Neither follows from the change alone."""
    NONE = "none"
    """The same is refused."""


@frozen
class Change:
    """One value that differs.

    Attributes:
        path: The keys of the value.
        sentence: What changed, in words.
        before: The value of the first policy.
        after: The value of the second one.
        effect: What the change does by itself. A rule that refuses more may withhold others.
    """

    path: KeyPath
    sentence: str
    before: Value
    after: Value
    effect: Effect


def changes(first: Policy, second: Policy) -> tuple[Change, ...]:
    """Tell everything that two policies say differently, but for their names.

    Args:
        first: One policy.
        second: The one it is held against.
    """
    return (
        *_identity(first, second),
        *_pipelines(first, second),
        *_modes(first, second),
        *_delays(first, second),
        *_limits(first, second),
        *_waivers(first, second),
    )


def _identity(first: Policy, second: Policy) -> Iterator[Change]:
    if first.merchant != second.merchant:
        sentence = f"merchant: {_shown(first.merchant)} to {_shown(second.merchant)}"
        yield Change(("merchant",), sentence, first.merchant, second.merchant, Effect.OTHER)
    for key in ("effective_from", "effective_until"):
        before, after = (_written(getattr(policy, key)) for policy in (first, second))
        if before != after:
            yield Change((key,), f"{key}: {_shown(before)} to {_shown(after)}", before, after, Effect.OTHER)


def _pipelines(first: Policy, second: Policy) -> Iterator[Change]:
    for operation in dict.fromkeys((*first.pipelines, *second.pipelines)):
        before, after = (policy.pipelines.get(operation, ()) for policy in (first, second))
        for rule in before:
            if rule not in after:
                place = _place(before, rule)
                sentence = f"{operation}: {rule} removed, which stood {place}"
                yield Change(("pipelines", operation, rule), sentence, place, None, Effect.LOOSER)
        for rule in after:
            if rule not in before:
                place = _place(after, rule)
                sentence = f"{operation}: {rule} added {place}"
                yield Change(("pipelines", operation, rule), sentence, None, place, Effect.STRICTER)
        for rule in _moved(before, after):
            places = _place(before, rule), _place(after, rule)
            sentence = f"{operation}: {rule} moved from {places[0]} to {places[1]}"
            yield Change(("pipelines", operation, rule), sentence, *places, Effect.NONE)


def _place(pipeline: Sequence[str], rule: str) -> str:
    position = pipeline.index(rule)
    return f"behind {pipeline[position - 1]}" if position else "at the start"


def _moved(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """Name the fewest rules that have to be moved to get from one order to another."""
    common = [rule for rule in after if rule in before]
    kept = _longest_rise([before.index(rule) for rule in common])
    return [rule for rule in common if before.index(rule) not in kept]


def _longest_rise(numbers: Sequence[int]) -> frozenset[int]:
    """Give the longest of the runs that rise, with whatever stands between."""
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        at = bisect_left(ends, number)
        before[number] = ends[at - 1] if at else None
        ends[at : at + 1] = [number]
    run: list[int] = []
    last: int | None = ends[-1] if ends else None
    while last is not None:
        run.append(last)
        last = before[last]
    return frozenset(run)


def _modes(first: Policy, second: Policy) -> Iterator[Change]:
    for rule in dict.fromkeys((*first.modes, *second.modes)):
        before, after = (policy.modes.get(rule, Mode.ENFORCE) for policy in (first, second))
        if before is not after:
            sentence = f"{rule}: mode {before.value} to {after.value}"
            effects = {after is Mode.ENFORCE: Effect.STRICTER, before is Mode.ENFORCE: Effect.LOOSER}
            effect = effects.get(True, Effect.NONE)
            yield Change(("rules", rule, "mode"), sentence, before.value, after.value, effect)


def _delays(first: Policy, second: Policy) -> Iterator[Change]:
    for rule in dict.fromkeys((*first.enforce_from, *second.enforce_from)):
        before, after = (policy.enforce_from.get(rule) for policy in (first, second))
        if before != after:
            texts = _written(before), _written(after)
            sentence = f"{rule}: enforce_from {_shown(texts[0])} to {_shown(texts[1])}"
            earlier = after is None or (before is not None and after < before)
            effect = Effect.STRICTER if earlier else Effect.LOOSER
            yield Change(("rules", rule, "enforce_from"), sentence, *texts, effect)


def _limits(first: Policy, second: Policy) -> Iterator[Change]:
    values = first.limit_values, second.limit_values
    for limit in dict.fromkeys((*values[0], *values[1])):
        before, after = (value.get(limit, limit.default) for value in values)
        if before != after:
            sentence = f"{limit.name}: {_turned(limit, before, after)}"
            effect = _limit_effect(limit, before, after)
            yield Change(("limits", limit.name), sentence, _plain(before), _plain(after), effect)


def _turned(limit: Limit[Any], before: Any, after: Any) -> str:
    """Say how a limit was turned: from a number to another, or which members came and went."""
    if not limit.members:
        return f"{before} to {after} {limit.unit}"
    sides = (("without", before - after), ("with", after - before))
    return " and ".join(f"{word} {', '.join(sorted(members))}" for word, members in sides if members)


def _limit_effect(limit: Limit[Any], before: Any, after: Any) -> Effect:
    """Tell which way a limit was turned, where all rules that read it agree."""
    readers: list[Rule[Any]] = [rule for rule in RULES if limit in rule.limits]
    if all(at_least_as_strict(rule, limit, after, before) for rule in readers):
        return Effect.STRICTER
    if all(at_least_as_strict(rule, limit, before, after) for rule in readers):
        return Effect.LOOSER
    return Effect.OTHER


def _plain(value: Any) -> Value:
    return value if isinstance(value, int) else tuple(sorted(value))


def _waivers(first: Policy, second: Policy) -> Iterator[Change]:
    before, after = ({waiver.id: waiver for waiver in policy.waivers} for policy in (first, second))
    for name, waiver in before.items():
        if name not in after:
            sentence = f"waiver {name} of {waiver.code} removed"
            yield Change(("waivers", name), sentence, waiver.code, None, Effect.STRICTER)
    for name, waiver in after.items():
        if name not in before:
            sentence = f"waiver {name} of {waiver.code} added, until {write_instant(waiver.expires)}: {waiver.reason}"
            yield Change(("waivers", name), sentence, None, waiver.code, Effect.LOOSER)
        else:
            yield from _waiver(before[name], waiver)
    for name in _moved(tuple(before), tuple(after)):
        places = _place(tuple(before), name), _place(tuple(after), name)
        sentence = f"waiver {name} moved from {places[0]} to {places[1]}"
        yield Change(("waivers", name), sentence, *places, Effect.NONE)


def _waiver(before: Waiver, after: Waiver) -> Iterator[Change]:
    old, new = _parts(before), _parts(after)
    for key, value in old.items():
        if value != new[key]:
            effect = Effect.NONE if key == "reason" else Effect.OTHER
            if key == "expires":
                effect = Effect.LOOSER if after.expires > before.expires else Effect.STRICTER
            sentence = f"waiver {before.id}: {key} {_shown(value)} to {_shown(new[key])}"
            yield Change(("waivers", before.id, key), sentence, value, new[key], effect)


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


def _written(instant: datetime | None) -> str | None:
    return None if instant is None else write_instant(instant)


def _shown(value: str | None) -> str:
    return "none" if value is None else value

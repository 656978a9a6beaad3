"""Strategies of policies and of their waivers."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from hypothesis.strategies import SearchStrategy

from rules_engine.operations import OPERATIONS
from rules_engine.policy.builtin import default_policy
from rules_engine.policy.model import MetadataMatch, Policy, Waiver, WaiverMatch, admits_metadata, why_not_waivable
from rules_engine.rules import RULES
from rules_engine.rules.limits import LIMITS
from rules_engine.testing.strategies.pooled import IDS, METADATA_KEYS, check_operation, pooled_instants
from rules_engine.violation import Mode

_CURRENCIES: Final = ("EGP", "USD", "KWD")
_METHODS: Final = ("card", "valu")
_MOST_LEFT_OUT: Final = 8


def policies(operation: str | None = None, *, base: Policy | None = None) -> SearchStrategy[Policy]:
    """Generate policies: pipelines permuted and thinned, with modes, limits, delays and waivers.

    Args:
        operation: Change the pipeline of this operation only.
        base: The policy that is changed; the default policy where none is given.

    Raises:
        InvalidArgument: There is no such operation, or the policy has no pipeline for it.
    """
    check_operation("policies", operation)
    changed = default_policy() if base is None else base
    if operation is not None and operation not in changed.pipelines:
        raise InvalidArgument(f"policies: {changed.id} has no pipeline for {operation}")
    return _policies(changed, operation)


@st.composite
def _policies(draw: st.DrawFn, base: Policy, operation: str | None) -> Policy:
    pipelines = dict(base.pipelines)
    varied = tuple(pipelines) if operation is None else (operation,)
    for name in varied:
        kept = draw(st.permutations(pipelines[name]))
        pipelines[name] = tuple(kept[draw(st.integers(0, max(0, min(_MOST_LEFT_OUT, len(kept) - 1)))) :])
    rules = sorted({rule for name in varied for rule in pipelines[name]})
    modes = draw(st.dictionaries(st.sampled_from(rules), st.sampled_from(Mode), max_size=12)) if rules else {}
    numbers = [limit for limit in LIMITS if not limit.members]
    limits: dict[str, Any] = {}
    for limit in draw(st.lists(st.sampled_from(numbers), max_size=4, unique_by=lambda limit: limit.name)):
        limits[limit.name] = draw(st.integers(limit.minimum, limit.maximum))
    if draw(st.booleans()):
        limits["supported_currencies"] = draw(st.frozensets(st.sampled_from(_CURRENCIES), max_size=3))
        limits["supported_payment_method_types"] = draw(st.frozensets(st.sampled_from(_METHODS), max_size=2))
    modes = {**base.modes, **modes}
    delayable = [rule for rule in rules if modes.get(rule, Mode.ENFORCE) in (Mode.ENFORCE, Mode.WARN)]
    delays = st.dictionaries(st.sampled_from(delayable), pooled_instants(), max_size=4) if delayable else st.just({})
    return Policy(
        "random",
        pipelines,
        modes,
        {**base.limits, **limits},
        enforce_from=draw(delays),
        waivers=draw(waivers(rules, pooled_instants(), operation)),
    )


_NEVER: Final = datetime.max.replace(tzinfo=UTC)


def waivers(
    rules: Collection[str], instants: SearchStrategy[datetime], operation: str | None = None
) -> SearchStrategy[tuple[Waiver, ...]]:
    """Generate waivers: some match most drafts, some few, and some cannot be matched before more facts are known.

    Args:
        rules: The names of the rules whose codes are waived.
        instants: When they expire.
        operation: Match this operation, where any is matched.
    """
    codes = {rule.code.name: rule.code for rule in RULES if rule.name in rules}
    waivable = sorted(name for name, code in codes.items() if why_not_waivable(code) is None)
    if not waivable:
        return st.just(())
    operations = st.sampled_from(tuple(OPERATIONS) if operation is None else (operation,))
    metadata = st.builds(MetadataMatch, st.sampled_from(METADATA_KEYS), st.none() | st.just("88"))
    match = st.one_of(
        st.builds(WaiverMatch, operation=operations),
        st.builds(WaiverMatch, merchant=st.sampled_from(IDS["merchant"])),
        st.builds(
            WaiverMatch,
            merchant=st.none() | st.sampled_from(IDS["merchant"]),
            operation=st.none() | operations,
            metadata=st.none() | metadata,
        ).filter(_is_valid),
    )
    expires = st.just(_NEVER) | instants
    stated = st.tuples(st.sampled_from(waivable), match, expires)
    # Left alone, lists are so short that a waiver hardly ever meets what it waives.
    lists = st.sampled_from((0, 2, 20)).flatmap(lambda size: st.lists(stated, min_size=size, max_size=size))
    return lists.map(
        lambda drawn: tuple(
            Waiver(f"waiver_{position}", code, match, expires, "Known.")
            for position, (code, match, expires) in enumerate(drawn)
        )
    )


def _is_valid(match: WaiverMatch) -> bool:
    return match != WaiverMatch() and admits_metadata(match)

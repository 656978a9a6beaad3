"""A Hypothesis strategy for the waivers of a policy."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Final

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from rules_engine.operations import OPERATIONS
from rules_engine.policy.model import MetadataMatch, Waiver, WaiverMatch, admits_metadata, why_not_waivable
from rules_engine.rules import RULES
from rules_engine.testing.pools import IDS, METADATA_KEYS

_NEVER: Final = datetime.max.replace(tzinfo=UTC)


def waivers(
    rules: Collection[str], instants: SearchStrategy[datetime], operation: str | None = None
) -> SearchStrategy[tuple[Waiver, ...]]:
    """Generate waivers: some fit most drafts, some few, and some cannot be told to fit before more is known.

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
        ).filter(_is_lawful),
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


def _is_lawful(match: WaiverMatch) -> bool:
    return match != WaiverMatch() and admits_metadata(match)

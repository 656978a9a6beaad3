"""A Hypothesis strategy for the waivers of a policy."""

from collections.abc import Collection
from datetime import datetime

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from rules_engine.models.draft import DRAFTS
from rules_engine.policy.waiver import MetadataMatch, Waiver, WaiverMatch, admits_metadata, why_not_waivable
from rules_engine.rules import RULES
from rules_engine.testing.pools import IDS, METADATA_KEYS


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
    match = st.builds(
        WaiverMatch,
        merchant=st.none() | st.sampled_from(IDS["merchant"]),
        operation=st.none() | st.sampled_from(tuple(DRAFTS) if operation is None else (operation,)),
        metadata=st.none() | st.builds(MetadataMatch, st.sampled_from(METADATA_KEYS), st.none() | st.just("88")),
    ).filter(_is_lawful)
    stated = st.tuples(st.sampled_from(waivable), match, instants)
    return st.lists(stated, max_size=4).map(
        lambda drawn: tuple(
            Waiver(f"waiver_{position}", code, match, expires, "Known.")
            for position, (code, match, expires) in enumerate(drawn)
        )
    )


def _is_lawful(match: WaiverMatch) -> bool:
    return match != WaiverMatch() and admits_metadata(match)

"""Of several versions, the one applies in whose window the instant lies."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rules_engine import Policy
from rules_engine.policy.policy_set import Versions


@given(st.lists(st.integers(0, 30), min_size=2, max_size=8, unique=True), st.integers(-1, 31), st.data())
def test_versions_by_hand(days: list[int], day: int, data: st.DataObject) -> None:
    """The version that applies is the only one whose window holds the instant, however many there are."""
    bounds = [datetime(2027, 1, 1, tzinfo=UTC) + timedelta(days=day) for day in sorted(days)]
    windows = list(zip(bounds[::2], bounds[1::2], strict=False))
    policies = [
        Policy(f"p{n}", {}, effective_from=start, effective_until=end) for n, (start, end) in enumerate(windows)
    ]
    versions = Versions(data.draw(st.permutations(policies)))
    at = datetime(2027, 1, 1, tzinfo=UTC) + timedelta(days=day)
    assert versions.overlaps() == []
    assert [policy for policy in policies if policy.effective_at(at)] == [
        policy for policy in (versions.at(at),) if policy is not None
    ]

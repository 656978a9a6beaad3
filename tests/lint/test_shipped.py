"""The policies that come with the project are clean."""

from datetime import UTC, datetime

import pytest

from rules_engine import PolicySet, default_policy
from rules_engine.lint import lint_policy, lint_versions
from tests.house.source import ROOT


class TestShipped:
    """The policies that come with the project are clean."""

    @pytest.mark.parametrize("at", [None, datetime(2026, 11, 25, tzinfo=UTC)])
    def test_no_findings(self, at: datetime | None) -> None:
        """Nothing is found in any of them, or in them together."""
        policies = PolicySet.load(ROOT / "policies")
        assert [finding for policy in policies.policies for finding in lint_policy(policy, at=at)] == []
        assert [finding for versions in policies.versions for finding in lint_versions(versions, at=at)] == []
        assert lint_policy(default_policy(), at=at) == ()

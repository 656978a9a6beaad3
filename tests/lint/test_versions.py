"""Policies of which one applies at a time."""

from rules_engine import read_policy
from rules_engine.lint import FINDINGS, Level, lint_versions
from rules_engine.policy.versions import Versions
from tests.lint.found import HEAD, TODAY


class TestVersions:
    """Policies of which one applies at a time."""

    @staticmethod
    def _found(*windows: str) -> list[str]:
        policies = [
            read_policy(HEAD.replace('"shop"', f'"shop-{number}"') + window, source=f"{number}.toml")
            for number, window in enumerate(windows)
        ]
        return [f"{finding.kind.name} {finding.source}" for finding in lint_versions(Versions(policies), at=TODAY)]

    def test_over(self) -> None:
        """The last one that is over is a warning: nothing applies. Those before it are notes."""
        assert self._found("effective_until = 2027-01-01T00:00:00.000001Z\n") == []
        assert self._found("effective_until = 2027-01-01T00:00:00Z\n") == ["policy_over 0.toml"]
        assert self._found(
            "effective_until = 2026-01-01T00:00:00Z\n",
            "effective_from = 2026-01-01T00:00:00Z\neffective_until = 2027-01-01T00:00:00Z\n",
        ) == ["policy_over 1.toml", "version_over 0.toml"]

    def test_one_to_come(self) -> None:
        """A version that is over is a note where another one applies, or will."""
        for start in ("2027-01-01T00:00:00Z", "2028-01-01T00:00:00Z"):
            names = self._found("effective_until = 2027-01-01T00:00:00Z\n", f"effective_from = {start}\n")
            assert names[0] == "version_over 0.toml"

    def test_gap(self) -> None:
        """A gap is a note, however short; where the one begins as the other ends, there is none."""
        windows = ["effective_until = 2027-06-01T00:00:00Z\n", "effective_from = 2027-06-01T00:00:00.000001Z\n"]
        assert self._found(*windows) == ["versions_gap 1.toml"]
        assert self._found(windows[0], windows[0].replace("until", "from")) == []

    def test_notes_are_notes(self) -> None:
        """What needs no mending is a note."""
        notes = {name for name, kind in FINDINGS.items() if kind.level is Level.NOTE}
        assert notes == {"enforce_from_past", "version_over", "versions_gap"}

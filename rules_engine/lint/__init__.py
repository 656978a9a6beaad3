"""What is lawful in a policy, and most likely not what its author means."""

from rules_engine.lint.finding import FINDINGS, Finding, Kind, Level
from rules_engine.lint.lint import lint_policy, lint_versions

__all__ = ["FINDINGS", "Finding", "Kind", "Level", "lint_policy", "lint_versions"]

"""Tests of policies: drafts with what they are to hear, what they cover, and the mutants that they do not notice."""

from rules_engine.policy_tests.fixtures import Fixture, Suite
from rules_engine.policy_tests.mutants import Kind, Mutant
from rules_engine.policy_tests.read import read_suites
from rules_engine.policy_tests.run import Mutation, Report, SuiteReport, run

__all__ = ["Fixture", "Kind", "Mutant", "Mutation", "Report", "Suite", "SuiteReport", "read_suites", "run"]

"""The policies that come with the project have tests, which pass and notice whatever a policy states otherwise."""

from functools import cache
from pathlib import Path

import pytest

from rules_engine import Engine
from rules_engine.analysis.coverage import SuiteReport, run_suites
from rules_engine.analysis.suites import parts_of, read_suites

ROOT = Path(__file__).parents[2]
POLICIES = ROOT / "policies"
NAMES = sorted(path.stem for path in (*POLICIES.glob("*.toml"), *POLICIES.glob("merchants/*.toml")))
CHANGING = [name for name in NAMES if name != "default"]
"""The policies that say something of their own; the rules of the default one have the tests of the library."""


@cache
def _reports() -> tuple[SuiteReport, ...]:
    return run_suites(read_suites([POLICIES]), mutation="stated")


def _of(name: str) -> SuiteReport:
    (report,) = [report for report in _reports() if Path(report.suite.source).stem == name]
    return report


def test_every_policy_has_tests() -> None:
    """Each policy has a file of tests that is called after it, and no file is of another policy."""
    assert [report.suite.policy.id for report in _reports()] == NAMES
    assert [Path(report.suite.source).stem for report in _reports()] == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_they_pass(name: str) -> None:
    """Every verdict is what its test states."""
    assert [f"{result.test.origin}: {result.mismatches[0]}" for result in _of(name).failed] == []


@pytest.mark.parametrize("name", CHANGING)
def test_nothing_that_a_policy_changes_goes_unnoticed(name: str) -> None:
    """Of what the file of a policy states, no mutant survives."""
    found = _of(name)
    assert [f"{mutant.origin}: {mutant.what}" for mutant in found.survivors] == []
    assert found.equivalent == ()
    assert len(found.mutants) > 5


@pytest.mark.parametrize("name", CHANGING)
def test_every_limit_that_a_policy_states_is_covered(name: str) -> None:
    """There is a draft at each bound and one right beyond it."""
    found = _of(name)
    stated = {
        path[1]
        for path, origin in found.suite.policy.origins.items()
        if path[0] == "limits" and origin.source == found.suite.policy.source
    }
    assert stated
    assert stated <= {limit.limit for limit in found.limits if limit.covered}


def test_every_limit_of_the_default_policy_is_covered() -> None:
    """The default policy states every limit, and its tests know them all."""
    assert [limit.limit for limit in _of("default").limits if not limit.covered] == []


def test_every_draft_is_a_test_of_the_default_policy() -> None:
    """The drafts of the shops are tests of the default policy, each under its own name."""
    text = (POLICIES / "tests" / "default.toml").read_text(encoding="utf-8")
    drafts = sorted(path.name for path in (POLICIES / "drafts").glob("*.json"))
    assert [name for name in drafts if f'draft = "../drafts/{name}"\n' not in text] == []


@pytest.mark.parametrize("name", CHANGING)
def test_judging_less_comes_to_the_same(name: str) -> None:
    """A mutant is tried on drafts that it may matter to; an engine that judges all of them comes to the same."""
    found = _of(name)
    for mutant, effect in found.mutants:
        engine = Engine(mutant.change())
        verdicts = [(result, parts_of(engine.validate(result.test.draft))) for result in found.results]
        assert effect.changed is any(parts != result.parts for result, parts in verdicts)
        assert effect.killers == tuple(
            result.test.name
            for result, parts in verdicts
            if any(parts[part] != expected for part, expected in result.test.expected.items())
        )

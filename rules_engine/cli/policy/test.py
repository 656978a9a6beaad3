"""`rules-engine policy test`: run the tests of policies, and tell what they cover and what they would not notice."""

import sys
from collections.abc import Iterable, Sequence
from typing import Any

from rules_engine.cli.exit_code import ExitCode, UsageError
from rules_engine.cli.printing import FORMAT_VERSION, Printer
from rules_engine.policy_tests.coverage import RuleCoverage
from rules_engine.policy_tests.document import report_document
from rules_engine.policy_tests.read import read_suites
from rules_engine.policy_tests.run import Mutation, Report, SuiteReport, run
from rules_engine.rules.declaration import Rule
from rules_engine.wire.json_text import write_json

_GOOD, _BAD, _OPEN = "green", "bold red", "yellow"


def test(
    paths: Sequence[str],
    *,
    mutation: Mutation,
    uncovered: bool,
    form: str,
    min_rules: int,
    rules: tuple[Rule[Any], ...],
) -> ExitCode:
    """Run the tests of policies and report them in the order of the files.

    Args:
        paths: Directories of policies, and files of tests.
        mutation: Which mutants are tried.
        uncovered: Whether the text names the rules and limits that are not covered.
        form: `text` or `json`.
        min_rules: How many rules have to be covered in all.
        rules: Rules of installed plugins that the policies may name.

    Returns:
        `FINDINGS` where a test fails, a mutant survives, or fewer rules are covered.

    Raises:
        UsageError: Nothing is named.
        PolicyError: A file of tests, a policy or a draft is not valid.
    """
    if not paths:
        raise UsageError("nothing to test: give a directory of policies, or a file of tests")
    report = run(read_suites(paths, rules=rules), mutation=mutation, rules=rules)
    covered, of = _summed(suite.rules_covered for suite in report.suites)
    enough = covered >= min_rules
    if form == "json":
        sys.stdout.write(write_json({"format_version": FORMAT_VERSION, **report_document(report)}, indent=2) + "\n")
    else:
        _Text(Printer(sys.stdout), mutation=mutation, uncovered=uncovered).write(report)
    if not enough:
        Printer(sys.stderr).line(f"rules {covered}/{of}: fewer than {min_rules} are covered")
    return ExitCode.CLEAN if report.passed and not report.survivors and enough else ExitCode.FINDINGS


class _Text:
    """The report for people."""

    def __init__(self, printer: Printer, *, mutation: Mutation, uncovered: bool) -> None:
        self._printer = printer
        self._mutation = mutation
        self._uncovered = uncovered

    def write(self, report: Report) -> None:
        """Write the report: each suite, and the sums."""
        for suite in report.suites:
            self._write_suite(suite)
        self._printer.line(
            (
                self._counts(
                    "in all: ",
                    _summed((len(suite.judged) - len(suite.failed), len(suite.judged)) for suite in report.suites),
                    _summed(suite.rules_covered for suite in report.suites),
                    _summed(suite.limits_covered for suite in report.suites),
                    _summed(suite.killed for suite in report.suites),
                ),
                "bold",
            )
        )

    def _write_suite(self, report: SuiteReport) -> None:
        line, suite = self._printer.line, report.suite
        line((suite.source, "bold"), f": policy {suite.policy.id} of {suite.policy.source}")
        for judged in report.failed:
            line("  ", ("failed", _BAD), f" {judged.fixture.origin}: {judged.fixture.name}")
            for difference in judged.differences:
                line(f"    {difference}")
        for mutant in report.survivors:
            place = "" if mutant.origin is None else f" {mutant.origin}:"
            line("  ", ("survived", _OPEN), f"{place} {mutant.what}")
            line(f"    would be noticed by {mutant.killer}")
        for mutant in report.equivalent:
            line(f"  cannot be told: {mutant.what}: {mutant.equivalent}")
        if self._uncovered:
            self._write_uncovered(report)
        passed = (len(report.judged) - len(report.failed), len(report.judged))
        line(self._counts("  ", passed, report.rules_covered, report.limits_covered, report.killed))
        for operation, rules in report.rules.items():
            covered = sum(rule.covered for rule in rules)
            if covered:
                line(f"    {operation} {covered}/{len(rules)}")

    def _write_uncovered(self, report: SuiteReport) -> None:
        for operation, rules in report.rules.items():
            for rule in rules:
                if not rule.covered:
                    self._printer.line(f"  not covered: {operation}: {rule.rule} is {_lacking(rule)}")
        for limit in report.limits:
            if not limit.covered:
                self._printer.line(f"  not covered: {limit.limit}: no test notices {', '.join(limit.unnoticed)}")

    def _counts(
        self,
        start: str,
        tests: tuple[int, int],
        rules: tuple[int, int],
        limits: tuple[int, int],
        killed: tuple[int, int],
    ) -> str:
        parts = [f"tests {_of(tests)} passed", f"rules {_of(rules)} covered", f"limits {_of(limits)} covered"]
        if self._mutation is not Mutation.NONE:
            parts.append(f"mutants {_of(killed)} killed")
        return start + ", ".join(parts)


def _lacking(rule: RuleCoverage) -> str:
    sides = {"violated": rule.spoken, "clear": rule.clear}
    return f"never {' and never '.join(side for side, found in sides.items() if not found)}"


def _of(counts: tuple[int, int]) -> str:
    return f"{counts[0]}/{counts[1]}"


def _summed(counts: Iterable[tuple[int, int]]) -> tuple[int, int]:
    pairs = list(counts)
    return sum(found for found, _ in pairs), sum(of for _, of in pairs)

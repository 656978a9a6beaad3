"""`rules-engine policy test`: run the tests of policies, and report what they cover and what they would not notice."""

import sys
from collections.abc import Iterable, Sequence
from typing import Annotated

from cyclopts import Parameter

from rules_engine.analysis.coverage import Mutation, SuiteReport, report_document, run_suites
from rules_engine.analysis.suites import read_suites
from rules_engine.cli.command import ExitCode, Flag, Printer, TextOrJson, UsageError, print_document
from rules_engine.cli.plugins import installed_rules

_Counts = tuple[int, int]
"""How many, of how many."""


def run_tests(
    *paths: str,
    mutants: Flag = False,
    inherited: Flag = False,
    uncovered: Flag = False,
    min_rules: Annotated[int, Parameter(metavar="RULES")] = 0,
    form: TextOrJson = "text",
) -> ExitCode:
    """Run the tests of policies, and report what they cover.

    Example: rules-engine policy test policies --uncovered

    Args:
        paths: Directories of policies, whose tests are the *.toml in their folder tests; or files of tests.
        mutants: Also try whether the tests notice each change of what the policy states, by the least step.
        inherited: With --mutants, also try what the policy takes over from the file it extends.
        uncovered: Name the rules and limits that no test covers.
        min_rules: Fail where fewer rules are covered in all; a rule counts in each operation.
        form: How the report is written.
    """
    mutation: Mutation = "none" if not mutants else "all" if inherited else "stated"
    if inherited and not mutants:
        raise UsageError("--inherited goes with --mutants")
    if not paths:
        raise UsageError("nothing to test: give a directory of policies, or a file of tests")
    with installed_rules() as rules:
        reports = run_suites(read_suites(paths, rules=rules), mutation=mutation, rules=rules)
    if form == "json":
        print_document(report_document(reports))
    else:
        _print_text(Printer(), reports, mutation, uncovered=uncovered)
    covered, of = _summed(report.rules_covered for report in reports)
    if covered < min_rules:
        Printer(sys.stderr).line(f"rules {covered}/{of}: fewer than {min_rules} are covered")
    failed = covered < min_rules or any(report.failed or report.survivors for report in reports)
    return ExitCode.FINDINGS if failed else ExitCode.CLEAN


def _print_text(printer: Printer, reports: Sequence[SuiteReport], mutation: Mutation, *, uncovered: bool) -> None:
    for report in reports:
        _print_suite(printer, report, mutation, uncovered=uncovered)
    printer.line((f"in all: {_counts(reports, mutation)}", "bold"))


def _print_suite(printer: Printer, report: SuiteReport, mutation: Mutation, *, uncovered: bool) -> None:
    line, suite = printer.line, report.suite
    line((suite.source, "bold"), f": policy {suite.policy.id} of {suite.policy.source}")
    for result in report.failed:
        line("  ", ("failed", "bold red"), f" {result.test.origin}: {result.test.name}")
        for mismatch in result.mismatches:
            line(f"    {mismatch}")
    for mutant in report.survivors:
        place = "" if mutant.origin is None else f" {mutant.origin}:"
        line("  ", ("survived", "yellow"), f"{place} {mutant.what}")
        line(f"    would be noticed by {mutant.killer}")
    for mutant in report.equivalent:
        line(f"  cannot be noticed: {mutant.what}: {mutant.equivalent}")
    if uncovered:
        _print_uncovered(printer, report)
    line(f"  {_counts([report], mutation)}")
    for operation, rules in report.rules.items():
        covered = sum(rule.covered for rule in rules)
        if covered:
            line(f"    {operation} {covered}/{len(rules)}")


def _print_uncovered(printer: Printer, report: SuiteReport) -> None:
    for operation, rules in report.rules.items():
        for rule in rules:
            if not rule.covered:
                lacking = [side for side in ("violated", "clear") if not getattr(rule, side)]
                printer.line(f"  not covered: {operation}: {rule.rule} is never {' and never '.join(lacking)}")
    for limit in report.limits:
        if not limit.covered:
            printer.line(f"  not covered: {limit.limit}: no test notices {', '.join(limit.unnoticed)}")


def _counts(reports: Sequence[SuiteReport], mutation: Mutation) -> str:
    counts = {
        "tests {} passed": [report.passed for report in reports],
        "rules {} covered": [report.rules_covered for report in reports],
        "limits {} covered": [report.limits_covered for report in reports],
        "mutants {} killed": [report.killed for report in reports if mutation != "none"],
    }
    return ", ".join(words.format("/".join(map(str, _summed(pairs)))) for words, pairs in counts.items() if pairs)


def _summed(counts: Iterable[_Counts]) -> _Counts:
    pairs = list(counts)
    return sum(found for found, _ in pairs), sum(of for _, of in pairs)

"""A report on the tests of policies as plain values, for whoever writes it as JSON."""

from collections.abc import Iterable
from typing import Any

from rules_engine.policy.model import Origin
from rules_engine.policy_tests.coverage import RuleCoverage
from rules_engine.policy_tests.fixtures import Difference, Said
from rules_engine.policy_tests.judgement import Judged
from rules_engine.policy_tests.mutants import Mutant
from rules_engine.policy_tests.run import Report, SuiteReport


def report_document(report: Report) -> dict[str, Any]:
    """Turn a report into plain values: texts, booleans, whole numbers, lists and dictionaries, in a fixed order."""
    return {
        "passed": report.passed,
        "survivors": report.survivors,
        "suites": [_suite(suite) for suite in report.suites],
    }


def _suite(report: SuiteReport) -> dict[str, Any]:
    policy = report.suite.policy
    return {
        "source": report.suite.source,
        "policy": {"id": policy.id, "source": policy.source},
        "tests": {"passed": len(report.judged) - len(report.failed), "of": len(report.judged)},
        "failed": [_failed(judged) for judged in report.failed],
        "rules": {
            **_counted(report.rules_covered, "covered"),
            "operations": [_operation(operation, rules) for operation, rules in report.rules.items()],
        },
        "limits": {
            **_counted(report.limits_covered, "covered"),
            "uncovered": [
                {"limit": limit.limit, "unnoticed": list(limit.unnoticed)}
                for limit in report.limits
                if not limit.covered
            ],
        },
        "mutants": {
            **_counted(report.killed, "killed"),
            "survivors": [_mutant(mutant) for mutant in report.survivors],
            "equivalent": [{**_mutant(mutant), "reason": mutant.equivalent} for mutant in report.equivalent],
        },
    }


def _counted(counts: tuple[int, int], name: str) -> dict[str, int]:
    return {name: counts[0], "of": counts[1]}


def _failed(judged: Judged) -> dict[str, Any]:
    return {
        "name": judged.fixture.name,
        **_place(judged.fixture.origin),
        "differences": [_difference(difference) for difference in judged.differences],
    }


def _difference(difference: Difference) -> dict[str, Any]:
    return {
        "part": difference.part,
        "expected": _said(difference.expected),
        "found": _said(difference.found),
    }


def _said(said: Said) -> bool | list[str]:
    return said if isinstance(said, bool) else list(said)


def _operation(operation: str, rules: Iterable[RuleCoverage]) -> dict[str, Any]:
    covered = [rule.covered for rule in rules]
    return {
        "operation": operation,
        "covered": sum(covered),
        "of": len(covered),
        "uncovered": [
            {"rule": rule.rule, "spoken": rule.spoken, "clear": rule.clear} for rule in rules if not rule.covered
        ],
    }


def _mutant(mutant: Mutant) -> dict[str, Any]:
    return {
        "kind": mutant.kind.value,
        "what": mutant.what,
        **_place(mutant.origin),
        "killer": mutant.killer,
    }


def _place(origin: Origin | None) -> dict[str, Any]:
    if origin is None:
        return {"source": None, "line": None, "column": None}
    return {"source": origin.source, "line": origin.line, "column": origin.column}

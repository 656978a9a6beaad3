"""`rules-engine policy check`: what is wrong with policy files, and what is most likely not meant."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

from attrs import Factory, asdict, define
from attrs.filters import exclude
from cyclopts import Parameter

from rules_engine.analysis.findings import PolicyFinding
from rules_engine.analysis.lint import lint_policy, lint_versions
from rules_engine.cli.command import ExitCode, InstantText, Printer, UsageError, print_document
from rules_engine.cli.plugins import installed_rules
from rules_engine.cli.policy.arguments import instant_of, is_directory
from rules_engine.exceptions import PolicyError, PolicyProblem
from rules_engine.policy.load import load_policy
from rules_engine.policy.model import Policy
from rules_engine.policy.policy_set import PolicySet, Versions
from rules_engine.policy.problems import annotation, problem_document, workflow_command
from rules_engine.rules.row import Rule

_STYLES = {"warning": "bold red", "note": "yellow"}
_ANNOTATIONS = {"warning": "warning", "note": "notice"}


@define
class _Checked:
    """What is known of all paths.

    Attributes:
        policies: How many policies could be read.
        problems: Why others could not.
        findings: What was found in those that could.
    """

    policies: int = 0
    problems: list[PolicyProblem] = Factory(list)
    findings: list[PolicyFinding] = Factory(list)

    @property
    def counts(self) -> dict[str, int]:
        warnings = sum(finding.kind.level == "warning" for finding in self.findings)
        return {
            "policies": self.policies,
            "problems": len(self.problems),
            "warnings": warnings,
            "notes": len(self.findings) - warnings,
        }


def check(
    *paths: str,
    at: InstantText = None,
    form: Annotated[Literal["text", "json", "github"], Parameter(name="--format")] = "text",
) -> ExitCode:
    """Print what is wrong with policies, and what is most likely not meant.

    Example: rules-engine policy check policies

    Args:
        paths: Policy files, and directories of policies.
        at: The instant that counts as today, such as 2027-01-01T00:00:00Z; now, without one.
        form: How the findings are written.
    """
    if not paths:
        raise UsageError("a policy file or a directory of policies is missing")
    with installed_rules() as rules:
        checked = _check(paths, instant_of(at), rules)
    {"text": _print_text, "json": _print_json, "github": _print_github}[form](checked)
    if checked.problems:
        return ExitCode.UNUSABLE
    return ExitCode.FINDINGS if checked.counts["warnings"] else ExitCode.CLEAN


def _check(paths: Iterable[str], at: datetime, rules: tuple[Rule[Any], ...]) -> _Checked:
    checked = _Checked()
    findings: dict[PolicyFinding, None] = {}
    for policies, groups in _loaded(paths, rules, checked.problems):
        checked.policies += len(policies)
        for policy in policies:
            findings.update(dict.fromkeys(lint_policy(policy, at=at, rules=rules)))
        for versions in groups:
            findings.update(dict.fromkeys(lint_versions(versions, at=at)))
    checked.findings = sorted(findings, key=lambda it: (it.source or "", it.line or 0, it.column or 0))
    return checked


def _loaded(
    paths: Iterable[str], rules: tuple[Rule[Any], ...], problems: list[PolicyProblem]
) -> Iterator[tuple[Sequence[Policy], Sequence[Versions]]]:
    """Load directories, then files: the policies, and which of them are versions of one another."""
    lone: list[Policy] = []
    for path in dict.fromkeys(paths):
        try:
            if is_directory(path):
                policies = PolicySet.load(path, rules=rules)
                yield policies.policies, policies.versions
            else:
                lone.append(load_policy(path, rules=rules))
        except PolicyError as error:
            problems += error.problems
    by_merchant: dict[tuple[str, str], list[Policy]] = {}
    for policy in lone:
        whose = ("id", policy.id) if policy.merchant is None else ("merchant", policy.merchant)
        by_merchant.setdefault(whose, []).append(policy)
    yield lone, [Versions(policies) for policies in by_merchant.values()]


def _print_text(checked: _Checked) -> None:
    printer = Printer()
    for problem in checked.problems:
        printer.line(("invalid", "bold red"), f" {problem}")
    for finding in checked.findings:
        kind = finding.kind
        printer.line((finding.place, "bold"), " ", (kind.title, _STYLES[kind.level]), f" {finding.message}")
        printer.line((f"  {finding.fix}", "dim"))
    words = {"policies": "policy", "problems": "problem", "warnings": "warning", "notes": "note"}
    counts = (f"{count} {words[name] if count == 1 else name}" for name, count in checked.counts.items())
    printer.line((", ".join(counts), "bold"))


def _print_json(checked: _Checked) -> None:
    findings = [
        {"name": it.kind.title, "level": it.kind.level, **asdict(it, filter=exclude("kind", "expected", "suggestion"))}
        for it in checked.findings
    ]
    problems = [problem_document(problem) for problem in checked.problems]
    print_document({"problems": problems, "findings": findings, "summary": checked.counts})


def _print_github(checked: _Checked) -> None:
    commands = [annotation(problem) for problem in checked.problems]
    for finding in checked.findings:
        place = {"file": finding.source, "line": finding.line, "col": finding.column}
        message = f"{finding.message}. {finding.fix}"
        level = _ANNOTATIONS[finding.kind.level]
        commands.append(workflow_command(level, message, **place, title=finding.kind.title))
    sys.stdout.writelines(f"{command}\n" for command in commands)

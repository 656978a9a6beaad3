"""`rules-engine policy check`: what is wrong with policy files, and what is most likely not meant."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from attrs import Factory, define

from rules_engine.cli.exit_code import ExitCode, UsageError
from rules_engine.cli.policy.arguments import instant_of, is_directory
from rules_engine.cli.printing import FORMAT_VERSION, Printer
from rules_engine.exceptions import PolicyError, PolicyProblem
from rules_engine.lint import Finding, Level, lint_policy, lint_versions
from rules_engine.policy.load import load_policy
from rules_engine.policy.model import Policy
from rules_engine.policy.policy_set import PolicySet
from rules_engine.policy.problems import annotations, problem_document, workflow_command
from rules_engine.policy.versions import Versions
from rules_engine.printable import printable
from rules_engine.rules.declaration import Rule
from rules_engine.wire.json_text import write_json

_STYLES = {Level.WARNING: "bold red", Level.NOTE: "yellow"}
_ANNOTATIONS = {Level.WARNING: "warning", Level.NOTE: "notice"}


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
    findings: list[Finding] = Factory(list)

    @property
    def warnings(self) -> int:
        return sum(finding.kind.level is Level.WARNING for finding in self.findings)

    @property
    def exit_code(self) -> ExitCode:
        if self.problems:
            return ExitCode.UNUSABLE
        return ExitCode.FINDINGS if self.warnings else ExitCode.CLEAN


def check(paths: Sequence[str], *, at: str | None, form: str, rules: Iterable[Rule[Any]] = ()) -> ExitCode:
    """Print everything that is wrong with policy files, or found in them.

    Args:
        paths: Policy files, and directories that are loaded as sets of policies.
        at: The instant that counts as today; now, where none is given.
        form: `text`, `json` or `github`.
        rules: Rules of installed packages that the files may name.

    Raises:
        UsageError: No path is given, or the instant is none.
    """
    if not paths:
        raise UsageError("a policy file or a directory of policies is missing")
    checked = _check(paths, instant_of(at), tuple(rules))
    _FORMS[form](checked)
    return checked.exit_code


def _check(paths: Iterable[str], at: datetime, rules: tuple[Rule[Any], ...]) -> _Checked:
    checked = _Checked()
    findings: dict[Finding, None] = {}
    for policies, groups in _loaded(paths, rules, checked.problems):
        checked.policies += len(policies)
        for policy in policies:
            findings.update(dict.fromkeys(lint_policy(policy, at=at, rules=rules)))
        for versions in groups:
            findings.update(dict.fromkeys(lint_versions(versions, at=at)))
    checked.findings = sorted(findings, key=lambda finding: (finding.source, finding.line or 0, finding.column or 0))
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
    printer = Printer(sys.stdout)
    for problem in checked.problems:
        printer.line(("invalid", "bold red"), f" {problem}")
    for finding in checked.findings:
        kind = finding.kind
        printer.line((finding.place, "bold"), " ", (kind.name, _STYLES[kind.level]), f" {finding.message}")
        printer.line((f"  {finding.fix}", "dim"))
    printer.line((_summary(checked), "bold"))


def _summary(checked: _Checked) -> str:
    words = {"policies": "policy", "problems": "problem", "warnings": "warning", "notes": "note"}
    return ", ".join(f"{count} {words[name] if count == 1 else name}" for name, count in _counts(checked).items())


def _counts(checked: _Checked) -> dict[str, int]:
    return {
        "policies": checked.policies,
        "problems": len(checked.problems),
        "warnings": checked.warnings,
        "notes": len(checked.findings) - checked.warnings,
    }


def _print_json(checked: _Checked) -> None:
    document = {
        "format_version": FORMAT_VERSION,
        "problems": [problem_document(problem) for problem in checked.problems],
        "findings": [_finding_document(finding) for finding in checked.findings],
        "summary": _counts(checked),
    }
    sys.stdout.write(write_json(document, indent=2) + "\n")


def _finding_document(finding: Finding) -> dict[str, Any]:
    return {
        "name": finding.kind.name,
        "level": finding.kind.level.value,
        "message": finding.message,
        "fix": finding.fix,
        "source": finding.source,
        "line": finding.line,
        "column": finding.column,
        "path": list(finding.path),
    }


def _print_github(checked: _Checked) -> None:
    sys.stdout.write(annotations(checked.problems))
    for finding in checked.findings:
        place = {"file": finding.source, "line": finding.line, "col": finding.column}
        said = f"{finding.message}. {finding.fix}"
        command = workflow_command(_ANNOTATIONS[finding.kind.level], said, **place, title=finding.kind.name)
        sys.stdout.write(printable(command) + "\n")


_FORMS = {"text": _print_text, "json": _print_json, "github": _print_github}

"""`rules-engine plan`: what a policy asks of the drafts of an operation, and the function that asks it."""

import sys
from typing import Any

from rules_engine.api import Engine
from rules_engine.cli.exit_code import ExitCode, UsageError
from rules_engine.cli.installed import installed_rules, load_named_policy
from rules_engine.cli.printing import Printer
from rules_engine.cli.reports import FORMAT_VERSION
from rules_engine.engine.plan import Plan, PlannedRule
from rules_engine.nearest import did_you_mean
from rules_engine.operations import OPERATIONS
from rules_engine.policy.load import DEFAULT
from rules_engine.wire.dates import write_instant
from rules_engine.wire.json_text import write_json


def plan(operation: str | None, *, policy: str | None, source: bool, form: str) -> ExitCode:
    """Print the plan of an operation, or of all that a policy has.

    Args:
        operation: The operation; None for all.
        policy: A policy file; None for the default policy.
        source: Whether to print the generated function in place of the rules.
        form: `text` or `json`.

    Raises:
        UsageError: There is no such operation.
        PolicyError: Something is wrong with the file, or it has no pipeline for the operation.
    """
    if operation is not None and operation not in OPERATIONS:
        raise UsageError(f"unknown operation {operation}{did_you_mean(operation, OPERATIONS)}")
    with installed_rules() as rules:
        engine = Engine(load_named_policy(policy or DEFAULT, rules), installed=rules)
    chosen = list(engine.policy.pipelines) if operation is None else [operation]
    if form == "json":
        plans = [_document(engine, name, source=source) for name in chosen]
        document = {"format_version": FORMAT_VERSION, "policy": engine.policy.id, "plans": plans}
        sys.stdout.write(write_json(document, indent=2) + "\n")
    elif source:
        sys.stdout.write("\n\n".join(engine.source_of(name) for name in chosen))
    else:
        _print_text(Printer(sys.stdout), [engine.plan_of(name) for name in chosen])
    return ExitCode.CLEAN


def _print_text(printer: Printer, plans: list[Plan]) -> None:
    for number, planned in enumerate(plans):
        if number:
            printer.line()
        rows = [
            (item.rule.name, _mode(item), item.rule.scope.name, ", ".join(_blockers(item)) or "-")
            for item in planned.rules
        ]
        printer.table((planned.operation, "mode", "scope", "blocked by"), rows)


def _mode(item: PlannedRule) -> str:
    return (
        item.mode.value if item.enforce_from is None else f"{item.mode.value} from {write_instant(item.enforce_from)}"
    )


def _blockers(item: PlannedRule) -> list[str]:
    return [blocker.name for blocker in item.blockers]


def _document(engine: Engine, operation: str, *, source: bool) -> dict[str, Any]:
    document: dict[str, Any] = {"operation": operation}
    if source:
        return {**document, "source": engine.source_of(operation)}
    rules = [
        {
            "rule": item.rule.name,
            "mode": item.mode.value,
            "enforce_from": None if item.enforce_from is None else write_instant(item.enforce_from),
            "scope": item.rule.scope.name,
            "because_of": _blockers(item),
        }
        for item in engine.plan_of(operation).rules
    ]
    return {**document, "rules": rules}

"""`rules-engine plan`: what a policy asks of the drafts of an operation, and the function that asks it."""

import sys
from typing import Any

from rules_engine.cli.command import ExitCode, FilePath, Flag, Printer, TextOrJson, UsageError, print_document
from rules_engine.cli.plugins import installed_rules, load_named_policy
from rules_engine.compiled_policy import CompiledPolicy
from rules_engine.nearest import did_you_mean
from rules_engine.operations import OPERATIONS
from rules_engine.policy.builtin import DEFAULT
from rules_engine.wire.dates import write_instant


def plan(
    operation: str | None = None, /, *, policy: FilePath | None = None, source: Flag = False, form: TextOrJson = "text"
) -> ExitCode:
    """Print what a policy asks of an operation's drafts, rule by rule in their order.

    Example: rules-engine plan session.confirm --policy policies/strict.toml

    Args:
        operation: Such as session.create; without it, every operation of the policy.
        policy: A policy file, in TOML; without one, the default policy.
        source: Print the function that is generated of them, which finds what is wrong with a draft.
        form: The form of the plan.
    """
    if operation is not None and operation not in OPERATIONS:
        raise UsageError(f"unknown operation {operation}{did_you_mean(operation, OPERATIONS)}")
    with installed_rules() as rules:
        compiled = CompiledPolicy(load_named_policy(policy or DEFAULT, rules), installed=rules)
    chosen = list(compiled.policy.pipelines) if operation is None else [operation]
    if form == "json" and source:
        plans: list[dict[str, Any]] = [{"operation": name, "source": compiled.source_of(name)} for name in chosen]
        print_document({"policy": compiled.policy.id, "plans": plans})
    elif form == "json":
        plans = [{"operation": name, "rules": _rules(compiled, name)} for name in chosen]
        print_document({"policy": compiled.policy.id, "plans": plans})
    elif source:
        sys.stdout.write("\n\n".join(map(compiled.source_of, chosen)))
    else:
        _print_tables({name: _rules(compiled, name) for name in chosen})
    return ExitCode.CLEAN


def _rules(compiled: CompiledPolicy, operation: str) -> list[dict[str, Any]]:
    return [
        {
            "rule": item.rule.name,
            "mode": item.mode.value,
            "mode_before": item.mode_before.value,
            "enforce_from": None if item.enforce_from is None else write_instant(item.enforce_from),
            "scope": item.rule.scope.name,
            "because_of": [blocker.name for blocker in item.blockers],
        }
        for item in compiled.plan_of(operation).rules
    ]


def _print_tables(plans: dict[str, list[dict[str, Any]]]) -> None:
    printer = Printer()
    for number, (operation, rules) in enumerate(plans.items()):
        if number:
            printer.line()
        rows = [
            (
                rule["rule"],
                rule["mode"]
                if rule["enforce_from"] is None
                else f"{rule['mode']} from {rule['enforce_from']}, {rule['mode_before']} before",
                rule["scope"],
                ", ".join(rule["because_of"]) or "-",
            )
            for rule in rules
        ]
        printer.table((operation, "mode", "scope", "skipped because of"), rows)

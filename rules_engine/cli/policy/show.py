"""`rules-engine policy show`, `diff` and `schema`: what a policy states, and where; what another states differently."""

import sys
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

from attrs import asdict
from cyclopts import Parameter

from rules_engine.analysis.changes import changes
from rules_engine.cli.command import (
    DirectoryPath,
    ExitCode,
    FilePath,
    InstantText,
    MerchantId,
    Printer,
    TextOrJson,
    UsageError,
    print_document,
)
from rules_engine.cli.plugins import installed_rules, load_named_policy
from rules_engine.cli.policy.arguments import instant_of, is_directory
from rules_engine.policy.load import load_policy
from rules_engine.policy.policy_set import PolicySet
from rules_engine.policy.schema import policy_schema
from rules_engine.policy.write import effective_document, write_policy
from rules_engine.wire.json_text import write_json

_NOWHERE = "no file"
_EFFECTS = {
    "stricter": ("stricter", "red"),
    "looser": ("looser", "green"),
    "other": ("different", "yellow"),
    "none": ("refuses the same", "dim"),
}
"""Each in words, and its style."""


def show(
    path: DirectoryPath = "policies",
    /,
    *,
    merchant: MerchantId = None,
    at: InstantText = None,
    form: Annotated[Literal["text", "toml", "json"], Parameter(name="--format")] = "text",
) -> ExitCode:
    """Print the policy that applies to a merchant, each value with the file and line it comes from.

    Example: rules-engine policy show policies --for mer_live_DanaDigital

    Args:
        path: A directory of policies, or one policy file.
        merchant: The id of the account; needed for a directory.
        at: The instant, such as 2027-01-01T00:00:00Z; now, without one.
        form: How the policy is written.
    """
    instant = instant_of(at)
    with installed_rules() as rules:
        if not is_directory(path):
            policy = load_policy(path, rules=rules)
        elif merchant is None:
            raise UsageError(f"--for is missing: {path} is a directory, whose policies are for merchants")
        else:
            policy = PolicySet.load(path, rules=rules).for_merchant(merchant, at=instant)
    if form == "toml":
        sys.stdout.write(write_policy(policy))
    elif form == "json":
        print_document({"policy": effective_document(policy, instant)})
    else:
        _print_text(Printer(), effective_document(policy, instant))
    return ExitCode.CLEAN


def diff(first: FilePath, second: FilePath, /, *, form: TextOrJson = "text") -> ExitCode:
    """Print what one policy states differently from another; the exit code is 1 where they differ.

    Example: rules-engine policy diff default policies/strict.toml

    Args:
        first: A policy file, or default for the policy of the library.
        second: The one it is compared with.
        form: How the changes are written.
    """
    with installed_rules() as rules:
        before, after = (load_named_policy(path, rules) for path in (first, second))
    found = changes(before, after)
    if form == "json":
        listed = [{**asdict(change), "effect": change.effect} for change in found]
        print_document({"first": before.id, "second": after.id, "changes": listed})
    else:
        printer = Printer()
        printer.line((f"{before.id} to {after.id}", "bold"))
        for change in found:
            printer.line(f"  {change.sentence} (", _EFFECTS[change.effect], ")")
        if not found:
            printer.line("  nothing differs")
    return ExitCode.FINDINGS if found else ExitCode.CLEAN


def schema() -> ExitCode:
    """Print a JSON Schema of policy files, for editors.

    Example: rules-engine policy schema
    """
    with installed_rules() as rules:
        sys.stdout.write(write_json(policy_schema(rules), indent=2) + "\n")
    return ExitCode.CLEAN


def _print_text(printer: Printer, policy: Mapping[str, Any]) -> None:
    printer.line((policy["id"], "bold"), f" at {policy['at']}")
    applies = "" if policy["effective"] else " (does not apply at this instant)"
    printer.line(f"  file {policy['source'] or _NOWHERE}{applies}")
    for key in ("merchant", "effective_from", "effective_until"):
        stated = policy[key]
        if stated["value"] is not None:
            printer.line(f"  {key} {stated['value']}", (f"  {_place(stated['origin'])}", "dim"))
    for operation, rules in policy["pipelines"].items():
        printer.line()
        _print_pipeline(printer, operation, rules)
    printer.line()
    printer.table(("limit", "value", "unit", "bounds", "written at"), map(_limit_row, policy["limits"].items()))
    for waiver in policy["waivers"]:
        printer.line()
        _print_waiver(printer, waiver)


def _print_pipeline(printer: Printer, operation: str, rules: Iterable[Mapping[str, Any]]) -> None:
    rows = [
        (
            rule["rule"],
            rule["mode"],
            rule["enforce_from"] or "-",
            _place(rule["origin"]),
            "-" if rule["mode_origin"] is None else _place(rule["mode_origin"]),
        )
        for rule in rules
    ]
    printer.table((operation, "mode", "enforce_from", "written at", "mode written at"), rows)


def _limit_row(named: tuple[str, Mapping[str, Any]]) -> tuple[str, ...]:
    name, limit = named
    value = f"[{', '.join(limit['value'])}]" if limit["members"] else str(limit["value"])
    bounds = "any of the default" if limit["members"] else f"{limit['minimum']} to {limit['maximum']}"
    return name, value, limit["unit"], bounds, _place(limit["origin"])


def _print_waiver(printer: Printer, waiver: Mapping[str, Any]) -> None:
    match = waiver["match"]
    metadata = match["metadata"]
    stated = [f"{key} {match[key]}" for key in ("merchant", "operation") if match[key] is not None]
    if metadata is not None:
        stated.append(f"metadata {metadata['key']}" + ("" if metadata["value"] is None else f" = {metadata['value']}"))
    until = f"expired at {waiver['expires']}" if waiver["expired"] else f"until {waiver['expires']}"
    printer.line(("waiver ", "bold"), (waiver["id"], "bold"), (f"  {_place(waiver['origin'])}", "dim"))
    printer.line(f"  {waiver['code']} in {', '.join(stated)}, {until}")
    printer.line(f"  {waiver['reason']}")


def _place(origin: Mapping[str, Any] | None) -> str:
    return _NOWHERE if origin is None else f"{origin['source']}:{origin['line']}:{origin['column']}"

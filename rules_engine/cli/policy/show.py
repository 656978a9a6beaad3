"""`rules-engine policy show`: the policy of a merchant at an instant, each value with the place it comes from."""

import sys
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from rules_engine.cli.exit_code import ExitCode, UsageError
from rules_engine.cli.policy.arguments import instant_of, is_directory
from rules_engine.cli.printing import FORMAT_VERSION, Printer
from rules_engine.policy.effective import effective_document
from rules_engine.policy.load import load_policy
from rules_engine.policy.model import Policy
from rules_engine.policy.policy_set import PolicySet
from rules_engine.policy.write import write_policy
from rules_engine.rules.declaration import Rule
from rules_engine.wire.json_text import write_json

_NOWHERE = "no file"


def show(path: str, *, merchant: str | None, at: str | None, form: str, rules: Iterable[Rule[Any]] = ()) -> ExitCode:
    """Print what applies.

    Args:
        path: A directory of policies, or a policy file.
        merchant: The id of the account; needed for a directory.
        at: The instant; now, where none is given.
        form: `text`, `toml` or `json`.
        rules: Rules of installed packages that the files may name.

    Raises:
        UsageError: The merchant of a directory is not given, or the instant is none.
        PolicyError: Something is wrong with a file, or no policy applies.
    """
    instant = instant_of(at)
    policy = _policy(path, merchant, instant, tuple(rules))
    if form == "toml":
        sys.stdout.write(write_policy(policy))
    elif form == "json":
        document = {"format_version": FORMAT_VERSION, "policy": effective_document(policy, instant)}
        sys.stdout.write(write_json(document, indent=2) + "\n")
    else:
        _print_text(Printer(sys.stdout), effective_document(policy, instant))
    return ExitCode.CLEAN


def _policy(path: str, merchant: str | None, at: datetime, rules: tuple[Rule[Any], ...]) -> Policy:
    if not is_directory(path):
        return load_policy(path, rules=rules)
    if merchant is None:
        raise UsageError(f"--for is missing: {path} is a directory, whose policies are for merchants")
    return PolicySet.load(path, rules=rules).for_merchant(merchant, at=at)


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

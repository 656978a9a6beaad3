"""`rules-engine plugins`: the plugins that are installed, and why some are refused."""

import sys
from typing import Any

from rules_engine.cli.exit_code import ExitCode
from rules_engine.cli.printing import Printer
from rules_engine.cli.reports import FORMAT_VERSION
from rules_engine.plugins import Plugins, load_plugins
from rules_engine.rules.declaration import Rule
from rules_engine.wire.json_text import write_json


def plugins(*, form: str) -> ExitCode:
    """Print every plugin of the installed packages, with its rules or with what is wrong with it.

    Args:
        form: `text` or `json`.
    """
    found = load_plugins()
    if form == "json":
        sys.stdout.write(write_json(_document(found), indent=2) + "\n")
    else:
        _print_text(Printer(sys.stdout), found)
    return ExitCode.FINDINGS if found.refused else ExitCode.CLEAN


def _print_text(printer: Printer, found: Plugins) -> None:
    for plugin in found.accepted:
        printer.line((plugin.name, "bold"), f" of {plugin.package}")
        for rule in plugin.rules:
            printer.line(f"  {rule.name}  {rule.code.name}  {rule.sentence}")
            for limit in rule.limits:
                printer.line(f"    {limit.name} = {limit.default} {limit.unit}  {limit.sentence}")
    for refused in found.refused:
        printer.line((refused.name, "bold"), f" of {refused.package}  ", ("refused", "bold red"))
        for problem in refused.problems:
            printer.line(f"  {problem}")
    if not found.accepted and not found.refused:
        printer.line("no plugin is installed")


def _document(found: Plugins) -> dict[str, Any]:
    return {
        "format_version": FORMAT_VERSION,
        "accepted": [
            {"name": plugin.name, "package": plugin.package, "rules": [_rule_document(rule) for rule in plugin.rules]}
            for plugin in found.accepted
        ],
        "refused": [
            {"name": refused.name, "package": refused.package, "problems": list(refused.problems)}
            for refused in found.refused
        ],
    }


def _rule_document(rule: Rule[Any]) -> dict[str, Any]:
    return {
        "name": rule.name,
        "code": rule.code.name,
        "sentence": rule.sentence,
        "limits": [limit.name for limit in rule.limits],
    }

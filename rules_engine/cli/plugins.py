"""`rules-engine plugins`: the installed plugins, and why some are refused; and policies that may name their rules."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rules_engine.cli.command import ExitCode, Printer, TextOrJson, print_document
from rules_engine.exceptions import PolicyError
from rules_engine.plugins import Plugins, load_plugins
from rules_engine.policy.builtin import DEFAULT, default_policy
from rules_engine.policy.load import load_policy
from rules_engine.policy.model import Policy
from rules_engine.rules.row import Rule


def plugins(*, form: TextOrJson = "text") -> ExitCode:
    """Print the plugins that are installed, their rules, and why some are refused.

    Example: rules-engine plugins --format json

    Args:
        form: The form of the list.
    """
    found = load_plugins()
    if form == "json":
        _print_document(found)
    else:
        _print_text(found)
    return ExitCode.FINDINGS if found.refused else ExitCode.CLEAN


def _print_text(found: Plugins) -> None:
    printer = Printer()
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


def _print_document(found: Plugins) -> None:
    accepted = [
        {
            "name": plugin.name,
            "package": plugin.package,
            "rules": [
                {
                    "name": rule.name,
                    "code": rule.code.name,
                    "sentence": rule.sentence,
                    "limits": [limit.name for limit in rule.limits],
                }
                for rule in plugin.rules
            ],
        }
        for plugin in found.accepted
    ]
    refused = [
        {"name": plugin.name, "package": plugin.package, "problems": list(plugin.problems)} for plugin in found.refused
    ]
    print_document({"accepted": accepted, "refused": refused})


@contextmanager
def installed_rules() -> Iterator[tuple[Rule[Any], ...]]:
    """Load the rules of the installed plugins, for policies that may name them.

    Raises:
        PolicyError: What was raised meanwhile; beside each unknown name, the refused plugins that may bring it.
    """
    plugins = load_plugins()
    try:
        yield plugins.rules
    except PolicyError as error:
        raise plugins.explained(error) from error


def load_named_policy(path: str, rules: tuple[Rule[Any], ...]) -> Policy:
    """Load a policy file, or the built-in policy by its name.

    Args:
        path: The file, or `default`.
        rules: Rules of installed plugins that the file may name.

    Raises:
        PolicyError: Something is wrong with the file.
    """
    return default_policy() if path == DEFAULT else load_policy(path, rules=rules)

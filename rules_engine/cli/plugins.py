"""`rules-engine plugins`: the plugins that are installed, and why some are refused."""

from rules_engine.cli.exit_code import ExitCode
from rules_engine.cli.printing import Printer, TextOrJson, print_document
from rules_engine.plugins import Plugins, load_plugins


def plugins(*, form: TextOrJson = "text") -> ExitCode:
    """Print the plugins that are installed, their rules, and why some are refused.

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

"""`rules-engine policy diff`: what two policies say differently."""

import sys
from collections.abc import Iterable
from typing import Any

from rules_engine.cli.exit_code import ExitCode
from rules_engine.cli.printing import FORMAT_VERSION, Printer
from rules_engine.comparison.changes import Change, Effect, changes
from rules_engine.policy.load import DEFAULT, default_policy, load_policy
from rules_engine.policy.model import Policy
from rules_engine.rules.declaration import Rule
from rules_engine.wire.json_text import write_json

_STYLES = {Effect.STRICTER: "red", Effect.LOOSER: "green", Effect.OTHER: "yellow", Effect.NONE: "dim"}
_WORDS = {
    Effect.STRICTER: "stricter",
    Effect.LOOSER: "looser",
    Effect.OTHER: "different",
    Effect.NONE: "refuses the same",
}


def diff(first: str, second: str, *, form: str, rules: Iterable[Rule[Any]] = ()) -> ExitCode:
    """Print what changes from one policy to another.

    Args:
        first: A policy file, or `default` for the policy of the library.
        second: The one it is held against.
        form: `text` or `json`.
        rules: Rules of installed packages that the files may name.

    Raises:
        PolicyError: Something is wrong with a file.
    """
    extra = tuple(rules)
    before, after = (_policy(path, extra) for path in (first, second))
    found = changes(before, after)
    if form == "json":
        document = {
            "format_version": FORMAT_VERSION,
            "first": before.id,
            "second": after.id,
            "changes": [_document(change) for change in found],
        }
        sys.stdout.write(write_json(document, indent=2) + "\n")
    else:
        _print_text(Printer(sys.stdout), before, after, found)
    return ExitCode.FINDINGS if found else ExitCode.CLEAN


def _policy(path: str, rules: tuple[Rule[Any], ...]) -> Policy:
    return default_policy() if path == DEFAULT else load_policy(path, rules=rules)


def _print_text(printer: Printer, before: Policy, after: Policy, found: tuple[Change, ...]) -> None:
    printer.line((f"{before.id} to {after.id}", "bold"))
    for change in found:
        printer.line(f"  {change.sentence} (", (_WORDS[change.effect], _STYLES[change.effect]), ")")
    if not found:
        printer.line("  nothing differs")


def _document(change: Change) -> dict[str, Any]:
    return {
        "path": list(change.path),
        "sentence": change.sentence,
        "from": list(change.before) if isinstance(change.before, tuple) else change.before,
        "to": list(change.after) if isinstance(change.after, tuple) else change.after,
        "effect": change.effect.value,
    }

"""`rules-engine codes`: the table of the codes, and the manual page of one."""

import sys
from collections.abc import Sequence
from typing import Any

from rules_engine.cli.exit_code import ExitCode, UsageError
from rules_engine.cli.printing import Printer
from rules_engine.cli.reports import FORMAT_VERSION
from rules_engine.codes import CATALOGUE, Origin
from rules_engine.manual import CodeEntry, Fields, RuleEntry, bounds_of, code_entries, value_of
from rules_engine.nearest import did_you_mean
from rules_engine.operations import OPERATIONS
from rules_engine.views.context import Limit
from rules_engine.wire.json_text import write_json

_NOUNS = len({name.partition(".")[0] for name in OPERATIONS})


def codes(names: Sequence[str], *, form: str) -> ExitCode:
    """Print the table of all codes, or the pages of some.

    Args:
        names: The codes; none for the table.
        form: `text`, or `json`, which has whole pages in either case.

    Raises:
        UsageError: A name is no code of the catalogue.
    """
    check_names(names)
    entries = code_entries()
    chosen = [entries[name] for name in names or entries]
    if form == "json":
        document = {"format_version": FORMAT_VERSION, "codes": [_entry_document(entry) for entry in chosen]}
        sys.stdout.write(write_json(document, indent=2) + "\n")
    elif names:
        _print_pages(Printer(sys.stdout), chosen)
    else:
        _print_table(Printer(sys.stdout), chosen)
    return ExitCode.CLEAN


def check_names(names: Sequence[str]) -> None:
    """Refuse names that are no code of the catalogue.

    Raises:
        UsageError: It names each of them, and the nearest code.
    """
    unknown = [f"unknown code {name}{did_you_mean(name.lower(), CATALOGUE)}" for name in names if name not in CATALOGUE]
    if unknown:
        raise UsageError("\n".join(unknown))


def _print_table(printer: Printer, entries: Sequence[CodeEntry]) -> None:
    printer.table(
        ("code", "type", "status", "section", "reported for"),
        [
            (
                entry.code.name,
                entry.code.type,
                str(entry.code.http_status),
                entry.code.section,
                "anything" if len(entry.nouns) == _NOUNS else ", ".join(entry.nouns),
            )
            for entry in entries
        ],
    )


def _print_pages(printer: Printer, entries: Sequence[CodeEntry]) -> None:
    for position, entry in enumerate(entries):
        if position:
            printer.line()
        printer.line((entry.code.name, "bold"))
        printer.line(f"  {entry.code.sentence}")
        _print_fields(printer, "  ", entry.fields)
        for rule in entry.rules:
            printer.line()
            printer.line("  rule ", (rule.rule.name, "bold"))
            for line in rule.rule.description.split("\n"):
                printer.line(f"    {line}" if line else "")
            limits = [
                f"{limit.name} = {value_of(limit, limit.default)} {limit.unit} by default ({bounds_of(limit)})"
                for limit in rule.rule.limits
            ]
            _print_fields(printer, "    ", {**rule.fields, "limits": limits})


def _print_fields(printer: Printer, indent: str, fields: Fields) -> None:
    printer.line()
    for name, values in fields.items():
        printer.line(f"{indent}{name:<12}{', '.join(values) or 'none'}")


def _entry_document(entry: CodeEntry) -> dict[str, Any]:
    code = entry.code
    return {
        "name": code.name,
        "section": code.section,
        "type": code.type,
        "http_status": code.http_status,
        "sentence": code.sentence,
        "doc_url": code.doc_url,
        "origins": [origin.value for origin in Origin if origin in code.origins],
        "operations": list(entry.operations),
        "rules": [_rule_document(rule) for rule in entry.rules],
    }


def _rule_document(entry: RuleEntry) -> dict[str, Any]:
    rule = entry.rule
    return {
        "name": rule.name,
        "sentence": rule.sentence,
        "description": rule.description,
        "operations": list(entry.operations),
        "params": list(entry.params),
        "needs": list(dict.fromkeys(need.name for need in rule.needs)),
        "limits": [_limit_document(limit) for limit in rule.limits],
    }


def _limit_document(limit: Limit[Any]) -> dict[str, Any]:
    return {
        "name": limit.name,
        "sentence": limit.sentence,
        "unit": limit.unit,
        "default": sorted(limit.default) if limit.members else limit.default,
        "minimum": limit.minimum,
        "maximum": limit.maximum,
        "members": sorted(limit.members),
    }

"""`rules-engine codes`: the table of the codes, the manual page of one, and drafts that report one."""

import sys
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from cyclopts import Parameter

from rules_engine.cli.command import ExitCode, Flag, Printer, UsageError, print_document
from rules_engine.codes import CATALOGUE, Origin
from rules_engine.manual import CodeEntry, PageFields, RuleEntry, bounds_of, code_entries, value_of
from rules_engine.nearest import did_you_mean
from rules_engine.operations import OPERATIONS
from rules_engine.views.context import Limit
from rules_engine.wire.json_text import write_json

_NOUNS = len({name.partition(".")[0] for name in OPERATIONS})


def codes(
    *names: str,
    form: Annotated[Literal["text", "json"] | None, Parameter(name="--format")] = None,
    witness: Flag = False,
    witness_all: Flag = False,
) -> ExitCode:
    """Print the table of all codes, or the manual page of each code that is named; or drafts that report them.

    Example: rules-engine codes price_expired

    Args:
        names: Codes, such as price_expired.
        form: The form of the pages; without it, text. The JSON form has whole pages in either case.
        witness: Print the smallest draft that reports the code, and nothing else, as JSON.
        witness_all: Print one such draft a line for every code, each of them judged again before.
    """
    if witness or witness_all:
        return _witnesses(names, form=form, every=witness_all)
    _check_names(names)
    chosen = [code_entries()[name] for name in names or CATALOGUE]
    if form == "json":
        print_document({"codes": [_entry_document(entry) for entry in chosen]})
    elif names:
        _print_pages(chosen)
    else:
        _print_table(chosen)
    return ExitCode.CLEAN


def _check_names(names: Sequence[str]) -> None:
    unknown = [f"unknown code {name}{did_you_mean(name.lower(), CATALOGUE)}" for name in names if name not in CATALOGUE]
    if unknown:
        raise UsageError("\n".join(unknown))


def _print_table(entries: Sequence[CodeEntry]) -> None:
    Printer().table(
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


def _print_pages(entries: Sequence[CodeEntry]) -> None:
    printer = Printer()
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
            _print_fields(printer, "    ", {**rule.fields, **({"limits": limits} if limits else {})})


def _print_fields(printer: Printer, indent: str, fields: PageFields) -> None:
    printer.line()
    for name, values in fields.items():
        printer.line(f"{indent}{name:<12}{', '.join(values)}")


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
    return {
        "name": entry.rule.name,
        "sentence": entry.rule.sentence,
        "description": entry.rule.description,
        "operations": list(entry.operations),
        "left_out": dict(entry.rule.except_in),
        "params": list(entry.params),
        "message": entry.rule.message,
        "evidence": {"public": list(entry.rule.public), "private": list(entry.rule.private)},
        "needs": list(entry.fields.get("needs", ())),
        "limits": [_limit_document(limit) for limit in entry.rule.limits],
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


def _witnesses(names: Sequence[str], *, form: str | None, every: bool) -> ExitCode:
    """Print the witness of one code, indented; or the witnesses of all codes, one a line, in the catalogue's order.

    Raises:
        UsageError: The arguments do not go together, or the code is unknown or has no witness.
    """
    if form is not None:
        raise UsageError(f"--format is for pages; {'--witness-all' if every else '--witness'} writes JSON")
    if every and names:
        raise UsageError("--witness-all prints every code's witness; name one code with --witness instead")
    if not every and len(names) != 1:
        raise UsageError("--witness takes one code; --witness-all prints every code's witness")
    _check_names(names)
    for code in names or CATALOGUE:
        sys.stdout.write(write_json(_witness(code), indent=2 if names else None) + "\n")
    return ExitCode.CLEAN


def _witness(code: str) -> dict[str, Any]:
    """Find the witness of a code, and judge it once more, as the text it is printed as."""
    from rules_engine import testing  # noqa: PLC0415  # the kit takes time to load, and pages need none of it

    try:
        document = testing.witness(code)
    except LookupError as error:
        raise UsageError(f"{code} has no witness: {error}") from error
    reported = testing.judge(write_json(document)).codes
    if reported != (code,):
        raise UsageError(f"the witness of {code} reports {', '.join(reported) or 'nothing'}")
    return document

"""`rules-engine policy compare`: for each code, what one policy refuses and another does not."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from rules_engine.analysis.axes import PolicyAxis
from rules_engine.analysis.compare import CodeComparison, compare_policies, operations_of
from rules_engine.cli.command import (
    DirectoryPath,
    ExitCode,
    FilePath,
    Flag,
    Printer,
    TextOrJson,
    UsageError,
    print_document,
)
from rules_engine.cli.plugins import installed_rules, load_named_policy
from rules_engine.extras import install_command
from rules_engine.nearest import did_you_mean
from rules_engine.wire.json_text import write_json

_SIDES = ("first", "second")


def compare(
    first: FilePath,
    second: FilePath,
    /,
    *,
    operations: Annotated[
        tuple[str, ...],
        Parameter(consume_multiple=True, negative=(), show_default=False, metavar="OPERATION"),
    ] = (),
    budget: Annotated[int, Parameter(metavar="DRAFTS")] = 200,
    cells: Flag = False,
    examples: DirectoryPath | None = None,
    form: TextOrJson = "text",
) -> ExitCode:
    """Print, for each code, what the second policy refuses and the first does not, or the other way round.

    Example: rules-engine policy compare default policies/strict.toml --operations session.create

    Args:
        first: A policy file, or default for the policy of the library.
        second: The one it is compared with.
        operations: The operations to compare in; all, where none are named.
        budget: How many drafts are searched in an operation where nothing is proven.
        cells: Show what was compared, cell by cell.
        examples: A directory; a draft is written there for each difference, for check --policy.
        form: How the differences are written.
    """
    if budget < 0:
        raise UsageError("--budget must be 0 or more drafts")
    with installed_rules() as rules:
        one, other = (load_named_policy(path, rules) for path in (first, second))
        known = operations_of(one, other)
        unknown = [name for name in operations if name not in known]
        if unknown:
            raise UsageError("\n".join(f"neither policy has {name}{did_you_mean(name, known)}" for name in unknown))
        rows = compare_policies(
            one, other, rules=rules, operations=operations or known, search=_searched, budget=budget
        )
    if examples is not None:
        _write_examples(Path(examples), rows)
    if form == "json":
        print_document({"first": one.id, "second": other.id, "rows": [_row_document(row) for row in rows]})
    else:
        _print_text(Printer(), f"{other.id} against {one.id}", rows, cells=cells)
    return ExitCode.FINDINGS if any(row.relation != "same" for row in rows) else ExitCode.CLEAN


def _searched(operation: str, number: int) -> Iterable[Mapping[str, Any]]:
    if number == 0:
        return ()
    try:
        from rules_engine.testing.search import generated  # noqa: PLC0415  # only a search needs the extra
    except ModuleNotFoundError as error:
        hint = f"{install_command('testing')}, or --budget 0"
        raise UsageError(f"drafts are searched with {error.name}, which is not installed: {hint}") from error
    return generated(operation, number)


def _examples(row: CodeComparison) -> Iterable[tuple[str, str, Mapping[str, Any]]]:
    """List the drafts that show a difference: which policy refuses each, what it is called, and the document."""
    for side, document in zip(_SIDES, (row.only_first, row.only_second), strict=True):
        if document is not None:
            name = f"{row.operation}-{row.code}-{side}"
            yield side, name, {**document, "id": name}


def _write_examples(directory: Path, rows: Iterable[CodeComparison]) -> None:
    directory.mkdir(parents=True, exist_ok=True)
    for row in rows:
        for _, name, document in _examples(row):
            (directory / f"{name}.json").write_text(write_json(document, indent=2) + "\n", encoding="utf-8")


def _print_text(printer: Printer, title: str, rows: Sequence[CodeComparison], *, cells: bool) -> None:
    printer.line((title, "bold"))
    by_code: dict[str, list[CodeComparison]] = {}
    for row in rows:
        by_code.setdefault(row.code, []).append(row)
    different = {row.code for row in rows if row.relation != "same"}
    for code, found in by_code.items():
        if code in different:
            _print_code(printer, code, found, cells=cells)
    searched = [row for row in rows if row.code not in different and not row.proven]
    doubt = f", {len({row.code for row in searched})} of them as far as was searched:" if searched else ", proven."
    printer.line()
    codes = len(by_code) - len(different)
    printer.line(f"{len(different)} codes differ; {codes} are refused for the same drafts", doubt)
    for row in searched:
        printer.line(f"  {row.operation}  {row.code}  same ({_certainty(row)})")
        _print_cells(printer, row.axes if cells else ())
    printer.line("From when to when a policy applies is not compared: both are taken to apply at every instant.")


def _certainty(row: CodeComparison) -> str:
    return "proven" if row.proven else f"searched, {row.judged} drafts"


def _print_code(printer: Printer, code: str, rows: Iterable[CodeComparison], *, cells: bool) -> None:
    shown = [row for row in rows if row.relation != "same" or not row.proven]
    relations = {row.relation for row in shown if row.relation != "same"}
    whole = relations.pop() if len(relations) == 1 else "other"
    printer.line()
    printer.line((code, "bold"), f"  {whole}")
    for row in shown:
        printer.line(f"  {row.operation}  {row.relation} ({_certainty(row)})")
        for side, name, _ in _examples(row):
            printer.line(f"    refused by the {side} only: {name}.json")
        _print_cells(printer, row.axes if cells else ())


def _print_cells(printer: Printer, axes: Iterable[PolicyAxis]) -> None:
    for axis in axes:
        printer.line(f"    {axis.kind} {axis.name}" + (f" {axis.limit}" if axis.limit else ""))
        for cell in axis.cells:
            state = "judged" if cell.drafts else cell.reason or "no draft found"
            printer.line(f"      {cell.what or 'all'}: {state}")


def _row_document(row: CodeComparison) -> dict[str, Any]:
    return {
        "operation": row.operation,
        "code": row.code,
        "relation": row.relation,
        "proven": row.proven,
        "judged": row.judged,
        "examples": [
            {"refused_by": side, "name": name, "document": document} for side, name, document in _examples(row)
        ],
        "axes": [
            {
                "kind": axis.kind,
                "name": axis.name,
                "limit": axis.limit,
                "cells": [
                    {"what": cell.what, "judged": bool(cell.drafts), "reason": cell.reason or None}
                    for cell in axis.cells
                ],
            }
            for axis in row.axes
        ],
    }

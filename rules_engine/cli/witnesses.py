"""`rules-engine codes --witness` and `--witness-all`: for each code, the smallest draft that hears it."""

import sys
from collections.abc import Sequence
from typing import Any

from rules_engine.cli.codes import check_names
from rules_engine.cli.exit_code import ExitCode, UsageError
from rules_engine.codes import CATALOGUE
from rules_engine.wire.json_text import write_json


def witnesses(names: Sequence[str], *, form: str | None, every: bool) -> ExitCode:
    """Print the witness of one code, indented; or the witnesses of all codes, one a line, in the catalogue's order.

    Args:
        names: The code; none for all.
        form: What was given as a format; witnesses have none to choose.
        every: Whether all were asked for.

    Raises:
        UsageError: The arguments do not go together, the code is none, or nobody says it.
    """
    flag = "--witness-all" if every else "--witness"
    if form is not None:
        raise UsageError(f"--format is for pages; {flag} writes JSON")
    if every:
        if names:
            raise UsageError("--witness-all prints every code's witness; name one code with --witness instead")
        return _print_all()
    if len(names) != 1:
        raise UsageError("--witness takes one code; --witness-all prints every code's witness")
    check_names(names)
    return _print_one(names[0])


def _print_one(code: str) -> ExitCode:
    sys.stdout.write(write_json(_witness(code), indent=2) + "\n")
    return ExitCode.CLEAN


def _print_all() -> ExitCode:
    for code in CATALOGUE:
        sys.stdout.write(write_json(_witness(code)) + "\n")
    return ExitCode.CLEAN


def _witness(code: str) -> dict[str, Any]:
    """Find the witness of a code, and judge it once more, as the text it is printed as."""
    from rules_engine import testing  # noqa: PLC0415  # the kit takes time to load, and pages need none of it

    try:
        document = testing.witness(code)
    except LookupError as error:
        raise UsageError(f"{code} has no witness: {error}") from error
    codes = testing.judge(write_json(document)).codes
    if codes != (code,):
        raise UsageError(f"the witness of {code} hears {', '.join(codes) or 'nothing'}")
    return document

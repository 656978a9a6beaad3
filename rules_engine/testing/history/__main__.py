"""The command that writes a history to try policies on: `python -m rules_engine.testing.history`."""

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from rules_engine.record_files import HistoryWriter
from rules_engine.testing.history import DAYS, MILLION, START, history

_FAILED: Final = 2
_STANDARD_OUTPUT: Final = "-"
_LEVEL: Final = 9
_OUT: Final = "ends in .jsonl, .jsonl.gz, .jsonl.zst or .parquet; - is standard output"


def main(arguments: Sequence[str] | None = None) -> int:
    """Make a history, and write it to a file.

    Args:
        arguments: The arguments of the command line; those of the process where none are given.

    Returns:
        The exit status: 0, or 2 where something is wrong, which is reported on standard error.
    """
    options = _parser().parse_args(arguments)
    try:
        records = history(
            options.drafts, options.seed, start=options.start, days=options.days, unreadable=options.unreadable
        )
        _write(records, options.out)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader closed the pipe, as `head` does; nothing may be written at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (ValueError, ImportError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)  # noqa: T201  # a command prints
        return _FAILED
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m rules_engine.testing.history",
        description="Write a history to try policies on: the made-up log of some shops. "
        "The same options give the same drafts on any machine.",
    )
    parser.add_argument("--drafts", type=int, required=True, metavar="N", help="how many drafts")
    parser.add_argument("--seed", type=int, required=True, metavar="S", help="any whole number")
    parser.add_argument("--out", required=True, metavar="FILE", help=_OUT)
    parser.add_argument("--start", type=_day, default=START, metavar="DATE", help=f"the first day (default: {START})")
    parser.add_argument("--days", type=int, default=DAYS, metavar="N", help=f"the period (default: {DAYS} days)")
    parser.add_argument(
        "--unreadable",
        type=_share,
        default=0,
        metavar="SHARE",
        help="add broken records after this share of the drafts, 0 to 1 (default: 0)",
    )
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"expected a date such as {START}, got {text}") from None


def _share(text: str) -> int:
    """Read a share as millionths."""
    try:
        share = Decimal(text)
    except InvalidOperation:
        share = Decimal(-1)
    if not (share.is_finite() and 0 <= share <= 1):
        raise argparse.ArgumentTypeError(f"expected a number from 0 to 1, got {text}")
    return int(share * MILLION)


def _write(records: Iterable[bytes], out: str) -> None:
    """Put records into a file, whose suffix decides how, one after another, as they are made."""
    if out == _STANDARD_OUTPUT:
        for record in records:
            sys.stdout.buffer.write(record + b"\n")
        return
    with HistoryWriter(out, level=_LEVEL) as writer:
        for record in records:
            writer.write(record)


if __name__ == "__main__":
    raise SystemExit(main())

"""Write a history to try policies on: `python -m rules_engine.testing.history`."""

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import partial
from pathlib import Path
from typing import Final

from rules_engine.extras import load_pyarrow
from rules_engine.record_files import Write, gzip_lines, line_writer, parquet_rows, plain_lines, zstd_lines
from rules_engine.testing.history.log import DAYS, MILLION, START, history

_FAILED: Final = 2
_STANDARD_OUTPUT: Final = "-"
_LEVEL: Final = 9


def main(arguments: Sequence[str] | None = None) -> int:
    """Write a history.

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
        # Whoever read has read enough, as `head` does; nothing may be written at exit either.
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
    parser.add_argument("--drafts", type=_count, required=True, metavar="N", help="how many drafts")
    parser.add_argument("--seed", type=int, required=True, metavar="S", help="any whole number")
    parser.add_argument("--out", required=True, metavar="FILE", help=f"ends in {_SUFFIXES}; - is standard output")
    parser.add_argument("--start", type=_day, default=START, metavar="DATE", help=f"the first day (default: {START})")
    parser.add_argument("--days", type=_count, default=DAYS, metavar="N", help=f"the period (default: {DAYS} days)")
    parser.add_argument(
        "--unreadable",
        type=_share,
        default=0,
        metavar="SHARE",
        help="add broken records after this share of the drafts, 0 to 1 (default: 0)",
    )
    return parser


def _count(text: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise argparse.ArgumentTypeError(f"expected a whole number of at least 0, got {text}")
    return int(text)


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
    """Write records to a file, whose suffix decides how, one after another, as they are made."""
    if out == _STANDARD_OUTPUT:
        _write_all(records, line_writer(sys.stdout.buffer))
        return
    suffix = next((suffix for suffix in _FORMS if out.endswith(suffix)), None)
    if suffix is None:
        raise ValueError(f"{out}: expected a file that ends in {_SUFFIXES}")
    with _FORMS[suffix](out) as write_one:
        _write_all(records, write_one)


def _write_all(records: Iterable[bytes], write_one: Write) -> None:
    for record in records:
        write_one(record)


@contextmanager
def _parquet(out: str) -> Iterator[Write]:
    arrow = load_pyarrow()
    schema = arrow.schema({"document": arrow.string()})
    # Opened here, so that a file that cannot be is reported in the same words as those of the other forms.
    with (
        Path(out).open("wb") as file,
        parquet_rows(file, schema, lambda record: {"document": record.decode()}, write_page_checksum=True) as write_one,
    ):
        yield write_one


_FORMS: Final[Mapping[str, Callable[[str], AbstractContextManager[Write]]]] = {
    ".jsonl": plain_lines,
    ".jsonl.gz": partial(gzip_lines, level=_LEVEL),
    ".jsonl.zst": partial(zstd_lines, level=_LEVEL),
    ".parquet": _parquet,
}
"""What each suffix means."""
_SUFFIXES: Final = ", ".join(_FORMS)


if __name__ == "__main__":
    raise SystemExit(main())

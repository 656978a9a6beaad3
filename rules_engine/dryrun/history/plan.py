"""Plan how a history is read: which parts of which files, in which order; and read a part."""

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from typing import Final

from attrs import asdict, evolve, frozen

from rules_engine.dryrun.history.files import FileForm, Problem, Record, Split, find_files, form_of, reason
from rules_engine.dryrun.history.lines import compressed_lines, one_document, plain_lines
from rules_engine.dryrun.history.parquet import ParquetError, parquet_records, parquet_splits
from rules_engine.extras import MissingExtraError, load_extra

SPLIT_BYTES: Final = 1 << 23
"""How many bytes a part of a file has at least, where the file has as many."""
_CHUNK = 1 << 20
_READERS: Final = {
    "lines": plain_lines,
    "gzip": compressed_lines,
    "zstd": compressed_lines,
    "document": one_document,
    "parquet": parquet_records,
}


@frozen
class File:
    """A file of a history, as it was when the plan was made.

    Attributes:
        path: The path, as it was given or found.
        size: How long it is, in bytes.
        modified: When it was last changed, in nanoseconds.
    """

    path: str
    size: int
    modified: int


@frozen
class HistoryPlan:
    """How a history is read.

    Attributes:
        splits: The parts, in the order of the history.
        files: The files, in the same order.
        problems: What was given and is no history.
    """

    splits: tuple[Split, ...]
    files: tuple[File, ...] = ()
    problems: tuple[Problem, ...] = ()

    def fingerprint(self) -> str:
        """Return a digest of the parts and of the states of their files: what was done for a part holds meanwhile."""
        parts = [[asdict(part) for part in every] for every in (self.files, self.splits, self.problems)]
        return hashlib.sha256(json.dumps(parts).encode("utf-8", "surrogatepass")).hexdigest()


def read_split(split: Split) -> Iterator[Record]:
    """Read the records of one part of a history, in their order, without holding more than a few of them.

    Args:
        split: The part; its file is opened here. What cannot be read gives records with a problem, never an error.
    """
    return _READERS[split.form](split)


def plan(paths: Sequence[str], *, split_bytes: int = SPLIT_BYTES, leave_out: str | None = None) -> HistoryPlan:
    """Plan how a history is read.

    Plain JSON Lines are read through once, to count their lines; of Parquet, the footer is read.

    Args:
        paths: Files, directories and patterns. A file that is named more than once is read once, where it is first
            named.
        split_bytes: How many bytes a part of a file has at least, where the file has as many.
        leave_out: A directory whose files are passed over: what the run itself writes.
    """
    splits: list[Split] = []
    files: list[File] = []
    problems: list[Problem] = []
    for found in find_files(paths, leave_out=leave_out):
        if isinstance(found, Problem):
            problems.append(found)
            continue
        try:
            state = os.stat(found)  # noqa: PTH116  # a path is shown as it was given; pathlib would tidy it
            parts = list(_parts(found, state.st_size, split_bytes))
        except OSError as error:
            problems.append(Problem(found, reason(error)))
        except (MissingExtraError, ParquetError) as error:
            problems.append(Problem(found, str(error)))
        else:
            files.append(File(found, state.st_size, state.st_mtime_ns))
            splits += parts
    numbered = (evolve(split, number=number) for number, split in enumerate(splits))
    return HistoryPlan(tuple(numbered), tuple(files), tuple(problems))


def _parts(path: str, size: int, split_bytes: int) -> Iterator[Split]:
    form = form_of(path)
    if form == "lines":
        return _line_splits(path, size, split_bytes)
    if form == "parquet":
        return parquet_splits(path, split_bytes)
    return _whole(path, size, form or "document")


def _whole(path: str, size: int, form: FileForm) -> Iterator[Split]:
    with open(path, "rb"):  # noqa: PTH123  # as above
        if form == "zstd":
            load_extra("zstandard", "zstd")
    yield Split(0, path, form, size=size)


def _line_splits(path: str, size: int, split_bytes: int) -> Iterator[Split]:
    """Cut after the first line that fills a part."""
    start, first, lines, position = 0, 1, 0, 0
    with open(path, "rb", 0) as stream:  # noqa: PTH123  # as above
        while chunk := stream.read(min(_CHUNK, size - position)):
            counted = 0
            while (at := chunk.find(b"\n", max(counted, start + split_bytes - 1 - position))) >= 0:
                lines += chunk.count(b"\n", counted, at + 1)
                counted, end = at + 1, position + at + 1
                yield Split(0, path, "lines", start, end, first, end - start)
                start, first, lines = end, first + lines, 0
            lines += chunk.count(b"\n", counted)
            position += len(chunk)
    if start < position:
        yield Split(0, path, "lines", start, position, first, position - start)

"""What a history is made of: its files, the parts that they are cut into, and the records that stand in them."""

import glob
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, Literal

from attrs import frozen

from rules_engine import record_files

STANDARD_INPUT: Final = "<stdin>"
"""What standard input is called, in arguments and in reports."""

FileForm = Literal["lines", "gzip", "zstd", "parquet", "document"]
"""How a file holds drafts: JSON Lines, plain or compressed; rows of Parquet; one document that is the whole file."""
FORMS: Final[Mapping[str, FileForm]] = {
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".jsonl.gz": "gzip",
    ".ndjson.gz": "gzip",
    ".jsonl.zst": "zstd",
    ".ndjson.zst": "zstd",
    ".parquet": "parquet",
    ".json": "document",
}
"""How a file of each suffix holds drafts."""
EXPECTED: Final = f"expected {', '.join(FORMS)}"


@frozen
class Record:
    """One record: a document, or why there is none.

    Attributes:
        place: Where it stands: `drafts.jsonl:17`, `drafts.parquet: row group 2, row 5`, or the file alone where the
            file is one document. Lines, row groups and rows count from 1. Unique within a plan, and the same whatever
            the splits are.
        document: The JSON text of a draft document, unread; or plain values, of nested columns; None where it cannot
            be read.
        problem: Why it cannot be read; None where it can.
        position: The place within its file, for sorting: line and 0, or row group and row.
        cuts_off: Whether others are lost with it, and it is unknown how many: the rest of its file, or of what was
            given.
    """

    place: str
    document: bytes | Mapping[str, Any] | None
    problem: str | None = None
    position: tuple[int, int] = (0, 0)
    cuts_off: bool = False


def text_problem(text: bytes, size: int) -> str | None:
    """Return why bytes cannot be the JSON text of a draft, without reading them as JSON; None where they can.

    Args:
        text: The bytes; of those that are too many, one more than is admitted is enough.
        size: How many there are.
    """
    longest = record_files.LONGEST_RECORD
    if len(text) > longest:
        # Roughly how many there are, so that many such problems can be counted as one.
        power = 1 << size.bit_length() - 1
        return f"longer than {longest} bytes: {power} to {2 * power}"
    if not text.isascii():
        try:
            # As the reader of JSON does, which leaves it to the wire what half of a pair of surrogates means.
            text.decode("utf-8", "surrogatepass")
        except UnicodeDecodeError as error:
            return f"not JSON: not utf-8 text at byte {error.start}"
    return None


@frozen
class Split:
    """A part of a history, which one worker opens and reads by itself.

    Attributes:
        number: Its place in the plan, from 0.
        file: The path of the file, as it was given or found.
        form: How the file holds drafts.
        start: Of lines, the byte at which the first line of the part starts; of Parquet, the first row group, from 0;
            0 where the part is the whole file.
        end: The byte, or the row group, before which the part ends; 0 where the part is the whole file.
        first_line: The number of its first line, from 1.
        size: How many bytes of the file it covers; of Parquet, about how many.
    """

    number: int
    file: str
    form: FileForm
    start: int = 0
    end: int = 0
    first_line: int = 1
    size: int = 0


@frozen
class Problem:
    """Something that was given and is no history.

    Attributes:
        place: The path, as it was given or found.
        problem: What is wrong with it.
    """

    place: str
    problem: str


def form_of(path: str) -> FileForm | None:
    """Return how a file holds drafts, by its name; None where the name does not say."""
    name = path.lower()
    return next((form for suffix, form in FORMS.items() if name.endswith(suffix)), None)


def reason(error: OSError) -> str:
    """Return why a file cannot be read."""
    return f"cannot be read: {error.strerror}"


def find_files(paths: Iterable[str], *, leave_out: str | None = None) -> Iterator[str | Problem]:
    """Yield the files of a history, each once and where it is first named, with what is wrong among them.

    Args:
        paths: Files, directories and patterns, in which `**` stands for any directories.
        leave_out: A directory whose files are passed over.
    """
    seen = set[str]()
    below = None if leave_out is None else os.path.join(os.path.realpath(leave_out), "")  # noqa: PTH118  # ends in the separator
    for path in paths:
        for found in _found(path):
            if isinstance(found, Problem):
                yield found
            elif (real := os.path.realpath(found)) not in seen and (below is None or not real.startswith(below)):
                seen.add(real)
                yield found


def _found(path: str) -> Iterator[str | Problem]:
    if os.path.isdir(path):  # noqa: PTH112  # a path is shown as it was given; pathlib would tidy it
        yield from _directory(path)
    elif os.path.lexists(path) or not glob.has_magic(path):
        yield _file(path)
    else:
        yield from _matches(path)


def _file(path: str) -> str | Problem:
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116  # as above
    except OSError as error:
        return Problem(path, reason(error))
    except ValueError:
        return Problem(path, "cannot be read: not a path")
    if not stat.S_ISREG(mode):
        return Problem(path, "not a regular file: standard input is read in its place")
    return path if form_of(path) else Problem(path, f"unknown suffix: {EXPECTED}")


def _directory(directory: str) -> Iterator[str | Problem]:
    files, problems = files_below(directory, form_of)
    for problem in problems:
        yield Problem(str(problem.filename), reason(problem))
    if not files and not problems:
        yield Problem(directory, f"no history below: {EXPECTED}")
    yield from map(_file, files)


def _matches(pattern: str) -> Iterator[str | Problem]:
    matches = glob.glob(pattern, recursive=True)  # noqa: PTH207  # as above
    directories = [path for path in matches if os.path.isdir(path)]  # noqa: PTH112  # as above
    within = {file for directory in directories for file in files_below(directory, form_of)[0]}
    within.update(path for path in matches if path not in directories and form_of(path))
    if not within:
        yield Problem(pattern, f"no history matches: {EXPECTED}")
    yield from map(_file, _by_parts(within))


def files_below(directory: str, wanted: Callable[[str], object]) -> tuple[list[str], list[OSError]]:
    """Return the files below a directory, in the order of their paths, and the directories that cannot be read.

    Args:
        directory: The directory; links to further ones are not followed.
        wanted: Returns for the name of a file whether it is meant.
    """
    problems: list[OSError] = []
    files = [
        os.path.join(folder, name)  # noqa: PTH118  # as above
        for folder, _, names in os.walk(directory, onerror=problems.append)
        for name in names
        if wanted(name)
    ]
    return _by_parts(files), problems


def _by_parts(paths: Iterable[str]) -> list[str]:
    """Order paths by their parts, so that what stands in one directory stays together."""
    return sorted(paths, key=lambda path: Path(path).parts)

"""Files, directories and patterns: which files a history is made of."""

import glob
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from attrs import frozen

from rules_engine.dryrun.history.split import Form

FORMS: dict[str, Form] = {
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
EXPECTED = f"expected {', '.join(FORMS)}"


@frozen
class Problem:
    """Something that was given and is no history.

    Attributes:
        place: The path, as it was given or found.
        problem: What is wrong with it.
    """

    place: str
    problem: str


def form_of(path: str) -> Form | None:
    """Tell by its name how a file holds drafts; None where the name does not say."""
    name = path.lower()
    return next((form for suffix, form in FORMS.items() if name.endswith(suffix)), None)


def reason(error: OSError) -> str:
    """Say why a file cannot be read."""
    return f"cannot be read: {error.strerror}"


def find_files(paths: Iterable[str], *, leave_out: str | None = None) -> Iterator[str | Problem]:
    """Find the files of a history, each once and where it is first named, with what is wrong among them.

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
    matches = by_parts(glob.glob(pattern, recursive=True))  # noqa: PTH207  # as above
    directories = [path for path in matches if os.path.isdir(path)]  # noqa: PTH112  # as above
    within = [file for directory in directories for file in files_below(directory, form_of)[0]]
    files = [path for path in matches if path not in directories and form_of(path)]
    if not files and not within:
        yield Problem(pattern, f"no history matches: {EXPECTED}")
    yield from map(_file, by_parts({*files, *within}))


def files_below(directory: str, wanted: Callable[[str], object]) -> tuple[list[str], list[OSError]]:
    """Find the files below a directory, in the order of their paths, and the directories that cannot be read.

    Args:
        directory: The directory; links to further ones are not followed.
        wanted: Tells by its name whether a file is meant.
    """
    problems: list[OSError] = []
    files = [
        os.path.join(folder, name)  # noqa: PTH118  # as above
        for folder, _, names in os.walk(directory, onerror=problems.append)
        for name in names
        if wanted(name)
    ]
    return by_parts(files), problems


def by_parts(paths: Iterable[str]) -> list[str]:
    """Order paths by their parts, so that what stands in one directory stays together."""
    return sorted(paths, key=lambda path: Path(path).parts)

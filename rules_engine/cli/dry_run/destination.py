"""Where a report is written to: whatever would destroy something, or cannot be written, is told before the replay."""

import os
import re
from collections.abc import Iterable
from pathlib import Path

from rules_engine.cli.documents import same_file
from rules_engine.cli.exit_code import UsageError

_RUN = "run"
_OF_A_RUN = re.compile(r"run|[0-9]{8}\.json|(?:run|[0-9]{8})\.[0-9]+\.tmp")
"""What the directory of the finished parts of a run holds."""


def parts_directory(output: str) -> Path:
    """Name the directory where the finished parts of a run are kept."""
    return Path(f"{output}.parts")


def takes_parts(output: str | None) -> bool:
    """Tell whether finished parts can be kept beside the report: not beside a pipe or a device."""
    return output is not None and (not os.path.lexists(output) or Path(output).is_file())


def refuse_unwritable(output: str) -> None:
    """Refuse what no report can be written to, and a directory that would be emptied though no run has made it.

    Args:
        output: The file, as it was given.

    Raises:
        UsageError: It is no name of a file, or the directory of its parts holds something else.
    """
    path = Path(output)
    if not output or path.is_dir():
        raise UsageError(
            f"--output: expected the name of a file, got {f'the directory {output}' if output else 'none'}"
        )
    if not path.parent.is_dir():
        raise UsageError(f"--output: there is no directory {path.parent}")
    parts = parts_directory(output)
    if os.path.lexists(parts) and not _is_of_a_run(parts):
        raise UsageError(
            f"--output: {parts} is needed for the parts of the run, and holds something else: "
            "give the report another name"
        )


def _is_of_a_run(directory: Path) -> bool:
    if not directory.is_dir() or directory.is_symlink():
        return False
    names = {path.name for path in directory.iterdir()}
    return all(map(_OF_A_RUN.fullmatch, names)) and (_RUN in names or not any(name.endswith(".json") for name in names))


def refuse_overwriting(output: str, read: Iterable[str | None]) -> None:
    """Refuse to write a report over what it is made from.

    Args:
        output: The file, as it was given.
        read: The files that are read, and directories of policies.

    Raises:
        UsageError: It is one of them.
    """
    for path in read:
        if path is not None and (same_file(path, output) or _is_policy_of(path, output)):
            raise UsageError(f"the report would overwrite {output}, which is read")


def _is_policy_of(path: str, output: str) -> bool:
    # Of a set, every file is lawful or the set is not: whatever lies in it by this name is read.
    below = Path(output).resolve()
    return below.suffix == ".toml" and below.is_file() and below.is_relative_to(Path(path).resolve())

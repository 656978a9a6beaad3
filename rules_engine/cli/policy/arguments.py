"""What the commands on policies share: their arguments, and how they print JSON."""

import os
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from cyclopts import Parameter

from rules_engine.cli.exit_code import UsageError
from rules_engine.cli.printing import FORMAT_VERSION
from rules_engine.wire.dates import read_instant
from rules_engine.wire.json_text import write_json

Form = Annotated[Literal["text", "json"], Parameter(name="--format")]


def instant_of(text: str | None) -> datetime:
    """Read an instant; where none is given, it is now.

    Raises:
        UsageError: The text is no instant with an offset.
    """
    if text is None:
        return datetime.now(UTC)
    try:
        return read_instant(text)
    except ValueError as error:
        raise UsageError(f"--at {text}: {error}; such as 2027-01-01T00:00:00Z") from error


def is_directory(path: str) -> bool:
    """Return whether a path leads to a directory; one that leads nowhere does not."""
    return os.path.isdir(path)  # noqa: PTH112  # pathlib raises where a name is too long or a folder closed


def print_json(document: Mapping[str, Any]) -> None:
    """Print a report as JSON, with the version of its form."""
    sys.stdout.write(write_json({"format_version": FORMAT_VERSION, **document}, indent=2) + "\n")

"""What the commands on policies make of their arguments: the instant that counts as today, and directories."""

import os
from datetime import UTC, datetime

from rules_engine.cli.command import UsageError
from rules_engine.wire.dates import read_instant


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

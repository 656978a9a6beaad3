"""The instant that a command on policies counts as today."""

from datetime import UTC, datetime

from rules_engine.cli.exit_code import UsageError
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

"""Texts and instants: RFC 3339 with an offset, as the API writes them."""

import re
from datetime import UTC, datetime

from dateutil.parser import isoparse

_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,12})?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)", re.ASCII)


def read_instant(text: str) -> datetime:
    """Read an instant, in UTC; digits beyond the microsecond are cut off.

    Raises:
        ValueError: The text is not an RFC 3339 instant with an offset, or not on the calendar.
    """
    if not _RFC_3339.fullmatch(text):
        raise ValueError(f"not an RFC 3339 instant with an offset: {text[:40]!r}")
    # The standard library refuses the lower-case letters that RFC 3339 admits.
    instant = datetime.fromisoformat(text) if text.isupper() else isoparse(text)
    try:
        return instant.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(f"outside the calendar: {text[:40]!r}") from error


def write_instant(instant: datetime) -> str:
    """Write an instant in UTC, with `Z`."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")

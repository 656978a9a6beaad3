"""Texts and instants: RFC 3339 with an offset, as the API writes them."""

import re
from datetime import UTC, datetime

_CLOCK = r"([01]\d|2[0-3]):[0-5]\d"  # some readers take 24:00, and RFC 3339 does not
_RFC_3339 = re.compile(rf"\d{{4}}-\d\d-\d\d[Tt]{_CLOCK}:[0-5]\d(\.\d{{1,12}})?([Zz]|[+-]{_CLOCK})", re.ASCII)


def read_instant(text: str) -> datetime:
    """Read an instant, in UTC; digits beyond the microsecond are cut off.

    Raises:
        ValueError: The text is not an RFC 3339 instant with an offset, or not on the calendar.
    """
    if not _RFC_3339.fullmatch(text):
        raise ValueError("not an RFC 3339 instant with an offset")
    instant = datetime.fromisoformat(text.upper())  # the standard library refuses the small letters of RFC 3339
    if instant.tzinfo is UTC:
        return instant
    try:
        return instant.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("outside the calendar") from error


def write_instant(instant: datetime) -> str:
    """Render an instant in UTC, with `Z`.

    Raises:
        ValueError: The instant has no offset: what it means would depend on the machine.
    """
    if instant.tzinfo is None:
        raise ValueError("an instant without an offset")
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")

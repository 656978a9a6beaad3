"""Texts and instants: RFC 3339 with an offset, as the API writes them."""

import re
from datetime import UTC, datetime

from rules_engine.models.instants import with_digits

_CLOCK = r"(?:[01]\d|2[0-3]):[0-5]\d"  # some readers take 24:00, and RFC 3339 does not
_RFC_3339 = re.compile(
    rf"\d{{4}}-\d\d-\d\d[Tt]{_CLOCK}:[0-5]\d(?:\.\d{{1,6}}(\d{{0,24}}))?(?:[Zz]|[+-]{_CLOCK})", re.ASCII
)


def read_instant(text: str) -> datetime:
    """Read an instant, in UTC, with all its digits: beyond the microsecond, it is a `FineInstant`.

    Raises:
        ValueError: The text is not an RFC 3339 instant with an offset and at most 30 digits of a second, or not on the
            calendar.
    """
    match = _RFC_3339.fullmatch(text)
    if match is None:
        raise ValueError("not an RFC 3339 instant with an offset")
    instant = datetime.fromisoformat(text.upper())  # the standard library refuses the small letters of RFC 3339
    if instant.tzinfo is not UTC:
        try:
            instant = instant.astimezone(UTC)
        except OverflowError as error:
            raise ValueError("outside the calendar") from error
    digits = (match[1] or "").rstrip("0")
    return with_digits(instant, digits) if digits else instant


def write_instant(instant: datetime) -> str:
    """Render an instant in UTC, with `Z`.

    Raises:
        ValueError: The instant has no offset: what it means would depend on the machine.
    """
    if instant.tzinfo is None:
        raise ValueError("an instant without an offset")
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")

"""Values of every documented format, as widely as the wire reads them, and instants."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any, Final, get_args

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from rules_engine.models.formats import Format, PaymentMethodType
from rules_engine.wire.json_text import LONGEST_NUMBER

LARGEST_INTEGER: Final = 10**LONGEST_NUMBER - 1
"""The largest integer that the reader of JSON takes; its opposite is the smallest."""

TEXTS: Final = st.text()
INTEGERS: Final = st.integers(-LARGEST_INTEGER, LARGEST_INTEGER)


def _decimal(digits: int, adjusted: int, *, negative: bool) -> Decimal:
    written = tuple(map(int, str(digits)))
    return Decimal((int(negative), written, adjusted - len(written) + 1))


DECIMALS: Final = st.one_of(
    st.decimals("-1000000", "1000000", places=2),
    st.builds(
        _decimal,
        st.integers(0, LARGEST_INTEGER),
        st.integers(1 - LONGEST_NUMBER, LONGEST_NUMBER - 1),
        negative=st.booleans(),
    ),
)
"""Every finite number that the reader of JSON takes, fractions first."""

JSON_VALUES: Final = st.recursive(
    st.none() | st.booleans() | INTEGERS | DECIMALS | TEXTS,
    lambda values: st.lists(values, max_size=3) | st.dictionaries(TEXTS, values, max_size=3),
    max_leaves=8,
)
"""Any JSON value, with Decimals for numbers that are not integers."""
JSON_OBJECTS: Final = st.dictionaries(TEXTS, JSON_VALUES, max_size=4)


# What the wire reads as a URL: with or without a user, port, query or fragment.
_NEVER: Final = r"\x00-\x20\x7f<>\"\\^`|"
_USER: Final = rf"([^/?#@\[\]{_NEVER}]*@)?"
_HOST: Final = rf"([^/?#:@\[\]{_NEVER}]+|\[[0-9A-Fa-f:.]+\])"
_PORT: Final = r"(:(6553[0-5]|[1-5]?[0-9]{0,4}))?"
_PATH: Final = rf"/[^?#{_NEVER}]*"
_END: Final = rf"([?#][^{_NEVER}]*)?"
_REST: Final = rf"://{_USER}{_HOST}{_PORT}({_PATH})?{_END}"
_URL: Final = rf"(https|http|HTTPS|hTtP){_REST}"
_HTTPS_URL: Final = rf"(https|HTTPS|hTtPs){_REST}"

FORMATS: Final[Mapping[Format, SearchStrategy[Any]]] = {
    Format.URL: st.from_regex(_URL, fullmatch=True),
    Format.HTTPS_URL: st.from_regex(_HTTPS_URL, fullmatch=True),
    Format.EMAIL: st.from_regex(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+", fullmatch=True),
    Format.HEX_COLOR: st.from_regex(r"#([0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})", fullmatch=True),
    Format.LABEL: st.text(min_size=1),
    Format.METHOD_TYPE: st.sampled_from((*get_args(PaymentMethodType), "mada", "knet")),
    Format.NOT_BLANK: st.text(min_size=1).filter(str.strip),
    Format.NON_NEGATIVE: st.integers(0, 10**12),
    Format.SHA256: st.from_regex(r"[0-9a-fA-F]{64}", fullmatch=True),
    Format.NUMBER: INTEGERS | DECIMALS,
    Format.DECIMAL_TEXT: DECIMALS,
    Format.RATE: DECIMALS.map(Decimal.copy_abs).filter(bool),
    Format.METADATA: JSON_OBJECTS | st.lists(JSON_VALUES, max_size=4),
    Format.JSON_OBJECT: JSON_OBJECTS,
}
"""The values of each format."""


_DAY: Final = timedelta(days=1) - timedelta(microseconds=1)
_ZONES: Final = st.one_of(
    st.just(UTC),
    st.sampled_from((timedelta(hours=2), timedelta(hours=-5), timedelta(hours=5, minutes=45))).map(timezone),
    st.timedeltas(-_DAY, _DAY).map(timezone),
)


def _on_the_calendar(instant: datetime) -> bool:
    try:
        instant.astimezone(UTC)
    except OverflowError:
        return False
    return True


def instants() -> SearchStrategy[datetime]:
    """Generate aware instants of the whole calendar, with any fixed offset and either fold.

    The zones of the tz database are left out: in an hour that summer time repeats, Python holds an instant unequal to
    every other one (PEP 495), itself in UTC among them. Pass `st.datetimes(timezones=st.timezones())` where that is
    what you test.
    """
    naive = st.datetimes() | st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1))  # noqa: DTZ001  # the zone is added below
    return st.builds(
        lambda clock, zone, fold: clock.replace(tzinfo=zone, fold=fold), naive, _ZONES, st.sampled_from((0, 1))
    ).filter(_on_the_calendar)

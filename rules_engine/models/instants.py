"""Instants that are finer than a microsecond, which is where `datetime` ends."""

import operator
from collections.abc import Callable
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any, Final

_MICROSECOND: Final = timedelta(microseconds=1)


class FineInstant(datetime):
    """An instant with digits beyond the microsecond: it is compared, hashed, written and pickled with all of them.

    A difference of two instants is a `timedelta` and has microseconds; `microseconds_between` is exact.
    """

    digits: str = ""
    """The digits beyond the microsecond, without zeros at the end."""

    def __reduce_ex__(self, _: Any) -> Any:
        """Pickle it with its digits."""
        return with_digits, (_plain(self), self.digits)

    def __add__(self, delta: timedelta) -> "FineInstant":
        """Return the instant so much later."""
        return with_digits(_plain(self) + delta, self.digits)

    __radd__ = __add__

    def isoformat(self, sep: str = "T", timespec: str = "auto") -> str:
        """Render it with all its digits."""
        text = _plain(self).isoformat(sep, "microseconds" if self.digits else timespec)
        end = len("2026-11-22T10:00:00.000000") if self.digits else len(text)
        return text[:end] + self.digits + text[end:]

    def __repr__(self) -> str:
        """Show all its digits."""
        return f"FineInstant({self.isoformat()!r})"

    __hash__ = datetime.__hash__


def _compared(compare: Callable[[Any, Any], Any]) -> Callable[[FineInstant, object], Any]:
    def compared(self: FineInstant, other: object) -> Any:
        if not isinstance(other, datetime):
            return NotImplemented
        return compare((_plain(self), self.digits), (_plain(other), digits_of(other)))

    return compared


for _name in ("lt", "le", "eq", "ne", "ge", "gt"):
    setattr(FineInstant, f"__{_name}__", _compared(getattr(operator, _name)))


def with_digits(instant: datetime, digits: str) -> FineInstant:
    """Return an instant with digits beyond its microsecond."""
    fine = FineInstant.combine(instant.date(), instant.timetz())
    fine.digits = digits.rstrip("0")
    return fine


def digits_of(instant: datetime) -> str:
    """Return the digits of an instant beyond its microsecond, which compare as texts do; "" for nearly all."""
    return instant.digits if isinstance(instant, FineInstant) else ""


def microseconds_between(start: datetime, end: datetime) -> Fraction:
    """Return how far an instant is from an earlier one, in microseconds, exactly; negative if it is the earlier one."""
    whole = Fraction((_plain(end) - _plain(start)) // _MICROSECOND)
    return whole + _beyond(end) - _beyond(start)


def _beyond(instant: datetime) -> Fraction | int:
    digits = digits_of(instant)
    return Fraction(f"0.{digits}") if digits else 0


def _plain(instant: datetime) -> datetime:
    return datetime.combine(instant.date(), instant.timetz()) if isinstance(instant, FineInstant) else instant

"""Which drafts of a history a report is about."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from attrs import frozen

from rules_engine.nearest import did_you_mean
from rules_engine.operations import OPERATIONS
from rules_engine.wire.dates import read_instant, write_instant

KEYS = ("merchant", "operation", "since", "until")


class WhereError(ValueError):
    """What the drafts have to be like cannot be read; the text says why."""


@frozen
class Where:
    """What drafts have to be like; those of everybody and of all time where nothing is asked for.

    Attributes:
        merchants: The ids of accounts; a draft belongs to one of them.
        operations: The names of operations; a draft is of one of them.
        since: From this instant on.
        until: Until just before this instant.
    """

    merchants: tuple[str, ...] = ()
    operations: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None

    @property
    def is_everything(self) -> bool:
        """Whether every draft fits."""
        return self == Where()

    def fits(self, operation: str, merchant: str | None, now: datetime) -> bool:
        """Tell whether a draft is meant.

        Args:
            operation: The name of its operation.
            merchant: The id of its account; None where nobody looked.
            now: Its time.
        """
        return (
            (not self.merchants or merchant in self.merchants)
            and (not self.operations or operation in self.operations)
            and (self.since is None or now >= self.since)
            and (self.until is None or now < self.until)
        )

    def __str__(self) -> str:
        """Write it as it is read."""
        parts = [f"merchant={merchant}" for merchant in self.merchants]
        parts += [f"operation={operation}" for operation in self.operations]
        parts += [
            f"{name}={write_instant(instant)}"
            for name, instant in (("since", self.since), ("until", self.until))
            if instant is not None
        ]
        return ",".join(parts)


def read_where(texts: Iterable[str]) -> Where:
    """Read what drafts have to be like.

    Args:
        texts: Such as `merchant=acct_1,since=2026-11-01`; of several merchants or operations, any fits.

    Raises:
        WhereError: A text has another form, an operation does not exist, or an instant cannot be read.
    """
    found: dict[str, list[Any]] = {key: [] for key in KEYS}
    for part in (part for text in texts for part in text.split(",")):
        key, equals, value = part.strip().partition("=")
        if key not in KEYS:
            raise WhereError(f"unknown condition {key or part!r}: expected {', '.join(KEYS)}{did_you_mean(key, KEYS)}")
        if not equals or not value:
            raise WhereError(f"expected {key}=VALUE, got {part!r}")
        found[key].append(_READERS[key](key, value))
    for key in ("since", "until"):
        if len(found[key]) > 1:
            raise WhereError(f"{key} is given twice")
    since, until = (next(iter(found[key]), None) for key in ("since", "until"))
    if since is not None and until is not None and since >= until:
        raise WhereError(f"no draft fits: since={write_instant(since)} is not before until={write_instant(until)}")
    return Where(tuple(sorted(set(found["merchant"]))), tuple(sorted(set(found["operation"]))), since, until)


def _merchant(_: str, value: str) -> str:
    return value


def _operation(_: str, value: str) -> str:
    if value not in OPERATIONS:
        raise WhereError(f"unknown operation {value}{did_you_mean(value, OPERATIONS)}")
    return value


def _instant(key: str, value: str) -> datetime:
    try:
        return read_instant(f"{value}T00:00:00Z" if len(value) == len("2026-11-22") else value)
    except ValueError:
        raise WhereError(
            f"{key} must be a day in UTC, such as 2026-11-22, or an RFC 3339 instant with an offset, got {value!r}"
        ) from None


_READERS: dict[str, Callable[[str, str], Any]] = {
    "merchant": _merchant,
    "operation": _operation,
    "since": _instant,
    "until": _instant,
}

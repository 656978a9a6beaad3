"""What a request has beside its body (key, signature, idempotency key), and what the application knows of it."""

from datetime import datetime, timedelta
from fractions import Fraction
from typing import Final, Literal

from attrs import field, frozen

from rules_engine.models.formats import Label, NonNegative, Sha256
from rules_engine.models.instants import microseconds_between

_EPOCH: Final = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
_HOUR: Final = timedelta(hours=1)
_MICROSECOND: Final = timedelta(microseconds=1)
_MICROSECONDS: Final = 1_000_000
"""In a second."""


HEADER_FIELDS: Final = frozenset({"authorization", "signature", "idempotencyKey"})
"""The fields of `RequestAuthorize` that are headers: a fault of one has a pointer and no param, which names a field of
a body."""


@frozen
class RequestAuthorize:
    """A request as it came in, before its body is read. The form is defined here.

    Attributes:
        method: The HTTP method, in either case.
        path: The path of the URL.
        query: The query of the URL, without the question mark.
        authorization: The value of the header `Authorization`.
        signature: The value of the header `XPay-Signature`: `t=<unix seconds>,v1=<hex>`.
        idempotency_key: The value of the header `Idempotency-Key`.
        body: The raw body, as text.
    """

    method: Label
    path: Label
    query: str | None = field(default=None, repr=False)
    authorization: str | None = field(default=None, repr=False)
    signature: str | None = field(default=None, repr=False)
    idempotency_key: str | None = field(default=None, repr=False)
    body: str | None = field(default=None, repr=False)


@frozen
class ApiKey:
    """An API key of the account, in the application's records. The key itself never stands in the facts.

    Attributes:
        id: What the application calls it.
        sha256: The SHA-256 digest of the key, in hexadecimal of either case.
        kind: Publishable keys cannot call the API of a server; secret keys may do everything; restricted keys what
            their permissions state.
        livemode: Which half of the platform it is for.
        active: False is switched off.
        permissions: What a restricted key may do: `PRODUCTS_READ`, `REFUNDS_WRITE`. Who may write may read.
    """

    id: str
    sha256: Sha256 = field(repr=False)
    kind: Literal["publishable", "secret", "restricted"] = "secret"
    livemode: bool = False
    active: bool = True
    permissions: tuple[str, ...] = ()


@frozen
class Endpoint:
    """What the called endpoint asks of a request, in the application's records.

    Attributes:
        permission: The permission it asks for; None asks for none.
        signed: Whether it takes signed requests only.
        before_activation: Whether it may be called with a live key before the account is activated, as the account
            itself may.
    """

    permission: str | None = None
    signed: bool = False
    before_activation: bool = False


@frozen
class RateUsage:
    """How many requests the account has sent in the present window, and how many it may, in the application's records.

    Attributes:
        count: Requests already counted in the window, without this one.
        limit: The most requests of one window.
        window_seconds: How long a window lasts, in seconds.
        window_started_at: When the present window started; once it is over, what it counted counts no more.
    """

    count: NonNegative
    limit: NonNegative
    window_seconds: NonNegative
    window_started_at: datetime


@frozen
class StoredRequest:
    """The request that an idempotency key was used for.

    Attributes:
        fingerprint: What `request_fingerprint` returns for it.
        created_at: When it came in: a key is free again a day later.
        finished: False while it is still being processed.
    """

    fingerprint: Sha256 = field(repr=False)
    created_at: datetime
    finished: bool = True


def window_end(usage: RateUsage) -> datetime | None:
    """Return when the window of a rate ends; None where that is past the end of the calendar."""
    try:
        return usage.window_started_at + timedelta(seconds=max(usage.window_seconds, 0))
    except OverflowError:
        return None


def seconds_apart(timestamp: int, now: datetime) -> Fraction:
    """Return how far seconds since 1970 are from an instant, before or after it, in seconds."""
    return abs(microseconds_between(_EPOCH, now) - timestamp * _MICROSECONDS) / _MICROSECONDS


def hours_since(instant: datetime, now: datetime) -> Fraction | None:
    """Return how long ago an instant is, in hours; None where it has no offset, so that no order with now exists."""
    return None if instant.tzinfo is None else microseconds_between(instant, now) / (_HOUR // _MICROSECOND)

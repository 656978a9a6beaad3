"""What may stand at a place of a document without changing what is said of it."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta, timezone
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Final, Literal, get_args, get_origin

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from rules_engine.models.formats import Format
from rules_engine.testing.documents import REMOVED
from rules_engine.testing.strategies.formats import FORMATS
from rules_engine.testing.strategies.yielding.spots import ABSENT, Spot
from rules_engine.wire.dates import read_instant

Holds = Callable[[Any], bool]
"""Whether the verdict stays what it is with a value in a place."""

_MOST_EXAMPLES: Final = 3
_UNITS: Final = (1, 10, 1_000, 1_000_000)
_SECONDS: Final = (1, 3_600, 86_400, 2_592_000, 31_536_000)
_ZONES: Final = tuple(timezone(timedelta(minutes=minutes)) for minutes in (0, 120, -300, 345))
_NUMBERS: Final = (Format.NUMBER, Format.DECIMAL_TEXT, Format.RATE)
_WORDS: Final = st.text(min_size=1, max_size=20)
_NOTES: Final = st.dictionaries(st.text(max_size=8), st.text(max_size=8) | st.integers(0, 99) | st.none(), max_size=3)
_TEXTS: Final[tuple[tuple[Any, ...], SearchStrategy[Any]]] = (("~", "two words", "خزف"), _WORDS)
_NOTED: Final[tuple[tuple[Any, ...], SearchStrategy[Any]]] = (({}, {"note": ["x", 1, None]}), _NOTES)
_FORMATS: Final[Mapping[Format, tuple[tuple[Any, ...], SearchStrategy[Any]]]] = {
    Format.URL: (("https://a.example/", "x:y"), FORMATS[Format.URL]),
    Format.HTTPS_URL: (("https://a.example/",), FORMATS[Format.HTTPS_URL]),
    Format.EMAIL: (("x@y.example",), FORMATS[Format.EMAIL]),
    Format.HEX_COLOR: (("#abc", "#01234567"), FORMATS[Format.HEX_COLOR]),
    Format.LABEL: _TEXTS,
    Format.SHA256: (("0" * 64,), FORMATS[Format.SHA256]),
    Format.METADATA: _NOTED,
    Format.JSON_OBJECT: _NOTED,
}
"""For each format, values that are tried, and those that may then stand there."""


def freedom(spot: Spot, examples: tuple[Any, ...], holds: Holds) -> SearchStrategy[Any] | None:
    """Find what else may stand at a place.

    Args:
        spot: The place.
        examples: What stands there in other documents.
        holds: Whether the verdict stays what it is with a value there.

    Returns:
        The values, `REMOVED` among them; None where nothing else may stand there.
    """
    found = [*_single_values(spot, examples, holds), *_ranges(spot, holds)]
    if not found:
        return None
    return st.one_of(found)


def _single_values(spot: Spot, examples: tuple[Any, ...], holds: Holds) -> Iterator[SearchStrategy[Any]]:
    candidates = [*_members(spot.kind), *examples[:_MOST_EXAMPLES], spot.example, None]
    if isinstance(spot.value, str) and spot.value.isalpha():
        candidates.append(spot.value.swapcase())
    if spot.value is not ABSENT and not isinstance(spot.path[-1], int):
        candidates.append(REMOVED)
    others = [value for value in candidates if value is not ABSENT and value != spot.value and holds(value)]
    if others:
        yield st.sampled_from(others)


def _members(kind: Any) -> tuple[Any, ...]:
    if kind is bool:
        return (False, True)
    return get_args(kind) if get_origin(kind) is Literal else ()


def _ranges(spot: Spot, holds: Holds) -> Iterator[SearchStrategy[Any]]:
    known = get_args(spot.kind)[1] if get_origin(spot.kind) is Annotated else None
    if spot.kind is int or known in _NUMBERS:
        yield from _numbers(spot.value, holds)
    elif spot.kind is datetime:
        yield from _instants(spot.value, holds)
    elif spot.kind is str or known in _FORMATS:
        probes, values = _TEXTS if known is None else _FORMATS[known]
        if all(map(holds, probes)):
            yield values


def _reach(steps: tuple[int, ...], holds: Callable[[int], bool]) -> int:
    """Go as far as the verdict stays what it is, and no further than the first step that changes it."""
    reached = 0
    for step in steps:
        if not holds(step):
            break
        reached = step
    return reached


def _between(steps: tuple[int, ...], holds: Callable[[int], bool]) -> Iterator[SearchStrategy[int]]:
    least, most = -_reach(steps, lambda step: holds(-step)), _reach(steps, holds)
    if least < most:
        yield st.integers(least, most)


def _numbers(value: Any, holds: Holds) -> Iterator[SearchStrategy[Any]]:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return

    def moved(step: int) -> Any:
        written = number + step
        whole = int(written) if written == written.to_integral_value() else written
        return str(whole) if isinstance(value, str) else whole

    for steps in _between(_UNITS, lambda step: holds(moved(step))):
        yield steps.map(moved)


def _instants(value: Any, holds: Holds) -> Iterator[SearchStrategy[Any]]:
    try:
        instant = read_instant(value)
    except (TypeError, ValueError):
        return

    def moved(step: int, zone: timezone) -> str:
        return (instant + timedelta(seconds=step)).astimezone(zone).isoformat()

    for steps in _between(_SECONDS, lambda step: holds(moved(step, _ZONES[0]))):
        yield st.builds(moved, steps, st.sampled_from(_ZONES))

"""The same story under other names: documents with other ids, other currencies, and another day.

What is written in one place is written in every other one too, so that a verdict holds unless it is about the very
name.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any, Final

from attrs import frozen
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from rules_engine.models.currency import fold_currency, minor_unit_digits
from rules_engine.rules.limits import PLATFORM_CURRENCIES
from rules_engine.wire.dates import read_instant, write_instant

Document = dict[str, Any]
Disguise = Callable[[Document], Document]

_REPLACEABLE: Final[Mapping[str, tuple[str, ...]]] = {
    code: tuple(other for other in sorted(PLATFORM_CURRENCIES) if minor_unit_digits(other) == minor_unit_digits(code))
    for code in PLATFORM_CURRENCIES
}
"""Each currency of the platform to those that have as many decimals."""
_PARTS: Final = ("target", "request", "facts")
_MOST_DAYS: Final = 3_000
_NOT_BY_ID: Final = ("promotionCodesByCode", "exchangeRates", "balances")


def rewritten(value: Any, write: Callable[[str], str]) -> Any:
    """Copy plain values with every text of them, keys too, written anew."""
    if isinstance(value, dict):
        return {write(key): rewritten(item, write) for key, item in value.items()}
    if isinstance(value, list):
        return [rewritten(item, write) for item in value]
    return write(value) if isinstance(value, str) else value


def _disguised(document: Document, write: Callable[[str], str]) -> Document:
    return {key: rewritten(value, write) if key in _PARTS else value for key, value in document.items()}


def _texts(value: Any) -> list[str]:
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)]


def ids(document: Mapping[str, Any]) -> tuple[str, ...]:
    """Name every id in a document."""
    missing = document["facts"].get("missing") or {}
    gone = [text for part, keys in missing.items() if part not in _NOT_BY_ID for text in _texts(keys)]
    return tuple(dict.fromkeys([*_ids([document.get(part) for part in _PARTS]), *gone]))


def _ids(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            if key == "id" or key.endswith(("Id", "Ids")):
                yield from _texts(item)
            yield from _ids(item)
    elif isinstance(value, list):
        for item in value:
            yield from _ids(item)


@frozen
class Wardrobe:
    """Disguises of one kind.

    Attributes:
        tried: Some that lie far apart: where each of them leaves the verdict as it is, all are taken to do so.
        all: All of them.
    """

    tried: tuple[Disguise, ...]
    all: SearchStrategy[Disguise]


def wardrobes(document: Mapping[str, Any]) -> tuple[Wardrobe, ...]:
    """Give the disguises that a document could wear: other ids, another day, other currencies."""
    return _other_ids(ids(document)), _other_days(), _other_currencies(tuple(_currencies(document)))


def _other_ids(known: tuple[str, ...]) -> Wardrobe:
    """Rename every id, and keep the word before its underscore."""

    def disguise(ending: str) -> Disguise:
        names = {text: f"{text.partition('_')[0]}_{ending}{index}" for index, text in enumerate(known)}
        return lambda document: _disguised(document, lambda text: names.get(text, text))

    endings = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=6)
    return Wardrobe((disguise("x"),), endings.map(disguise))


def _other_days() -> Wardrobe:
    """Move every instant by the same number of days."""

    def disguise(days: int) -> Disguise:
        return lambda document: _disguised(document, lambda text: _moved(text, days))

    return Wardrobe((disguise(-_MOST_DAYS), disguise(_MOST_DAYS)), st.integers(-_MOST_DAYS, _MOST_DAYS).map(disguise))


def _moved(text: str, days: int) -> str:
    try:
        return write_instant(read_instant(text) + timedelta(days=days))
    except (ValueError, OverflowError):
        return text


def _currencies(value: Any) -> Iterator[str]:
    """Name the codes that stand under a key for currencies, and are valid today."""
    if isinstance(value, dict):
        for key, item in value.items():
            if isinstance(item, str) and (key == "code" or key.lower().endswith("currency")):
                yield from (code for code in (fold_currency(item),) if code in _REPLACEABLE)
            yield from _currencies(item)
    elif isinstance(value, list):
        for item in value:
            yield from _currencies(item)


def _other_currencies(found: tuple[str, ...]) -> Wardrobe:
    """Replace currencies by others with as many decimals, wherever they are written."""
    known = tuple(dict.fromkeys(found))

    def disguise(others: Iterable[str]) -> Disguise:
        names = dict(zip(known, others, strict=True))
        names |= {code.lower(): other.lower() for code, other in names.items()}
        return lambda document: _settled(_disguised(document, lambda text: _recoined(text, names)), names)

    choices = [(old, *(code for code in _REPLACEABLE[old] if code not in known)) for old in known]
    last: list[str] = []
    for others in choices:
        last.append(next(code for code in reversed(others) if code not in last))
    distinct = st.tuples(*map(st.sampled_from, choices)).filter(lambda others: len(set(others)) == len(others))
    return Wardrobe((disguise(last),), distinct.map(disguise))


def _recoined(text: str, names: Mapping[str, str]) -> str:
    return "/".join(names.get(code, code) for code in text.split("/"))


def _settled(document: Document, names: Mapping[str, str]) -> Document:
    """State what the account is paid out in, where that was the platform's own currency by default."""
    merchant = document["facts"].get("merchant")
    if not isinstance(merchant, dict) or merchant.get("settlementCurrency") is not None:
        return document
    settlement = names.get("EGP", "EGP")
    return {**document, "facts": {**document["facts"], "merchant": {**merchant, "settlementCurrency": settlement}}}

"""The same document under other names: other ids, other currencies, and another day.

What is written in one place is written in every other one too, so that a verdict holds unless it is about the very
name.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from rules_engine.models.currency import minor_unit_digits
from rules_engine.rules.limits import PLATFORM_CURRENCIES
from rules_engine.wire.dates import read_instant, write_instant

_Document = dict[str, Any]
Renaming = Callable[[_Document], _Document]

_CURRENCIES: Final = tuple(sorted(PLATFORM_CURRENCIES))
_PARTS: Final = ("target", "request", "facts")
_MOST_DAYS: Final = 3_000
_NOT_BY_ID: Final = ("promotionCodesByCode", "exchangeRates", "balances")


def rewritten(value: Any, write: Callable[[str], str]) -> Any:
    """Copy plain values with every text of them, keys too, replaced."""
    if isinstance(value, dict):
        return {write(key): rewritten(item, write) for key, item in value.items()}
    if isinstance(value, list):
        return [rewritten(item, write) for item in value]
    return write(value) if isinstance(value, str) else value


def _renamed(document: _Document, write: Callable[[str], str]) -> _Document:
    return {key: rewritten(value, write) if key in _PARTS else value for key, value in document.items()}


def _texts(value: Any) -> list[str]:
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)]


def ids(document: Mapping[str, Any]) -> tuple[str, ...]:
    """List every id in a document."""
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


def renamings(document: Mapping[str, Any]) -> tuple[SearchStrategy[Renaming], ...]:
    """Return the ways to rename what is in a document: other ids, another day, other currencies."""
    return _other_ids(ids(document)), _other_days(), _other_currencies()


def _other_ids(known: tuple[str, ...]) -> SearchStrategy[Renaming]:
    """Rename every id, and keep the word before its underscore."""

    def renaming(ending: str) -> Renaming:
        names = {text: f"{text.partition('_')[0]}_{ending}{index}" for index, text in enumerate(known)}
        return lambda document: _renamed(document, lambda text: names.get(text, text))

    return st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=6).map(renaming)


def _other_days() -> SearchStrategy[Renaming]:
    """Move every instant by the same number of days."""

    def renaming(days: int) -> Renaming:
        return lambda document: _renamed(document, lambda text: _moved(text, days))

    return st.integers(-_MOST_DAYS, _MOST_DAYS).map(renaming)


def _moved(text: str, days: int) -> str:
    try:
        return write_instant(read_instant(text) + timedelta(days=days))
    except (ValueError, OverflowError):
        return text


def _other_currencies() -> SearchStrategy[Renaming]:
    """Exchange the names of the currencies of the platform, where they have as many decimals."""

    def renaming(shuffled: list[str]) -> Renaming:
        names = dict(
            zip(sorted(_CURRENCIES, key=minor_unit_digits), sorted(shuffled, key=minor_unit_digits), strict=True)
        )
        names |= {code.lower(): other.lower() for code, other in names.items()}
        return lambda document: _settled(_renamed(document, lambda text: _recoined(text, names)), names["EGP"])

    return st.permutations(_CURRENCIES).map(renaming)


def _recoined(text: str, names: Mapping[str, str]) -> str:
    return "/".join(names.get(code, code) for code in text.split("/"))


def _settled(document: _Document, settlement: str) -> _Document:
    """State what the account is paid out in, where that was the platform's own currency by default."""
    merchant = document["facts"].get("merchant")
    if not isinstance(merchant, dict) or merchant.get("settlementCurrency") is not None:
        return document
    return {**document, "facts": {**document["facts"], "merchant": {**merchant, "settlementCurrency": settlement}}}

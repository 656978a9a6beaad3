"""Draft documents that report exactly one code, with everything varied that the code does not depend on.

A valid example is broken by a counterexample, or with a request that the wire refuses; then values change, one
place at a time, and ids, days and currencies everywhere at once. Whatever would change the verdict is undone.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta, timezone
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, NamedTuple, Union, get_args, get_origin

import attrs
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from hypothesis.strategies import SearchStrategy

from rules_engine.api import validate
from rules_engine.codes import CATALOGUE
from rules_engine.examples import NOW, REMOVED, changed, counterexamples, examples, set_clock
from rules_engine.exceptions import DraftError
from rules_engine.models import Facts, Unset
from rules_engine.models.currency import minor_unit_digits
from rules_engine.models.formats import Format
from rules_engine.nearest import did_you_mean
from rules_engine.operations import OPERATIONS
from rules_engine.path import Path, pointer_of
from rules_engine.policy.builtin import default_policy
from rules_engine.rules import RULES
from rules_engine.rules.limits import PLATFORM_CURRENCIES
from rules_engine.testing.probe import PROBE, RAISE
from rules_engine.testing.strategies.formats import FORMATS
from rules_engine.testing.strategies.model import Source
from rules_engine.wire.converter import camel_case
from rules_engine.wire.dates import read_instant
from rules_engine.wire.read import read_draft

_Document = dict[str, Any]
_Changes = Mapping[str, Any]
_MOST_CHANGES: Final = 16
_CODE_OF: Final = {rule.name: rule.code.name for rule in RULES}


def yielding(operation: str | None, code: str) -> SearchStrategy[_Document]:
    """Generate draft documents that report exactly one code.

    Args:
        operation: Of this operation only.
        code: The name of the code.

    Raises:
        InvalidArgument: There is no such code, or the operation never reports it.
    """
    if code not in CATALOGUE:
        raise InvalidArgument(f"drafts: there is no code {code}{did_you_mean(code, CATALOGUE)}")
    reporting = [name for name in OPERATIONS if breakages(name, code)]
    if not reporting:
        raise InvalidArgument(f"drafts: no operation is known to report {code}")
    if operation is not None and operation not in reporting:
        raise InvalidArgument(f"drafts: {operation} never reports {code}; these do: {', '.join(reporting)}")
    return st.one_of([_documents(name, code) for name in ([operation] if operation else reporting)])


def _documents(operation: str, code: str) -> SearchStrategy[_Document]:
    codes = _codes_to_report(operation, code)
    found = candidates(operation, code).filter(lambda document: reports(document, codes))
    return found if codes else found.map(lambda document: {**document, PROBE: RAISE})


def _codes_to_report(operation: str, code: str) -> tuple[str, ...]:
    """Return what `validate` reports of the documents: nothing where the code takes a rule that raises."""
    return () if OPERATIONS[operation].fault_code.name == code else (code,)


@st.composite
def candidates(draw: st.DrawFn, operation: str, code: str) -> _Document:
    """Break a valid example so that it reports a code, and vary it."""
    codes = _codes_to_report(operation, code)
    name, changes = draw(st.sampled_from(draw(st.sampled_from(breakages(operation, code)))))
    document = changed(_examples(operation)[name], changes)
    number, spot = draw(st.integers(0, _MOST_CHANGES)), _any_spot(document)
    for place in draw(st.lists(spot, min_size=number, max_size=number)):
        value = draw(_alternatives(place, _values(operation).get(place.pointer, ())))
        document = changed_where(document, {place.pointer: value}, lambda varied: reports(varied, codes))
    for rename in (_other_ids, _another_day, _other_currencies):
        renamed = draw(rename(document)) if draw(st.booleans()) else document
        document = renamed if reports(renamed, codes) else document
    return document


def reports(document: Mapping[str, Any], codes: tuple[str, ...]) -> bool:
    """Return whether the default policy reports exactly these codes, and leaves nothing undecided.

    Args:
        document: A draft document; one that is malformed reports nothing.
        codes: The names of the codes; none of them where the document is accepted.
    """
    try:
        verdict = validate(document)
    except DraftError:
        return False
    return verdict.codes == codes and not verdict.undecided


def changed_where(document: _Document, changes: _Changes, holds: Callable[[_Document], object]) -> _Document:
    """Change a document; return it as it is where a place is not there, or where the result would not hold.

    Args:
        document: A draft document.
        changes: Pointer to new value.
        holds: Whether the changed document is still what it has to be; it may also raise `DraftError`.
    """
    try:
        after = changed(document, changes)
        return after if holds(after) else document
    except (KeyError, IndexError, TypeError, AttributeError, ValueError, DraftError):
        return document


@cache
def _examples(operation: str) -> Mapping[str, _Document]:
    return examples(operation)


@cache
def breakages(operation: str, code: str) -> tuple[tuple[tuple[str, _Changes], ...], ...]:
    """List the changes that make an operation report exactly a code, each with the name of its valid example.

    Those of the rules and those of the wire are apart, since the latter are many. A counterexample is tried in every
    valid example, so that one that was written for another operation serves wherever its rule does. What the engine
    reports needs no change, but a rule that raises.
    """
    shipped = _examples(operation)
    if not _codes_to_report(operation, code):
        return (tuple((name, {}) for name in shipped),)
    pipeline = default_policy().pipelines[operation]
    broken = [known.changes for known in counterexamples() if known.rule in pipeline and _CODE_OF[known.rule] == code]
    found = tuple(
        (name, changes)
        for name, example in shipped.items()
        for changes in broken
        if changed_where(example, changes, lambda after: reports(after, (code,))) is not example
    )
    return tuple(filter(None, (found, tuple(_refused(operation).get(code, ())))))


@cache
def _refused(operation: str) -> Mapping[str, list[tuple[str, _Changes]]]:
    """List the changes that make the wire refuse a request with exactly one code, by that code."""
    found: dict[str, list[tuple[str, _Changes]]] = {}
    codes_of: dict[str, set[str]] = {}  # the same change is as wrong in every example
    for name, example in _examples(operation).items():
        bare = {**example, "facts": {"now": NOW}}  # what does not parse is refused whatever is known, and sooner
        for changes in _malformed(example["request"]):
            key = repr(changes)
            if key not in codes_of:
                codes_of[key] = {fault.code.name for fault in read_draft(changed(bare, changes)).faults}
            for code in codes_of[key] if len(codes_of[key]) == 1 else ():
                found.setdefault(code, []).append((name, changes))
    return found


_WRONG: Final[tuple[Any, ...]] = (None, True, False, -7, 7.5, 10**9, "~", "|<>", [], [7], {}, {"~": 7})
_UNKNOWN: Final = ("lineItem", "line_items", "Currency", "price_data", "dryRun", "x")


def _malformed(value: Any, path: Path = ("request",)) -> Iterator[_Changes]:
    """Change a request in many ways that the wire may refuse; which code that is, only the wire knows."""
    pointer = pointer_of(path)
    yield from ({pointer: wrong} for wrong in _WRONG)
    if isinstance(path[-1], str) and len(path) > 1:
        yield {pointer: REMOVED}
    if isinstance(value, dict):
        yield from ({pointer_of((*path, name)): True} for name in _UNKNOWN)
    for key, item in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from _malformed(item, (*path, key))


_ABSENT: Final = object()
"""What stands where nothing stands."""


class _Spot(NamedTuple):
    """A place of a draft document that its models know: the type that stands there, the value, and what else could."""

    path: Path
    kind: Any
    value: Any
    others: tuple[Any, ...] = ()

    @property
    def pointer(self) -> str:
        """The place, as RFC 6901 writes it."""
        return pointer_of(self.path)


def _spots(kind: Any, value: Any, path: Path) -> Iterator[_Spot]:
    """List every field, item and entry of a value, outer ones first.

    A list has one place more than items, and a map of objects by id one more for each object, so that something can be
    added: a second line, or a price that the request does not name.
    """
    if attrs.has(kind) and isinstance(value, Mapping):
        for field in attrs.fields(kind):
            key = camel_case(field.name)
            yield from _spot(field.type, value.get(key, _ABSENT), (*path, key))
    elif get_origin(kind) is tuple and isinstance(value, list):
        for index, item in enumerate(value):
            yield from _spot(get_args(kind)[0], item, (*path, index))
        yield _Spot((*path, "-"), get_args(kind)[0], _ABSENT, tuple(value[-1:]))
    elif get_origin(kind) is Mapping and isinstance(value, Mapping):
        for key, item in value.items():
            yield from _spot(get_args(kind)[1], item, (*path, key))
            if isinstance(item, Mapping) and item.get("id") == key:
                twin = f"{key}_twin"
                yield _Spot((*path, twin), get_args(kind)[1], _ABSENT, ({**item, "id": twin},))


def _spot(kind: Any, value: Any, path: Path) -> Iterator[_Spot]:
    if get_origin(kind) in (Union, UnionType):
        (kind,) = (member for member in get_args(kind) if member not in (NoneType, Unset))
    yield _Spot(path, kind, value)
    yield from _spots(kind, value, path)


def _all_spots(document: _Document) -> list[_Spot]:
    request = OPERATIONS[document["operation"]].request
    return [*_spots(request, document["request"], ("request",)), *_spots(Facts, document["facts"], ("facts",))]


def _any_spot(document: _Document) -> SearchStrategy[_Spot]:
    """Draw a place: of the request, or where something stands, or any.

    Ids are left to `_other_ids`: by itself none can change.
    """
    named = _ids(document)
    known = [spot for spot in _all_spots(document) if not isinstance(spot.value, str) or spot.value not in named]
    requested = [spot for spot in known if spot.path[0] == "request"]
    filled = [spot for spot in known if spot.value is not _ABSENT]
    return st.one_of([st.sampled_from(spots) for spots in (requested, filled, known) if spots])


@cache
def _values(operation: str) -> Mapping[str, list[Any]]:
    """List what stands in each place of the valid examples of an operation."""
    found: dict[str, list[Any]] = {}
    for example in _examples(operation).values():
        for spot in _all_spots(example):
            values = found.setdefault(spot.pointer, [])
            if spot.value is not _ABSENT and spot.value not in values:
                values.append(spot.value)
    return found


_STEPS: Final = st.one_of(st.integers(-3, 3), st.integers(-1_000, 1_000), st.integers(-100_000, 100_000))
_WORDS: Final = st.text(min_size=1, max_size=20)
_NOTES: Final = st.dictionaries(_WORDS, _WORDS | st.integers(0, 99) | st.none(), min_size=1, max_size=3)
_INSTANTS: Final = st.builds(
    lambda seconds, minutes: (
        (read_instant(NOW) + timedelta(seconds=seconds)).astimezone(timezone(timedelta(minutes=minutes))).isoformat()
    ),
    st.integers(-3, 3) | st.integers(-86_400, 86_400) | st.integers(-(10**8), 10**8),
    st.sampled_from((0, 120, -300, 345)),
)
_NEAR: Final = Source(
    {
        **FORMATS,
        Format.LABEL: _WORDS,
        Format.METADATA: _NOTES,
        Format.JSON_OBJECT: _NOTES,
        Format.NUMBER: _STEPS,
        Format.NON_NEGATIVE: _STEPS,
        Format.DECIMAL_TEXT: _STEPS.map(str),
        Format.RATE: st.decimals("0.01", "1000", places=2).map(str),
    },
    {bool: st.booleans(), int: _STEPS, datetime: _INSTANTS},
)
"""Plain values that are often as valid as those of the examples."""


def _alternatives(spot: _Spot, elsewhere: Iterable[Any]) -> SearchStrategy[Any]:
    """Generate what else could stand at a place: nothing, null, or what stands in its like."""
    others = [value for value in (*elsewhere, *spot.others) if value != spot.value]
    found: list[SearchStrategy[Any]] = [st.sampled_from(others)] if others else []
    if not attrs.has(spot.kind) and get_origin(spot.kind) not in (tuple, Mapping):
        case = {spot.value.upper(), spot.value.lower()} if isinstance(spot.value, str) else ()
        found.append(_NEAR.values(spot.kind, st.one_of(_WORDS, *map(st.just, sorted(case)))))
    if spot.value is not _ABSENT and not isinstance(spot.path[-1], int):
        found.append(st.just(REMOVED))
    if spot.path[0] == "request" or not found:
        found.append(st.none())  # in the facts it is the same as absent
    return st.one_of(found)


_PARTS: Final = ("target", "request", "facts")
_CURRENCIES: Final = sorted(sorted(PLATFORM_CURRENCIES), key=minor_unit_digits)
_MOST_DAYS: Final = 3_000
_NOT_BY_ID: Final = ("promotionCodesByCode", "exchangeRates", "balances")


def _renamed(document: _Document, write: Callable[[str], str]) -> _Document:
    """Copy a document with every text of it, keys of objects too, replaced in every place."""

    def renamed(value: Any) -> Any:
        if isinstance(value, dict):
            return {write(key): renamed(item) for key, item in value.items()}
        if isinstance(value, list):
            return [renamed(item) for item in value]
        return write(value) if isinstance(value, str) else value

    return {key: renamed(value) if key in _PARTS else value for key, value in document.items()}


def _ids(document: Mapping[str, Any]) -> list[str]:
    """List every id in a document, once."""
    found: list[Any] = []

    def collect(value: Any) -> None:
        for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            collect(item)
        if isinstance(value, dict):
            named = (item for key, item in value.items() if key == "id" or key.endswith(("Id", "Ids")))
            for item in named:
                found.extend(item if isinstance(item, list) else [item])

    collect([document.get(part) for part in _PARTS])
    missing = document["facts"].get("missing") or {}
    found.extend(key for part, keys in missing.items() if part not in _NOT_BY_ID for key in keys or ())
    return list(dict.fromkeys(key for key in found if isinstance(key, str)))


def _other_ids(document: _Document) -> SearchStrategy[_Document]:
    """Rename every id, and keep the word before its underscore."""
    known = _ids(document)

    def renamed(ending: str) -> _Document:
        names = {text: f"{text.partition('_')[0]}_{ending}{index}" for index, text in enumerate(known)}
        return _renamed(document, lambda text: names.get(text, text))

    return st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=6).map(renamed)


def _another_day(document: _Document) -> SearchStrategy[_Document]:
    now = read_instant(document["facts"]["now"])
    return st.integers(-_MOST_DAYS, _MOST_DAYS).map(lambda days: set_clock(document, now + timedelta(days=days)))


def _other_currencies(document: _Document) -> SearchStrategy[_Document]:
    """Exchange the names of the currencies of the platform, where they have as many decimals.

    What the account is paid out in is stated then: by default it is the platform's own currency.
    """

    def renamed(shuffled: list[str]) -> _Document:
        names = dict(zip(_CURRENCIES, sorted(shuffled, key=minor_unit_digits), strict=True))
        names |= {code.lower(): other.lower() for code, other in names.items()}
        after = _renamed(document, lambda text: "/".join(names.get(code, code) for code in text.split("/")))
        merchant = after["facts"].get("merchant")
        if isinstance(merchant, dict) and merchant.get("settlementCurrency") is None:
            merchant["settlementCurrency"] = names["EGP"]
        return after

    return st.permutations(_CURRENCIES).map(renamed)

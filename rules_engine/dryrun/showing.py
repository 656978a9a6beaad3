"""Choose the drafts that a report shows, and show no more of them than it may."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Final, get_args

import attrs
from attrs import Factory, define, evolve, frozen

from rules_engine.dryrun.history.files import Record
from rules_engine.dryrun.report import Answer, Exemplar, Header, Report, exemplar_key
from rules_engine.models import Facts
from rules_engine.operations import OPERATIONS
from rules_engine.path import HIDDEN, shown
from rules_engine.violation import Verdict
from rules_engine.wire import size_limits
from rules_engine.wire.converter import camel_case
from rules_engine.wire.json_text import JsonTextError, read_json, write_json
from rules_engine.wire.report import VerdictDocument, declared_verdict

_LONGEST: Final = 1 << 16
"""The longest document that a report repeats, in bytes."""

Verdicts = tuple[Verdict | None, Verdict | None]
"""What both sides say of a draft; None for the recorded codes, or where no policy applied."""


@frozen(eq=False)
class _Candidate:
    """A draft that may be shown: what it is ordered by, and what it takes to show it, unless a report shows it."""

    order: tuple[str, str, int]
    document: bytes | Mapping[str, Any] | None = None
    name: str | None = None
    verdicts: Verdicts | None = None

    def shown(self) -> Iterator[Exemplar]:
        """Make it fit to be shown, unless it has been."""
        if self.verdicts is not None:
            name = None if self.name is None else shown(self.name)
            before, after = map(_verdict, self.verdicts)
            yield Exemplar(*self.order, name, _shown(self.document), before, after)


@define(eq=False)
class _Shelf:
    """The drafts that are kept for one transition: those to be shown in their order, and the one that is shortest."""

    kept: list[_Candidate] = Factory(list)
    smallest: _Candidate | None = None


class Showcase:
    """Keeps the drafts that show each transition, as many as a report is to hold; only those are made fit to show.

    One that is behind as many others of the history is behind them in any report of all of it, and is not shown.
    """

    def __init__(self, header: Header) -> None:
        """Keep those that the header asks for."""
        self._seed = header.seed
        self._sample = header.sample
        self._shelves: dict[tuple[Answer, Answer], _Shelf] = {}

    def consider(self, answers: tuple[Answer, Answer], record: Record, name: str | None, verdicts: Verdicts) -> None:
        """Keep a draft if it is one of those to be kept. Where no exemplars are asked for, none is.

        Args:
            answers: What it shows.
            record: Where it stands, and its document.
            name: The application's name for it.
            verdicts: The verdicts of both sides.
        """
        if not self._sample:
            return
        text = _text_of(record.document)
        size = size_limits.LARGEST_DOCUMENT if text is None else len(text)
        key = exemplar_key(self._seed, name if name is not None else record.place if text is None else text)
        order = (key, record.place, size)
        shelf = self._shelves.setdefault(answers, _Shelf())
        is_kept = len(shelf.kept) < self._sample or order < shelf.kept[-1].order
        is_smallest = shelf.smallest is None or (size, order) < (shelf.smallest.order[2], shelf.smallest.order)
        if not (is_kept or is_smallest):
            return
        candidate = _Candidate(order, record.document if size <= _LONGEST else None, name, verdicts)
        if is_kept:
            shelf.kept = sorted((*shelf.kept, candidate), key=lambda each: each.order)[: self._sample]
        if is_smallest:
            shelf.smallest = candidate

    def put_into(self, report: Report) -> None:
        """Put what is kept, and stands in no earlier report, into a report, without the secrets."""
        for answers, shelf in self._shelves.items():
            exemplars = [exemplar for candidate in shelf.kept for exemplar in candidate.shown()]
            smallest = None if shelf.smallest is None else next(shelf.smallest.shown(), None)
            if exemplars or smallest is not None:
                transition = report.transitions[answers]
                transition.exemplars, transition.smallest = exemplars, smallest
            shelf.kept = [_Candidate(candidate.order) for candidate in shelf.kept]
            shelf.smallest = None if shelf.smallest is None else _Candidate(shelf.smallest.order)


def _text_of(document: bytes | Mapping[str, Any] | None) -> bytes | None:
    """Return a document as text; None where parts of it that no reader looks at are no JSON."""
    if isinstance(document, bytes):
        return document.strip()
    plain, excesses = size_limits.plain_value(document, size_limits.FACTS)
    return None if excesses else write_json(plain).encode()


def _shown(document: bytes | Mapping[str, Any] | None) -> Any:
    """Return a document without its secrets; None where it is too long, or nested too deeply for a report."""
    if document is None:
        return None
    value: Any = document
    if isinstance(document, bytes):
        try:
            value = read_json(document, largest=size_limits.LARGEST_DOCUMENT)
        except JsonTextError:  # how deeply a text may be nested depends on how much of the stack is in use
            return None
    plain, excesses = size_limits.plain_value(value, size_limits.FACTS)
    return None if excesses else redacted(plain)


def _verdict(verdict: Verdict | None) -> VerdictDocument | None:
    if verdict is None:
        return None
    # Who looks facts up needs the idempotency key of a request; whoever reads a report has nothing to look up.
    facts = (
        evolve(fact, key=HIDDEN) if fact.kind == "idempotencyKeys" and fact.key is not None else fact
        for fact in verdict.required_facts
    )
    return evolve(declared_verdict(verdict), required_facts=tuple(facts))


def redacted(value: Any) -> Any:
    """Copy plain values, with `***` in the place of each secret: of names that have the form of one, the value too."""
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, Mapping):
        return dict(_redacted(key, item) for key, item in value.items())
    if isinstance(value, list | tuple):
        return [redacted(item) for item in value]
    return value


def _redacted(key: str, item: Any) -> tuple[str, Any]:
    name = shown(key)
    is_secret = name is not key or key in _secret_keys()
    return name, HIDDEN if is_secret and item else redacted(item)


@cache
def _secret_keys() -> frozenset[str]:
    """Return the keys of the fields that the models keep out of their representations: those are the secrets."""
    models: Iterable[type] = (*(operation.request for operation in OPERATIONS.values()), Facts)
    seen: set[type] = set()
    return frozenset(name for model in models for name in _secret_fields(model, seen))


def _secret_fields(kind: Any, seen: set[type]) -> Iterator[str]:
    if isinstance(kind, type) and attrs.has(kind) and kind not in seen:
        seen.add(kind)
        for field in attrs.fields(kind):
            if not field.repr:
                yield camel_case(field.name)
            yield from _secret_fields(field.type, seen)
    for argument in get_args(kind):
        yield from _secret_fields(argument, seen)

"""Axes and their cells: what two policies read differently, and drafts for each stretch between their values."""

import enum
import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from itertools import islice, pairwise
from typing import Any

from attrs import frozen

from rules_engine.comparison.proof import ALWAYS
from rules_engine.comparison.specimen import Document, Specimen, clean, specimen
from rules_engine.examples import set_clock
from rules_engine.examples.dials import Dial
from rules_engine.policy.versions import write_instant

_MOST_DRAFTS = 4
"""How many drafts of one cell are kept: where something else is broken as well, not every one of them will do."""
_MOST_TRIES = 16
"""How many drafts are tried for one cell."""
_POSITION = re.compile(r"/\d+(?=/|$)")
_TICK = timedelta(microseconds=1)


class Kind(enum.Enum):
    """What an axis is a matter of."""

    ENFORCEMENT = "enforcement"
    """Whether, and from when, a rule refuses."""
    LIMIT = "limit"
    """A limit that a rule reads."""
    WAIVERS = "waivers"
    """The waivers of a code."""


@frozen(eq=False)
class Cell:
    """A stretch of an axis on which neither policy changes its mind.

    Attributes:
        what: The stretch, in words.
        drafts: Some drafts that lie in it.
        reason: Why there are none; "" where nobody knows.
    """

    what: str
    drafts: tuple[Specimen, ...] = ()
    reason: str = ""

    @property
    def document(self) -> Document | None:
        """A draft document that lies in it; None where there is none."""
        return self.drafts[0].document if self.drafts else None


@frozen(eq=False)
class Axis:
    """What a code depends on, where two policies differ in it.

    Attributes:
        kind: What it is a matter of.
        name: The name of the rule; for waivers, of the code.
        limit: The name of the limit; None where it is none.
        cells: The stretches between the values of the two policies.
    """

    kind: Kind
    name: str
    limit: str | None
    cells: tuple[Cell, ...]

    @property
    def covered(self) -> bool:
        """Whether every cell has a draft, or a reason why none exists."""
        return all(cell.drafts or cell.reason for cell in self.cells)


Stretch = tuple[datetime | None, datetime | None]
"""From an instant on, until just before another one; None for no end."""


def stretches(instants: set[datetime]) -> list[Stretch]:
    """Cut time at some instants."""
    cuts: list[datetime | None] = [None, *sorted(instants - {ALWAYS}), None]
    return list(pairwise(cuts))


def in_words(stretch: Stretch) -> str:
    """Describe a stretch of time; "" for all of it."""
    start, end = stretch
    parts = [("from", start), ("before", end)]
    return " ".join(f"{word} {write_instant(instant)}" for word, instant in parts if instant is not None)


def at(draft: Specimen, stretch: Stretch) -> Specimen | None:
    """Set the clock of a draft into a stretch; None where its instants cannot be moved so far."""
    start, end = stretch
    now = draft.draft.facts.now
    if (start is None or now >= start) and (end is None or now < end):
        return draft
    try:
        return specimen(set_clock(draft.document, start or (end or now) - _TICK))
    except (LookupError, ValueError, OverflowError):
        return None


def some(drafts: Iterator[Specimen]) -> tuple[Specimen, ...]:
    """Take as many drafts as a cell keeps."""
    return tuple(islice(drafts, _MOST_DRAFTS))


def turned(dials: list[Dial], value: int | str, operation: str) -> Iterator[Specimen]:
    """Set a quantity in the dials' own examples, at every item of a list, and in every example of the operation."""
    return islice(_turned(dials, value, operation), _MOST_TRIES)


def _turned(dials: list[Dial], value: int | str, operation: str) -> Iterator[Specimen]:
    examples = clean(operation)
    for dial in sorted(dials, key=lambda dial: dial.example not in examples):
        changes = dial.turn(value)
        for name in sorted(examples, key=lambda name, own=dial.example: name != own):  # type: ignore[misc]  # bound at once
            for moved in _at_every_item(changes):
                draft = examples[name].with_changes(moved)
                if draft is not None:
                    yield draft


def _at_every_item(changes: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Make changes where they are made, and at the first items of the list that they are made in."""
    yield changes
    for position in range(3):
        moved = {_POSITION.sub(f"/{position}", pointer, count=1): value for pointer, value in changes.items()}
        if moved != changes:
            yield moved

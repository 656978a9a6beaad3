"""A draft document that says what it should, and everything that can be told otherwise in it."""

from collections.abc import Mapping
from functools import cache, cached_property
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from rules_engine.path import Path
from rules_engine.testing.documents import REMOVED
from rules_engine.testing.strategies.yielding.disguises import Wardrobe, wardrobes
from rules_engine.testing.strategies.yielding.faults import Fault, worlds
from rules_engine.testing.strategies.yielding.freedom import freedom
from rules_engine.testing.strategies.yielding.spots import ABSENT, Spot, spots
from rules_engine.testing.strategies.yielding.verdicts import says, with_changes

_MOST_CHANGES: Final = 16


class Story:
    """A draft document that says what it should.

    What may be told otherwise is found out by judging, place by place, when it is asked for.
    """

    def __init__(self, world: Mapping[str, Any], fault: Fault | None, codes: tuple[str, ...]) -> None:
        """Spoil a clean world.

        Args:
            world: The clean world.
            fault: What is done to it; None leaves it clean.
            codes: What is said of it then.
        """
        self._world = world
        self._fault = fault
        self._codes = codes
        self._freedoms: dict[Path, SearchStrategy[Any] | None] = {}

    @cached_property
    def _document(self) -> dict[str, Any]:
        return with_changes(self._world, self._fault.sample if self._fault else {})

    @cached_property
    def _spots(self) -> tuple[Spot, ...]:
        return tuple(spots(self._document))

    def _says_it(self, document: Mapping[str, Any]) -> bool:
        return says(document, self._codes)

    def _freedom(self, spot: Spot) -> SearchStrategy[Any] | None:
        if spot.path not in self._freedoms:
            examples = _examples(self._document["operation"]).get(spot.path, ())
            self._freedoms[spot.path] = freedom(
                spot, examples, lambda value: self._says_it(with_changes(self._document, {spot.pointer: value}))
            )
        return self._freedoms[spot.path]

    @cached_property
    def _wardrobes(self) -> tuple[Wardrobe, ...]:
        return tuple(
            wardrobe
            for wardrobe in wardrobes(self._document)
            if all(self._says_it(disguise(self._document)) for disguise in wardrobe.tried)
        )

    def told(self, draw: st.DrawFn) -> dict[str, Any]:
        """Tell the story in some way; nearly always it says the same.

        Args:
            draw: Draws from a strategy.
        """
        changes: list[tuple[Path, Any]] = []
        for spot in draw(st.lists(st.sampled_from(self._spots), max_size=_MOST_CHANGES, unique_by=_path)):
            values = self._freedom(spot)
            if values is not None:
                changes.append((spot.path, draw(values)))
        spoilt = with_changes(self._world, draw(self._fault.changes) if self._fault else {})
        document = self._changed(spoilt, changes)
        for wardrobe in self._wardrobes:
            if draw(st.booleans()):
                document = draw(wardrobe.all)(document)
        return document

    def _changed(self, spoilt: dict[str, Any], changes: list[tuple[Path, Any]]) -> dict[str, Any]:
        """Make changes, each of which holds by itself; of those that do not hold together, the earlier ones."""
        document = with_changes(spoilt, _in_order(changes))
        if self._says_it(document):
            return document
        kept: list[tuple[Path, Any]] = []
        for change in changes:
            if self._says_it(with_changes(spoilt, _in_order([*kept, change]))):
                kept.append(change)
        return with_changes(spoilt, _in_order(kept))


def _path(spot: Spot) -> Path:
    return spot.path


def _in_order(changes: list[tuple[Path, Any]]) -> dict[str, Any]:
    """Set outer places before inner ones, and take inner ones away before outer ones, after everything is set."""
    ordered = sorted(changes, key=_turn)
    return {Spot(path, None, ABSENT).pointer: value for path, value in ordered}


def _turn(change: tuple[Path, Any]) -> tuple[bool, int]:
    path, value = change
    takes_away = value is REMOVED or value is None
    return takes_away, -len(path) if takes_away else len(path)


@cache
def _examples(operation: str) -> Mapping[Path, tuple[Any, ...]]:
    """Gather what stands in each place of the clean worlds of an operation."""
    found: dict[Path, list[Any]] = {}
    for world in worlds(operation).values():
        for spot in spots(world):
            values = found.setdefault(spot.path, [])
            if spot.value is not ABSENT and spot.value not in values:
                values.append(spot.value)
    return {path: tuple(values) for path, values in found.items()}

"""A draft document that says what it should, and the ways to tell it otherwise."""

from collections.abc import Mapping
from functools import cache, cached_property
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from rules_engine.path import Path
from rules_engine.testing.strategies.yielding.alternatives import alternatives
from rules_engine.testing.strategies.yielding.disguises import disguises, ids
from rules_engine.testing.strategies.yielding.faults import Fault, examples_of
from rules_engine.testing.strategies.yielding.spots import ABSENT, Spot, spots
from rules_engine.testing.strategies.yielding.verdicts import says, with_changes

_MOST_CHANGES: Final = 16


class Story:
    """A valid example with something done to it, so that codes are said of it."""

    def __init__(self, example: Mapping[str, Any], fault: Fault | None, codes: tuple[str, ...]) -> None:
        """Spoil a valid example.

        Args:
            example: The valid example.
            fault: What is done to it; None leaves it clean.
            codes: What is said of it then.
        """
        self._world = example
        self._changes = st.just({}) if fault is None else fault.changes
        self._sample = {} if fault is None else fault.sample
        self._codes = codes

    @cached_property
    def _spots(self) -> SearchStrategy[Spot]:
        """Draw a place: within a field of the request, each as likely as another, or where something stands.

        Ids are left to the disguises: by itself none can change.
        """
        document = with_changes(self._world, self._sample)
        named = ids(document)
        known = [spot for spot in spots(document) if not isinstance(spot.value, str) or spot.value not in named]
        fields: dict[Path, list[Spot]] = {}
        for spot in known:
            if spot.path[0] == "request":
                fields.setdefault(spot.path[:2], []).append(spot)
        filled = [spot for spot in known if spot.value is not ABSENT]
        anywhere = st.sampled_from(filled) | st.sampled_from(known)
        return anywhere | st.sampled_from([*fields.values()]).flatmap(st.sampled_from) if fields else anywhere

    def told(self, draw: st.DrawFn) -> dict[str, Any]:
        """Tell the story in some way: whatever would change what is said is left as it was.

        Args:
            draw: Draws from a strategy.
        """
        document = with_changes(self._world, draw(self._changes))
        number = draw(st.integers(0, _MOST_CHANGES))  # a list by itself would nearly always be short
        for spot in draw(st.lists(self._spots, min_size=number, max_size=number)):
            value = draw(_alternatives(document["operation"], spot))
            document = self._unless_it_matters(document, with_changes(document, {spot.pointer: value}))
        for disguise in disguises(document):
            if draw(st.booleans()):
                document = self._unless_it_matters(document, draw(disguise)(document))
        return document

    def _unless_it_matters(self, before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
        return after if says(after, self._codes) else before


def _alternatives(operation: str, spot: Spot) -> SearchStrategy[Any]:
    return alternatives(spot, _examples(operation).get(spot.pointer, ()))


@cache
def _examples(operation: str) -> Mapping[str, tuple[Any, ...]]:
    """Gather what stands in each place of the valid examples of an operation."""
    found: dict[str, list[Any]] = {}
    for example in examples_of(operation).values():
        for spot in spots(example):
            values = found.setdefault(spot.pointer, [])
            if spot.value is not ABSENT and spot.value not in values:
                values.append(spot.value)
    return {pointer: tuple(values) for pointer, values in found.items()}

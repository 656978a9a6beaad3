"""What the rules of one draft read, and how it is noted that a fact is unknown."""

from collections.abc import Collection, Mapping
from typing import Any, TypeVar

from rules_engine.models import Draft
from rules_engine.path import Path

V = TypeVar("V")

UnknownFact = tuple[str, str | None]
"""The kind and the key of a fact that is not provided."""
Views = dict[str, Any]
"""What the rules of one draft read: under the name of each scope of its operation, the items, in the order of their
index; under `unknown`, the facts that are not provided, as `UnknownFact`. While there are none, no rule is undecided.

The items of a scope are None where they are unknown, because what holds them is not provided: all its rules are then
undecided.
"""
TARGET_PLACE: Path = ("target", "id")
"""Where a draft document names the object that it acts on."""


def look_up(
    key: str, known: Mapping[str, V], missing: Collection[str], kind: str, unknown: list[UnknownFact]
) -> tuple[V | None, bool, bool]:
    """Return the object of a key, whether it is known not to exist, and whether it is unknown.

    Args:
        key: Its id, or what else it is kept under.
        known: The objects of its kind.
        missing: The keys that are known to have none.
        kind: What a required fact calls the kind.
        unknown: Where an unknown one is noted.
    """
    found = known.get(key)
    if found is not None:
        return found, False, False
    if key in missing:
        return None, True, False
    unknown.append((kind, key))
    return None, False, True


def target_id(draft: Draft[Any]) -> str:
    """Return the id of the object that a draft acts on; "" where an application built a draft without a target."""
    return "" if draft.target is None else draft.target.id

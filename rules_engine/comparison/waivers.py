"""The cells that the waivers of two policies cut drafts into: by merchant, by metadata of the session, and by time."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, product
from typing import Any, Final

from attrs import frozen

from rules_engine.comparison.cells import Axis, Cell, Kind, Stretch, at, in_words, some, stretches
from rules_engine.comparison.proof import Side
from rules_engine.comparison.specimen import Specimen, broken
from rules_engine.engine.terms import fitting
from rules_engine.policy.waiver import Waiver
from rules_engine.rules.declaration import Rule

_MOST_CELLS: Final = 48
_OTHER: Final = "another"
"""A merchant, or a value, that no waiver names."""


@frozen
class _Region:
    """Drafts that no waiver tells apart.

    Attributes:
        merchant: The id of the merchant; None where no waiver asks.
        metadata: Each key that a waiver asks for, to its value; None where the session has no such key.
        stretch: When they are judged.
    """

    merchant: str | None
    metadata: Mapping[str, str | None]
    stretch: Stretch

    def __str__(self) -> str:
        """Read as `merchant mer_1, channel = bazaar, before 2027-01-10T00:00:00Z`."""
        parts = [] if self.merchant is None else [f"merchant {self.merchant}"]
        parts += [f"no {key}" if value is None else f"{key} = {value}" for key, value in self.metadata.items()]
        return ", ".join(part for part in (*parts, in_words(self.stretch)) if part)

    def waived(self, waivers: Iterable[Waiver]) -> bool:
        """Tell whether one of some waivers fits these drafts."""
        return any(map(self._fits, waivers))

    def _fits(self, waiver: Waiver) -> bool:
        match, end = waiver.match, self.stretch[1]
        return (
            end is not None
            and end <= waiver.expires
            and match.merchant in (None, self.merchant)
            and (
                match.metadata is None
                or (
                    self.metadata[match.metadata.key] is not None
                    and match.metadata.value in (None, self.metadata[match.metadata.key])
                )
            )
        )


def waiver_axes(rules: Iterable[Rule[Any]], one: Side, other: Side) -> Iterator[Axis]:
    """Give the axes of the codes of some rules whose waivers two policies have different ones of.

    Args:
        rules: Rules that one of them may enforce.
        one: One policy, on an operation.
        other: The other one.
    """
    by_code: dict[str, list[Rule[Any]]] = {}
    for rule in rules:
        if rule in one.enforced or rule in other.enforced:
            by_code.setdefault(rule.code.name, []).append(rule)
    for code, saying in by_code.items():
        if _plain(one.waived(code)) != _plain(other.waived(code)):
            yield Axis(Kind.WAIVERS, code, None, tuple(_cells(code, saying, one, other)))


def _plain(waivers: Iterable[Waiver]) -> set[tuple[Any, ...]]:
    """Leave out of waivers what does not matter here: names, reasons and the operation, which is this one."""
    return {(waiver.match.merchant, waiver.match.metadata, waiver.expires) for waiver in waivers}


def _cells(code: str, saying: list[Rule[Any]], one: Side, other: Side) -> Iterator[Cell]:
    regions = _regions((*one.waived(code), *other.waived(code)))
    for region in islice(regions, _MOST_CELLS):
        expected = tuple(region.waived(side.waived(code)) for side in (one, other))
        drafts = (draft for rule in saying for draft in _placed(region, rule, one, other))
        lying = (
            draft
            for draft in drafts
            if tuple(bool(fitting(side.waived(code), draft.draft)) for side in (one, other)) == expected
        )
        yield Cell(str(region), some(lying))
    left = sum(1 for _ in regions)
    if left:
        yield Cell(f"{left} more")


def _regions(waivers: tuple[Waiver, ...]) -> Iterator[_Region]:
    merchants = sorted({waiver.match.merchant for waiver in waivers if waiver.match.merchant is not None})
    values: dict[str, set[str]] = {}
    for waiver in waivers:
        asked = waiver.match.metadata
        if asked is not None:
            values.setdefault(asked.key, set()).update([] if asked.value is None else [asked.value])
    whose = [*merchants, _beside(merchants)] if merchants else [None]
    keyed = [[*sorted(named), _beside(named), None] for named in values.values()]
    times = stretches({waiver.expires for waiver in waivers})
    return (
        _Region(merchant, dict(zip(values, chosen, strict=True)), stretch)
        for merchant, chosen, stretch in product(whose, product(*keyed), times)
    )


def _beside(names: Iterable[str]) -> str:
    """Name something that is none of these."""
    taken = set(names)
    return next(name for name in (_OTHER + "_" * length for length in range(len(taken) + 1)) if name not in taken)


def _placed(region: _Region, rule: Rule[Any], one: Side, other: Side) -> Iterator[Specimen]:
    """Give broken drafts of a rule, put into a region."""
    for draft in broken(one.operation, rule.name):
        placed = draft.with_changes(_changes(region, draft))
        moved = None if placed is None else at(placed, region.stretch)
        if moved is not None and any(moved.violates(rule, side) for side in (one, other)):
            yield moved


def _changes(region: _Region, draft: Specimen) -> Mapping[str, Any]:
    changes: dict[str, Any] = {}
    if region.merchant is not None:
        changes["/facts/merchant/id"] = region.merchant
    if region.metadata:
        request, session = (_object(draft.document, *way) for way in (("request",), ("facts", "session")))
        sent = "metadata" in request or draft.draft.operation == "session.create"
        before = _object(request if sent else session, "metadata")
        kept = {key: value for key, value in before.items() if key not in region.metadata}
        stated = {key: value for key, value in region.metadata.items() if value is not None}
        changes["/request/metadata" if sent else "/facts/session/metadata"] = {**kept, **stated}
    return changes


def _object(document: Mapping[str, Any], *way: str) -> Mapping[str, Any]:
    """Find an object in a document; an empty one where there is none."""
    value: Any = document
    for key in way:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value if isinstance(value, Mapping) else {}

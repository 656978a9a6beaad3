"""The bars that the library sets itself, each a ratio within one run."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from attrs import frozen

from benches.contestants import JOINED, MSGSPEC, OURS, OURS_ON_PEER_RULES, PYDANTIC, STRAIGHT, Path
from benches.imports import OURS as OUR_IMPORT
from benches.imports import Import
from benches.measure import Timed
from benches.policies import Row

LINES: Final = 3
"""How many lines the draft of most bars has."""


@frozen
class Bar:
    """A bar and how it stands.

    Attributes:
        what: What is held against what.
        ratio: The median ratio that was measured.
        bound: What the ratio has to be, in words; empty where the row only informs.
        met: Whether it is; None where the row only informs.
    """

    what: str
    ratio: float
    bound: str = ""
    met: bool | None = None


def bars(timed: Sequence[Timed], imports: Sequence[Import], burdens: Sequence[Row]) -> list[Bar]:
    """Hold what was measured against the bars; one whose contestants were not timed is left out.

    Args:
        timed: Every contestant on every draft.
        imports: What imports take.
        burdens: What policies cost that hold rules which never fire.
    """
    find = _finder(timed)
    found = [*_object_path(find), *_peers(timed, find), *_wire_path(find), *_growth(find)]
    found += [
        _at_most(f"import {item.what} / import attrs, cattrs", item.times.median, 2)
        for item in imports
        if item.what == OUR_IMPORT
    ]
    found += [_at_most(f"{row.what} / under {row.against}", row.ratio, 1.1) for row in burdens if row.what != _BASE]
    return found


_BASE: Final = "judge under the default policy"
_Find = Callable[[str, Path, int, bool], Timed | None]


def _finder(timed: Sequence[Timed]) -> _Find:
    known = {(item.contestant.name, item.contestant.path, item.lines, item.clean): item for item in timed}
    return lambda name, path, lines, clean: known.get((name, path, lines, clean))


def _at_most(what: str, ratio: float, bound: float) -> Bar:
    return Bar(what, ratio, f"at most {bound:g}", ratio <= bound)


def _object_path(find: _Find) -> Iterator[Bar]:
    ours = find(OURS, Path.OBJECT, LINES, True)  # noqa: FBT003  # the key of a table
    straight = find(STRAIGHT, Path.OBJECT, LINES, True)  # noqa: FBT003  # the same
    views = find(JOINED, Path.OBJECT, LINES, True)  # noqa: FBT003  # the same
    if ours and straight:
        yield _at_most("object path, clean, 3 lines: rules_engine / straight-line", ours.times(straight).median, 1.5)
    if ours and views:
        yield Bar("the same / straight-line over our join", ours.times(views).median)


def _peers(timed: Sequence[Timed], find: _Find) -> Iterator[Bar]:
    for join_counted, name, bound in ((True, OURS_ON_PEER_RULES, 10), (True, OURS, None), (False, OURS, None)):
        peers = [
            item
            for item in timed
            if item.contestant.peer
            and item.contestant.join_counted is join_counted
            and (item.contestant.path, item.lines, item.clean) == (Path.OBJECT, LINES, True)
        ]
        ours = find(name, Path.OBJECT, LINES, True)  # noqa: FBT003  # the key of a table
        if ours and peers:
            fastest = min(peers, key=lambda item: item.cost.median)
            ratio = fastest.times(ours).median
            what = f"fastest peer that agrees ({fastest.contestant.name}) / {name}"
            yield Bar(what, ratio) if bound is None else Bar(what, ratio, f"at least {bound}", ratio >= bound)


def _wire_path(find: _Find) -> Iterator[Bar]:
    ours = find(OURS, Path.WIRE, LINES, True)  # noqa: FBT003  # the key of a table
    msgspec = find(MSGSPEC, Path.WIRE, LINES, True)  # noqa: FBT003  # the same
    pydantic = find(PYDANTIC, Path.WIRE, LINES, True)  # noqa: FBT003  # the same
    typed = [item for item in (msgspec, pydantic) if item]
    if ours and typed:
        fastest = min(typed, key=lambda item: item.cost.median)
        what = f"wire path, clean, 3 lines: rules_engine / ({fastest.contestant.name})"
        yield _at_most(what, ours.times(fastest).median, 1.5)
    if ours and pydantic:
        ratio = ours.times(pydantic).median
        yield Bar(f"the same / ({PYDANTIC})", ratio, "below 1", ratio < 1)


def _growth(find: _Find) -> Iterator[Bar]:
    clean, dirty = (find(OURS, Path.OBJECT, LINES, state) for state in (True, False))
    if clean and dirty:
        yield _at_most("object path, 3 lines: five errors / clean", dirty.times(clean).median, 3)
    ten, thousand = (find(OURS, Path.OBJECT, lines, True) for lines in (10, 1_000))  # noqa: FBT003  # the same
    if ten and thousand:
        yield _at_most("object path, clean: 1,000 lines / 10 lines", thousand.times(ten).median, 100)

"""The bars that the library sets itself, each a ratio within one run."""

from collections.abc import Iterator, Sequence
from typing import Final

from attrs import frozen

from benches.contestants import ENGINE, ENGINE_ON_PEER_RULES, MSGSPEC, PYDANTIC, STRAIGHT, VIEWS, Path
from benches.measure import Import, Timed
from benches.policies import BASE_POLICY, Row

LINES: Final = 3
"""How many lines the draft of most bars has."""


@frozen
class Bar:
    """A bar, and how it is met.

    Attributes:
        what: What is compared with what.
        ratio: The median ratio that was measured.
        bound: What the ratio has to be, in words; empty where the row only informs.
        met: Whether it is; None where the row only informs.
    """

    what: str
    ratio: float
    bound: str = ""
    met: bool | None = None


def bars(timed: Sequence[Timed], imports: Sequence[Import], burdens: Sequence[Row]) -> list[Bar]:
    """Compare what was measured with the bars; one whose contestants were not timed is left out.

    Args:
        timed: Every contestant on every draft.
        imports: What imports take.
        burdens: What policies cost that hold rules which never fire.
    """
    found = [*_object_path(timed), *_wire_path(timed), *_growth(timed)]
    found += [
        _at_most(f"import {item.what} / import attrs, cattrs", item.times.median, 2)
        for item in imports
        if item.what == ENGINE
    ]
    burdened = (row for row in burdens if row.what != f"judge under {BASE_POLICY}")
    return found + [_at_most(f"{row.what} / under {row.against}", row.ratio, 1.1) for row in burdened]


def _at_most(what: str, ratio: float, bound: float) -> Bar:
    return Bar(what, ratio, f"at most {bound:g}", ratio <= bound)


def _of(timed: Sequence[Timed], name: str, path: Path, lines: int = LINES, *, clean: bool = True) -> Timed | None:
    key = (name, path, lines, clean)
    return next(
        (item for item in timed if (item.contestant.name, item.contestant.path, item.lines, item.clean) == key), None
    )


def _object_path(timed: Sequence[Timed]) -> Iterator[Bar]:
    engine, straight, views = (_of(timed, name, Path.OBJECT) for name in (ENGINE, STRAIGHT, VIEWS))
    if engine and straight:
        yield _at_most("object path, clean, 3 lines: rules_engine / straight-line", engine.times(straight).median, 1.5)
    if engine and views:
        yield Bar("the same / straight-line over our views", engine.times(views).median)
    for record_counted, name, bound in ((True, ENGINE_ON_PEER_RULES, 10), (True, ENGINE, None), (False, ENGINE, None)):
        peers = [
            item
            for item in timed
            if item.contestant.peer
            and item.contestant.record_counted is record_counted
            and (item.contestant.path, item.lines, item.clean) == (Path.OBJECT, LINES, True)
        ]
        compared = _of(timed, name, Path.OBJECT)
        if compared and peers:
            fastest = min(peers, key=lambda item: item.cost.median)
            ratio = fastest.times(compared).median
            what = f"fastest peer that agrees ({fastest.contestant.name}) / {name}"
            yield Bar(what, ratio) if bound is None else Bar(what, ratio, f"at least {bound}", ratio >= bound)


def _wire_path(timed: Sequence[Timed]) -> Iterator[Bar]:
    engine, msgspec, pydantic = (_of(timed, name, Path.WIRE) for name in (ENGINE, MSGSPEC, PYDANTIC))
    typed = [item for item in (msgspec, pydantic) if item]
    if engine and typed:
        fastest = min(typed, key=lambda item: item.cost.median)
        what = f"wire path, clean, 3 lines: rules_engine / ({fastest.contestant.name})"
        yield _at_most(what, engine.times(fastest).median, 1.5)
    if engine and pydantic:
        ratio = engine.times(pydantic).median
        yield Bar(f"the same / ({PYDANTIC})", ratio, "below 1", ratio < 1)


def _growth(timed: Sequence[Timed]) -> Iterator[Bar]:
    clean, dirty = (_of(timed, ENGINE, Path.OBJECT, clean=state) for state in (True, False))
    if clean and dirty:
        yield _at_most("object path, 3 lines: five errors / clean", dirty.times(clean).median, 3)
    ten, thousand = (_of(timed, ENGINE, Path.OBJECT, lines) for lines in (10, 1_000))
    if ten and thousand:
        yield _at_most("object path, clean: 1,000 lines / 10 lines", thousand.times(ten).median, 100)

"""Two functions on the same drafts, timed in turns: what each costs, and how many times the other."""

import gc
import statistics
from collections.abc import Callable, Sequence
from time import perf_counter

from attrs import frozen

from benches.worlds import World
from rules_engine.models.draft import SessionCreateDraft

Contestant = Callable[[SessionCreateDraft], object]


@frozen
class Spread:
    """A median and its quartiles."""

    low: float
    median: float
    high: float


@frozen
class Measured:
    """What a draft costs.

    Attributes:
        world: The draft.
        ours: Microseconds a draft takes the engine.
        straight_line: Microseconds it takes straight-line Python.
        ratio: The one over the other, round by round: a slow moment of the machine hits both.
    """

    world: World
    ours: Spread
    straight_line: Spread
    ratio: Spread


def measure(
    worlds: Sequence[World], ours: Contestant, straight_line: Contestant, *, rounds: int, seconds: float
) -> list[Measured]:
    """Time two functions on drafts, in turns.

    Every round times every draft once with each of the two, and the two swap places from round to round.

    Args:
        worlds: The drafts.
        ours: The function whose cost is of interest.
        straight_line: The function it is compared with.
        rounds: How many rounds, at least 2.
        seconds: About how long one sample takes.
    """
    repeats = [(_repeats(ours, world, seconds), _repeats(straight_line, world, seconds)) for world in worlds]
    samples: list[list[tuple[float, float]]] = [[] for _ in worlds]
    collecting = gc.isenabled()
    gc.disable()
    try:
        for number in range(rounds):
            gc.collect()
            for world, (ours_times, straight_times), kept in zip(worlds, repeats, samples, strict=True):
                if number % 2 == 0:
                    ours_cost = _cost(ours, world.draft, ours_times)
                    straight_cost = _cost(straight_line, world.draft, straight_times)
                else:
                    straight_cost = _cost(straight_line, world.draft, straight_times)
                    ours_cost = _cost(ours, world.draft, ours_times)
                kept.append((ours_cost, straight_cost))
    finally:
        if collecting:
            gc.enable()
    return [_measured(world, kept) for world, kept in zip(worlds, samples, strict=True)]


def _repeats(judge: Contestant, world: World, seconds: float) -> int:
    """Tell how often a draft has to be judged to fill a sample; judging it a few times also warms it up."""
    return max(1, round(seconds * 1e6 / min(_cost(judge, world.draft, 1) for _ in range(5))))


def _cost(judge: Contestant, draft: SessionCreateDraft, repeats: int) -> float:
    times = range(repeats)
    start = perf_counter()
    for _ in times:
        judge(draft)
    return (perf_counter() - start) / repeats * 1e6


def _measured(world: World, samples: Sequence[tuple[float, float]]) -> Measured:
    return Measured(
        world,
        _spread([ours for ours, _ in samples]),
        _spread([straight for _, straight in samples]),
        _spread([ours / straight for ours, straight in samples]),
    )


def _spread(values: Sequence[float]) -> Spread:
    return Spread(*statistics.quantiles(values, n=4, method="inclusive"))

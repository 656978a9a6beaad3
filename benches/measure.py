"""Time contestants on drafts, in turns: what each costs, and how many times another."""

import gc
import statistics
from collections.abc import Sequence
from time import process_time
from typing import Final

from attrs import frozen

from benches.contestants import Contestant
from benches.documents import Case

_SLOW: Final = 0.02
"""Who takes more seconds than this for one draft is timed in the first rounds only."""
_FIRST_ROUNDS: Final = 3


@frozen
class Spread:
    """A median and its quartiles."""

    low: float
    median: float
    high: float


@frozen(eq=False)
class Timed:
    """What a draft costs a contestant.

    Attributes:
        contestant: Who.
        case: The draft.
        lines: How many lines it has.
        clean: Whether nothing is wrong with it.
        samples: Microseconds of processor time a draft, round by round.
    """

    contestant: Contestant
    case: Case
    lines: int
    clean: bool
    samples: list[float]

    @property
    def cost(self) -> Spread:
        """The microseconds a draft takes."""
        return spread_of(self.samples)

    def times(self, other: "Timed") -> Spread:
        """Tell how many times another it costs, round by round: a slow moment of the machine hits both."""
        return spread_of([one / two for one, two in zip(self.samples, other.samples, strict=False)])


def measure(entries: Sequence[Timed], *, rounds: int, seconds: float) -> None:
    """Time all entries, and note their samples.

    Every round times every entry once, and the order is turned round from one round to the next.

    Args:
        entries: Who is timed on what.
        rounds: How many rounds, at least 2.
        seconds: About how long one sample takes.
    """
    repeats = [_repeats(entry, seconds) for entry in entries]
    collecting = gc.isenabled()
    gc.disable()
    try:
        for number in range(rounds):
            gc.collect()
            turn = list(zip(entries, repeats, strict=True))
            for entry, (times, slow) in turn if number % 2 == 0 else reversed(turn):
                if not slow or number < _FIRST_ROUNDS:
                    entry.samples.append(_cost(entry, times))
    finally:
        if collecting:
            gc.enable()


def _repeats(entry: Timed, seconds: float) -> tuple[int, bool]:
    """Tell how often a draft has to be judged to fill a sample, and whether once takes long."""
    first = _cost(entry, 1) / 1e6
    if first > _SLOW:
        return 1, True
    return max(1, round(seconds * 1e6 / max(0.1, min(_cost(entry, 3) for _ in range(4))))), False


def _cost(entry: Timed, repeats: int) -> float:
    judge, given = entry.contestant.judge, entry.contestant.given(entry.case)
    times = range(repeats)
    start = process_time()
    for _ in times:
        judge(given)
    return (process_time() - start) / repeats * 1e6


def spread_of(values: Sequence[float]) -> Spread:
    """Take the median and the quartiles of at least two values."""
    return Spread(*statistics.quantiles(values, n=4, method="inclusive"))

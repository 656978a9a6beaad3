"""What a draft allocates, as tracemalloc sees it: Python's own allocations, not those inside a library in Rust or C."""

import gc
import tracemalloc

from attrs import frozen

from benches.contestants import Contestant
from benches.documents import Case

_TIMES = 5


@frozen
class Memory:
    """What judging one draft allocates.

    Attributes:
        contestant: Who.
        peak: The most bytes at once, beyond those before.
        kept: The bytes that the answer keeps alive.
    """

    contestant: Contestant
    peak: int
    kept: int


def memory_of(contestant: Contestant, case: Case) -> Memory:
    """Trace a contestant on a draft, and take the least of several times."""
    given = contestant.given(case)
    contestant.judge(given)
    peaks, kept = [], []
    gc.collect()
    tracemalloc.start()
    try:
        for _ in range(_TIMES):
            before = tracemalloc.get_traced_memory()[0]
            tracemalloc.reset_peak()
            answer = contestant.judge(given)
            peaks.append(tracemalloc.get_traced_memory()[1] - before)
            gc.collect()
            after = tracemalloc.get_traced_memory()[0]
            kept.append(max(0, after - before))
            del answer
    finally:
        tracemalloc.stop()
    return Memory(contestant, min(peaks), min(kept))

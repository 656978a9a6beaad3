"""Measure contestants on drafts, in turns: what each costs, how many times another, and what it allocates.

Beside them: what it takes to import a library, and where the figures come from.
"""

import gc
import os
import platform
import statistics
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from time import process_time
from typing import Final

from attrs import frozen

from benches.contestants import ENGINE, Contestant
from benches.documents import Case
from rules_engine.distribution import DISTRIBUTION

_SLOW: Final = 0.02
"""Who takes more seconds than this for one draft is timed in the first rounds only."""
_FIRST_ROUNDS: Final = 3
_TRACED: Final = 5
"""How many times a draft is judged to see what it allocates."""

BASE: Final = "attrs, cattrs"
_IMPORTS: Final[Mapping[str, str]] = {
    BASE: "import attrs, cattrs",
    ENGINE: "import rules_engine",
    "rules_engine and a first verdict": "import rules_engine; rules_engine.validate_session(document)",
    "msgspec": "import msgspec",
    "pydantic": "import pydantic; pydantic.BaseModel",
    "zen-engine": "import zen",
    "common-expression-language": "import cel",
    "cedarpy": "import cedarpy",
    "rule-engine": "import rule_engine",
}
_PACKAGES: Final = (DISTRIBUTION, "attrs", "cattrs", *list(_IMPORTS)[3:])
_CHILD: Final = """
import sys, time
document = sys.stdin.buffer.read()
start = time.process_time()
{statement}
print((time.process_time() - start) * 1e3)
"""


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
        """Compute how many times another it costs, round by round: a slow moment of the machine hits both."""
        return times_of(self.samples, other.samples)


@frozen
class Memory:
    """What judging one draft allocates, as tracemalloc sees it: nothing of what is inside a library in Rust or C.

    Attributes:
        contestant: Who.
        peak: The most bytes at once, beyond those before.
        kept: The bytes that the answer keeps alive.
    """

    contestant: Contestant
    peak: int
    kept: int


@frozen
class Import:
    """What an import takes.

    Attributes:
        what: The library.
        cost: Milliseconds of processor time, beyond those of the interpreter itself.
        times: How many times the import of attrs and cattrs, round by round.
    """

    what: str
    cost: Spread
    times: Spread


@contextmanager
def only_new_garbage() -> Iterator[None]:
    """Keep what was there before out of every collection: it takes longer to walk than what is measured."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


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
    """Return how often a draft has to be judged to fill a sample, and whether once takes long."""
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
    """Compute the median and the quartiles of at least two values."""
    return Spread(*statistics.quantiles(values, n=4, method="inclusive"))


def times_of(values: Sequence[float], others: Sequence[float]) -> Spread:
    """Compute how many times others some values are, one by one, as far as there are both."""
    return spread_of([one / two for one, two in zip(values, others, strict=False)])


def memory_of(contestant: Contestant, case: Case) -> Memory:
    """Trace a contestant on a draft, and take the least of several times."""
    given = contestant.given(case)
    contestant.judge(given)
    peaks, kept = [], []
    gc.collect()
    tracemalloc.start()
    try:
        for _ in range(_TRACED):
            before = tracemalloc.get_traced_memory()[0]
            tracemalloc.reset_peak()
            answer = contestant.judge(given)
            peaks.append(tracemalloc.get_traced_memory()[1] - before)
            gc.collect()
            kept.append(max(0, tracemalloc.get_traced_memory()[0] - before))
            del answer
    finally:
        tracemalloc.stop()
    return Memory(contestant, min(peaks), min(kept))


def import_times(document: bytes, rounds: int) -> list[Import]:
    """Import every library that is installed, each time in a fresh process, in turns.

    Args:
        document: The draft document of the first verdict.
        rounds: How often, at least 2; once more before, so that everything is compiled.
    """
    samples: dict[str, list[float]] = {
        what: [] for what, statement in _IMPORTS.items() if find_spec(statement.split()[1].strip(",;"))
    }
    for number in range(rounds + 1):
        for what, found in samples.items():
            milliseconds = _milliseconds(_IMPORTS[what], document)
            if number:
                found.append(milliseconds)
    return [Import(what, spread_of(found), times_of(found, samples[BASE])) for what, found in samples.items()]


def _milliseconds(statement: str, document: bytes) -> float:
    program = _CHILD.format(statement=statement)
    done = subprocess.run([sys.executable, "-c", program], input=document, capture_output=True, check=True)  # noqa: S603  # the project's own text
    return float(done.stdout)


def machine() -> str:
    """Describe the interpreter, the processor and the system."""
    return (
        f"{platform.python_implementation()} {platform.python_version()} on {_processor()}, "
        f"{os.cpu_count()} processors, {platform.system()} {platform.machine()}"
    )


def _processor() -> str:
    listed = Path("/proc/cpuinfo")
    for line in listed.read_text(encoding="utf-8").splitlines() if listed.exists() else ():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def versions() -> Mapping[str, str]:
    """Return the versions of the packages that are measured and installed."""
    found = {}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found

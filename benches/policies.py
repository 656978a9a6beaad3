"""Measure what policies cost: to load many of them, to find one, and to judge under waivers and rules that never fire.

Every figure is a ratio within one run. `python -m benches.policies --small` runs it small, and only for the answers.
"""

import argparse
import gc
import json
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Final

from attrs import asdict, evolve, frozen

from benches.documents import measured
from benches.measure import only_new_garbage
from rules_engine import Engine, Mode, Policy, PolicySet, default_policy
from rules_engine.policy.model import Waiver, WaiverMatch

SIZES: Final = (100, 1_000, 10_000)
SMALL_SIZES: Final = (10, 100)
NOW: Final = datetime(2026, 11, 22, 10, tzinfo=UTC)
BASE_POLICY: Final = "the default policy"
_LATER: Final = datetime(2027, 11, 22, tzinfo=UTC)
_OVERLAY: Final = """schema_version = 1
id = "shop_{number}"
extends = "default"
merchant = "mer_{number}"
[rules]
price_expired = {{ mode = "warn" }}
[limits]
max_line_items = {lines}
"""


@frozen
class Row:
    """One figure.

    Attributes:
        what: What was measured.
        microseconds: What it costs.
        ratio: How many times the row that it is compared with.
        against: That row, in words.
    """

    what: str
    microseconds: float
    ratio: float
    against: str


def loading(sizes: Sequence[int]) -> Iterator[Row]:
    """Load sets of more and more merchants, and look one up in each: both per merchant."""
    first_load = first_lookup = 0.0
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            _write(Path(folder), size)
            started = perf_counter()
            policies = PolicySet.load(folder)
            load = (perf_counter() - started) / size * 1e6
        chosen = policies.for_merchant(f"mer_{size // 2}", at=NOW)
        if chosen.limits["max_line_items"] != _lines(size // 2):
            raise AssertionError(f"the policy of another merchant was found: {chosen.id}")
        lookup = _best(partial(policies.for_merchant, f"mer_{size // 2}", at=NOW))
        first_load, first_lookup = first_load or load, first_lookup or lookup
        yield Row(f"load {size} merchants, each", load, load / first_load, f"{sizes[0]} merchants")
        yield Row(f"find one of {size}", lookup, lookup / first_lookup, f"{sizes[0]} merchants")


def judging(rounds: int) -> Iterator[Row]:
    """Judge a clean draft under the default policy, and under the same one with what never comes to pass."""
    draft = measured(3, clean=True).draft
    base = default_policy()
    policies = {BASE_POLICY: base, **_burdened(base)}
    engines = {what: Engine(policy) for what, policy in policies.items()}
    for what, engine in engines.items():
        engine.compile("session.create")
        if not engine.validate(draft).accepted:
            raise AssertionError(f"{what}: the draft is not accepted")
    times: dict[str, list[float]] = {what: [] for what in engines}
    for _ in range(rounds):
        for what, engine in engines.items():
            times[what].append(_best(partial(engine.validate, draft)))
    plain = times[BASE_POLICY]
    for what, found in times.items():
        ratio = statistics.median(one / other for one, other in zip(found, plain, strict=True))
        yield Row(f"judge under {what}", statistics.median(found), ratio, BASE_POLICY)


def _burdened(base: Policy) -> dict[str, Policy]:
    pipeline = base.pipelines["session.create"]
    waivers = tuple(
        Waiver(f"waiver_{number}", "price_expired", WaiverMatch(merchant=f"mer_{number}"), _LATER, "known")
        for number in range(100)
    )
    shadowed = base.with_modes(Mode.SHADOW, *pipeline[-50:])
    return {
        "100 waivers": evolve(base, waivers=waivers),
        "50 rules in the shadow": shadowed,
        "50 rules off": base.with_modes(Mode.OFF, *pipeline[-50:]),
        "50 shadow rules and 100 waivers": evolve(shadowed, waivers=waivers),
    }


def _write(folder: Path, size: int) -> None:
    (folder / "merchants").mkdir()
    for number in range(size):
        text = _OVERLAY.format(number=number, lines=_lines(number))
        (folder / "merchants" / f"shop_{number}.toml").write_text(text, encoding="utf-8")


def _lines(number: int) -> int:
    return number % 90 + 10


def _best(function: Callable[[], object], seconds: float = 0.02) -> float:
    """Call a function for a while, and return the least time of several batches, in microseconds a call."""
    gc.collect()
    number = 10
    best = float("inf")
    ended = perf_counter() + seconds
    while perf_counter() < ended:
        started = perf_counter()
        for _ in range(number):
            function()
        best = min(best, (perf_counter() - started) / number)
    return best * 1e6


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench.

    Args:
        arguments: The arguments of the command line; those of the process where none are given.

    Returns:
        The exit status, 0. An answer that is not the expected one raises `AssertionError`.
    """
    parser = argparse.ArgumentParser(prog="python -m benches.policies", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--small", action="store_true", help="run small, for the answers")
    options = parser.parse_args(arguments)
    with only_new_garbage():
        rows = [*loading(SMALL_SIZES if options.small else SIZES), *judging(2 if options.small else 25)]
    if options.json:
        print(json.dumps([asdict(row) for row in rows], indent=2))
    else:
        width = max(len(row.what) for row in rows)
        for row in rows:
            print(f"{row.what:<{width}}  {row.microseconds:>9.1f} µs  {row.ratio:>5.2f} x {row.against}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

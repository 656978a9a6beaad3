"""Compare the engine with straight-line Python: the same drafts, the same answers, one process."""

import argparse
import json
import os
import platform
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benches.measure import Measured, Spread, measure
from benches.straight_line import check_session_create
from benches.worlds import World, worlds
from rules_engine.api import Engine


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench.

    Args:
        arguments: The arguments of the command line; those of the process where none are given.

    Returns:
        The exit status: 0 where all answers agree, 1 where one does not. Nothing is timed then.
    """
    options = _options(arguments)
    engine = Engine()
    drafts = list(worlds())
    differing = [difference for world in drafts for difference in _differences(engine, world)]
    if differing:
        print("\n".join(differing), file=sys.stderr)
        return 1
    measured = measure(
        drafts, engine.validate, check_session_create, rounds=options.rounds, seconds=0.001 if options.small else 0.01
    )
    if options.json:
        print(json.dumps(_document(measured, options.rounds), indent=2))
    else:
        print(_machine())
        print(_table(measured))
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benches", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--rounds", type=_rounds, default=None, metavar="N", help="rounds, at least 2 (default: 25)")
    parser.add_argument("--small", action="store_true", help="compare the answers, and time only to show the table")
    options = parser.parse_args(arguments)
    if options.rounds is None:
        options.rounds = 3 if options.small else 25
    return options


def _rounds(text: str) -> int:
    if not text.isdecimal() or int(text) < 2:
        raise argparse.ArgumentTypeError(f"expected a whole number of at least 2, got {text}")
    return int(text)


def _differences(engine: Engine, world: World) -> list[str]:
    """Compare both answers with the documented one."""
    answers = {
        "the engine": engine.validate(world.draft).codes,
        "straight-line": tuple(check_session_create(world.draft)),
    }
    return [
        f"{world.name}: {who} says {', '.join(codes) or 'nothing'}, expected {', '.join(world.codes) or 'nothing'}"
        for who, codes in answers.items()
        if codes != world.codes
    ]


def _machine() -> str:
    return (
        f"{platform.python_implementation()} {platform.python_version()} on {_processor()}, "
        f"{os.cpu_count()} processors, {platform.system()} {platform.machine()}"
    )


def _processor() -> str:
    """Name the processor; where the system has no list of them, the machine stands for it."""
    listed = Path("/proc/cpuinfo")
    for line in listed.read_text(encoding="utf-8").splitlines() if listed.exists() else ():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _table(measured: Sequence[Measured]) -> str:
    rows = [("draft, lines", "ours µs", "straight-line µs", "ratio", "quartiles", "answers")]
    rows += [
        (
            item.world.name,
            f"{item.ours.median:.1f}",
            f"{item.straight_line.median:.1f}",
            f"{item.ratio.median:.2f}",
            f"{item.ratio.low:.2f} to {item.ratio.high:.2f}",
            f"agree, {len(item.world.codes)} codes",
        )
        for item in measured
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def _document(measured: Sequence[Measured], rounds: int) -> dict[str, Any]:
    return {
        "machine": _machine(),
        "rounds": rounds,
        "unit": "microseconds",
        "drafts": [
            {
                "draft": item.world.name,
                "codes": item.world.codes,
                "ours": _quartiles(item.ours),
                "straightLine": _quartiles(item.straight_line),
                "ratio": _quartiles(item.ratio),
            }
            for item in measured
        ],
    }


def _quartiles(spread: Spread) -> dict[str, float]:
    return {
        "lowerQuartile": round(spread.low, 3),
        "median": round(spread.median, 3),
        "upperQuartile": round(spread.high, 3),
    }


if __name__ == "__main__":
    raise SystemExit(main())

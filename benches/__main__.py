"""Compare the engine with straight-line Python and with peers: the same drafts, the same answers, one process."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from benches import report as reports
from benches.agreement import agreements
from benches.bars import LINES, bars
from benches.contestants import Contestant, contestants
from benches.documents import Case, case_of_world, cases
from benches.examples import LONG, dirty_world, valid_example
from benches.imports import import_times
from benches.machine import machine, versions
from benches.measure import Timed, measure
from benches.memory import memory_of
from benches.plot import plot
from benches.policies import judging
from benches.report import Report
from benches.straight_line import MOST_LINES

_LINES: Final = (1, 3, 10, 100, LONG)
_FEW_LINES: Final = (1, 3)
_WARM_UP: Final = 200
"""How many drafts everybody judges before the clock starts."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench.

    Args:
        arguments: The arguments of the command line; those of the process where none are given.

    Returns:
        The exit status: 0 where all answers agree, 1 where one does not. Time never decides.
    """
    options = _options(arguments)
    compared = cases(40 if options.small else 400)
    usual = _Field(MOST_LINES, compared)
    fields = {count: usual for count in options.lines if count <= MOST_LINES}
    if LONG in options.lines:
        fields[LONG] = _Field(LONG, [case_of_world(valid_example(LONG)), case_of_world(dirty_world(LONG))])
    wrong = [
        item.difference
        for field in dict.fromkeys([usual, *fields.values()])
        for item in field.agreements
        if item.difference
    ]
    if wrong:
        print("\n".join(wrong), file=sys.stderr)
    timed = [
        entry
        for count, field in fields.items()
        for clean in (True, False)
        for entry in field.entries(count, clean=clean)
    ]
    timed.sort(key=lambda entry: (entry.contestant.path.value, not entry.clean, entry.lines))
    measure(timed, rounds=options.rounds, seconds=0.0005 if options.small else 0.005)
    report = _report(options.rounds, usual, timed, small=options.small)
    _write(report, options)
    return 1 if wrong else 0


class _Field:
    """Everybody, set up for sessions of at most so many lines, with how often they agree."""

    def __init__(self, most_lines: int, compared: Sequence[Case]) -> None:
        self.contestants, self.absent = contestants(most_lines)
        self.agreements = agreements(self.contestants, compared)
        _warm_up(self.agreeing())

    def entries(self, lines: int, *, clean: bool) -> list[Timed]:
        """List those who agree, on the draft of so many lines."""
        case = case_of_world(valid_example(lines) if clean else dirty_world(lines))
        return [Timed(contestant, case, lines, clean, []) for contestant in self.agreeing()]

    def agreeing(self) -> list[Contestant]:
        """List those who always gave the expected answer."""
        pairs = zip(self.contestants, self.agreements, strict=True)
        return [contestant for contestant, agreement in pairs if not agreement.difference]


def _warm_up(contestants: Sequence[Contestant]) -> None:
    """Let those who compile what they are often asked do so before they are timed, on both paths and by one draft."""
    case = case_of_world(valid_example(LINES))
    for contestant in contestants:
        given = contestant.given(case)
        for _ in range(_WARM_UP):
            contestant.judge(given)


def _report(rounds: int, field: _Field, timed: Sequence[Timed], *, small: bool) -> Report:
    case = case_of_world(valid_example(LINES))
    imports = import_times(case.document, 2 if small else 15)
    burdens = list(judging(2 if small else 25))
    agreeing = field.agreeing()
    return Report(
        machine=machine(),
        versions=versions(),
        rounds=rounds,
        all_rules=max(item.rules for item in field.contestants),
        agreements=list(zip(field.contestants, field.agreements, strict=True)),
        absent=field.absent,
        timed=timed,
        memory=[memory_of(item, case) for item in sorted(agreeing, key=lambda item: item.path.value)],
        imports=imports,
        bars=bars(timed, imports, burdens),
    )


def _write(report: Report, options: argparse.Namespace) -> None:
    print(json.dumps(reports.document(report), indent=2) if options.json else reports.text(report))
    if options.plot is not None:
        options.plot.write_text(plot(report.timed), encoding="utf-8")
    if options.results is not None:
        command = f"python -m benches --results {options.results.as_posix()}"
        options.results.write_text(reports.page(report, command), encoding="utf-8")


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benches", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    parser.add_argument("--rounds", type=_rounds, default=None, metavar="N", help="rounds, at least 2 (default: 25)")
    parser.add_argument(
        "--lines", type=_lines, default=None, metavar="N,N", help=f"lines of the drafts (default: {_told(_LINES)})"
    )
    parser.add_argument("--small", action="store_true", help="compare the answers, and time only to show the tables")
    parser.add_argument("--results", type=Path, metavar="FILE", help="write the tables as a page of Markdown too")
    parser.add_argument("--plot", type=Path, metavar="FILE", help="draw cost against lines as an SVG")
    options = parser.parse_args(arguments)
    options.rounds = options.rounds or (2 if options.small else 25)
    options.lines = options.lines or (_FEW_LINES if options.small else _LINES)
    return options


def _rounds(text: str) -> int:
    if not text.isdecimal() or int(text) < 2:
        raise argparse.ArgumentTypeError(f"expected a whole number of at least 2, got {text}")
    return int(text)


def _lines(text: str) -> tuple[int, ...]:
    counts = text.split(",")
    admitted = [str(count) for count in (*range(1, MOST_LINES + 1), LONG)]
    if not set(admitted).issuperset(counts):
        raise argparse.ArgumentTypeError(f"expected numbers from 1 to {MOST_LINES}, or {LONG}, got {text}")
    return tuple(sorted({int(count) for count in counts}))


def _told(numbers: Sequence[int]) -> str:
    return ",".join(map(str, numbers))


if __name__ == "__main__":
    raise SystemExit(main())

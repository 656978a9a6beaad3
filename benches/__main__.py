"""Compare the engine with straight-line Python and with peers: the same drafts, the same answers, one process."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from benches import report as reports
from benches.bars import LINES, bars
from benches.broken import cases
from benches.contestants import Contestant, agreements, contestants
from benches.documents import LONG, Case, measured
from benches.measure import Timed, import_times, machine, measure, memory_of, only_new_garbage, versions
from benches.plot import plot
from benches.policies import judging
from benches.report import Report
from benches.straight_line import COVERED, MOST_LINES
from rules_engine import default_policy

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
    with only_new_garbage():
        return _run(options, compared)


def _run(options: argparse.Namespace, compared: Sequence[Case]) -> int:
    usual = _Field(MOST_LINES, compared)
    fields = {count: usual for count in options.lines if count <= MOST_LINES}
    if LONG in options.lines:
        fields[LONG] = _Field(LONG, [measured(LONG, clean=clean) for clean in (True, False)])
    wrong = [
        item.difference
        for field in dict.fromkeys([usual, *fields.values()])
        for item in field.agreements
        if item.difference
    ]
    if wrong:
        print("\n".join(wrong), file=sys.stderr)
    timed = [
        Timed(contestant, measured(count, clean=clean), count, clean, [])
        for count, field in fields.items()
        for clean in (True, False)
        for contestant in field.agreeing
    ]
    timed.sort(key=lambda entry: (entry.contestant.path.value, not entry.clean, entry.lines))
    measure(timed, rounds=options.rounds, seconds=0.0005 if options.small else 0.005)
    _write(_report(options, usual, timed), options)
    return 1 if wrong else 0


class _Field:
    """Everybody, set up for sessions of at most so many lines and warm, with how often they agree.

    Attributes:
        agreeing: Those who always gave the expected answer.
    """

    def __init__(self, most_lines: int, compared: Sequence[Case]) -> None:
        self.contestants, self.absent = contestants(most_lines)
        self.agreements = agreements(self.contestants, compared)
        pairs = zip(self.contestants, self.agreements, strict=True)
        self.agreeing: list[Contestant] = [contestant for contestant, agreement in pairs if not agreement.difference]
        case = measured(LINES, clean=True)
        for contestant in self.agreeing:
            given = contestant.given(case)
            for _ in range(_WARM_UP):
                contestant.judge(given)


def _report(options: argparse.Namespace, field: _Field, timed: Sequence[Timed]) -> Report:
    case = measured(LINES, clean=True)
    imports = import_times(case.document, 2 if options.small else 15)
    burdens = list(judging(2 if options.small else 25))
    pipeline = default_policy().pipelines["session.create"]
    return Report(
        machine=machine(),
        versions=versions(),
        rounds=options.rounds,
        all_rules=len(pipeline),
        uncovered=[name for name in pipeline if name not in COVERED],
        agreements=list(zip(field.contestants, field.agreements, strict=True)),
        absent=field.absent,
        timed=timed,
        memory=[memory_of(item, case) for item in sorted(field.agreeing, key=lambda item: item.path.value)],
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
    default = ",".join(map(str, _LINES))
    parser = argparse.ArgumentParser(prog="python -m benches", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    parser.add_argument("--rounds", type=_rounds, metavar="N", help="rounds, at least 2 (default: 25)")
    parser.add_argument("--lines", type=_lines, metavar="N,N", help=f"lines of the drafts (default: {default})")
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


if __name__ == "__main__":
    raise SystemExit(main())

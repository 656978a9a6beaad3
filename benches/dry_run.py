"""What a dry run costs beside bare loops of `validate`: drafts a second, and the memory of all its processes.

The first bare loop decodes each line and judges what comes out; the second hands over the line as it is, which the
extra `speed` reads quickly. Ratios are to the first.

Every run is a process of its own, and the rounds go through all of them in turn. A history of more than 100,000 drafts
is one of 100,000 several times over.

    python -m benches.dry_run --drafts 10000 --drafts 100000
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from attrs import frozen

from benches.measure import machine
from rules_engine.record_files import HistoryWriter
from rules_engine.testing.history import history

LARGEST: Final = 100_000
"""The longest history that is made up; a longer one repeats it."""
PAUSE: Final = 0.05
"""How long it is between two looks at the memory, in seconds."""
LOOP: Final = """
import glob, json, sys
from rules_engine import validate
for path in sorted(glob.glob(sys.argv[1])):
    with open(path, "rb") as lines:
        for line in lines:
            validate({given})
"""
BASELINE: Final = ("--baseline", "default")
CANDIDATE: Final = ("--candidate", "policies/strict.toml")


@frozen
class Contestant:
    """A way to judge a history.

    Attributes:
        name: What the table calls it.
        command: How it is started; the history is its last argument.
        suffix: Which form of the history it reads.
    """

    name: str
    command: tuple[str, ...]
    suffix: str


@frozen
class Run:
    """One run.

    Attributes:
        seconds: How long it took, with the start of its processes.
        peak: The most memory of all its processes together, in MiB; what they share is counted once.
        report: What it wrote.
    """

    seconds: float
    peak: float
    report: str


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench.

    Args:
        arguments: The arguments of the command line; those of the process where none are given.

    Returns:
        The exit status: 0 where all reports of a form agree, 1 where one does not.
    """
    options = _options(arguments)
    print(machine())
    for drafts in options.drafts:
        with tempfile.TemporaryDirectory() as directory:
            contestants = _contestants(spark=options.spark, match=options.match)
            if not _measured(drafts, Path(directory), contestants, rounds=options.rounds):
                return 1
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benches.dry_run", description=__doc__)
    parser.add_argument("--drafts", type=int, action="append", metavar="N", help="how long a history (default: 10000)")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="how often each is run (default: 3)")
    parser.add_argument("--spark", action="store_true", help="measure Spark on this machine too")
    parser.add_argument(
        "--match", default="", metavar="TEXT", help="only those whose name holds this, beside the bare loop"
    )
    parser.add_argument("--small", action="store_true", help="a short history, to see that all agree")
    options = parser.parse_args(arguments)
    options.drafts = [300] if options.small else options.drafts or [10_000]
    options.rounds = 1 if options.small else options.rounds
    return options


def _contestants(*, spark: bool, match: str) -> list[Contestant]:
    program = (sys.executable, "-m", "rules_engine", "dry-run", "--format", "json")
    forms = (("JSON Lines", "jsonl"), ("Parquet", "parquet"))
    local = [
        Contestant(f"{name}, {jobs} job{'s' * (jobs > 1)}, {form}", (*program, *policies, "--jobs", str(jobs)), suffix)
        for form, suffix in forms
        for name, policies in (("one policy", CANDIDATE), ("two policies", (*BASELINE, *CANDIDATE)))
        for jobs in (1, 2)
    ]
    clusters = [
        Contestant(
            f"two policies, Spark local[2,4], {form}", (*program, *BASELINE, *CANDIDATE, "--engine", "spark"), suffix
        )
        for form, suffix in forms
    ]
    replayed = [*local, *(clusters if spark else ())]
    loop = (sys.executable, "-c")
    decoding = Contestant(
        "bare loop of json.loads and validate", (*loop, LOOP.format(given="json.loads(line)")), "jsonl"
    )
    bare = Contestant("bare loop of validate, on the text", (*loop, LOOP.format(given="line")), "jsonl")
    return [decoding, bare, *(contestant for contestant in replayed if match in contestant.name)]


def _measured(drafts: int, directory: Path, contestants: Sequence[Contestant], *, rounds: int) -> bool:
    _write(drafts, directory)
    runs: dict[Contestant, list[Run]] = {contestant: [] for contestant in contestants}
    for _ in range(rounds):
        for contestant in contestants:
            runs[contestant].append(_run(contestant, directory))
    disagreeing = _disagreeing(runs)
    if disagreeing:
        print(f"{disagreeing} reports something else", file=sys.stderr)
        return False
    bare = statistics.median(run.seconds for run in runs[contestants[0]])
    print(f"\n{drafts:,} drafts, {rounds} {'round' if rounds == 1 else 'rounds'}")
    print(f"{'':46}{'drafts/s':>10}{'x bare':>8}{'spread':>14}{'peak MiB':>10}")
    for contestant, measured in runs.items():
        seconds = sorted(run.seconds for run in measured)
        median, peak = statistics.median(seconds), max(run.peak for run in measured)
        spread = f"{bare / seconds[-1]:.2f} - {bare / seconds[0]:.2f}"
        print(f"{contestant.name:46}{drafts / median:10,.0f}{bare / median:8.2f}{spread:>14}{peak:10,.0f}", flush=True)
    return True


def _disagreeing(runs: dict[Contestant, list[Run]]) -> str | None:
    """Find one whose report is not that of the others of its form and its policies; places are those of the form."""
    seen: dict[tuple[str, str], str] = {}
    for contestant, measured in runs.items():
        key = (contestant.suffix, contestant.name.partition(",")[0])
        for run in measured:
            if seen.setdefault(key, run.report) != run.report:
                return contestant.name
    return None


def _write(drafts: int, directory: Path) -> None:
    """Write a history in both forms, in files of at most 100,000 drafts."""
    files = -(-drafts // LARGEST)
    for suffix in ("jsonl", "parquet"):
        first = directory / f"000.{suffix}"
        with HistoryWriter(str(first)) as writer:
            for document in history(min(drafts, LARGEST), seed=1):
                writer.write(document)
        for number in range(1, files):
            (directory / f"{number:03}.{suffix}").hardlink_to(first)


def _run(contestant: Contestant, directory: Path) -> Run:
    pattern = str(directory / f"*.{contestant.suffix}")
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        with subprocess.Popen([*contestant.command, pattern], stdout=output, stderr=subprocess.DEVNULL) as process:  # noqa: S603  # this package's programs
            peak = 0
            while process.poll() is None:
                peak = max(peak, _memory(process.pid), _height(process.pid))
                time.sleep(PAUSE)
        seconds = time.perf_counter() - start
        output.seek(0)
        report = output.read().decode()
    if process.returncode:
        raise RuntimeError(f"{contestant.name} ended with {process.returncode}")
    return Run(seconds, peak / 1024, report)


def _height(process: int) -> int:
    """Return the most memory that one process ever had, in KiB: what came between two looks is seen too."""
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)


def _memory(process: int) -> int:
    """Add up the memory of a process and all below it, in KiB; 0 where it has ended."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
        below = [path.read_text(encoding="ascii") for path in Path(f"/proc/{process}/task").glob("*/children")]
    except OSError:
        return 0
    own = next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return own + sum(_memory(int(child)) for text in below for child in text.split())


if __name__ == "__main__":
    sys.exit(main())

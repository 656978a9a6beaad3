"""`rules-engine dry-run`: what a policy would have done to a history of drafts."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, Literal

from rules_engine.cli.dry_run.destination import parts_directory, refuse_overwriting, refuse_unwritable, takes_parts
from rules_engine.cli.dry_run.options import Asked, conditions_of, task_for
from rules_engine.cli.dry_run.output import SAYS_CONDITIONS, write_report
from rules_engine.cli.dry_run.progress import Progress
from rules_engine.cli.dry_run.standard_input import replay_standard_input
from rules_engine.cli.exit_code import ExitCode, UsageError
from rules_engine.cli.printing import Printer
from rules_engine.dryrun.condition import Condition
from rules_engine.dryrun.history.plan import Plan, plan
from rules_engine.dryrun.history.split import STANDARD_INPUT, Split
from rules_engine.dryrun.local import replay_locally
from rules_engine.dryrun.parts import Parts, ResumeError
from rules_engine.dryrun.report import Report
from rules_engine.dryrun.reports.wording import counted
from rules_engine.dryrun.spark import replay_plan, start_session
from rules_engine.dryrun.task import Task
from rules_engine.extras import MissingExtraError, load_jinja2

EngineName = Literal["local", "spark"]

_ENOUGH: Final = 1 << 24
"""How many bytes of a history are worth the start of a process."""


def dry_run(
    histories: Sequence[str],
    asked: Asked,
    *,
    jobs: int | None,
    engine: EngineName,
    master: str | None,
    form: str,
    output: str | None,
    resume: bool,
) -> ExitCode:
    """Replay histories and write the report.

    Args:
        histories: Files, directories and patterns; `STANDARD_INPUT` for standard input.
        asked: By which policies, and what the report is to tell.
        jobs: How many processes work at once; None for as many as there are cores, where there is enough to do.
        engine: What they run on.
        master: The address of a Spark cluster; None for this machine.
        form: How the report is written.
        output: The file it is written to; standard output where none is given.
        resume: Whether to go on with a run that was killed.

    Raises:
        UsageError: The arguments do not go together.
        PolicyError: Something is wrong with a policy file.
        OSError: The report cannot be written.
    """
    _check_engine(histories, engine=engine, master=master)
    _check_form(form)
    _check(histories, jobs=jobs, output=output, resume=resume, asked=asked)
    conditions, task = conditions_of(asked), task_for(asked)
    if STANDARD_INPUT in histories:
        report, parts = replay_standard_input(task), None
    else:
        planned = plan(histories, leave_out=None if output is None else str(parts_directory(output)))
        if output is not None:
            refuse_overwriting(output, (file.path for file in planned.files))
        if not planned.files and not planned.problems:
            raise UsageError(f"no history in {', '.join(histories)}")
        parts = _parts(output, planned, task, resume=resume)
        report = _replayed(planned, task, jobs=jobs or _worth_while(planned), engine=engine, master=master, parts=parts)
    write_report(report, form=form, output=output, by=asked.by, conditions=conditions)
    if parts is not None and report.complete:
        parts.remove()
    if output is not None or form not in SAYS_CONDITIONS:
        _tell(report, conditions)
    return _exit_code(report, conditions)


def _check(histories: Sequence[str], *, jobs: int | None, output: str | None, resume: bool, asked: Asked) -> None:
    if not histories:
        raise UsageError("nothing to replay: give files, directories or patterns, or - for standard input")
    if STANDARD_INPUT in histories and (len(histories) > 1 or resume):
        raise UsageError("standard input is replayed alone, and cannot be resumed")
    if jobs is not None and jobs < 1:
        raise UsageError("--jobs must be 1 or more")
    if resume and output is None:
        raise UsageError("--resume goes on with a run that was to write a file: give the same --output")
    if output is not None:
        refuse_unwritable(output)
        refuse_overwriting(output, (*histories, asked.baseline, asked.candidate, asked.policies))


def _check_engine(histories: Sequence[str], *, engine: EngineName, master: str | None) -> None:
    if master is not None and engine != "spark":
        raise UsageError("--master is the address of a Spark cluster: give --engine spark with it")
    if engine == "spark" and STANDARD_INPUT in histories:
        raise UsageError("--engine spark reads files: standard input is replayed on this machine, by --engine local")


def _check_form(form: str) -> None:
    """Refuse a form that could not be written at the end of the run."""
    try:
        if form == "html":
            load_jinja2()
    except MissingExtraError as error:
        raise UsageError(f"--format html: {error}") from error


def _worth_while(planned: Plan) -> int:
    """Tell how many processes are worth their start: one for each core, if there is enough to do for each."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, sum(split.size for split in planned.splits) // _ENOUGH))


def _parts(output: str | None, planned: Plan, task: Task, *, resume: bool) -> Parts | None:
    if output is None or not takes_parts(output):
        return None
    parts = Parts(parts_directory(output), planned, task)
    try:
        parts.start(resume=resume)
    except ResumeError as error:
        raise UsageError(f"--resume: {error}") from error
    return parts


def _replayed(
    planned: Plan, task: Task, *, jobs: int, engine: EngineName, master: str | None, parts: Parts | None
) -> Report:
    with Progress(sum(split.size for split in planned.splits)) as progress:

        def finished(split: Split, report: Report) -> None:
            progress.advance(split.size, report.read + report.filtered_out)

        if engine == "local":
            return replay_locally(planned, task, jobs=jobs, parts=parts, finished=finished, counted=progress.count)
        with spark_session(master) as session:
            return replay_plan(session, planned, task, parts=parts, finished=finished)


@contextmanager
def spark_session(master: str | None) -> Iterator[Any]:
    """Start a session of Spark, and stop it.

    Raises:
        UsageError: PySpark is not installed.
    """
    try:
        session = start_session(master)
    except MissingExtraError as error:
        raise UsageError(f"--engine spark: {error}") from error
    try:
        yield session
    finally:
        session.stop()


def _tell(report: Report, conditions: Sequence[Condition]) -> None:
    """Say on standard error why the run fails, where nobody would see it else."""
    printer = Printer(sys.stderr)
    for condition in conditions:
        if condition.holds(report):
            found = counted(condition.counted(report), "draft")
            printer.line(f"fails: {condition.text} ({found} of {report.read:,})")


def _exit_code(report: Report, conditions: Sequence[Condition]) -> ExitCode:
    """Tell the shell the worst: an interrupted run, a history that was not read in full, a condition that holds."""
    if report.unfinished:
        return ExitCode.INTERRUPTED
    if report.lost:
        return ExitCode.UNUSABLE
    return ExitCode.FINDINGS if any(condition.holds(report) for condition in conditions) else ExitCode.CLEAN

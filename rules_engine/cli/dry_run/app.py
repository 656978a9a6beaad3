"""`rules-engine dry-run`: what a policy would have done to a history of drafts."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, Any, Final, Literal

from attrs import evolve, frozen
from cyclopts import Parameter

from rules_engine.cli.command import (
    DirectoryPath,
    ExitCode,
    KnownKeys,
    OutputFile,
    Printer,
    UsageError,
    admitted_keys,
)
from rules_engine.cli.dry_run.output import (
    SAYS_CONDITIONS,
    parts_directory,
    refuse_overwriting,
    refuse_unwritable,
    takes_parts,
    write_report,
)
from rules_engine.cli.dry_run.progress import Progress, replay_standard_input
from rules_engine.cli.plugins import installed_rules, load_named_policy
from rules_engine.cli.policy.arguments import is_directory
from rules_engine.dryrun.condition import Condition, ConditionError, read_condition
from rules_engine.dryrun.history.files import STANDARD_INPUT, Split
from rules_engine.dryrun.history.plan import HistoryPlan, plan
from rules_engine.dryrun.local import FinishedParts, ResumeError, replay_locally
from rules_engine.dryrun.report import Report
from rules_engine.dryrun.reports.wording import counted
from rules_engine.dryrun.spark import replay_plan, start_session
from rules_engine.dryrun.task import LARGEST_SAMPLE, Policies, Task, WhereError, read_where
from rules_engine.extras import MissingExtraError, load_extra
from rules_engine.policy.policy_set import PolicySet
from rules_engine.rules.row import Rule

_ENOUGH: Final = 1 << 24
"""How many bytes of a history are worth the start of a process."""
_Several = Parameter(negative=(), show_default=False)
_Policies = Parameter(metavar="FILE|DIR")


@Parameter(name="*")
@frozen
class Options:
    """What is asked of a run.

    Attributes:
        baseline: The policy to compare with: a file, a directory of policies, or default.
        candidate: The policy that is tried: the same.
        policies: A directory of policies: every draft is judged by its merchant's own, but where the baseline or the
            candidate is a file, by that in its place.
        by: Group the counts by this; may be given more than once.
        sample: How many drafts are shown for each change, and of what cannot be read.
        seed: Another seed shows other drafts.
        known_keys: Keys of your own in the facts, joined by commas, which are not refused as misspelt.
        strict_facts: Refuse every key of the facts that is neither read, nor the API's, nor a known one.
        where: Which drafts are meant: merchant=ID, operation=NAME, since=DAY, until=DAY, joined by commas.
        jobs: How many processes work at once; without it, as many as there are cores and as the history is worth.
        engine: What they run on.
        master: The address of a Spark cluster, for --engine spark; without it, this machine.
        form: How the report is written.
        output: The file the report is written to, in place of standard output; a run that is killed can be resumed.
        fail_if: When to end with exit code 1, such as 'newly_rejected > 0.1%'; may be given more than once.
        resume: Go on with a run that was killed; the arguments must be the same.
    """

    baseline: Annotated[str | None, _Policies] = None
    candidate: Annotated[str | None, _Policies] = None
    policies: Annotated[DirectoryPath | None, Parameter(name="--set")] = None
    by: Annotated[tuple[Literal["code", "merchant", "operation", "day", "currency"], ...], _Several] = ()
    sample: Annotated[int, Parameter(metavar="DRAFTS")] = 3
    seed: Annotated[int, Parameter(metavar="NUMBER")] = 0
    known_keys: KnownKeys = ()
    strict_facts: Annotated[bool, _Several] = False
    where: Annotated[tuple[str, ...], _Several, Parameter(metavar="CONDITION")] = ()
    jobs: Annotated[int | None, Parameter(metavar="PROCESSES")] = None
    engine: Literal["local", "spark"] = "local"
    master: Annotated[str | None, Parameter(metavar="URL")] = None
    form: Annotated[Literal["text", "json", "jsonl", "markdown", "html"], Parameter(name="--format")] = "text"
    output: OutputFile = None
    fail_if: Annotated[tuple[str, ...], _Several, Parameter(metavar="CONDITION")] = ()
    resume: Annotated[bool, _Several] = False


DEFAULTS: Final = Options()


def dry_run_command(*history: str, options: Options = DEFAULTS) -> ExitCode:
    """Replay a history of drafts under two policies, and report what would change, code by code and in money.

    With one policy alone, its answers are compared with the codes that the history recorded.

    Example: rules-engine dry-run policies/history --baseline default --candidate policies/strict.toml

    Args:
        history: Files (JSON Lines, plain or compressed by gzip or zstd; Parquet; single documents), directories and
            patterns of them, or - for standard input.
        options: What is asked of the run.
    """
    if options.output == STANDARD_INPUT:
        options = evolve(options, output=None)
    _check(history, options)
    conditions, task = _conditions(options), _task(options)
    if STANDARD_INPUT in history:
        report, parts = replay_standard_input(task), None
    else:
        leave_out = None if options.output is None else str(parts_directory(options.output))
        planned = plan(history, leave_out=leave_out)
        if options.output is not None:
            refuse_overwriting(options.output, (file.path for file in planned.files))
        if not planned.files and not planned.problems:
            raise UsageError(f"no history in {', '.join(history)}")
        parts = _parts(options, planned, task)
        report = _replayed(planned, task, options, parts)
    write_report(report, form=options.form, output=options.output, by=options.by, conditions=conditions)
    if parts is not None and report.complete:
        parts.remove()
    if options.output is not None or options.form not in SAYS_CONDITIONS:
        _report_failures(report, conditions)
    return _exit_code(report, conditions)


def _check(history: Sequence[str], options: Options) -> None:
    is_piped = STANDARD_INPUT in history
    wrong = {
        "nothing to replay: give files, directories or patterns, or - for standard input": not history,
        "standard input is replayed alone, and cannot be resumed": is_piped and (len(history) > 1 or options.resume),
        "--master is the address of a Spark cluster: give --engine spark with it": (
            options.master is not None and options.engine != "spark"
        ),
        "--engine spark reads files: standard input is replayed on this machine, by --engine local": (
            options.engine == "spark" and is_piped
        ),
        "--jobs must be 1 or more": options.jobs is not None and options.jobs < 1,
        "--resume goes on with a run that was to write a file: give the same --output": (
            options.resume and options.output is None
        ),
        f"--sample must be from 0 to {LARGEST_SAMPLE}, got {options.sample}": (
            options.sample not in range(LARGEST_SAMPLE + 1)
        ),
        f"--seed must be from 0 to {(1 << 64) - 1}, got {options.seed}": options.seed not in range(1 << 64),
    }
    for problem, is_so in wrong.items():
        if is_so:
            raise UsageError(problem)
    if options.form == "html":
        with _refused("--format html", MissingExtraError):
            load_extra("jinja2", "html")
    if options.output is not None:
        refuse_unwritable(options.output)
        refuse_overwriting(options.output, (*history, options.baseline, options.candidate, options.policies))


@contextmanager
def _refused(option: str, *kinds: type[Exception]) -> Iterator[None]:
    """Report errors with the option that they are about.

    Raises:
        UsageError: One of the kinds was raised meanwhile.
    """
    try:
        yield
    except kinds as error:
        raise UsageError(f"{option}: {error}") from error


def _conditions(options: Options) -> tuple[Condition, ...]:
    with _refused("--fail-if", ConditionError):
        return tuple(map(read_condition, options.fail_if))


def _task(options: Options) -> Task:
    with _refused("--where", WhereError):
        where = read_where(options.where)
    keys = admitted_keys(options.known_keys, strict=options.strict_facts)
    with installed_rules() as rules:
        candidate, baseline = _sides(options, rules)
    return Task(
        candidate,
        baseline,
        where=where,
        seed=options.seed,
        sample=options.sample,
        by_merchant="merchant" in options.by,
        plugins=bool(rules),
        known_keys=keys.known_keys,
        strict_facts=keys.strict,
    )


def _sides(options: Options, rules: tuple[Rule[Any], ...]) -> tuple[Policies, Policies | None]:
    """Return the candidate and the baseline; of one policy alone, the codes that are recorded are the baseline."""
    given = [path for path in (options.candidate, options.baseline) if path is not None]
    if options.policies is None:
        if not given:
            raise UsageError("no policy is given: expected --candidate, and --baseline to compare it with")
        sides = [_side(path, rules) for path in given]
        return sides[0], sides[1] if len(sides) > 1 else None
    shared = Policies.of_set(PolicySet.load(options.policies, rules=rules))
    if not given:
        return shared, None
    return _in_place(options.candidate, shared, rules), _in_place(options.baseline, shared, rules)


def _in_place(path: str | None, shared: Policies, rules: tuple[Rule[Any], ...]) -> Policies:
    if path is None:
        return shared
    return _side(path, rules) if is_directory(path) else shared.with_policy(load_named_policy(path, rules))


def _side(path: str, rules: tuple[Rule[Any], ...]) -> Policies:
    if is_directory(path):
        return Policies.of_set(PolicySet.load(path, rules=rules))
    policy = load_named_policy(path, rules)
    return Policies(policy.id, policy)


def _parts(options: Options, planned: HistoryPlan, task: Task) -> FinishedParts | None:
    if options.output is None or not takes_parts(options.output):
        return None
    parts = FinishedParts(parts_directory(options.output), planned, task)
    with _refused("--resume", ResumeError):
        parts.start(resume=options.resume)
    return parts


def _replayed(planned: HistoryPlan, task: Task, options: Options, parts: FinishedParts | None) -> Report:
    total = sum(split.size for split in planned.splits)
    with Progress(total) as progress:

        def finished(split: Split, report: Report) -> None:
            progress.advance(split.size, report.read + report.filtered_out)

        if options.engine == "local":
            # One process for each core, if there is enough to do for each.
            cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
            jobs = options.jobs or max(1, min(cores, total // _ENOUGH))
            return replay_locally(planned, task, jobs=jobs, parts=parts, finished=finished, counted=progress.count)
        with spark_session(options.master) as session:
            return replay_plan(session, planned, task, parts=parts, finished=finished)


@contextmanager
def spark_session(master: str | None) -> Iterator[Any]:
    """Start a session of Spark, and stop it.

    Raises:
        UsageError: PySpark is not installed.
    """
    with _refused("--engine spark", MissingExtraError):
        session = start_session(master)
    try:
        yield session
    finally:
        session.stop()


def _report_failures(report: Report, conditions: Sequence[Condition]) -> None:
    """Print on standard error why the run fails, where no report on standard output says so."""
    printer = Printer(sys.stderr)
    for condition in conditions:
        if condition.holds(report):
            found = counted(condition.counted(report), "draft")
            printer.line(f"fails: {condition.text} ({found} of {report.read:,})")


def _exit_code(report: Report, conditions: Sequence[Condition]) -> ExitCode:
    """Return the worst: an interrupted run, a history that was not read in full, a condition that holds."""
    if report.unfinished:
        return ExitCode.INTERRUPTED
    if report.lost:
        return ExitCode.UNUSABLE
    return ExitCode.FINDINGS if any(condition.holds(report) for condition in conditions) else ExitCode.CLEAN

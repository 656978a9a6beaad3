"""`rules-engine check`: judge draft documents, and report every verdict."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Annotated, Any, TextIO

from cyclopts import Parameter

from rules_engine.api import Engine
from rules_engine.cli.command import ExitCode, UsageError
from rules_engine.cli.documents import Found, Unreadable, read_documents, same_file
from rules_engine.cli.plugins import installed_rules
from rules_engine.cli.reports import Checked, CheckedDraft, CheckForm, CheckReport, Summary
from rules_engine.dryrun.history.files import STANDARD_INPUT
from rules_engine.exceptions import DraftError
from rules_engine.policy.load import load_policy
from rules_engine.violation import Verdict


def check(
    *paths: str,
    policy: str | None = None,
    form: Annotated[CheckForm, Parameter(name="--format")] = "text",
    output: Annotated[str | None, Parameter(name=("--output", "-o"))] = None,
) -> ExitCode:
    """Judge draft documents and print the verdicts.

    Args:
        paths: Files (.json: one draft; .jsonl, .ndjson: one a line), directories, or - for standard input.
        policy: A policy file, in TOML; without one, the default policy.
        form: The form of the report.
        output: The file the report is written to, in place of standard output.
    """
    engine = Engine() if policy is None else _engine(policy)
    output = None if output == STANDARD_INPUT else output
    inputs = _inputs(paths, output)
    summary = Summary()
    with _opened(output) as stream:
        report = CheckReport(form, stream)
        for found in read_documents(inputs, leave_out=output):
            result = found if isinstance(found, Unreadable) else _judged(engine, found)
            summary.count(result)
            report.add(result)
        report.close(summary)
    # Whoever names no path and pipes nothing in has most likely lost the drafts on the way.
    if not paths and not summary.drafts and not summary.unreadable:
        raise UsageError("nothing to check: standard input is empty")
    return summary.exit_code


def _engine(policy: str) -> Engine:
    with installed_rules() as rules:
        return Engine(load_policy(policy, rules=rules), installed=rules)


def _judged(engine: Engine, found: Found) -> Checked:
    """Judge one document; one that is no draft is unreadable, at a pointer."""
    document = found.document
    name = document.get("id") if isinstance(document.get("id"), str) else None
    try:
        return CheckedDraft(found.place, name, _verdict(engine, document))
    except DraftError as error:
        return Unreadable(found.place, error.problem, error.pointer, name)


def _verdict(engine: Engine, document: Mapping[str, Any]) -> Verdict:
    """Judge a document, with one rule more where it asks for that: the witnesses of the engine's own codes do."""
    if "probe" not in document:
        return engine.validate(document)
    from rules_engine.testing.probe import judge  # noqa: PLC0415  # only a witness needs the kit, and it takes time

    return judge(document, policy=engine.policy)


def _inputs(paths: Sequence[str], output: str | None) -> Sequence[str]:
    if not paths:
        if sys.stdin is None or sys.stdin.isatty():
            raise UsageError("nothing to check: give files or directories, or pipe drafts in")
        return (STANDARD_INPUT,)
    if paths.count(STANDARD_INPUT) > 1:
        raise UsageError("standard input can be read once")
    if output is not None and any(same_file(path, output) for path in paths if path != STANDARD_INPUT):
        raise UsageError(f"the report would overwrite {output}, which is to be checked")
    return paths


@contextmanager
def _opened(output: str | None) -> Iterator[TextIO]:
    if output is None:
        yield sys.stdout
        return
    with open(output, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:  # noqa: PTH123  # as given
        yield stream

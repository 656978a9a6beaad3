"""`rules-engine check`: judge draft documents, and report every verdict."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Annotated, Any, TextIO

from cyclopts import Parameter

from rules_engine.api import Engine
from rules_engine.cli.command import (
    DirectoryPath,
    ExitCode,
    FilePath,
    Flag,
    KnownKeys,
    MerchantId,
    OutputFile,
    UsageError,
    admitted_keys,
)
from rules_engine.cli.documents import Found, Unreadable, read_documents, same_file
from rules_engine.cli.plugins import installed_rules
from rules_engine.cli.reports import Checked, CheckedDraft, CheckForm, CheckReport, Summary
from rules_engine.dryrun.history.files import STANDARD_INPUT
from rules_engine.exceptions import DraftError, PolicyError
from rules_engine.policy.load import load_policy
from rules_engine.policy.model import Policy
from rules_engine.policy.policy_set import PolicySet
from rules_engine.violation import Verdict
from rules_engine.wire.keys import AdmittedKeys
from rules_engine.wire.read import read_draft


def check(
    *paths: str,
    policy: FilePath | None = None,
    policies: Annotated[DirectoryPath | None, Parameter(name="--set")] = None,
    merchant: MerchantId = None,
    known_keys: KnownKeys = (),
    strict_facts: Flag = False,
    form: Annotated[CheckForm, Parameter(name="--format")] = "text",
    output: OutputFile = None,
) -> ExitCode:
    """Judge draft documents and print the verdicts.

    Example: rules-engine check policies/drafts/pottery_many_faults.json

    Args:
        paths: Files (.json: one draft; .jsonl, .ndjson: one a line), directories, or - for standard input.
        policy: A policy file, in TOML; without one, the default policy.
        policies: A directory of policies: each draft is judged by the one that its merchant has at its instant.
        merchant: With --set, the id of the merchant whose policies judge all drafts.
        known_keys: Keys of your own in the facts, joined by commas, which are not refused as misspelt.
        strict_facts: Refuse every key of the facts that is neither read, nor the API's, nor a known one.
        form: The form of the report.
        output: The file to write the report to; standard output without it.
    """
    engine_for = _engines(policy, policies, merchant, admitted_keys(known_keys, strict=strict_facts))
    output = None if output == STANDARD_INPUT else output
    inputs = _inputs(paths, output)
    summary = Summary()
    with _opened(output) as stream:
        report = CheckReport(form, stream)
        for found in read_documents(inputs, leave_out=output):
            result = found if isinstance(found, Unreadable) else _judged(engine_for, found)
            summary.count(result)
            report.add(result)
        report.close(summary)
    # Whoever names no path and pipes nothing in has most likely lost the drafts on the way.
    if not paths and not summary.drafts and not summary.unreadable:
        raise UsageError("nothing to check: standard input is empty")
    return summary.exit_code


def _engines(
    policy: str | None, policies: str | None, merchant: str | None, keys: AdmittedKeys
) -> Callable[[Mapping[str, Any]], Engine]:
    """Return a function that returns the engine which judges a document."""
    made = partial(Engine, known_keys=keys.known_keys, strict_facts=keys.strict)
    if policies is None:
        if merchant is not None:
            raise UsageError("--for is the merchant whose policies judge: give a directory of policies with --set")
        with installed_rules() as rules:
            engine = made() if policy is None else made(load_policy(policy, rules=rules), installed=rules)
        return lambda _: engine
    if policy is not None:
        raise UsageError("--policy and --set exclude each other: both say which policy judges")
    with installed_rules() as rules:
        loaded = PolicySet.load(policies, rules=rules)
    engines: dict[Policy, Engine] = {}

    def engine_for(document: Mapping[str, Any]) -> Engine:
        facts = read_draft(document, keys=keys).facts
        own = "" if facts.merchant is None else facts.merchant.id
        found = loaded.for_merchant(merchant or own, at=facts.now)
        return engines.setdefault(found, made(found, installed=rules))

    return engine_for


def _judged(engine_for: Callable[[Mapping[str, Any]], Engine], found: Found) -> Checked:
    """Judge one document; one that is no draft is unreadable, at a pointer."""
    document = found.document
    name = document.get("id") if isinstance(document.get("id"), str) else None
    try:
        return CheckedDraft(found.place, name, _verdict(engine_for(document), document))
    except DraftError as error:
        return Unreadable(found.place, error.problem, error.pointer, name)
    except PolicyError as error:
        return Unreadable(found.place, str(error.problems[0]), "/facts/now", name)


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

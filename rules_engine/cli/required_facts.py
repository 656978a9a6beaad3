"""`rules-engine required-facts`: list what is still to be provided."""

import sys
from functools import partial

from rules_engine.api import required_facts as facts_of
from rules_engine.cli.command import (
    ExitCode,
    FilePath,
    Flag,
    KnownKeys,
    Printer,
    TextOrJson,
    admitted_keys,
    print_document,
)
from rules_engine.cli.documents import Unreadable, read_documents
from rules_engine.exceptions import DraftError
from rules_engine.violation import FactKey
from rules_engine.wire.report import fact_document


def required_facts(
    path: FilePath, /, *, known_keys: KnownKeys = (), strict_facts: Flag = False, form: TextOrJson = "text"
) -> ExitCode:
    """Print the facts that drafts need and do not have yet, each once.

    Example: rules-engine required-facts policies/drafts/pottery_undecided_session.json

    Args:
        path: A draft document, or several, one a line; - for standard input.
        known_keys: Keys of your own in the facts, joined by commas, which are not refused as misspelt.
        strict_facts: Refuse every key of the facts that is neither read, nor the API's, nor a known one.
        form: The form of the list; as text, one fact a line.
    """
    keys = admitted_keys(known_keys, strict=strict_facts)
    needed_of = partial(facts_of, known_keys=keys.known_keys, strict_facts=keys.strict)
    facts: dict[FactKey, None] = {}
    complaints = Printer(sys.stderr)
    unreadable = False
    for found in read_documents((path,)):
        try:
            needed = found if isinstance(found, Unreadable) else needed_of(found.document)
        except DraftError as error:
            needed = Unreadable(found.place, error.problem, error.pointer)
        if isinstance(needed, Unreadable):
            unreadable = True
            complaints.line(f"{needed.place}: {needed}")
        else:
            facts.update(dict.fromkeys(needed))
    if form == "json":
        print_document({"required_facts": list(map(fact_document, facts))})
    else:
        printer = Printer()
        for fact in facts:
            printer.line(str(fact))
    if unreadable:
        return ExitCode.UNUSABLE
    return ExitCode.FINDINGS if facts else ExitCode.CLEAN

"""`rules-engine required-facts`: name what is still to be looked up."""

import sys

from rules_engine.api import required_facts as facts_of
from rules_engine.cli.documents import Unreadable, read_documents
from rules_engine.cli.exit_code import ExitCode
from rules_engine.cli.printing import Printer
from rules_engine.cli.reports import FORMAT_VERSION
from rules_engine.exceptions import DraftError
from rules_engine.violation import FactKey
from rules_engine.wire.json_text import write_json
from rules_engine.wire.report import fact_document


def required_facts(path: str, *, form: str) -> ExitCode:
    """Print the facts that the documents of a file need and nobody has looked up yet, each once.

    Args:
        path: A file of one or more draft documents, or the name of standard input.
        form: `text`, one fact a line, or `json`.
    """
    facts: dict[FactKey, None] = {}
    complaints = Printer(sys.stderr)
    unreadable = False
    for found in read_documents((path,)):
        try:
            needed = found if isinstance(found, Unreadable) else facts_of(found.document)
        except DraftError as error:
            needed = Unreadable(found.place, error.problem, error.pointer)
        if isinstance(needed, Unreadable):
            unreadable = True
            complaints.line(f"{needed.place}: {needed}")
        else:
            facts.update(dict.fromkeys(needed))
    if form == "json":
        document = {"format_version": FORMAT_VERSION, "required_facts": [fact_document(fact) for fact in facts]}
        sys.stdout.write(write_json(document) + "\n")
    else:
        printer = Printer(sys.stdout)
        for fact in facts:
            printer.line(str(fact))
    if unreadable:
        return ExitCode.UNUSABLE
    return ExitCode.FINDINGS if facts else ExitCode.CLEAN

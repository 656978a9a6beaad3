"""Everything that the library shows of a document, wherever it does: one text after the other."""

import contextlib
import io
import json
import logging
import sys
import traceback
import warnings
from collections.abc import Iterator
from logging.handlers import BufferingHandler
from typing import Any
from unittest.mock import patch

from rules_engine import DraftError, UndecidedError, Verdict, ViolationsError, read_draft, required_facts, validate
from rules_engine.__main__ import main
from rules_engine.wire.json_text import write_json
from rules_engine.wire.report import fact_document, verdict_document

FORMS = ("text", "concise", "json", "jsonl", "github")


@contextlib.contextmanager
def _shown_meanwhile(texts: list[str]) -> Iterator[None]:
    """Keep what is logged, warned of and printed meanwhile."""
    log, printed, root = BufferingHandler(sys.maxsize), io.StringIO(), logging.getLogger()
    level = root.level
    root.addHandler(log)
    root.setLevel(logging.DEBUG)
    try:
        with (
            warnings.catch_warnings(record=True) as warned,
            contextlib.redirect_stdout(printed),
            contextlib.redirect_stderr(printed),
        ):
            yield
    finally:
        root.removeHandler(log)
        root.setLevel(level)
    texts += [f"{record.getMessage()} {vars(record)}" for record in log.buffer]
    texts += [*(str(warning.message) for warning in warned), printed.getvalue()]


def outputs(document: dict[str, Any] | bytes) -> list[str]:
    """Return all that is shown of a document, or of its text: the verdict, the facts to look up, and errors."""
    texts: list[str] = []
    with _shown_meanwhile(texts):
        for ask in (_judged, _read, _required):
            try:
                texts += ask(document)
            except DraftError as error:
                texts += shown_by(error)
    return texts


def command_line(document: dict[str, Any] | bytes) -> list[str]:
    """Return all that the command line prints of a document, in every form."""
    piped = document if isinstance(document, bytes) else json.dumps(document).encode()
    texts: list[str] = []
    for argv in (
        *(("check", "--format", form) for form in FORMS),
        *(("required-facts", "--format", form, "-") for form in ("text", "json")),
    ):
        with _shown_meanwhile(texts), patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(piped))):
            main(argv)
    return texts


def _judged(document: Any) -> Iterator[str]:
    yield from verdict_texts(validate(document))


def _read(document: Any) -> Iterator[str]:
    yield repr(read_draft(document))


def _required(document: Any) -> Iterator[str]:
    for fact in required_facts(document):
        yield from (str(fact), repr(fact), write_json(fact_document(fact)))


def verdict_texts(verdict: Verdict) -> Iterator[str]:
    """Return all that a verdict shows."""
    yield from (str(verdict), repr(verdict))
    yield from (write_json(verdict_document(verdict)), json.dumps(verdict.error_response(request_id="req_1")))
    try:
        verdict.raise_for_violations()
    except (ViolationsError, UndecidedError) as error:
        yield from shown_by(error)


def shown_by(error: BaseException) -> Iterator[str]:
    """Return all that an exception shows, with what it was raised from and what it holds."""
    yield "".join(traceback.format_exception(error))
    for one in _chain(error):
        yield from (str(one), repr(one), repr(one.args), repr(vars(one)))
        yield from (
            f"{note!r} {vars(note) if hasattr(note, '__dict__') else ''}" for note in getattr(one, "__notes__", ())
        )


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    if error is None:
        return
    yield error
    yield from _chain(error.__cause__)
    yield from _chain(error.__context__)
    for one in error.exceptions if isinstance(error, BaseExceptionGroup) else ():
        yield from _chain(one)

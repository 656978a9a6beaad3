"""Choose the drafts that a report shows, and show no more of them than it may."""

import heapq
from collections.abc import Mapping
from typing import Any

from rules_engine.dryrun.exemplar import Exemplar, Unreadable, exemplar_key
from rules_engine.dryrun.header import Header
from rules_engine.dryrun.history.record import Record
from rules_engine.dryrun.judge import Judged
from rules_engine.dryrun.redact import redacted
from rules_engine.dryrun.report import Transition
from rules_engine.violation import Verdict
from rules_engine.wire import caps
from rules_engine.wire.json_text import read_json, write_json
from rules_engine.wire.report import verdict_document

_LONGEST = 1 << 16
"""The longest document that a report repeats, in bytes."""


class Showcase:
    """Keeps the drafts that show each transition, as many as the report is to hold."""

    def __init__(self, header: Header, file: str) -> None:
        """Keep those that the header asks for, of one file."""
        self._file = file
        self._seed = header.seed
        self._sample = header.sample

    def show(self, transition: Transition, record: Record, name: str | None, judged: Judged) -> None:
        """Keep a draft if it is one of those to be kept.

        Args:
            transition: What it shows.
            record: Where it stands, and its document.
            name: The host's name for it.
            judged: What both sides say of it.
        """
        text = _text_of(record.document)
        key = exemplar_key(self._seed, text if name is None else name)
        kept, smallest = transition.exemplars, transition.smallest
        bare = Exemplar(key, record.place, len(text), name, None, None, None)
        is_kept = len(kept) < self._sample or (self._sample > 0 and bare < kept[-1])
        is_smallest = smallest is None or (bare.size, bare) < (smallest.size, smallest)
        if not (is_kept or is_smallest):
            return
        shown = Exemplar(
            key, record.place, len(text), name, _shown(text), _verdict(judged.before), _verdict(judged.after)
        )
        if is_kept:
            transition.exemplars = heapq.nsmallest(self._sample, (*kept, shown))
        if is_smallest:
            transition.smallest = shown

    def show_unreadable(self, kept: list[Unreadable], record: Record, problem: str, pointer: str | None) -> None:
        """Keep a record that is no draft, if it is one of the first.

        Args:
            kept: Those that are kept, in order.
            record: The record.
            problem: What is wrong with it.
            pointer: RFC 6901 pointer to what is wrong; None where it is no document.
        """
        if self._sample:
            one = Unreadable(self._file, record.position, record.place, problem, pointer)
            kept[:] = heapq.nsmallest(self._sample, (*kept, one))


def _text_of(document: bytes | Mapping[str, Any] | None) -> bytes:
    return document.strip() if isinstance(document, bytes) else write_json(document).encode()


def _shown(text: bytes) -> Any:
    return redacted(read_json(text, largest=caps.LARGEST_DOCUMENT)) if len(text) <= _LONGEST else None


def _verdict(verdict: Verdict | None) -> Any:
    return None if verdict is None else verdict_document(verdict)

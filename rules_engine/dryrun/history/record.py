"""One record of a history."""

from collections.abc import Mapping
from typing import Any

from attrs import frozen

LONGEST_RECORD = 1 << 23
"""The longest JSON text of one draft that is read from a history, in bytes; a longer one is never held in memory."""


@frozen
class Record:
    """One record: a document, or why there is none.

    Attributes:
        place: Where it stands: `drafts.jsonl:17`, `drafts.parquet: row group 2, row 5`, or the file alone where the
            file is one document. Lines, row groups and rows count from 1. Unique within a plan, and the same whatever
            the splits are.
        document: The JSON text of a draft document, not looked at yet; or plain values, of nested columns; None where
            it cannot be read.
        problem: Why it cannot be read; None where it can.
        position: The place within its file, for sorting: line and 0, or row group and row.
    """

    place: str
    document: bytes | Mapping[str, Any] | None
    problem: str | None = None
    position: tuple[int, int] = (0, 0)

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
        cuts_off: Whether others are lost with it, and nobody can tell how many: the rest of its file, or of what was
            given.
    """

    place: str
    document: bytes | Mapping[str, Any] | None
    problem: str | None = None
    position: tuple[int, int] = (0, 0)
    cuts_off: bool = False


def text_problem(text: bytes, size: int) -> str | None:
    """Tell why bytes cannot be the JSON text of a draft, without reading them as JSON; None where they can.

    Args:
        text: The bytes; of those that are too many, one more than is admitted is enough.
        size: How many there are.
    """
    if len(text) > LONGEST_RECORD:
        # Roughly how many there are, so that many such problems can be counted as one.
        power = 1 << size.bit_length() - 1
        return f"longer than {LONGEST_RECORD} bytes: {power} to {2 * power}"
    if not text.isascii():
        try:
            # As the reader of JSON does, which leaves it to the wire what half of a pair of surrogates means.
            text.decode("utf-8", "surrogatepass")
        except UnicodeDecodeError as error:
            return f"not JSON: not utf-8 text at byte {error.start}"
    return None

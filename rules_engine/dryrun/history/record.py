"""A record of a history: a draft document, or something that cannot be read, and where it stands."""

from collections.abc import Mapping
from typing import Any

from attrs import frozen


@frozen
class Record:
    """A record of a history.

    Attributes:
        file: The file it stands in, as it was given or found.
        position: Where in the file, in the order of the file: the line and 0, or the row group and the row, from 1.
        place: The same, to be read: `drafts.jsonl:17`.
        document: The draft document, as JSON text or as plain values; None where it cannot be read.
        problem: Why it cannot be read; None where it can.
    """

    file: str
    position: tuple[int, int]
    place: str
    document: bytes | Mapping[str, Any] | None
    problem: str | None = None

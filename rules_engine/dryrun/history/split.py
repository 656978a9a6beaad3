"""A part of a history that one worker opens and reads by itself."""

from collections.abc import Mapping
from typing import Any, Literal, Self

from attrs import asdict, frozen

STANDARD_INPUT = "<stdin>"
"""What standard input is called, in arguments and in reports."""

Form = Literal["lines", "gzip", "zstd", "parquet", "document"]
"""How a file holds drafts: JSON Lines, plain or compressed; rows of Parquet; one document that is the whole file."""


@frozen
class Split:
    """A part of a history.

    Attributes:
        number: Its place in the plan, from 0.
        file: The path of the file, as it was given or found.
        form: How the file holds drafts.
        start: Of lines, the byte at which the first line of the part starts; of Parquet, the first row group, from 0;
            0 where the part is the whole file.
        end: The byte, or the row group, before which the part ends; 0 where the part is the whole file.
        first_line: The number of its first line, from 1.
        size: How many bytes of the file it covers; of Parquet, about how many.
    """

    number: int
    file: str
    form: Form
    start: int = 0
    end: int = 0
    first_line: int = 1
    size: int = 0

    def to_document(self) -> dict[str, Any]:
        """Write it as plain JSON values."""
        return asdict(self)

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Read what `to_document` wrote.

        Raises:
            TypeError: A key is unknown, or one is missing.
        """
        return cls(**document)

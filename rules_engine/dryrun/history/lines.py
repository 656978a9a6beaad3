"""Lines of a stream, read within bounds."""

from collections.abc import Iterator
from typing import BinaryIO

_CHUNK = 1 << 16


def bounded_lines(stream: BinaryIO, longest: int) -> Iterator[tuple[bytes, int]]:
    """Read lines, each without its line feed, and how many bytes each takes with it.

    Of a line that is too long, one byte more than is admitted is given and nothing else is held.

    Args:
        stream: Where they come from.
        longest: The longest admitted line, in bytes.
    """
    while line := stream.readline(longest + 1):
        size = len(line)
        if size > longest and not line.endswith(b"\n"):
            while rest := stream.readline(_CHUNK):
                size += len(rest)
                if rest.endswith(b"\n"):
                    break
        yield line.removesuffix(b"\n"), size

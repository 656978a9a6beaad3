"""Compressed bytes as streams of plain ones, expanded a little at a time however well they are compressed."""

import gzip
import io
import zlib
from typing import Any, BinaryIO, cast

from rules_engine.dryrun.history.split import Form
from rules_engine.extras import load_zstandard

STREAM_ERRORS = (OSError, EOFError, zlib.error)
"""What reading one of these streams may raise."""
BUFFER = 1 << 18
"""How many bytes of a file are read at once."""

_MAGIC: dict[bytes, Form] = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd"}
_LONGEST_MAGIC = 4
_STEP = 1 << 8
"""How many bytes of zstd are expanded at once: four of them can stand for 128 KiB."""


class _Resumed(io.RawIOBase):
    """A stream whose first bytes were read already."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        # What has come in already, where the stream can tell: who pipes records in may wait before the next one.
        self._read_some = getattr(rest, "read1", rest.read)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        part = self._head or self._read_some(len(buffer))
        taken = min(len(part), len(buffer))
        buffer[:taken] = part[:taken]
        self._head = self._head[taken:]
        return taken


class _ZstdReader(io.RawIOBase):
    """The plain bytes of all frames; unlike the library's own reader, it notices data that ends within a frame."""

    def __init__(self, library: Any, source: BinaryIO) -> None:
        self._library = library
        self._source = source
        self._frame: Any = None
        self._given = b""
        self._plain = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._plain:
            self._given = self._given or self._source.read(_STEP)
            if not self._given:
                if self._frame is not None:
                    raise EOFError
                return 0
            self._expand()
        taken = min(len(self._plain), len(buffer))
        buffer[:taken] = self._plain[:taken]
        self._plain = self._plain[taken:]
        return taken

    def _expand(self) -> None:
        if self._frame is None:
            self._frame = self._library.ZstdDecompressor().decompressobj()
        try:
            self._plain = memoryview(self._frame.decompress(self._given))
        except self._library.ZstdError as error:
            raise zlib.error(str(error)) from error
        self._given = b""
        if self._frame.eof:
            self._given = self._frame.unused_data
            self._frame = None


def expanded(stream: BinaryIO, form: Form) -> BinaryIO:
    """Give the plain bytes of a stream.

    Args:
        stream: The bytes of a file.
        form: How they are compressed; a form that is not compressed gives the stream itself.

    Raises:
        MissingExtraError: A library is not installed.
    """
    if form == "gzip":
        return cast("BinaryIO", gzip.GzipFile(fileobj=stream, mode="rb"))
    if form == "zstd":
        return io.BufferedReader(_ZstdReader(load_zstandard(), stream), BUFFER)
    return stream


def recognised(stream: BinaryIO) -> tuple[BinaryIO, Form]:
    """Tell by its first bytes whether a stream is compressed, and give the stream to go on with."""
    head = stream.read(_LONGEST_MAGIC)
    form: Form = next((form for magic, form in _MAGIC.items() if head.startswith(magic)), "lines")
    return io.BufferedReader(_Resumed(head, stream), BUFFER), form

"""Compressed histories: read to where they can be, and no further than the memory allows."""

import gzip
import io
import tracemalloc
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from rules_engine.dryrun.history.files import Record
from rules_engine.dryrun.history.lines import read_stream
from rules_engine.dryrun.history.plan import plan, read_split

Compress = Callable[[bytes], bytes]
COMPRESSIONS: dict[str, Compress] = {"gz": gzip.compress, "zst": zstandard.compress}
NAMES = {"gz": "gzip", "zst": "zstd"}
BOTH = pytest.mark.parametrize("suffix", COMPRESSIONS)


def read(folder: Path, suffix: str, content: bytes) -> list[Record]:
    """Read a compressed file of a content."""
    path = folder / f"drafts.jsonl.{suffix}"
    path.write_bytes(content)
    (split,) = plan([str(path)], split_bytes=1).splits
    found = list(read_split(split))
    named = list(read_stream(io.BytesIO(content), name=str(path)))
    assert named == found, "a stream is recognised by its first bytes"
    return found


def texts(records: list[Record]) -> list[Any]:
    """Give the documents of records."""
    return [record.document for record in records]


def drafts(number: int) -> list[bytes]:
    """Give lines that compress badly, so that damage hits their text."""
    return [b'{"id": "%s"}' % sha256(b"%d" % index).hexdigest().encode() for index in range(number)]


@BOTH
@given(lines=st.lists(st.binary(min_size=1, max_size=9), max_size=9), cut=st.integers(0, 40))
def test_several_members(suffix: str, lines: list[bytes], cut: int) -> None:
    """Members, or frames, that follow one another are one stream, even where one ends within a line."""
    compress = COMPRESSIONS[suffix]
    plain = b"\n".join(lines)
    whole = list(read_stream(io.BytesIO(compress(plain))))
    assert list(read_stream(io.BytesIO(compress(plain[:cut]) + compress(plain[cut:])))) == whole
    if not plain.startswith((b"\x1f\x8b", b"\x28\xb5\x2f\xfd")):
        assert whole == list(read_stream(io.BytesIO(plain)))


@BOTH
def test_every_truncation(suffix: str, tmp_path: Path) -> None:
    """Data that ends early gives the lines before, and one problem at the line where it ends."""
    lines = drafts(40)
    whole = COMPRESSIONS[suffix](b"\n".join(lines) + b"\n")
    for length in range(5, len(whole), 7):
        *read_before, last = read(tmp_path, suffix, whole[:length])
        assert texts(read_before) == lines[: len(read_before)]
        assert last.problem == f"the {NAMES[suffix]} data ends early: what follows is lost"
        assert last.position == (len(read_before) + 1, 0)


@BOTH
@given(place=st.integers(0, 400), flipped=st.integers(1, 255))
def test_any_damage(suffix: str, place: int, flipped: int) -> None:
    """A byte that is changed anywhere gives records and at most one problem for what is lost, and never an error."""
    lines = drafts(10)
    whole = bytearray(COMPRESSIONS[suffix](b"\n".join(lines)))
    whole[place % len(whole)] ^= flipped
    found = list(read_stream(io.BytesIO(bytes(whole))))
    assert [record.position for record in found] == sorted({record.position for record in found})
    lost = [record for record in found if record.problem is not None and "lost" in record.problem]
    assert lost in ([], found[-1:])


@BOTH
def test_rubbish_behind_the_end(suffix: str, tmp_path: Path) -> None:
    """What follows the compressed data and is none is a problem after the lines."""
    good, bad = read(tmp_path, suffix, COMPRESSIONS[suffix](b"{}\n") + b"rubbish")
    assert (good.document, bad.position) == (b"{}", (2, 0))
    assert bad.problem == f"the {NAMES[suffix]} data is damaged: what follows is lost"


@BOTH
def test_bomb(suffix: str) -> None:
    """A small file that expands to one huge line is one problem, within little memory."""
    bomb = COMPRESSIONS[suffix](b"\0" * 60_000_000 + b"\n{}")
    tracemalloc.start()
    try:
        long, short = read_stream(io.BytesIO(bomb))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (long.problem, short.document) == ("longer than 8388608 bytes: 33554432 to 67108864", b"{}")
    assert peak < 30_000_000


@BOTH
def test_not_compressed_at_all(suffix: str, tmp_path: Path) -> None:
    """A file that only has the suffix is one problem."""
    path = tmp_path / f"drafts.jsonl.{suffix}"
    path.write_bytes(b"{}\n" * 9)
    (record,) = (record for split in plan([str(path)]).splits for record in read_split(split))
    assert record.problem == f"the {NAMES[suffix]} data is damaged: what follows is lost"


def test_skippable_frame() -> None:
    """A frame of zstd that holds no data, as parallel writers add, is passed over."""
    skipped = b"\x50\x2a\x4d\x18\x03\x00\x00\x00abc"
    content = zstandard.compress(b"{}\n") + skipped + zstandard.compress(b"[]\n")
    assert texts(list(read_stream(io.BytesIO(content)))) == [b"{}", b"[]"]

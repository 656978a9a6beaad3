"""Lines of a history, compressed or not: whatever the parts are, the same records at the same places."""

import gzip
import io
import tracemalloc
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import pytest
import zstandard
from hypothesis import example, given
from hypothesis import strategies as st

from rules_engine import record_files
from rules_engine.dryrun.history import plan as planning
from rules_engine.dryrun.history.files import FileForm, Record, Split, text_problem
from rules_engine.dryrun.history.lines import read_stream
from rules_engine.dryrun.history.plan import plan, read_split
from tests.dryrun.samples import records_of

LONGEST = 12
LINES = st.one_of(
    st.sampled_from([b"{}", b"", b" \t", b"\r", b'{"a": 1}\r', "{é}".encode(), b"\xff", b"\xef\xbb\xbf", b"{\x00}"]),
    st.integers(LONGEST - 1, 40).map(lambda length: b"y" * length),
    st.integers(LONGEST - 1, 40).map(lambda length: b" " * length),
    st.binary(max_size=6).map(lambda text: text.replace(b"\n", b"")),
)
CONTENTS = st.builds(
    lambda lines, end: b"\n".join(lines) + end, st.lists(LINES, max_size=12), st.sampled_from([b"", b"\n"])
)


def naive(name: str, content: bytes) -> Iterator[Record]:
    """Read lines the short way, with all of them in memory."""
    for number, line in enumerate(content.split(b"\n"), 1):
        text = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        problem = text_problem(line, len(line) + (number <= content.count(b"\n")))
        if problem or text.strip():
            yield Record(f"{name}:{number}", None if problem else text, problem, (number, 0))


@given(CONTENTS, st.integers(1, 60), st.integers(1, 30))
@example(b"\xef\xbb\xbf" + b"y" * (LONGEST + 1), 1, 1)
def test_parts_change_nothing(content: bytes, split_bytes: int, chunk: int) -> None:
    """The records of all parts, one after the other, are those of a naive reader, at the same places."""
    with (
        TemporaryDirectory() as folder,
        patch.object(record_files, "LONGEST_RECORD", LONGEST),
        patch.object(planning, "_CHUNK", chunk),
    ):
        path = Path(folder, "drafts.jsonl")
        path.write_bytes(content)
        assert records_of(path, split_bytes) == list(naive(str(path), content))


@given(CONTENTS)
def test_standard_input_reads_as_a_file_does(content: bytes) -> None:
    """Standard input gives what a file of the same lines gives, under its own name."""
    with patch.object(record_files, "LONGEST_RECORD", LONGEST):
        if not content.startswith((b"\x1f\x8b", b"\x28\xb5\x2f\xfd")):
            assert list(read_stream(io.BytesIO(content))) == list(naive("<stdin>", content))


@given(CONTENTS, st.integers(1, 60), st.integers(1, 30))
def test_parts_cover_the_file(content: bytes, split_bytes: int, chunk: int) -> None:
    """Parts follow one another without a gap, all but the last as long as was asked, however the file is read."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "drafts.jsonl")
        path.write_bytes(content)
        splits = plan([str(path)], split_bytes=split_bytes).splits
        with patch.object(planning, "_CHUNK", chunk):
            assert plan([str(path)], split_bytes=split_bytes).splits == splits
        edges = [0, *(split.end for split in splits)]
        assert [split.start for split in splits] == edges[:-1]
        assert edges[-1] == len(content)
        assert all(split.end - split.start == split.size >= split_bytes for split in splits[:-1])
        assert [split.number for split in splits] == list(range(len(splits)))


def test_line_of_fifty_megabytes(tmp_path: Path) -> None:
    """A line that is far too long is one problem with its place and its size, and is never held in memory."""
    path = tmp_path / "drafts.jsonl"
    path.write_bytes(b"{}\n" + b" " * 50_000_000 + b"\n{}\n")
    tracemalloc.start()
    try:
        found = records_of(path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert [(record.place.rpartition(":")[2], record.problem) for record in found] == [
        ("1", None),
        ("2", "longer than 8388608 bytes: 33554432 to 67108864"),
        ("3", None),
    ]
    assert peak < 20_000_000


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    """Reading a file ten times as long takes no more memory."""
    peaks = []
    for times in (1_000, 10_000):
        path = tmp_path / "drafts.jsonl"
        path.write_bytes((b"x" * 1_000 + b"\n") * times)
        (split,) = plan([str(path)], split_bytes=1 << 25).splits
        tracemalloc.start()
        try:
            assert sum(1 for _ in read_split(split)) == times
            peaks.append(tracemalloc.get_traced_memory()[1])
        finally:
            tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.5


def test_file_that_has_become_shorter(tmp_path: Path) -> None:
    """What a file has lost since it was planned is reported, and what is left is read."""
    path = tmp_path / "drafts.jsonl"
    path.write_bytes(b"{}\n" * 3)
    (split,) = plan([str(path)]).splits
    path.write_bytes(b"{}\n")
    assert list(read_split(split)) == [
        Record(f"{path}:1", b"{}", None, (1, 0)),
        Record(f"{path}:2", None, "the file has become shorter: 6 bytes are missing", (2, 0), cuts_off=True),
    ]


@pytest.mark.parametrize("form", ["lines", "gzip", "zstd", "document", "parquet"])
def test_file_that_is_gone(form: FileForm, tmp_path: Path) -> None:
    """A file that cannot be opened any more is one problem."""
    split = Split(0, str(tmp_path / "gone"), form, end=1)
    (record,) = read_split(split)
    assert record.document is None
    assert record.problem is not None
    assert record.place.startswith(split.file)


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
    """Return the documents of records."""
    return [record.document for record in records]


def drafts(number: int) -> list[bytes]:
    """Return lines that compress badly, so that damage hits their text."""
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

"""Lines of a history: whatever the parts are, the same records at the same places."""

import io
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rules_engine.dryrun.history import files as limits
from rules_engine.dryrun.history import plan as planning
from rules_engine.dryrun.history.files import Form, Record, Split
from rules_engine.dryrun.history.lines import read_stream
from rules_engine.dryrun.history.plan import plan, read_split

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
        problem = limits.text_problem(line, len(line) + (number <= content.count(b"\n")))
        if problem or text.strip():
            yield Record(f"{name}:{number}", None if problem else text, problem, (number, 0))


def records(path: Path, split_bytes: int) -> list[Record]:
    """Plan a file, and read its parts."""
    found = plan([str(path)], split_bytes=split_bytes)
    assert found.problems == ()
    return [record for split in found.splits for record in read_split(split)]


@given(CONTENTS, st.integers(1, 60), st.integers(1, 30))
@example(b"\xef\xbb\xbf" + b"y" * (LONGEST + 1), 1, 1)
def test_parts_change_nothing(content: bytes, split_bytes: int, chunk: int) -> None:
    """The records of all parts, one after the other, are those of a naive reader, at the same places."""
    with (
        TemporaryDirectory() as folder,
        patch.object(limits, "LONGEST_RECORD", LONGEST),
        patch.object(planning, "_CHUNK", chunk),
    ):
        path = Path(folder, "drafts.jsonl")
        path.write_bytes(content)
        assert records(path, split_bytes) == list(naive(str(path), content))


@given(CONTENTS)
def test_standard_input_reads_as_a_file_does(content: bytes) -> None:
    """Standard input gives what a file of the same lines gives, under its own name."""
    with patch.object(limits, "LONGEST_RECORD", LONGEST):
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
        found = records(path, planning.SPLIT_BYTES)
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
    """What a file has lost since it was planned is told, and what is left is read."""
    path = tmp_path / "drafts.jsonl"
    path.write_bytes(b"{}\n" * 3)
    (split,) = plan([str(path)]).splits
    path.write_bytes(b"{}\n")
    assert list(read_split(split)) == [
        Record(f"{path}:1", b"{}", None, (1, 0)),
        Record(f"{path}:2", None, "the file has become shorter: 6 bytes are missing", (2, 0), cuts_off=True),
    ]


@pytest.mark.parametrize("form", ["lines", "gzip", "zstd", "document", "parquet"])
def test_file_that_is_gone(form: Form, tmp_path: Path) -> None:
    """A file that cannot be opened any more is one problem."""
    split = Split(0, str(tmp_path / "gone"), form, end=1)
    (record,) = read_split(split)
    assert record.document is None
    assert record.problem is not None
    assert record.place.startswith(split.file)

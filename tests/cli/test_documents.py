"""Reading documents: any bytes give documents and problems, and nothing is lost or made up."""

import io
import json
import sys
import tracemalloc
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from rules_engine.cli.documents import Found, Place, Unreadable, read_documents
from rules_engine.dryrun.history.split import STANDARD_INPUT
from rules_engine.wire import caps

UNTIMED = settings(deadline=None)  # a busy machine is slow, not wrong
OBJECTS = st.dictionaries(
    st.text(max_size=3), st.one_of(st.integers(), st.text('\n{}"\\\u2028é ', max_size=5), st.none()), max_size=3
)


def read(content: bytes) -> list[Found | Unreadable]:
    """Read standard input with a content."""
    with patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(content))):
        return list(read_documents((STANDARD_INPUT,)))


@UNTIMED
@given(OBJECTS, st.sampled_from([None, 0, 2]))
def test_one_object(document: dict[str, object], indent: int | None) -> None:
    """An object is found whole, however it is spread over lines."""
    (found,) = read(json.dumps(document, indent=indent, ensure_ascii=False).encode())
    assert isinstance(found, Found)
    assert (found.document, found.place.line) == (document, None)


@UNTIMED
@given(st.lists(OBJECTS, min_size=2, max_size=5), st.sampled_from([b"\n", b"\r\n", b"\n\n"]))
def test_object_a_line(documents: list[dict[str, object]], ending: bytes) -> None:
    """Objects on lines of their own are found one by one, in their order, each at its line."""
    found = read(ending.join(json.dumps(document, ensure_ascii=False).encode() for document in documents))
    assert [item.document for item in found if isinstance(item, Found)] == documents
    step = ending.count(b"\n")
    assert [item.place.line for item in found] == [1 + step * index for index in range(len(documents))]


def test_content_is_not_read_further_than_a_document(monkeypatch: pytest.MonkeyPatch) -> None:
    """Content whose first line is bad is read as far as one document may go before its lines are told, not whole."""
    monkeypatch.setattr(caps, "LARGEST_DOCUMENT", 100)
    content = io.BytesIO(b"{oops\n" + b"{}\n" * 100_000)
    with patch.object(sys, "stdin", io.TextIOWrapper(content)):
        first = next(iter(read_documents((STANDARD_INPUT,))))
        assert (first.place.line, content.tell() < 200) == (1, True)


def test_file_is_not_read_further_than_a_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a .json file that is too long, no more is held in memory than one document may have."""
    monkeypatch.setattr(caps, "LARGEST_DOCUMENT", 1_000)
    path = tmp_path / "long.json"
    with path.open("wb") as file:
        file.truncate(1 << 24)
    tracemalloc.start()
    try:
        (result,) = read_documents((str(path),))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert isinstance(result, Unreadable)
    assert peak < 1 << 20


@UNTIMED
@given(
    st.lists(st.sampled_from([b"{}", b'{"a": 1}', b"", b"  ", b"zz", b"y" * 20, b"y" * 40]), max_size=12),
    st.integers(2, 30),
)
def test_reading_ahead_changes_nothing(lines: list[bytes], largest: int) -> None:
    """However far reading ahead goes, content with a bad first line gives what a JSON Lines file of it gives."""
    content = b"\n".join([b"{x", *lines])
    with TemporaryDirectory() as folder, patch.object(caps, "LARGEST_DOCUMENT", largest):
        path = Path(folder, "log.jsonl")
        path.write_bytes(content)
        of_file = list(read_documents((str(path),)))
        assert [evolve(item, place=Place(STANDARD_INPUT, item.place.line)) for item in of_file] == read(content)


@UNTIMED
@given(
    st.lists(st.one_of(st.binary(max_size=8), st.sampled_from([b"{}", b"{", b"}", b"[]", b" ", b'{"a":'])), max_size=6)
)
def test_any_bytes(lines: list[bytes]) -> None:
    """Any bytes are read without an error: as one document, or as one result for every line that is not blank."""
    content = b"\n".join(lines)
    found = read(content)
    filled = [number for number, line in enumerate(content.split(b"\n"), 1) if line.strip()]
    places = [item.place.line for item in found]
    assert places in ([None], filled)

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
from hypothesis import given
from hypothesis import strategies as st

from rules_engine.cli.documents import DocumentPlace, Found, Unreadable, read_documents
from rules_engine.dryrun.history.files import STANDARD_INPUT
from rules_engine.wire import size_limits
from tests.cli.conftest import Run, results
from tests.cli.samples import as_lines, clean

OBJECTS = st.dictionaries(
    st.text(max_size=3), st.one_of(st.integers(), st.text('\n{}"\\\u2028é ', max_size=5), st.none()), max_size=3
)


def read(content: bytes) -> list[Found | Unreadable]:
    """Read standard input with a content."""
    with patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(content))):
        return list(read_documents((STANDARD_INPUT,)))


@given(OBJECTS, st.sampled_from([None, 0, 2]), st.sampled_from([b"", b"\n \n"]))
def test_one_object(document: dict[str, object], indent: int | None, blank: bytes) -> None:
    """An object is found whole, however it is spread over lines, and whatever blank lines are around it."""
    (found,) = read(blank + json.dumps(document, indent=indent, ensure_ascii=False).encode() + blank)
    assert isinstance(found, Found)
    assert (found.document, found.place.line) == (document, None)


@given(st.lists(OBJECTS, min_size=2, max_size=5), st.sampled_from([b"\n", b"\r\n", b"\n\n"]), st.integers(0, 2))
def test_object_a_line(documents: list[dict[str, object]], ending: bytes, before: int) -> None:
    """Objects on lines of their own are found one by one, in their order, each at its line, blank lines or not."""
    lines = [json.dumps(document, ensure_ascii=False).encode() for document in documents]
    found = read(b"\n" * before + ending.join(lines))
    assert [item.document for item in found if isinstance(item, Found)] == documents
    step = ending.count(b"\n")
    assert [item.place.line for item in found] == [1 + before + step * index for index in range(len(documents))]


def test_content_is_not_read_further_than_a_document(monkeypatch: pytest.MonkeyPatch) -> None:
    """Content whose first line is bad is read as far as one document may go before its lines are read one by one."""
    monkeypatch.setattr(size_limits, "LARGEST_DOCUMENT", 100)
    content = io.BytesIO(b"{oops\n" + b"{}\n" * 100_000)
    with patch.object(sys, "stdin", io.TextIOWrapper(content)):
        first = next(iter(read_documents((STANDARD_INPUT,))))
        assert (first.place.line, content.tell() < 200) == (1, True)


def test_file_is_not_read_further_than_a_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a .json file that is too long, no more is held in memory than one document may have."""
    monkeypatch.setattr(size_limits, "LARGEST_DOCUMENT", 1_000)
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


@given(
    st.lists(st.sampled_from([b"{}", b'{"a": 1}', b"", b"  ", b"zz", b"y" * 20, b"y" * 40]), max_size=12),
    st.integers(2, 30),
)
def test_reading_ahead_changes_nothing(lines: list[bytes], largest: int) -> None:
    """However far reading ahead goes, content with a bad first line is read as a JSON Lines file of it is."""
    content = b"\n".join([b"{x", *lines])
    with TemporaryDirectory() as folder, patch.object(size_limits, "LARGEST_DOCUMENT", largest):
        path = Path(folder, "log.jsonl")
        path.write_bytes(content)
        of_file = list(read_documents((str(path),)))
        assert [evolve(item, place=DocumentPlace(STANDARD_INPUT, item.place.line)) for item in of_file] == read(content)


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


def test_document_on_the_first_line_and_more_below_it(run: Run) -> None:
    """A JSON object whose first line is not one by itself is read whole, also where its text starts on that line."""
    text = json.dumps(clean("d_1")).replace(', "facts"', ',\n "facts"').encode()
    assert [(result["line"], result["id"]) for result in results(run, stdin=text)] == [(None, "d_1")]


def test_broken_document_over_several_lines(run: Run) -> None:
    """A broken document that starts with a lone brace is one problem, not one a line."""
    text = json.dumps(clean(), indent=2).replace('"request"', "request").encode()
    (result,) = results(run, stdin=text)
    assert result["line"] is None
    assert result["error"].startswith("not JSON: Expecting property name enclosed in double quotes at line ")


def test_unknown_extension_is_read_by_content(run: Run) -> None:
    """A file of an unknown extension is read like standard input."""
    Path("a.log").write_bytes(as_lines(clean("a"), clean("b")))
    Path("b").write_text(json.dumps(clean("c"), indent=1))
    read = results(run, "a.log", "b")
    assert [(result["file"], result["line"], result["id"]) for result in read] == [
        ("a.log", 1, "a"),
        ("a.log", 2, "b"),
        ("b", None, "c"),
    ]


def test_extension_decides(run: Run) -> None:
    """Two documents in a .json file are unreadable, and one over several lines in a .jsonl file is too."""
    Path("a.json").write_bytes(as_lines(clean(), clean()))
    Path("b.jsonl").write_text("{\n}\n")
    read = results(run, "a.json", "b.jsonl")
    assert [(result["file"], result["line"]) for result in read] == [("a.json", None), ("b.jsonl", 1), ("b.jsonl", 2)]
    assert all("error" in result for result in read)


def test_byte_order_mark(run: Run) -> None:
    """A byte order mark, as some editors write it, is passed over."""
    Path("a.json").write_text(json.dumps(clean()), encoding="utf-8-sig")
    assert run("check", "a.json").code == 0


def test_line_that_is_too_long(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line longer than a document may be is reported and skipped to its end; one as long as that is read."""
    fits = as_lines(clean("fits"))
    monkeypatch.setattr(size_limits, "LARGEST_DOCUMENT", len(fits) - 1)
    Path("a.jsonl").write_bytes(b"x" * 200_000 + b"\n" + fits + fits[:-1] + b" ")
    first, second, third = results(run, "a.jsonl")
    assert (first["line"], first["error"]) == (1, f"longer than {len(fits) - 1} bytes")
    assert (second["line"], second["id"]) == (2, "fits")
    assert (third["line"], third["error"]) == (3, f"longer than {len(fits) - 1} bytes")


def test_file_that_is_too_long(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A .json file longer than a document may be is not read; one as long as that is."""
    content = json.dumps(clean())
    Path("a.json").write_text(content)
    Path("b.json").write_text(content + " ")
    monkeypatch.setattr(size_limits, "LARGEST_DOCUMENT", len(content))
    fits, too_long = results(run, "a.json", "b.json")
    assert fits["accepted"]
    assert too_long["error"] == f"longer than {len(content)} bytes"


def test_content_that_is_too_long_for_one_document(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard input that cannot be one document, because it is too long, is read line by line to its end."""
    line = as_lines(clean("a"))
    monkeypatch.setattr(size_limits, "LARGEST_DOCUMENT", len(line) + 5)
    for before in (b"", b"\n", b"  \n" * 3):
        read = results(run, stdin=b"{oops\n" + before + line * 3)
        first = 2 + before.count(b"\n")
        assert [(result["line"], result["id"]) for result in read] == [
            (1, None),
            *((number, "a") for number in range(first, first + 3)),
        ]

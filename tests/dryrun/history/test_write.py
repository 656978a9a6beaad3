"""Writing histories: what is read is what was written, and the same documents give the same bytes."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules_engine import record_files
from rules_engine.record_files import HistoryWriter
from tests.dryrun.samples import records_of

SUFFIXES = (".jsonl", ".ndjson.gz", ".jsonl.zst", ".parquet")
VALUES = st.one_of(
    st.none(), st.integers(), st.text(max_size=5), st.dictionaries(st.text(max_size=3), st.integers(), max_size=2)
)
DOCUMENTS = st.dictionaries(st.sampled_from(["id", "operation", "facts", "é\n"]), VALUES, max_size=4)


def write(path: Path, documents: list[Any]) -> bytes:
    """Write a history, and give its bytes."""
    with HistoryWriter(path) as writer:
        for document in documents:
            writer.write(document)
    return path.read_bytes()


def documents_of(path: Path) -> list[Any]:
    """Read a history."""
    return [json.loads(record.document) for record in records_of(path)]  # type: ignore[arg-type]  # text, in each of these files


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(documents=st.lists(DOCUMENTS, max_size=6), rows=st.integers(1, 4), indent=st.sampled_from([None, 2]))
def test_round_trip(suffix: str, documents: list[dict[str, Any]], rows: int, indent: int | None) -> None:
    """Documents that are written as values, or as text on one line or several, are read in their order."""
    with TemporaryDirectory() as folder, patch.object(record_files, "_MOST_ROWS", rows):
        path = Path(folder, f"drafts{suffix}")
        texts = [json.dumps(document, ensure_ascii=False, indent=indent).encode() for document in documents]
        write(path, [*documents, *texts])
        assert documents_of(path) == documents * 2


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_same_bytes(suffix: str, tmp_path: Path) -> None:
    """The same documents give the same bytes, whatever the file is called and whenever it is written."""
    documents = [{"id": str(number), "rate": Decimal("3.64")} for number in range(100)]
    with patch("time.time", return_value=1.0):
        first = write(tmp_path / f"first{suffix}", documents)
    assert write(tmp_path / f"second{suffix}", documents) == first


def test_columns_beside_the_document(tmp_path: Path) -> None:
    """Parquet has what one looks for in columns of their own, NULL where the document has none."""
    facts = {"merchant": {"id": "acct_1"}, "now": "2026-11-22T13:00:00+03:00"}
    whole = {"id": "d_1", "operation": "session.create", "facts": facts}
    odd = {"id": 1, "operation": None, "facts": {"merchant": [], "now": "soon"}}
    write(tmp_path / "drafts.parquet", [whole, odd, b"[]", b"not JSON"])
    rows = pq.read_table(tmp_path / "drafts.parquet", columns=["id", "merchant", "operation", "now"]).to_pylist()
    nothing = {"id": None, "merchant": None, "operation": None, "now": None}
    now = datetime(2026, 11, 22, 10, tzinfo=UTC)
    assert rows == [
        {"id": "d_1", "merchant": "acct_1", "operation": "session.create", "now": now},
        nothing,
        nothing,
        nothing,
    ]


@pytest.mark.parametrize("name", ["drafts.json", "drafts", "drafts.gz"])
def test_unknown_suffixes(name: str, tmp_path: Path) -> None:
    """A file whose suffix does not say how to write it is refused before it is made."""
    with pytest.raises(ValueError, match="unknown suffix of a history"):
        HistoryWriter(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", [b"", b" \n"])
def test_blank_texts(text: bytes, tmp_path: Path) -> None:
    """A blank text is refused: reading would pass over it."""
    with HistoryWriter(tmp_path / "drafts.jsonl") as writer, pytest.raises(ValueError, match="blank"):
        writer.write(text)

"""Parquet of JSON text: every row is a record, whatever is broken."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules_engine.dryrun.history import files as limits
from rules_engine.dryrun.history import parquet
from rules_engine.dryrun.history.files import Record
from rules_engine.dryrun.history.plan import plan, read_split

TYPES = [
    pa.string(),
    pa.large_string(),
    pa.string_view(),
    pa.binary(),
    pa.large_binary(),
    pa.dictionary(pa.int32(), pa.string()),
]


def records(path: Path, split_bytes: int = 1) -> list[Record]:
    """Plan a file, and read its parts."""
    found = plan([str(path)], split_bytes=split_bytes)
    assert found.problems == ()
    return [record for split in found.splits for record in read_split(split)]


def write(path: Path, rows: list[Any], kind: Any = None, **options: Any) -> None:
    """Write a column of documents."""
    pq.write_table(
        pa.table({"other": [1] * len(rows), "document": pa.array(rows, kind or pa.binary())}), path, **options
    )


@given(
    st.lists(st.one_of(st.none(), st.binary(max_size=12)), min_size=1, max_size=12),
    st.integers(1, 5),
    st.integers(1, 400),
    st.integers(1, 5),
)
def test_parts_change_nothing(rows: list[bytes | None], group: int, split_bytes: int, batch: int) -> None:
    """The records of all parts are the rows, each with its row group and its row in it, from 1."""
    with (
        TemporaryDirectory() as folder,
        patch.object(limits, "LONGEST_RECORD", 9),
        patch.object(parquet, "_BATCH", batch),
    ):
        path = Path(folder, "drafts.parquet")
        write(path, rows, row_group_size=group)
        expected = []
        for index, row in enumerate(rows):
            position = (index // group + 1, index % group + 1)
            problem = "the document is NULL" if row is None else limits.text_problem(row, len(row))
            place = f"{path}: row group {position[0]}, row {position[1]}"
            expected.append(Record(place, None if problem else row, problem, position))
        assert records(path, split_bytes) == expected


@pytest.mark.parametrize("kind", TYPES, ids=str)
def test_every_kind_of_text(kind: Any, tmp_path: Path) -> None:
    """Text and bytes of every type, with and without a dictionary, are read as bytes."""
    write(tmp_path / "drafts.parquet", ['{"é": 1}', None, "[]"], kind)
    assert [record.document for record in records(tmp_path / "drafts.parquet")] == ['{"é": 1}'.encode(), None, b"[]"]


def test_column_of_the_type_json(tmp_path: Path) -> None:
    """A text that is marked as JSON is read as one that is not."""
    column = pa.ExtensionArray.from_storage(pa.json_(), pa.array(["{}", None]))
    pq.write_table(pa.table({"document": column}), tmp_path / "drafts.parquet")
    assert [record.document for record in records(tmp_path / "drafts.parquet")] == [b"{}", None]


def test_parts_are_whole_row_groups(tmp_path: Path) -> None:
    """Row groups are put together until a part is long enough, and each stands in one part."""
    path = tmp_path / "drafts.parquet"
    write(path, [b"x" * 1_000] * 10, row_group_size=2, use_dictionary=False, write_statistics=False)
    splits = plan([str(path)], split_bytes=3_500).splits
    assert [(split.start, split.end) for split in splits] == [(0, 2), (2, 4), (4, 5)]
    assert sum(split.size for split in splits) == path.stat().st_size


def broken(path: Path, spoil: Callable[[bytearray], None]) -> list[Record]:
    """Spoil the bytes of a file of two row groups of 500 rows, after it was planned."""
    write(path, [b'{"id": %d}' % number for number in range(1_000)], row_group_size=500, use_dictionary=False)
    splits = plan([str(path)]).splits
    content = bytearray(path.read_bytes())
    spoil(content)
    path.write_bytes(content)
    return [record for split in splits for record in read_split(split)]


def test_broken_page(tmp_path: Path) -> None:
    """Of a row group with a broken page every row that cannot be read is a problem, and the next row group is read."""
    path = tmp_path / "drafts.parquet"

    def spoil(content: bytearray) -> None:
        column = pq.read_metadata(path).row_group(0).column(1)
        middle = column.data_page_offset + column.total_compressed_size // 2  # in the one page
        content[middle : middle + 64] = b"\xff" * 64

    found = broken(path, spoil)
    assert [record.position for record in found] == [(group, row) for group in (1, 2) for row in range(1, 501)]
    assert {record.problem for record in found[:500]} == {"the row group is broken here"}
    assert {record.problem for record in found[500:]} == {None}
    assert found[6].place == f"{path}: row group 1, row 7"


def test_rows_are_told_before_the_page_that_is_broken(tmp_path: Path) -> None:
    """Rows of the pages before a broken one are read."""
    path = tmp_path / "drafts.parquet"
    rows = [b'{"id": "%040d"}' % (number * 7**30) for number in range(1_000)]
    layout = {"data_page_size": 2_000, "write_batch_size": 50, "use_dictionary": False, "write_page_checksum": True}
    write(path, rows, compression="none", **layout)
    content = bytearray(path.read_bytes())
    at = content.index(rows[710])
    content[at : at + 9] = b"broken!!"
    path.write_bytes(content)
    found = records(path)
    readable = [record.document for record in found if record.problem is None]
    assert 500 < len(readable) <= 710
    assert readable == rows[: len(readable)]
    assert len(found) == 1_000


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: content.clear(),
        lambda content: content.__delitem__(slice(len(content) // 2, None)),
        lambda content: content.__setitem__(slice(-8, -4), bytes(4)),
    ],
    ids=["emptied", "truncated", "footer"],
)
def test_broken_file(spoil: Callable[[bytearray], None], tmp_path: Path) -> None:
    """A file that broke after it was planned is a problem for each of its row groups."""
    found = broken(tmp_path / "drafts.parquet", spoil)
    assert [record.place.rpartition(": ")[2] for record in found] == ["row group 1", "row group 2"]
    assert {record.problem for record in found} == {"not readable as Parquet: its footer is missing or broken"}


@given(place=st.integers(0, 1 << 20), flipped=st.sampled_from([1, 16, 255]))
def test_any_damage(place: int, flipped: int) -> None:
    """A byte that is changed anywhere gives problems, and never an error; no row is told twice."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "drafts.parquet")
        write(path, [b"{}"] * 30, row_group_size=10, write_page_checksum=True)
        content = bytearray(path.read_bytes())
        content[place % len(content)] ^= flipped
        path.write_bytes(content)
        found = plan([str(path)], split_bytes=1)
        read = [record for split in found.splits for record in read_split(split)]
        assert bool(read) != bool(found.problems)
        assert len({record.place for record in read}) == len(read)


def test_memory_does_not_grow_with_the_row_group(tmp_path: Path) -> None:
    """Of a row group that is large, little is held at once."""
    path = tmp_path / "drafts.parquet"
    write(path, [b"%d" % number * 2_000 for number in range(10_000)], use_dictionary=False, compression="none")
    assert path.stat().st_size > 60_000_000
    (split,) = plan([str(path)]).splits
    before = pa.total_allocated_bytes()
    held = [pa.total_allocated_bytes() for number, _ in enumerate(read_split(split)) if not number % 100]
    assert len(held) == 100
    assert max(held) - before < 10_000_000


def test_a_claim_of_endless_rows_ends(tmp_path: Path) -> None:
    """Rows that a broken file only claims to have are told one by one as far as anybody would read."""
    path = tmp_path / "drafts.parquet"
    write(path, [b"{}"] * 3)
    with patch.object(parquet, "_MOST_LOST", 2), patch.object(parquet, "_of_text", side_effect=pa.ArrowInvalid):
        found = records(path)
    assert [(record.position[1], record.problem) for record in found] == [
        (1, "the row group is broken here"),
        (2, "the row group is broken here"),
        (3, "the row group is broken here: 1 rows are lost"),
    ]


@pytest.mark.parametrize(
    ("columns", "problem"),
    [
        ({"document": [1]}, "the column document is int64: expected JSON text"),
        (
            {"version": [1], "operation": ["session.create"]},
            "no history: expected a column document, or columns that are keys of one (there is no facts, no request)",
        ),
    ],
)
def test_columns_that_are_no_history(columns: dict[str, Any], problem: str, tmp_path: Path) -> None:
    """A file with other columns is one problem of the plan."""
    path = tmp_path / "drafts.parquet"
    pq.write_table(pa.table(columns), path)
    found = plan([str(path)])
    assert found.splits == ()
    assert [(one.place, one.problem) for one in found.problems] == [(str(path), problem)]

"""Parquet of JSON text or of nested columns: every row is a record, whatever is broken; and writing histories."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules_engine import record_files, validate
from rules_engine.dryrun.history import parquet
from rules_engine.dryrun.history.files import Record, text_problem
from rules_engine.dryrun.history.plan import plan, read_split
from tests.dryrun.samples import records_of
from tests.house.source import ROOT

TYPES = [
    pa.string(),
    pa.large_string(),
    pa.string_view(),
    pa.binary(),
    pa.large_binary(),
    pa.dictionary(pa.int32(), pa.string()),
]


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
        patch.object(record_files, "LONGEST_RECORD", 9),
        patch.object(parquet, "_BATCH", batch),
    ):
        path = Path(folder, "drafts.parquet")
        write(path, rows, row_group_size=group)
        expected = []
        for index, row in enumerate(rows):
            position = (index // group + 1, index % group + 1)
            problem = "the document is NULL" if row is None else text_problem(row, len(row))
            place = f"{path}: row group {position[0]}, row {position[1]}"
            expected.append(Record(place, None if problem else row, problem, position))
        assert records_of(path, split_bytes) == expected


@pytest.mark.parametrize("kind", TYPES, ids=str)
def test_every_kind_of_text(kind: Any, tmp_path: Path) -> None:
    """Text and bytes of every type, with and without a dictionary, are read as bytes."""
    write(tmp_path / "drafts.parquet", ['{"é": 1}', None, "[]"], kind)
    assert [record.document for record in records_of(tmp_path / "drafts.parquet")] == ['{"é": 1}'.encode(), None, b"[]"]


def test_column_of_the_type_json(tmp_path: Path) -> None:
    """A text that is marked as JSON is read as one that is not."""
    column = pa.ExtensionArray.from_storage(pa.json_(), pa.array(["{}", None]))
    pq.write_table(pa.table({"document": column}), tmp_path / "drafts.parquet")
    assert [record.document for record in records_of(tmp_path / "drafts.parquet")] == [b"{}", None]


def test_parts_are_whole_row_groups(tmp_path: Path) -> None:
    """Row groups are put together until a part is long enough, and each stands in one part."""
    path = tmp_path / "drafts.parquet"
    write(path, [b"x" * 1_000] * 10, row_group_size=2, use_dictionary=False, write_statistics=False)
    splits = plan([str(path)], split_bytes=3_500).splits
    assert [(split.start, split.end) for split in splits] == [(0, 2), (2, 4), (4, 5)]
    assert sum(split.size for split in splits) == path.stat().st_size


def broken(path: Path, damage: Callable[[bytearray], None]) -> list[Record]:
    """Damage the bytes of a file of two row groups of 500 rows, after it was planned."""
    write(path, [b'{"id": %d}' % number for number in range(1_000)], row_group_size=500, use_dictionary=False)
    splits = plan([str(path)]).splits
    content = bytearray(path.read_bytes())
    damage(content)
    path.write_bytes(content)
    return [record for split in splits for record in read_split(split)]


def test_broken_page(tmp_path: Path) -> None:
    """Of a row group with a broken page every row that cannot be read is a problem, and the next row group is read."""
    path = tmp_path / "drafts.parquet"

    def damage(content: bytearray) -> None:
        column = pq.read_metadata(path).row_group(0).column(1)
        middle = column.data_page_offset + column.total_compressed_size // 2  # in the one page
        content[middle : middle + 64] = b"\xff" * 64

    found = broken(path, damage)
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
    found = records_of(path)
    readable = [record.document for record in found if record.problem is None]
    assert 500 < len(readable) <= 710
    assert readable == rows[: len(readable)]
    assert len(found) == 1_000


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content.clear(),
        lambda content: content.__delitem__(slice(len(content) // 2, None)),
        lambda content: content.__setitem__(slice(-8, -4), bytes(4)),
    ],
    ids=["emptied", "truncated", "footer"],
)
def test_broken_file(damage: Callable[[bytearray], None], tmp_path: Path) -> None:
    """A file that broke after it was planned is a problem for each of its row groups."""
    found = broken(tmp_path / "drafts.parquet", damage)
    assert [record.place.rpartition(": ")[2] for record in found] == ["row group 1", "row group 2"]
    assert {record.problem for record in found} == {"not readable as Parquet: its footer is missing or broken"}


@given(place=st.integers(0, 1 << 20), flipped=st.sampled_from([1, 16, 255]))
def test_any_damage(place: int, flipped: int) -> None:
    """A byte that is changed anywhere gives problems, and never an error; no row is reported twice."""
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
    """Rows that a broken file only claims to have are reported one by one as far as anyone would read."""
    path = tmp_path / "drafts.parquet"
    write(path, [b"{}"] * 3)
    with patch.object(parquet, "_MOST_LOST", 2), patch.object(parquet, "_of_text", side_effect=pa.ArrowInvalid):
        found = records_of(path)
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


INSTANT = datetime(2026, 11, 22, 10, 0, 0, 250_000, tzinfo=UTC)


def _nested(folder: Path, fields: dict[str, Any], rows: list[dict[str, Any]]) -> list[Record]:
    """Write rows that differ in their facts, and read them."""
    path = folder / "drafts.parquet"
    schema = pa.schema(
        {
            "version": pa.int8(),
            "operation": pa.string(),
            "request": pa.struct({"mode": pa.string()}),
            "facts": pa.struct(fields),
        }
    )
    whole = [{"version": 1, "operation": "session.create", "request": {}, "facts": row} for row in rows]
    pq.write_table(pa.Table.from_pylist(whole, schema), path)
    return records_of(path)


def facts(folder: Path, fields: dict[str, Any], *rows: dict[str, Any]) -> list[Any]:
    """Return the facts that are read, or the problem in their place."""
    found = _nested(folder, fields, list(rows))
    return [record.problem if record.document is None else dict(record.document)["facts"] for record in found]  # type: ignore[arg-type]  # nested columns give no bytes


@pytest.mark.parametrize(
    ("unit", "written", "text"),
    [
        ("s", INSTANT.replace(microsecond=0), "2026-11-22T10:00:00Z"),
        ("ms", INSTANT, "2026-11-22T10:00:00.250Z"),
        ("us", INSTANT, "2026-11-22T10:00:00.250000Z"),
        ("ns", 1_000_000_007, "1970-01-01T00:00:01.000000007Z"),
        ("ms", -1, "1969-12-31T23:59:59.999Z"),
    ],
)
@pytest.mark.parametrize("zone", ["UTC", "Asia/Qatar", "+03:00"])
def test_instants(unit: str, written: Any, text: str, zone: str, tmp_path: Path) -> None:
    """A timestamp with a time zone is an instant in UTC, to its last digit."""
    assert facts(tmp_path, {"now": pa.timestamp(unit, zone)}, {"now": written}) == [{"now": text}]


def test_timestamps_without_a_time_zone(tmp_path: Path) -> None:
    """A timestamp that could mean any instant makes its record unreadable; where it is NULL, it is not provided."""
    problem = "facts.now is a timestamp without a time zone"
    assert facts(tmp_path, {"now": pa.timestamp("us")}, {"now": 5}, {"now": None}) == [problem, {}]


def test_instants_outside_the_calendar(tmp_path: Path) -> None:
    """An instant that no calendar has makes its record unreadable."""
    problem = "facts.now is outside the calendar"
    assert facts(tmp_path, {"now": pa.timestamp("ms", "UTC")}, {"now": 1 << 62}) == [problem]


def test_tables(tmp_path: Path) -> None:
    """A MAP is an object: of a key that stands twice, the last one counts; NULL fields are absent, NULL values null."""
    price = pa.struct({"unitAmount": pa.int64(), "currency": pa.dictionary(pa.int8(), pa.string())})
    rows = {"prices": [("b", {"unitAmount": 1, "currency": "EGP"}), ("a", None), ("b", {"unitAmount": 2})]}
    found = facts(tmp_path, {"prices": pa.map_(pa.string(), price)}, rows, {"prices": []}, {"prices": None})
    assert found == [{"prices": {"b": {"unitAmount": 2}, "a": None}}, {"prices": {}}, {}]


def test_lists_and_numbers(tmp_path: Path) -> None:
    """Lists of every kind are arrays, and decimals stay exact."""
    fields = {
        "rate": pa.decimal128(20, 10),
        "plain": pa.list_(pa.int64()),
        "large": pa.large_list(pa.struct({"at": pa.timestamp("s", "UTC")})),
        "yes": pa.bool_(),
    }
    row = {"rate": Decimal("3.6400000001"), "plain": [1, None], "large": [{"at": 0}, None, {}], "yes": True}
    expected = row | {"large": [{"at": "1970-01-01T00:00:00Z"}, None, {}]}
    assert facts(tmp_path, fields, row, {"plain": []}) == [expected, {"plain": []}]


@pytest.mark.parametrize(
    ("kind", "value", "problem"),
    [
        (pa.date32(), 1, "facts.odd is date32[day]: expected JSON values"),
        (pa.binary(), b"x", "facts.odd is binary: expected JSON values"),
        (pa.map_(pa.int64(), pa.int64()), [(1, 2)], "facts.odd has keys of int64: expected text"),
    ],
    ids=str,
)
def test_values_that_json_has_no_word_for(kind: Any, value: Any, problem: str, tmp_path: Path) -> None:
    """A value of another type makes its record unreadable and no other."""
    assert facts(tmp_path, {"odd": kind}, {"odd": value}, {"odd": None}) == [problem, {}]


PRICES = st.dictionaries(
    st.sampled_from("abc"),
    st.one_of(
        st.none(),
        st.fixed_dictionaries({}, optional={"amount": st.integers(0, 9), "tags": st.lists(st.text(max_size=2))}),
    ),
)


@given(
    st.lists(st.fixed_dictionaries({}, optional={"now": st.integers(0, 9), "prices": PRICES}), max_size=9),
    st.integers(1, 4),
)
def test_every_row_is_its_own(rows: list[dict[str, Any]], batch: int) -> None:
    """However many rows are read at once, each is what was written, with what a column of NULL says left out."""
    price = pa.struct(
        {
            "note": pa.null(),
            "amount": pa.int64(),
            "tags": pa.list_(pa.dictionary(pa.int8(), pa.string())),
            "at": pa.null(),
        }
    )
    fields = {"now": pa.timestamp("s", "UTC"), "prices": pa.map_(pa.string(), price)}
    with TemporaryDirectory() as folder, patch.object(parquet, "_BATCH", batch):
        written = [{key: list(item.items()) if key == "prices" else item for key, item in row.items()} for row in rows]
        expected = [row | ({"now": f"1970-01-01T00:00:{row['now']:02}Z"} if "now" in row else {}) for row in rows]
        assert facts(Path(folder), fields, *written) == expected


def test_text_that_is_none(tmp_path: Path) -> None:
    """A text that is no UTF-8 makes its record unreadable and no other."""
    path = tmp_path / "drafts.parquet"
    ids = pa.array([b"good", b"\xff", b"too"]).view(pa.string())
    rows: dict[str, Any] = {"id": ids, "version": [1] * 3, "operation": ["x"] * 3, "request": [{"a": 1}] * 3}
    pq.write_table(pa.table({**rows, "facts": [{"a": 1}] * 3}), path)
    assert [record.problem for record in records_of(path)] == [None, "not readable as Arrow values", None]


def test_a_draft_is_judged_as_its_text_is(tmp_path: Path) -> None:
    """A draft of nested columns gets the verdict that its JSON text gets."""
    text = (ROOT / "policies" / "drafts" / "pottery_last_plates.json").read_bytes()
    text = text.replace(b'"metadata": {},', b"")  # Parquet has no word for a STRUCT without fields
    document = json.loads(text)
    price = pa.infer_type(list(document["facts"]["prices"].values()))
    plain = {key: value for key, value in document["facts"].items() if key not in ("prices", "now")}
    kinds = pa.infer_type([plain])
    fields = {field.name: field.type for field in kinds}
    kind = pa.struct({**fields, "now": pa.timestamp("us", "UTC"), "prices": pa.map_(pa.string(), price)})
    now = datetime.fromisoformat(document["facts"]["now"])
    row = document | {"facts": plain | {"now": now, "prices": list(document["facts"]["prices"].items())}}
    columns = {key: pa.array([value], kind if key == "facts" else None) for key, value in row.items()}
    path = tmp_path / "drafts.parquet"
    pq.write_table(pa.table(columns), path)
    (record,) = records_of(path)
    assert record.document is not None
    assert validate(record.document).codes == validate(text).codes == ("price_sold_out",)

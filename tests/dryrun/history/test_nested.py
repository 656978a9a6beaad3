"""Parquet of nested columns: a row is the document that its values spell."""

import json
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

from rules_engine import validate
from rules_engine.dryrun.history import parquet
from rules_engine.dryrun.history.files import Record
from rules_engine.dryrun.history.plan import plan, read_split
from tests.house.source import ROOT

INSTANT = datetime(2026, 11, 22, 10, 0, 0, 250_000, tzinfo=UTC)


def records(folder: Path, fields: dict[str, Any], rows: list[dict[str, Any]]) -> list[Record]:
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
    found = plan([str(path)])
    assert found.problems == ()
    return [record for split in found.splits for record in read_split(split)]


def facts(folder: Path, fields: dict[str, Any], *rows: dict[str, Any]) -> list[Any]:
    """Give the facts that are read, or the problem in their place."""
    found = records(folder, fields, list(rows))
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
    """A timestamp that could mean any instant makes its record unreadable; where it is NULL, nobody looked."""
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
    found = [record for split in plan([str(path)]).splits for record in read_split(split)]
    assert [record.problem for record in found] == [None, "not readable as Arrow values", None]


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
    (split,) = plan([str(path)]).splits
    (record,) = read_split(split)
    assert record.document is not None
    assert validate(record.document).codes == validate(text).codes == ("price_sold_out",)

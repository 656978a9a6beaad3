"""Draft documents as people read them."""

import json
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from rules_engine.dryrun.reports.html.json_text import written_json
from rules_engine.dryrun.reports.html.plain import plain

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


@given(VALUES)
def test_what_is_written_reads_back(value: Any) -> None:
    """A document is written as JSON that reads back to the same, and in which no character hides."""
    written = written_json(value, 1_000_000)
    assert json.loads(written) == value
    assert plain(written) == written


def test_layout() -> None:
    """Documents are indented, letters stay letters, and Decimals stand digit by digit."""
    value = {"a": [1, Decimal("2.50")], "ب": {}, "c": []}
    assert written_json(value, 1000) == '{\n  "a": [\n    1,\n    2.50\n  ],\n  "ب": {},\n  "c": []\n}'


def test_long_document_is_cut() -> None:
    """A document is cut where there is no more room, and says so."""
    written = written_json(["x" * 10] * 1000, 200)
    assert len(written) < 300
    assert written.endswith("… the rest is not shown here; the report as JSON has all of it")


def test_deep_document_is_cut() -> None:
    """A value that is nested without end costs no more than what is shown of it."""
    deep: Any = []
    for _ in range(5000):
        deep = [deep]
    assert "…" in written_json(deep, 1_000_000)

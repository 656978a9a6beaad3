"""Draft documents as people read them."""

import json
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from rules_engine.dryrun.reports.html.page import json_text, plain

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


@given(VALUES)
def test_what_is_text_reads_back(value: Any) -> None:
    """A document is text as JSON that reads back to the same, and in which no character hides."""
    text = json_text(value, 1_000_000)
    assert json.loads(text) == value
    assert plain(text) == text


def test_layout() -> None:
    """Documents are indented, letters stay letters, and Decimals stand digit by digit."""
    value = {"a": [1, Decimal("2.50")], "ب": {}, "c": []}
    assert json_text(value, 1000) == '{\n  "a": [\n    1,\n    2.50\n  ],\n  "ب": {},\n  "c": []\n}'


def test_long_document_is_cut() -> None:
    """A document is cut where there is no more room, and says so."""
    text = json_text(["x" * 10] * 1000, 200)
    assert len(text) < 300
    assert text.endswith("… the rest is not shown here; the report as JSON has all of it")

"""The page on draft documents states what the models and the wire do."""

import re
from pathlib import Path

import attrs
import pytest

from rules_engine import OPERATIONS
from rules_engine.models import (
    Counted,
    Facts,
    Missing,
    Payments,
    Redemptions,
)
from rules_engine.wire import size_limits
from rules_engine.wire.converter import camel_case
from rules_engine.wire.json_text import DEEPEST, LONGEST_NUMBER

PAGE = (Path(__file__).parents[2] / "docs" / "drafts.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("model", [Facts, Missing, Payments, Redemptions, Counted])
def test_every_key_is_on_the_page(model: type) -> None:
    """Every key of this library in a draft document is on the page."""
    words = set(re.findall(r"\w+", PAGE))
    assert {camel_case(field.name) for field in attrs.fields(model)} <= words


def test_every_operation_is_on_the_page() -> None:
    """Every operation is on the page."""
    assert all(f"`{operation}`" in PAGE for operation in OPERATIONS)


def test_bounds_are_those_of_the_wire() -> None:
    """The table of bounds has the size limits of the wire."""
    rows = re.findall(r"^\| [a-z ,]+ \| ([\d,]+)[^|]*\| ([\d,]+)[^|]*\|$", PAGE, flags=re.MULTILINE)
    numbers = [tuple(int(cell.replace(",", "")) for cell in row) for row in rows]
    assert numbers == [
        (size_limits.LARGEST_BODY >> 20, size_limits.LARGEST_DOCUMENT >> 20),
        (size_limits.REQUEST.items, size_limits.FACTS.items),
        (size_limits.REQUEST.characters, size_limits.FACTS.characters),
        (size_limits.REQUEST.values, size_limits.FACTS.values),
    ]
    assert f"at most {LONGEST_NUMBER} digits" in PAGE
    assert f"at most {DEEPEST} levels" in PAGE

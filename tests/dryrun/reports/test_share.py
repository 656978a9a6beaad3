"""Shares as people read them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules_engine.dryrun.reports.wording import percent


@pytest.mark.parametrize(
    ("part", "whole", "written"),
    [
        (0, 0, "0%"),
        (0, 7, "0%"),
        (7, 7, "100%"),
        (1, 1_000_000, "<0.1%"),
        (1, 2000, "0.1%"),
        (999_999, 1_000_000, ">99.9%"),
        (1, 8, "12.5%"),
        (2, 3, "66.7%"),
        (1, 1, "100%"),
    ],
)
def test_shares(part: int, whole: int, written: str) -> None:
    """A share has one decimal, and is nothing or all only where it is exactly that."""
    assert percent(part, whole) == written


@given(st.integers(1, 10**30), st.data())
def test_share_is_right_to_half_of_its_last_digit(whole: int, data: st.DataObject) -> None:
    """A written share is as near to the share as one decimal can be, however large the numbers."""
    part = data.draw(st.integers(0, whole))
    written = percent(part, whole)
    exact = Fraction(100 * part, whole)
    if written == "<0.1%":
        assert 0 < exact < Fraction(1, 20)
    elif written == ">99.9%":
        assert Fraction(9995, 100) <= exact < 100
    else:
        assert abs(Fraction(written.removesuffix("%")) - exact) <= Fraction(1, 20)

"""Any Python value is copied into plain JSON values within bounds, or refused where it does not fit."""

from collections import OrderedDict, UserDict
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest
from attrs import evolve
from hypothesis import given

from rules_engine.path import Path
from rules_engine.wire.json_text import DEEPEST, LONGEST_NUMBER
from rules_engine.wire.size_limits import REQUEST, Excess, SizeLimits, plain_value
from tests.wire import hostile
from tests.wire.shapes import JSON

ROOMY = SizeLimits(items=1_000, characters=1_000, values=10_000)
TOO_LONG_NUMBER = f"a finite number of at most {LONGEST_NUMBER} digits"


class Pair(NamedTuple):
    """A tuple of a kind of its own."""

    a: int
    b: int


def excesses_of(value: Any, limits: SizeLimits = ROOMY) -> list[tuple[Path, str]]:
    """List what does not fit."""
    return [(excess.path, excess.expected) for excess in plain_value(value, limits)[1]]


def nested(depth: int) -> Any:
    """Nest lists and objects by turns around a string."""
    value: Any = "x"
    for level in range(depth):
        value = [value] if level % 2 else {"a": value}
    return value


@given(JSON)
def test_plain_value_is_copied_as_it_is(value: Any) -> None:
    """A plain value has no excess, and its copy is equal to it."""
    assert plain_value(value, ROOMY) == (value, ())


def test_copy_shares_no_container() -> None:
    """The copy is the caller's own: what happens to the original later does not change it."""
    original: dict[str, Any] = {"lineItems": [{"quantity": 1}]}
    plain, _ = plain_value(original, ROOMY)
    original["lineItems"][0]["quantity"] = 2
    assert plain == {"lineItems": [{"quantity": 1}]}


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (OrderedDict(a=1), {"a": 1}),
        (MappingProxyType({"a": MappingProxyType({})}), {"a": {}}),
        (UserDict(a=1), {"a": 1}),
        ((1, (2,)), [1, [2]]),
        (Pair(1, 2), [1, 2]),
        (hostile.Word.LINE_ITEMS, "lineItems"),
        ({hostile.Word.LINE_ITEMS: hostile.Count.TWO}, {"lineItems": 2}),
        (hostile.Number(7), 7),
        (hostile.Fraction(1.5), Decimal("1.5")),
        (hostile.Amount("2.50"), Decimal("2.50")),
        (0.1, Decimal("0.1")),
        (1.0, Decimal("1.0")),
        (1e22, Decimal("1e+22")),
        (5e-324, Decimal("5E-324")),
        (True, True),
        (10**LONGEST_NUMBER - 1, 10**LONGEST_NUMBER - 1),
        (1 - 10**LONGEST_NUMBER, 1 - 10**LONGEST_NUMBER),
    ],
)
def test_value_becomes_plain(value: Any, plain: Any) -> None:
    """Mappings, tuples, enumerations and subclasses become the plain values they are, not those they claim to be."""
    copied, excesses = plain_value(value, ROOMY)
    assert (type(copied), str(copied), excesses) == (type(plain), str(plain), ())


def test_hostile_string_becomes_plain() -> None:
    """A string is read by its characters alone, as a value and as a key, whatever its methods do."""
    word = hostile.Quarrelsome("a")
    plain, excesses = plain_value([word, hostile.Pairs([(word, word)])], ROOMY)
    assert (type(plain[0]), plain, excesses) == (str, ["a", {"a": "a"}], ())


EXPECTED: tuple[tuple[Any, str], ...] = (
    (b"bytes", "a JSON value"),
    ({"set"}, "a JSON value"),
    (object(), "a JSON value"),
    (hostile.Masked(str), "a JSON value"),
    (hostile.Shy(), "a JSON value"),
    (hostile.RaisingMapping(), "an object that can be read"),
    (hostile.BrokenMapping(), "an object that can be read"),
    (hostile.ScatteredMapping(), "an object that can be read"),
    (hostile.RecursiveMapping(), "an object that can be read"),
    (hostile.RaisingList(), "an array that can be read"),
    (hostile.EndlessList(), "an array of at most 1000 items"),
    (hostile.EndlessMapping(), "an object of at most 1000 keys"),
    ({1: 2, 3: 4}, "an object whose keys are strings"),
    ({"x" * 1_001: 1}, "an object whose keys have at most 1000 characters"),
    ("x" * 1_001, "a string of at most 1000 characters"),
    ([0] * 1_001, "an array of at most 1000 items"),
    (dict.fromkeys(map(str, range(1_001))), "an object of at most 1000 keys"),
    (float("nan"), TOO_LONG_NUMBER),
    (float("-inf"), TOO_LONG_NUMBER),
    (Decimal("NaN"), TOO_LONG_NUMBER),
    (Decimal("sNaN"), TOO_LONG_NUMBER),
    (Decimal("Infinity"), TOO_LONG_NUMBER),
    (Decimal(f"1e{LONGEST_NUMBER}"), TOO_LONG_NUMBER),
    (Decimal("1e-999999999"), TOO_LONG_NUMBER),
    (Decimal("1." + "1" * LONGEST_NUMBER), TOO_LONG_NUMBER),
    (10**LONGEST_NUMBER, TOO_LONG_NUMBER),
    (-(10**LONGEST_NUMBER), TOO_LONG_NUMBER),
)


@pytest.mark.parametrize(("value", "expected"), EXPECTED, ids=[expected for _, expected in EXPECTED])
def test_what_was_expected(value: Any, expected: str) -> None:
    """What does not fit is reported at its place, by what was expected there."""
    assert excesses_of({"a": value, "b": 1}) == [(("a",), expected)]


@pytest.mark.parametrize(
    "value",
    ["x" * 1_000, [0] * 1_000, dict.fromkeys(map(str, range(1_000))), {"x" * 1_000: 1}],
    ids=["characters", "items", "keys", "key"],
)
def test_value_at_its_limit_fits(value: Any) -> None:
    """A value that measures exactly what a limit admits fits."""
    assert plain_value(value, ROOMY) == (value, ())


def test_number_of_values_at_its_limit_fits() -> None:
    """The values in all, containers among them, are counted: as many as the limit fit, one more does not."""
    value = {"a": [1, 2], "b": {}}
    assert excesses_of(value, evolve(ROOMY, values=5)) == []
    assert excesses_of(value, evolve(ROOMY, values=4)) == [((), "at most 4 values in all")]


def test_depth_at_its_limit_fits() -> None:
    """As many containers within containers as are admitted fit, one more does not."""
    assert plain_value(nested(DEEPEST), ROOMY) == (nested(DEEPEST), ())
    assert excesses_of(nested(DEEPEST + 1)) == [((), f"at most {DEEPEST} levels of nesting")]


@pytest.mark.parametrize("make", [hostile.cyclic_list, hostile.cyclic_object])
def test_value_that_contains_itself_is_refused(make: Callable[[], Any]) -> None:
    """A container that contains itself is as good as one that nests too deeply."""
    assert excesses_of({"a": make()}) == [((), f"at most {DEEPEST} levels of nesting")]


@pytest.mark.parametrize("limits", [REQUEST, ROOMY], ids=["request", "roomy"])
def test_value_that_is_shared_is_counted_each_time(limits: SizeLimits) -> None:
    """A container that stands in many places counts in each of them, so that it cannot grow without end."""
    assert excesses_of(hostile.shared_list(), limits) == [((), f"at most {limits.values} values in all")]


def test_excesses_come_in_document_order() -> None:
    """All that does not fit is reported, in the order in which it is written."""
    value: Mapping[str, Any] = {"b": {1, 2}, "a": [1, b"", {"c": 1j}], "~/": "x" * 1_001}
    assert [path for path, _ in excesses_of(value)] == [("b",), ("a", 1), ("a", 2, "c"), ("~/",)]


def test_excess_of_the_whole_is_the_only_one() -> None:
    """A value that as a whole is too much has one excess, whatever else was found before."""
    assert plain_value([b"", nested(DEEPEST)], ROOMY)[1] == (Excess((), f"at most {DEEPEST} levels of nesting"),)

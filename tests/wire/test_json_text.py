"""JSON text is read exactly, within bounds, and written back digit by digit."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules_engine.wire.json_text import DEEPEST, LONGEST_NUMBER, JsonTextError, exact, read_json, write_json
from tests.wire.shapes import JSON

ENOUGH = 1 << 20
NINES = "9" * LONGEST_NUMBER


@given(JSON)
def test_what_is_written_is_read_back(value: Any) -> None:
    """A plain value is itself again after it was written as text and read."""
    assert read_json(write_json(value), largest=ENOUGH) == value


@given(JSON)
def test_indented_text_says_the_same(value: Any) -> None:
    """Indentation changes the text and not what it means."""
    assert read_json(write_json(value, indent=2), largest=ENOUGH) == value


@given(JSON)
def test_written_text_is_ascii(value: Any) -> None:
    """A written text holds ASCII alone, whatever the strings hold."""
    assert write_json(value).isascii()


@pytest.mark.parametrize(
    ("value", "indent", "text"),
    [
        ({}, None, "{}"),
        ([], 2, "[]"),
        ({"a": [1, True, None], "b": {}}, None, '{"a": [1, true, null], "b": {}}'),
        ({"a": [1, "é"], "b": ()}, 2, '{\n  "a": [\n    1,\n    "\\u00e9"\n  ],\n  "b": []\n}'),
        ((Decimal("1.50"), Decimal("1E+5"), Decimal("-0.0")), None, "[1.50, 1E+5, -0.0]"),
        ('"\\\n\ud800', None, '"\\"\\\\\\n\\ud800"'),
    ],
)
def test_form(value: Any, indent: int | None, text: str) -> None:
    """Each kind of value has one form: Decimals keep their digits, tuples are arrays, keys keep their order."""
    assert write_json(value, indent=indent) == text


@given(st.recursive(st.sampled_from(["number", "numbernumber", '"number"', Decimal("1.5")]), st.lists, max_leaves=9))
def test_texts_are_never_taken_for_numbers(value: Any) -> None:
    """A text stays a text, whatever the writer puts in the place of a number meanwhile."""
    assert read_json(write_json(value), largest=ENOUGH) == value


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_float_that_is_no_number_is_not_written(number: float) -> None:
    """A float that JSON cannot spell is refused."""
    with pytest.raises(ValueError, match="not JSON compliant"):
        write_json([number])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("9007199254740993", 9007199254740993),
        ("-0", 0),
        (NINES, 10**LONGEST_NUMBER - 1),
        (f"-{NINES}", 1 - 10**LONGEST_NUMBER),
        ("0.1", Decimal("0.1")),
        ("1.0", Decimal("1.0")),
        ("1E2", Decimal("1E+2")),
        ("-0.0", Decimal("-0.0")),
        (f"1e{LONGEST_NUMBER - 1}", Decimal(f"1e{LONGEST_NUMBER - 1}")),
        (f"1e-{LONGEST_NUMBER - 1}", Decimal(f"1e-{LONGEST_NUMBER - 1}")),
        (f"0.{NINES}", Decimal(f"0.{NINES}")),
        (f"-9.{NINES[1:]}", Decimal(f"-9.{NINES[1:]}")),
    ],
)
def test_number_is_read_exactly(text: str, value: int | Decimal) -> None:
    """An integer of any admitted length is an int, any other number a Decimal with the digits that were written."""
    read = read_json(text, largest=ENOUGH)
    assert (type(read), str(read)) == (type(value), str(value))


@pytest.mark.parametrize(
    "text",
    [
        *(f"1{'0' * LONGEST_NUMBER}", f"-1{'0' * LONGEST_NUMBER}", "9" * 5_000, f"1e{LONGEST_NUMBER}"),
        *(f"1e-{LONGEST_NUMBER}", "1e999999999", "-1e-999999999", "1e99999999999999999999", f"1.{NINES}"),
        *(f"0.{'0' * LONGEST_NUMBER}", f"1.{'1' * 100_000}"),
    ],
    ids=lambda text: f"{text[:12]} of {len(text)}",
)
def test_number_of_too_many_digits(text: str) -> None:
    """A number that would take more than the admitted digits without an exponent is not read."""
    with pytest.raises(JsonTextError) as caught:
        read_json(f'{{"metadata": [{text}]}}', largest=ENOUGH)
    assert caught.value.problem == f"not readable: expected numbers of at most {LONGEST_NUMBER} digits"


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity", "sNaN", "", "1,5"])
def test_exact_reads_finite_numbers_only(text: str) -> None:
    """A text that spells no finite number is no exact number."""
    with pytest.raises(ValueError, match="expected numbers"):
        exact(text)


@pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity"])
def test_constant_of_javascript_is_not_json(constant: str) -> None:
    """The constants that JavaScript has beside numbers are not JSON, and the error names the one."""
    with pytest.raises(JsonTextError) as caught:
        read_json(f"[{constant}]", largest=ENOUGH)
    assert (caught.value.problem, str(caught.value)) == ("not JSON", f"not JSON: {constant} is not a number of JSON")


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "{",
        "{'a': 1}",
        '{"a": 1,}',
        *("{} {}", "[1 2]", "01", "1.", ".5", "+1", "0x1", "True"),
        '"\n"',
        '"\\x"',
        "\ufeff{}",
        "// a\n{}",
        b"\xff\xfe\xff",
        b'"\xff"',
        b'"\xc3"',
        b"\x00",
        b"\x00\x00\x00\x7b\xff",
    ],
    ids=ascii,
)
def test_text_that_is_not_json(text: str | bytes) -> None:
    """What is not JSON is said to be so, in words that are the same on every Python."""
    with pytest.raises(JsonTextError) as caught:
        read_json(text, largest=ENOUGH)
    assert caught.value.problem == "not JSON"
    assert str(caught.value).startswith("not JSON: ")


def test_place_of_a_mistake_is_named() -> None:
    """The text of the error names line and column of the first mistake."""
    with pytest.raises(JsonTextError, match=r"at line 2, column 3$"):
        read_json("[\n  x]", largest=ENOUGH)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("kind", [bytes, bytearray])
def test_encoding_is_recognised(encoding: str, kind: type[bytes] | type[bytearray]) -> None:
    """Bytes are read in each encoding that JSON ever had, with or without a byte order mark."""
    assert read_json(kind('{"a": "شكرا"}'.encode(encoding)), largest=ENOUGH) == {"a": "شكرا"}


def test_lone_surrogate_survives() -> None:
    """Half of a surrogate pair, which JSON can spell and UTF-8 cannot, is read and written."""
    assert write_json(read_json('"\\ud800"', largest=ENOUGH)) == '"\\ud800"'


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers()), max_size=6))
def test_last_of_duplicate_keys_counts(pairs: list[tuple[str, int]]) -> None:
    """Of a key that stands twice the last value counts, at the place of the first."""
    text = ", ".join(f'"{key}": {value}' for key, value in pairs)
    assert list(read_json(f"{{{text}}}", largest=ENOUGH).items()) == list(dict(pairs).items())


@pytest.mark.parametrize("text", ["[10]", b"[10]", bytearray(b"[10]")], ids=["str", "bytes", "bytearray"])
def test_longest_text_that_is_read(text: str | bytes | bytearray) -> None:
    """A text of the largest length is read, and one that is longer is not."""
    assert read_json(text, largest=4) == [10]
    with pytest.raises(JsonTextError) as caught:
        read_json(text, largest=3)
    assert caught.value.problem == "longer than 3 bytes"


@pytest.mark.parametrize("text", ["[" * 200_000, '{"a":' * 200_000, "[" * 200_000 + "]" * 200_000])
def test_text_that_is_nested_too_deeply(text: str) -> None:
    """A text that nests deeper than the interpreter can go is refused, not crashed on."""
    with pytest.raises(JsonTextError) as caught:
        read_json(text, largest=ENOUGH)
    assert caught.value.problem == f"not readable: expected at most {DEEPEST} levels of nesting"


def test_floats_of_the_standard_library_agree() -> None:
    """A number that has a float is read as the decimal of which that float is the nearest."""
    text = "[0.1, 1e22, 123456789.987654321, 5e-324, 1.7976931348623157e308]"
    assert [float(number) for number in read_json(text, largest=ENOUGH)] == json.loads(text)

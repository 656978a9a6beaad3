"""Two requests have one fingerprint exactly where they are one request."""

import json
from collections.abc import Hashable
from decimal import Decimal
from itertools import combinations
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules_engine import request_fingerprint

TEXTS = st.text(max_size=4)
SPACES = st.sampled_from(("", " ", "\n\t", "\r  "))
FRACTIONS = st.builds(lambda digits, exponent: Decimal(f"{digits}e{exponent}"), st.integers(), st.integers(-30, 30))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | FRACTIONS | TEXTS,
    lambda values: st.lists(values, max_size=3) | st.dictionaries(TEXTS, values, max_size=3),
    max_leaves=8,
)
FEW = st.recursive(
    st.sampled_from((None, True, 0, 1, Decimal("1.0"), Decimal("-0.0"), Decimal("0e5"), "", "1")),
    lambda values: st.lists(values, max_size=2) | st.dictionaries(st.sampled_from("ab"), values, max_size=2),
    max_leaves=3,
)
"""So few that two of them are often the same."""
PARTS = st.text("aA1:&?/ ", max_size=3)


def of_body(body: str | None) -> str:
    """Fingerprint a request by its body."""
    return request_fingerprint("POST", "/refunds", None, body)


@st.composite
def spelt(draw: st.DrawFn, value: Any) -> str:
    """Write a value as JSON, in one of its spellings."""
    if isinstance(value, Decimal):
        sign, digits, exponent = value.as_tuple()
        whole = "-" * sign + "".join(map(str, digits))
        spellings = [f"{whole}e{exponent}", f"{whole}.0E{exponent}", f"{whole}.000e{exponent}"]
        if any(digits):
            spellings.append(f"{whole}0e{int(exponent) - 1}")
        written = draw(st.sampled_from(spellings))
    elif isinstance(value, list):
        written = f"[{','.join([draw(spelt(item)) for item in value])}]"
    elif isinstance(value, dict):
        entries = draw(st.permutations(list(value.items())))
        written = f"{{{','.join([f'{draw(spelt(key))}:{draw(spelt(item))}' for key, item in entries])}}}"
    else:
        written = json.dumps(value, ensure_ascii=draw(st.booleans()))
    return draw(SPACES) + written + draw(SPACES)


def meaning(value: Any) -> Hashable:
    """Return what a value means, so that two values are equal where they mean the same."""
    if isinstance(value, list):
        return ("list", tuple(map(meaning, value)))
    if isinstance(value, dict):
        return ("object", frozenset((key, meaning(item)) for key, item in value.items()))
    return (type(value).__name__, value)


def content(body: str) -> Hashable:
    """Return what a body means: the meaning of its JSON, or its own letters."""
    try:
        return meaning(json.loads(body))
    except ValueError:
        return body


@given(VALUES, st.data())
def test_spellings_of_a_body(value: Any, data: st.DataObject) -> None:
    """White space, escapes, the order of keys and the zeros of a number make no other request."""
    assert of_body(data.draw(spelt(value))) == of_body(data.draw(spelt(value)))


@given(FEW, FEW, st.data())
def test_meanings_of_a_body(first: Any, second: Any, data: st.DataObject) -> None:
    """Two bodies are the same exactly where they mean the same."""
    same = of_body(data.draw(spelt(first))) == of_body(data.draw(spelt(second)))
    assert same == (meaning(first) == meaning(second))


@given(st.lists(st.text(st.characters(exclude_characters="&")), max_size=5), st.data())
def test_order_of_a_query(parameters: list[str], data: st.DataObject) -> None:
    """The order of the parameters makes no other request."""
    permuted = data.draw(st.permutations(parameters))
    first, second = (request_fingerprint("GET", "/refunds", "&".join(some)) for some in (parameters, permuted))
    assert first == second


@given(*[st.tuples(PARTS, PARTS, PARTS, PARTS)] * 2)
def test_parts(first: tuple[str, ...], second: tuple[str, ...]) -> None:
    """Nothing moves from one part to another: requests are the same where each of their parts is."""
    normal = [
        (method.upper(), path, sorted(query.split("&")), content(body)) for method, path, query, body in (first, second)
    ]
    assert (request_fingerprint(*first) == request_fingerprint(*second)) == (normal[0] == normal[1])


@given(st.text(), st.text(), st.text(), st.text())
def test_any_text(method: str, path: str, query: str, body: str) -> None:
    """Every request has a fingerprint: 64 digits, the same each time."""
    fingerprint = request_fingerprint(method, path, query, body)
    assert len(bytes.fromhex(fingerprint)) == 32
    assert fingerprint == request_fingerprint(method, path, query, body)


SAME = (
    ("1.0", "1.00"),
    ("1.0", "10e-1"),
    ("1.0", "0.1E+1"),
    ("-0", "0"),
    ("-0.0", "0e99"),
    ("100.0", "1e2"),
    ('{"a": 1, "a": 2}', '{"a": 2}'),
    ('"\\u00e9"', '"é"'),
    ('"\\/"', '"/"'),
    ("1e0001", "1e1"),
    ("9" * 10_000, f" {'9' * 10_000} "),
    (f"1e{'9' * 399}", f"10e{'9' * 398}8"),
    (f"{'[' * 64}{']' * 64}", f"{'[' * 64} {']' * 64}"),
)
OTHER = (
    ("1", "1.0"),
    ("0", "-0.0"),
    ("1", '"1"'),
    ("1", "true"),
    ("null", ""),
    ("{}", "[]"),
    ("[[],[]]", "[[[]]]"),
    ('{"a": {"b": 1}}', '{"a": {}, "b": 1}'),
    ('{"a": 1, "a": 2}', '{"a": 1}'),
    ("1e400", "1e401"),
    ("0.1", "0.10000000000000001"),
    (f"{'9' * 10_000}8", f"{'9' * 10_000}7"),
    (f"{'9' * 500}.8", f"{'9' * 500}.7"),
    ("x", "x "),
    ("", " "),
    ("NaN", "NaN "),
    ("[1,]", "[1, ]"),
    ("\ufeff1", "1"),
    (f"1e{'9' * 401}", f"1e{'9' * 401} "),
    (f"{'[' * 65}{']' * 65}", f"{'[' * 65} {']' * 65}"),
    ('"\\ud800"', '"\\ud801"'),
    ("\ud800", "\ud801"),
)


@pytest.mark.parametrize(("first", "second"), SAME + OTHER)
def test_bodies(first: str, second: str) -> None:
    """These are the same body, and those are different ones."""
    assert (of_body(first) == of_body(second)) is ((first, second) in SAME)


def test_absent_is_empty() -> None:
    """A query or a body that is absent is an empty one."""
    assert request_fingerprint("GET", "/") == request_fingerprint("GET", "/", None, None)
    assert request_fingerprint("GET", "/") == request_fingerprint("GET", "/", "", "")


@pytest.mark.slow
@pytest.mark.parametrize(
    "body",
    [
        "[" * 100_000,
        "[" * 50_000 + "]" * 50_000,
        '{"a":' * 20_000 + "1" + "}" * 20_000,
        "9" * 1_000_000,
        "0." + "0" * 1_000_000 + "1",
        "1e" + "9" * 1_000_000,
        "1e-" + "9" * 400,
        "[" + "1e999999999," * 80_000 + "1]",
        json.dumps({str(number): number for number in range(100_000)}),
    ],
    ids=lambda body: body[:8],
)
def test_hostile_bodies(body: str) -> None:
    """A body neither hangs nor raises, however deep it nests and however large its numbers are."""
    started = process_time()
    others = [of_body(body), of_body(body + "x"), of_body(body[:-1])]
    assert all(first != second for first, second in combinations(others, 2))
    assert process_time() - started < 20


def test_fingerprints_are_forever() -> None:
    """A fingerprint that an application stored is the one of the next version, too."""
    body = '{"b": [1, 1.50, -0.0, null, true], "a": {"\\u00e9": "x", "": 12e400}}'
    assert request_fingerprint("post", "/refunds", "b=2&a=1", body) == (
        "f98aa23994554f8169938e82a55c987b82d9af9282f186f4b26d6c3d7e88cde6"
    )
    assert request_fingerprint("GET", "/") == "a01bfa7b325799cd5380269a5a939b3dd7a7c66910e0473664cecf05d45e9a5b"

"""Located positions agree with tomllib on what a document holds, and with its writer on where that was written."""

import tomllib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules_engine.path import Path
from rules_engine.policy.locate import MAX_DEPTH, Position, Span, locate
from tests.policy.written import SCALARS, Document, documents


def _entries(value: object, path: Path = ()) -> Iterator[tuple[Path, object]]:
    """Yield every path below a parsed value, with what is there."""
    children: Iterator[tuple[str | int, object]] = iter(())
    if isinstance(value, dict):
        children = iter(value.items())
    elif isinstance(value, list):
        children = iter(enumerate(value))
    for step, child in children:
        yield (*path, step), child
        yield from _entries(child, (*path, step))


@given(documents())
def test_paths_are_those_of_tomllib(document: Document) -> None:
    """The located paths are exactly the paths of the document that tomllib returns."""
    assert set(locate(document.text)) == {path for path, _ in _entries(tomllib.loads(document.text))}


@given(documents())
def test_spans_are_where_the_writer_put_them(document: Document) -> None:
    """Every key and every value is located exactly where it was written."""
    assert locate(document.text) == document.spans


@given(documents())
def test_text_at_a_leaf_parses_to_its_value(document: Document) -> None:
    """The text at the position of a scalar value, parsed alone, is the value that the document has at its path."""
    spans = locate(document.text)
    parsed = dict(_entries(tomllib.loads(document.text)))
    for path, spelling in document.spellings.items():
        start = document.offset(spans[path].value)
        alone = tomllib.loads("x = " + document.text[start : start + len(spelling)])
        assert alone["x"] == parsed[path]


@given(documents(), st.data())
def test_truncated_document_has_no_other_paths(document: Document, data: st.DataObject) -> None:
    """A document that is cut off anywhere raises nothing, and has no path that the whole document has not."""
    end = data.draw(st.integers(0, len(document.text)))
    assert set(locate(document.text[:end])) <= set(document.spans)


@given(st.text("ab1.\"'\\#[]{}=, \n\r\té\ud800\0"))
def test_arbitrary_text_does_not_raise(text: str) -> None:
    """A text that is not TOML yields spans within the text and raises nothing."""
    for span in locate(text).values():
        assert (1, 1) <= (span.key.line, span.key.column) <= (span.value.line, span.value.column)
        assert span.value.line <= text.count("\n") + 1


def _span(key: tuple[int, int], value: tuple[int, int] | None = None) -> Span:
    """Return the span of a key and its value, or of something that has one place only."""
    return Span(Position(*key), Position(*(value or key)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", {}, id="empty"),
        pytest.param("# a = 1\n\n", {}, id="comment"),
        pytest.param("a = 1", {("a",): _span((1, 1), (1, 5))}, id="bare key"),
        pytest.param("\n  a-b_1\t=\t1", {("a-b_1",): _span((2, 3), (2, 11))}, id="whitespace"),
        pytest.param('"a.b" = 1', {("a.b",): _span((1, 1), (1, 9))}, id="basic key"),
        pytest.param(r'"\"=\u0061" = 1', {('"=a',): _span((1, 1), (1, 15))}, id="basic key with escapes"),
        pytest.param("'\\a\"' = 1", {('\\a"',): _span((1, 1), (1, 9))}, id="literal key"),
        pytest.param('"" = 1', {("",): _span((1, 1), (1, 6))}, id="empty key"),
        pytest.param("'é😀' = 1", {("é😀",): _span((1, 1), (1, 8))}, id="columns count characters"),
        pytest.param("3.14 = 1", {("3",): _span((1, 1)), ("3", "14"): _span((1, 3), (1, 8))}, id="dotted number"),
        pytest.param(
            "a . \"b\" .'c' = 1\na.d = 2",
            {
                ("a",): _span((1, 1)),
                ("a", "b"): _span((1, 5)),
                ("a", "b", "c"): _span((1, 10), (1, 16)),
                ("a", "d"): _span((2, 3), (2, 7)),
            },
            id="dotted key",
        ),
        pytest.param(
            "[ a . b ] # c\nx = 1",
            {("a",): _span((1, 3)), ("a", "b"): _span((1, 7)), ("a", "b", "x"): _span((2, 1), (2, 5))},
            id="table header",
        ),
        pytest.param("[a.b]\n[a]", {("a",): _span((2, 2)), ("a", "b"): _span((1, 4))}, id="header after mention"),
        pytest.param(
            "[[w]]\nx = 1\n[[w]]\n[w.y]\n[[w.z]]",
            {
                ("w",): _span((1, 3)),
                ("w", 0): _span((1, 3)),
                ("w", 0, "x"): _span((2, 1), (2, 5)),
                ("w", 1): _span((3, 3)),
                ("w", 1, "y"): _span((4, 4)),
                ("w", 1, "z"): _span((5, 5)),
                ("w", 1, "z", 0): _span((5, 5)),
            },
            id="array of tables",
        ),
        pytest.param(
            'r = [\n  "a", # "]\n  [1],\n]\n',
            {
                ("r",): _span((1, 1), (1, 5)),
                ("r", 0): _span((2, 3)),
                ("r", 1): _span((3, 3)),
                ("r", 1, 0): _span((3, 4)),
            },
            id="array",
        ),
        pytest.param("r = [ ]\ns = {}", {("r",): _span((1, 1), (1, 5)), ("s",): _span((2, 1), (2, 5))}, id="hollow"),
        pytest.param(
            "t = { a = 1, b.c = { d = [{}] } }",
            {
                ("t",): _span((1, 1), (1, 5)),
                ("t", "a"): _span((1, 7), (1, 11)),
                ("t", "b"): _span((1, 14)),
                ("t", "b", "c"): _span((1, 16), (1, 20)),
                ("t", "b", "c", "d"): _span((1, 22), (1, 26)),
                ("t", "b", "c", "d", 0): _span((1, 27)),
            },
            id="inline table",
        ),
        pytest.param("a = 1\r\nb = 2\r\n", {("a",): _span((1, 1), (1, 5)), ("b",): _span((2, 1), (2, 5))}, id="CRLF"),
    ],
)
def test_form(text: str, expected: dict[Path, Span]) -> None:
    """Each form of key and container is located at its first character."""
    assert locate(text) == expected


@pytest.mark.parametrize(
    "value",
    [
        *SCALARS,
        *('""', '"#[{"', r'"\"]"', r'"\\"', "''", "'\"\\'", "'#'"),
        *('""""""', '"""\n]"""', r'"""\""""', '"""""x"""""', r'"""\\"""', "''''''", "'''\n#'''", "'''''x'''''"),
    ],
)
def test_value_is_skipped_whole(value: str) -> None:
    """A scalar value of each kind ends where TOML ends it, at top level, in an array and in an inline table."""
    assert set(locate(f"a = {value}\nb = [{value}, {value}]\nc = {{d = {value}, e = 1}}\nf = 1")) == {
        *{("a",), ("b",), ("b", 0), ("b", 1), ("c",), ("c", "d"), ("c", "e"), ("f",)}
    }


@pytest.mark.parametrize(
    "malformed", ["b", "b =", "= 2", "[b", 'b""" = 1', '"\\q" = 1', 'b = """', "b = '''", 'b = "', "b = ]"]
)
def test_malformed_text_keeps_what_was_found(malformed: str) -> None:
    """What stands before the first malformed line is located, and nothing else."""
    assert locate(f"a = 1\n{malformed}") == {("a",): _span((1, 1), (1, 5))}


def test_deepest_path_that_is_located() -> None:
    """A path of the greatest depth is located, a longer one is left out, and the scan goes on after it."""
    keys = ["k"] * (MAX_DEPTH + 1)
    spans = locate(f"{'.'.join(keys)} = [[1], 2]\nz = 1")
    assert set(spans) == {*(tuple(keys[:depth]) for depth in range(1, MAX_DEPTH + 1)), ("z",)}

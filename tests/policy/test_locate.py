"""Located positions agree with tomllib on what a document holds, and with its writer on where that was written."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

import pytest
from attrs import define, field, frozen
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules_engine.policy.locate import MAX_DEPTH, Path, Position, Span, locate


@frozen
class Leaf:
    """A scalar value of a random document, in the spelling that is written."""

    spelling: str


Table: TypeAlias = "Mapping[str, Node]"
Node: TypeAlias = "Leaf | Sequence[Node] | Table"

SCALARS: Final = (
    *("0", "-17", "+1_000", "0xDEAD_beef", "0o17", "0b1", "3.14", "6.26e-34", "-inf", "true", "false", "07:32:00.5"),
    *("1979-05-27", "1979-05-27T07:32:00Z", "1979-05-27 07:32:00", "1979-05-27 07:32:00.999-07:00"),
)
UNTIMED: Final = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine draws slowly
PLAIN: Final = ("x", " ", "#", "[", "]", "[[", "{", "}", "=", ",", ".", "\t", "é", "😀")  # harmless in every string
COMMENTS: Final = ("", "", "# plain", "# [t]", "# k = '''", '# """ é', "#[[")


def _string(opening: str, fragments: tuple[str, ...], closings: tuple[str, ...]) -> st.SearchStrategy[str]:
    """Spell strings of one kind from fragments that cannot end it early."""
    return st.builds(
        lambda body, closing: opening + "".join(body) + closing,
        st.lists(st.sampled_from((*PLAIN, *fragments)), max_size=6),
        st.sampled_from(closings),
    )


LEAVES: Final = st.builds(
    Leaf,
    st.one_of(
        st.sampled_from(SCALARS),
        _string('"', ("'", "'''", '\\"', "\\\\", "\\n", "\\u00e9"), ('"',)),
        _string("'", ('"', '"""', "\\"), ("'",)),
        _string('"""', ("'", "'''", '""x', '\\"', "\\\\", "\n", "\\\n  "), ('"""', '""""', '"""""')),
        _string("'''", ('"', '"""', "''x", "\\", "\n"), ("'''", "''''", "'''''")),
    ),
)
KEYS: Final = st.one_of(st.sampled_from("abc"), st.text("ab1-_.\"'\\#[]{}=, \té😀\n", max_size=4))


def _containers(nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """Draw arrays, tables, and arrays that hold tables alone and so can be written with headers."""
    return st.one_of(
        st.lists(nodes, max_size=3),
        st.dictionaries(KEYS, nodes, max_size=3),
        st.lists(st.dictionaries(KEYS, nodes, max_size=2), min_size=1, max_size=3),
    )


TABLES: Final = st.dictionaries(KEYS, st.recursive(LEAVES, _containers, max_leaves=10), max_size=4)


@define
class Writer:
    """Writes a tree of nodes in spellings drawn at random, and keeps the place where it writes each path."""

    draw: st.DrawFn
    text: str = ""
    spans: dict[Path, Span] = field(factory=dict)
    spellings: dict[Path, str] = field(factory=dict)

    def here(self) -> Position:
        """Return the place where the next character goes."""
        return Position(self.text.count("\n") + 1, len(self.text) - self.text.rfind("\n"))

    def coin(self) -> bool:
        """Draw yes or no."""
        return self.draw(st.booleans())

    def put(self, *choices: str) -> None:
        """Write one of the choices."""
        self.text += self.draw(st.sampled_from(choices))

    def put_line_end(self) -> None:
        """Write a comment or none, then one or more line ends."""
        self.put(*COMMENTS)
        self.put("\n", "\n\n", "\n \t\n")

    def put_key(self, key: str) -> Position:
        """Write a key in one of the spellings it can have and return where it starts."""
        spellings = ['"' + "".join(f"\\U{ord(character):08x}" for character in key) + '"']
        if "\n" not in key:
            spellings.append('"' + key.replace("\\", "\\\\").replace('"', '\\"') + '"')
            spellings += [f"'{key}'"] if "'" not in key else []
        if re.fullmatch("[A-Za-z0-9_-]+", key):
            spellings.append(key)
        start = self.here()
        self.put(*spellings)
        return start

    def put_dotted(self, parents: list[Path], path: Path) -> None:
        """Write a dotted key and note the tables that its first parts mention for the first time."""
        for parent in parents:
            start = self.put_key(str(parent[-1]))
            self.spans.setdefault(parent, Span(start, start))
            self.put(".", " .", ". ", "\t.\t")
        start = self.put_key(str(path[-1]))
        self.spans[path] = Span(start, start)

    def put_pair(self, parents: list[Path], path: Path, node: Node) -> None:
        """Write a key, an equals sign and a value."""
        self.put_dotted(parents, path)
        self.put("=", " = ", "\t=", "=\t")
        self.put_value(path, node)

    def put_value(self, path: Path, node: Node) -> None:
        """Write a value after a key, or an element of an array."""
        start = self.here()
        self.spans[path] = Span(self.spans[path].key if path in self.spans else start, start)
        if isinstance(node, Leaf):
            self.spellings[path] = node.spelling
            self.text += node.spelling
        elif isinstance(node, Mapping):
            self.put_inline_table(path, node)
        else:
            self.put_array(path, node)

    def put_array(self, path: Path, nodes: Sequence[Node]) -> None:
        """Write an array over any number of lines."""
        self.text += "["
        for index, node in enumerate(nodes):
            self.put("", " ", "\n\t", "# ]\n")
            self.put_value((*path, index), node)
            self.put("", " ", "\n", "# ,\n")
            self.put(*([","] if index + 1 < len(nodes) else ["", ","]))
        self.put("]", " ]", "\n]", "# [\n]")

    def put_inline_table(self, path: Path, table: Table) -> None:
        """Write an inline table on one line, but for the line ends in its arrays and strings."""
        self.put("{", "{ ")
        for index, pair in enumerate(self.pairs([], path, table)):
            self.put(*([",", " , "] if index else [""]))
            self.put_pair(*pair)
        self.put("}", " }")

    def pairs(self, parents: list[Path], path: Path, table: Table) -> Iterator[tuple[list[Path], Path, Node]]:
        """Yield a pair for each entry of a table, or pairs with dotted keys for the entries of that entry."""
        for key, node in table.items():
            child = (*path, key)
            if isinstance(node, Mapping) and node and self.coin():
                yield from self.pairs([*parents, child], child, node)
            else:
                yield parents, child, node

    def put_table(self, path: Path, header: list[Path], table: Table, brackets: str = "[]") -> None:
        """Write a table with or without its own header, its subtables before or after its own pairs."""
        with_headers = {key: node for key, node in table.items() if _can_have_header(node) and self.coin()}
        with_pairs = {key: node for key, node in table.items() if key not in with_headers}
        is_plain = bool(path) and brackets == "[]"
        is_late = is_plain and bool(with_headers) and self.coin()
        if is_late:
            self.put_subtables(path, header, with_headers)
        if brackets == "[[]]" or (is_plain and (with_pairs or not with_headers or self.coin())):
            self.put_header(path, header, brackets)
        for pair in self.pairs([], path, with_pairs):
            self.put("", "  ", "\t")
            self.put_pair(*pair)
            self.put_line_end()
        if not is_late:
            self.put_subtables(path, header, with_headers)

    def put_subtables(self, path: Path, header: list[Path], subtables: Table) -> None:
        """Write tables and arrays of tables with headers."""
        for key, node in subtables.items():
            child = (*path, key)
            if isinstance(node, Mapping):
                self.put_table(child, [*header, child], node)
            elif isinstance(node, Sequence):
                for index, element in enumerate(node):
                    assert isinstance(element, Mapping)
                    self.put_table((*child, index), [*header, child], element, "[[]]")

    def put_header(self, path: Path, header: list[Path], brackets: str) -> None:
        """Write a table header; the first header of an array of tables is also the place of the array."""
        half = len(brackets) // 2
        self.text += brackets[:half]
        self.put("", " ")
        array = self.spans.get(header[-1]) if brackets == "[[]]" else None
        self.put_dotted(header[:-1], header[-1])
        self.spans[path] = self.spans[header[-1]]
        self.spans[header[-1]] = array or self.spans[path]
        self.put("", "\t")
        self.text += brackets[half:]
        self.put_line_end()


def _can_have_header(node: Node) -> bool:
    """Tell whether a node is a table, or an array of one or more tables and nothing else."""
    if isinstance(node, Sequence):
        return bool(node) and all(isinstance(element, Mapping) for element in node)
    return isinstance(node, Mapping)


@frozen
class Document:
    """A random document, where its writer wrote each path, and how it spelled each scalar value."""

    text: str
    spans: dict[Path, Span]
    spellings: dict[Path, str]

    def offset(self, position: Position) -> int:
        """Return the offset of a position in the text."""
        lines_before = self.text.split("\n")[: position.line - 1]
        return sum(len(line) + 1 for line in lines_before) + position.column - 1


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Draw a document; CRLF line ends move no line and no column."""
    writer = Writer(draw)
    writer.put("", "\n", "# head\n")
    writer.put_table((), [], draw(TABLES))
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    spellings = {path: spelling.replace("\n", newline) for path, spelling in writer.spellings.items()}
    return Document(writer.text.replace("\n", newline), writer.spans, spellings)


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


@UNTIMED
@given(documents())
def test_paths_are_those_of_tomllib(document: Document) -> None:
    """The located paths are exactly the paths of the document that tomllib returns."""
    assert set(locate(document.text)) == {path for path, _ in _entries(tomllib.loads(document.text))}


@UNTIMED
@given(documents())
def test_spans_are_where_the_writer_put_them(document: Document) -> None:
    """Every key and every value is located exactly where it was written."""
    assert locate(document.text) == document.spans


@UNTIMED
@given(documents())
def test_text_at_a_leaf_parses_to_its_value(document: Document) -> None:
    """The text at the position of a scalar value, parsed alone, is the value that the document has at its path."""
    spans = locate(document.text)
    parsed = dict(_entries(tomllib.loads(document.text)))
    for path, spelling in document.spellings.items():
        start = document.offset(spans[path].value)
        alone = tomllib.loads("x = " + document.text[start : start + len(spelling)])
        assert alone["x"] == parsed[path]


@UNTIMED
@given(documents(), st.data())
def test_truncated_document_has_no_other_paths(document: Document, data: st.DataObject) -> None:
    """A document that is cut off anywhere raises nothing, and has no path that the whole document has not."""
    end = data.draw(st.integers(0, len(document.text)))
    assert set(locate(document.text[:end])) <= set(document.spans)


@UNTIMED
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
        *{("a",), ("b",), ("b", 0), ("b", 1), ("c",), ("c", "d"), ("c", "e"), ("f",)},
    }


@pytest.mark.parametrize(
    "malformed",
    ["b", "b =", "= 2", "[b", 'b""" = 1', '"\\q" = 1', 'b = """', "b = '''", 'b = "', "b = ]"],
)
def test_malformed_text_keeps_what_was_found(malformed: str) -> None:
    """What stands before the first malformed line is located, and nothing else."""
    assert locate(f"a = 1\n{malformed}") == {("a",): _span((1, 1), (1, 5))}


def test_deepest_path_that_is_located() -> None:
    """A path of the greatest depth is located, a longer one is left out, and the scan goes on after it."""
    keys = ["k"] * (MAX_DEPTH + 1)
    spans = locate(f"{'.'.join(keys)} = [[1], 2]\nz = 1")
    assert set(spans) == {*(tuple(keys[:depth]) for depth in range(1, MAX_DEPTH + 1)), ("z",)}

"""Random TOML documents, and where their writer put what they hold."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from attrs import define, field, frozen
from hypothesis import strategies as st

from rules_engine.path import Path
from rules_engine.policy.locate import Position, Span


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
    """Return whether a node is a table, or an array of one or more tables and nothing else."""
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

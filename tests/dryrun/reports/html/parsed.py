"""A page, read by a parser of HTML that forgives nothing."""

from collections.abc import Iterator
from html.parser import HTMLParser

from attrs import Factory, define

VOID = {"input", "link", "meta"}


@define(eq=False)
class Node:
    """An element of a page.

    Attributes:
        tag: Its name.
        attributes: Its attributes; None for those without a value.
        children: Elements and texts.
        parent: What it stands in.
    """

    tag: str
    attributes: dict[str, str | None]
    children: list["Node | str"] = Factory(list)
    parent: "Node | None" = None

    def __getitem__(self, name: str) -> str:
        """Return an attribute that has to be there."""
        value = self.attributes[name]
        assert value is not None
        return value

    @property
    def text(self) -> str:
        """Everything that can be read in it."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    def all(self, tag: str | None = None, **attributes: str) -> list["Node"]:
        """Return the elements below, in the order of the page."""
        return [
            node
            for node in self.walk()
            if tag in (None, node.tag) and all(node.attributes.get(name) == value for name, value in attributes.items())
        ]

    def one(self, tag: str | None = None, **attributes: str) -> "Node":
        """Return the only element below of that kind."""
        (node,) = self.all(tag, **attributes)
        return node

    def walk(self) -> Iterator["Node"]:
        """Go through the elements below, in the order of the page."""
        for child in self.children:
            if isinstance(child, Node):
                yield child
                yield from child.walk()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.open = Node("", {})

    def handle_decl(self, decl: str) -> None:
        assert decl == "DOCTYPE html"

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"a declaration: {data}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction: {data}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), f"{tag} has an attribute twice"
        node = Node(tag, dict(attrs), parent=self.open)
        self.open.children.append(node)
        if tag not in VOID:
            self.open = node

    def handle_endtag(self, tag: str) -> None:
        assert self.open.tag == tag, f"{tag} closes {self.open.tag}"
        assert self.open.parent is not None
        self.open = self.open.parent

    def handle_data(self, data: str) -> None:
        self.open.children.append(data)


def parsed(page: str) -> Node:
    """Read a page.

    Raises:
        AssertionError: An element is not closed, or one is closed that is not open, or there is anything but elements.
    """
    reader = _Reader()
    reader.feed(page)
    reader.close()
    assert reader.open is reader.root, f"{reader.open.tag} is not closed"
    return reader.root

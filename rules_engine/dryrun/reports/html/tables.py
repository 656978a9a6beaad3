"""Tables of figures: with a caption, heads that say what they head, and a region of their own to scroll in."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from rules_engine.dryrun.reports.html.markup import NOTHING, Html, element, views
from rules_engine.dryrun.reports.html.plain import shortened
from rules_engine.dryrun.reports.money import written
from rules_engine.dryrun.reports.wording import counted

MOST_ROWS: Final = 200
"""How many rows a table of figures has; what is left out is stated below it."""

MOST_CURRENCIES: Final = 6
"""How many currencies are shown beside something else; amounts have a table of their own."""


def table(name: str, caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Html:
    """Make a table. The first cell of a row says what the row is about, the others are figures.

    Args:
        name: What the table is called within the page.
        caption: What it shows.
        heads: The heads of its columns.
        rows: Cells, as markup or as text.
    """
    head = element("tr", *(element("th", each, scope="col") for each in heads))
    body = (
        element(
            "tr", element("th", row[0], scope="row"), *(element("td", cell, class_=_kind(cell)) for cell in row[1:])
        )
        for row in rows
    )
    content = element(
        "table",
        element("caption", caption, id=f"{name}-caption"),
        element("thead", head),
        element("tbody", *body),
    )
    return element(
        "div",
        content,
        class_="scroll",
        role="region",
        aria_labelledby=f"{name}-caption",
        tabindex=0,
        id=f"{name}-table",
    )


def _kind(cell: str) -> str | None:
    return "zero" if cell == "0" else None


def folded(summary: str, *content: str) -> Html:
    """Show something only to those who unfold it."""
    return element("details", element("summary", summary), *content)


def user_text(content: str) -> Html:
    """Show a text of strangers, cut if it is long, so that its direction of writing moves nothing around it."""
    return element("bdi", shortened(content))


def code(name: str) -> Html:
    """Show the name of a code, a rule or a fact; recorded codes may be any text."""
    return element("code", shortened(name), dir="auto")


def codes(names: Iterable[str]) -> Html:
    """Show names as a list of items."""
    return element("ul", *(element("li", code(name)) for name in names), class_="codes")


def money(amounts: Mapping[str, int]) -> Html:
    """Show amounts below each other, in the order of their currencies; nothing where there are none."""
    if not amounts:
        return NOTHING
    shown = sorted(amounts.items())[:MOST_CURRENCIES]
    items = (element("li", shortened(written(currency, minor_units))) for currency, minor_units in shown)
    more = len(amounts) - len(shown)
    rest = element("li", f"and {counted(more, 'currency', 'currencies')} more") if more else NOTHING
    return element("ul", *items, rest, class_="money")


def count(number: int) -> str:
    """Write a number with separators of thousands."""
    return f"{number:,}"


def left_out(number: int, one: str, several: str = "", *, stated: str = "") -> Html:
    """Say what a table leaves out; nothing where it leaves out nothing."""
    if number <= 0:
        return NOTHING
    verb = "is" if number == 1 else "are"
    return element("p", f"{counted(number, one, several)} more {verb} not shown here{stated}.", class_="note")


def section(name: str, heading: str, *content: str) -> Html:
    """Make a part of the page with a heading of its own, which the contents lead to."""
    return element(
        "section",
        element("h2", heading, id=f"{name}-heading"),
        views(content),
        id=name,
        aria_labelledby=f"{name}-heading",
    )

"""The classes of change as people read them: a name, a sign that needs no colour, and an order."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from rules_engine.dryrun.report import Change
from rules_engine.dryrun.reports.html.markup import Html, element, views
from rules_engine.dryrun.reports.wording import named

ORDER: Final = (
    Change.NEWLY_REJECTED,
    Change.NEWLY_ACCEPTED,
    Change.REASONS_CHANGED,
    Change.ORDER_ONLY,
    Change.UNDECIDED,
    Change.UNREADABLE,
    Change.UNCHANGED,
)
"""What needs looking at comes first."""
OF_DRAFTS: Final = tuple(change for change in ORDER if change is not Change.UNREADABLE)
"""The classes of what could be read."""
MEANINGS: Final[Mapping[Change, str]] = MappingProxyType(
    {
        Change.NEWLY_REJECTED: "accepted before, refused now",
        Change.NEWLY_ACCEPTED: "refused before, accepted now",
        Change.REASONS_CHANGED: "refused both times, for other codes",
        Change.ORDER_ONLY: "the same codes in another order",
        Change.UNDECIDED: "facts are missing, or no policy applied",
        Change.UNREADABLE: "records that are no drafts",
        Change.UNCHANGED: "the same answer both times",
    }
)
_SIGNS: Final[Mapping[Change, str]] = MappingProxyType(
    {
        Change.NEWLY_REJECTED: "M4 4l8 8M12 4l-8 8",
        Change.NEWLY_ACCEPTED: "M3 8.5l3.5 3.5L13 4.5",
        Change.REASONS_CHANGED: "M3 5.5h9M9.5 3L12 5.5 9.5 8M13 10.5H4M6.5 8L4 10.5 6.5 13",
        Change.ORDER_ONLY: "M5 13V4M2.5 6.5L5 4l2.5 2.5M11 3v9M8.5 9.5L11 12l2.5-2.5",
        Change.UNDECIDED: "M5.5 6a2.5 2.5 0 1 1 3.6 2.2C8.3 8.7 8 9.2 8 10M8 12.6v.2",
        Change.UNREADABLE: "M8 3v6.5M8 12.6v.2",
        Change.UNCHANGED: "M3.5 6h9M3.5 10h9",
    }
)
"""Strokes in a square of 16 units."""


def name_of(change: Change) -> str:
    """Name a class: `Newly rejected`."""
    return named(change).capitalize()


def signs() -> Html:
    """Define the signs, once for the page."""
    symbols = (
        element("symbol", element("path", d=strokes), id=f"sign-{change.value}", viewBox="0 0 16 16")
        for change, strokes in _SIGNS.items()
    )
    return element("svg", *symbols, class_="signs", width=0, height=0, aria_hidden="true")


def sign(change: Change) -> Html:
    """Show the sign of a class, beside its name."""
    use = element("use", href=f"#sign-{change.value}")
    return element("svg", use, class_=f"sign {change.value}", width=16, height=16, aria_hidden="true")


def badge(change: Change) -> Html:
    """Show a class: its sign and its name."""
    return element("span", sign(change), views((" ", name_of(change))), class_="badge")

"""Drafts that show a transition: where they stand, what both sides say of them, and what is in them."""

from collections.abc import Sequence
from typing import Final

from attrs import define

from rules_engine.dryrun.report import Answer, Exemplar, Transition
from rules_engine.dryrun.reports.html.json_text import written_json
from rules_engine.dryrun.reports.html.markup import Html, element
from rules_engine.dryrun.reports.html.tables import count, folded, left_out, user_text
from rules_engine.dryrun.reports.html.verdicts import verdicts

MOST_EXEMPLARS: Final = 10
"""How many drafts of one transition are shown."""
MOST_CHARACTERS: Final = 3_000_000
"""How much of a page shows drafts; a browser on a phone has to hold it."""
_LONGEST_DOCUMENT: Final = 100_000


@define
class Room:
    """How much of the page is left for drafts.

    Attributes:
        characters: What is left.
    """

    characters: int = MOST_CHARACTERS


def drafts_of(transition: Transition) -> list[Exemplar]:
    """Give the drafts that show a transition, each once, the smallest first."""
    smallest = transition.smallest
    rest = sorted(exemplar for exemplar in transition.exemplars if exemplar != smallest)
    return [*([] if smallest is None else [smallest]), *rest]


def shown_drafts(transitions: Sequence[tuple[tuple[Answer, Answer], Transition]]) -> list[Html]:
    """Show the drafts of each transition: the smallest of every one, and then as many others as there is room for."""
    room = Room()
    found = [(answers, drafts_of(transition)) for answers, transition in transitions]
    smallest = [[_draft(draft, answers, room, is_smallest=True) for draft in drafts[:1]] for answers, drafts in found]
    shown = []
    for (answers, drafts), first in zip(found, smallest, strict=True):
        others = (_draft(draft, answers, room, is_smallest=False) for draft in drafts[1:MOST_EXEMPLARS])
        shown.append(element("div", *first, *others, left_out(len(drafts) - MOST_EXEMPLARS, "draft"), class_="drafts"))
    return shown


def _draft(draft: Exemplar, answers: tuple[Answer, Answer], room: Room, *, is_smallest: bool) -> Html:
    heading = _heading(draft, is_smallest=is_smallest)
    if room.characters > 0:
        shown = element("article", heading, verdicts(draft.before, draft.after, answers), _document(draft))
        room.characters -= len(shown)
        if room.characters >= 0:
            return shown
    note = "The page has no room for more drafts; the report as JSON holds this one too."
    return element("article", heading, element("p", note, class_="note"))


def _heading(draft: Exemplar, *, is_smallest: bool) -> Html:
    name = user_text(draft.place if draft.id is None else draft.id)
    place = "" if draft.id is None else element("span", user_text(draft.place))
    size = element("span", f"{count(draft.size)} bytes")
    smallest = element("span", "smallest", class_="only") if is_smallest else ""
    return element("header", element("h3", name), element("p", place, size, smallest, class_="note places"))


def _document(draft: Exemplar) -> Html:
    if draft.document is None:
        return element("p", "Its document is too long to be shown.", class_="note")
    written = written_json(draft.document, _LONGEST_DOCUMENT)
    shown = element("pre", element("code", written), tabindex=0, role="region", aria_label="Draft document")
    return folded("Draft document", shown)

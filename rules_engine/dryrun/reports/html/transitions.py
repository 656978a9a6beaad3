"""The table of transitions, from answer to answer: to be sorted, filtered, and unfolded to drafts that show them."""

from collections.abc import Iterable
from typing import Final

from rules_engine.dryrun.document import sorted_transitions
from rules_engine.dryrun.report import UNDECIDED, Answer, Report, Transition, change_of
from rules_engine.dryrun.reports.html.changes import OF_DRAFTS, badge, name_of
from rules_engine.dryrun.reports.html.exemplars import drafts_of, shown_drafts
from rules_engine.dryrun.reports.html.markup import NOTHING, Html, element, views
from rules_engine.dryrun.reports.html.plain import shortened
from rules_engine.dryrun.reports.html.tables import codes, count, folded, money, section
from rules_engine.dryrun.reports.wording import counted

MOST_TRANSITIONS: Final = 500
"""How many transitions a page shows."""
_MOST_CODES: Final = 6
_LONGEST_SEARCH: Final = 2000
_HEADS: Final = (("change", "Class"), ("before", "Before"), ("after", "After"), ("drafts", "Drafts"))
"""What the table can be sorted by, and what it is called."""

_Item = tuple[tuple[Answer, Answer], Transition]


def transitions_section(report: Report) -> Html:
    """Show the transitions."""
    ordered = sorted(sorted_transitions(report.transitions), key=lambda item: OF_DRAFTS.index(change_of(*item[0])))
    if not ordered:
        return section("transitions", "Transitions", element("p", "No draft was read."))
    shown = _largest(ordered)
    drafts = shown_drafts(shown)
    rows = (_row(place, item, unfolded) for place, (item, unfolded) in enumerate(zip(shown, drafts, strict=True)))
    heads = (
        *(element("th", name, scope="col", role="columnheader", data_sort=key) for key, name in _HEADS),
        element("th", "Amounts at stake", scope="col", role="columnheader"),
    )
    table = element(
        "table",
        element("caption", "From old answers to new ones, and how many drafts go there", id="transitions-caption"),
        element("thead", element("tr", *heads, role="row"), role="rowgroup"),
        *rows,
        class_="transitions",
        id="transitions-table",
        role="table",
    )
    note = "Unfold a transition to see drafts that show it, with both verdicts."
    return section(
        "transitions",
        "Transitions",
        element("p", note, class_="note"),
        _controls(ordered),
        table,
        _left_out(ordered, shown),
    )


def _largest(ordered: list[_Item]) -> list[_Item]:
    if len(ordered) <= MOST_TRANSITIONS:
        return ordered
    largest = sorted(
        range(len(ordered)),
        key=lambda place: (ordered[place][0][0] == ordered[place][0][1], -ordered[place][1].tally.drafts, place),
    )
    return [ordered[place] for place in sorted(largest[:MOST_TRANSITIONS])]


def _left_out(ordered: list[_Item], shown: list[_Item]) -> Html:
    more = len(ordered) - len(shown)
    if not more:
        return NOTHING
    drafts = sum(item[1].tally.drafts for item in ordered) - sum(item[1].tally.drafts for item in shown)
    told = f"{counted(more, 'transition')} more, with {counted(drafts, 'draft')}, not shown here: the smallest ones."
    return element("p", f"{told} The report as JSON holds all of them.", class_="note")


def _controls(ordered: Iterable[_Item]) -> Html:
    found = {change_of(*answers) for answers, _ in ordered}
    options = (element("option", name_of(change), value=change.value) for change in OF_DRAFTS if change in found)
    return element(
        "div",
        element("label", "Codes, ids or places", for_="filter-text"),
        element("input", type="search", id="filter-text", autocomplete="off", spellcheck="false"),
        element("label", "Class", for_="filter-class"),
        element("select", element("option", "All classes", value=""), *options, id="filter-class"),
        element("p", "", id="filter-count", role="status"),
        class_="controls",
        id="controls",
        hidden=True,
    )


def _row(place: int, item: _Item, drafts: Html) -> Html:
    (before, after), transition = item
    change, tally = change_of(before, after), transition.tally
    examples = drafts_of(transition)
    detail = NOTHING
    if examples:
        summary = f"{counted(len(examples), 'draft')} that {'shows' if len(examples) == 1 else 'show'} it"
        cell = element("td", folded(summary, _all_codes(before, after), drafts), colspan=5, role="cell")
        detail = element("tr", cell, class_="detail", role="row")
    amounts = money(tally.amounts) or element("span", "none", class_="none")
    cells = (
        element("th", badge(change), scope="row", role="rowheader", class_=change.value),
        _cell("Before", _answer(before, after, "lost")),
        _cell("After", _answer(after, before, "gained")),
        _cell("Drafts", count(tally.drafts), "number"),
        _cell("Amounts at stake", amounts, "number"),
    )
    return element(
        "tbody",
        element("tr", *cells, role="row"),
        detail,
        role="rowgroup",
        data_change=change.value,
        data_place=place,
        data_drafts=tally.drafts,
        data_before=_searched(before),
        data_after=_searched(after),
        data_drafts_named=_named(transition),
    )


def _cell(head: str, content: str, kind: str | None = None) -> Html:
    label = element("span", head, class_="head", aria_hidden="true")
    return element("td", label, element("div", content), role="cell", class_=kind)


def _searched(answer: Answer) -> str:
    return ", ".join(answer)[:_LONGEST_SEARCH] or "accepted"


def _named(transition: Transition) -> str:
    return " ".join(f"{draft.id or ''} {draft.place}" for draft in drafts_of(transition))[:_LONGEST_SEARCH]


def _answer(answer: Answer, other: Answer, kind: str) -> Html:
    if not answer:
        return element("span", "accepted", class_="answer")
    if answer == UNDECIDED:
        return element("span", "undecided", class_="answer")
    items = [_code(name, None if name in other or other == UNDECIDED else kind) for name in answer[:_MOST_CODES]]
    more = len(answer) - len(items)
    rest = element("li", f"and {count(more)} more") if more else NOTHING
    return element("ul", *items, rest, class_="codes")


def _code(name: str, kind: str | None) -> Html:
    if kind is None:
        return element("li", element("code", shortened(name), dir="auto"))
    sign = "+" if kind == "gained" else "\N{MINUS SIGN}"
    mark = views((element("span", sign, aria_hidden="true"), element("span", f"{kind}: ", class_="unseen")))
    return element("li", mark, element("code", shortened(name), dir="auto"), class_=kind)


def _all_codes(before: Answer, after: Answer) -> Html:
    if max(len(before), len(after)) <= _MOST_CODES:
        return NOTHING
    sides = (
        element("div", element("p", f"All codes {name}:", class_="note"), codes(answer[:100]))
        for name, answer in (("before", before), ("after", after))
        if answer
    )
    return element("div", *sides, class_="all-codes")

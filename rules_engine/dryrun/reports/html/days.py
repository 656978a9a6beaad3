"""Changes over time: a strip of bars for each class, so that rare ones are seen beside frequent ones."""

from collections.abc import Sequence
from typing import Final

from rules_engine.dryrun.report import Change, Report
from rules_engine.dryrun.reports.html.calendar import Stretch, stretches
from rules_engine.dryrun.reports.html.changes import OF_DRAFTS, badge, name_of
from rules_engine.dryrun.reports.html.markup import NOTHING, Html, element
from rules_engine.dryrun.reports.html.tables import count, folded, section, table
from rules_engine.dryrun.reports.wording import counted

_WIDE, _BAR, _HIGH, _LOWEST = 10, 8, 100, 3
"""How wide a stretch and its bar are, how high the highest bar is, and the lowest that is not empty."""
_FEWEST: Final = 2
"""Stretches that a picture needs to show a change."""


def days_section(report: Report) -> Html:
    """Show how many drafts of each class there were, day by day or in longer stretches."""
    grain, found = stretches(report.groups.get("day", {}))
    if not found:
        return NOTHING
    shown = [change for change in OF_DRAFTS if any(stretch.drafts[change] for stretch in found)]
    strips = [_strip(change, grain, found) for change in shown]
    note = f"By {grain}, from {found[0].name} to {found[-1].name}. Each strip has a scale of its own."
    card = element("div", *strips, _axis(found), class_="card strips")
    return section(
        "days",
        "Over time",
        element("p", note, class_="note")
        if len(found) >= _FEWEST
        else element("p", f"All in one {grain}.", class_="note"),
        card if len(found) >= _FEWEST else NOTHING,
        folded("The same as a table", _table(grain, found, shown)),
    )


def _strip(change: Change, grain: str, found: Sequence[Stretch]) -> Html:
    most = max(found, key=lambda stretch: stretch.drafts[change])
    total = sum(stretch.drafts[change] for stretch in found)
    highest = most.drafts[change]
    of = "" if grain == "day" else f"the {grain} of "
    told = f"{counted(total, 'draft')}, most in {of}{most.name}: {count(highest)}"
    named = f"strip-{change.value}"
    bars = [_bar(position, stretch, change, highest) for position, stretch in enumerate(found)]
    picture = element(
        "svg",
        element("title", f"{name_of(change)} by {grain}", id=f"{named}-title"),
        element("desc", f"{told}. The table below has all of them.", id=f"{named}-desc"),
        *bars,
        class_=f"strip {change.value}",
        viewBox=f"0 0 {_WIDE * len(found)} {_HIGH}",
        preserveAspectRatio="none",
        role="img",
        aria_labelledby=f"{named}-title",
        aria_describedby=f"{named}-desc",
    )
    told_shortly = element("span", f"{count(total)} in all, at most {count(highest)}", class_="meaning")
    return element("div", element("div", badge(change), told_shortly, class_="strip-name"), picture, class_="strip-row")


def _bar(position: int, stretch: Stretch, change: Change, highest: int) -> Html:
    drafts = stretch.drafts[change]
    if drafts <= 0:
        return NOTHING
    height = max(_LOWEST, _HIGH * drafts // highest)
    return element(
        "rect",
        element("title", f"{stretch.name}: {counted(drafts, 'draft')}"),
        x=position * _WIDE + (_WIDE - _BAR) // 2,
        y=_HIGH - height,
        width=_BAR,
        height=height,
    )


def _axis(found: Sequence[Stretch]) -> Html:
    ends = (element("span", found[0].name), element("span", found[-1].name))
    return element("div", *ends, class_="axis", aria_hidden="true")


def _table(grain: str, found: Sequence[Stretch], shown: Sequence[Change]) -> Html:
    heads = (grain.capitalize(), *map(name_of, shown))
    rows = ((stretch.name, *(count(stretch.drafts[change]) for change in shown)) for stretch in found)
    return table("days", f"Drafts of each class by {grain}", heads, rows)

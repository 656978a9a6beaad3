"""The picture of the flow: old answers on the left, new ones on the right, and bands of drafts between them."""

from collections.abc import Sequence
from typing import Final

from attrs import frozen

from rules_engine.dryrun.report import Report
from rules_engine.dryrun.reports.html.changes import OF_DRAFTS, badge, name_of
from rules_engine.dryrun.reports.html.flow import Band, End, flow
from rules_engine.dryrun.reports.html.markup import Html, element, joined
from rules_engine.dryrun.reports.html.plain import shortened
from rules_engine.dryrun.reports.html.tables import codes, count, folded, section, table
from rules_engine.dryrun.reports.wording import CHANGED, counted

_WIDTH: Final = 1000
_LEFT, _RIGHT, _NODE = 300, 688, 12
"""Where the two columns of nodes begin, and how wide a node is; the rest is for their names."""
_THICK, _THICK_OF_ONE, _THINNEST = 340, 70, 1.5
"""How high all drafts are together at most, and for each band; and the least height of what would not be seen."""
_ROOM, _GAP, _TOP = 34, 10, 30
"""The least room of a node, for its name; what is between nodes, and what is above them."""
_LONGEST_NAME: Final = 34


@frozen
class _Node:
    end: End
    drafts: int
    top: float
    height: float


def flow_section(report: Report) -> Html:
    """Show how answers flow, as a picture and as a table."""
    bands = flow(report)
    if not bands:
        return section("flow", "From old answers to new ones", element("p", "Every draft keeps its answer."))
    shown = [change for change in OF_DRAFTS if any(band.change is change for band in bands)]
    key = element("ul", *(element("li", badge(change), class_=change.value) for change in shown), class_="key")
    figure = element(
        "div", _picture(bands), class_="scroll", role="region", aria_label="Picture of the flow", tabindex=0
    )
    return section(
        "flow",
        "From old answers to new ones",
        element("p", _counted(report, bands), class_="note"),
        element("div", key, figure, class_="card"),
        folded("The same as a table", _table(bands)),
    )


def _counted(report: Report, bands: Sequence[Band]) -> str:
    """Say what is drawn, so that it adds up with the headline, which counts no undecided draft as another answer."""
    changed = sum(band.drafts for band in bands if band.change in CHANGED)
    half_known = sum(band.drafts for band in bands) - changed
    kept = sum(transition.tally.drafts for transition in report.transitions.values()) - changed - half_known
    parts = [f"{counted(changed, 'draft')} with another answer"] if changed else []
    if half_known:
        parts.append(f"{counted(half_known, 'draft')} undecided before or after, but not both")
    return f"Drawn: {'; '.join(parts)}. Not drawn: {count(kept)} with the same answer before and after."


def _table(bands: Sequence[Band]) -> Html:
    rows = ((_answer(band.before), _answer(band.after), name_of(band.change), count(band.drafts)) for band in bands)
    return table("flow", "Drafts by old and new answer", ("Old answer", "New answer", "Class", "Drafts"), rows)


def _answer(end: End) -> Html:
    return codes(end.answer) if end.answer else joined([end.name])


def _picture(bands: Sequence[Band]) -> Html:
    lefts = _nodes([(band.before, band.drafts) for band in bands])
    rights = _nodes([(band.after, band.drafts) for band in bands])
    height = max(node.top + max(node.height, _ROOM) for node in (*lefts, *rights)) + 8
    return element(
        "svg",
        element("title", "Flow of drafts from old answers to new ones", id="flow-title"),
        element("desc", _described(bands), id="flow-desc"),
        element("text", "before", x=_LEFT + _NODE, y=16, class_="side end"),
        element("text", "after", x=_RIGHT, y=16, class_="side"),
        *_bands(bands, lefts, rights),
        *(_drawn(node, _LEFT, _LEFT - 10, "end") for node in lefts),
        *(_drawn(node, _RIGHT, _RIGHT + _NODE + 10, "start") for node in rights),
        class_="flow",
        viewBox=f"0 0 {_WIDTH} {height:.0f}",
        role="img",
        aria_labelledby="flow-title",
        aria_describedby="flow-desc",
    )


def _described(bands: Sequence[Band]) -> str:
    most = sorted(bands, key=lambda band: -band.drafts)[:3]
    told = [f"{counted(band.drafts, 'draft')} from {_label(band.before)} to {_label(band.after)}" for band in most]
    return f"The thickest bands: {'; '.join(told)}. The table below has all of them."


def _nodes(parts: Sequence[tuple[End, int]]) -> list[_Node]:
    thick = min(_THICK, _THICK_OF_ONE * len(parts))
    drafts: dict[End, int] = {}
    for end, many in parts:
        drafts[end] = drafts.get(end, 0) + many
    total = sum(drafts.values())
    nodes, top = [], float(_TOP)
    for end in sorted(drafts):
        height = max(_THINNEST, thick * drafts[end] / total)
        room = max(_ROOM, height)
        nodes.append(_Node(end, drafts[end], top + (room - height) / 2, height))
        top += room + _GAP
    return nodes


def _bands(bands: Sequence[Band], lefts: Sequence[_Node], rights: Sequence[_Node]) -> list[Html]:
    left, right = {node.end: node for node in lefts}, {node.end: node for node in rights}
    above_left, above_right = {node.end: node.top for node in lefts}, {node.end: node.top for node in rights}
    drawn = []
    for band in bands:
        before, after = left[band.before], right[band.after]
        start, end = above_left[band.before], above_right[band.after]
        thick_start = before.height * band.drafts / before.drafts
        thick_end = after.height * band.drafts / after.drafts
        above_left[band.before] += thick_start
        above_right[band.after] += thick_end
        told = f"{name_of(band.change)}: {counted(band.drafts, 'draft')}, {_label(band.before)} → {_label(band.after)}"
        shape = _shape(start, start + thick_start, end, end + thick_end)
        drawn.append(element("path", element("title", told), d=shape, class_=f"band {band.change.value}"))
    return drawn


def _shape(upper_left: float, lower_left: float, upper_right: float, lower_right: float) -> str:
    start, end = _LEFT + _NODE, _RIGHT
    middle = (start + end) // 2
    # A band of nothing but a hair would not be seen.
    lower_left, lower_right = max(lower_left, upper_left + _THINNEST), max(lower_right, upper_right + _THINNEST)
    return (
        f"M{start} {upper_left:.1f}C{middle} {upper_left:.1f} {middle} {upper_right:.1f} {end} {upper_right:.1f}"
        f"V{lower_right:.1f}C{middle} {lower_right:.1f} {middle} {lower_left:.1f} {start} {lower_left:.1f}Z"
    )


def _drawn(node: _Node, x: int, name_x: int, anchor: str) -> Html:
    middle = node.top + node.height / 2
    name = element("text", _label(node.end), x=name_x, y=f"{middle - 2:.1f}", class_=f"name {anchor}")
    drafts = element("text", counted(node.drafts, "draft"), x=name_x, y=f"{middle + 14:.1f}", class_=f"drafts {anchor}")
    bar = element("rect", x=x, y=f"{node.top:.1f}", width=_NODE, height=f"{node.height:.1f}", rx=3, class_="node")
    return joined((bar, name, drafts))


def _label(end: End) -> str:
    """Name an end shortly: as many whole codes as there is room for, and how many more there are."""
    if len(end.name) <= _LONGEST_NAME or not end.answer:
        return end.name
    shown, length = 0, len(f" +{len(end.answer)}")
    for name in end.answer:
        length += len(name) + 2
        if length > _LONGEST_NAME + 2:
            break
        shown += 1
    more = len(end.answer) - max(shown, 1)
    names = (
        ", ".join(end.answer[:shown]) if shown else shortened(end.answer[0], _LONGEST_NAME - 5).partition("…")[0] + "…"
    )
    return f"{names} +{more}" if more else names

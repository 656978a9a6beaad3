"""The picture of the flow: old answers on the left, new ones on the right, and bands of drafts between them."""

from collections.abc import Sequence
from typing import Final

from attrs import frozen

from rules_engine.dryrun.report import Report
from rules_engine.dryrun.reports.html.changes import OF_DRAFTS, badge, name_of
from rules_engine.dryrun.reports.html.flow import Band, End, flow
from rules_engine.dryrun.reports.html.markup import Html, element, views
from rules_engine.dryrun.reports.html.plain import shortened
from rules_engine.dryrun.reports.html.tables import codes, count, folded, section, table
from rules_engine.dryrun.reports.wording import CHANGED, counted

_LEFT, _RIGHT, _NODE = 33, 67, 10
"""Where the bands begin and end, in percent of the width, and how wide a node is; what is beside them is for names."""
_ACROSS: Final = 100
"""How wide the bands are, in units of their own: they are as wide as there is room for, and the names never shrink."""
_THICK, _THICK_OF_ONE, _THINNEST = 340, 70, 1.5
"""How high all drafts are together at most, and for each band; and the least height of what would not be seen."""
_ROOM, _GAP, _TOP = 56, 6, 28
"""The least room of a node, for its name in as many lines as `style.css` gives it; what is between and above nodes."""
_LONGEST_NAME: Final = 60


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
    return section(
        "flow",
        "From old answers to new ones",
        element("p", _counted(report, bands), class_="note"),
        element("div", key, _picture(bands), class_="card"),
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
    return codes(end.answer) if end.answer else views([end.name])


def _picture(bands: Sequence[Band]) -> Html:
    lefts = _nodes([(band.before, band.drafts) for band in bands])
    rights = _nodes([(band.after, band.drafts) for band in bands])
    height = f"{max(node.top + max(node.height, _ROOM) for node in (*lefts, *rights)) + 8:.0f}"
    drawn = element(
        "svg",
        *_bands(bands, lefts, rights),
        x=f"{_LEFT}%",
        y=0,
        width=f"{_RIGHT - _LEFT}%",
        height=height,
        viewBox=f"0 0 {_ACROSS} {height}",
        preserveAspectRatio="none",
        aria_hidden="true",
    )
    return element(
        "svg",
        element("title", "Flow of drafts from old answers to new ones", id="flow-title"),
        element("desc", _described(bands), id="flow-desc"),
        element("text", "before", x=f"{_LEFT}%", y=16, class_="side end"),
        element("text", "after", x=f"{_RIGHT}%", y=16, class_="side"),
        drawn,
        *(_drawn(node, is_left=True) for node in lefts),
        *(_drawn(node, is_left=False) for node in rights),
        class_="flow",
        width="100%",
        height=height,
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
    middle = _ACROSS // 2
    # A band of nothing but a hair would not be seen.
    lower_left, lower_right = max(lower_left, upper_left + _THINNEST), max(lower_right, upper_right + _THINNEST)
    return (
        f"M0 {upper_left:.1f}C{middle} {upper_left:.1f} {middle} {upper_right:.1f} {_ACROSS} {upper_right:.1f}"
        f"V{lower_right:.1f}C{middle} {lower_right:.1f} {middle} {lower_left:.1f} 0 {lower_left:.1f}Z"
    )


def _drawn(node: _Node, *, is_left: bool) -> Html:
    bar = element(
        "rect",
        x=f"{_LEFT if is_left else _RIGHT}%",
        y=f"{node.top:.1f}",
        width=_NODE,
        height=f"{node.height:.1f}",
        rx=3,
        transform=None if is_left else f"translate(-{_NODE} 0)",
        class_="node",
    )
    room = max(_ROOM, node.height)
    # Text of SVG breaks into no lines, and is cut by the edge of the picture.
    named = element(
        "foreignObject",
        _named(node),
        x="0" if is_left else f"{_RIGHT}%",
        y=f"{node.top + (node.height - room) / 2:.1f}",
        width=f"{_LEFT if is_left else 100 - _RIGHT}%",
        height=f"{room:.1f}",
        class_="left" if is_left else "right",
    )
    return views((bar, named))


def _named(node: _Node) -> Html:
    shown, more = _shown(node.end)
    drafts, several = counted(node.drafts, "draft"), len(node.end.answer) > 1
    # How many there are stays true wherever a narrow screen cuts the names.
    many = f"{counted(len(node.end.answer), 'code')}, {drafts}" if several else drafts
    return element(
        "div",
        element("div", f"{shown}, …" if more else shown, class_="name", dir="auto", title=shortened(node.end.name)),
        element("div", many, class_="many"),
        class_="label several" if several else "label",
    )


def _label(end: End) -> str:
    shown, more = _shown(end)
    return f"{shown} +{count(more)}" if more else shown


def _shown(end: End) -> tuple[str, int]:
    """Name an end shortly: by as many whole codes as there is room for, and how many more there are."""
    names, length = 0, -2
    for name in end.answer:
        length += len(name) + 2
        if length > _LONGEST_NAME:
            break
        names += 1
    if not end.answer or names == len(end.answer):
        return end.name, 0
    if not names:
        return f"{end.answer[0][:_LONGEST_NAME]}…", len(end.answer) - 1
    return ", ".join(end.answer[:names]), len(end.answer) - names

"""The cost of a clean draft against its number of lines, drawn by hand as an SVG that can be read without colours."""

import math
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Final

from benches.contestants import Path
from benches.measure import Timed

_WIDTH: Final = 900
_HEIGHT: Final = 560
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 240, 60, 50
_LOOKS: Final = (
    ("#1b4f8f", ""),
    ("#b3400a", "8 4"),
    ("#2b6e2b", "2 4"),
    ("#7a2f86", "12 4 2 4"),
    ("#6b5200", "5 3"),
    ("#00676b", "1 5"),
    ("#a0184a", "14 6"),
    ("#444444", "4 8"),
)
_LEAST_GAP: Final = 15
_ATTRIBUTES: Final = 'role="img" aria-labelledby="title description" font-family="sans-serif" font-size="13"'

Series = Mapping[str, Sequence[tuple[int, float]]]
"""The name of a contestant to its points: lines, and microseconds."""


def plot(timed: Sequence[Timed]) -> str:
    """Draw the object path.

    Args:
        timed: Every contestant on every draft.
    """
    series: dict[str, list[tuple[int, float]]] = {}
    for item in timed:
        if item.contestant.path is Path.OBJECT and item.contestant.record_counted and item.clean:
            series.setdefault(item.contestant.name, []).append((item.lines, item.cost.median))
    return drawing({name: sorted(points) for name, points in series.items()})


def drawing(series: Series) -> str:
    """Draw series on two logarithmic axes.

    Args:
        series: At least one, each with at least one point; all values are above 0.
    """
    lines = sorted({x for points in series.values() for x, _ in points})
    costs = [y for points in series.values() for _, y in points]
    axes = _Axes(lines[0], lines[-1], min(costs), max(costs))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" {_ATTRIBUTES}>',
        '<title id="title">Cost of a clean draft against its number of lines</title>',
        f'<desc id="description">{escape(_described(series))}</desc>',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/>',
        f'<text x="{_LEFT}" y="30" font-size="17">Cost of a clean draft, object path (both axes logarithmic)</text>',
        *axes.drawn(lines),
        *_curves(series, axes),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


class _Axes:
    """Where values lie on the drawing."""

    def __init__(self, least_x: float, most_x: float, least_y: float, most_y: float) -> None:
        self._x = math.log10(least_x), max(math.log10(most_x), math.log10(least_x) + 1)
        self._y = (
            math.floor(math.log10(least_y)),
            max(math.ceil(math.log10(most_y)), math.floor(math.log10(least_y)) + 1),
        )

    def x(self, value: float) -> float:
        share = (math.log10(value) - self._x[0]) / (self._x[1] - self._x[0])
        return round(_LEFT + share * (_WIDTH - _LEFT - _RIGHT), 1)

    def y(self, value: float) -> float:
        share = (math.log10(value) - self._y[0]) / (self._y[1] - self._y[0])
        return round(_HEIGHT - _BOTTOM - share * (_HEIGHT - _TOP - _BOTTOM), 1)

    def drawn(self, lines: Sequence[int]) -> Iterator[str]:
        right, bottom = _WIDTH - _RIGHT, _HEIGHT - _BOTTOM
        for exponent in range(self._y[0], self._y[1] + 1):
            y = self.y(10**exponent)
            yield f'<path d="M{_LEFT} {y}H{right}" stroke="#cccccc" fill="none"/>'
            yield f'<text x="{_LEFT - 8}" y="{y + 4}" text-anchor="end">{_power(exponent)}</text>'
        for count in lines:
            x = self.x(count)
            yield f'<path d="M{x} {_TOP}V{bottom}" stroke="#eeeeee" fill="none"/>'
            yield f'<text x="{x}" y="{bottom + 18}" text-anchor="middle">{count:,}</text>'
        yield f'<text x="{(_LEFT + right) / 2}" y="{_HEIGHT - 10}" text-anchor="middle">lines</text>'
        yield f'<text x="{_LEFT}" y="{_TOP - 10}">microseconds</text>'


def _curves(series: Series, axes: _Axes) -> Iterator[str]:
    """Draw each series, and its name beside its end: in the order of the ends, so that no two names overlap."""
    by_end = sorted(series.items(), key=lambda entry: axes.y(entry[1][-1][1]))
    label = float(_TOP - _LEAST_GAP)
    room = _HEIGHT - _BOTTOM - (len(by_end) - 1) * _LEAST_GAP
    for number, (name, points) in enumerate(by_end):
        colour, dashes = _LOOKS[number % len(_LOOKS)]
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        path = "L".join(f"{axes.x(x)} {axes.y(y)}" for x, y in points)
        yield f'<path d="M{path}" stroke="{colour}" stroke-width="2" fill="none"{dashed}/>'
        for x, y in points:
            shown = f"{escape(name)}: {x:,} lines, {y:,.1f} µs"
            yield f'<circle cx="{axes.x(x)}" cy="{axes.y(y)}" r="3" fill="{colour}"><title>{shown}</title></circle>'
        end = axes.x(points[-1][0]), axes.y(points[-1][1])
        label = min(max(label + _LEAST_GAP, end[1]), room + number * _LEAST_GAP)
        yield f'<path d="M{end[0]} {end[1]}L{_WIDTH - _RIGHT + 14} {label}" stroke="{colour}" fill="none"/>'
        yield f'<text x="{_WIDTH - _RIGHT + 18}" y="{label + 4}" fill="{colour}">{escape(name)}</text>'


def _power(exponent: int) -> str:
    return f"{10**exponent:,}" if exponent >= 0 else str(10.0**exponent)


def _described(series: Series) -> str:
    """Return what a reader would see."""
    told = (
        f"{name}: " + ", ".join(f"{y:,.1f} at {x:,} {'line' if x == 1 else 'lines'}" for x, y in points)
        for name, points in sorted(series.items(), key=lambda entry: entry[1][-1][1])
    )
    return "Microseconds a draft, the quickest first. " + "; ".join(told) + "."

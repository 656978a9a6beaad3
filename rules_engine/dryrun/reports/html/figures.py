"""Tables of what changes: amounts by currency, codes that are gained and lost, and drafts told apart by a dimension."""

from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from types import MappingProxyType
from typing import Final

from rules_engine.dryrun.report import Change, CodeChange, Report, Tally, total
from rules_engine.dryrun.reports.html.changes import OF_DRAFTS, name_of
from rules_engine.dryrun.reports.html.markup import NOTHING, Html, element, views
from rules_engine.dryrun.reports.html.tables import (
    MOST_ROWS,
    code,
    count,
    left_out,
    money,
    section,
    table,
    user_text,
)
from rules_engine.dryrun.reports.money import written
from rules_engine.dryrun.reports.share import percent
from rules_engine.dryrun.reports.wording import CHANGED, counted

_GROUPS: Final[Mapping[str, tuple[str, str, str]]] = MappingProxyType(
    {
        "operation": ("Operation", "operations", "none"),
        "currency": ("Currency", "currencies", "no amount"),
        "merchant": ("Merchant", "merchants", "no merchant"),
        "day": ("Day", "days", "none"),
    }
)
"""Dimension to what one and many are called, and what its empty value means."""
_ALWAYS: Final = ("operation", "currency", "merchant")
"""What a page has a table by, asked for or not. Days have a picture."""


def amounts_section(report: Report) -> Html:
    """Show the amounts at stake: those of each currency by themselves, since they add up to nothing."""
    changes = report.changes
    shown = [change for change in OF_DRAFTS if changes[change].amounts]
    if not shown:
        return NOTHING
    currencies = sorted({currency for change in shown for currency in changes[change].amounts})
    rows = [
        (
            user_text(currency),
            *(_amount(currency, changes[change].amounts.get(currency)) for change in shown),
        )
        for currency in currencies[:MOST_ROWS]
    ]
    unpriced = ("Drafts without an amount", *(count(changes[change].unpriced) for change in shown))
    note = "What the drafts of each class are about, before discounts. Currencies are never added up."
    return section(
        "amounts",
        "Amounts at stake",
        element("p", note, class_="note"),
        table("amounts", "Amounts by currency and class", ("Currency", *map(name_of, shown)), [*rows, unpriced]),
        left_out(len(currencies) - len(rows), "currency", "currencies"),
    )


def _amount(currency: str, minor_units: int | None) -> str:
    return "0" if minor_units is None else written(currency, minor_units)


def codes_section(report: Report) -> Html:
    """Show which codes are gained and lost; what changes most comes first."""
    found = report.codes
    if not found:
        return NOTHING
    first = sorted(found, key=lambda change: (-change.gained.drafts - change.lost.drafts, -change.before, change.code))
    shown = first[:MOST_ROWS]
    most = max(max(change.gained.drafts, change.lost.drafts) for change in found)
    note = "In how many drafts a code stands before and after, in how many it is new, and from how many it is gone."
    heads = ("Code", "Before", "After", "Gained", "Lost", "Amounts gained", "Amounts lost")
    return section(
        "codes",
        "Code by code",
        element("p", note, class_="note"),
        table("codes", "Drafts by code", heads, (_code_row(change, most) for change in shown)),
        left_out(len(found) - len(shown), "code"),
    )


def _code_row(change: CodeChange, most: int) -> tuple[str, ...]:
    return (
        code(change.code),
        count(change.before),
        count(change.after),
        _with_bar(change.gained.drafts, most, "gained"),
        _with_bar(change.lost.drafts, most, "lost"),
        money(change.gained.amounts) or "0",
        money(change.lost.amounts) or "0",
    )


def _with_bar(drafts: int, most: int, kind: str) -> str:
    if drafts <= 0:
        return "0"
    bar = element("rect", width=max(2, 60 * drafts // most), height=8, rx=2)
    drawn = element("svg", bar, class_=f"bar {kind}", width=60, height=8, aria_hidden="true")
    sign = "+" if kind == "gained" else "\N{MINUS SIGN}"
    return views((drawn, " ", sign, count(drafts)))


def groups_section(report: Report, by: Sequence[str] = ()) -> Html:
    """Show where the changes are: by what is asked for first, then by operation, currency and merchant.

    Args:
        report: The report.
        by: What is asked for. Codes have a part of their own.
    """
    dimensions = [dimension for dimension in dict.fromkeys((*by, *_ALWAYS)) if dimension in report.groups]
    tables = [_group(dimension, report.groups[dimension]) for dimension in dimensions]
    return section("groups", "Where the changes are", *tables) if tables else NOTHING


def _group(dimension: str, values: Mapping[str, Mapping[Change, Tally]]) -> Html:
    name, many, empty = _GROUPS[dimension]
    ordered = sorted(
        ((value, _drafts(changes, CHANGED), _drafts(changes, Change), changes) for value, changes in values.items()),
        key=lambda group: (-group[1], -group[2], group[0]),
    )
    shown = ordered[:MOST_ROWS]
    if dimension == "day":
        shown = sorted(shown, key=itemgetter(0))
    classes = [change for change in OF_DRAFTS if any(change in changes for changes in values.values())]
    rows = (
        (
            user_text(value) if value else element("i", empty),
            count(drafts),
            *(count(changes[change].drafts) if change in changes else "0" for change in classes),
            percent(changed, drafts),
            money(total(changes[change] for change in CHANGED if change in changes).amounts) or "0",
        )
        for value, changed, drafts, changes in shown
    )
    rest = total(tally for _, _, _, changes in ordered[MOST_ROWS:] for tally in changes.values())
    heads = (name, "Drafts", *map(name_of, classes), "Changed", "Amounts changed")
    return views(
        (
            element("h3", f"By {name.lower()}"),
            table(f"by-{dimension}", f"Drafts by {name.lower()}", heads, rows),
            left_out(len(ordered) - len(shown), name.lower(), many, stated=f", with {counted(rest.drafts, 'draft')}"),
        )
    )


def _drafts(changes: Mapping[Change, Tally], classes: Iterable[Change]) -> int:
    return sum(changes[change].drafts for change in classes if change in changes)

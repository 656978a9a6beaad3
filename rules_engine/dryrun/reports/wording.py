"""Numbers, amounts, shares and answers in words, the same in every form that people read."""

from collections.abc import Mapping
from typing import Final

from rules_engine.dryrun.report import CHANGED, NOT_JUDGED, UNDECIDED, Answer, Change, Report
from rules_engine.models.currency import minor_unit_digits

_ALL: Final = 1000
"""A hundred percent, in tenths."""


def counted(number: int, one: str, several: str = "") -> str:
    """Return `1 draft` or `1,234 drafts`.

    Args:
        number: How many.
        one: What one is called.
        several: What several are called; the same with an s where nothing is given.
    """
    return f"{number:,} {one if number == 1 else several or f'{one}s'}"


def percent(part: int, whole: int) -> str:
    """Return a share with one decimal; what is there never reads as nothing, and what is missing never as all.

    Args:
        part: How many.
        whole: Of how many; of none, a share is `0%`.

    Returns:
        Such as `12.5%`, `<0.1%` or `>99.9%`; `0%` and `100%` only where that is exact.
    """
    if not part or not whole:
        return "0%"
    if part == whole:
        return "100%"
    tenths = (2 * _ALL * part + whole) // (2 * whole)
    if tenths == 0:
        return "<0.1%"
    if part < whole and tenths >= _ALL:
        return ">99.9%"
    return f"{tenths // 10}.{tenths % 10}%"


def amount(currency: str, minor_units: int) -> str:
    """Return an amount with the decimals of its currency: `1,234.500 KWD`.

    Args:
        currency: A currency code in upper case.
        minor_units: The amount, in minor units of the currency.
    """
    digits = minor_unit_digits(currency)
    sign = "-" if minor_units < 0 else ""
    whole, fraction = divmod(abs(minor_units), 10**digits)
    decimals = f".{fraction:0{digits}d}" if digits else ""
    return f"{sign}{whole:,}{decimals} {currency}"


def amounts(by_currency: Mapping[str, int]) -> list[str]:
    """Return amounts of several currencies, in the order of their codes: they are never added up."""
    return [amount(*each) for each in sorted(by_currency.items())]


def named(change: Change) -> str:
    """Return the name of a class of change: `newly rejected`."""
    return change.value.replace("_", " ")


def nothing_in(answer: Answer) -> str:
    """Return the name of an answer without codes; nothing for one with codes."""
    return "undecided" if answer == UNDECIDED else "" if answer else "accepted"


def headline(report: Report) -> str:
    """Return one sentence that says what a report comes to."""
    changes = report.changes
    changed = sum(changes[change].drafts for change in CHANGED)
    read = counted(report.read, "record")
    said = f"{changed:,} of {read} ({percent(changed, report.read)}) {'gets' if changed == 1 else 'get'} another answer"
    if not changed:
        said = f"None of {read} gets another answer"
    parts = [f"{changes[change].drafts:,} {named(change)}" for change in CHANGED if changes[change].drafts]
    not_judged = [f"{changes[change].drafts:,} {named(change)}" for change in NOT_JUDGED if changes[change].drafts]
    unknown = [*_undecided(report), *not_judged]
    return f"{said}{': ' if parts else ''}{', '.join(parts)}{'; ' if unknown else ''}{', '.join(unknown)}."


def _undecided(report: Report) -> list[str]:
    undecided, newly = report.changes[Change.UNDECIDED].drafts, report.newly_undecided.drafts
    if newly and newly == undecided:
        return [f"{newly:,} newly undecided"]
    return [f"{undecided:,} undecided", *([f"{newly:,} of them newly"] if newly else [])] if undecided else []


def warnings_of(report: Report) -> list[str]:
    """Return what a reader of the figures has to know besides."""
    said = []
    if not report.read:
        said.append("No record was replayed, so these figures say nothing.")
    if report.unfinished:
        said.append(f"The run was ended early: {counted(report.unfinished, 'part')} of the history not replayed.")
    if report.lost:
        said.append(f"{counted(len(report.lost), 'part')} of the history could not be replayed.")
    if report.unrecorded:
        said.append(
            f"{counted(report.unrecorded, 'draft')} with no recorded codes: counted as unchanged, "
            "since there is nothing to compare with."
        )
    if report.filtered_out:
        said.append(f"{counted(report.filtered_out, 'draft')} filtered out: the report is not about them.")
    return said

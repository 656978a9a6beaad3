"""Numbers and answers in words, the same in every form that people read."""

from typing import Final

from attrs import frozen

from rules_engine.dryrun.report import UNDECIDED, Answer, Change, Report
from rules_engine.dryrun.reports.share import percent

CHANGED: Final = (Change.NEWLY_REJECTED, Change.NEWLY_ACCEPTED, Change.REASONS_CHANGED, Change.ORDER_ONLY)
"""The classes of drafts that get another answer."""


@frozen
class Names:
    """Texts that somebody else chose, or what is said where there are none.

    Attributes:
        names: The texts.
        instead: What is said where there are none.
    """

    names: tuple[str, ...]
    instead: str = ""

    def __str__(self) -> str:
        """Read as `price_expired, coupon_invalid`."""
        return ", ".join(self.names) if self.names else self.instead


def counted(number: int, one: str, several: str = "") -> str:
    """Write `1 draft` or `1,234 drafts`.

    Args:
        number: How many.
        one: What one is called.
        several: What several are called; the same with an s where nothing is given.
    """
    return f"{number:,} {one if number == 1 else several or f'{one}s'}"


def named(change: Change) -> str:
    """Name a class of change."""
    return change.value.replace("_", " ")


def answered(answer: Answer) -> Names:
    """Write an answer: its codes, `accepted` or `undecided`."""
    return Names((), "undecided") if answer == UNDECIDED else Names(answer, "accepted")


def headline(report: Report) -> str:
    """Say in one sentence what a report comes to."""
    changes = report.changes
    changed = sum(changes[change].drafts for change in CHANGED)
    read = counted(report.read, "record")
    said = f"{changed:,} of {read} ({percent(changed, report.read)}) {'gets' if changed == 1 else 'get'} another answer"
    if not changed:
        said = f"None of {read} gets another answer"
    parts = [f"{changes[change].drafts:,} {named(change)}" for change in CHANGED if changes[change].drafts]
    unreadable = changes[Change.UNREADABLE].drafts
    unknown = [*_undecided(report), *([f"{unreadable:,} {named(Change.UNREADABLE)}"] if unreadable else [])]
    return f"{said}{': ' if parts else ''}{', '.join(parts)}{'; ' if unknown else ''}{', '.join(unknown)}."


def _undecided(report: Report) -> list[str]:
    undecided, newly = report.changes[Change.UNDECIDED].drafts, report.newly_undecided.drafts
    if newly and newly == undecided:
        return [f"{newly:,} newly undecided"]
    return [f"{undecided:,} undecided", *([f"{newly:,} of them newly"] if newly else [])] if undecided else []


def warnings_of(report: Report) -> list[str]:
    """Say what a reader of the figures has to know besides."""
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
        said.append(f"{counted(report.filtered_out, 'draft')} left aside, since the report is not about all of them.")
    return said

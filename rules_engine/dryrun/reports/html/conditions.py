"""What must not be so of a report: which conditions hold, and by how many drafts."""

from collections.abc import Sequence

from rules_engine.dryrun.condition import Condition
from rules_engine.dryrun.report import Report
from rules_engine.dryrun.reports.html.markup import NOTHING, Html, element, views
from rules_engine.dryrun.reports.html.tables import code, count, section, table
from rules_engine.dryrun.reports.share import percent
from rules_engine.dryrun.reports.wording import counted

_FAILS, _PASSES = "fails", "passes"


def outcome(report: Report, conditions: Sequence[Condition]) -> Html:
    """Say in a word whether the run fails, and why; nothing where it was not to fail by anything."""
    if not conditions:
        return NOTHING
    broken = sum(condition.holds(report) for condition in conditions)
    every = counted(len(conditions), "condition")
    told = f"{count(broken)} of {every} {'holds' if broken == 1 else 'hold'}" if broken else f"none of {every} holds"
    return views((_word(_FAILS if broken else _PASSES, capital=True), f": {told}. "))


def conditions_section(report: Report, conditions: Sequence[Condition]) -> Html:
    """Show each condition, whether it holds, and what it counts; nothing where there is none."""
    if not conditions:
        return NOTHING
    rows = (_row(report, condition) for condition in conditions)
    heads = ("Fails if", "Result", "Drafts", "Share")
    return section("conditions", "Conditions", table("conditions", "What makes the run fail", heads, rows))


def _row(report: Report, condition: Condition) -> tuple[str, ...]:
    drafts = condition.counted(report)
    is_so = _word(_FAILS if condition.holds(report) else _PASSES)
    return code(condition.text), is_so, count(drafts), percent(drafts, report.read)


def _word(word: str, *, capital: bool = False) -> Html:
    return element("strong", word.capitalize() if capital else word, class_=word)

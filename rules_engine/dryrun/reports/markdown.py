"""A report as Markdown in the flavour of GitHub, for the pull request that changes a policy."""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Any, Final

from rules_engine.dryrun.condition import Condition
from rules_engine.dryrun.document import sorted_transitions
from rules_engine.dryrun.report import CANDIDATE, Exemplar, Report, Transition
from rules_engine.dryrun.reports.tables import MOST_ROWS, Cell, Table, tables_of
from rules_engine.dryrun.reports.wording import Names, answered, counted, headline, warnings_of
from rules_engine.printable import printable
from rules_engine.wire.json_text import write_json
from rules_engine.wire.report import VerdictDocument

LONGEST: Final = 60_000
"""The longest text that is written, in characters: GitHub takes comments of 65,536, and a workflow adds its own."""
_LONGEST_NAME: Final = 120
_MOST_NAMES: Final = 6
_RESERVED: Final = 1_000
"""What is kept for saying what is left out."""
_LONGEST_EXEMPLAR: Final = 6_000
_MOST_SHOWN: Final = 10
"""How many transitions are shown by a draft."""


def markdown_report(report: Report, *, by: Sequence[str] = (), conditions: Sequence[Condition] = ()) -> str:
    """Write a report for a pull request.

    Args:
        report: The report.
        by: What drafts are grouped by: `code`, `operation`, `day`, `currency` or `merchant`.
        conditions: What must not be so.

    Returns:
        Markdown of at most 60,000 characters, which says what it leaves out. Text of drafts shows as text: no markup,
        no mention and no link comes of it.

    Raises:
        GroupingError: There is no such group, or the report does not tell merchants apart.
    """
    sections = [(table.title, _table(table)) for table in tables_of(report, by=by, conditions=conditions)]
    sections += [("Rules that never fired", _never_fired(report)), *_exemplars(report)]
    written = [_head(report, conditions)]
    left_out: list[str] = []
    room = LONGEST - len(written[0]) - _RESERVED
    for title, text in sections:
        if len(text) <= room:
            written.append(text)
            room -= len(text) + 1
        else:
            left_out.append(title)
    if left_out:
        titles = ", ".join(dict.fromkeys(left_out))
        written.append(f"Left out, for want of space: {titles[: _RESERVED // 2]}.\n")
    return "\n".join(text for text in written if text)


def code_span(text: str) -> str:
    """Write text of others so that it shows as it is, in a table too; of a long one, how it starts and ends."""
    # Whether a backslash saves a vertical bar within code within a table is told differently by different readers.
    shown = _short(text).replace("|", r"\x7c")
    fence = "`" * (_longest_run(shown) + 1)
    padding = " " if shown.startswith("`") or shown.endswith("`") or (shown.startswith(" ") and shown.strip()) else ""
    return f"{fence}{padding}{shown or ' '}{padding}{fence}"


def _short(text: str) -> str:
    half = _LONGEST_NAME // 2
    if len(text) > _LONGEST_NAME:
        text = f"{text[:half]}\N{HORIZONTAL ELLIPSIS}{text[-half:]}"
    shown = printable(text)
    return shown if len(shown) <= 2 * _LONGEST_NAME else f"{shown[:_LONGEST_NAME]}\N{HORIZONTAL ELLIPSIS}"


def _longest_run(text: str) -> int:
    return max(map(len, re.findall("`+", text)), default=0)


def _head(report: Report, conditions: Sequence[Condition]) -> str:
    broken = [condition for condition in conditions if condition.holds(report)]
    verdict = ""
    if broken:
        verdict = f"**Fails: {', '.join(code_span(condition.text) for condition in broken[:_MOST_NAMES])}.** "
    elif conditions:
        verdict = "**Passes.** "
    candidate, baseline = (code_span(policy.name) for policy in (report.header.candidate, report.header.baseline))
    lines = [f"## Dry run of {candidate} against {baseline}", "", f"{verdict}{headline(report)}"]
    if report.header.where:
        lines += ["", f"Only drafts with {code_span(report.header.where)}."]
    if not report.complete:
        lines += ["", "> [!WARNING]", "> This report is partial: not all of the history was replayed."]
    for warning in warnings_of(report):
        lines += ["", f"> {warning}"]
    return "\n".join(lines) + "\n"


def _table(table: Table) -> str:
    lines = [
        f"### {table.title}",
        "",
        _row(column.removeprefix("#") for column in table.columns),
        _row("---:" if column.startswith("#") else "---" for column in table.columns),
        *(_row(map(_cell, row)) for row in table.rows),
    ]
    if table.left_out:
        lines += ["", f"And {table.left_out}."]
    return "\n".join(lines) + "\n"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell) -> str:
    if not isinstance(cell, Names):
        return cell.replace("<", "&lt;")
    if not cell.names:
        return cell.instead
    rest = len(cell.names) - _MOST_NAMES
    more = f" and {rest:,} more" if rest > 0 else ""
    return ", ".join(map(code_span, cell.names[:_MOST_NAMES])) + more


def _never_fired(report: Report) -> str:
    rules = report.never_fired(CANDIDATE)
    if not rules:
        return ""
    every = len(report.header.candidate.rules)
    summary = f"{len(rules):,} of {counted(every, 'rule')} of the candidate never fired"
    rest = len(rules) - MOST_ROWS * 4
    named = ", ".join(map(code_span, rules[: MOST_ROWS * 4])) + (f" and {rest:,} more" if rest > 0 else "")
    return f"<details><summary>{summary}</summary>\n\n{named}\n\n</details>\n"


def _exemplars(report: Report) -> Iterator[tuple[str, str]]:
    moved = [
        (answers, transition)
        for answers, transition in sorted_transitions(report.transitions)
        if answers[0] != answers[1] and (transition.exemplars or transition.smallest)
    ]
    for answers, transition in moved[:_MOST_SHOWN]:
        yield "drafts that show a transition", _details(*answers, transition)


def _details(before: tuple[str, ...], after: tuple[str, ...], transition: Transition) -> str:
    drafts = counted(transition.tally.drafts, "draft")
    lines = [f"<details><summary>{_plain(before)} to {_plain(after)}: {drafts}, for example</summary>", ""]
    lines += [f"- {_place(exemplar)}" for exemplar in transition.exemplars[:MOST_ROWS]]
    smallest = transition.smallest
    if smallest is not None:
        lines += ["", f"The smallest is {_place(smallest)}.", ""]
        lines += _fenced(_shown(smallest))
    return "\n".join([*lines, "", "</details>", ""])


def _plain(answer: tuple[str, ...]) -> str:
    return f"<code>{escape(_short(str(answered(answer))))}</code>"


def _place(exemplar: Exemplar) -> str:
    place = code_span(exemplar.place)
    return place if exemplar.id is None else f"{code_span(exemplar.id)} at {place}"


def _shown(exemplar: Exemplar) -> str:
    shown = {
        "document": exemplar.document,
        "before": _reasons(exemplar.before),
        "after": _reasons(exemplar.after),
    }
    if exemplar.document is not None and len(text := write_json(shown, indent=2)) <= _LONGEST_EXEMPLAR:
        return text
    text = write_json({name: reasons for name, reasons in shown.items() if name != "document"}, indent=2)
    return text if len(text) <= _LONGEST_EXEMPLAR else ""


def _reasons(verdict: VerdictDocument | None) -> list[dict[str, Any]] | None:
    if verdict is None:
        return None
    wanted = ("code", "param", "message", "evidence")
    return [{name: getattr(violation, name) for name in wanted} for violation in verdict.violations]


def _fenced(text: str) -> list[str]:
    if not text:
        return ["It is too long to be shown here."]
    fence = "`" * max(3, _longest_run(text) + 1)
    return [f"{fence}json", text, fence]

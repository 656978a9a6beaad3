"""A report as Markdown in the flavour of GitHub, for the pull request that changes a policy."""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Any, Final

from rules_engine.dryrun.condition import Condition
from rules_engine.dryrun.report import CANDIDATE, Answer, Exemplar, Report, Transition
from rules_engine.dryrun.reports.tables import MOST_ROWS, NAMES, Column, Table, moved_and_shown, tables_of
from rules_engine.dryrun.reports.wording import counted, headline, nothing_in, warnings_of
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
    """Render a report for a pull request.

    Args:
        report: The report.
        by: What drafts are grouped by: `code`, `operation`, `day`, `currency` or `merchant`.
        conditions: What must not be so.

    Returns:
        Markdown of at most 60,000 characters, which says what it leaves out. Text of drafts shows as text: no markup,
        no mention and no link comes of it.

    Raises:
        GroupingError: There is no such group, or the report does not group by merchant.
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
        written.append(f"Left out because of missing space: {titles[: _RESERVED // 2]}.\n")
    return "\n".join(text for text in written if text)


def code_span(text: str) -> str:
    """Return text of others so that it shows as it is, in a table too; of a long one, how it starts and ends."""
    # Whether a backslash escapes a vertical bar in code in a table differs from reader to reader.
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
        _row(column.head for column in table.columns),
        _row("---:" if column.is_number else "---" for column in table.columns),
        *(_row(map(_cell, table.columns, row)) for row in table.rows),
    ]
    if table.left_out:
        lines += ["", f"And {table.left_out}."]
    return "\n".join(lines) + "\n"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(column: Column, value: Any) -> str:
    if column.kind not in NAMES:
        return column.text_of(value).replace("<", "&lt;")
    if column.kind == "answer":
        return nothing_in(value) or _names(value)
    return code_span(value) if value else column.empty


def _names(names: Sequence[str], most: int = _MOST_NAMES) -> str:
    rest = len(names) - most
    return ", ".join(map(code_span, names[:most])) + (f" and {rest:,} more" if rest > 0 else "")


def _never_fired(report: Report) -> str:
    rules = report.never_fired(CANDIDATE)
    if not rules:
        return ""
    every = counted(len(report.header.candidate.rules), "rule")
    summary = f"{len(rules):,} of {every} of the candidate never fired"
    return f"<details><summary>{summary}</summary>\n\n{_names(rules, MOST_ROWS * 4)}\n\n</details>\n"


def _exemplars(report: Report) -> Iterator[tuple[str, str]]:
    for answers, transition in moved_and_shown(report)[:_MOST_SHOWN]:
        yield "drafts that show a transition", _details(*answers, transition)


def _details(before: Answer, after: Answer, transition: Transition) -> str:
    drafts = counted(transition.tally.drafts, "draft")
    lines = [f"<details><summary>{_plain(before)} to {_plain(after)}: {drafts}, for example</summary>", ""]
    lines += [f"- {_place(exemplar)}" for exemplar in transition.exemplars[:MOST_ROWS]]
    if transition.smallest is not None:
        lines += ["", f"The smallest is {_place(transition.smallest)}.", ""]
        lines += _fenced(_shown(transition.smallest))
    return "\n".join([*lines, "", "</details>", ""])


def _plain(answer: Answer) -> str:
    return f"<code>{escape(_short(nothing_in(answer) or ', '.join(answer)))}</code>"


def _place(exemplar: Exemplar) -> str:
    place = code_span(exemplar.place)
    return place if exemplar.id is None else f"{code_span(exemplar.id)} at {place}"


def _shown(exemplar: Exemplar) -> str:
    verdicts = {"before": _reasons(exemplar.before), "after": _reasons(exemplar.after)}
    text = "" if exemplar.document is None else write_json({"document": exemplar.document, **verdicts}, indent=2)
    if not 0 < len(text) <= _LONGEST_EXEMPLAR:
        text = write_json(verdicts, indent=2)
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

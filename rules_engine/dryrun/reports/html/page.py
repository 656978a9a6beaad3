"""The page: one HTML file that needs nothing else, neither a network nor, to be read, a script."""

import base64
import hashlib
import json
import re
import unicodedata
from collections.abc import Sequence, Sized
from functools import cache
from importlib import resources
from typing import Any, Final

from rules_engine.dryrun.condition import Condition
from rules_engine.dryrun.document import sorted_transitions
from rules_engine.dryrun.report import CHANGED, NOT_JUDGED, RECORDED, Answer, Change, Report, Transition, change_of
from rules_engine.dryrun.reports import tables, wording
from rules_engine.dryrun.reports.html import pictures
from rules_engine.dryrun.reports.tables import IN_ORDER, Table
from rules_engine.dryrun.reports.wording import counted
from rules_engine.extras import load_extra
from rules_engine.wire.json_text import write_json
from rules_engine.wire.report import VerdictDocument, ViolationDocument

MOST_TRANSITIONS: Final = 500
"""How many transitions a page shows."""
MOST_DRAFTS: Final = 10
"""How many drafts of one transition are shown."""
MOST_CHARACTERS: Final = 3_000_000
"""How much of a page shows drafts; a browser on a phone has to hold it."""
MOST_ROWS: Final = 200
"""How many rows a table of figures has."""
LONGEST_TEXT: Final = 200
"""How many characters of a text are shown, where it stands in a table or a sentence."""
_ALWAYS: Final = ("operation", "currency", "merchant")
"""What a page has a table by, asked for or not. Days have a picture, and codes a part of their own."""
_ALWAYS_THERE: Final = ("summary", "flow", "transitions", "rules")
"""The parts of a page that say so where they have nothing to show."""
_LONGEST_SEARCH: Final = 2000
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Control and format characters, halves of surrogate pairs, and separators of lines and paragraphs."""
_ESCAPES: Final = re.compile(r"((?:\\u[0-9a-f]{4})+)|\\.")
_CUT: Final = "… the rest is not shown here; the report as JSON has all of it"

_Item = tuple[tuple[Answer, Answer], Transition]


def html_report(report: Report, *, by: Sequence[str] = (), conditions: Sequence[Condition] = ()) -> str:
    """Render a report as one HTML file.

    Equal reports give the same text, which holds no time of its making. It loads nothing and sends nothing. Whatever
    comes from drafts, histories and policies shows as text. Long tables and long texts are cut, and say so.

    Args:
        report: The report.
        by: What drafts are grouped by: `code`, `operation`, `day`, `currency` or `merchant`. A page has codes,
            operations, currencies and, if the report has them, merchants anyway; what is asked for comes first.
        conditions: What must not be so.

    Returns:
        The file's text, to be written as UTF-8.

    Raises:
        GroupingError: There is no such group, or the report does not group by merchant.
        MissingExtraError: Jinja2 is not installed.
    """
    asked = [dimension for dimension in tables.dimensions_of(report, by) if dimension != "code"]
    dimensions = [each for each in dict.fromkeys((*asked, *_ALWAYS)) if each in report.groups]
    bands = pictures.flow(report)
    days = pictures.timeline(report.groups.get("day", {}))
    sections: list[tuple[str, str, Sequence[Table]]] = [
        ("summary", "At a glance", ()),
        ("conditions", "Conditions", [tables.conditions_table(report, conditions)]),
        ("flow", "From old answers to new ones", [pictures.flow_table(bands)]),
        ("days", "Over time", [days.table()]),
        ("amounts", "Amounts at stake", [tables.amounts_table(report, MOST_ROWS)]),
        ("codes", "Code by code", [tables.codes_table(report, everything=True, most=MOST_ROWS)]),
        ("groups", "Where the changes are", [tables.group_table(report, each, MOST_ROWS) for each in dimensions]),
        ("transitions", "Transitions", ()),
        ("rules", "What the rules did", [tables.rules_table(report, "Findings by rule", tables.EVERY_USE, MOST_ROWS)]),
        (
            "gaps",
            "What could not be judged",
            [
                tables.missing_table(report, MOST_ROWS),
                tables.keys_table(report, MOST_ROWS),
                tables.invalid_facts_table(report, MOST_ROWS),
                tables.unreadable_table(report, MOST_ROWS),
            ],
        ),
    ]
    page: str = (
        _environment()
        .get_template("page.html")
        .render(
            report=report,
            header=report.header,
            conditions=conditions,
            broken=sum(condition.holds(report) for condition in conditions),
            changes=report.changes,
            classes=(*CHANGED, Change.UNDECIDED, *NOT_JUDGED, Change.UNCHANGED),
            sections=[
                (name, heading, shown)
                for name, heading, found in sections
                if (shown := [table for table in found if table.rows]) or name in _ALWAYS_THERE
            ],
            lost=tables.lost_table(report, MOST_ROWS),
            days=days,
            idle=[(side, policy, report.never_fired(side)) for side, policy in tables.judging_sides(report)],
            security=_security(),
            style=_asset("style.css"),
            script=_asset("script.js"),
            **_flow(report, bands),
            **_transitions(report),
        )
    )
    return page


def _flow(report: Report, bands: Sequence[pictures.Band]) -> dict[str, Any]:
    lefts = pictures.nodes([(band.before, band.drafts) for band in bands])
    rights = pictures.nodes([(band.after, band.drafts) for band in bands])
    ends = [*((node, True) for node in lefts.values()), *((node, False) for node in rights.values())]
    bottom = max((node.top + max(node.height, pictures.ROOM) for node, _ in ends), default=0)
    return {
        "bands": bands,
        "flow_note": pictures.flow_note(report, bands),
        "drawn": pictures.shapes(bands, lefts, rights),
        "ends": ends,
        "height": f"{bottom + 8:.0f}",
        "least_room": pictures.ROOM,
    }


def _transitions(report: Report) -> dict[str, Any]:
    ordered = sorted(sorted_transitions(report.transitions), key=lambda item: IN_ORDER.index(change_of(*item[0])))
    # Unchanged ones are left out first, then the smallest.
    largest = sorted(
        range(len(ordered)),
        key=lambda place: (ordered[place][0][0] == ordered[place][0][1], -ordered[place][1].tally.drafts, place),
    )
    shown = [ordered[place] for place in sorted(largest[:MOST_TRANSITIONS])]
    rest = [ordered[place][1].tally.drafts for place in largest[MOST_TRANSITIONS:]]
    left_out = f"{counted(len(rest), 'more transition')} of {counted(sum(rest), 'draft')}" if rest else ""
    found = {change_of(*answers) for answers, _ in ordered}
    return {
        "transitions": [(*item, drafts) for item, drafts in zip(shown, _drafts(shown), strict=True)],
        "transitions_left_out": left_out,
        "filtered": [change for change in IN_ORDER if change in found],
    }


def _drafts(transitions: Sequence[_Item]) -> list[list[str]]:
    """Render the drafts of each transition: the smallest of every one, and then as many others as there is room for."""
    parts: Any = _environment().get_template("parts.html").module
    room, drawn = MOST_CHARACTERS, [list[str]() for _ in transitions]
    for places in (slice(1), slice(1, MOST_DRAFTS)):
        for (answers, transition), drafts in zip(transitions, drawn, strict=True):
            for exemplar in transition.shown[places]:
                is_smallest = exemplar == transition.smallest
                text = parts.draft(exemplar, answers, is_smallest) if room > 0 else ""
                room -= len(text)
                drafts.append(text if room >= 0 and text else parts.draft_without_room(exemplar, answers, is_smallest))
    return drawn


@cache
def _environment() -> Any:
    """Build what renders templates: whatever they are given is escaped, and has no hidden characters."""
    jinja2 = load_extra("jinja2", "html")
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_asset),
        autoescape=True,
        finalize=lambda value: plain(value) if type(value) is str else value,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "json": json_text,
        "most_moved": _most_moved,
        "names_of_drafts": _names_of_drafts,
        "shortened": shortened,
    }
    environment.globals |= {
        "amounts": wording.amounts,
        "change_of": change_of,
        "counted": counted,
        "headline": wording.headline,
        "is_only_here": _is_only_here,
        "more": _more,
        "most_drafts": MOST_DRAFTS,
        "most_rows": MOST_ROWS,
        "named": wording.named,
        "nothing_in": wording.nothing_in,
        "percent": wording.percent,
        "recorded": RECORDED,
        "searched": lambda answer: ", ".join(answer)[:_LONGEST_SEARCH] or "accepted",
    }
    return environment


@cache
def _asset(name: str) -> str:
    """Read a file that stands beside this one."""
    return (resources.files(__package__) / name).read_text(encoding="utf-8")


def _security() -> str:
    """Forbid a page everything but its own style and script: nothing is loaded, sent, or run beside them."""
    style, script = (
        f"'sha256-{base64.b64encode(hashlib.sha256(_asset(name).encode()).digest()).decode()}'"
        for name in ("style.css", "script.js")
    )
    own = f"style-src {style}; script-src {script}; img-src data:"
    return f"default-src 'none'; {own}; base-uri 'none'; form-action 'none'"


def plain(content: str) -> str:
    """Return a text in which no character hides, moves or breaks what is around: such a one is shown as `⟨U+202E⟩`."""
    if content.isprintable():
        return content
    return "".join(f"⟨U+{ord(each):04X}⟩" if _is_hidden(each) else each for each in content)


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character) in _HIDDEN and character not in "\n\t"


def shortened(content: str, longest: int = LONGEST_TEXT) -> str:
    """Cut a long text, and say how long it was; the whole of it is in the report as JSON."""
    if len(content) <= longest:
        return content
    return f"{content[:longest]}… ({len(content):,} characters)"


def json_text(value: Any, longest: int) -> str:
    """Render plain values as indented JSON in the letters they were written in.

    Args:
        value: Dictionaries, lists, texts, booleans, integers, Decimals and None.
        longest: How many characters; what is longer is cut, and says so.
    """
    text = _ESCAPES.sub(_unescaped, write_json(value, indent=2))
    return text if len(text) <= longest else f"{text[:longest]}\n{_CUT}"


def _unescaped(escape: re.Match[str]) -> str:
    if escape[1] is None:
        return escape[0]
    text: str = json.loads(f'"{escape[1]}"')
    return "".join(json.dumps(each)[1:-1] if _is_hidden(each) else each for each in text)


def _is_only_here(violation: ViolationDocument, other: VerdictDocument | None, other_answer: Answer) -> bool:
    """Return whether the other side does not report a violation; where it has no verdict, its codes decide."""
    if other is None or not other.violations:
        return violation.code not in other_answer
    return (violation.code, violation.param) not in {(each.code, each.param) for each in other.violations}


def _more(found: Sized, most: int, one: str) -> str:
    return counted(len(found) - most, f"more {one}") if len(found) > most else ""


def _most_moved(table: Table) -> int:
    """Return the largest number in the columns that have bars."""
    places = [place for place, column in enumerate(table.columns) if column.kind in ("gained", "lost")]
    return max((row[place] for row in table.rows for place in places), default=0)


def _names_of_drafts(transition: Transition) -> str:
    return " ".join(f"{draft.id or ''} {draft.place}" for draft in transition.shown)[:_LONGEST_SEARCH]

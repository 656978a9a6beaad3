"""What rules did under both policies, which of them never fired, and what could not be judged."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from rules_engine.dryrun.report import BASELINE, CANDIDATE, RECORDED, PolicyName, Report
from rules_engine.dryrun.reports.html.markup import NOTHING, Html, element, views
from rules_engine.dryrun.reports.html.tables import (
    MOST_ROWS,
    code,
    codes,
    count,
    folded,
    left_out,
    section,
    table,
    user_text,
)
from rules_engine.dryrun.reports.wording import counted

_HOW: Final = ("enforced", "waived", "shadowed", "warned", "skipped", "raised")

_WHEN: Final[Mapping[str, str]] = MappingProxyType({BASELINE: "before", CANDIDATE: "after"})


def rules_section(report: Report) -> Html:
    """Show what the rules of each side found, and those that found nothing."""
    named = {BASELINE: report.header.baseline, CANDIDATE: report.header.candidate}
    sides = [side for side, policy in named.items() if policy != RECORDED]
    never = (_never_fired(report, side, named[side]) for side in sides)
    return section("rules", "What the rules did", _findings(report, sides), *never)


def _findings(report: Report, sides: Sequence[str]) -> Html:
    used = {(how, side): report.used(side, how) for how in _HOW for side in sides}
    shown = [how for how in _HOW if any(used[how, side] for side in sides)]
    if not shown:
        return element("p", "No rule found anything.")
    columns = [used[how, side] for how in shown for side in sides]
    ordered = sorted(
        {rule for column in columns for rule in column},
        key=lambda rule: (-sum(column.get(rule, 0) for column in columns), rule),
    )
    rows = ((code(rule), *(count(column.get(rule, 0)) for column in columns)) for rule in ordered[:MOST_ROWS])
    heads = (f"{how.capitalize()} {_WHEN[side]}" for how in shown for side in sides)
    return views(
        (
            element("p", "How often each rule found something, under each policy.", class_="note"),
            table("findings", "Findings by rule", ("Rule", *heads), rows),
            left_out(len(ordered) - MOST_ROWS, "rule"),
        )
    )


def _never_fired(report: Report, side: str, named: PolicyName) -> Html:
    never = report.never_fired(side)
    if not never:
        return NOTHING
    told = f"{counted(len(never), 'rule')} of {count(len(named.rules))} in the {side} never fired"
    return folded(told, codes(never[:MOST_ROWS]), left_out(len(never) - MOST_ROWS, "rule"))


def gaps_section(report: Report) -> Html:
    """Show what was missing to judge drafts, and the first records that are no drafts."""
    content = views((_missing_facts(report), _unreadable(report)))
    return section("gaps", "What could not be judged", content) if content else NOTHING


def _missing_facts(report: Report) -> Html:
    if not report.missing_facts:
        return NOTHING
    ordered = sorted(report.missing_facts.items(), key=lambda item: (-item[1], item[0]))
    rows = ((code(kind), count(drafts)) for kind, drafts in ordered[:MOST_ROWS])
    note = "Undecided drafts lack these facts; `policy` where none applied at the time. A draft may lack several."
    return views(
        (
            element("h3", "Missing facts"),
            element("p", note, class_="note"),
            table("missing", "Undecided drafts by the facts they lack", ("Facts", "Drafts"), rows),
            left_out(len(ordered) - MOST_ROWS, "kind"),
        )
    )


def _unreadable(report: Report) -> Html:
    if not report.unreadable:
        return NOTHING
    samples = sorted(report.unreadable_samples)[:MOST_ROWS]
    rows = (
        (user_text(sample.place), user_text(sample.problem), code(sample.pointer) if sample.pointer else "")
        for sample in samples
    )
    shown = table("unreadable", "The first records that are no drafts", ("Place", "Problem", "At"), rows)
    return views(
        (
            element("h3", "Unreadable records"),
            element("p", f"{counted(report.unreadable, 'record')} in all.", class_="note"),
            shown if samples else NOTHING,
        )
    )

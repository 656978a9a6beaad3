"""What rules did under both policies, which of them never fired, and what could not be judged."""

from typing import Final

from rules_engine.dryrun.header import RECORDED, PolicyName
from rules_engine.dryrun.report import BASELINE, CANDIDATE, Report, Side
from rules_engine.dryrun.reports.html.markup import NOTHING, Html, element, joined
from rules_engine.dryrun.reports.html.tables import (
    MOST_ROWS,
    code,
    codes,
    count,
    folded,
    left_out,
    plural,
    section,
    table,
    user_text,
)

_HOW: Final = ("enforced", "waived", "shadowed", "warned", "withheld", "raised")


def rules_section(report: Report) -> Html:
    """Show what the rules of each side found, and those that found nothing."""
    sides = [
        _side(report, side, named)
        for side, named in ((BASELINE, report.header.baseline), (CANDIDATE, report.header.candidate))
        if named != RECORDED
    ]
    return section("rules", "What the rules did", *sides)


def _side(report: Report, side: Side, named: PolicyName) -> Html:
    by_how = {how: report.used(side, how) for how in _HOW}
    shown = [how for how in _HOW if by_how[how]]
    counted = sorted(
        {rule for how in shown for rule in by_how[how]},
        key=lambda rule: (-sum(by_how[how].get(rule, 0) for how in shown), rule),
    )
    rows = ((code(rule), *(count(by_how[how].get(rule, 0)) for how in shown)) for rule in counted[:MOST_ROWS])
    never = report.never_fired(side)
    told = f"{plural(len(never), 'rule')} of {count(len(named.rules))} never fired"
    return joined(
        (
            element("h3", f"{side.capitalize()}: ", user_text(named.name)),
            table(f"rules-{side}", f"Findings of the {side}, by rule", ("Rule", *map(str.capitalize, shown)), rows)
            if shown
            else element("p", "No rule found anything."),
            left_out(len(counted) - MOST_ROWS, "rule"),
            folded(told, codes(never[:MOST_ROWS]), left_out(len(never) - MOST_ROWS, "rule")) if never else NOTHING,
        )
    )


def gaps_section(report: Report) -> Html:
    """Show what was missing to judge drafts, and the first records that are no drafts."""
    content = joined((_missing_facts(report), _unreadable(report)))
    return section("gaps", "What could not be judged", content) if content else NOTHING


def _missing_facts(report: Report) -> Html:
    if not report.missing_facts:
        return NOTHING
    counted = sorted(report.missing_facts.items(), key=lambda item: (-item[1], item[0]))
    rows = ((code(kind), count(drafts)) for kind, drafts in counted[:MOST_ROWS])
    note = "Undecided drafts lack these facts; `policy` where none applied at the time. A draft may lack several."
    return joined(
        (
            element("h3", "Missing facts"),
            element("p", note, class_="note"),
            table("missing", "Undecided drafts by the facts they lack", ("Facts", "Drafts"), rows),
            left_out(len(counted) - MOST_ROWS, "kind"),
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
    return joined(
        (
            element("h3", "Unreadable records"),
            element("p", f"{plural(report.unreadable, 'record')} in all.", class_="note"),
            shown if samples else NOTHING,
        )
    )

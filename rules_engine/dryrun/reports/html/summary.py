"""What a reader should know first: what was compared, whether all of it was, and how many drafts are in which class."""

from collections.abc import Iterator, Sequence

from rules_engine.dryrun.condition import Condition
from rules_engine.dryrun.report import RECORDED, Change, PolicyName, Report
from rules_engine.dryrun.reports.html.changes import MEANINGS, ORDER, badge
from rules_engine.dryrun.reports.html.conditions import outcome
from rules_engine.dryrun.reports.html.markup import NOTHING, Html, element, views
from rules_engine.dryrun.reports.html.plain import shortened
from rules_engine.dryrun.reports.html.tables import (
    MOST_ROWS,
    code,
    count,
    folded,
    left_out,
    money,
    section,
    table,
    user_text,
)
from rules_engine.dryrun.reports.share import percent
from rules_engine.dryrun.reports.wording import counted, headline

_DIGEST_SHOWN = 12


def title_of(report: Report) -> str:
    """Name the page."""
    header = report.header
    return f"Dry run: {shortened(header.baseline.name)} → {shortened(header.candidate.name)}"


def heading(report: Report) -> Html:
    """Say which policies are compared, and over what."""
    header = report.header
    asked = [("Drafts", user_text(header.where) if header.where else "all of the history")]
    if report.filtered_out:
        asked.append(("Left aside", f"{counted(report.filtered_out, 'draft')} that the report is not about"))
    if report.unrecorded:
        asked.append(("Without recorded codes", f"{counted(report.unrecorded, 'draft')}, taken as unchanged"))
    return element(
        "header",
        element("p", "Dry run", class_="kicker"),
        element("h1", _policy(header.baseline), _arrow(), _policy(header.candidate)),
        element(
            "dl",
            _described("Baseline", _digest(header.baseline)),
            _described("Candidate", _digest(header.candidate)),
            *(_described(term, told) for term, told in asked),
            class_="facts",
        ),
    )


def _policy(policy: PolicyName) -> Html:
    return element("span", user_text("recorded codes" if policy == RECORDED else policy.name), class_="policy")


def _arrow() -> Html:
    drawn = element(
        "svg",
        element("path", d="M2 12h26M20 4l8 8-8 8"),
        class_="arrow",
        width=30,
        height=24,
        viewBox="0 0 30 24",
        aria_hidden="true",
    )
    return views((" ", drawn, element("span", " to ", class_="unseen")))


def _digest(policy: PolicyName) -> Html:
    if policy == RECORDED:
        return views(["what the history itself holds"])
    return views((counted(len(policy.rules), "rule"), ", SHA-256 ", code(policy.digest[:_DIGEST_SHOWN])))


def _described(term: str, told: str) -> Html:
    return element("div", element("dt", term), element("dd", told))


def warning(report: Report) -> Html:
    """Warn that the report is about a part of the history only; nothing where it is about all of it."""
    if report.complete:
        return NOTHING
    missing = []
    if report.unfinished:
        missing.append(f"{counted(report.unfinished, 'part')} had not been replayed when the run was ended")
    if report.lost:
        missing.append(f"{counted(len(report.lost), 'part')} could not be replayed")
    return element(
        "section",
        element("h2", "This report is partial", id="partial-heading"),
        element("p", f"{' and '.join(missing).capitalize()}. All numbers below are about the rest of the history."),
        _lost(report),
        class_="warning",
        aria_labelledby="partial-heading",
    )


def _lost(report: Report) -> Html:
    if not report.lost:
        return NOTHING
    shown = sorted(report.lost)[:MOST_ROWS]
    rows = ((user_text(lost.place), user_text(lost.problem)) for lost in shown)
    return folded(
        "Which parts, and why",
        table("lost", "Parts of the history that could not be replayed", ("Place", "Problem"), rows),
        left_out(len(report.lost) - len(shown), "part"),
    )


def summary(report: Report, conditions: Sequence[Condition]) -> Html:
    """Say whether the run fails; count the records in every class, and what the drafts in it are about in money."""
    lead = element("p", outcome(report, conditions), headline(report), class_="lead")
    return section("summary", "At a glance", lead, element("ul", *_tiles(report), class_="tiles"))


def _tiles(report: Report) -> Iterator[Html]:
    yield element(
        "li",
        element("span", "Read", class_="badge"),
        element("strong", count(report.read)),
        element("span", "records of the history", class_="meaning"),
        class_="tile",
    )
    for change in ORDER:
        yield _tile(report, change)


def _tile(report: Report, change: Change) -> Html:
    tally = report.changes[change]
    number = views((count(tally.drafts), " ", element("small", percent(tally.drafts, report.read))))
    newly = report.newly_undecided.drafts if change is Change.UNDECIDED else 0
    return element(
        "li",
        badge(change),
        element("strong", number),
        element("span", MEANINGS[change], class_="meaning"),
        element("span", f"{count(newly)} of them newly", class_="newly") if newly else NOTHING,
        money(tally.amounts),
        class_=f"tile {change.value}{'' if tally.drafts else ' none'}",
    )

"""The page: one HTML file that needs nothing else, neither a network nor, to be read, a script."""

from collections.abc import Sequence

from rules_engine.dryrun.condition import Condition
from rules_engine.dryrun.report import Report
from rules_engine.dryrun.reports.html.assets import asset, content_security_policy
from rules_engine.dryrun.reports.html.changes import signs
from rules_engine.dryrun.reports.html.conditions import conditions_section
from rules_engine.dryrun.reports.html.days import days_section
from rules_engine.dryrun.reports.html.figures import amounts_section, codes_section, groups_section
from rules_engine.dryrun.reports.html.flow_picture import flow_section
from rules_engine.dryrun.reports.html.markup import Html, element, raw, views
from rules_engine.dryrun.reports.html.rules import gaps_section, rules_section
from rules_engine.dryrun.reports.html.summary import heading, summary, title_of, warning
from rules_engine.dryrun.reports.html.transitions import transitions_section
from rules_engine.dryrun.reports.tables import dimensions_of

_NAMED = {
    "summary": "At a glance",
    "conditions": "Conditions",
    "flow": "Flow",
    "days": "Over time",
    "amounts": "Amounts",
    "codes": "Codes",
    "groups": "Groups",
    "transitions": "Transitions",
    "rules": "Rules",
    "gaps": "Not judged",
}
"""The parts of the page, as the contents name them."""


def html_report(report: Report, *, by: Sequence[str] = (), conditions: Sequence[Condition] = ()) -> str:
    """Write a report as one HTML file.

    Equal reports give the same text, which holds no time of its making. It loads nothing and sends nothing. Whatever
    comes from drafts, histories and policies shows as text. Long tables and long texts are cut, and say so.

    Args:
        report: The report.
        by: What drafts are grouped by: `code`, `operation`, `day`, `currency` or `merchant`. A page has codes,
            operations and currencies anyway, and merchants where they are told apart; what is asked for comes first.
        conditions: What must not be so.

    Returns:
        The file's text, to be written as UTF-8.

    Raises:
        GroupingError: There is no such group, or the report does not tell merchants apart.
    """
    dimensions = dimensions_of(report, by)
    parts = {
        "summary": summary(report, conditions),
        "conditions": conditions_section(report, conditions),
        "flow": flow_section(report),
        "days": days_section(report),
        "amounts": amounts_section(report),
        "codes": codes_section(report),
        "groups": groups_section(report, dimensions),
        "transitions": transitions_section(report),
        "rules": rules_section(report),
        "gaps": gaps_section(report),
    }
    contents = (
        element("li", element("a", _NAMED[name], href=f"#{name}")) for name, content in parts.items() if content
    )
    page = element("html", _head(report), _body(report, views(parts.values()), views(contents)), lang="en")
    return f"<!DOCTYPE html>\n{page}\n"


def _head(report: Report) -> Html:
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=content_security_policy()),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="referrer", content="no-referrer"),
        element("link", rel="icon", href="data:,"),
        element("title", title_of(report)),
        raw("style", asset("style.css")),
    )


def _body(report: Report, parts: Html, contents: Html) -> Html:
    return element(
        "body",
        element("a", "Skip to the report", href="#report", class_="skip"),
        signs(),
        heading(report),
        element("nav", element("ul", contents), aria_label="Contents"),
        element("main", warning(report), parts, id="report", tabindex=-1),
        raw("script", asset("script.js")),
    )

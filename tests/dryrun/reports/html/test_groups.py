"""What drafts are told apart by is on the page where it is asked for."""

import pytest

from rules_engine.dryrun.report import DIMENSIONS, Change, Report, group_tally
from rules_engine.dryrun.reports.html.page import html_report
from rules_engine.dryrun.reports.tables import GroupingError
from tests.dryrun.reports.html.parsed import parsed
from tests.dryrun.reports.html.specimen import busy_report, real_report, report_of


def _groups(report: Report, *by: str) -> list[str]:
    return [heading.text for heading in parsed(html_report(report, by=by)).one("section", id="groups").all("h3")]


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_what_is_asked_for_comes_first(dimension: str) -> None:
    """The group that is asked for stands before the others, and none that a page has anyway is lost by it."""
    always = _groups(busy_report())
    assert always == ["By operation", "By currency", "By merchant"]
    asked = _groups(busy_report(), dimension, dimension)
    first = f"By {dimension}"
    assert asked == [first, *(heading for heading in always if heading != first)]


def test_every_day_has_a_row() -> None:
    """Asked for by day, each day stands in a row, in order, however long the stretches of the picture are."""
    report = busy_report(days=150)
    rows = parsed(html_report(report, by=("day",))).one("div", id="by-day-table").one("tbody").all("tr")
    assert [row.one("th").text for row in rows] == sorted(report.groups["day"])


def test_amounts_of_a_group() -> None:
    """A group says how much money its drafts with another answer are about, and counts no others in it."""
    report = report_of({})
    group_tally(report, "merchant", "m", Change.NEWLY_REJECTED).add(1, "EGP", 500)
    group_tally(report, "merchant", "m", Change.REASONS_CHANGED).add(1, "EGP", 250)
    group_tally(report, "merchant", "m", Change.UNCHANGED).add(1, "EGP", 9_000)
    row = parsed(html_report(report)).one("div", id="by-merchant-table").one("tbody").one("tr")
    assert row.all("td")[-1].text == "7.50 EGP"


def test_codes_are_there_anyway() -> None:
    """Every code stands in the part about codes, asked for or not, those that nothing happens to included."""
    report = real_report()
    pages = [parsed(html_report(report, by=by)) for by in ((), ("code",))]
    for page in pages:
        rows = page.one("div", id="codes-table").one("tbody").all("tr")
        assert sorted(row.one("th").text for row in rows) == [change.code for change in report.codes]


@pytest.mark.parametrize("dimension", ["colour", "merchant"])
def test_what_is_not_told_apart(dimension: str) -> None:
    """A group that the report does not have is refused, as in the other forms."""
    with pytest.raises(GroupingError):
        html_report(report_of({}), by=(dimension,))

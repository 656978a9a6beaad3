"""The page says by what the run fails, as the other forms for people do."""

from typing import TYPE_CHECKING

import pytest

from rules_engine.dryrun.condition import read_condition
from rules_engine.dryrun.report import ACCEPTED
from rules_engine.dryrun.reports.html.page import html_report
from tests.dryrun.reports.html.parsed import Node, parsed
from tests.dryrun.reports.html.specimen import report_of

if TYPE_CHECKING:
    from tests.dryrun.reports.html.chromium import Chromium

REPORT = report_of({(ACCEPTED, ACCEPTED): 1990, (ACCEPTED, ("a",)): 10})
BROKEN, KEPT = "newly_rejected > 0.1%", "undecided > 0"


def _page(*conditions: str) -> Node:
    return parsed(html_report(REPORT, conditions=[read_condition(condition) for condition in conditions]))


def test_each_condition_is_shown() -> None:
    """Every condition stands in a table, in the order given: whether it fails, in words, its count and its share."""
    page = _page(BROKEN, KEPT)
    (rows,) = [table.one("tbody").all("tr") for table in page.one("section", id="conditions").all("table")]
    cells = [[cell.text for cell in row.walk() if cell.tag in {"th", "td"}] for row in rows]
    assert cells == [[BROKEN, "fails", "10", "0.5%"], [KEPT, "passes", "0", "0%"]]
    assert "#conditions" in [link["href"] for link in page.one("nav").all("a")]


@pytest.mark.parametrize(
    ("conditions", "said"),
    [
        ((BROKEN, KEPT), "Fails: 1 of 2 conditions holds. 10 of "),
        ((BROKEN, BROKEN), "Fails: 2 of 2 conditions hold. 10 of "),
        ((KEPT,), "Passes: none of 1 condition holds. 10 of "),
        ((), "10 of "),
    ],
)
def test_first_line_says_whether_it_fails(conditions: tuple[str, ...], said: str) -> None:
    """The first sentence says whether the run fails, before the headline; without conditions, nothing of it."""
    page = _page(*conditions)
    assert page.one("p", **{"class": "lead"}).text.startswith(said)
    assert bool(page.all("section", id="conditions")) is bool(conditions)


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_results_are_read_and_seen(chromium: "Chromium", scheme: str) -> None:
    """Assistive technology is told the result in its cell, and both results differ in more than in colour."""
    page = html_report(REPORT, conditions=[read_condition(BROKEN), read_condition(KEPT)])
    chromium.open(page, scheme=scheme)
    found = chromium.accessible()
    assert ("rowheader", BROKEN) in found
    assert [name for role, name in found if role == "cell" and name in {"fails", "passes"}] == ["fails", "passes"]

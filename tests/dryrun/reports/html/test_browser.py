"""The page in a real browser: it needs no network, no mouse and no script, and runs nothing but its own."""

from typing import TYPE_CHECKING

import pytest

from rules_engine.dryrun.reports.html.page import html_report
from tests.dryrun.reports.html.specimen import busy_report, hostile_report, real_report

if TYPE_CHECKING:
    from tests.dryrun.reports.html.chromium import Chromium

pytestmark = pytest.mark.browser

ENTER, SPACE, DOWN, HOME = "\ue007", "\ue00d", "\ue015", "\ue011"
SHOWN = """
return [...document.querySelectorAll('.transitions tbody')].filter((row) => !row.hidden)
  .map((row) => [row.dataset.change, row.dataset.before, row.dataset.after, Number(row.dataset.drafts)]);
"""


@pytest.mark.parametrize("report", [real_report, busy_report], ids=["real", "busy"])
def test_opens_alone(chromium: "Chromium", report: object) -> None:
    """The page opens from a file, asks for nothing but itself, and the browser has nothing to complain about."""
    assert callable(report)
    chromium.open(html_report(report()))
    assert chromium.messages() == []
    assert chromium.requested() <= {"file", "data"}
    assert chromium.run("return performance.getEntriesByType('resource').map((entry) => entry.name)") == []


def test_hostile_texts_run_nothing(chromium: "Chromium") -> None:
    """Scripts and markup in drafts show as text: none of them runs, and none becomes an element."""
    chromium.open(html_report(hostile_report()))
    chromium.run("for (const each of document.querySelectorAll('details')) each.open = true")
    chromium.run("for (const each of document.querySelectorAll('*')) each.dispatchEvent(new Event('mouseover'))")
    assert chromium.run("return window.__hacked") is None
    assert chromium.run("return document.querySelectorAll('img, iframe, body > b, [onload], [onerror]').length") == 0
    assert chromium.run("return document.scripts.length") == 1
    documents = chromium.run("return [...document.querySelectorAll('pre')].map((each) => each.innerText)")
    assert any("<script>window.__hacked = 1</script>" in document for document in documents)
    assert chromium.messages() == []


def test_foreign_script_is_refused(chromium: "Chromium") -> None:
    """If markup ever got into the page, the browser would still refuse to run it: the policy is in force."""
    page = html_report(real_report()).replace("</main>", "<script>window.__hacked = 1</script></main>")
    chromium.open(page)
    assert chromium.run("return window.__hacked") is None
    assert any("Content Security Policy" in message for message in chromium.messages())


def test_skip_link(chromium: "Chromium") -> None:
    """The first key leads to a link that is seen then, and that leads past the contents."""
    chromium.open(html_report(real_report()))
    chromium.tab_to(".skip")
    left = chromium.run("return document.activeElement.getBoundingClientRect().left")
    assert left >= 0
    chromium.press(ENTER)
    assert chromium.run("return document.activeElement.id") == "report"


def test_sorting_by_keyboard(chromium: "Chromium") -> None:
    """A head is reached and pressed by keys alone; it sorts, says how, and sorts the other way when pressed again."""
    chromium.open(html_report(busy_report()))
    chromium.tab_to("th[data-sort=drafts] button")
    chromium.press(ENTER)
    drafts = [row[3] for row in chromium.run(SHOWN)]
    assert drafts == sorted(drafts, reverse=True)
    assert chromium.find("th[data-sort=drafts]").get_attribute("aria-sort") == "descending"
    chromium.press(SPACE)
    drafts = [row[3] for row in chromium.run(SHOWN)]
    assert drafts == sorted(drafts)
    assert chromium.find("th[data-sort=drafts]").get_attribute("aria-sort") == "ascending"
    assert chromium.find("th[data-sort=before]").get_attribute("aria-sort") == "none"


@pytest.mark.parametrize(("key", "column"), [("before", 1), ("after", 2)])
def test_sorting_by_answer(chromium: "Chromium", key: str, column: int) -> None:
    """Old and new answers sort by their codes."""
    chromium.open(html_report(real_report()))
    chromium.find(f"th[data-sort={key}] button").click()
    answers = [row[column] for row in chromium.run(SHOWN)]
    assert answers == sorted(answers)
    assert len(set(answers)) > 1


def test_filtering_by_keyboard(chromium: "Chromium") -> None:
    """What is typed and what is chosen narrow the table, and a live region says how many rows are left."""
    chromium.open(html_report(busy_report()))
    total = chromium.run("return document.querySelectorAll('.transitions tbody').length")
    status = chromium.find("[role=status]")
    assert status.text == f"Showing 50 of {total} transitions"
    chromium.tab_to("#filter-text")
    chromium.press("PRICE_expired coupon")
    shown = chromium.run(SHOWN)
    assert shown
    assert all(
        "price_expired" in f"{before}{after}" and "coupon" in f"{before}{after}" for _, before, after, _ in shown
    )
    assert status.text == f"Showing {len(shown)} of {total} transitions"
    chromium.tab_to("#filter-class")
    chromium.press(HOME, DOWN)
    chosen = chromium.run(SHOWN)
    assert {row[0] for row in chosen} == {"newly_rejected"}
    assert status.text == f"Showing {len(chosen)} of {total} transitions"


def test_filtering_by_draft(chromium: "Chromium") -> None:
    """The id of a draft finds the transition that it shows."""
    chromium.open(html_report(real_report()))
    chromium.find("#filter-text").send_keys("d_course_01")
    assert [row[2] for row in chromium.run(SHOWN)] == ["parameter_out_of_range"]


def test_all_rows_by_keyboard(chromium: "Chromium") -> None:
    """The rows that are not shown at first are shown by one key, and the focus goes on to the first of them."""
    chromium.open(html_report(busy_report()))
    focused = "document.activeElement.closest('tbody')"
    chromium.tab_to(".more")
    chromium.press(ENTER)
    total = chromium.run("return document.querySelectorAll('.transitions tbody').length")
    assert len(chromium.run(SHOWN)) == total > 50
    assert not chromium.find(".more").is_displayed()
    assert chromium.run(f"return [...document.querySelectorAll('.transitions tbody')].indexOf({focused})") == 50


def test_draft_by_keyboard(chromium: "Chromium") -> None:
    """A transition unfolds to a draft with both verdicts beside each other, and that to its document."""
    chromium.open(html_report(real_report()))
    chromium.tab_to(".detail summary")
    assert not chromium.find("article").is_displayed()
    chromium.press(ENTER)
    before, after = (chromium.find(f"article .verdict:nth-child({place})") for place in (1, 2))
    assert before.text.startswith("Before: accepted")
    assert after.text.startswith("After: refused")
    assert "parameter_out_of_range at expiresAfterMinutes only here" in after.text
    assert "expiresAfterMinutes\n1440" in after.text
    assert before.rect["y"] == after.rect["y"]
    chromium.tab_to("article summary")
    chromium.press(ENTER)
    assert '"id": "d_course_01"' in chromium.find("article pre").text
    chromium.tab_to("article pre")


def test_reads_without_a_script(chromium: "Chromium") -> None:
    """Without scripts every row is there, nothing that would not work is shown, and drafts still unfold."""
    report = busy_report()
    chromium.open(html_report(report), is_script_allowed=False)
    assert len(chromium.run(SHOWN)) == len(report.transitions)
    assert not chromium.find("#controls").is_displayed()
    assert chromium.run("return document.querySelectorAll('button').length") == 0
    chromium.find(".detail summary").click()
    assert chromium.find("article").is_displayed()

"""However large a report is, its page can be opened, and says what it leaves out."""

from rules_engine.dryrun.report import ACCEPTED, Answer, Change, Report, Tally, Transition, group_tally
from rules_engine.dryrun.reports.html.page import MOST_CHARACTERS, MOST_TRANSITIONS, html_report
from tests.dryrun.reports.html.parsed import Node, parsed
from tests.dryrun.reports.html.specimen import HEADER, draft, report_of

MANY = 10_000


def _rows(page: Node) -> list[Node]:
    return page.one("table", id="transitions-table").all("tbody")


def _huge() -> Report:
    report = report_of({(ACCEPTED, (f"code_{number}", "b")): number + 1 for number in range(MANY)})
    for number in range(MANY):
        group_tally(report, "merchant", f"mer_{number}", Change.NEWLY_REJECTED).add(number + 1, "EGP", 5)
    return report


def test_huge_report_shows_the_largest_transitions() -> None:
    """Of ten thousand transitions the page shows the largest, and says how many drafts are in the others."""
    page = parsed(html_report(_huge()))
    shown = [int(row["data-drafts"]) for row in _rows(page)]
    assert shown == list(range(MANY, MANY - MOST_TRANSITIONS, -1))
    rest = MANY - MOST_TRANSITIONS
    told = f"And {rest:,} more transitions of {rest * (rest + 1) // 2:,} drafts, not shown here."
    assert told in page.one("section", id="transitions").text


def test_huge_report_shows_the_merchants_that_change_most() -> None:
    """Of ten thousand merchants the page shows those with the most changes, and says what the others come to."""
    page = parsed(html_report(_huge())).one("section", id="groups")
    rows = page.one("tbody").all("tr")
    assert [row.one("th").text for row in rows] == [f"mer_{number}" for number in range(MANY - 1, MANY - 201, -1)]
    rest = MANY - 200
    assert f"And {rest:,} more merchants of {rest * (rest + 1) // 2:,} drafts, not shown here." in page.text


def test_huge_report_makes_a_small_page() -> None:
    """The size of a page does not follow the size of a report."""
    assert len(html_report(_huge())) < 1_000_000


def test_unchanged_transitions_are_left_out_first() -> None:
    """Transitions to another answer are shown before those to the same one, however many drafts are in these."""
    counts: dict[tuple[Answer, Answer], int] = {
        ((f"same_{number}",), (f"same_{number}",)): 1000 for number in range(MOST_TRANSITIONS)
    }
    page = parsed(html_report(report_of({**counts, (ACCEPTED, ("a",)): 1, (("a",), ACCEPTED): 1})))
    assert [row["data-change"] for row in _rows(page)][:3] == ["newly_rejected", "newly_accepted", "unchanged"]
    assert len(_rows(page)) == MOST_TRANSITIONS


def test_drafts_fill_no_more_than_their_room() -> None:
    """Where drafts are long, the smallest of every transition is shown before the others, as far as there is room."""
    report = Report(HEADER)
    long = dict.fromkeys("abc", "<" * 9000)
    for number in range(120):
        transition = Transition(Tally(120 - number, {}, 120 - number))
        shown = [draft(f"{number}-{each}", place=f"{number}-{each}") for each in range(3)]
        for each in shown:
            object.__setattr__(each, "document", long)
        transition.exemplars, transition.smallest = shown, shown[0]
        report.transitions[ACCEPTED, (f"code_{number:03d}",)] = transition
    page = html_report(report)
    assert len(page) < MOST_CHARACTERS + 1_000_000
    articles = parsed(page).all("article")
    assert len(articles) == 360
    first = [article for article in articles if "smallest" in article.text]
    assert not first[0].text.endswith("holds this one too.")
    assert first[-1].text.endswith("holds this one too.")
    assert all(each.text.endswith("holds this one too.") for each in articles if each not in first)


def test_long_texts_say_how_long_they_are() -> None:
    """A recorded code may be as long as a book; the page shows its beginning."""
    page = html_report(report_of({(ACCEPTED, ("x" * 1_000_000,)): 1}))
    assert len(page) < 100_000
    assert f"{'x' * 200}… (1,000,000 characters)" in page

"""What the pictures show: the flow of answers, and changes over time."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules_engine.dryrun.report import ACCEPTED, CHANGED, UNDECIDED, Answer, Change, Report, Tally, group_tally
from rules_engine.dryrun.reports.html.page import html_report
from rules_engine.dryrun.reports.html.pictures import MOST_LISTS, MOST_STRETCHES, flow, timeline
from rules_engine.dryrun.reports.wording import headline
from tests.dryrun.reports.html.parsed import Node, parsed
from tests.dryrun.reports.html.specimen import HEADER, busy_report, report_of

ANSWERS = st.one_of(
    st.just(ACCEPTED), st.just(UNDECIDED), st.lists(st.sampled_from("abcdefgh"), min_size=1, unique=True).map(tuple)
)
COUNTS = st.dictionaries(st.tuples(ANSWERS, ANSWERS), st.integers(1, 10**12), max_size=40)


@given(COUNTS)
def test_bands_hold_every_draft_that_moves(counts: dict[tuple[Answer, Answer], int]) -> None:
    """Every draft with another answer is in one band, and a side has no more ends than there is room for."""
    bands = flow(report_of(counts))
    assert sum(band.drafts for band in bands) == sum(
        drafts for (before, after), drafts in counts.items() if before != after
    )
    for ends in ({band.before for band in bands}, {band.after for band in bands}):
        assert len(ends) <= MOST_LISTS + 3


@given(COUNTS)
def test_every_flow_can_be_drawn(counts: dict[tuple[Answer, Answer], int]) -> None:
    """Whatever the numbers, each band is drawn once and stands in the table beside the picture."""
    section = parsed(html_report(report_of(counts))).one("section", id="flow")
    bands = flow(report_of(counts))
    assert len(_bands(section)) == len(bands)
    rows = [row for body in section.all("tbody") for row in body.all("tr")]
    assert [row.all("td")[-1].text for row in rows] == [f"{band.drafts:,}" for band in bands]


@given(COUNTS)
def test_picture_and_headline_count_the_same(counts: dict[tuple[Answer, Answer], int]) -> None:
    """As many drafts have another answer in the picture as in the headline, and every draft is counted once."""
    report = report_of(counts)
    said = parsed(html_report(report)).one("section", id="flow").all("p", **{"class": "note"})
    numbers = [int(number.replace(",", "")) for note in said for number in re.findall("[0-9][0-9,]*", note.text)]
    changed = sum(report.changes[change].drafts for change in CHANGED)
    if said:
        assert sum(numbers) == report.read
        assert (f"Drawn: {changed:,} draft" in said[0].text) is (changed > 0)
    assert headline(report).startswith(f"{changed:,} of " if changed else "None of ")


def test_picture_says_what_it_counts() -> None:
    """Drafts that are undecided on one side are drawn, and said apart from those with another answer."""
    report = report_of({(ACCEPTED, ("a",)): 20, (("a",), UNDECIDED): 22, (UNDECIDED, UNDECIDED): 3})
    said = parsed(html_report(report)).one("section", id="flow").one("p", **{"class": "note"}).text
    drawn = "Drawn: 20 drafts with another answer; 22 drafts undecided before or after, but not both."
    assert said == f"{drawn} Not drawn: 3 with the same answer before and after."


def _bands(section: Node) -> list[Node]:
    return [path for path in section.all("path") if (path.attributes.get("class") or "").startswith("band ")]


def test_bands_are_as_thick_as_they_are_many() -> None:
    """A band that holds a hundredth of the drafts is a hundredth as thick, whatever room its name needs."""
    report = report_of({(ACCEPTED, ("a",)): 990, (("b",), ACCEPTED): 10})
    section = parsed(html_report(report)).one("section", id="flow")
    heights = [float(bar["height"]) for bar in section.all("rect")]
    assert heights == pytest.approx([138.6, 1.5, 1.5, 138.6])


def test_small_lists_are_one_end() -> None:
    """Lists of codes beyond the largest flow together, and say how many they are."""
    report = report_of({(ACCEPTED, (f"code_{number}",)): 100 - number for number in range(20)})
    ends = [band.after.name for band in flow(report)]
    assert ends == [*(f"code_{number}" for number in range(MOST_LISTS)), f"other ({20 - MOST_LISTS} lists)"]


LONG_NAME = "acme.a_rule_of_a_host_with_a_name_that_is_far_too_long_for_any_picture"


@pytest.mark.parametrize(
    ("answer", "name", "many"),
    [
        (("price_expired",), "price_expired", "7 drafts"),
        (("price_expired", "coupon_invalid"), "price_expired, coupon_invalid", "2 codes, 7 drafts"),
        ((*(f"a_code_of_some_length_{number}" for number in range(9)),), "0, 1, …", "9 codes, 7 drafts"),
        ((LONG_NAME, "b"), f"{LONG_NAME[:60]}…, …", "2 codes, 7 drafts"),
    ],
)
def test_names_are_cut_at_codes(answer: Answer, name: str, many: str) -> None:
    """A long list is shown by its first codes and how many there are, and all of it stands in its tooltip."""
    section = parsed(html_report(report_of({(ACCEPTED, answer): 7}))).one("section", id="flow")
    named = section.all("div", **{"class": "name"})[-1]
    assert named.text.replace("a_code_of_some_length_", "") == name
    assert named["title"] == ", ".join(answer)[:200] + (
        f"… ({len(', '.join(answer)):,} characters)" if len(", ".join(answer)) > 200 else ""
    )
    assert section.all("div", **{"class": "many"})[-1].text == many


def test_answers_that_stay_flow_nowhere() -> None:
    """Where no draft has another answer, the page says so in place of a picture."""
    section = parsed(html_report(report_of({(("a",), ("a",)): 5}))).one("section", id="flow")
    assert "Every draft keeps its answer." in section.text
    assert section.all("svg") == []


@pytest.mark.parametrize(
    ("span", "grain", "first"),
    [
        (0, "day", "2026-01-01"),
        (119, "day", "2026-01-01"),
        (120, "week", "2025-12-29"),
        (900, "month", "2026-01"),
        (4000, "year", "2026"),
        (60_000, "decade", "2020s"),
        (2_000_000, "century", "2000s"),
    ],
)
def test_days_are_gathered_as_far_as_needed(span: int, grain: str, first: str) -> None:
    """A long time is shown in longer stretches, every one between the first and the last, and no draft is lost."""
    start = date(2026, 1, 1)
    days = {each.isoformat(): {Change.UNCHANGED: Tally(2)} for each in (start, start + timedelta(span))}
    found = timeline(days)
    assert (found.grain, found.names[0]) == (grain, first)
    assert len(found.names) <= MOST_STRETCHES
    assert sum(found.drafts[Change.UNCHANGED]) == 2 * len(days)


@given(st.lists(st.dates(), unique=True, min_size=1))
def test_any_days_can_be_shown(days: list[date]) -> None:
    """Whatever clocks say, the picture has room, and every draft stands in it once."""
    found = timeline({day.isoformat(): {Change.NEWLY_REJECTED: Tally(1)} for day in days})
    drafts = found.drafts[Change.NEWLY_REJECTED]
    assert len(found.names) == len(drafts) <= MOST_STRETCHES
    assert sum(drafts) == len(days)
    assert drafts[0]
    assert drafts[-1]


def test_strips_agree_with_their_table() -> None:
    """Each class has a strip, with a bar for every stretch in which its column of the table is not zero."""
    section = parsed(html_report(busy_report())).one("section", id="days")
    strips = section.all("svg", role="img")
    columns = list(zip(*([cell.text for cell in row.all("td")] for row in section.one("tbody").all("tr")), strict=True))
    assert [strip.all("title")[0].text for strip in strips] == [
        f"{head.text} by week" for head in section.one("thead").all("th")[1:]
    ]
    for strip, column in zip(strips, columns, strict=True):
        assert len(strip.all("rect")) == sum(cell != "0" for cell in column)


def test_what_is_no_day_stands_nowhere_in_time() -> None:
    """A report that was edited may call anything a day; the page shows the others."""
    report = Report(HEADER)
    for day in ("2026-01-01", "yesterday", "2026-13-01", ""):
        group_tally(report, "day", day, Change.UNCHANGED).add(1, None, 0)
    assert "All in one day." in parsed(html_report(report)).one("section", id="days").text

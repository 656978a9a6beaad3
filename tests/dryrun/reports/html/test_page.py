"""The page as a document: well-formed, named, in order, alone in the world, within bounds, and harmless."""

import json
import random
import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules_engine.dryrun.condition import read_condition
from rules_engine.dryrun.report import (
    ACCEPTED,
    DIMENSIONS,
    UNDECIDED,
    Answer,
    Change,
    Lost,
    Report,
    Tally,
    Transition,
    group_tally,
    merge,
)
from rules_engine.dryrun.reports.html.page import MOST_CHARACTERS, MOST_TRANSITIONS, html_report, json_text, plain
from rules_engine.dryrun.reports.tables import GroupingError
from tests.dryrun.reports.html.parsed import Node, parsed
from tests.dryrun.reports.html.specimen import (
    HEADER,
    HOSTILE,
    busy_report,
    draft,
    hostile_report,
    real_report,
    report_of,
)
from tests.house.source import ROOT
from tests.profiles import scaled

REPORTS: dict[str, Callable[[], Report]] = {
    "real": real_report,
    "busy": busy_report,
    "hostile": hostile_report,
    "empty": lambda: Report(HEADER),
    "one": lambda: report_of({(ACCEPTED, ("a",)): 1}),
    "undecided": lambda: report_of({(UNDECIDED, UNDECIDED): 3, (ACCEPTED, ACCEPTED): 1}),
}
EVERY = pytest.mark.parametrize("name", REPORTS)


@cache
def _page(name: str) -> Node:
    return parsed(html_report(REPORTS[name]()))


@EVERY
def test_every_id_is_given_once(name: str) -> None:
    """No two elements have the same id."""
    ids = [node["id"] for node in _page(name).walk() if "id" in node.attributes]
    assert sorted(ids) == sorted(set(ids))


@EVERY
def test_every_reference_leads_somewhere(name: str) -> None:
    """What a label, a link, a sign or a name refers to is there."""
    page = _page(name)
    ids = {node.attributes.get("id") for node in page.walk()}
    referring = ("for", "aria-labelledby", "aria-describedby", "href")
    targets = {node[key] for node in page.walk() for key in referring if key in node.attributes}
    assert {target.removeprefix("#") for target in targets} - ids == {"data:,"}


@EVERY
def test_headings_skip_no_level(name: str) -> None:
    """There is one heading of the page, and none is more than one level below the one before it."""
    levels = [int(node.tag[1]) for node in _page(name).walk() if re.fullmatch("h[1-6]", node.tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@EVERY
def test_every_table_says_what_it_shows(name: str) -> None:
    """Every table has a caption, every head says what it heads, and every row has as many cells as there are heads."""
    for table in _page(name).all("table"):
        assert table.one("caption").text
        assert all(head.attributes.get("scope") in {"col", "row"} for head in table.all("th"))
        heads = len(table.one("thead").all("th"))
        rows = [row for row in table.all("tr") if row.attributes.get("class") != "detail"]
        assert {sum(isinstance(cell, Node) for cell in row.children) for row in rows} == {heads}


@EVERY
def test_every_picture_and_region_has_a_name(name: str) -> None:
    """A picture is named and described, or hidden from those who do not see it; a region to scroll in is named."""
    page = _page(name)
    for picture in page.all("svg"):
        named = {"role": "img"}.items() <= picture.attributes.items() and picture.all("title") and picture.all("desc")
        assert named or picture.attributes.get("aria-hidden") == "true"
    for region in [node for node in page.walk() if node.attributes.get("role") == "region"]:
        assert region.attributes.get("aria-label") or region.attributes.get("aria-labelledby")
        assert region["tabindex"] == "0"


@EVERY
def test_landmarks(name: str) -> None:
    """The page has a language, a title, one main part, a banner, and contents that lead to its parts, which are all."""
    page = _page(name)
    assert page.one("html")["lang"] == "en"
    assert page.one("head").one("title").text.startswith("Dry run: ")
    main, contents = page.one("main"), page.one("nav")
    assert page.all("a")[0]["href"] == f"#{main['id']}"
    linked = [link["href"].removeprefix("#") for link in contents.all("a")]
    assert linked == [part["id"] for part in main.all("section") if "id" in part.attributes]


@EVERY
def test_page_loads_nothing(name: str) -> None:
    """No element refers to anything outside of the page, and the browser is ordered to load and run nothing else."""
    page = _page(name)
    assert not any({"src", "srcset", "action", "style"} & node.attributes.keys() for node in page.walk())
    assert len(page.all("script")) == len(page.all("style")) == 1
    (policy,) = [meta["content"] for meta in page.all("meta") if "http-equiv" in meta.attributes]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert not re.search(r"url\(|@import|https?:", page.one("style").text + page.one("script").text)


def test_equal_reports_give_the_same_page() -> None:
    """However a history is cut, and in whatever order its parts are merged, the page is the same byte by byte."""
    reports = [busy_report(days=9, seed=seed) for seed in range(5)]
    chance, pages = random.Random(1), set[str]()  # noqa: S311  # an order to be tried, the same in every run
    for _ in range(4):
        chance.shuffle(reports)
        first = merge(reports[0].header, reports[:2])
        pages.add(html_report(merge(reports[0].header, [first, *reports[2:]])))
    assert len(pages) == 1


def test_partial_report_says_so_first() -> None:
    """A report that is about a part of the history says which parts are missing, and why, before any number."""
    report = report_of({(ACCEPTED, ("a",)): 1})
    report.lost, report.unfinished = [Lost("b.jsonl, bytes 0 to 9", "the worker died")], 3
    main = parsed(html_report(report)).one("main")
    first = main.children[0]
    assert isinstance(first, Node)
    assert first.one("h2").text == "This report is partial"
    assert "3 parts had not been replayed when the run was ended and 1 part could not be replayed." in first.text
    assert "b.jsonl, bytes 0 to 9" in first.text
    assert "the worker died" in first.text
    assert "partial" not in _page("one").one("main").text


def test_headline_counts_every_class() -> None:
    """The numbers at the top are those of the report, with their share of what was read."""
    report = report_of(
        {(ACCEPTED, ACCEPTED): 9990, (ACCEPTED, ("a",)): 6, (("a",), ()): 2, (("a", "b"), ("b", "a")): 1}
    )
    report.unreadable, report.invalid_facts = 9_999, 2
    tiles = parsed(html_report(report)).one("ul", **{"class": "tiles"}).all("li")
    said = [(tile.all("span")[0].text.strip(), tile.one("strong").text) for tile in tiles]
    assert said == [
        ("Read", "20,000"),
        ("Newly rejected", "6 <0.1%"),
        ("Newly accepted", "2 <0.1%"),
        ("Reasons changed", "0 0%"),
        ("Order only", "1 <0.1%"),
        ("Undecided", "0 0%"),
        ("Invalid facts", "2 <0.1%"),
        ("Unreadable", "9,999 50.0%"),
        ("Unchanged", "9,990 50.0%"),
    ]


@pytest.mark.parametrize(("before", "said"), [((), "1,200 of them newly"), (UNDECIDED, "")])
def test_tile_says_what_is_newly_undecided(before: Answer, said: str) -> None:
    """The tile of the undecided drafts says how many of them were decided before, where there are any."""
    page = parsed(html_report(report_of({(before, UNDECIDED): 1200})))
    tile = page.one("li", **{"class": "tile undecided"})
    assert [span.text for span in tile.all("span", **{"class": "newly"})] == [said] * bool(said)


REPORT = report_of({(ACCEPTED, ACCEPTED): 1990, (ACCEPTED, ("a",)): 10})
BROKEN, KEPT = "newly_rejected > 0.1%", "undecided > 0"


def _with(*conditions: str) -> Node:
    return parsed(html_report(REPORT, conditions=[read_condition(condition) for condition in conditions]))


def test_each_condition_is_shown() -> None:
    """Every condition stands in a table, in the order given: whether it fails, in words, its count and its share."""
    page = _with(BROKEN, KEPT)
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
    page = _with(*conditions)
    assert page.one("p", **{"class": "lead"}).text.startswith(said)
    assert bool(page.all("section", id="conditions")) is bool(conditions)


def _groups(report: Report, *by: str) -> list[str]:
    return [caption.text for caption in parsed(html_report(report, by=by)).one("section", id="groups").all("caption")]


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


MANY = 10_000


def _rows(page: Node) -> list[Node]:
    return page.one("table", id="transitions-table").all("tbody")


@cache
def _huge() -> str:
    report = report_of({(ACCEPTED, (f"code_{number}", "b")): number + 1 for number in range(MANY)})
    for number in range(MANY):
        group_tally(report, "merchant", f"mer_{number}", Change.NEWLY_REJECTED).add(number + 1, "EGP", 5)
    return html_report(report)


def test_huge_report_shows_the_largest_transitions() -> None:
    """Of ten thousand transitions the page shows the largest, and says how many drafts are in the others."""
    page = parsed(_huge())
    shown = [int(row["data-drafts"]) for row in _rows(page)]
    assert shown == list(range(MANY, MANY - MOST_TRANSITIONS, -1))
    rest = MANY - MOST_TRANSITIONS
    said = f"And {rest:,} more transitions of {rest * (rest + 1) // 2:,} drafts, not shown here."
    assert said in page.one("section", id="transitions").text


def test_huge_report_shows_the_merchants_that_change_most() -> None:
    """Of ten thousand merchants the page shows those with the most changes, and says what the others come to."""
    page = parsed(_huge()).one("section", id="groups")
    rows = page.one("tbody").all("tr")
    assert [row.one("th").text for row in rows] == [f"mer_{number}" for number in range(MANY - 1, MANY - 201, -1)]
    rest = MANY - 200
    assert f"And {rest:,} more merchants of {rest * (rest + 1) // 2:,} drafts, not shown here." in page.text


def test_huge_report_makes_a_small_page() -> None:
    """The size of a page does not follow the size of a report."""
    assert len(_huge()) < 1_000_000


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


HTML = ROOT / "rules_engine" / "dryrun" / "reports" / "html"
TEXTS = st.lists(
    st.one_of(
        st.text(alphabet="<>&\"'/=!-[]` \n\tabc\x00\u202e\u2028\ud800\ufeff", max_size=30),
        st.text(max_size=20),
        st.sampled_from(HOSTILE),
    ),
    min_size=2,
    max_size=4,
    unique=True,
)


def _shapes(page: Node) -> set[tuple[str, frozenset[str]]]:
    return {(node.tag, frozenset(node.attributes)) for node in page.walk()}


PLAIN = _shapes(parsed(html_report(hostile_report(("plain", "other", "سعر"))))) | _shapes(
    parsed(html_report(hostile_report(("", "y" * 500, "2026-01-01", "2026-01-02"))))
)


def _check(page: str) -> None:
    read = parsed(page)
    assert _shapes(read) <= PLAIN
    own = [(HTML / name).read_text("utf-8") for name in ("style.css", "script.js")]
    assert [node.text for node in read.walk() if node.tag in {"script", "style"}] == own
    assert not any(name.startswith("on") for node in read.walk() for name in node.attributes)
    assert {node["href"][0] for node in read.walk() if "href" in node.attributes} == {"#", "d"}
    assert not {unicodedata.category(each) for each in {*page} - {*"\n\t"}} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    page.encode()


@settings(max_examples=scaled(60))
@given(TEXTS)
def test_no_text_makes_an_element(texts: list[str]) -> None:
    """Whatever stands in codes, ids, merchants, evidence or problems, the page is made of its own elements only."""
    _check(html_report(hostile_report(tuple(texts))))


@pytest.mark.parametrize("text", HOSTILE[:-1])
def test_hostile_text_can_be_read(text: str) -> None:
    """A hostile text is shown as it is, with what hides in it written as numbers."""
    page = html_report(hostile_report((text, "other")))
    _check(page)
    shown = parsed(page)
    assert plain(text) in shown.one("h1").text
    assert plain(text) in shown.one("head").one("title").text
    picture = shown.one("svg", role="img", **{"aria-labelledby": "flow-title"})
    names = [node.text for node in picture.all("div", **{"class": "name"})]
    assert any(plain(text)[:20] in name for name in names)


@given(st.text(min_size=1, max_size=50))
def test_text_is_what_a_browser_reads(text: str) -> None:
    """What a browser reads in an element and in an attribute is the text, with hidden characters as numbers."""
    page = parsed(html_report(report_of({(ACCEPTED, (text,)): 1})))
    body = page.one("table", id="transitions-table").one("tbody")
    assert body.one("code").text == plain(text)
    assert body["data-after"] == plain(text)


def test_hidden_characters_are_written_as_numbers() -> None:
    """What turns the direction of writing, or is not seen, is seen; letters of every script stay."""
    assert plain("a\u202eb\u200bc\x00d\ud800e") == "a⟨U+202E⟩b⟨U+200B⟩c⟨U+0000⟩d⟨U+D800⟩e"
    assert plain("سعر, 価格, Ünïcode, 😀, a\tb\nc") == "سعر, 価格, Ünïcode, 😀, a\tb\nc"


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


@given(VALUES)
def test_what_is_text_reads_back(value: Any) -> None:
    """A document is text as JSON that reads back to the same, and in which no character hides."""
    text = json_text(value, 1_000_000)
    assert json.loads(text) == value
    assert plain(text) == text


def test_layout() -> None:
    """Documents are indented, letters stay letters, and Decimals stand digit by digit."""
    value = {"a": [1, Decimal("2.50")], "ب": {}, "c": []}
    assert json_text(value, 1000) == '{\n  "a": [\n    1,\n    2.50\n  ],\n  "ب": {},\n  "c": []\n}'


def test_long_document_is_cut() -> None:
    """A document is cut where there is no more room, and says so."""
    text = json_text(["x" * 10] * 1000, 200)
    assert len(text) < 300
    assert text.endswith("… the rest is not shown here; the report as JSON has all of it")

"""The page as a document: well-formed, named, in order, alone in the world, and the same for equal reports."""

import random
import re
from collections.abc import Callable
from itertools import pairwise

import pytest

from rules_engine.dryrun.report import ACCEPTED, UNDECIDED, Answer, Lost, Report, merge
from rules_engine.dryrun.reports.html.page import html_report
from tests.dryrun.reports.html.parsed import Node, parsed
from tests.dryrun.reports.html.specimen import HEADER, busy_report, hostile_report, real_report, report_of

REPORTS: dict[str, Callable[[], Report]] = {
    "real": real_report,
    "busy": busy_report,
    "hostile": hostile_report,
    "empty": lambda: Report(HEADER),
    "one": lambda: report_of({(ACCEPTED, ("a",)): 1}),
    "undecided": lambda: report_of({(UNDECIDED, UNDECIDED): 3, (ACCEPTED, ACCEPTED): 1}),
}
EVERY = pytest.mark.parametrize("name", REPORTS)


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
    """No element refers to anything outside of the page, and the browser is told to load and run nothing else."""
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


def test_whole_report_warns_of_nothing() -> None:
    """A report of all of the history has no warning."""
    assert "partial" not in parsed(html_report(report_of({(ACCEPTED, ("a",)): 1}))).one("main").text


def test_headline_counts_every_class() -> None:
    """The numbers at the top are those of the report, with their share of what was read."""
    report = report_of(
        {(ACCEPTED, ACCEPTED): 9990, (ACCEPTED, ("a",)): 6, (("a",), ()): 2, (("a", "b"), ("b", "a")): 1}
    )
    report.unreadable = 10_001
    tiles = parsed(html_report(report)).one("ul", **{"class": "tiles"}).all("li")
    told = [(tile.all("span")[0].text.strip(), tile.one("strong").text) for tile in tiles]
    assert told == [
        ("Read", "20,000"),
        ("Newly rejected", "6 <0.1%"),
        ("Newly accepted", "2 <0.1%"),
        ("Reasons changed", "0 0%"),
        ("Order only", "1 <0.1%"),
        ("Undecided", "0 0%"),
        ("Unreadable", "10,001 50.0%"),
        ("Unchanged", "9,990 50.0%"),
    ]


def test_tile_says_what_is_newly_undecided() -> None:
    """The tile of the undecided drafts says how many of them were decided before, where there are any."""
    counts: dict[tuple[Answer, Answer], int] = {(ACCEPTED, UNDECIDED): 1200, (UNDECIDED, UNDECIDED): 5}
    assert "1,200 of them newly" in _tile_of_undecided(counts)
    assert "newly" not in _tile_of_undecided({(UNDECIDED, UNDECIDED): 5})


def _tile_of_undecided(counts: dict[tuple[Answer, Answer], int]) -> str:
    return parsed(html_report(report_of(counts))).one("li", **{"class": "tile undecided"}).text

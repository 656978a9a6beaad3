"""Texts of strangers show as text, wherever they stand and whatever they hold."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules_engine.dryrun.report import ACCEPTED
from rules_engine.dryrun.reports.html.page import html_report, plain
from tests.dryrun.reports.html.parsed import Node, parsed
from tests.dryrun.reports.html.specimen import HOSTILE, hostile_report, report_of
from tests.house.source import ROOT
from tests.profiles import scaled

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

"""The page in a real browser: it needs no network, no mouse and no script, and looks right in any light."""

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from rules_engine.dryrun.condition import read_condition
from rules_engine.dryrun.report import ACCEPTED, Report
from rules_engine.dryrun.reports.html.page import html_report
from tests.dryrun.reports.html.specimen import busy_report, hostile_report, real_report, report_of

if TYPE_CHECKING:
    from tests.dryrun.reports.html.chromium import Chromium


pytestmark = pytest.mark.browser

ENTER, SPACE, DOWN, HOME = "\ue007", "\ue00d", "\ue015", "\ue011"
SHOWN = """
return [...document.querySelectorAll('.transitions tbody')].filter((row) => !row.hidden)
  .map((row) => [row.dataset.change, row.dataset.before, row.dataset.after, Number(row.dataset.drafts)]);
"""


@pytest.mark.parametrize("report", [real_report, busy_report], ids=["real", "busy"])
def test_opens_alone(chromium: "Chromium", report: Callable[[], Report]) -> None:
    """The page opens from a file, asks for nothing but itself, and the browser has nothing to complain about."""
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


PHONE = (360, 740)
CAPTION = "From old answers to new ones, and how many drafts go there"
UNFOLD = "for (const each of document.querySelectorAll('details')) each.open = true"
LUMINANCE = """
const channels = (color) => {
  const [red, green, blue, alpha = 1] = color.match(/[0-9.]+/g).map(Number);
  return { rgb: [red, green, blue], alpha };
};
const luminance = (color) => {
  const [red, green, blue] = channels(color).rgb.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const ground = (element) => {
  for (let each = element; each; each = each.parentElement) {
    const color = getComputedStyle(each).backgroundColor;
    if (channels(color).alpha === 1) return color;
  }
  throw new Error("no ground");
};
const contrast = (one, other) => {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
};
"""
TEXTS = f"""{LUMINANCE}
const found = [];
for (const each of document.body.querySelectorAll("*")) {{
  const holds = [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  if (!holds || !each.checkVisibility() || each.closest("script, title, desc")) continue;
  const style = getComputedStyle(each);
  const color = each instanceof SVGElement ? style.fill : style.color;
  found.push([contrast(color, ground(each)), `${{each.tagName}}.${{each.className}}: ${{each.textContent}}`]);
}}
return found;
"""
BOXES = """
const picture = document.querySelector("svg.flow").getBoundingClientRect();
const texts = [...document.querySelectorAll(".flow .label")].map((label) => {
  const [name, many] = [...label.children].map((each) => each.getBoundingClientRect());
  const [left, right] = [Math.min(name.left, many.left), Math.max(name.right, many.right)];
  return [left, right, Math.ceil(name.top), Math.floor(many.bottom)];
});
return [picture.left, picture.right, ...texts];
"""
"""Where the picture begins and ends, and each label of it: left, right, top and bottom, in CSS pixels."""
SIGNS = f"""{LUMINANCE}
return [...document.querySelectorAll(".sign, .strip, .bar, .controls input, .controls select")].map((each) => {{
  const style = getComputedStyle(each);
  const isSign = each.matches(".sign");
  const color = isSign ? style.backgroundColor : each.matches("svg") ? style.fill : style.borderTopColor;
  return [contrast(color, ground(each.parentElement)), `${{each.tagName}}.${{each.getAttribute("class") ?? each.id}}`];
}});
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("report", [busy_report, real_report], ids=["busy", "real"])
def test_contrast(chromium: "Chromium", report: Callable[[], Report], scheme: str) -> None:
    """Every text stands out from its ground by 4.5 to 1 at least, every sign and bar by 3 to 1, light and dark."""
    conditions = [read_condition(text) for text in ("unreadable > 0", "newly_accepted > 99%")]
    chromium.open(html_report(report(), conditions=conditions), scheme=scheme)
    chromium.run(UNFOLD)
    texts, signs = chromium.run(TEXTS), chromium.run(SIGNS)
    assert len(texts) > 100
    assert [name for ratio, name in texts if ratio < 4.5] == []
    assert [name for ratio, name in signs if ratio < 3] == []


def test_dark_is_dark(chromium: "Chromium") -> None:
    """The page is as light or as dark as the reader prefers it."""
    grounds = {}
    for scheme in ("light", "dark"):
        chromium.open(html_report(real_report()), scheme=scheme)
        grounds[scheme] = chromium.run(f"{LUMINANCE} return luminance(ground(document.querySelector('main')))")
    assert grounds["dark"] < 0.05
    assert grounds["light"] > 0.8


@pytest.mark.parametrize("report", [busy_report, real_report, hostile_report], ids=["busy", "real", "hostile"])
def test_phone_scrolls_down_only(chromium: "Chromium", report: Callable[[], Report]) -> None:
    """On a phone nothing is wider than the page: what is wide scrolls in a region that the keyboard reaches."""
    chromium.open(html_report(report()), PHONE)
    for script in ("", UNFOLD):
        chromium.run(script)
        assert chromium.run("return [document.documentElement.scrollWidth, innerWidth]") == [360, 360]
    wide = "return [...document.querySelectorAll('.scroll')].filter((each) => each.scrollWidth > each.clientWidth)"
    regions = chromium.run(wide)
    assert regions
    assert all(region.get_attribute("tabindex") == "0" for region in regions)


@pytest.mark.parametrize("report", [busy_report, real_report, hostile_report], ids=["busy", "real", "hostile"])
@pytest.mark.parametrize("size", [(1280, 900), PHONE], ids=["desk", "phone"])
def test_picture_of_the_flow_fits(chromium: "Chromium", report: Callable[[], Report], size: tuple[int, int]) -> None:
    """Both sides of the picture are seen at once: no name and no number leaves it, or runs into another."""
    chromium.open(html_report(report()), size)
    left, right, *boxes = chromium.run(BOXES)
    assert 0 <= left < right <= size[0]
    assert len(boxes) >= 2
    assert [box for box in boxes if box[0] < left or box[1] > right] == []
    for side in (True, False):
        column = sorted(box[2:] for box in boxes if (box[1] < (left + right) / 2) is side)
        assert column
        assert all(above[1] <= below[0] for above, below in pairwise(column))


def test_names_in_the_flow_can_be_read_in_full(chromium: "Chromium") -> None:
    """What a phone cuts from a name is cut with an ellipsis, and shown where the name is pointed at."""
    chromium.open(html_report(busy_report()), PHONE)
    cut = "return [...document.querySelectorAll('.flow .name')].filter((each) => each.scrollHeight > each.clientHeight)"
    names = chromium.run(cut)
    assert names
    for name in names:
        assert name.value_of_css_property("-webkit-line-clamp") in {"2", "3"}
        assert len(name.get_attribute("title")) >= len(name.get_attribute("textContent"))


def test_phone_shows_verdicts_below_each_other(chromium: "Chromium") -> None:
    """On a phone the second verdict stands below the first."""
    chromium.open(html_report(real_report()), PHONE)
    chromium.run(UNFOLD)
    before, after = (chromium.find(f"article .verdict:nth-child({place})") for place in (1, 2))
    assert before.rect["x"] == after.rect["x"]
    assert after.rect["y"] >= before.rect["y"] + before.rect["height"]


def test_hostile_texts_stay_in_their_place(chromium: "Chromium") -> None:
    """However long a text is, nothing is wider than a desk's page either."""
    chromium.open(html_report(hostile_report()))
    chromium.run(UNFOLD)
    assert chromium.run("return document.documentElement.scrollWidth === document.documentElement.clientWidth")


@pytest.mark.parametrize("size", [(1280, 900), PHONE], ids=["desk", "phone"])
def test_everything_has_a_name(chromium: "Chromium", size: tuple[int, int]) -> None:
    """Assistive technology finds landmarks, tables, pictures and controls, each with a name."""
    chromium.open(html_report(busy_report()), size)
    found = chromium.accessible()
    named = {"button", "link", "searchbox", "combobox", "image", "region", "table", "navigation", "columnheader"}
    assert [pair for pair in found if pair[0] in named and not pair[1].strip()] == []
    assert {*named, "main", "banner", "status", "heading", "rowheader"} <= {role for role, _ in found}
    assert ("searchbox", "Codes, ids or places") in found
    assert ("table", CAPTION) in found
    assert ("image", "Flow of drafts from old answers to new ones") in found
    assert ("columnheader", "Drafts") in found


def test_table_stays_a_table_on_a_phone(chromium: "Chromium") -> None:
    """Where rows are laid out as cards, assistive technology still finds as many cells in each as there are heads."""
    chromium.open(html_report(real_report()), PHONE)
    nodes = {node["nodeId"]: node for node in chromium.command("Accessibility.getFullAXTree")["nodes"]}
    (table,) = [
        node for node in nodes.values() if node.get("name", {}).get("value") == CAPTION and _role(node) == "table"
    ]
    groups = [nodes[child] for child in table["childIds"] if _role(nodes[child]) == "rowgroup"]
    rows = [[_role(nodes[cell]) for cell in nodes[group["childIds"][0]]["childIds"]] for group in groups]
    assert rows[0][:4] == ["columnheader"] * 4
    assert len(rows) > 50
    assert all(row == ["rowheader", "cell", "cell", "cell", "cell"] for row in rows[1:])


def _role(node: dict[str, Any]) -> str:
    return str(node["role"]["value"])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_results_are_read_and_seen(chromium: "Chromium", scheme: str) -> None:
    """Assistive technology finds the result in its cell, and both results differ in more than in colour."""
    page = html_report(
        report_of({(ACCEPTED, ACCEPTED): 1990, (ACCEPTED, ("a",)): 10}),
        conditions=[read_condition("newly_rejected > 0.1%"), read_condition("undecided > 0")],
    )
    chromium.open(page, scheme=scheme)
    found = chromium.accessible()
    assert ("rowheader", "newly_rejected > 0.1%") in found
    assert [name for role, name in found if role == "cell" and name in {"fails", "passes"}] == ["fails", "passes"]

"""The bench prints what it measured, as tables, as JSON, as a page and as a drawing."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree as ET

import pytest

from benches.__main__ import main
from benches.contestants import ENGINE, RECORD_GIVEN, STRAIGHT, contestants
from benches.documents import measured
from benches.measure import BASE, Timed, measure
from benches.plot import drawing
from benches.straight_line import MOST_LINES

pytestmark = pytest.mark.slow

SVG: Final = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run the bench once, small, with everything it can write."""
    return tmp_path_factory.mktemp("written")


@pytest.fixture(scope="module")
def run(written: Path) -> dict[str, Any]:
    """Return the JSON of the run."""
    with pytest.MonkeyPatch.context() as patch:
        printed: list[str] = []
        patch.setattr("builtins.print", lambda *parts, **_: printed.extend(map(str, parts)))
        status = main(
            ["--small", "--json", "--lines", "3", "--results", f"{written}/page.md", "--plot", f"{written}/plot.svg"]
        )
    assert status == 0
    document: dict[str, Any] = json.loads("\n".join(printed))
    return document


def test_json_has_every_contestant_on_every_draft(run: dict[str, Any]) -> None:
    """Each contestant is timed on the clean and on the dirty draft, with a median between its quartiles."""
    present, _ = contestants(MOST_LINES)
    rows = {(row["path"], row["who"], row["clean"]) for row in run["drafts"]}
    assert rows == {(item.path.value, item.name, clean) for item in present for clean in (True, False)}
    costs = [row["cost"] for row in run["drafts"]]
    assert all(0 < cost["lowerQuartile"] <= cost["median"] <= cost["upperQuartile"] for cost in costs)


def test_ratios_are_against_the_references(run: dict[str, Any]) -> None:
    """Straight-line Python costs once what straight-line Python costs."""
    ratios = [
        row["timesStraightLine"]["median"] for row in run["drafts"] if (row["path"], row["who"]) == ("object", STRAIGHT)
    ]
    assert ratios == [1, 1]


def test_json_counts_agreement(run: dict[str, Any]) -> None:
    """For everybody it has in how many drafts of how many the answers were equal."""
    assert run["agreement"]
    assert all(row["agreed"] == row["compared"] > 40 for row in run["agreement"])


def test_json_has_memory_imports_and_bars(run: dict[str, Any]) -> None:
    """Memory is traced for everybody, imports are compared with attrs and cattrs, and each bar is met or not."""
    assert {row["who"] for row in run["memory"]} == {row["who"] for row in run["agreement"]}
    assert next(row for row in run["imports"] if row["what"] == BASE)["timesAttrsCattrs"]["median"] == 1
    assert all(bar["met"] is None for bar in run["bars"] if not bar["bar"])
    assert all(isinstance(bar["met"], bool) for bar in run["bars"] if bar["bar"])


def test_the_page_says_where_its_figures_are_from(run: dict[str, Any], written: Path) -> None:
    """The page names the command, the machine and the versions, and has every table."""
    page = (written / "page.md").read_text(encoding="utf-8")
    assert f"`python -m benches --results {written.as_posix()}/page.md`" in page
    assert run["machine"] in page
    assert all(f"{name} {version}" in page for name, version in run["versions"].items())
    assert [line for line in page.splitlines() if line.startswith("## ")] == [
        "## Bars",
        "## Cost of a draft",
        "## Memory of a clean draft of 3 lines",
        "## Import",
    ]


def test_the_drawing_can_be_read_aloud(run: dict[str, Any], written: Path) -> None:
    """The drawing is well-formed, is an image to a reader of screens, and says in words what it shows."""
    root = ET.fromstring((written / "plot.svg").read_text(encoding="utf-8"))  # noqa: S314  # the project's own drawing
    assert root.attrib["role"] == "img"
    labels = {element.attrib["id"]: element.text or "" for element in root if "id" in element.attrib}
    assert root.attrib["aria-labelledby"].split() == list(labels) == ["title", "description"]
    assert root[0].tag == f"{SVG}title"
    assert root[1].tag == f"{SVG}desc"
    object_path = {row["who"] for row in run["drafts"] if row["path"] == "object"}
    shown = {who for who in object_path if not who.endswith(RECORD_GIVEN)}
    assert all(f"{who}: " in labels["description"] for who in shown)
    assert shown <= {element.text for element in root.iter(f"{SVG}text")}


def test_names_in_the_drawing_do_not_overlap() -> None:
    """However close the curves end, each name has a line of its own, within the drawing."""
    root = ET.fromstring(drawing({f"curve {number}": [(1, 10.0), (9, 90.0)] for number in range(12)}))  # noqa: S314  # the same
    named = [element for element in root.iter(f"{SVG}text") if (element.text or "").startswith("curve")]
    places = sorted(float(element.attrib["y"]) for element in named)
    assert len(places) == 12
    assert all(after - before >= 15 for before, after in pairwise(places))
    assert places[-1] < 560


def test_names_are_text_and_not_markup() -> None:
    """A name with signs of markup is shown as it is."""
    root = ET.fromstring(drawing({"<b>&": [(1, 1.0)]}))  # noqa: S314  # the same
    assert "<b>&" in {element.text for element in root.iter(f"{SVG}text")}


def test_rounds_are_taken_in_turns() -> None:
    """Every entry has a sample of every round."""
    case = measured(1, clean=True)
    entries = [
        Timed(contestant=item, case=case, lines=1, clean=True, samples=[])
        for item in contestants(MOST_LINES)[0]
        if item.name in (ENGINE, STRAIGHT)
    ]
    measure(entries, rounds=3, seconds=0.0001)
    assert [len(entry.samples) for entry in entries] == [3, 3, 3]


@pytest.mark.parametrize("lines", ["0", "101", "999", "x", ""])
def test_lines_that_no_draft_has(lines: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A number of lines that is not measured is refused with those that are."""
    with pytest.raises(SystemExit):
        main(["--lines", lines])
    assert "expected numbers from 1 to 100, or 1000" in capsys.readouterr().err

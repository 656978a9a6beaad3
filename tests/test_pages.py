"""The pages for readers state what is so, and their snippets do what they show."""

import ast
import doctest
import re
from pathlib import Path
from typing import Final

import pytest

from rules_engine import OPERATIONS, Mode
from tests.house.source import modules

DOCS: Final = Path(__file__).parents[1] / "docs"
INTEGRATING: Final = (DOCS / "integrating.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("page", "least"),
    [
        ("index.md", 3),
        ("concepts.md", 8),
        ("integrating.md", 20),
        ("own-rules.md", 10),
        ("keeping-drafts.md", 10),
        ("shadow.md", 8),
        ("dry-run-scale.md", 10),
        ("history.md", 6),
        pytest.param("testing.md", 20, marks=pytest.mark.slow),
    ],
)
def test_every_snippet_does_what_it_shows(page: str, least: int) -> None:
    """Every Python snippet of a page prints what stands below it, and every Python snippet is one that is run."""
    text = (DOCS / page).read_text(encoding="utf-8")
    test = doctest.DocTestParser().get_doctest(text, {}, page, page, 0)
    failures: list[str] = []
    results = doctest.DocTestRunner(optionflags=doctest.REPORT_NDIFF).run(test, out=failures.append)
    assert results.attempted > least
    assert results.failed == 0, "".join(failures)
    assert [block for block in re.findall("```python\n(.*?)```", text, re.DOTALL) if not block.startswith(">>> ")] == []


@pytest.mark.parametrize("page", ["policies/README.md", "policies/history/README.md"])
def test_links_of_pages_outside_the_site_lead_to_files(page: str) -> None:
    """Every link of a page that is no page of the site leads to a file; the build of the site tries all others."""
    path = DOCS.parent / page
    links = re.findall(r"\]\((?!https://)([^)#]+)[^)]*\)", path.read_text(encoding="utf-8"))
    assert links
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_every_moment_has_its_operation() -> None:
    """The table of moments has every operation once."""
    rows = re.findall(r"^\| [^|`]+ \| (`[a-z_.`, ]+`) \|$", INTEGRATING, re.MULTILINE)
    listed = [operation for operations in rows for operation in re.findall(r"`([\w.]+)`", operations)]
    assert sorted(operation for operation in listed if "." in operation) == sorted(OPERATIONS)


def test_every_kind_of_fact_has_its_place() -> None:
    """The table of facts has every kind that a builder requires; of a field of an object, the object."""
    asked = {
        constant.value
        for module in modules("rules_engine/views")
        for call in ast.walk(module.tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func) in {"look_up", "unknown.append", "unknown.extend"}
        for argument in call.args
        for constant in ast.walk(argument)
        if isinstance(constant, ast.Constant) and isinstance(constant.value, str)
    }
    table = re.search(r"^\| kind \|.*?\n\n", INTEGRATING, re.MULTILINE | re.DOTALL)
    assert table is not None
    listed = set(re.findall(r"`([a-z][A-Za-z.]+)`", table.group()))
    assert len(asked) > 20
    assert {kind for kind in asked if kind not in listed and kind.partition(".")[0] not in listed} == set()


def test_modes() -> None:
    """The table of modes has every mode, from the hardest to none."""
    rows = re.findall(r"^\| `([a-z]+)` \| ", INTEGRATING.partition("| mode |")[2].partition("\n\n")[0], re.MULTILINE)
    assert rows == [mode.value for mode in Mode]


def test_figures_are_those_of_the_results() -> None:
    """Every figure of the page stands in the results that the bench wrote, in the row of the same contestant."""
    passage = (DOCS / "performance.md").read_text(encoding="utf-8")
    shown = [
        tuple(cell.strip() for cell in row.split("|")[1:-1]) for row in re.findall(r"^\|.*\|$", passage, re.MULTILINE)
    ]
    results = [
        tuple(cell.strip() for cell in row.split("|")[1:-1])
        for row in re.findall(
            r"^\| (?:object|wire) \| clean \| 3 \|.*\|$",
            (DOCS.parent / "benches" / "RESULTS.md").read_text(encoding="utf-8"),
            re.MULTILINE,
        )
    ]
    measured = [(path, who, rules, cost, ratio) for path, _, _, who, rules, cost, _, ratio, *_ in results]
    assert len(shown) > 8
    assert [row for row in shown[2:] if row not in measured] == []

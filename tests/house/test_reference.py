"""The reference that is written when the site is built has everything, and says what each field means."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import attrs
import pytest

import rules_engine
from docs.write_reference import meanings, models_below, pages
from rules_engine import CATALOGUE, OPERATIONS, RULES, models
from rules_engine.rules.limits import LIMITS
from tests.house.source import ROOT

SAID_BY_THE_CLASS = {models.Address, models.BrandingColors, models.Missing}
"""Models whose sentence says of every field what it means."""
REQUESTS_AND_FACTS = {
    model for root in (models.Facts, *(row.request for row in OPERATIONS.values())) for model in models_below(root)
}


@pytest.fixture(scope="module")
def reference() -> dict[str, str]:
    """Render every page of the reference."""
    return pages()


def test_every_code_has_a_page_with_its_rules(reference: dict[str, str]) -> None:
    """Each code has a page, and each rule stands on the page of its code, once."""
    assert {f"codes/{name}.md" for name in CATALOGUE} < set(reference)
    for name in CATALOGUE:
        listed = re.findall("^### `(.*)`$", reference[f"codes/{name}.md"], re.MULTILINE)
        assert sorted(listed) == sorted(rule.name for rule in RULES if rule.code.name == name)


def test_indexes_have_everything_once(reference: dict[str, str]) -> None:
    """The pages of codes, operations and limits have each of them once, in order."""
    assert _first_column(reference["codes/index.md"]) == list(CATALOGUE)
    assert _first_column(reference["operations/index.md"]) == list(OPERATIONS)
    assert re.findall("^## `(.*)`$", reference["limits.md"], re.MULTILINE) == [limit.name for limit in LIMITS]


@pytest.mark.parametrize("model", sorted(REQUESTS_AND_FACTS - SAID_BY_THE_CLASS, key=repr))
def test_every_field_has_a_meaning(model: type) -> None:
    """Each field of a request and of the facts says what it means."""
    assert [name for name, meaning in meanings(model).items() if not meaning] == []


def test_every_field_is_in_its_table(reference: dict[str, str]) -> None:
    """The page of facts has a table of each model, with all of its fields."""
    tables = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", reference["facts.md"], re.MULTILINE | re.DOTALL))
    for model in models_below(models.Facts)[1:]:
        assert len(_first_column(tables[model.__name__])) == len(attrs.fields(model))


def test_every_public_name_is_on_the_page_of_the_api() -> None:
    """The page of the Python API has every public name of the package once."""
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^::: rules_engine\.(\w+)$", page, re.MULTILINE)) == sorted(
        [*rules_engine.__all__, "dryrun", "testing"]
    )


def test_every_page_is_in_the_navigation(reference: dict[str, str]) -> None:
    """Each page leads from the navigation, by itself or in its folder, and the navigation has no page twice."""
    config = tomllib.loads((ROOT / "docs" / "zensical.toml").read_text(encoding="utf-8"))
    linked = list(_places(config["project"]["nav"]))
    written = {path.name for path in (ROOT / "docs").glob("*.md")}
    generated = {f"reference/{path}" for path in reference if path.endswith(".md") and path.count("/") == 0}
    assert sorted(linked) == sorted(written | generated | {"reference/codes/", "reference/operations/"})


def _places(nav: Any) -> Iterator[str]:
    if isinstance(nav, str):
        yield nav
    else:
        for item in nav.values() if isinstance(nav, dict) else nav:
            yield from _places(item)


def _first_column(text: str) -> list[str]:
    return re.findall(r"^\| \[?`(.*?)`", text, re.MULTILINE)

"""The policies that come with the project are valid, explained, and fit the shops they are for."""

import json
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from rules_engine import Engine, PolicySet
from rules_engine.examples import changed

POLICIES = Path(__file__).parents[2] / "policies"
SET = PolicySet.load(POLICIES)
SHOPS = {"pottery": "mer_live_TeenElFayoum", "electronics": "mer_live_DanaDigital"}
CLEAN = [
    path
    for path in sorted((POLICIES / "drafts").glob("*.json"))
    if path.name.startswith(tuple(SHOPS)) and len(path.with_suffix(".expected").read_text("utf-8").splitlines()) == 1
]


def _draft(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((POLICIES / "drafts" / f"{name}.json").read_text("utf-8"))
    return document


def _engine(document: dict[str, Any]) -> Engine:
    facts = document["facts"]
    return Engine(SET.for_merchant(facts["merchant"]["id"], at=datetime.fromisoformat(facts["now"])))


def test_every_shop_has_its_policy() -> None:
    """The merchants are those of the drafts, and their policies are called after the shops."""
    now = datetime.fromisoformat("2026-11-22T10:00:00Z")
    assert {shop: SET.for_merchant(merchant, at=now).id for shop, merchant in SHOPS.items()} == {
        shop: shop for shop in SHOPS
    }


@pytest.mark.parametrize("path", CLEAN, ids=lambda path: path.stem)
def test_clean_drafts_stay_clean(path: Path) -> None:
    """What the default policy accepts of a shop, its own policy does too."""
    document = _draft(path.stem)
    verdict = _engine(document).validate(document)
    assert verdict.accepted
    assert verdict.policy == path.stem.partition("_")[0]


def test_the_waiver_of_the_pottery() -> None:
    """A piece that is sold out is refused in the shop, first of all, and tolerated at the bazaar until it is over."""
    document = changed(
        _draft("pottery_clean_create"),
        {"/facts/prices/price_live_OliveMug/stock": 0, "/facts/prices/price_live_OliveMug/active": False},
    )
    engine = _engine(document)
    assert engine.validate(document).codes == ("price_sold_out", "price_inactive")
    bazaar = changed(document, {"/request/metadata": {"channel": "bazaar"}})
    verdict = engine.validate(bazaar)
    assert verdict.codes == ("price_inactive",)
    assert [waived.waiver for waived in verdict.waived] == ["bazaar"]
    over = changed(bazaar, {"/facts/now": "2027-01-09T22:00:00Z"})
    assert "price_sold_out" in engine.validate(over).codes


@pytest.mark.parametrize("path", [*POLICIES.glob("*.toml"), *POLICIES.glob("merchants/*.toml")], ids=lambda p: p.stem)
def test_written_for_people(path: Path) -> None:
    """A policy opens with what it is for, and explains every limit and every rule that it sets."""
    lines = path.read_text("utf-8").splitlines()
    assert lines[0].startswith("# ")
    table = ""
    for above, line in pairwise(lines):
        table = line if line.startswith("[") else table
        if table in ("[limits]", "[rules]") and "=" in line and not line.startswith("#"):
            assert above.startswith("#"), line

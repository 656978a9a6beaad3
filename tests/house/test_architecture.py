"""The page on the architecture has what the code cites."""

import re
from itertools import chain

from tests.house.source import ROOT, modules
from tests.house.test_layers import FACE, LAYERS

PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
INVARIANTS = [int(number) for number in re.findall(r"^### Invariant (\d+): ", PAGE, re.MULTILINE)]
CITATION = re.compile(r"\binvariants? (?P<numbers>\d+(?:(?:, | and | to )\d+)*)", re.IGNORECASE)


def test_invariants_are_numbered() -> None:
    """Invariants are numbered from 1, without a gap, so that a number that is cited keeps its meaning."""
    assert list(range(1, len(INVARIANTS) + 1)) == INVARIANTS


def test_every_cited_invariant_is_on_the_page() -> None:
    """Each invariant that code, tests or docs cite is on the page."""
    python = {
        module.shown: module.text
        for folder in ("rules_engine", "tests", "benches", "policies")
        for module in modules(folder)
    }
    pages = {path.name: path.read_text(encoding="utf-8") for path in chain(ROOT.glob("*.md"), ROOT.glob("docs/*.md"))}
    cited = {
        f"{name}: invariant {number}": int(number)
        for name, text in (python | pages).items()
        for citation in CITATION.finditer(text)
        for number in re.findall(r"\d+", citation["numbers"])
    }
    assert len(cited) > len(INVARIANTS)
    assert [place for place, number in cited.items() if number not in INVARIANTS] == []


def test_every_room_is_on_the_page() -> None:
    """Each part of the library is in the table of rooms, but for small modules that several of them use."""
    (table,) = re.findall(r"^\| room \|.*?\n\n", PAGE, re.MULTILINE | re.DOTALL)
    rooms = [room for floor in LAYERS for room in floor if room != FACE]
    packages = [room for room in rooms if (ROOT / "rules_engine" / room).is_dir()]
    listed = set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`.*?) \|", table, re.MULTILINE))))
    assert set(packages) - listed == set()
    assert listed - set(rooms) == set()

"""The page on the directory of policies states what is so."""

import re

from tests.house.source import ROOT

PAGE = (ROOT / "policies" / "README.md").read_text(encoding="utf-8")


def test_links_lead_somewhere() -> None:
    """Every link of the page leads to a file."""
    links = re.findall(r"\]\(([^)#]+)\)", PAGE)
    assert len(links) > 5
    assert [link for link in links if not (ROOT / "policies" / link).exists()] == []


def test_every_command_is_in_a_block() -> None:
    """No command stands in the middle of a sentence, where nothing would try it."""
    prose = re.sub(r"^```.*?^```$", "", PAGE, flags=re.MULTILINE | re.DOTALL)
    assert "rules-engine" not in prose


def test_counts_are_derived() -> None:
    """What is counted on the page is what a command prints: the prose has no number of rules, tests or limits."""
    prose = re.sub(r"^```.*?^```$", "", PAGE, flags=re.MULTILINE | re.DOTALL)
    assert re.findall(r"\d+ (?:rules|tests|limits|codes|mutants|policies)", prose) == []

"""The page on policies has what the loader reads."""

import json
import re
from pathlib import Path

import pytest

from rules_engine import CATALOGUE, MetadataMatch, Mode, PolicyProblem, Waiver, WaiverMatch, read_policy
from rules_engine.analysis import suites
from rules_engine.analysis.coverage import run_suites
from rules_engine.codes import Origin
from rules_engine.policy import read
from rules_engine.policy.load import LARGEST_FILE, LONGEST_CHAIN
from tests.cli.samples import clean
from tests.house.source import ROOT
from tests.plugins.acme_rules.acme_rules import RULES as ACME_RULES

PAGE = (ROOT / "docs" / "policies.md").read_text(encoding="utf-8")
QUOTED = set(re.findall(r"`(?:\[+)?([\w.*-]+)(?:\]+)?`", PAGE))
KEYS = (*read.KEYS, *read.RULE_KEYS, *read.PIPELINE_KEYS, *read.WAIVER_KEYS, *read.MATCH_KEYS, *read.METADATA_KEYS)
TESTS = (ROOT / "docs" / "testing-policies.md").read_text(encoding="utf-8")
OTHERS = [(ROOT / "docs" / page).read_text(encoding="utf-8") for page in ("own-rules.md", "policy-commands.md")]
EXAMPLES = re.findall(r"^```toml\n(.*?)^```", "".join((PAGE, *OTHERS)), flags=re.MULTILINE | re.DOTALL)


def test_every_key_is_on_the_page() -> None:
    """Every key that a file may have, and every mode, is on the page."""
    assert {*KEYS, *(mode.value for mode in Mode)} - QUOTED == set()


def test_every_key_of_a_test_is_on_the_page_of_tests() -> None:
    """Every key that a file of tests may have is on the page of tests."""
    assert {*suites.KEYS, *suites.TEST_KEYS} - set(re.findall(r"`(\w+)`", TESTS.replace("[[tests]]", "tests"))) == set()


def test_every_attribute_of_a_problem_is_on_the_page() -> None:
    """Each attribute of a problem is on the page by name."""
    assert {field.name for field in PolicyProblem.__attrs_attrs__} - QUOTED == set()


def test_every_code_that_cannot_be_waived_is_on_the_page() -> None:
    """The codes that no waiver may name are listed, and no other code is."""
    (listed,) = re.findall(r"^- Codes that are reported.*?waived\.$", PAGE, flags=re.MULTILINE | re.DOTALL)
    assert set(re.findall(r"`(\w+)`", listed)) == {
        code.name for code in CATALOGUE.values() if code.origins != {Origin.RULE}
    }


def test_bounds() -> None:
    """The numbers on the page are those of the loader."""
    assert (LARGEST_FILE, LONGEST_CHAIN) == (1 << 20, 16)
    assert "1 MiB" in PAGE
    assert "sixteen in a row" in PAGE


@pytest.mark.parametrize("example", EXAMPLES)
def test_examples(example: str) -> None:
    """Every example is a policy, or a part of one, that of the sample plugin too."""
    head = "" if "schema_version" in example else 'schema_version = 1\nid = "shop"\nextends = "default"\n'
    assert read_policy(head + example, rules=ACME_RULES).pipelines


def test_the_first_example() -> None:
    """The waiver of the example has the id that is on the page."""
    example = PAGE.partition("```toml\n")[2].partition("```")[0]
    policy = read_policy(example)
    (waiver,) = policy.waivers
    assert waiver == Waiver(
        "christmas#1",
        "price_sold_out",
        WaiverMatch(metadata=MetadataMatch("channel", "bazaar")),
        waiver.expires,
        "Stock of the bazaar is corrected in the evening.",
    )
    for path in (("waivers", "christmas#1"), ("pipelines", "session.create", "price_sold_out")):
        assert path in policy.origins


def test_the_example_of_a_test(tmp_path: Path) -> None:
    """The example of a file of tests is one, and its test passes with the policy and a draft that it could be of."""
    example = TESTS.rpartition("```toml\n")[2].partition("```")[0]
    for folder in ("tests", "drafts"):
        (tmp_path / folder).mkdir()
    (tmp_path / "tests" / "strict.toml").write_text(example, encoding="utf-8")
    (tmp_path / "strict.toml").write_text((ROOT / "policies" / "strict.toml").read_text(encoding="utf-8"))
    (tmp_path / "drafts" / "basket.json").write_text(json.dumps(clean()))
    assert not any(report.failed for report in run_suites(suites.read_suites([tmp_path])))

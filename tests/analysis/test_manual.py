"""The page on findings: every finding has its section, whose example has it, and whose fix does not."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rules_engine.analysis.findings import FINDINGS
from rules_engine.analysis.lint import lint_policy, lint_versions
from rules_engine.policy.policy_set import PolicySet

PAGE = (Path(__file__).parents[2] / "docs" / "lint.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", PAGE, flags=re.MULTILINE | re.DOTALL))
TODAY = datetime(2027, 1, 1, tzinfo=UTC)


def _found(text: str, folder: Path) -> list[str]:
    """Write the files of some examples, and name what is found in the directory of them."""
    for name, content in re.findall(r"^```toml\n# ([\w/.-]+)\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    policies = PolicySet.load(folder)
    found = [finding for policy in policies.policies for finding in lint_policy(policy, at=TODAY)]
    found += [finding for versions in policies.versions for finding in lint_versions(versions, at=TODAY)]
    return [finding.kind.title for finding in found]


def test_every_finding_has_its_section() -> None:
    """The sections are those of the findings, in their order, and each opens with its level and its meaning."""
    assert list(SECTIONS) == list(FINDINGS)
    for name, kind in FINDINGS.items():
        opening = " ".join(SECTIONS[name].split())
        assert opening.startswith(f"*{kind.level.capitalize()}.* {kind.sentence.rstrip('.')[:40]}")


@pytest.mark.parametrize("name", FINDINGS)
def test_the_fix_removes_the_finding(name: str, tmp_path: Path) -> None:
    """The example has this finding and no other; fixed, it has none."""
    blocks = re.split(r"^(?=(?:The fix is|Nothing has to be done))", SECTIONS[name], flags=re.MULTILINE)
    assert len(blocks) == 2
    example, fixed = blocks
    (tmp_path / "example").mkdir()
    (tmp_path / "fixed").mkdir()
    assert _found(fixed, tmp_path / "fixed") == []
    assert set(_found(example, tmp_path / "example")) == {name}

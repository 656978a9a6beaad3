"""A check that is switched off has its reason on the same line."""

import io
import re
import tokenize
from collections.abc import Iterator

import pytest

from tests.house.source import ROOT, Module, modules

IGNORE = re.compile(r"#\s*(noqa|type:\s*ignore|pragma:|fmt:|mypy:|ruff:|pylint:)", re.IGNORECASE)
EXPLAINED = re.compile(
    r"#\s*(noqa:\s*[A-Z]+\d+(,\s*[A-Z]+\d+)*|type:\s*ignore\[[a-z-]+(,\s*[a-z-]+)*\])"
    r"(\s+#\s*(noqa|type):\S*\s*\S+)?\s+#\s*(?P<reason>\w.{7,})"
)


def _comments(module: Module) -> Iterator[tuple[int, str]]:
    for token in tokenize.generate_tokens(io.StringIO(module.text).readline):
        if token.type == tokenize.COMMENT and IGNORE.search(token.string):
            yield token.start[0], token.string


@pytest.mark.parametrize("folder", ["rules_engine", "tests", "benches"])
def test_every_ignore_has_its_reason(folder: str) -> None:
    """An ignore names the rule it switches off, and carries its reason as a second comment."""
    bare = [
        f"{module.shown}:{line}: {comment}"
        for module in modules(folder)
        for line, comment in _comments(module)
        if not EXPLAINED.fullmatch(comment)
    ]
    assert bare == []


def test_every_ignored_lint_has_its_reason() -> None:
    """A lint that is off for a whole folder or the whole project carries its reason on its own line."""
    lints = re.findall(r'^\s+("[A-Z]+\d+",.*)$', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(lints) > 1
    assert [lint for lint in lints if not re.fullmatch(r'"[A-Z]+\d+",\s+# \w.{7,}', lint)] == []


@pytest.mark.parametrize(
    ("comment", "explained"),
    [
        ("# noqa: BLE001  # an application's rule may raise anything", True),
        ("# type: ignore[index]  # the very assignment that must fail", True),
        ("# noqa: BLE001", False),
        ("# noqa", False),
        ("# type: ignore  # because it is so", False),
        ("# type: ignore[index]", False),
        ("# pragma: no cover", False),
    ],
)
def test_the_form(comment: str, *, explained: bool) -> None:
    """A reason is more than a word, and comes after the name of what is ignored."""
    assert IGNORE.search(comment)
    assert bool(EXPLAINED.fullmatch(comment)) is explained

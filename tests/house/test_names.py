"""Files, rules and classes have names that mean one thing; a file that is too long to hold in mind is two files."""

import ast
import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from rules_engine import RULES, default_policy
from rules_engine.distribution import DISTRIBUTION
from rules_engine.rules.row import Rule
from tests.house.source import ROOT, Module, modules

VAGUE = {
    *("util", "utils", "utilities", "helper", "helpers", "common", "manager", "managers", "misc", "shared", "stuff"),
    *("tools", "lib", "core", "base", "main", "handler", "handlers", "processor", "service", "wrapper", "data", "info"),
}
"""Words that could name any file, and so name none."""
FOLDERS = ("rules_engine", "tests", "benches")
LONGEST = 500


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_vague_file_names(folder: str) -> None:
    """No file and no folder is named by a word that fits every file."""
    named = {part for module in modules(folder) for part in module.path.relative_to(ROOT).with_suffix("").parts}
    vague = [name for name in named if name != "__main__" and VAGUE.intersection(name.strip("_").split("_"))]
    assert vague == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_file_names_are_snake_case(folder: str) -> None:
    """Every file and folder is named in snake case, so that it can be imported."""
    odd = [module.shown for module in modules(folder) if not re.fullmatch(r"[a-z0-9_/]+\.py", module.shown)]
    assert odd == []


def test_no_file_is_too_long() -> None:
    """No file is longer than 500 lines."""
    every = [module for folder in (*FOLDERS, "policies") for module in modules(folder)]
    lengths = {module.shown: len(module.text.splitlines()) for module in every}
    assert {path: lines for path, lines in lengths.items() if lines > LONGEST} == {}


def test_rules_are_named_by_their_fault() -> None:
    """No rule is named by the check or the cure."""
    cures = {"check", "validate", "ensure", "must", "verify", "require", "requires", "is"}
    named = [rule.name for rule in RULES if rule.name != rule.code.name and cures.intersection(rule.name.split("_"))]
    assert named == []


def test_sentences_fit_every_operation() -> None:
    """A rule that is not of sessions alone does not report a session where it judges something else."""
    pipelines = default_policy().pipelines.items()
    elsewhere = {name for operation, names in pipelines if not operation.startswith("session.") for name in names}
    narrow = {
        rule.name
        for rule in RULES
        for text in (rule.sentence, rule.message)
        if rule.name in elsewhere and " session " in text and "session or payment link" not in text
    }
    assert narrow == set()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_message(rule: Rule[Any]) -> None:
    """A message is one sentence that names the parameter or the object, and quotes public evidence alone."""
    message, quoted = rule.message, set(re.findall("{([^}]*)}", rule.message))
    assert re.fullmatch(
        r"(?:The|An?|No|This|Another|Nothing|{field}|[a-z][A-Za-z]*(?:\.[a-z][A-Za-z]*)*),? .{5,115}\.", message
    )
    assert ". " not in message
    assert quoted <= set(rule.public)
    assert re.search(r"\b(?:would|should|not allowed|illegal|bad)\b", message) is None


def test_distribution_name() -> None:
    """The distribution is called what the constant says, and nothing installs the project of others by its name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["name"] == DISTRIBUTION
    folders = ("rules_engine", "policies", "tests", "benches", "docs")
    found = [
        path for folder in folders for path in ROOT.glob(f"{folder}/**/*.*") if path.suffix in {".py", ".md", ".toml"}
    ]
    written = [*found, *ROOT.glob("*.md"), ROOT / "pyproject.toml"]
    other = re.compile(r"(?<!checkout-)rules-engine\[[a-z]|install +'?rules-engine\b")
    named = [path for path in written if other.search(path.read_text(encoding="utf-8"))]
    assert [path.relative_to(ROOT).as_posix() for path in named] == []


def test_public_classes_are_unique() -> None:
    """A public class, or a public name for a type, means one thing in the whole library."""
    places: dict[str, list[str]] = {}
    for module in modules():
        for name in _types(module):
            places.setdefault(name, []).append(module.name)
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def _types(module: Module) -> Iterator[str]:
    """List the public classes and type aliases that a module defines."""
    for node in module.tree.body:
        if isinstance(node, ast.ClassDef):
            name = node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            name = target.id if isinstance(target, ast.Name) else ""
        else:
            continue
        if name[:1].isupper() and not name.isupper():
            yield name

"""What is public is listed, documented, and all that the promise names."""

import ast
import inspect
from collections.abc import Iterator
from typing import Any

import attrs
import pytest

import rules_engine
from rules_engine import exceptions
from rules_engine.models import Facts
from tests.house.source import Module, modules

PROMISED = {
    *("validate_session", "validate", "validate_body", "required_facts", "Draft", "Engine", "Verdict", "Violation"),
    *("Code", "CATALOGUE", "Policy", "default_policy", "load_policy", "Rule", "rule", "RULES", "OPERATIONS"),
}
"""What the manual builds on: taking one of these away breaks every application."""
CONSTANTS = [name for name in rules_engine.__all__ if name.isupper()]
OBJECTS = [name for name in rules_engine.__all__ if not name.isupper()]
CLASSES = [value for value in (getattr(rules_engine, name) for name in OBJECTS) if attrs.has(value)]
RECORDS = [value for value in (*CLASSES, Facts) if len(attrs.fields(value)) > 1]


def _kind(name: str) -> int:
    if name.isupper():
        return 0
    return 1 if name[0].isupper() else 2


def test_sorted() -> None:
    """`__all__` lists constants, then classes, then functions, each in order, and nothing twice."""
    assert rules_engine.__all__ == sorted(set(rules_engine.__all__), key=lambda name: (_kind(name), name))


def test_complete() -> None:
    """Every promised name and every exception is public."""
    errors = {name for name, value in vars(exceptions).items() if inspect.isclass(value) and _is_ours(name, value)}
    assert (PROMISED | errors) - set(rules_engine.__all__) == set()


def _is_ours(name: str, value: type) -> bool:
    return issubclass(value, Exception) and value.__module__ == exceptions.__name__ and not name.startswith("_")


def test_nothing_private() -> None:
    """No public name starts with an underscore or is a module."""
    assert [name for name in rules_engine.__all__ if name.startswith("_")] == []
    assert [name for name in rules_engine.__all__ if inspect.ismodule(getattr(rules_engine, name))] == []


@pytest.mark.parametrize("name", OBJECTS)
def test_documented(name: str) -> None:
    """A public class or function, and everything public on it, has a docstring of its own."""
    value = getattr(rules_engine, name)
    undocumented = [
        path for path, member in _members(name, value) if not (getattr(member, "__doc__", "") or "").strip()
    ]
    assert undocumented == []


def _members(name: str, value: object) -> Iterator[tuple[str, object]]:
    yield name, value
    if inspect.isclass(value) and value.__module__.startswith("rules_engine"):
        for key, member in vars(value).items():
            if not key.startswith("_") and (inspect.isroutine(member) or isinstance(member, property)):
                yield f"{name}.{key}", member


@pytest.mark.parametrize("value", RECORDS)
def test_attributes_are_documented(value: type[Any]) -> None:
    """The docstring of a class of several values explains each of them by name."""
    explained = " ".join(ancestor.__doc__ or "" for ancestor in value.__mro__ if ancestor is not object)
    assert [field.name for field in attrs.fields(value) if f"{field.name}:" not in explained] == []


@pytest.mark.parametrize("name", CONSTANTS)
def test_constants_are_documented(name: str) -> None:
    """A public constant has a docstring below it, where it is defined."""
    documented = [module.name for module in modules() if name in _documented_constants(module)]
    assert len(documented) == 1


def _documented_constants(module: Module) -> set[str]:
    found = set()
    for statement, following in zip(module.tree.body, module.tree.body[1:], strict=False):
        if isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant):
            targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
            found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return found

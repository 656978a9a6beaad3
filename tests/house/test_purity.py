"""The facts are the only world: nothing that judges reads the clock, the environment, a file or a random number."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.source import Module, imports, modules

OUTSIDE = {
    "rules_engine.__main__": "starts the command line",
    "rules_engine.cli": "reads arguments and files, and prints",
    "rules_engine.docs": "writes the manual",
    "rules_engine.policy.load": "reads policy files, once and before any draft",
}
"""What touches the world, and why; none of it is called while a draft is judged."""
WORLDLY = {
    *("asyncio", "calendar", "concurrent", "ctypes", "fileinput", "getpass", "glob", "io", "locale", "logging"),
    *("multiprocessing", "os", "pathlib", "platform", "random", "requests", "secrets", "shutil", "signal", "site"),
    *("socket", "sqlite3", "ssl", "subprocess", "sys", "tempfile", "threading", "time", "urllib", "uuid"),
    *("http", "importlib", "pickle", "shelve", "zoneinfo"),
}
"""Modules through which the world gets in."""
HARMLESS = {"urllib.parse"}
"""Modules below them that only take texts apart."""
BUILT_IN = {"__import__", "breakpoint", "compile", "eval", "exec", "input", "open", "print"}
CLOCKS = {"now", "utcnow", "today", "fromtimestamp", "localtime"}
DATES = {"datetime", "date", "dt", "time"}
UNSTABLE = {"hash", "id"}
"""Built-in functions whose result changes from one process to the next."""


def _judging() -> list[Module]:
    return [
        module
        for module in modules()
        if not any(module.name == name or module.name.startswith(f"{name}.") for name in OUTSIDE)
    ]


def _worldly_imports(module: Module) -> Iterator[str]:
    for name, node in imports(module):
        if name.partition(".")[0] in WORLDLY and name not in HARMLESS:
            yield f"{module.at(node)}: imports {name}"


def _worldly_names(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in BUILT_IN:
            yield f"{module.at(node)}: {node.id}"
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in UNSTABLE:
            yield f"{module.at(node)}: {node.func.id}()"
        elif isinstance(node, ast.Attribute) and node.attr in CLOCKS and ast.unparse(node.value) in DATES:
            yield f"{module.at(node)}: {ast.unparse(node)}"


@pytest.mark.parametrize("module", _judging(), ids=lambda module: module.name)
def test_no_worldly_import(module: Module) -> None:
    """What judges imports nothing through which the world could get in."""
    assert list(_worldly_imports(module)) == []


@pytest.mark.parametrize("module", _judging(), ids=lambda module: module.name)
def test_no_worldly_name(module: Module) -> None:
    """What judges opens, prints and evaluates nothing, asks no clock, and orders by nothing that a process made up."""
    assert list(_worldly_names(module)) == []


def test_every_judging_room_is_walked() -> None:
    """The rooms that judge are walked whole: no exception hides a rule, a subject, a model or the engine."""
    walked = {module.name for module in _judging()}
    rooms = {"rules", "subjects", "models", "engine", "wire", "codes", "violation", "operations", "api"}
    assert {module.name for module in modules() if module.room in rooms} <= walked


def test_every_exception_is_needed() -> None:
    """Each module that may touch the world does."""
    needless = [
        name
        for name in OUTSIDE
        if not any(
            any(_worldly_imports(module)) or any(_worldly_names(module))
            for module in modules()
            if module.name == name or module.name.startswith(f"{name}.")
        )
    ]
    assert needless == []

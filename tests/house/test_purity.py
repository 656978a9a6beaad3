"""Facts are the only input: nothing that judges reads the clock, the environment, a file or a random number."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.source import Module, imports, modules

OUTSIDE = {
    "rules_engine.__main__": "starts the command line",
    "rules_engine.analysis.suites": "reads files of tests, and the policies and drafts they name, before any is judged",
    "rules_engine.cli": "reads arguments and files, and prints",
    "rules_engine.distribution": "looks once, on import, for another project of the same import name",
    "rules_engine.docs": "writes the pages that follow from the code",
    "rules_engine.dryrun.history": "opens and expands the files of a history, and hands out what stands in them",
    "rules_engine.dryrun.local": "starts and ends the processes that judge, and keeps the parts that are done",
    "rules_engine.dryrun.reports.html.page": "reads the templates, the style and the script of pages",
    "rules_engine.dryrun.spark": "starts Spark and keeps the reports of a stream",
    "rules_engine.extras": "imports the libraries of extras, which read and write files",
    "rules_engine.plugins": "imports what installed packages offer, once and before any draft",
    "rules_engine.policy.load": "reads policy files, once and before any draft",
    "rules_engine.policy.policy_set": "lists a directory of them, before any draft and when it reloads",
    "rules_engine.record_files": "opens the files that histories are written to",
    "rules_engine.testing.history.__main__": "reads arguments, and writes the file or standard output",
}
"""What has side effects, and why; none of it is called while a draft is judged."""
ADMITTED = {
    "rules_engine.views.scope": {"exec": "writes the constructors of views once, of the names of their attributes"},
    "rules_engine.rules.kinds": {
        "eval": "writes the expression of a kind when it is first called, of names that exist"
    },
    "rules_engine.rules.expression": {
        "compile": "compares the text of a rule with what was loaded, and passes over a text that was edited since",
        "import linecache": "reads the text of rules when a policy is compiled; one that has none is called",
        "import threading": "lets one thread plan at a time; what is planned is the same in every thread",
    },
    "rules_engine.engine.find": {
        "compile": "writes the functions that find what is wrong, once for a policy and an operation",
        "exec": "the same",
        "import linecache": "keeps their text for tracebacks",
        "id": "distinguishes constants that are held meanwhile; the numbers go nowhere",
    },
    "rules_engine.wire.structs": {
        "exec": "writes the checks of a model once, when the first document is read",
        "import threading": "lets one thread build at a time; what is built is the same in every thread",
    },
    "rules_engine.wire.built": {"exec": "writes the check of a model once, of the names of its fields"},
    "rules_engine.shadow": {"import logging": "reports a callback that raises, once the verdict is there"},
    "rules_engine.testing.history.chance": {
        "import random": "a stream that a seed alone decides, the same in every process; nothing that judges sees it",
    },
}
"""What else touches the process, name by name, and why no verdict can depend on it."""
WITH_EFFECTS = {
    *("asyncio", "calendar", "concurrent", "ctypes", "fileinput", "getpass", "glob", "io", "locale", "logging"),
    *("multiprocessing", "os", "pathlib", "platform", "random", "requests", "secrets", "shutil", "signal", "site"),
    *("socket", "sqlite3", "ssl", "subprocess", "sys", "tempfile", "threading", "time", "urllib", "uuid"),
    *("http", "importlib", "linecache", "pickle", "shelve", "zoneinfo"),
}
"""Modules that have side effects."""
HARMLESS = {"urllib.parse"}
"""Modules below them that only take texts apart."""
BUILT_IN = {"__import__", "breakpoint", "compile", "eval", "exec", "input", "open", "print"}
CLOCKS = {"now", "utcnow", "today", "fromtimestamp", "localtime"}
DATES = {"datetime", "date", "dt", "time"}
SOURCES = {"getsource", "getsourcelines", "getsourcefile", "getfile"}
UNSTABLE = {"hash", "id"}
"""Built-in functions whose result changes from one process to the next."""


def _is_outside(module: Module) -> bool:
    return any(module.name == name or module.name.startswith(f"{name}.") for name in OUTSIDE)


def _worldly(module: Module) -> set[str]:
    return {*_worldly_imports(module), *_worldly_names(module)}


def _worldly_imports(module: Module) -> Iterator[str]:
    for name, _ in imports(module):
        if name.partition(".")[0] in WITH_EFFECTS and name not in HARMLESS:
            yield f"import {name}"


def _worldly_names(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in BUILT_IN:
            yield node.id
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in UNSTABLE:
            yield node.func.id
        elif isinstance(node, ast.Attribute) and (
            node.attr in SOURCES or (node.attr in CLOCKS and ast.unparse(node.value) in DATES)
        ):
            yield ast.unparse(node)


@pytest.mark.parametrize(
    "module", [module for module in modules() if not _is_outside(module)], ids=lambda module: module.name
)
def test_touches_nothing(module: Module) -> None:
    """What judges opens, prints and evaluates nothing, asks no clock, and depends on nothing that a process made up."""
    assert _worldly(module) == set(ADMITTED.get(module.name, ()))


def test_every_judging_room_is_walked() -> None:
    """The rooms that judge are walked whole: no exception hides a rule, a view, a model or the engine."""
    rooms = {"rules", "views", "models", "engine", "wire", "codes", "violation", "operations", "api"}
    rooms |= {"compiled_policy", "shadow"}
    assert [module.name for module in modules() if module.room in rooms and _is_outside(module)] == []


def test_every_exception_is_needed() -> None:
    """Each module that may have side effects does."""
    touching = {module.name for module in modules() if _is_outside(module) and _worldly(module)}
    assert [name for name in OUTSIDE if not any(f"{module}.".startswith(f"{name}.") for module in touching)] == []

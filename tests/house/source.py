"""The project's own source, read as text and as syntax trees."""

import ast
from collections.abc import Iterator
from functools import cache, cached_property
from pathlib import Path

from attrs import frozen

ROOT = Path(__file__).parents[2]
LIBRARY = "rules_engine"


@frozen(eq=False)
class Module:
    """One file of Python.

    Attributes:
        name: Its dotted name, `rules_engine.policy.load`; a package is named without its `__init__`.
        path: The file.
        text: What it holds.
    """

    name: str
    path: Path
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The text, parsed."""
        return ast.parse(self.text)

    @property
    def room(self) -> str:
        """The part of the library it belongs to: `policy`, `codes`; "" for the package's own `__init__`."""
        return self.name.partition(".")[2].partition(".")[0]

    @property
    def shown(self) -> str:
        """The path below the project, with slashes."""
        return self.path.relative_to(ROOT).as_posix()

    def at(self, node: ast.AST) -> str:
        """Name a place in the file, for the message of a failing test."""
        return f"{self.shown}:{getattr(node, 'lineno', 1)}"


@cache
def modules(folder: str = LIBRARY) -> tuple[Module, ...]:
    """Read every Python file below a folder of the project, in the order of their paths."""
    return tuple(_read(path) for path in sorted((ROOT / folder).rglob("*.py")))


def _read(path: Path) -> Module:
    parts = path.relative_to(ROOT).with_suffix("").parts
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    return Module(name, path, path.read_text(encoding="utf-8"))


def imports(module: Module) -> Iterator[tuple[str, ast.stmt]]:
    """Name every module that a module imports, wherever the import stands; names out of a package count as modules."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module.at(node)}: imports are absolute"
            base = node.module or ""
            for alias in node.names:
                inner = f"{base}.{alias.name}"
                yield (inner if _is_module(inner) else base), node


@cache
def _is_module(name: str) -> bool:
    path = ROOT.joinpath(*name.split("."))
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()

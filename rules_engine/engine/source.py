"""The text of functions: read back where it can be had, and written anew."""

import ast
import builtins
import inspect
import linecache
import textwrap
from collections.abc import Callable
from functools import cache
from threading import RLock
from types import CodeType, FunctionType
from typing import Any, Final

WRITING: Final = RLock()
"""Held while functions are taken apart and written: CPython 3.11 may fail where two threads do so at once."""


class Names:
    """The names that a generated function sees, one for each value."""

    def __init__(self) -> None:
        """Start with none."""
        self.values: dict[str, Any] = {}
        self._known: dict[int, str] = {}

    def name(self, value: Any, hint: str = "v") -> str:
        """Give the name of a value.

        Args:
            value: The value.
            hint: What it is called where it stands; two underscores and a number keep it apart from local names.
        """
        known = self._known.get(id(value))
        if known is None:
            plain = hasattr(builtins, hint) and getattr(builtins, hint) is value
            known = self._known[id(value)] = hint if plain else f"{hint}__{len(self._known)}"
            self.values[known] = value
        return known


@cache
def definition(function: Callable[..., Any]) -> ast.FunctionDef | None:
    """Give a function as it is written; None where that cannot be had, or is not what was loaded.

    The tree is shared: copy it before it is changed.
    """
    if not isinstance(function, FunctionType) or function.__closure__ or hasattr(function, "__wrapped__"):
        return None
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError):
        return None
    match tree.body:
        case [ast.FunctionDef() as written]:
            pass
        case _:
            return None
    written.decorator_list = []
    ast.increment_lineno(tree, function.__code__.co_firstlineno - 1)
    return written if _is_source_of(written, function) else None


def _is_source_of(written: ast.FunctionDef, function: FunctionType) -> bool:
    """Tell whether a text compiles to a function: the file may have been edited since the function was loaded."""
    module = compile(ast.Module([written], []), "<source>", "exec", dont_inherit=True)
    codes = [constant for constant in module.co_consts if isinstance(constant, CodeType)]
    loaded = function.__code__
    return any(
        (code.co_code, code.co_names, code.co_varnames, _plain(code))
        == (loaded.co_code, loaded.co_names, loaded.co_varnames, _plain(loaded))
        for code in codes
    )


def _plain(code: CodeType) -> list[Any]:
    """Give the constants of a function; of one within it, what it does and not where it stands."""
    return [
        (constant.co_code, constant.co_names, _plain(constant)) if isinstance(constant, CodeType) else constant
        for constant in code.co_consts
    ]


def source_of(function: Callable[..., Any]) -> str:
    """Give the text of a function that `load` defined."""
    return "".join(linecache.getlines(function.__code__.co_filename))


def load(source: str, filename: str, name: str, names: Names) -> Any:
    """Define a function that was written, so that a traceback through it shows its lines.

    Args:
        source: Its text.
        filename: What tracebacks are to call the text.
        name: The name of the function.
        names: What it sees.
    """
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    exec(compile(source, filename, "exec"), names.values)  # noqa: S102  # our own text, made of our own functions and the rules'
    return names.values[name]

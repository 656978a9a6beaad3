"""The text of functions that are written: defined from it, and read back."""

import builtins
import linecache
from collections.abc import Callable
from typing import Any


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

"""Plain values as JSON that people read: indented, in the letters they were written in, and never too much of it."""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from rules_engine.dryrun.reports.html.plain import is_hidden

_DEEPEST: Final = 64
"""Containers within containers; a draft has no more, whatever else was put into a report."""
_CUT: Final = "… the rest is not shown here; the report as JSON has all of it"


def written_json(value: Any, longest: int) -> str:
    """Write plain values as indented JSON.

    Args:
        value: Dictionaries, lists, texts, booleans, integers, Decimals and None.
        longest: About how many characters; what is longer is cut, and says so.
    """
    parts, length = [], 0
    for part in _parts(value, "\n"):
        length += len(part)
        if length > longest:
            parts.append(f"\n{_CUT}")
            break
        parts.append(part)
    return "".join(parts)


def _parts(value: Any, line: str) -> Iterator[str]:
    if len(line) > 2 * _DEEPEST:
        yield "…"
    elif isinstance(value, Mapping):
        items = ((f"{_scalar(str(key))}: ", item) for key, item in value.items())
        yield from _bracketed("{", items, "}", line)
    elif isinstance(value, list | tuple):
        yield from _bracketed("[", (("", item) for item in value), "]", line)
    else:
        yield _scalar(value)


def _bracketed(left: str, items: Iterator[tuple[str, Any]], right: str, line: str) -> Iterator[str]:
    yield left
    inner = f"{line}  "
    is_empty = True
    for name, item in items:
        yield f"{inner}{name}" if is_empty else f",{inner}{name}"
        yield from _parts(item, inner)
        is_empty = False
    yield right if is_empty else f"{line}{right}"


def _scalar(value: Any) -> str:
    if isinstance(value, Decimal):
        return str(value)
    if not isinstance(value, str):
        return json.dumps(value, default=str)
    text = json.dumps(value, ensure_ascii=False)
    return text if text.isprintable() else "".join(_escaped(each) if is_hidden(each) else each for each in text)


def _escaped(character: str) -> str:
    return json.dumps(character)[1:-1]

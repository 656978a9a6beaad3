"""JSON text to plain values and back, exactly: integers stay integers, fractions are Decimals, NaN is refused."""

import json
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

LARGEST_EXPONENT = 400
"""Numbers stay below 10 to this power: a hostile exponent must not cost memory when it is expanded."""


class JsonTextError(ValueError):
    """A text that is not JSON, or that no JSON reader should be asked to expand."""


def exact(text: str) -> Decimal:
    """Read a number with a fraction or an exponent.

    Raises:
        ValueError: It is not finite, or its exponent is out of all reason.
    """
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(f"not a number: {text[:40]!r}") from error
    if not number.is_finite() or not -LARGEST_EXPONENT < number.adjusted() < LARGEST_EXPONENT:
        raise ValueError(f"a number out of all reason: {text[:40]!r}")
    return number


def read_json(text: str | bytes | bytearray, *, largest: int) -> Any:
    """Read a JSON text; of a key that stands twice, the last one counts.

    Args:
        text: The text, or its bytes in UTF-8 (UTF-16 and UTF-32 are recognised).
        largest: The largest admitted length, in bytes or characters.

    Raises:
        JsonTextError: It is not JSON, or too long, or nested too deeply, or holds a number out of all reason.
    """
    if len(text) > largest:
        raise JsonTextError(f"longer than {largest} bytes")
    try:
        return json.loads(text, parse_float=exact, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise JsonTextError(f"not JSON: {error.msg} at line {error.lineno}, column {error.colno}") from error
    except UnicodeDecodeError as error:
        raise JsonTextError(f"not JSON: not {error.encoding} text at byte {error.start}") from error
    except RecursionError as error:
        raise JsonTextError("nested too deeply") from error
    except ValueError as error:
        raise JsonTextError(f"not JSON: {error}") from error


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not a number of JSON")


def write_json(value: Any, *, indent: int | None = None) -> str:
    """Write plain values as ASCII JSON text; Decimals become numbers, digit by digit.

    Args:
        value: Dictionaries with text keys, lists, tuples, texts, booleans, integers, Decimals and None.
        indent: How many spaces to indent by; None writes one line.
    """
    return "".join(_chunks(value, indent, 0))


def _chunks(value: Any, indent: int | None, depth: int) -> list[str]:
    if isinstance(value, Decimal):
        return [str(value)]
    if isinstance(value, dict):
        items = [[json.dumps(key), ": ", *_chunks(item, indent, depth + 1)] for key, item in value.items()]
        return _bracketed("{", items, "}", indent, depth)
    if isinstance(value, list | tuple):
        return _bracketed("[", [_chunks(item, indent, depth + 1) for item in value], "]", indent, depth)
    return [json.dumps(value, allow_nan=False)]


def _bracketed(left: str, items: list[list[str]], right: str, indent: int | None, depth: int) -> list[str]:
    if not items:
        return [left, right]
    inner, outer = ("", "") if indent is None else (f"\n{' ' * indent * (depth + 1)}", f"\n{' ' * indent * depth}")
    between = ", " if indent is None else f",{inner}"
    chunks = [left, inner]
    for position, item in enumerate(items):
        if position:
            chunks.append(between)
        chunks += item
    return [*chunks, outer, right]

"""JSON text to plain values and back, exactly: integers stay integers, fractions are Decimals, NaN is refused."""

import json
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from itertools import chain, islice, zip_longest
from typing import Any, NoReturn

LONGEST_NUMBER = 400
"""The most digits of a number, written without an exponent: a hostile one must not cost memory when it is expanded."""
DEEPEST = 64
"""The most containers within containers."""
_WORDS = 1_000
"""How many words of a text are put together at a time."""


class JsonTextError(ValueError):
    """A text that is not JSON, or that no reader should be asked to expand.

    Attributes:
        problem: What is wrong with the text, in the same words on every version of Python.
    """

    def __init__(self, problem: str, detail: str = "") -> None:
        """Keep what is wrong; the detail only shows in the text of the error."""
        super().__init__(f"{problem}: {detail}" if detail else problem)
        self.problem = problem


_NUMBER_TOO_LONG = f"not readable: expected numbers of at most {LONGEST_NUMBER} digits"


def exact(text: str) -> Decimal:
    """Read a number with a fraction or an exponent.

    Raises:
        JsonTextError: It is no finite number, or has too many digits.
    """
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise JsonTextError(_NUMBER_TOO_LONG) from None
    if not number.is_finite() or not -LONGEST_NUMBER < number.adjusted() < LONGEST_NUMBER:
        raise JsonTextError(_NUMBER_TOO_LONG)
    if len(text) > LONGEST_NUMBER and len(number.as_tuple().digits) > LONGEST_NUMBER:
        raise JsonTextError(_NUMBER_TOO_LONG)
    return number


def _integer(text: str) -> int:
    # How long an integer the interpreter reads by itself depends on its version and on the environment.
    if len(text) > LONGEST_NUMBER and len(text.lstrip("-")) > LONGEST_NUMBER:
        raise JsonTextError(_NUMBER_TOO_LONG)
    return int(text)


def _refuse(constant: str) -> NoReturn:
    raise JsonTextError("not JSON", f"{constant} is not a number of JSON")


def read_json(text: str | bytes | bytearray, *, largest: int) -> Any:
    """Read a JSON text; of a key that stands twice, the last one counts.

    Args:
        text: The text, or its bytes in UTF-8 (UTF-16 and UTF-32 are recognised).
        largest: The largest admitted length, in bytes or characters.

    Raises:
        JsonTextError: It is not JSON, or too long, or nested too deeply, or holds a number of too many digits.
    """
    if len(text) > largest:
        raise JsonTextError(f"longer than {largest} bytes")
    try:
        return json.loads(text, parse_float=exact, parse_int=_integer, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        refusal = JsonTextError("not JSON", f"{error.msg} at line {error.lineno}, column {error.colno}")
    except UnicodeDecodeError as error:
        refusal = JsonTextError("not JSON", f"not {error.encoding} text at byte {error.start}")
    except RecursionError:
        refusal = JsonTextError(f"not readable: expected at most {DEEPEST} levels of nesting")
    # Raised here, it has no cause: those of the standard library carry the whole text along, and its secrets.
    raise refusal


def write_json(value: Any, *, indent: int | None = None) -> str:
    """Render plain values as ASCII JSON text; Decimals become numbers, digit by digit.

    Args:
        value: Dictionaries with string keys, lists, tuples, strings, booleans, integers, Decimals and None.
        indent: How many spaces to indent by; None writes one line.
    """
    mark = "number"
    while True:
        numbers: list[str] = []
        text = _text(json.JSONEncoder(indent=indent, allow_nan=False, default=_marked(mark, numbers)), value)
        if not numbers:
            return text
        pieces = text.split(f'"{mark}"')
        if len(pieces) == len(numbers) + 1:
            return "".join(chain.from_iterable(zip_longest(pieces, numbers, fillvalue="")))
        # A text within the value reads like the mark. Doubled, it is soon longer than all of them.
        mark += mark


def _text(encoder: json.JSONEncoder, value: Any) -> str:
    if encoder.indent is None:
        return encoder.encode(value)
    # The library writes indented text a word at a time; all of them at once take many times the memory of the text.
    words, passages = encoder.iterencode(value), []
    while passage := "".join(islice(words, _WORDS)):
        passages.append(passage)
    return "".join(passages)


def _marked(mark: str, numbers: list[str]) -> Callable[[Any], str]:
    """Render a mark for each Decimal, and keep its digits: the standard library renders floats alone."""

    def default(value: Any) -> str:
        if not isinstance(value, Decimal):
            raise TypeError(f"{type(value).__name__} is no plain value")
        numbers.append(str(value))
        return mark

    return default

"""What makes two requests the same one: a digest of the method, the path, the query and the body."""

import hashlib
import json
from typing import Any, NoReturn

_DEEPEST = 64
_LONGEST_EXPONENT = 400
"""A body that nests deeper, or has a number of a longer exponent, counts as plain text: no reader should expand it."""


class _Number(str):
    """A number, in the one text that stands for its value."""

    __slots__ = ()


class _NotCanonicalError(ValueError):
    """The body is no JSON, or none that should be expanded."""


def request_fingerprint(method: str, path: str, query: str | None = None, body: str | None = None) -> str:
    """Compute what makes two requests the same one, as an idempotency key does.

    Two requests have the same fingerprint where they differ in no more than the case of the method, the order of the
    query's parameters and, in a body that is JSON, white space, escapes, the order of keys and how a number is written.
    Of a key that stands twice, the last one counts. A number with a fraction or an exponent is never the same as one
    without, since the API reads integers strictly: `1.0`, `1.00` and `10e-1` are one number, and `1` is another.
    A query or a body that is absent is the same as an empty one. Nothing else is tidied: the path and the parameters
    count as they are written.

    Args:
        method: The HTTP method, in either case.
        path: The path of the URL.
        query: The query of the URL, without the question mark.
        body: The raw body, as text.

    Returns:
        A SHA-256 digest in hexadecimal.
    """
    parts = (method.upper(), path, "&".join(sorted((query or "").split("&"))), *_content(body or ""))
    digest = hashlib.sha256()
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass")
        # With its length before it, no part can lend its end to the next one.
        digest.update(b"%d:" % len(encoded))
        digest.update(encoded)
    return digest.hexdigest()


def _content(body: str) -> tuple[str, str]:
    """Return what kind of text a body is, and the one text that stands for all its spellings."""
    try:
        value = json.loads(body, parse_int=_integer, parse_float=_fraction, parse_constant=_refuse)
        return "json", "".join(_chunks(value, _DEEPEST))
    except (ValueError, RecursionError):
        return "text", body


def _integer(text: str) -> _Number:
    return _Number("0" if text == "-0" else text)


def _fraction(text: str) -> _Number:
    """Return a number with a fraction or an exponent as an integer without trailing zeros, times a power of ten."""
    mantissa, _, exponent = text.lower().partition("e")
    if len(exponent) > _LONGEST_EXPONENT:
        raise _NotCanonicalError
    whole, _, decimals = mantissa.removeprefix("-").partition(".")
    digits = (whole + decimals).strip("0")
    if not digits:
        return _Number("0e0")
    zeros = len(whole + decimals) - len((whole + decimals).rstrip("0"))
    sign = "-" if mantissa.startswith("-") else ""
    return _Number(f"{sign}{digits}e{int(exponent or '0') - len(decimals) + zeros}")


def _refuse(_: str) -> NoReturn:
    raise _NotCanonicalError


def _chunks(value: Any, deeper: int) -> list[str]:
    if isinstance(value, _Number):
        return [value]
    if not isinstance(value, dict | list):
        return [json.dumps(value)]
    if not deeper:
        raise _NotCanonicalError
    if isinstance(value, list):
        items = [_chunks(item, deeper - 1) for item in value]
        return ["[", *(chunk for item in items for chunk in (*item, ",")), "]"]
    entries = [(json.dumps(key), _chunks(value[key], deeper - 1)) for key in sorted(value)]
    return ["{", *(chunk for key, item in entries for chunk in (key, ":", *item, ",")), "}"]

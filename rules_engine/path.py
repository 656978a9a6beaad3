"""Places: in a request, as the API names them, and in a draft document, as RFC 6901 does.

A name that has the form of a secret is not repeated: it is shown as `***`. Half of a surrogate pair is escaped.
"""

import re
from collections.abc import Iterable

from rules_engine.printable import encodable

Path = tuple[str | int, ...]

HIDDEN = "***"
"""What is shown in place of a secret."""

_SECRET = re.compile(
    r"""
      (?<![a-z0-9]) [psr]k_(?:live|test)_  # an API key
    | whsec_                               # what requests are signed with
    | _secret_                             # a client secret
    | (?<![a-z0-9]) bearer \s
    | [0-9a-f]{64}                         # a digest of a key, a signature
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DIGEST = 64
_KEYED_BY_WHAT_CALLERS_CHOSE: Path = ("facts", "idempotencyKeys")


def param_of(path: Path) -> str | None:
    """Return a place in a request as a param: `lineItems[0].priceData.currency`; None for the request itself."""
    text = ""
    for segment in path:
        if isinstance(segment, int):
            text += f"[{segment}]"
        else:
            text += f".{shown(segment)}" if text else shown(segment)
    return text or None


def pointer_of(path: Iterable[str | int]) -> str:
    """Return a place in a document as an RFC 6901 pointer: `/request/lineItems/0`; "" for the whole document."""
    segments = [*path]
    if tuple(segments[:2]) == _KEYED_BY_WHAT_CALLERS_CHOSE:
        segments[2:3] = [HIDDEN] * len(segments[2:3])
    text = ""
    for segment in segments:
        name = str(segment) if isinstance(segment, int) else shown(segment)
        text += f"/{name}" if name.isalnum() else f"/{name.replace('~', '~0').replace('/', '~1')}"
    return text


def shown(name: str) -> str:
    """Return a name as it may be repeated: itself, unless it has the form of a secret or cannot be encoded."""
    # Every secret is as long as a digest, or has a mark or a space in it. Nearly every name has neither.
    if len(name) < _DIGEST and name.isalnum():
        return name
    return HIDDEN if _SECRET.search(name) else encodable(name)

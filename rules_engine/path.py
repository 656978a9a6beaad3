"""Where something stands: in a request, as the API names it, and in a draft document, as RFC 6901 does."""

from collections.abc import Iterable

Path = tuple[str | int, ...]


def param_of(path: Path) -> str | None:
    """Name a place in a request: `lineItems[0].priceData.currency`; None for the request itself."""
    text = ""
    for segment in path:
        if isinstance(segment, int):
            text += f"[{segment}]"
        else:
            text += f".{segment}" if text else segment
    return text or None


def pointer_of(path: Iterable[str | int]) -> str:
    """Write an RFC 6901 pointer: `/request/lineItems/0`; "" for the whole document."""
    return "".join(f"/{str(segment).replace('~', '~0').replace('/', '~1')}" for segment in path)

"""Drafts that show what a report counts: chosen by a hash, so that any way of merging keeps the same ones."""

import hashlib
from typing import Any

from attrs import field, frozen


@frozen(order=True)
class Exemplar:
    """A draft that shows a transition.

    Attributes:
        key: What it is chosen by, a hash of its id in hexadecimal; the smallest are kept.
        place: Where it stands in the history.
        size: How long its document is, in bytes.
        id: The host's name for the draft; None where it has none.
        document: The draft document with its secrets hidden, as plain values; None where it is too long or nested
            too deeply to be shown.
        before: The first verdict, as plain values; None where there is none but the recorded codes.
        after: The second verdict, as plain values; None where no policy applied.
    """

    key: str
    place: str
    size: int
    id: str | None = field(order=False)
    document: Any = field(order=False)
    before: Any = field(order=False)
    after: Any = field(order=False)


@frozen(order=True)
class Unreadable:
    """A record that is no draft.

    Attributes:
        file: The file it stands in.
        position: Where in the file, in the order of the file.
        place: The same, to be read.
        problem: What is wrong with it.
        pointer: RFC 6901 pointer to what is wrong within the document; None where it is no document.
    """

    file: str
    position: tuple[int, int]
    place: str
    problem: str
    pointer: str | None = field(order=False)


def exemplar_key(seed: int, name: str | bytes) -> str:
    """Hash what a draft is called, or its document where it has no name.

    Args:
        seed: Another seed chooses other drafts.
        name: The id of the draft, or its document.
    """
    data = name.encode("utf-8", "surrogatepass") if isinstance(name, str) else name
    return hashlib.blake2b(data, digest_size=8, key=seed.to_bytes(8, "big")).hexdigest()

"""Python objects that an application could hand over by mistake, and that behave as badly as they can."""

import enum
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from itertools import count
from typing import Any, Final


class RaisingMapping(Mapping[str, Any]):
    """A mapping that raises whenever it is read."""

    def __getitem__(self, key: str) -> Any:
        """Raise."""
        raise OSError(key)

    def __iter__(self) -> Iterator[str]:
        """Raise."""
        raise OSError("iter")

    def __len__(self) -> int:
        """Raise."""
        raise OSError("len")


class BrokenMapping(RaisingMapping):
    """A mapping that names a key and raises when the value is read."""

    def __iter__(self) -> Iterator[str]:
        """Name one key."""
        return iter(["version"])


class EndlessMapping(Mapping[str, Any]):
    """A mapping that says it is empty and never ends, at any depth."""

    def __getitem__(self, key: str) -> Any:
        """Return one more of its kind."""
        return EndlessMapping()

    def __iter__(self) -> Iterator[str]:
        """Name keys without end."""
        return map(str, count())

    def __len__(self) -> int:
        """Lie."""
        return 0


class Pairs(dict[Any, Any]):
    """A mapping of keys that cannot be hashed."""

    def __init__(self, pairs: list[tuple[Any, Any]]) -> None:
        """Keep the pairs."""
        super().__init__()
        self._pairs = pairs

    def items(self) -> Any:
        """Return the pairs."""
        return self._pairs


class ScatteredMapping(dict[Any, Any]):
    """A mapping whose items are no pairs."""

    def items(self) -> Any:
        """Return what cannot be unpacked."""
        return [1, (2,)]


class RecursiveMapping(dict[Any, Any]):
    """A mapping that calls itself until the stack ends."""

    def items(self) -> Any:
        """Recurse."""
        return self.items()


class RaisingList(list[Any]):
    """A list that raises when it is read."""

    def __iter__(self) -> Iterator[Any]:
        """Raise."""
        raise OSError("iter")


class EndlessList(list[Any]):
    """A list that never ends."""

    def __iter__(self) -> Iterator[Any]:
        """Count."""
        return count()


class Masked:
    """An object that says it is of another class."""

    def __init__(self, mask: type) -> None:
        """Keep the class it claims."""
        self._mask = mask

    @property
    def __class__(self) -> type:
        """Lie."""
        return self._mask

    @__class__.setter
    def __class__(self, _: type) -> None:
        """Change nothing."""


class Shy:
    """An object that raises when it is asked for its class."""

    @property
    def __class__(self) -> type:
        """Raise."""
        raise OSError("class")

    @__class__.setter
    def __class__(self, _: type) -> None:
        """Change nothing."""


class Quarrelsome(str):
    """A string that raises when it is compared, hashed, measured or shown."""

    __slots__ = ()

    def _raise(self, *_: object) -> Any:
        raise OSError("str")

    __eq__ = __ne__ = __hash__ = __len__ = __str__ = __repr__ = __format__ = __iter__ = _raise


class Number(int):
    """An integer that says it is another one."""

    def __int__(self) -> int:
        """Lie."""
        return -1

    def __str__(self) -> str:
        """Lie."""
        return "-1"

    __repr__ = __str__


class Fraction(float):
    """A float that says it is another one."""

    def __repr__(self) -> str:
        """Lie."""
        return "-1.0"

    __str__ = __repr__


class Amount(Decimal):
    """A Decimal that says it is another one."""

    def __str__(self) -> str:
        """Lie."""
        return "-1.0"


class Word(str, enum.Enum):  # noqa: UP042  # unlike a StrEnum, it shows as its name
    """An enumeration of strings."""

    LINE_ITEMS = "lineItems"


class Count(enum.IntEnum):
    """An enumeration of integers."""

    TWO = 2


def cyclic_list() -> list[Any]:
    """Build a list that contains itself."""
    cyclic: list[Any] = []
    cyclic.append(cyclic)
    return cyclic


def cyclic_object() -> dict[str, Any]:
    """Build an object that contains itself."""
    cyclic: dict[str, Any] = {}
    cyclic["metadata"] = cyclic
    return cyclic


def shared_list() -> list[Any]:
    """Build a list that would hold more values than there is memory, were it not shared."""
    shared: list[Any] = [0]
    for _ in range(60):
        shared = [shared, shared]
    return shared


UNREADABLE: Final[tuple[Callable[[], Any], ...]] = (
    RaisingMapping,
    BrokenMapping,
    lambda: ScatteredMapping(a=1),
    RecursiveMapping,
    RaisingList,
    EndlessList,
    lambda: Masked(str),
    lambda: Masked(dict),
    lambda: Masked(int),
    Shy,
    lambda: {1: "one"},
    lambda: {None: None},
    lambda: {"a", "b"},
    lambda: b"bytes",
    lambda: bytearray(b"bytes"),
    lambda: range(3),
    object,
    lambda: 1j,
    lambda: float("nan"),
    lambda: float("inf"),
    lambda: Decimal("sNaN"),
    lambda: Decimal("-Infinity"),
    lambda: Decimal("1e999999"),
    lambda: 10**400,
    cyclic_list,
    cyclic_object,
)
"""Makers of values that are not plain JSON, or too much of it."""
TOO_MUCH: Final[tuple[Callable[[], Any], ...]] = (EndlessMapping, shared_list)
"""Makers of values that are read up to the caps before they are refused, which takes its time."""

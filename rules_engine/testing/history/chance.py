"""Random choices that come out the same on every machine and under every version of Python."""

import hashlib
import random
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Generic, TypeVar

T = TypeVar("T")
_PER_MILLE = 1_000


class Weighted(Generic[T]):
    """Things to choose from, some more often than others."""

    __slots__ = ("bounds", "things")

    def __init__(self, weights: Iterable[tuple[T, int]]) -> None:
        """Keep what has a weight.

        Args:
            weights: Things with their weights, whole numbers; what has none is never chosen.

        Raises:
            ValueError: Nothing is left to choose from.
        """
        kept = [(thing, weight) for thing, weight in weights if weight > 0]
        if not kept:
            raise ValueError("nothing has a weight")
        self.things: Sequence[T] = tuple(thing for thing, _ in kept)
        self.bounds: Sequence[int] = tuple(accumulate(weight for _, weight in kept))


class Chance:
    """A stream of choices that a seed decides.

    All is drawn from `random.Random.random`, the one method whose sequence Python promises never to change, and
    reckoned in whole numbers or in one multiplication, so that no mathematical library of a machine is asked.
    """

    __slots__ = ("_draw",)

    def __init__(self, seed: int) -> None:
        """Start the stream of a seed."""
        digest = hashlib.sha256(str(seed).encode()).digest()
        self._draw = random.Random(int.from_bytes(digest)).random  # noqa: S311  # made-up shops keep no secrets

    def below(self, bound: int) -> int:
        """Choose a whole number from 0 up to, and without, the bound; the bound is at most 2 to the power of 53."""
        return int(self._draw() * bound)

    def between(self, least: int, most: int) -> int:
        """Choose a whole number, both bounds included."""
        return least + self.below(most - least + 1)

    def share(self, per_mille: int) -> bool:
        """Say yes this many times in a thousand."""
        return self.below(_PER_MILLE) < per_mille

    def pick(self, things: Sequence[T]) -> T:
        """Choose one, each as often as the others."""
        return things[self.below(len(things))]

    def weighted(self, things: Weighted[T]) -> T:
        """Choose one by weight."""
        bounds = things.bounds
        return things.things[bisect_right(bounds, self.below(bounds[-1]))]

    def token(self) -> str:
        """Make up the random part of an id: ten hexadecimal digits."""
        return f"{self.below(16**10):010x}"

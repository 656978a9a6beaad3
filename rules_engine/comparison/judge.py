"""Judge drafts under two policies, and make those that show a difference small."""

from collections.abc import Mapping
from typing import Any

from rules_engine.api import Engine
from rules_engine.comparison.specimen import Document, Specimen, specimen
from rules_engine.testing.shrink import shrunk
from rules_engine.violation import Verdict

Heard = tuple[frozenset[str], frozenset[str]]
"""The codes that a draft hears under the first policy, and under the second."""

_MOST_TRIES = 500
"""How often something is taken away from a draft, to see whether it can do without."""


class Judge:
    """Two policies, and the drafts that were judged under both.

    Attributes:
        judged: How many those were.
    """

    def __init__(self, engines: tuple[Engine, Engine]) -> None:
        """Judge nothing yet."""
        self._engines = engines
        self._heard: dict[Specimen, Heard] = {}
        self.judged = 0

    def heard(self, draft: Specimen) -> Heard:
        """Tell which codes a draft hears; of one that was judged already, what it heard then."""
        known = self._heard.get(draft)
        if known is None:
            first, second = self._verdicts(draft)
            known = self._heard[draft] = frozenset(first.codes), frozenset(second.codes)
            self.judged += 1
        return known

    def _verdicts(self, draft: Specimen) -> tuple[Verdict, Verdict]:
        first, second = self._engines
        return first.validate(draft.draft), second.validate(draft.draft)

    def smallest(self, draft: Specimen, code: str, which: int) -> Document:
        """Take away from a draft what it can do without, while it hears a code under one policy only.

        It hears no other codes than before under either policy, and no more is undecided.

        Args:
            draft: A draft that does.
            code: The code.
            which: 0 where it hears the code under the first policy, 1 under the second.
        """
        before = self._verdicts(draft)
        tries = iter(range(_MOST_TRIES))

        def holds(document: Mapping[str, Any]) -> bool:
            smaller = None if next(tries, None) is None else specimen(document)
            if smaller is None or smaller.draft.operation != draft.draft.operation:
                return False
            after = self._verdicts(smaller)
            return (
                code in after[which].codes
                and code not in after[1 - which].codes
                and all(_no_worse(one, other) for one, other in zip(after, before, strict=True))
            )

        return shrunk(draft.document, holds)


def _no_worse(after: Verdict, before: Verdict) -> bool:
    return set(after.codes) <= set(before.codes) and len(after.undecided) <= len(before.undecided)

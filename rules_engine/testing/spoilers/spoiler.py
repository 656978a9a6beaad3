"""What a spoiler is."""

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from rules_engine.testing.documents import changed
from rules_engine.testing.worlds import clean_worlds


@frozen
class Spoiler:
    """One spoilt thing.

    Attributes:
        rule: The name of the rule that speaks.
        world: The clean world it is spoilt in.
        changes: What is changed, pointer to value.
        param: The field the violation names; None where the cause is not in the request.
    """

    rule: str
    world: str
    changes: Mapping[str, Any]
    param: str | None

    def document(self) -> dict[str, Any]:
        """Give the spoilt draft document."""
        return changed(clean_worlds()[self.world], self.changes)

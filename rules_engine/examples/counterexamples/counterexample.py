"""What a counterexample is."""

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from rules_engine.examples.documents import changed
from rules_engine.examples.valid import examples


@frozen
class Counterexample:
    """One broken thing.

    Attributes:
        rule: The name of the rule that speaks.
        example: The valid example it is broken in.
        changes: What is changed, pointer to value.
        param: The field the violation names; None where the cause is not in the request.
    """

    rule: str
    example: str
    changes: Mapping[str, Any]
    param: str | None

    def document(self) -> dict[str, Any]:
        """Give the broken draft document."""
        return changed(examples()[self.example], self.changes)

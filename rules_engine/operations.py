"""The operations table: one row an operation, and everything else follows from it."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from attrs import frozen

from rules_engine.codes import CREATION_FAILED, INTERNAL_ERROR, Code
from rules_engine.exceptions import DraftError, FactsError
from rules_engine.models.draft import DRAFTS, Draft
from rules_engine.views.join import JOINS, SCOPES
from rules_engine.views.scope import Scope
from rules_engine.views.views import Views


@frozen(eq=False)
class Operation:
    """One operation of the API.

    Attributes:
        name: Such as `session.create`.
        draft: The class of its drafts.
        join: Joins a draft with its facts.
        scopes: What rules can stand on.
        fault_code: What a rule that raises says.
    """

    name: str
    draft: type[Draft[Any]]
    join: Callable[[Any], Views]
    scopes: tuple[Scope[Any], ...]
    fault_code: Code

    def views(self, draft: Draft[Any]) -> Views:
        """Join a draft with its facts.

        Raises:
            DraftError: It holds a number that cannot be reckoned with.
            FactsError: Its clock has no offset.
        """
        if draft.facts.now.tzinfo is None:
            raise FactsError("/facts/now", "expected an instant with an offset")
        try:
            return self.join(draft)
        except (ArithmeticError, ValueError) as error:
            # The wire lets no such number in; a host that builds models itself may.
            raise DraftError("", "expected numbers that can be reckoned with, none infinite or NaN") from error


OPERATIONS: Mapping[str, Operation] = MappingProxyType(
    {
        name: Operation(
            name,
            draft,
            JOINS[name],
            SCOPES[name],
            CREATION_FAILED if name == "session.create" else INTERNAL_ERROR,
        )
        for name, draft in DRAFTS.items()
    }
)
"""Every operation, by name."""

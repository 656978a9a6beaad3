"""The operations table: one row an operation, and everything else follows from it."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from attrs import frozen

from rules_engine.codes import CREATION_FAILED, INTERNAL_ERROR, Code
from rules_engine.models.draft import DRAFTS, Draft
from rules_engine.subjects.join import JOINS, SCOPES
from rules_engine.subjects.joined import Joined
from rules_engine.subjects.scope import Scope


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
    join: Callable[[Any], Joined]
    scopes: tuple[Scope[Any], ...]
    fault_code: Code


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

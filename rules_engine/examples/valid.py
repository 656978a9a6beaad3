"""Valid examples: draft documents that every rule of the default policy accepts."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from rules_engine.examples import objects, request, session
from rules_engine.examples.documents import changed

_EXAMPLES: Final[Mapping[str, Mapping[str, Any]]] = {**session.EXAMPLES, **objects.EXAMPLES, **request.EXAMPLES}


def examples(operation: str | None = None) -> Mapping[str, dict[str, Any]]:
    """Return draft documents that every rule of the default policy accepts, by name.

    Args:
        operation: Of this operation only; of every operation where none is given.

    Returns:
        Fresh copies, in a fixed order; the first of an operation is the operation's plain one.
    """
    return MappingProxyType(
        {
            name: changed(document, {})
            for name, document in _EXAMPLES.items()
            if operation is None or document["operation"] == operation
        }
    )

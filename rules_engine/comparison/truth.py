"""Is a rule violated in a draft, whatever else is wrong with it?"""

from collections.abc import Mapping
from typing import Any

from rules_engine.comparison.proof import Side
from rules_engine.exceptions import DraftError
from rules_engine.models.draft import Draft
from rules_engine.operations import OPERATIONS
from rules_engine.rules.declaration import Rule
from rules_engine.subjects.context import Context
from rules_engine.wire.envelope import read_draft


def is_violated(rule: Rule[Any], document: Mapping[str, Any], side: Side) -> bool:
    """Tell whether a rule is violated anywhere in a draft, under the limits of a policy.

    A draft that does not read, or of another operation, violates no rule.
    """
    try:
        draft = read_draft(document)
    except DraftError:
        return False
    if not isinstance(draft, Draft) or draft.operation != side.operation:
        return False
    joined = OPERATIONS[draft.operation].join(draft)
    context = Context(draft.facts.now, _Limits(side))
    items = rule.scope.select(joined) if rule.scope in OPERATIONS[draft.operation].scopes else ()
    return any(_raw(rule, item, context) for item in items or ())


def _raw(rule: Rule[Any], item: Any, context: Context) -> bool:
    try:
        return bool(rule.violated(item, context))
    except Exception:  # noqa: BLE001  # a rule of a plugin may raise anything; what it would have said is not known
        return False


class _Limits:
    """The limits of a side, each with its default where the policy cannot set it."""

    def __init__(self, side: Side) -> None:
        self._side = side

    def __getitem__(self, limit: Any) -> Any:
        return self._side.limit(limit)

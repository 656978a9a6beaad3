"""A rule that raises, for documents that ask for it: what the engine reports then, no draft can bring about by itself.

A document with the key `"probe": "raise"` beside its request is judged with one rule more. The library's own
functions pass the key over.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from rules_engine.api import Engine, validate
from rules_engine.codes import INTERNAL_ERROR
from rules_engine.models import Draft
from rules_engine.operations import OPERATIONS
from rules_engine.policy.model import Policy
from rules_engine.rules.row import rule
from rules_engine.views.context import Context
from rules_engine.views.scope import Scope
from rules_engine.violation import Verdict
from rules_engine.wire.json_text import read_json
from rules_engine.wire.read import Document, read_draft

PROBE: Final = "probe"
"""The key of a document that asks for the rule."""
RAISE: Final = "raise"
"""What stands there."""


class ProbeError(Exception):
    """What the rule raises."""


def judge(document: Document, *, policy: Policy | None = None) -> Verdict:
    """Judge a draft document as `validate` does, and with a rule that raises where the document asks for one.

    The rule can only refuse: whatever is reported without it is reported with it.

    Args:
        document: A draft document, as a mapping or as JSON text.
        policy: The policy; the default policy where none is given.

    Raises:
        DraftError: The envelope of the document is malformed.
        FactsError: The facts are malformed.
    """
    draft = read_draft(document)
    scope = _occupied_scope(draft) if not draft.faults and _asks_for_probe(document) else None
    return validate(draft, policy=policy) if scope is None else _probing(policy, scope).validate(draft)


def _asks_for_probe(document: Document) -> bool:
    envelope = document if isinstance(document, Mapping) else read_json(document, largest=len(document))
    return bool(envelope.get(PROBE) == RAISE)


def _occupied_scope(draft: Draft[Any]) -> Scope[Any] | None:
    """Return the first scope of the operation that has an item in this draft, for the rule to run on."""
    operation = OPERATIONS[draft.operation]
    views = operation.build_views(draft)
    return next((scope for scope in operation.scopes if views[scope.name]), None)


@lru_cache(maxsize=256)
def _probing(policy: Policy | None, scope: Scope[Any]) -> Engine:
    return Engine(policy, rules=[rule(INTERNAL_ERROR, on=scope.view)(_probe)])


def _probe(_: object, __: Context) -> bool:
    """The rule raises."""
    raise ProbeError

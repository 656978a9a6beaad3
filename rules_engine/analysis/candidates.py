"""Drafts that violate a rule within the limits of a policy, where any can.

The counterexamples violate their rules in a shop of its own currencies, quantities and amounts. Under other limits the
same draft may violate a limit as well, which proves nothing about the rule: so it is moved to where the limits allow
it.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from rules_engine.analysis.applied import AppliedPolicy
from rules_engine.analysis.drafts import DraftDocument, PreparedDraft, broken, prepared, valid, with_changes
from rules_engine.examples import NOW
from rules_engine.examples.dials import DIALS
from rules_engine.rules.limits import (
    LARGEST_AMOUNT,
    MAX_QUANTITY,
    MAX_REFUND_AMOUNT,
    MAX_UNIT_AMOUNT,
    SUPPORTED_CURRENCIES,
)
from rules_engine.views.context import Limit

_CURRENCIES: Final = ("EGP", "USD")
"""The currencies of the shop: the one it settles in, and a foreign one."""
_MOST_TARGETS: Final = 3
_LINES: Final = "/request/lineItems"
_MUG: Final = "/facts/prices/price_mug"
_CUSTOM: Final = "/request/customUnitAmount"

_Limits = Callable[[Limit[int]], int]


def candidates(rule: str, applied: AppliedPolicy) -> Iterator[PreparedDraft]:
    """Yield drafts that may violate a rule, each once: as they are, made small, and in currencies that are supported.

    Args:
        rule: The name of the rule.
        applied: The policy, on the operation, whose limits they are to keep to.
    """
    seen: set[str] = set()
    for document in _documents(rule, applied):
        written = json.dumps(document, sort_keys=True)
        draft = None if written in seen else prepared(document)
        seen.add(written)
        if draft is not None:
            yield draft


def _documents(rule: str, applied: AppliedPolicy) -> Iterator[DraftDocument]:
    documents = [
        *(draft.document for draft in broken(applied.operation, rule)),
        *_at_their_ends(rule, applied.operation),
        *_made(rule, applied),
    ]
    small = [_settled(_within(document, applied.limit)) for document in documents]
    yield from (*documents, *small)
    for target in sorted(applied.limit(SUPPORTED_CURRENCIES))[:_MOST_TARGETS]:
        for source in _CURRENCIES:
            yield from (_exchanged(document, source, target) for document in small)


def _at_their_ends(rule: str, operation: str) -> Iterator[DraftDocument]:
    """Set the boundary values of a rule to their ends."""
    for dial in DIALS:
        if dial.rule == rule and dial.example in valid(operation):
            yield from (dial.document(end) for end in (dial.least, dial.most) if end is not None)


def _made(rule: str, applied: AppliedPolicy) -> Iterator[DraftDocument]:
    """Make the drafts of rules whose counterexamples go beyond what the limits of the policy may allow."""
    for changes in _CHANGES[rule](applied.limit) if rule in _CHANGES else ():
        made = (with_changes(example.document, changes) for example in valid(applied.operation).values())
        yield from (document for document in made if document is not None)


def _within(document: DraftDocument, limit: _Limits) -> DraftDocument:
    """Lower every quantity and unit amount to what the policy allows."""
    most = {"quantity": limit(MAX_QUANTITY), "unitAmount": limit(MAX_UNIT_AMOUNT)}
    return _mapped(document, lambda key, value: min(value, most[key]) if key in most and type(value) is int else value)


def _settled(document: DraftDocument) -> DraftDocument:
    """State what the account settles in, where that is left to the default, so that it is exchanged as well."""
    merchant = document["facts"].get("merchant") or {}
    stated = merchant.get("settlementCurrency", _CURRENCIES[0])
    return with_changes(document, {"/facts/merchant/settlementCurrency": stated}) or document


def _exchanged(document: DraftDocument, one: str, other: str) -> DraftDocument:
    """Exchange two currencies wherever they are named, in either case, alone or in a pair."""
    exchanged = {one: other, other: one, one.lower(): other.lower(), other.lower(): one.lower()}

    def exchange(_: str, value: Any) -> Any:
        return "/".join(exchanged.get(part, part) for part in value.split("/")) if isinstance(value, str) else value

    return _mapped(document, exchange)


def _mapped(document: DraftDocument, change: Callable[[str, Any], Any]) -> DraftDocument:
    """Copy a document with every key, and every value that holds no other values, changed."""

    def walk(key: str, value: Any) -> Any:
        if isinstance(value, dict):
            return {change("", name): walk(name, inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [walk(key, inner) for inner in value]
        return change(key, value)

    mapped: DraftDocument = walk("", dict(document))
    return mapped


_CHANGES: Final[Mapping[str, Callable[[_Limits], list[Mapping[str, Any]]]]] = {
    "price_sold_out": lambda _: [{f"{_MUG}/stock": 0}],
    "adjustable_range_empty": lambda limit: [
        {f"{_LINES}/{line}/adjustableQuantity": {"enabled": True, "minimum": limit(MAX_QUANTITY), "maximum": 1}}
        for line in (0, 1)
    ],
    # No limit bounds the unit amount of a price of the catalogue.
    "session_amount_too_large": lambda _: [
        {
            f"{_MUG}/unitAmount": LARGEST_AMOUNT,
            f"{_MUG}/stock": None,
            _LINES: [{key: "price_mug", "quantity": 1}] * 2,
        }
        for key in ("price", "priceId")
    ],
    "custom_range_empty": lambda limit: [{_CUSTOM: {"minimum": limit(MAX_UNIT_AMOUNT), "maximum": 1}}],
    "preset_out_of_range": lambda limit: [{_CUSTOM: {"minimum": limit(MAX_UNIT_AMOUNT), "preset": 1}}],
    "refund_amount_above_remaining": lambda limit: [
        {"/request/amount": limit(MAX_REFUND_AMOUNT), "/facts/charges/ch_1/amount": 1}
    ],
    "partial_refund_unsupported": lambda _: [
        {"/request/amount": 1, "/facts/charges/ch_2/processorCapabilities/supportsPartialRefund": False}
    ],
    "idempotency_key_in_use": lambda _: [
        {
            "/request/idempotencyKey": "k",
            "/facts/idempotencyKeys": {"k": {"fingerprint": "0" * 64, "createdAt": NOW}},
        }
    ],
}
"""Changes to valid examples that keep within limits where the counterexamples do not."""

"""Drafts that violate a rule within the limits of a policy, where any can.

The counterexamples violate their rules in a shop of its own currencies, quantities and amounts. Under other limits the
same draft may violate a limit as well, which proves nothing about the rule: so it is moved to where the limits allow
it.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from rules_engine.comparison.specimen import broken, clean, with_changes
from rules_engine.examples import NOW, examples
from rules_engine.examples.dials import DIALS
from rules_engine.policy.model import Policy
from rules_engine.rules.limits import (
    LARGEST_AMOUNT,
    MAX_QUANTITY,
    MAX_REFUND_AMOUNT,
    MAX_UNIT_AMOUNT,
    SUPPORTED_CURRENCIES,
)

Document = Mapping[str, Any]

_CURRENCIES: Final = ("EGP", "USD")
"""The currencies of the shop: the one it settles in, and a foreign one."""
_MOST_TARGETS: Final = 3
_LINES: Final = "/request/lineItems"
_MUG: Final = "/facts/prices/price_mug"
_CUSTOM: Final = "/request/customUnitAmount"


def candidates(rule: str, operation: str, policy: Policy) -> Iterator[Document]:
    """Give drafts that may violate a rule, each once: as they are, made small, and in currencies that are supported.

    Args:
        rule: The name of the rule.
        operation: The name of the operation.
        policy: The policy whose limits they are to keep to.
    """
    seen: set[str] = set()
    for draft in _all(rule, operation, policy):
        written = json.dumps(draft, sort_keys=True)
        if written not in seen:
            seen.add(written)
            yield draft


def _all(rule: str, operation: str, policy: Policy) -> Iterator[Document]:
    drafts = [*_broken(operation, rule), *_dialled(operation, rule), *_made(rule, operation, policy)]
    small = [_settled(_within(draft, policy)) for draft in drafts]
    yield from (*drafts, *small)
    for target in sorted(policy.limit_values[SUPPORTED_CURRENCIES])[:_MOST_TARGETS]:
        for source in _CURRENCIES:
            yield from (_swapped(draft, source, target) for draft in small)


def _broken(operation: str, rule: str) -> Iterator[Document]:
    return (draft.document for draft in broken(operation, rule))


def _dialled(operation: str, rule: str) -> Iterator[Document]:
    """Turn the dials of a rule to their ends."""
    for dial in DIALS:
        if dial.rule == rule and dial.example in clean(operation):
            yield from (dial.document(end) for end in (dial.least, dial.most) if end is not None)


def _made(rule: str, operation: str, policy: Policy) -> Iterator[Document]:
    """Make the drafts of rules whose counterexamples go beyond what the limits of the policy may allow."""
    for changes in _MADE[rule](policy) if rule in _MADE else ():
        drafts = (with_changes(example, changes) for example in examples(operation).values())
        yield from (draft for draft in drafts if draft is not None)


def _within(draft: Document, policy: Policy) -> Document:
    """Lower every quantity and unit amount to what the policy allows."""
    limits = policy.limit_values
    most = {"quantity": limits[MAX_QUANTITY], "unitAmount": limits[MAX_UNIT_AMOUNT]}
    return _map(draft, lambda key, value: min(value, most[key]) if key in most and type(value) is int else value)


def _settled(draft: Document) -> Document:
    """Write down what the account settles in, where that goes without saying, so that it is exchanged as well."""
    merchant = draft["facts"].get("merchant") or {}
    stated = merchant.get("settlementCurrency", _CURRENCIES[0])
    return with_changes(draft, {"/facts/merchant/settlementCurrency": stated}) or draft


def _swapped(draft: Document, one: str, other: str) -> Document:
    """Exchange two currencies wherever they are named, in either case, alone or in a pair."""
    exchanged = {one: other, other: one, one.lower(): other.lower(), other.lower(): one.lower()}

    def exchange(_: str, value: Any) -> Any:
        return "/".join(exchanged.get(part, part) for part in value.split("/")) if isinstance(value, str) else value

    return _map(draft, exchange)


def _map(draft: Document, change: Callable[[str, Any], Any]) -> Document:
    """Copy a document with every key, and every value that holds no other values, changed."""

    def walk(key: str, value: Any) -> Any:
        if isinstance(value, dict):
            return {change("", name): walk(name, inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [walk(key, inner) for inner in value]
        return change(key, value)

    mapped: Document = walk("", dict(draft))
    return mapped


def _sold_out(_: Policy) -> Iterator[Document]:
    yield {f"{_MUG}/stock": 0}


def _adjustable_range(policy: Policy) -> Iterator[Document]:
    most = policy.limit_values[MAX_QUANTITY]
    for line in (0, 1):
        yield {f"{_LINES}/{line}/adjustableQuantity": {"enabled": True, "minimum": most, "maximum": 1}}


def _large_basket(_: Policy) -> Iterator[Document]:
    # No limit bounds the unit amount of a price of the catalogue.
    for key in ("price", "priceId"):
        yield {
            f"{_MUG}/unitAmount": LARGEST_AMOUNT,
            f"{_MUG}/stock": None,
            _LINES: [{key: "price_mug", "quantity": 1}] * 2,
        }


def _custom_range(policy: Policy) -> Iterator[Document]:
    yield {_CUSTOM: {"minimum": policy.limit_values[MAX_UNIT_AMOUNT], "maximum": 1}}


def _preset(policy: Policy) -> Iterator[Document]:
    yield {_CUSTOM: {"minimum": policy.limit_values[MAX_UNIT_AMOUNT], "preset": 1}}


def _refund_of_too_much(policy: Policy) -> Iterator[Document]:
    yield {"/request/amount": policy.limit_values[MAX_REFUND_AMOUNT], "/facts/charges/ch_1/amount": 1}


def _refund_of_a_part(_: Policy) -> Iterator[Document]:
    yield {"/request/amount": 1, "/facts/charges/ch_2/processorCapabilities/supportsPartialRefund": False}


def _short_key(_: Policy) -> Iterator[Document]:
    used = {"k": {"fingerprint": "0" * 64, "createdAt": NOW}}
    yield {"/request/idempotencyKey": "k", "/facts/idempotencyKeys": used}


_MADE: Final[Mapping[str, Callable[[Policy], Iterator[Document]]]] = {
    "price_sold_out": _sold_out,
    "adjustable_range_empty": _adjustable_range,
    "session_amount_too_large": _large_basket,
    "custom_range_empty": _custom_range,
    "preset_out_of_range": _preset,
    "refund_amount_above_remaining": _refund_of_too_much,
    "partial_refund_unsupported": _refund_of_a_part,
    "idempotency_key_in_use": _short_key,
}
"""Changes to valid examples that keep within limits where the counterexamples do not."""

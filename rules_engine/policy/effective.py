"""What a policy comes to at an instant, as plain values: each with the place that it is written at."""

from datetime import datetime
from typing import Any

from rules_engine.policy.model import KeyPath, Policy
from rules_engine.policy.versions import write_instant
from rules_engine.policy.waiver import Waiver
from rules_engine.views.context import Limit


def effective_document(policy: Policy, at: datetime) -> dict[str, Any]:
    """Describe a policy at an instant.

    Args:
        policy: The policy.
        at: The instant.
    """
    return {
        "id": policy.id,
        "source": policy.source,
        "at": write_instant(at),
        "merchant": _stated(policy, policy.merchant, ("merchant",)),
        "effective_from": _stated(policy, _instant(policy.effective_from), ("effective_from",)),
        "effective_until": _stated(policy, _instant(policy.effective_until), ("effective_until",)),
        "effective": policy.effective_at(at),
        "pipelines": {
            operation: [_rule(policy, operation, rule, at) for rule in pipeline]
            for operation, pipeline in policy.pipelines.items()
        },
        "limits": {limit.name: _limit(policy, limit) for limit in policy.limit_values},
        "waivers": [_waiver(policy, waiver, at) for waiver in policy.waivers],
    }


def place_document(policy: Policy, *paths: KeyPath) -> dict[str, Any] | None:
    """Give the place where the first of some values is written that a file states; None where none does."""
    origin = next((policy.origins[path] for path in paths if path in policy.origins), None)
    return None if origin is None else {"source": origin.source, "line": origin.line, "column": origin.column}


def _stated(policy: Policy, value: str | None, path: KeyPath) -> dict[str, Any]:
    return {"value": value, "origin": place_document(policy, path)}


def _instant(instant: datetime | None) -> str | None:
    return None if instant is None else write_instant(instant)


def _rule(policy: Policy, operation: str, rule: str, at: datetime) -> dict[str, Any]:
    delay = policy.enforce_from.get(rule)
    return {
        "rule": rule,
        "mode": policy.mode_at(rule, at).value,
        "enforce_from": _instant(delay),
        "origin": place_document(policy, ("pipelines", operation, rule)),
        "mode_origin": place_document(policy, ("rules", rule)),
    }


def _limit(policy: Policy, limit: Limit[Any]) -> dict[str, Any]:
    value = policy.limit_values[limit]
    return {
        "value": sorted(value) if limit.members else value,
        "unit": limit.unit,
        "minimum": limit.minimum,
        "maximum": limit.maximum,
        "members": sorted(limit.members),
        "default": sorted(limit.default) if limit.members else limit.default,
        "origin": place_document(policy, ("limits", limit.name)),
    }


def _waiver(policy: Policy, waiver: Waiver, at: datetime) -> dict[str, Any]:
    match = waiver.match
    metadata = None if match.metadata is None else {"key": match.metadata.key, "value": match.metadata.value}
    return {
        "id": waiver.id,
        "code": waiver.code,
        "match": {"merchant": match.merchant, "operation": match.operation, "metadata": metadata},
        "expires": write_instant(waiver.expires),
        "expired": at >= waiver.expires,
        "reason": waiver.reason,
        "origin": place_document(policy, ("waivers", waiver.id)),
    }

"""A policy written out, each value with the place that it comes from: as a TOML file of its own, or as plain values."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from attrs import asdict

from rules_engine.exceptions import on_one_line
from rules_engine.path import Path
from rules_engine.policy.model import Policy, Waiver, write_instant
from rules_engine.policy.read import SCHEMA_VERSION
from rules_engine.violation import Mode


def write_policy(policy: Policy) -> str:
    """Render a policy in TOML; read again, it is equal but for its origins and what it extends."""
    return "".join(f"{line}{_comment(policy, path)}\n" for line, path in policy_lines(policy))


def policy_lines(policy: Policy) -> Iterator[tuple[str, Path | None]]:
    """Render the lines of a policy file that extends nothing, each with the keys of the value that it begins."""
    yield f"schema_version = {SCHEMA_VERSION}", None
    for key in ("id", "merchant", "effective_from", "effective_until"):
        value = getattr(policy, key)
        if value is not None:
            yield f"{key} = {_toml(value)}", (key,)
    yield from (("", None), ("[pipelines]", None))
    for operation, pipeline in policy.pipelines.items():
        yield f"{_toml(operation)} = [", ("pipelines", operation)
        yield from ((f"  {_toml(rule)},", ("pipelines", operation, rule)) for rule in pipeline)
        yield "]", None
    rules = dict.fromkeys((*policy.modes, *policy.enforce_from))
    yield from (("", None), ("[rules]", None)) if rules else ()
    for rule in rules:
        options = {"mode": policy.modes.get(rule, Mode.ENFORCE).value, "enforce_from": policy.enforce_from.get(rule)}
        yield f"{_toml(rule)} = {_toml(options)}", ("rules", rule)
    yield from (("", None), ("[limits]", None)) if policy.limits else ()
    for limit in policy.limit_values:
        if limit.name in policy.limits:
            yield f"{limit.name} = {_toml(policy.limits[limit.name])}", ("limits", limit.name)
    for waiver in policy.waivers:
        yield from (("", None), ("[[waivers]]", ("waivers", waiver.id)))
        yield from ((f"{key} = {_toml(value)}", None) for key, value in _plain_waiver(waiver).items())


def _comment(policy: Policy, path: Path | None) -> str:
    """Render where a value is written, on the line of the value."""
    origin = None if path is None else policy.written_at(path)
    return "" if origin is None else f"  # {on_one_line(str(origin))}"


def _plain_waiver(waiver: Waiver) -> dict[str, Any]:
    match, metadata = waiver.match, waiver.match.metadata
    return {
        "id": waiver.id,
        "code": waiver.code,
        "match": {
            "merchant": match.merchant,
            "operation": match.operation,
            "metadata": None if metadata is None else {"key": metadata.key, "value": metadata.value},
        },
        "expires": waiver.expires,
        "reason": waiver.reason,
    }


def _toml(value: Any) -> str:
    """Render a value on one line; of a table, what is None is left out."""
    match value:
        case datetime():
            return write_instant(value)
        case int():
            return str(value)
        case frozenset():
            return f"[{', '.join(map(_toml, sorted(value)))}]"
        case dict():
            stated = (f"{key} = {_toml(item)}" for key, item in value.items() if item is not None)
            return f"{{ {', '.join(stated)} }}"
    # TOML reads a text as JSON does, but for one character that JSON leaves bare.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def effective_document(policy: Policy, at: datetime) -> dict[str, Any]:
    """Return what a policy comes to at an instant, as values of JSON, each with the place that it is written at.

    Args:
        policy: The policy.
        at: The instant.
    """

    def origin(*path: str) -> dict[str, Any] | None:
        written = policy.written_at(path)
        return None if written is None else asdict(written)

    return {
        "id": policy.id,
        "source": policy.source,
        "at": write_instant(at),
        **{
            key: {"value": _plain(getattr(policy, key)), "origin": origin(key)}
            for key in ("merchant", "effective_from", "effective_until")
        },
        "effective": policy.effective_at(at),
        "pipelines": {
            operation: [
                {
                    "rule": rule,
                    "mode": policy.mode_at(rule, at).value,
                    "enforce_from": _plain(policy.enforce_from.get(rule)),
                    "origin": origin("pipelines", operation, rule),
                    "mode_origin": origin("rules", rule),
                }
                for rule in pipeline
            ]
            for operation, pipeline in policy.pipelines.items()
        },
        "limits": {
            limit.name: {
                "value": _plain(value),
                "unit": limit.unit,
                "minimum": limit.minimum,
                "maximum": limit.maximum,
                "members": _plain(limit.members),
                "default": _plain(limit.default),
                "origin": origin("limits", limit.name),
            }
            for limit, value in policy.limit_values.items()
        },
        "waivers": [
            {
                **{key: _plain(value) for key, value in _plain_waiver(waiver).items()},
                "expired": at >= waiver.expires,
                "origin": origin("waivers", waiver.id),
            }
            for waiver in policy.waivers
        ],
    }


def _plain(value: Any) -> Any:
    """Turn a value of a policy into one of JSON."""
    if isinstance(value, datetime):
        return write_instant(value)
    return sorted(value) if isinstance(value, frozenset) else value

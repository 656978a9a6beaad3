"""A policy as a file of its own that extends nothing, with the place that each value comes from beside it."""

import json
from collections.abc import Iterator
from typing import Any

from rules_engine.exceptions import on_one_line
from rules_engine.policy.model import KeyPath, Policy
from rules_engine.policy.read import SCHEMA_VERSION
from rules_engine.policy.versions import write_instant
from rules_engine.policy.waiver import Waiver
from rules_engine.violation import Mode


def write_policy(policy: Policy) -> str:
    """Write a policy in TOML; read again, it is equal but for its origins and what it extends."""
    return "\n".join(_lines(policy)) + "\n"


def _lines(policy: Policy) -> Iterator[str]:
    yield f"schema_version = {SCHEMA_VERSION}"
    yield f"id = {_text(policy.id)}" + _from(policy, ("id",))
    if policy.merchant is not None:
        yield f"merchant = {_text(policy.merchant)}" + _from(policy, ("merchant",))
    for key, instant in (("effective_from", policy.effective_from), ("effective_until", policy.effective_until)):
        if instant is not None:
            yield f"{key} = {write_instant(instant)}" + _from(policy, (key,))
    yield from ("", "[pipelines]")
    for operation, pipeline in policy.pipelines.items():
        yield f"{_text(operation)} = ["
        for rule in pipeline:
            yield f"  {_text(rule)}," + _from(policy, ("pipelines", operation, rule))
        yield "]"
    yield from ("", "[rules]")
    for rule in dict.fromkeys((*policy.modes, *policy.enforce_from)):
        yield f"{_text(rule)} = {_options(policy, rule)}" + _from(policy, ("rules", rule))
    yield from ("", "[limits]")
    for limit in policy.limit_values:
        if limit.name in policy.limits:
            yield f"{limit.name} = {_limit(policy.limits[limit.name])}" + _from(policy, ("limits", limit.name))
    for waiver in policy.waivers:
        yield from _waiver(policy, waiver)


def _options(policy: Policy, rule: str) -> str:
    mode = _text(policy.modes.get(rule, Mode.ENFORCE).value)
    delay = policy.enforce_from.get(rule)
    return f"{{ mode = {mode} }}" if delay is None else f"{{ mode = {mode}, enforce_from = {write_instant(delay)} }}"


def _waiver(policy: Policy, waiver: Waiver) -> Iterator[str]:
    yield from ("", "[[waivers]]" + _from(policy, ("waivers", waiver.id)))
    yield f"id = {_text(waiver.id)}"
    yield f"code = {_text(waiver.code)}"
    yield f"match = {_match(waiver)}"
    yield f"expires = {write_instant(waiver.expires)}"
    yield f"reason = {_text(waiver.reason)}"


def _match(waiver: Waiver) -> str:
    match = waiver.match
    stated = [
        f"{key} = {_text(value)}"
        for key, value in (("merchant", match.merchant), ("operation", match.operation))
        if value is not None
    ]
    if match.metadata is not None:
        value = "" if match.metadata.value is None else f", value = {_text(match.metadata.value)}"
        stated.append(f"metadata = {{ key = {_text(match.metadata.key)}{value} }}")
    return f"{{ {', '.join(stated)} }}"


def _limit(value: Any) -> str:
    return str(value) if isinstance(value, int) else f"[{', '.join(map(_text, sorted(value)))}]"


def _text(text: str) -> str:
    """Quote a text as TOML reads it: as JSON does, but for one character that JSON leaves bare."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _from(policy: Policy, path: KeyPath) -> str:
    origin = policy.origins.get(path)
    return "" if origin is None else f"  # {on_one_line(str(origin))}"

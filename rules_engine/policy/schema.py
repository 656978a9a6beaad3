"""A JSON Schema (2020-12) of policy files, for editors that complete and check TOML by one.

An editor sees one file as JSON: instants as texts of RFC 3339, and nothing of the file that is extended. What it cannot
see, the loader refuses all the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rules_engine.codes import CATALOGUE
from rules_engine.operations import OPERATIONS
from rules_engine.policy.builtin import DEFAULT
from rules_engine.policy.model import SESSIONS, why_not_waivable
from rules_engine.policy.read import SCHEMA_VERSION
from rules_engine.rules import RULES
from rules_engine.rules.limits import LIMITS
from rules_engine.rules.row import Rule
from rules_engine.views.context import Limit
from rules_engine.violation import Mode

Schema = dict[str, Any]

_MODES = {
    Mode.ENFORCE: "It refuses.",
    Mode.WARN: "It is shown to the caller and refuses nothing.",
    Mode.SHADOW: "Only recorders and reports see it.",
    Mode.OFF: "It is not evaluated.",
}
_CLOCK = r"([01]\d|2[0-3]):[0-5]\d"
_INSTANT = rf"^\d{{4}}-\d\d-\d\d[Tt ]{_CLOCK}(:[0-5]\d(\.\d+)?)?([Zz]|[+-]{_CLOCK})$"


def policy_schema(rules: Iterable[Rule[Any]] = ()) -> Schema:
    """Describe policy files.

    Args:
        rules: Rules of the application's own that the files may name.
    """
    every = (*RULES, *rules)
    limits = dict.fromkeys((*LIMITS, *(limit for rule in every for limit in rule.limits)))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A policy of rules_engine",
        "description": "Which rules apply, in what order, how hard, with which limits, for whom and from when.",
        "type": "object",
        "required": ["schema_version", "id"],
        "additionalProperties": False,
        "properties": {
            "schema_version": {"description": "The version of the language.", "const": SCHEMA_VERSION},
            "id": _text("What verdicts call the policy."),
            "extends": {
                **_text(
                    f'"{DEFAULT}", or the name of a file relative to this one: what is not stated here is as there.'
                ),
                "pattern": "^[^/]",
                "examples": [DEFAULT],
            },
            "merchant": _text("The id of the account that the policy is for."),
            "effective_from": _instant("The policy applies from this instant on."),
            "effective_until": _instant("The policy applies until just before this instant."),
            "pipelines": _object(
                "Operation to its rules: a list is the whole pipeline, a table changes the one that is inherited.",
                {operation: _pipeline(operation) for operation in OPERATIONS},
            ),
            "rules": _object("Rule to how hard it is applied.", {rule.name: _options(rule) for rule in every}),
            "limits": _object("Limit to value.", {limit.name: _limit(limit) for limit in limits}),
            "waivers": {"description": "Violations that are tolerated.", "type": "array", "items": _waiver(every)},
        },
        "if": {"not": {"required": ["extends"]}},
        "then": {
            "required": ["pipelines"],
            "properties": {"pipelines": {"required": list(OPERATIONS), "additionalProperties": {"type": "array"}}},
        },
        "$defs": {
            "instant": {"type": "string", "format": "date-time", "pattern": _INSTANT},
            "text": {"type": "string", "pattern": r"\S"},
            "mode": _enumerated({mode.value: sentence for mode, sentence in _MODES.items()}),
            **{_rules_of(operation): _standing_in(operation, every) for operation in OPERATIONS},
        },
    }


def _text(description: str) -> Schema:
    return {"description": description, "$ref": "#/$defs/text"}


def _instant(description: str) -> Schema:
    return {"description": description, "$ref": "#/$defs/instant"}


def _object(description: str, properties: Schema, required: Sequence[str] = ()) -> Schema:
    return {
        "description": description,
        "type": "object",
        "additionalProperties": False,
        **({"required": list(required)} if required else {}),
        "properties": properties,
    }


def _enumerated(sentences: Mapping[str, str]) -> Schema:
    """Admit some texts; the sentences are what Taplo shows beside each."""
    return {"enum": list(sentences), "x-taplo": {"docs": {"enumValues": list(sentences.values())}}}


def _rules_of(operation: str) -> str:
    return f"rules of {operation}"


def _standing_in(operation: str, rules: Iterable[Rule[Any]]) -> Schema:
    return _enumerated({rule.name: rule.sentence for rule in rules if rule.scope in OPERATIONS[operation].scopes})


def _pipeline(operation: str) -> Schema:
    rule = {"$ref": f"#/$defs/{_rules_of(operation).replace(' ', '%20')}"}
    rules = {"type": "array", "items": rule, "uniqueItems": True}
    beside = {"type": "object", "propertyNames": rule, "additionalProperties": rules}
    changes = _object(
        f"Changes of the inherited pipeline of {operation}, made in this order.",
        {
            "without": {"description": "Rules that are taken out.", **rules},
            "insert_before": {"description": "Rule to the rules that are inserted directly before it.", **beside},
            "insert_after": {"description": "Rule to the rules that are inserted directly after it.", **beside},
        },
    )
    return {
        "anyOf": [{"description": f"The whole pipeline of {operation}, in the order of the report.", **rules}, changes]
    }


def _options(rule: Rule[Any]) -> Schema:
    never_enforced = {"properties": {"mode": {"enum": [Mode.SHADOW.value, Mode.OFF.value]}}}
    return {
        **_object(
            rule.sentence,
            {
                "mode": {"description": "How hard it is applied.", "default": "enforce", "$ref": "#/$defs/mode"},
                "enforce_from": _instant(
                    "From this instant on it is enforced; before, it warns in mode warn, else it is shadowed."
                ),
            },
        ),
        "if": {**never_enforced, "required": ["mode"]},
        "then": {"properties": {"enforce_from": False}},
    }


def _limit(limit: Limit[Any]) -> Schema:
    description = f"{limit.sentence} In {limit.unit}."
    if limit.members:
        members = sorted(limit.members)
        return {
            "description": description,
            "type": "array",
            "items": {"enum": members},
            "default": sorted(limit.default),
        }
    return {
        "description": description,
        "type": "integer",
        "minimum": limit.minimum,
        "maximum": limit.maximum,
        "default": limit.default,
    }


def _waiver(rules: Iterable[Rule[Any]]) -> Schema:
    codes = {**CATALOGUE, **{rule.code.name: rule.code for rule in rules}}
    waivable = {name: code.sentence for name, code in codes.items() if why_not_waivable(code) is None}
    return _object(
        "A violation that is tolerated.",
        {
            "id": _text("What reports call the waiver."),
            "code": {"description": "The code that is waived.", **_enumerated(waivable)},
            "match": {
                **_object("The drafts that it is for; all of it has to fit.", _matches()),
                "minProperties": 1,
                "if": {"required": ["metadata"]},
                "then": {"properties": {"operation": {"pattern": f"^{SESSIONS.replace('.', '[.]')}"}}},
            },
            "expires": _instant("From this instant on it holds no more."),
            "reason": _text("Why it is tolerated, for the reports."),
        },
        required=("code", "match", "expires", "reason"),
    )


def _matches() -> Schema:
    return {
        "merchant": _text("The id of the account."),
        "operation": {"description": "The operation.", "enum": list(OPERATIONS)},
        "metadata": _object(
            "A key of the session's metadata.",
            {
                "key": _text("The key."),
                "value": {"description": "The text it must have; any, where it is left out.", "type": "string"},
            },
            required=("key",),
        ),
    }

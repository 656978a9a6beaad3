"""What the manual says of each code: who reports it, in which operations, and by which rules.

The command line prints it, and `python -m rules_engine.docs` renders it as Markdown.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any, Final, get_args, get_type_hints

import attrs
from attrs import frozen

from rules_engine.codes import CATALOGUE, PARAMETER_MISSING, Code, Origin
from rules_engine.operations import OPERATIONS
from rules_engine.policy.builtin import default_policy
from rules_engine.rules import RULES
from rules_engine.rules.row import Rule
from rules_engine.views.context import Limit

PageFields = Mapping[str, Sequence[str]]
"""Names of what is documented, and the values of each, of which there is at least one."""

_REPORTERS: Mapping[Origin, str] = MappingProxyType(
    {
        Origin.WIRE: "the wire (the request does not parse)",
        Origin.RULE: "a rule",
        Origin.ENGINE: "the engine (an enforced rule raised)",
    }
)
_KEEPS_DISCOUNTS: Final = "session.update"
"""The operation that judges discounts which the request does not carry."""


@frozen(eq=False)
class RuleEntry:
    """A rule, and what becomes of it under the default policy.

    Attributes:
        rule: The rule.
        operations: The operations whose pipeline has it.
        params: The fields it can name, with `i` for an index; None where it can name none.
    """

    rule: Rule[Any]
    operations: tuple[str, ...]
    params: tuple[str | None, ...]

    @property
    def fields(self) -> PageFields:
        """What a page lists below the description of the rule."""
        rule = self.rule
        reasons: dict[str, list[str]] = {}
        for operation, reason in rule.except_in.items():
            reasons.setdefault(reason, []).append(operation)
        left_out = "; ".join(f"{', '.join(operations)}: {reason}" for reason, operations in reasons.items())
        return _stated(
            {
                "operations": self.operations,
                "not in": [left_out] if left_out else [],
                "param": [param or "none" for param in self.params],
                "message": [] if rule.message == rule.sentence else [rule.message],
                "evidence": list(rule.public),
                "private": list(rule.private),
                "needs": list(dict.fromkeys(need.name for need in rule.needs)),
                "limits": [limit.name for limit in rule.limits],
            }
        )


@frozen(eq=False)
class CodeEntry:
    """A code, and who reports it under the default policy.

    Attributes:
        code: The code.
        rules: The rules that report it, in the order of the manual.
        operations: The operations that can report it, by a rule, the wire or the engine.
    """

    code: Code
    rules: tuple[RuleEntry, ...]
    operations: tuple[str, ...]

    @property
    def nouns(self) -> tuple[str, ...]:
        """What these operations act on: the first words of their names, each once."""
        return tuple(dict.fromkeys(name.partition(".")[0] for name in self.operations))

    @property
    def fields(self) -> PageFields:
        """What a page lists below the sentence of the code."""
        code = self.code
        return _stated(
            {
                "type": [code.type],
                "status": [str(code.http_status)],
                "section": [code.section],
                "doc_url": [] if code.doc_url is None else [code.doc_url],
                "reported by": [_REPORTERS[origin] for origin in Origin if origin in code.origins],
                "operations": self.operations,
            }
        )


def _stated(fields: PageFields) -> PageFields:
    return {name: values for name, values in fields.items() if values}


@cache
def code_entries() -> Mapping[str, CodeEntry]:
    """Build the manual: an entry for every code of the catalogue, in its order."""
    rules = [_rule_entry(rule) for rule in RULES]
    return MappingProxyType(
        {
            name: _code_entry(code, tuple(entry for entry in rules if entry.rule.code is code))
            for name, code in CATALOGUE.items()
        }
    )


def _code_entry(code: Code, rules: tuple[RuleEntry, ...]) -> CodeEntry:
    by_rule = {name for entry in rules for name in entry.operations}
    operations = tuple(
        name
        for name, operation in OPERATIONS.items()
        if name in by_rule
        or operation.fault_code is code
        or (Origin.WIRE in code.origins and (code is not PARAMETER_MISSING or _requires_a_field(operation.request)))
    )
    return CodeEntry(code, rules, operations)


def _requires_a_field(kind: Any) -> bool:
    """Return whether a model, or one within it, has a field that must be sent."""
    if not attrs.has(kind):
        return any(map(_requires_a_field, get_args(kind)))
    hints = get_type_hints(kind)
    return any(field.default is attrs.NOTHING or _requires_a_field(hints[field.name]) for field in attrs.fields(kind))


def _rule_entry(rule: Rule[Any]) -> RuleEntry:
    pipelines = default_policy().pipelines
    operations = tuple(name for name in OPERATIONS if rule.name in pipelines[name])
    places = (rule.scope.fields_of(name) for name in operations)
    params = [_param(place, tail) for fields in places for place in fields for tail in rule.param]
    if rule.kept_param is not None and _KEEPS_DISCOUNTS in operations:
        params.append(rule.kept_param)
    return RuleEntry(rule, operations, tuple(dict.fromkeys(params)))


def _param(place: str | None, tail: str) -> str | None:
    return None if place is None else ".".join(filter(None, (place, tail)))


def value_of(limit: Limit[Any], value: Any) -> str:
    """Return a value of a limit as text: a number, or the members of a set in alphabetical order."""
    return ", ".join(sorted(value)) if limit.members else str(value)


def bounds_of(limit: Limit[Any]) -> str:
    """Return what a policy may set a limit to."""
    return "any of the default" if limit.members else f"{limit.minimum} to {limit.maximum}"

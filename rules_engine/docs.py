"""The manual of the codes, gathered from the catalogue, the rules and the default policy, and written as Markdown.

`python -m rules_engine.docs` writes `docs/codes.md` below the current directory; with `--check` it writes nothing and
exits 1 where the file is not what it would write.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args, get_type_hints

import attrs
from attrs import frozen

from rules_engine.codes import CATALOGUE, PARAMETER_MISSING, Code, Origin
from rules_engine.models.draft import REQUESTS, SessionDraft
from rules_engine.operations import OPERATIONS
from rules_engine.places import places_of
from rules_engine.policy.load import default_policy
from rules_engine.rules import RULES
from rules_engine.rules.declaration import Rule
from rules_engine.rules.limits import LIMITS
from rules_engine.subjects.context import Limit

CODES_PAGE = "docs/codes.md"
"""The generated file, below the root of the project."""
NOT_SAID = "not said by any operation of this version"
"""What the manual says of a code whose operations are still to come."""

SPEAKERS: Mapping[Origin, str] = MappingProxyType(
    {
        Origin.WIRE: "the wire (the request does not parse)",
        Origin.RULE: "a rule",
        Origin.ENGINE: "the engine (an enforced rule raised)",
    }
)
"""Who says a code, by its origins."""

_KEEPS_DISCOUNTS = "session.update"
"""The operation that judges discounts which the request does not carry."""


@frozen(eq=False)
class RuleEntry:
    """A rule, and what becomes of it under the default policy.

    Attributes:
        rule: The rule.
        operations: The operations whose pipeline names it.
        params: The fields it can name, with `i` for an index; None where it can name none.
    """

    rule: Rule[Any]
    operations: tuple[str, ...]
    params: tuple[str | None, ...]


@frozen(eq=False)
class CodeEntry:
    """A code, and who says it under the default policy.

    Attributes:
        code: The code.
        rules: The rules that say it, in the order of the manual.
        operations: The operations that can say it, by a rule, the wire or the engine.
    """

    code: Code
    rules: tuple[RuleEntry, ...]
    operations: tuple[str, ...]

    @property
    def in_session(self) -> bool:
        """Whether `validate_session` can say it."""
        return any(issubclass(OPERATIONS[name].draft, SessionDraft) for name in self.operations)


@cache
def code_entries() -> Mapping[str, CodeEntry]:
    """Gather the manual: an entry for every code of the catalogue, in its order."""
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
        or (Origin.WIRE in code.origins and (code is not PARAMETER_MISSING or _requires_a_field(REQUESTS[name])))
    )
    return CodeEntry(code, rules, operations)


def _requires_a_field(kind: Any) -> bool:
    """Tell whether a model, or one within it, has a field that must be sent."""
    if not attrs.has(kind):
        return any(map(_requires_a_field, get_args(kind)))
    hints = get_type_hints(kind)
    return any(field.default is attrs.NOTHING or _requires_a_field(hints[field.name]) for field in attrs.fields(kind))


def _rule_entry(rule: Rule[Any]) -> RuleEntry:
    pipelines = default_policy().pipelines
    operations = tuple(name for name in OPERATIONS if rule.name in pipelines[name])
    places = (places_of(rule.scope, name) for name in operations)
    params = [_param(place, tail) for fields in places for place in fields for tail in rule.param]
    if rule.kept_param is not None and _KEEPS_DISCOUNTS in operations:
        params.append(rule.kept_param)
    return RuleEntry(rule, operations, tuple(dict.fromkeys(params)))


def _param(place: str | None, tail: str) -> str | None:
    return None if place is None else ".".join(filter(None, (place, tail)))


def value_of(limit: Limit[Any], value: Any) -> str:
    """Write a value of a limit: a number, or the members of a set in alphabetical order."""
    return ", ".join(sorted(value)) if limit.members else str(value)


def bounds_of(limit: Limit[Any]) -> str:
    """Write what a policy may set a limit to."""
    return "any of the default" if limit.members else f"{limit.minimum} to {limit.maximum}"


def markdown() -> str:
    """Write the manual: the operations, every code by section, and the limits."""
    entries = code_entries().values()
    said = sum(1 for entry in entries if entry.operations)
    lines = [
        "<!-- Generated by `python -m rules_engine.docs`; edit the catalogue, the rules or the policy instead. -->",
        "",
        "# Codes",
        "",
        f"The {len(entries)} documented codes, in the order of the error page; operations of this version say {said}.",
        "Rules, operations and limits are those of the default policy. A rule says nothing while a rule that it needs",
        "refuses the draft.",
        "",
        "An `error_response` carries the first violation. A draft that is undecided and has no violation is answered",
        "with `internal_error`, whatever the operation.",
        "",
        "## Operations",
        "",
        *_table(
            ("operation", "rules", "codes"),
            (
                (
                    f"`{name}`",
                    str(len(default_policy().pipelines[name])),
                    str(sum(1 for entry in entries if name in entry.operations)),
                )
                for name in OPERATIONS
            ),
        ),
    ]
    for section, members in groupby(entries, key=lambda entry: entry.code.section):
        lines += ["", f"## {section}"]
        for entry in members:
            lines += _code_lines(entry)
    lines += ["", "## Limits", "", "A policy may set each of them within its bounds.", "", *_limits_table()]
    return "\n".join(lines) + "\n"


def _code_lines(entry: CodeEntry) -> Iterator[str]:
    code = entry.code
    yield from ("", f"### `{code.name}`", "", code.sentence, "")
    yield f"- type `{code.type}`, status {code.http_status}"
    yield f"- documented at <{code.doc_url}>"
    if entry.operations:
        yield f"- said by {' or '.join(SPEAKERS[origin] for origin in Origin if origin in code.origins)}"
        yield f"- operations: {_listed(entry.operations)}"
    else:
        yield f"- {NOT_SAID}"
    for rule in entry.rules:
        yield from _rule_lines(rule)


def _rule_lines(entry: RuleEntry) -> Iterator[str]:
    rule = entry.rule
    yield from ("", f"#### Rule `{rule.name}`", "", *rule.description.split("\n"), "")
    yield f"- operations: {_listed(entry.operations) if entry.operations else 'none of the default policy'}"
    yield f"- param: {' or '.join('none' if param is None else f'`{param}`' for param in entry.params) or 'none'}"
    if rule.needs:
        yield f"- needs: {_listed(need.name for need in rule.needs)}"
    for limit in rule.limits:
        yield f"- limit: `{limit.name}`, {value_of(limit, limit.default)} {limit.unit} by default"


def _limits_table() -> Iterator[str]:
    return _table(
        ("limit", "default", "unit", "bounds", "what it bounds"),
        (
            (f"`{limit.name}`", value_of(limit, limit.default), limit.unit, bounds_of(limit), limit.sentence)
            for limit in LIMITS
        ),
    )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in dict.fromkeys(names))


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    for row in (header, ["---"] * len(header), *rows):
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"


def main(argv: Sequence[str] | None = None) -> int:
    """Write the manual, or compare it with what is written.

    Args:
        argv: The arguments; those of the process where none are given.

    Returns:
        0; 1 where `--check` finds another text or no file.
    """
    parser = argparse.ArgumentParser(prog="python -m rules_engine.docs", description="Write the manual of the codes.")
    parser.add_argument("path", nargs="?", type=Path, default=Path(CODES_PAGE), help=f"default: {CODES_PAGE}")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where the file is stale")
    options = parser.parse_args(argv)
    written = markdown().encode()
    if not options.check:
        options.path.write_bytes(written)
        return 0
    if options.path.is_file() and options.path.read_bytes() == written:
        return 0
    sys.stderr.write(f"{options.path} is stale; write it anew with: python -m rules_engine.docs {options.path}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())

"""Write the pages of the reference that follow from the code, below `docs/reference`.

`python docs/write_reference.py`, before the site is built. Everything that was written there before is removed.
"""

import builtins
import collections.abc
import inspect
import json
import re
import shutil
import typing
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from enum import Enum
from itertools import groupby
from pathlib import Path
from types import NoneType
from typing import Any, Final, get_args, get_origin, get_type_hints

import attrs

from rules_engine import OPERATIONS, models
from rules_engine.cli.app import app
from rules_engine.cli.command import EXIT_CODES
from rules_engine.codes import CATALOGUE
from rules_engine.dryrun.document import report_schema
from rules_engine.examples import examples
from rules_engine.manual import CodeEntry, PageFields, bounds_of, code_entries, value_of
from rules_engine.models import Unset
from rules_engine.operations import Operation
from rules_engine.policy.builtin import default_policy, default_policy_file
from rules_engine.policy.schema import policy_schema
from rules_engine.rules import RULES
from rules_engine.rules.limits import LIMITS
from rules_engine.testing import judge, witness
from rules_engine.wire.converter import camel_case
from rules_engine.wire.declared import documented_fields
from rules_engine.wire.json_text import write_json

REFERENCE: Final = Path(__file__).parent / "reference"
_TYPES: Final[Mapping[Any, str]] = {str: "string", int: "integer", bool: "boolean", datetime: "instant"}
_RULES: Final = {rule.name: rule for rule in RULES}
_DOCUMENTED_IN: Final[Mapping[type, type]] = {
    models.SessionUpdate: models.SessionCreate,
    models.Session: models.SessionCreate,
    models.PaymentLinkCreate: models.SessionCreate,
    models.PaymentLinkUpdate: models.PaymentLinkCreate,
    models.PriceUpdate: models.PriceCreate,
    models.Price: models.PriceCreate,
    models.Coupon: models.CouponCreate,
    models.StoredCustomerUpdate: models.CustomerUpdate,
    models.CouponUpdate: models.CouponCreate,
    models.PromotionCodeUpdate: models.PromotionCodeCreate,
    models.ConfigurationUpdate: models.ConfigurationCreate,
}
"""The model whose docstring has the meaning of those fields that the model's own does not have."""
_EVERYWHERE: Final[Mapping[str, str]] = {
    "id": "Its id.",
    "name": "A name.",
    "email": "An email address.",
    "phone": "A phone number.",
    "label": "What the buyer reads.",
    "url": "Where to: http or https.",
    "currency": "A currency code in either case.",
    "livemode": "Which half of the platform it is of; null where it does not say. One of the other half is missing.",
    "merchant_id": "The account it is of; null where it does not say. One of another account is missing.",
}
"""What a field of this name means where no docstring has more."""


def pages() -> dict[str, str]:
    """Render every page, by its path below `docs/reference`."""
    return {
        "codes/index.md": _codes_index(),
        **{f"codes/{entry.code.name}.md": _code_page(entry) for entry in code_entries().values()},
        "operations/index.md": _operations_index(),
        **{f"operations/{operation.name}.md": _operation_page(operation) for operation in OPERATIONS.values()},
        "facts.md": _facts_page(),
        "limits.md": _limits_page(),
        "default-policy.md": f"# The default policy\n\n```toml\n{default_policy_file()}```\n",
        "command-line.md": _command_line_page(),
        "dry-run-report.md": _report_page(),
        "policy.schema.json": write_json(policy_schema(), indent=2) + "\n",
    }


def _page(*parts: str) -> str:
    return "\n\n".join(filter(None, parts)) + "\n"


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = (header, ["---"] * len(header), *rows)
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def _json(value: Any) -> str:
    return f"```json\n{write_json(value, indent=2)}\n```"


def _codes_index() -> str:
    parts = []
    for section, entries in groupby(code_entries().values(), key=lambda entry: entry.code.section):
        rows = (
            (f"[`{code.name}`]({code.name}.md)", str(code.http_status), code.sentence, ", ".join(entry.nouns))
            for entry in entries
            for code in [entry.code]
        )
        parts += [f"## {section}", _table(("code", "status", "what is wrong", "reported by operations on"), rows)]
    return _page(
        "# Codes",
        f"The {len(CATALOGUE)} documented codes, in the order of the API's error page. Each page has the rules that "
        "report the code and the smallest draft that is refused for it.",
        "An `error_response` carries the first violation of a draft. A draft that is undecided and has no violation is "
        "answered with `internal_error`, whatever the operation.",
        *parts,
    )


def _code_page(entry: CodeEntry) -> str:
    code = entry.code
    document = witness(code.name)
    rules = [
        _page(f"### `{found.rule.name}`", found.rule.description, _fields(found.fields)).rstrip()
        for found in entry.rules
    ]
    return _page(
        f"# `{code.name}`",
        code.sentence,
        _fields(entry.fields),
        "## Rules" if rules else "",
        "Rules, operations and limits are those of the default policy. A rule is skipped while a rule that it needs "
        "refuses the draft."
        if rules
        else "",
        *rules,
        "## Example",
        "The smallest draft that is refused for this code and no other, its *witness*. "
        f"`rules-engine codes {code.name} --witness` prints it.",
        _json(document),
        "What an API answers:",
        _json(judge(document).error_response(request_id="req_1")),
    )


def _fields(fields: PageFields) -> str:
    linked = {
        "operations": _operation_link,
        "needs": _rule_link,
        "limits": lambda name: f"[`{name}`](../limits.md#{name})",
    }
    return "\n".join(
        f"- **{name}**: {', '.join(map(linked.get(name, _as_code), values))}" for name, values in fields.items()
    )


def _operation_link(name: str) -> str:
    return f"[`{name}`](../operations/{name}.md)"


def _rule_link(name: str) -> str:
    return f"[`{name}`](../codes/{_RULES[name].code.name}.md#{name})"


def _as_code(value: str) -> str:
    if value.startswith("https://"):
        return f"<{value}>"
    return f"`{value}`" if re.fullmatch(r"[\w.\[\]]+", value) and value != "none" else value


def _operations_index() -> str:
    rows = (
        (f"[`{name}`]({name}.md)", str(len(default_policy().pipelines[name])), operation.judges)
        for name, operation in OPERATIONS.items()
    )
    return _page(
        "# Operations",
        "What can be judged. Each page has the fields of the request, the rules in the order of the default policy and "
        "an example that is accepted.",
        _table(("operation", "rules", "what it judges"), rows),
    )


def _operation_page(operation: Operation) -> str:
    rules = (_RULES[name] for name in default_policy().pipelines[operation.name])
    rows = ((_rule_link(rule.name), f"`{rule.code.name}`", rule.sentence) for rule in rules)
    reported = (name for name, entry in code_entries().items() if operation.name in entry.operations)
    target = "`target` names the stored object that it acts on." if operation.has_target else ""
    return _page(
        f"# `{operation.name}`",
        f"{operation.judges[0].upper()}{operation.judges[1:]}. {target}".rstrip(),
        "## Request",
        *_models(operation.request, "###"),
        "## Rules",
        "In the order of the default policy.",
        _table(("rule", "code", "violated where"), rows),
        "## Codes",
        "With those of requests that do not parse and of rules that fail: "
        + ", ".join(f"[`{name}`](../codes/{name}.md)" for name in reported),
        "## An accepted draft",
        _json(next(iter(examples(operation.name).values()))),
    )


def _facts_page() -> str:
    return _page(
        "# Facts",
        "The fields that are read of the facts, and of every object in them. Objects go in as the API returns them: "
        "other keys are passed over, and `null` is the same as absent. What an absent fact means is explained in "
        "[Draft documents](../drafts.md#the-facts).",
        *_models(models.Facts, "##"),
    )


def _models(root: type, heading: str) -> Iterator[str]:
    """Render a model and every model that its fields lead to."""
    for model in models_below(root):
        if model is not root:
            yield f"{heading} {model.__name__}"
        yield _in_json_words(inspect.cleandoc(model.__doc__ or "").partition("\n\nAttributes:")[0], model)
        if attrs.fields_dict(model):
            yield _table(("field", "type", "meaning"), _field_rows(model))


def models_below(root: type) -> list[type]:
    """Return a model and every model that its fields lead to, in the order in which they are met."""
    found = [root]
    for model in found:
        inner = (inner for kind in get_type_hints(model).values() for inner in _models_in(kind))
        found += [each for each in dict.fromkeys(inner) if each not in found]
    return found


def _sentence(model: type) -> str:
    return (model.__doc__ or "").partition("\n")[0]


def _models_in(kind: Any) -> Iterator[type]:
    if attrs.has(kind):
        yield kind
    for inner in get_args(kind):
        yield from _models_in(inner)


def meanings(model: type) -> dict[str, str]:
    """Return what each field of a model means, by its name; "" where nothing says it."""
    sources = [model]
    while source := _DOCUMENTED_IN.get(sources[-1]):
        sources.append(source)
    found = {name: text for source in reversed(sources) for name, text in documented_fields(source).items()}
    for name, kind in get_type_hints(model).items():
        if name not in found:
            found[name] = _EVERYWHERE.get(name) or next((_sentence(inner) for inner in _models_in(kind)), "")
    return {name: found[name] for name in attrs.fields_dict(model)}


def _field_rows(model: type) -> Iterator[tuple[str, str, str]]:
    hints = get_type_hints(model, include_extras=True)
    for name, meaning in meanings(model).items():
        hint, default = hints[name], attrs.fields_dict(model)[name].default
        kind = _type(hint)
        if default is attrs.NOTHING:
            kind += ", required"
        elif Unset in get_args(hint) and NoneType in get_args(hint):
            kind += ", or `null`"
        elif isinstance(default, str | int) and "not stated" not in meaning:
            kind += f"; `{json.dumps(default)}` where absent"
        yield f"`{camel_case(name)}`", kind, _in_json_words(meaning, model)


def _type(kind: Any) -> str:
    text: str
    if kind in _TYPES:
        return _TYPES[kind]
    if attrs.has(kind):
        return f"[{kind.__name__}](#{kind.__name__.lower()})"
    arguments = [inner for inner in get_args(kind) if inner not in (NoneType, Unset, ...)]
    match get_origin(kind):
        case typing.Annotated:
            (text,) = (
                each.value.removeprefix("an ").removeprefix("a ") for each in arguments if isinstance(each, Enum)
            )
        case typing.Literal:
            text = ", ".join(f"`{each}`" for each in arguments)
        case builtins.tuple:
            text = f"list of {_type(arguments[0])}"
        case collections.abc.Mapping:
            text = f"object of {_type(arguments[1])}"
        case _:
            text = " or ".join(map(_type, arguments))
    return text


def _in_json_words(text: str, model: type) -> str:
    """Put JSON's words in the place of Python's, which docstrings use."""
    for name in attrs.fields_dict(model):
        text = text.replace(f"`{name}`", f"`{camel_case(name)}`")
    return re.sub(r"\bNone\b", "null", text.replace("`UNSET`", "absent"))


def _limits_page() -> str:
    parts = [
        "# Limits",
        "A policy may set each of them within its bounds, in its table [`[limits]`](../policies.md#limits).",
    ]
    for limit in LIMITS:
        values = {"default": value_of(limit, limit.default), "unit": limit.unit, "bounds": bounds_of(limit)}
        parts += [
            f"## `{limit.name}`",
            limit.sentence,
            "\n".join(f"- **{key}**: {text}" for key, text in values.items()),
        ]
    return _page(*parts)


def _command_line_page() -> str:
    commands = app.generate_docs().replace("# rules-engine\n", "# Command line\n", 1)
    return _page(
        re.sub(r"## Table of Contents\n.*?(?=\*\*Commands)", "", commands, flags=re.DOTALL),
        "## Exit codes",
        _table(("code", "meaning"), ((str(code.value), meaning) for code, meaning in EXIT_CODES.items())),
        "## Shell completion",
        "`rules-engine --install-completion` installs the completion of commands and options for your shell (bash, zsh "
        "or fish); open a new shell after it. `--shell` names another one.",
    )


def _report_page() -> str:
    schema = report_schema()
    parts = [
        "# Report of a dry run",
        "What `rules-engine dry-run --format json` writes. Every key is always there.",
        "The same as a JSON Schema (2020-12): [dry-run-report.schema.json](../dry-run-report.schema.json).",
    ]
    for name, part in {"The report": schema, **schema["$defs"]}.items():
        parts += [f"## {name}", part["description"]]
        if "properties" in part:
            rows = ((f"`{key}`", _schema_type(kind), kind["description"]) for key, kind in part["properties"].items())
            parts.append(_table(("key", "type", "meaning"), rows))
        else:
            parts.append(_schema_type(part))
    return _page(*parts)


def _schema_type(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in schema:
        return " or ".join(map(_schema_type, schema["anyOf"]))
    if "enum" in schema:
        return ", ".join(f"`{json.dumps(value)}`" for value in schema["enum"])
    kind = str(schema.get("type", "any value"))
    if isinstance(inner := schema.get("items"), dict):
        return f"list of {_schema_type(inner)}"
    if isinstance(inner := schema.get("additionalProperties"), dict):
        return f"object of {_schema_type(inner)}"
    return kind


def main() -> None:
    """Write every page below `docs/reference`, and nothing else there."""
    shutil.rmtree(REFERENCE, ignore_errors=True)
    for path, text in pages().items():
        (REFERENCE / path).parent.mkdir(parents=True, exist_ok=True)
        (REFERENCE / path).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()

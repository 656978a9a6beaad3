"""What one policy file states, laid over the policy that it extends."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from rules_engine.codes import CATALOGUE
from rules_engine.nearest import nearest
from rules_engine.operations import OPERATIONS
from rules_engine.path import Path
from rules_engine.policy.document import PolicyDocument
from rules_engine.policy.model import (
    LIMITS_BY_NAME,
    SESSIONS,
    LimitValue,
    MetadataMatch,
    Policy,
    Waiver,
    WaiverMatch,
    WrittenAt,
    admits_metadata,
    limit_problems,
    named_limits,
    why_not_waivable,
)
from rules_engine.rules.row import Rule
from rules_engine.violation import Mode

SCHEMA_VERSION: Final = 1
KEYS: Final = (
    *("schema_version", "id", "extends", "merchant", "effective_from", "effective_until"),
    *("pipelines", "rules", "limits", "waivers"),
)
NOT_INHERITED: Final = ("id", "merchant", "effective_from", "effective_until")
"""What a policy is, not what it states: a policy that extends another has its own, or none."""
PIPELINE_KEYS: Final = ("without", "insert_before", "insert_after")
"""The keys of a pipeline that is stated as changes, in the order they are made."""
RULE_KEYS: Final = ("mode", "enforce_from")
WAIVER_KEYS: Final = ("id", "code", "match", "expires", "reason")
MATCH_KEYS: Final = ("merchant", "operation", "metadata")
METADATA_KEYS: Final = ("key", "value")

_MODES: Final = {mode.value: mode for mode in Mode}
_NOTHING: Final = Policy("", {})
_NAMES: Final = "a list of names of rules"
_NAME: Final = "the name of a rule"


def read_document(
    document: PolicyDocument, rules: Mapping[str, Rule[Any]], base: Policy | None, *, inherits: bool
) -> Policy | None:
    """Read a policy file.

    Args:
        document: The file; what is wrong with it is noted there.
        rules: Every rule by its name.
        base: The policy it extends; None where it extends none, or one that cannot be read.
        inherits: Whether it extends any.

    Returns:
        The policy; None where something is wrong with the file or with what it extends.
    """
    return _Reader(document, rules, base, inherits=inherits).policy()


class _Reader:
    """One policy file: what it states itself, and where."""

    def __init__(
        self, document: PolicyDocument, rules: Mapping[str, Rule[Any]], base: Policy | None, *, inherits: bool
    ) -> None:
        self._document = document
        self._rules = rules
        self._base = base
        self._inherits = inherits
        self._origins: dict[Path, WrittenAt] = {}
        self._pipelines: dict[str, tuple[str, ...]] = {}
        self._modes: dict[str, Mode] = {}
        self._enforce_from: dict[str, datetime] = {}
        self._limits: dict[str, LimitValue] = {}
        self._waivers: list[Waiver] = []
        self._known_limits = named_limits(limit for rule in rules.values() for limit in rule.limits)

    def policy(self) -> Policy | None:
        document = self._document
        document.unknown_keys((), KEYS)
        version = document.values.get("schema_version")
        if type(version) is not int or version != SCHEMA_VERSION:
            message = f"schema_version must be {SCHEMA_VERSION}"
            document.problem(("schema_version",), message, of_value=True, expected=str(SCHEMA_VERSION))
        name = document.text(("id",), "names the policy", required=True)
        merchant = document.text(("merchant",), "is the id of an account")
        start, end = self._read_window()
        self._read_pipelines()
        self._read_rules()
        self._read_limits()
        self._read_waivers(name or document.source)
        if document.problems or name is None or (self._inherits and self._base is None):
            return None
        self._note(*((key,) for key in NOT_INHERITED), *(("pipelines", operation) for operation in self._pipelines))
        base = self._base or _NOTHING
        delays = {rule: instant for rule, instant in base.enforce_from.items() if rule not in self._modes}
        return Policy(
            id=name,
            pipelines={**base.pipelines, **self._pipelines},
            modes={**base.modes, **self._modes},
            limits={**base.limits, **self._limits},
            source=document.source,
            enforce_from={**delays, **self._enforce_from},
            waivers=(*base.waivers, *self._waivers),
            merchant=merchant,
            effective_from=start,
            effective_until=end,
            extends=self._base,
            origins={
                **{path: origin for path, origin in base.origins.items() if self._is_inherited(path)},
                **self._origins,
            },
            own_limits=tuple(limit for name, limit in self._known_limits.items() if name not in LIMITS_BY_NAME),
        )

    def _is_inherited(self, path: Path) -> bool:
        """Return whether a value of the base is one of this policy too."""
        table, *keys = path
        if table == "pipelines" and len(keys) > 1:
            return keys[0] not in self._pipelines or keys[1] in self._pipelines[str(keys[0])]
        return table not in NOT_INHERITED and (table != "rules" or keys[0] not in self._modes)

    def _note(self, *paths: Path) -> None:
        """Remember where values are written, for those of the paths that the file states."""
        for path in paths:
            if self._document.value(path) is not None:
                self._origins[path] = self._document.origin(path)

    def _read_window(self) -> tuple[datetime | None, datetime | None]:
        start, end = (self._document.instant((key,)) for key in ("effective_from", "effective_until"))
        if start is not None and end is not None and start >= end:
            message = "effective_until must come after effective_from"
            expected = f"an instant after {start.isoformat()}"
            self._document.problem(("effective_until",), message, of_value=True, expected=expected)
        return start, end

    def _read_pipelines(self) -> None:
        stated = self._document.table(("pipelines",))
        for operation, pipeline in stated.items():
            self._read_pipeline(operation, pipeline)
        if not self._inherits and isinstance(self._document.values.get("pipelines", {}), dict):
            for operation in OPERATIONS:
                if operation not in stated:
                    message = f'no pipeline for {operation}; extends = "default" takes over its own'
                    self._document.problem(("pipelines",), message, expected="every pipeline")

    def _read_pipeline(self, operation: str, pipeline: Any) -> None:
        path = ("pipelines", operation)
        if operation not in OPERATIONS:
            nested = isinstance(pipeline, dict) and f"{operation}.{next(iter(pipeline), '')}" in OPERATIONS
            quoted = '; the name of an operation stands in quotes, as in "session.create"'
            self._document.unknown(path, "operation", operation, OPERATIONS, hint=quoted if nested else "")
        elif isinstance(pipeline, list):
            self._pipelines[operation] = self._read_names(path, operation, [])
        elif isinstance(pipeline, dict):
            self._change_pipeline(path, operation)
        else:
            expected = f"{_NAMES}, or a table of changes"
            self._document.problem(path, f"a pipeline is {expected}", of_value=True, expected=expected)

    def _names_at(self, path: Path) -> dict[Path, str]:
        """Return the names of a list of rules, each with its place; none where there is no list."""
        names = self._document.value(path)
        if not isinstance(names, list | None):
            self._document.problem(path, f"expected {_NAMES}", of_value=True, expected="a list")
            return {}
        placed = {(*path, position): name for position, name in enumerate(names or ())}
        for place, name in placed.items():
            if not isinstance(name, str):
                self._document.problem(place, f"expected {_NAME}", expected=_NAME)
        return {place: name for place, name in placed.items() if isinstance(name, str)}

    def _read_names(self, path: Path, operation: str, present: list[str]) -> tuple[str, ...]:
        """Read a list of rules that are to stand in a pipeline beside those that do already."""
        named: list[str] = []
        for place, name in self._names_at(path).items():
            if name not in self._rules:
                self._document.unknown(place, "rule", name, self._rules)
            elif (scope := self._rules[name].scope) not in OPERATIONS[operation].scopes:
                possible = ", ".join(row.name for row in OPERATIONS.values() if scope in row.scopes)
                message = f"{name} has nothing to stand on in {operation}"
                self._document.problem(place, message, expected=f"a rule of {operation}; {name} is one of {possible}")
            elif name in named or name in present:
                self._document.problem(place, f"{name} stands twice in the pipeline of {operation}")
            else:
                named.append(name)
                self._origins["pipelines", operation, name] = self._document.origin(place)
        return tuple(named)

    def _change_pipeline(self, path: Path, operation: str) -> None:
        document = self._document
        document.unknown_keys(path, PIPELINE_KEYS)
        if not self._inherits:
            message = f"there is no pipeline of {operation} to change: the file extends nothing"
            document.problem(path, message, expected=_NAMES)
        if self._base is None:
            return
        rules = list(self._base.pipelines[operation])
        for place, name in self._names_at((*path, "without")).items():
            if name in rules:
                rules.remove(name)
            else:
                self._note_absent(place, name, operation, rules)
        for key, shift in (("insert_before", 0), ("insert_after", 1)):
            for anchor in document.table((*path, key)):
                place = (*path, key, anchor)
                added = self._read_names(place, operation, rules)
                if anchor in rules:
                    at = rules.index(anchor) + shift
                    rules[at:at] = added
                else:
                    self._note_absent(place, anchor, operation, rules)
        self._pipelines[operation] = tuple(rules)

    def _note_absent(self, path: Path, name: str, operation: str, rules: list[str]) -> None:
        message = f"{name} does not stand in the inherited pipeline of {operation}"
        suggestion = None if name in self._rules else nearest(name, rules)
        expected = f"a rule of the pipeline of {operation}"
        self._document.problem(path, message, expected=expected, suggestion=suggestion)

    def _read_rules(self) -> None:
        for name, options in self._document.table(("rules",)).items():
            path = ("rules", name)
            if name not in self._rules:
                self._document.unknown(path, "rule", name, self._rules)
            elif isinstance(options, dict):
                self._read_rule(name, options)
            else:
                self._document.must(path, 'a table, such as { mode = "warn" }', "expected")

    def _read_rule(self, name: str, options: Mapping[str, Any]) -> None:
        path = ("rules", name)
        self._document.unknown_keys(path, RULE_KEYS)
        mode = options.get("mode", Mode.ENFORCE.value)
        if not isinstance(mode, str) or mode not in _MODES:
            suggestion = nearest(mode, _MODES) if isinstance(mode, str) else None
            self._document.must((*path, "mode"), f"one of {', '.join(_MODES)}", suggestion=suggestion)
            return
        self._modes[name] = _MODES[mode]
        enforce_from = self._document.instant((*path, "enforce_from"))
        if enforce_from is not None and self._modes[name] is not Mode.ENFORCE:
            message = f"a rule in mode {mode} is not enforced from any instant on"
            self._document.problem((*path, "enforce_from"), message, expected='mode = "enforce", or no enforce_from')
        elif enforce_from is not None:
            self._enforce_from[name] = enforce_from
        self._note(path, *((*path, option) for option in RULE_KEYS))

    def _read_limits(self) -> None:
        for name, value in self._document.table(("limits",)).items():
            path = ("limits", name)
            found = limit_problems(name, value, self._known_limits)
            for problem in found:
                self._document.problem(
                    path,
                    problem.message,
                    of_value=name in self._known_limits,
                    expected=problem.expected,
                    suggestion=problem.suggestion,
                )
            if not found:
                self._limits[name] = value
                self._note(path)

    def _read_waivers(self, policy: str) -> None:
        """Read the waivers; those without a name of their own are called after the policy."""
        document, base = self._document, self._base or _NOTHING
        places = {waiver.id: str(base.origins.get(("waivers", waiver.id), base.id)) for waiver in base.waivers}
        stated = document.value(("waivers",))
        if not isinstance(stated, list | None):
            message = "waivers must be an array of tables, each headed [[waivers]]"
            document.problem(("waivers",), message, expected="[[waivers]]")
            return
        for position, waiver in enumerate(stated or ()):
            path = ("waivers", position)
            if isinstance(waiver, dict):
                name = document.text((*path, "id"), "names the waiver") or f"{policy}#{position + 1}"
                if name in places:
                    message = f"the waiver at {places[name]} is called {name} already"
                    document.problem((*path, "id"), message, of_value=True, expected="a name of its own")
                places[name] = str(document.origin(path))
                self._read_waiver(path, name, waiver)
            else:
                document.problem(path, "expected a waiver, which is a table", expected="a table")

    def _read_waiver(self, path: Path, name: str, stated: Mapping[str, Any]) -> None:
        document = self._document
        before = len(document.problems)
        document.unknown_keys(path, WAIVER_KEYS)
        code = self._read_code((*path, "code"))
        match = self._read_match((*path, "match"))
        expires = document.instant((*path, "expires"), required=True)
        reason = document.text((*path, "reason"), "is the reason for it", required=True)
        if len(document.problems) > before or code is None or match is None or expires is None or reason is None:
            return
        self._waivers.append(Waiver(name, code, match, expires, reason))
        self._origins["waivers", name] = document.origin(path)
        self._origins.update({("waivers", name, key): document.origin((*path, key)) for key in stated})

    def _read_code(self, path: Path) -> str | None:
        codes = {**CATALOGUE, **{rule.code.name: rule.code for rule in self._rules.values()}}
        name = self._document.text(path, "names the code that is waived", required=True)
        if name is None:
            return None
        if name not in codes:
            self._document.unknown(path, "code", name, codes, of_value=True)
            return None
        refusal = why_not_waivable(codes[name])
        if refusal is not None:
            self._document.problem(path, f"{name} {refusal}", of_value=True, expected="the code of a rule")
        return name

    def _read_match(self, path: Path) -> WaiverMatch | None:
        document = self._document
        stated = document.value(path)
        if not isinstance(stated, dict) or not stated:
            document.must(path, "a table of one or more of " + ", ".join(MATCH_KEYS))
            return None
        document.unknown_keys(path, MATCH_KEYS)
        merchant = document.text((*path, "merchant"), "is the id of an account")
        operation = document.text((*path, "operation"), "names an operation")
        if operation is not None and operation not in OPERATIONS:
            document.unknown((*path, "operation"), "operation", operation, OPERATIONS, of_value=True)
            operation = None
        metadata = None if stated.get("metadata") is None else self._read_metadata((*path, "metadata"))
        match = WaiverMatch(merchant, operation, metadata)
        if not admits_metadata(match):
            message = f"{operation} has no session, whose metadata could match"
            document.problem((*path, "metadata"), message, expected=f"an operation that begins with {SESSIONS}")
        return match

    def _read_metadata(self, path: Path) -> MetadataMatch | None:
        document = self._document
        if not isinstance(document.value(path), dict):
            document.must(path, "a table of a key and, where it matters, its value")
            return None
        document.unknown_keys(path, METADATA_KEYS)
        key = document.text((*path, "key"), "is a key of the session's metadata", required=True)
        value = document.value((*path, "value"))
        if not isinstance(value, str | None):
            message = "value must be a text; metadata that is no text is matched by its key alone"
            document.problem((*path, "value"), message, of_value=True, expected="a text")
        return None if key is None else MetadataMatch(key, value)

"""What one policy file states, laid over the policy that it extends."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from rules_engine.exceptions import PolicyError, PolicyProblem
from rules_engine.nearest import nearest
from rules_engine.operations import OPERATIONS
from rules_engine.path import Path
from rules_engine.policy.document import PolicyDocument
from rules_engine.policy.known_names import name_problems
from rules_engine.policy.model import LIMITS_BY_NAME, MetadataMatch, Policy, Waiver, WaiverMatch, named_limits
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
    """One policy file: what it states itself, and where. What the values mean, `Policy` and `name_problems` check."""

    def __init__(
        self, document: PolicyDocument, rules: Mapping[str, Rule[Any]], base: Policy | None, *, inherits: bool
    ) -> None:
        self._document = document
        self._rules = rules
        self._base = base or _NOTHING
        self._inherits = inherits
        self._is_base_known = base is not None
        self._paths: dict[Path, Path] = {}
        """The keys of a value in the policy to those in the file, for each value that the file states."""
        self._pipelines: dict[str, tuple[str, ...]] = {}
        self._modes: dict[str, Mode] = {}
        self._enforce_from: dict[str, datetime] = {}
        self._waivers: dict[str, Waiver] = {}

    def policy(self) -> Policy | None:
        document, base = self._document, self._base
        document.unknown_keys((), KEYS)
        version = document.values.get("schema_version")
        if type(version) is not int or version != SCHEMA_VERSION:
            message = f"schema_version must be {SCHEMA_VERSION}"
            document.problem(("schema_version",), message, of_value=True, expected=str(SCHEMA_VERSION))
        name = document.text(("id",), "names the policy", required=True)
        merchant = document.text(("merchant",), "is the id of an account")
        start, end = (document.instant((key,)) for key in ("effective_from", "effective_until"))
        self._read_pipelines()
        self._read_rules()
        limits = document.table(("limits",))
        self._read_waivers(name or document.source)
        self._note(*((key,) for key in NOT_INHERITED), *(("limits", limit) for limit in limits))
        self._refuse(name_problems(self._pipelines, self._modes, self._waivers.values(), self._rules))
        known_limits = named_limits(limit for rule in self._rules.values() for limit in rule.limits)
        origins = {path: origin for path, origin in base.origins.items() if self._is_inherited(path)}
        delays = {rule: instant for rule, instant in base.enforce_from.items() if rule not in self._modes}
        try:
            policy = Policy(
                id=name or "",
                pipelines={**base.pipelines, **self._pipelines},
                modes={**base.modes, **self._modes},
                limits={**base.limits, **limits},
                source=document.source,
                enforce_from={**delays, **self._enforce_from},
                waivers=(*base.waivers, *self._waivers.values()),
                merchant=merchant,
                effective_from=start,
                effective_until=end,
                extends=base if self._is_base_known else None,
                origins={**origins, **{path: document.origin(place) for path, place in self._paths.items()}},
                own_limits=tuple(limit for name, limit in known_limits.items() if name not in LIMITS_BY_NAME),
            )
        except PolicyError as refusal:
            self._refuse(refusal.problems)
            return None
        return None if document.problems or (self._inherits and not self._is_base_known) else policy

    def _is_inherited(self, path: Path) -> bool:
        """Return whether a value of the base is one of this policy too."""
        table, *keys = path
        if table == "pipelines" and len(keys) > 1:
            return keys[0] not in self._pipelines or keys[1] in self._pipelines[str(keys[0])]
        return table not in NOT_INHERITED and (table != "rules" or keys[0] not in self._modes)

    def _note(self, *paths: Path) -> None:
        """Remember which of some values the file states, where their keys are those of the policy."""
        self._paths.update({path: path for path in paths if self._document.value(path) is not None})

    def _refuse(self, problems: Iterable[PolicyProblem]) -> None:
        """Note what is wrong with values of the policy at their places in the file."""
        for problem in problems:
            # A name that is unknown is at fault itself where it is a key.
            is_key = problem.message.startswith("unknown ") and problem.path[0] != "waivers"
            length = next((n for n in range(len(problem.path), 0, -1) if problem.path[:n] in self._paths), 0)
            path = (*self._paths.get(problem.path[:length], ()), *problem.path[length:])
            self._document.problem(
                path, problem.message, of_value=not is_key, expected=problem.expected, suggestion=problem.suggestion
            )

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
        if isinstance(pipeline, dict) and f"{operation}.{next(iter(pipeline), '')}" in OPERATIONS:
            quoted = '; the name of an operation stands in quotes, as in "session.create"'
            self._document.unknown(path, "operation", operation, OPERATIONS, hint=quoted)
        elif isinstance(pipeline, list):
            self._pipelines[operation] = self._read_names(path, operation)
        elif isinstance(pipeline, dict):
            self._change_pipeline(path, operation)
        else:
            expected = f"{_NAMES}, or a table of changes"
            self._document.problem(path, f"a pipeline is {expected}", of_value=True, expected=expected)
        self._note(path)

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

    def _read_names(self, path: Path, operation: str) -> tuple[str, ...]:
        """Read a list of rules that are to stand in a pipeline."""
        named = self._names_at(path)
        # Of a rule that stands twice, the second place is at fault.
        self._paths.update({("pipelines", operation, name): place for place, name in named.items()})
        return tuple(named.values())

    def _change_pipeline(self, path: Path, operation: str) -> None:
        document = self._document
        document.unknown_keys(path, PIPELINE_KEYS)
        if not self._inherits:
            message = f"there is no pipeline of {operation} to change: the file extends nothing"
            document.problem(path, message, expected=_NAMES)
        rules = list(self._base.pipelines.get(operation, ()))
        for place, name in self._names_at((*path, "without")).items():
            if name in rules:
                rules.remove(name)
            else:
                self._note_absent(place, name, operation, rules)
        for key, shift in (("insert_before", 0), ("insert_after", 1)):
            for anchor in document.table((*path, key)):
                place = (*path, key, anchor)
                added = self._read_names(place, operation)
                if anchor in rules:
                    at = rules.index(anchor) + shift
                    rules[at:at] = added
                else:
                    self._note_absent(place, anchor, operation, rules)
        self._pipelines[operation] = tuple(rules)

    def _note_absent(self, path: Path, name: str, operation: str, rules: list[str]) -> None:
        if self._is_base_known and operation in OPERATIONS:
            message = f"{name} does not stand in the inherited pipeline of {operation}"
            suggestion = None if name in self._rules else nearest(name, rules)
            expected = f"a rule of the pipeline of {operation}"
            self._document.problem(path, message, expected=expected, suggestion=suggestion)

    def _read_rules(self) -> None:
        for name, options in self._document.table(("rules",)).items():
            path = ("rules", name)
            if isinstance(options, dict):
                self._read_rule(path, options)
            else:
                self._document.must(path, 'a table, such as { mode = "warn" }', "expected")

    def _read_rule(self, path: tuple[str, str], options: Mapping[str, Any]) -> None:
        _, name = path
        self._document.unknown_keys(path, RULE_KEYS)
        mode = options.get("mode", Mode.ENFORCE.value)
        if not isinstance(mode, str) or mode not in _MODES:
            suggestion = nearest(mode, _MODES) if isinstance(mode, str) else None
            self._document.must((*path, "mode"), f"one of {', '.join(_MODES)}", suggestion=suggestion)
            return
        self._modes[name] = _MODES[mode]
        enforce_from = self._document.instant((*path, "enforce_from"))
        if enforce_from is not None:
            self._enforce_from[name] = enforce_from
        self._note(path, *((*path, option) for option in RULE_KEYS))

    def _read_waivers(self, policy: str) -> None:
        """Read the waivers; those without a name of their own are called after the policy."""
        document, base = self._document, self._base
        places = {waiver.id: str(base.origins.get(("waivers", waiver.id), base.id)) for waiver in base.waivers}
        stated = document.value(("waivers",))
        if not isinstance(stated, list | None):
            message = "waivers must be an array of tables, each headed [[waivers]]"
            document.problem(("waivers",), message, expected="[[waivers]]")
            return
        for position, waiver in enumerate(stated or ()):
            path = ("waivers", position)
            if not isinstance(waiver, dict):
                document.problem(path, "expected a waiver, which is a table", expected="a table")
                continue
            name = document.text((*path, "id"), "names the waiver") or f"{policy}#{position + 1}"
            if name in places:
                message = f"the waiver at {places[name]} is called {name} already"
                document.problem((*path, "id"), message, of_value=True, expected="a name of its own")
                continue
            places[name] = str(document.origin(path))
            self._paths["waivers", name] = path
            self._paths.update({("waivers", name, key): (*path, key) for key in waiver})
            self._read_waiver(path, name)

    def _read_waiver(self, path: Path, name: str) -> None:
        document = self._document
        document.unknown_keys(path, WAIVER_KEYS)
        code = document.text((*path, "code"), "names the code that is waived", required=True)
        match = self._read_match((*path, "match"))
        expires = document.instant((*path, "expires"), required=True)
        reason = document.text((*path, "reason"), "is the reason for it", required=True)
        if code is not None and match is not None and expires is not None and reason is not None:
            self._waivers[name] = Waiver(name, code, match, expires, reason)

    def _read_match(self, path: Path) -> WaiverMatch | None:
        document = self._document
        stated = document.value(path)
        if not isinstance(stated, dict) or not stated:
            document.must(path, "a table of one or more of " + ", ".join(MATCH_KEYS))
            return None
        before = len(document.problems)
        document.unknown_keys(path, MATCH_KEYS)
        merchant = document.text((*path, "merchant"), "is the id of an account")
        operation = document.text((*path, "operation"), "names an operation")
        metadata = None if stated.get("metadata") is None else self._read_metadata((*path, "metadata"))
        return WaiverMatch(merchant, operation, metadata) if len(document.problems) == before else None

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

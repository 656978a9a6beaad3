"""What one policy file says, laid over the policy that it extends."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from rules_engine.codes import CATALOGUE
from rules_engine.nearest import nearest
from rules_engine.policy.document import Document
from rules_engine.policy.model import LIMITS_BY_NAME, KeyPath, LimitValue, Origin, Policy, limit_problems, named_limits
from rules_engine.policy.read_pipelines import PipelineReader
from rules_engine.policy.read_waivers import WaiverReader
from rules_engine.rules.row import Rule
from rules_engine.violation import Mode

SCHEMA_VERSION = 1
KEYS = (
    *("schema_version", "id", "extends", "merchant", "effective_from", "effective_until"),
    *("pipelines", "rules", "limits", "waivers"),
)
NOT_INHERITED = frozenset(["id", "merchant", "effective_from", "effective_until"])
"""What a policy is, not what it says: a policy that extends another has its own, or none."""
OPTIONS = ("mode", "enforce_from")

_MODES = {mode.value: mode for mode in Mode}
_NOTHING = Policy("", {})


def read_document(
    document: Document, rules: Mapping[str, Rule[Any]], base: Policy | None, *, inherits: bool
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
    def __init__(
        self, document: Document, rules: Mapping[str, Rule[Any]], base: Policy | None, *, inherits: bool
    ) -> None:
        self._document = document
        self._rules = rules
        self._base = base
        self._inherits = inherits
        self._origins: dict[KeyPath, Origin] = {}
        self._modes: dict[str, Mode] = {}
        self._enforce_from: dict[str, datetime] = {}
        self._limits: dict[str, LimitValue] = {}
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
        start, end = self._window()
        pipelines = PipelineReader(document, self._rules, self._base, inherits=self._inherits)
        self._read_rules()
        self._read_limits()
        codes = {**CATALOGUE, **{rule.code.name: rule.code for rule in self._rules.values()}}
        waivers = WaiverReader(document, name or document.source, codes, self._base)
        if document.problems or name is None or (self._inherits and self._base is None):
            return None
        self._note(("id",), ("merchant",), ("effective_from",), ("effective_until",))
        self._note(*(("pipelines", operation) for operation in pipelines.pipelines))
        base = _NOTHING if self._base is None else self._base
        return Policy(
            id=name,
            pipelines={**base.pipelines, **pipelines.pipelines},
            modes={**base.modes, **self._modes},
            limits={**base.limits, **self._limits},
            source=document.source,
            enforce_from={
                **{rule: instant for rule, instant in base.enforce_from.items() if rule not in self._modes},
                **self._enforce_from,
            },
            waivers=(*base.waivers, *waivers.waivers),
            merchant=merchant,
            effective_from=start,
            effective_until=end,
            extends=self._base,
            origins={
                **{path: origin for path, origin in base.origins.items() if self._inherited(path, pipelines.pipelines)},
                **self._origins,
                **pipelines.origins,
                **waivers.origins,
            },
            own_limits=tuple(limit for name, limit in self._known_limits.items() if name not in LIMITS_BY_NAME),
        )

    def _inherited(self, path: KeyPath, pipelines: Mapping[str, tuple[str, ...]]) -> bool:
        """Tell whether a value of the base is one of this policy too."""
        table, *keys = path
        if table == "pipelines" and len(keys) > 1:
            return keys[0] not in pipelines or keys[1] in pipelines[str(keys[0])]
        return table not in NOT_INHERITED and (table != "rules" or keys[0] not in self._modes)

    def _note(self, *paths: KeyPath) -> None:
        """Remember where values are written, for those of the paths that the file states."""
        for path in paths:
            if self._document.value(path) is not None:
                self._origins[path] = self._document.origin(path)

    def _window(self) -> tuple[datetime | None, datetime | None]:
        start = self._document.instant(("effective_from",))
        end = self._document.instant(("effective_until",))
        if start is not None and end is not None and start >= end:
            self._document.problem(
                ("effective_until",),
                "effective_until must come after effective_from",
                of_value=True,
                expected=f"an instant after {start.isoformat()}",
            )
        return start, end

    def _read_rules(self) -> None:
        for name, options in self._document.table(("rules",)).items():
            path = ("rules", name)
            if name not in self._rules:
                self._document.unknown(path, "rule", name, self._rules)
            elif isinstance(options, dict):
                self._read_rule(name, options)
            else:
                expected = 'a table, such as { mode = "warn" }'
                self._document.problem(path, f"expected {expected}", of_value=True, expected=expected)

    def _read_rule(self, name: str, options: Mapping[str, Any]) -> None:
        path = ("rules", name)
        self._document.unknown_keys(path, OPTIONS)
        mode = options.get("mode", Mode.ENFORCE.value)
        if not isinstance(mode, str) or mode not in _MODES:
            expected = f"one of {', '.join(_MODES)}"
            suggestion = nearest(mode, _MODES) if isinstance(mode, str) else None
            self._document.problem(
                (*path, "mode"), f"mode must be {expected}", of_value=True, expected=expected, suggestion=suggestion
            )
            return
        self._modes[name] = _MODES[mode]
        enforce_from = self._document.instant((*path, "enforce_from"))
        if enforce_from is not None and self._modes[name] is not Mode.ENFORCE:
            message = f"a rule in mode {mode} is not enforced from any instant on"
            self._document.problem((*path, "enforce_from"), message, expected='mode = "enforce", or no enforce_from')
        elif enforce_from is not None:
            self._enforce_from[name] = enforce_from
        self._note(path, *((*path, option) for option in OPTIONS))

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

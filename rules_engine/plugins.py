"""Rules that installed packages offer through the entry point group `rules_engine.rules`: found, and checked.

An entry point names a tuple of rules: `acme = "acme_rules:RULES"`. What it brings applies nowhere by itself: a policy
names such a rule like any other.
"""

from collections.abc import Iterable, Iterator
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Final

from attrs import evolve, frozen

from rules_engine.codes import CATALOGUE, Code
from rules_engine.exceptions import PolicyError
from rules_engine.rules import RULES
from rules_engine.rules.expression import UnreadableError, read_expression
from rules_engine.rules.limits import LIMITS
from rules_engine.rules.row import Rule
from rules_engine.views.context import Limit

GROUP: Final = "rules_engine.rules"
"""The entry point group that packages offer rules in."""


@frozen(eq=False)
class Plugin:
    """What one entry point brings.

    Attributes:
        name: The name of the entry point.
        package: The distribution that has it, and its version.
        rules: Its rules.
    """

    name: str
    package: str
    rules: tuple[Rule[Any], ...]


@frozen
class RefusedPlugin:
    """An entry point that is not let in; none of its rules is.

    Attributes:
        name: The name of the entry point.
        package: The distribution that has it, and its version.
        problems: Everything that is wrong with it.
    """

    name: str
    package: str
    problems: tuple[str, ...]

    def __str__(self) -> str:
        """Read as `plugin acme of acme-rules 1.0 is refused: ...`."""
        return f"plugin {self.name} of {self.package} is refused: {'; '.join(self.problems)}"


@frozen(eq=False)
class Plugins:
    """What is installed.

    Attributes:
        accepted: The valid plugins, in the order of their packages and names.
        refused: The others, in the same order.
    """

    accepted: tuple[Plugin, ...] = ()
    refused: tuple[RefusedPlugin, ...] = ()

    @property
    def rules(self) -> tuple[Rule[Any], ...]:
        """The rules of all valid plugins, in their order."""
        return tuple(rule for plugin in self.accepted for rule in plugin.rules)

    def explained(self, error: PolicyError) -> PolicyError:
        """Add to each unknown name that a policy has the refused plugins, which may bring it."""
        refused = "".join(
            f"; the plugin {plugin.name} of {plugin.package}, which may bring it, is refused: "
            + "; ".join(plugin.problems)
            for plugin in self.refused
        )
        return PolicyError(
            evolve(problem, message=problem.message + refused) if problem.message.startswith("unknown ") else problem
            for problem in error.problems
        )


def load_plugins(points: Iterable[EntryPoint] | None = None) -> Plugins:
    """Load every plugin, and refuse by name those that are not valid.

    A plugin is refused whole where it fails to import, brings something else than rules, declares a code of the
    catalogue or of another plugin again, takes the name of another rule or limit, or has a rule that is not one pure
    expression. The order of installation does not matter: plugins are looked at by package and name.

    Args:
        points: The entry points; those of the installed packages where none are given.
    """
    known = _Known()
    accepted: list[Plugin] = []
    refused: list[RefusedPlugin] = []
    for point in sorted(entry_points(group=GROUP) if points is None else points, key=_place):
        package = _package(point)
        rules, problems = _brought(point)
        problems = problems or known.problems(rules)
        if problems:
            refused.append(RefusedPlugin(point.name, package, tuple(problems)))
        else:
            known.add(rules)
            accepted.append(Plugin(point.name, package, rules))
    return Plugins(tuple(accepted), tuple(refused))


def _place(point: EntryPoint) -> tuple[str, str, str]:
    return _package(point), point.name, point.value


def _package(point: EntryPoint) -> str:
    distribution = point.dist
    return "an unknown package" if distribution is None else f"{distribution.name} {distribution.version}"


def _brought(point: EntryPoint) -> tuple[tuple[Rule[Any], ...], list[str]]:
    try:
        value = point.load()
    except Exception as error:  # noqa: BLE001  # a package may raise anything while it is imported
        return (), [f"{point.value} cannot be imported: {type(error).__name__}: {error}"]
    if not isinstance(value, tuple) or not all(isinstance(item, Rule) for item in value):
        return (), [f"{point.value} must be a tuple of rules"]
    return value, []


class _Known:
    """The names that are taken: those of codes, rules and limits."""

    def __init__(self) -> None:
        self.codes: dict[str, Code] = dict(CATALOGUE)
        self.rules = {rule.name for rule in RULES}
        self.limits: dict[str, Limit[Any]] = {limit.name: limit for limit in LIMITS}

    def problems(self, rules: tuple[Rule[Any], ...]) -> list[str]:
        """Return what is wrong with the rules of one plugin."""
        problems: list[str] = []
        names: set[str] = set()
        for rule in rules:
            if rule.name in self.rules | names:
                problems.append(f"there is a rule {rule.name} already")
            names.add(rule.name)
            if self.codes.get(rule.code.name, rule.code) != rule.code:
                problems.append(f"{rule.name} declares the code {rule.code.name} again")
            problems += [
                f"{rule.name} declares the limit {limit.name} again"
                for limit in rule.limits
                if self.limits.get(limit.name, limit) is not limit
            ]
            problems += [f"{rule.name}: {problem}" for problem in _expression_problems(rule)]
        return problems

    def add(self, rules: tuple[Rule[Any], ...]) -> None:
        """Take the names of an accepted plugin."""
        for rule in rules:
            self.rules.add(rule.name)
            self.codes.setdefault(rule.code.name, rule.code)
            self.limits.update((limit.name, limit) for limit in rule.limits)


def _expression_problems(rule: Rule[Any]) -> Iterator[str]:
    """Report what is wrong with what a rule asks; one whose text cannot be had might read anything."""
    for called, asked in (("the rule", rule.violated), ("undecided_when", rule.undecided_when)):
        if asked is None:
            continue
        try:
            written = read_expression(asked)
        except UnreadableError as error:
            yield f"{called} {error}"
            continue
        yield from (f"{called}, {problem}" for problem in written.problems)
        if undeclared := written.limits.difference(rule.limits):
            names = ", ".join(sorted(limit.name for limit in undeclared))
            yield f"{called} reads limits that the rule does not declare: {names}"

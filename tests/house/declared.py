"""The rules as they are written: each declaration in the rules' modules, with its syntax tree."""

import ast
from collections.abc import Iterator
from functools import cache

from attrs import frozen

from rules_engine import RULES, Rule
from tests.house.source import Module, modules


@frozen(eq=False)
class Declaration:
    """A function that `@rule(...)` makes a rule of.

    Attributes:
        module: The file it stands in.
        function: The function.
        options: The arguments of the decorator, by keyword.
    """

    module: Module
    function: ast.FunctionDef
    options: dict[str, ast.expr]

    @property
    def rule(self) -> Rule[object]:
        """The registered rule of this name."""
        (registered,) = [rule for rule in RULES if rule.name == self.function.name]
        return registered

    @property
    def expression(self) -> ast.expr:
        """What the function returns."""
        returned = self.function.body[-1]
        assert isinstance(returned, ast.Return), f"{self}: ends in one return"
        assert returned.value is not None, f"{self}: returns its expression"
        return returned.value

    @property
    def undecided(self) -> ast.expr | None:
        """What `undecided_when` says, as a lambda or as a function of the same module; None where there is none."""
        stated = self.options.get("undecided_when")
        if not isinstance(stated, ast.Name):
            return None if stated is None else _body(stated)
        (function,) = [
            node for node in self.module.tree.body if isinstance(node, ast.FunctionDef) and node.name == stated.id
        ]
        returned = function.body[-1]
        assert isinstance(returned, ast.Return), f"{self}: {stated.id} ends in one return"
        return returned.value

    def __str__(self) -> str:
        """Read as `rules_engine/rules/price.py:42 price_missing`."""
        return f"{self.module.at(self.function)} {self.function.name}"


def _body(stated: ast.expr) -> ast.expr:
    assert isinstance(stated, ast.Lambda), "undecided_when is a lambda or a function of the module"
    return stated.body


@cache
def declarations() -> tuple[Declaration, ...]:
    """Find every rule that is written, in the order of the files."""
    return tuple(
        Declaration(module, function, {keyword.arg or "": keyword.value for keyword in decorator.keywords})
        for module in modules("rules_engine/rules")
        for function, decorator in _decorated(module)
    )


def _decorated(module: Module) -> Iterator[tuple[ast.FunctionDef, ast.Call]]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef):
            for decorator in node.decorator_list:
                if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "rule":
                    yield node, decorator


def limits_read(expression: ast.expr) -> list[str]:
    """Name the limits that an expression reads, `ctx.limits[NAME]`, as often as it reads them."""
    return [
        ast.unparse(node.slice)
        for node in ast.walk(expression)
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "ctx.limits"
    ]

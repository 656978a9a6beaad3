"""Where the join builds what rules judge, what the rules ask of it."""

import ast
import copy
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import attrs

from rules_engine.engine.evaluate import Finding, Truth
from rules_engine.engine.fusion.inlining import Block, Inliner, NotFusableError
from rules_engine.engine.inline import NotInlinableError, Renamer, written
from rules_engine.rules.declaration import Expression
from rules_engine.views.context import Limits
from rules_engine.views.views import Views

Check = tuple[Expression[Any], int | None]
"""What to ask of an item, and the place of the rule that is violated where the answer is yes.

With a place, that is noted; with None, the function ends and takes a closer look.
"""
Checks = Mapping[type, Sequence[Check]]
"""The class of the items of a scope, and what to ask of each of them."""

FOUND: Final = "found"
"""What the function calls the list of what it notes."""


class Checker:
    """Replaces each item that the join builds by what the rules ask of it.

    Attributes:
        called: The names of the rules that had to be called.
    """

    def __init__(self, checks: Checks, limits: Limits, inliner: Inliner) -> None:
        """Start.

        Args:
            checks: What to ask of the items of each scope.
            limits: The value of every limit.
            inliner: Where local names come from.
        """
        self._checks = checks
        self._limits = limits
        self._inliner = inliner
        self.called: set[str] = set()

    def checked(self, block: Block) -> Block:
        """Put the checks into a block."""
        return [written for statement in block for written in self._statement(statement)]

    def _statement(self, statement: ast.stmt) -> Iterator[ast.stmt]:
        match statement:
            case ast.If() | ast.For():
                statement.body, statement.orelse = self.checked(statement.body), self.checked(statement.orelse)
            case ast.Assign(targets=[ast.Attribute()], value=value) | ast.Assign(value=value) | ast.Expr(value=value):
                before: Block = []
                statement.value = self._unbuilt(value, before)
                yield from before
        yield statement

    def _unbuilt(self, value: ast.expr, before: Block) -> ast.expr:
        match value:
            case ast.Tuple(elts=elements):
                value.elts = [self._unbuilt(element, before) for element in elements]
            case ast.Call(func=ast.Name(id=name)) if self._is_item(name):
                before += self._check(self._inliner.names.values[name], value)
                return ast.Constant(None)
            case ast.Call():
                value.args = [self._unbuilt(argument, before) for argument in value.args]
        if any(isinstance(node, ast.Name) and self._is_item(node.id) for node in ast.walk(value)):
            raise NotFusableError(f"an item is built where it cannot be told whether it is: {ast.unparse(value)}")
        return value

    def _is_item(self, name: str) -> bool:
        found = self._inliner.names.values.get(name)
        return isinstance(found, type) and found in self._checks

    def _check(self, view: type, call: ast.Call) -> Iterator[ast.stmt]:
        """Ask of the arguments of a constructor what the rules ask of the attributes of the item."""
        given = dict(zip((field.name for field in attrs.fields(view)), call.args, strict=False))
        given |= {str(keyword.arg): keyword.value for keyword in call.keywords}
        values: dict[str, ast.expr] = {}
        for field in attrs.fields(view):
            value = given.get(field.name)
            if value is None:
                value = self._constant(field.default, field.name)
            if not isinstance(value, ast.Constant | ast.Name):
                local = self._inliner.local(field.name)
                yield ast.Assign([ast.Name(local, ast.Store())], value)
                value = ast.Name(local, ast.Load())
            values[field.name] = value
        asked: list[tuple[ast.expr, int | None]] = []
        built = ast.Call(call.func, list(values.values()), [])
        item: ast.Name | None = None
        for expression, place in self._checks[view]:
            inlined = self._inlined(expression, values)
            if inlined is None:
                if item is None:
                    local = self._inliner.local("item")
                    yield ast.Assign([ast.Name(local, ast.Store())], built)
                    item = ast.Name(local, ast.Load())
                name = self._inliner.names.name(expression, "rule")
                self.called.add(name)
                inlined = ast.Call(ast.Name(name, ast.Load()), [item, ast.Name("context", ast.Load())], [])
            asked.append((inlined, place))
        for condition, place in asked:
            yield ast.If(condition, [self._answer(place, copy.deepcopy(built))], [])

    def _answer(self, place: int | None, item: ast.expr) -> ast.stmt:
        """Write what is done where a rule is violated by an item; it is built here, and nowhere else."""
        if place is None:
            return ast.Return(ast.Constant(None))
        names = self._inliner.names
        truth = ast.Name(names.name(Truth.VIOLATED, "violated"), ast.Load())
        finding = ast.Call(ast.Name(names.name(Finding, "Finding"), ast.Load()), [item, truth], [])
        append = ast.Attribute(ast.Name(FOUND, ast.Load()), "append", ast.Load())
        return ast.Expr(ast.Call(append, [ast.Tuple([ast.Constant(place), finding], ast.Load())], []))

    def _inlined(self, expression: Expression[Any], values: Mapping[str, ast.expr]) -> ast.expr | None:
        parsed = written(expression)
        if parsed is None:
            return None
        view, context, text = parsed
        renamer = _Substituter(view, context, "context", expression.__globals__, self._inliner.names)
        renamer.attributes, renamer.limits = values, self._limits
        try:
            inlined: ast.expr = renamer.visit(ast.parse(text, mode="eval").body)
        except NotInlinableError:
            return None
        return inlined

    def _constant(self, value: Any, hint: str) -> ast.expr:
        if value is attrs.NOTHING or isinstance(value, attrs.Factory):  # type: ignore[arg-type]  # a class, whatever its stub says
            raise NotFusableError(f"no value for {hint}")
        if value is None or isinstance(value, bool | int | str):
            return ast.Constant(value)
        return ast.Name(self._inliner.names.name(value, hint), ast.Load())


class _Substituter(Renamer):
    """Puts the arguments of a constructor in the place of the attributes, and its value in that of each limit."""

    attributes: Mapping[str, ast.expr]
    limits: Limits

    def visit_Attribute(self, node: ast.Attribute) -> Any:  # noqa: N802  # the name is the one of ast.NodeVisitor
        match node.value:
            case ast.Name(id=self.view):
                if node.attr not in self.attributes:
                    raise NotInlinableError(node.attr)
                return copy.deepcopy(self.attributes[node.attr])
            case ast.Name(id=self.context) if node.attr == "now":
                return ast.Name("now", ast.Load())
        return self.generic_visit(node)

    def visit_Subscript(self, node: ast.Subscript) -> Any:  # noqa: N802  # the name is the one of ast.NodeVisitor
        match node:
            case ast.Subscript(ast.Attribute(ast.Name(id=self.context), "limits"), ast.Name(id=name)):
                value = self.limits[self.constants[name]]
                if type(value) is int:
                    return ast.Constant(value)
                return ast.Name(self.names.name(value, name), ast.Load())
        return self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> Any:  # noqa: N802  # the name is the one of ast.NodeVisitor
        if node.id in (self.view, self.context):
            raise NotInlinableError(node.id)
        return super().visit_Name(node)


def is_views(value: Any) -> bool:
    """Tell whether a value is what a join gives back."""
    return isinstance(value, type) and issubclass(value, Views)

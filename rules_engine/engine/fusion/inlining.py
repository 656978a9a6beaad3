"""One function out of many: a join, with the functions it calls written where it calls them."""

import ast
import builtins
import copy
import inspect
from collections.abc import Callable, Iterator, Mapping
from types import FunctionType
from typing import Any, Final

from rules_engine.engine.source import Names, definition

Block = list[ast.stmt]

_LARGEST: Final = 24
"""How many statements a function may have to be written out where it is called, unless it builds what rules judge."""
_REPEATED: Final = 4
"""How many statements may be written twice, to end a function in one place instead of two."""


class NotFusableError(Exception):
    """The join is not of the form that can be fused with the rules."""


class Inliner:
    """Writes functions out.

    Attributes:
        names: What the one function sees.
    """

    def __init__(self, names: Names, builds: Callable[[FunctionType], bool]) -> None:
        """Start with no local names.

        Args:
            names: What the one function sees.
            builds: Whether a function builds what rules judge, so that it has to be written out.
        """
        self.names = names
        self._builds = builds
        self._locals: set[str] = set()

    def local(self, hint: str) -> str:
        """Give a local name that nothing else has."""
        name, number = hint, 1
        while name in self._locals or hasattr(builtins, name):
            number += 1
            name = f"{hint}_{number}"
        self._locals.add(name)
        return name

    def body(self, function: FunctionType, arguments: Mapping[str, ast.expr], target: ast.expr) -> Block:
        """Write a function out.

        Args:
            function: The function.
            arguments: What its parameters are.
            target: What gets the value that it returns.
        """
        written = definition(function)
        if written is None:
            raise NotFusableError(f"{function.__name__} has no source")
        renamer = _Renamer(function, written, self)
        block = [renamer.visit(statement) for statement in copy.deepcopy(written.body) if not _is_docstring(statement)]
        given = [_assign(renamer.renamed[name], value) for name, value in arguments.items()]
        ended = _ended(block, lambda value: ast.Assign([copy.deepcopy(target)], value or ast.Constant(None)))
        return [*given, *self._written_out(ended)]

    def _written_out(self, block: Block) -> Block:
        return [written for statement in block for written in self._statement(statement)]

    def _statement(self, statement: ast.stmt) -> Iterator[ast.stmt]:
        match statement:
            case ast.AnnAssign(target=ast.Name() as target, value=ast.expr() as value):
                yield from self._statement(ast.Assign([target], value))
            case ast.AnnAssign():
                pass
            case ast.Assign(targets=[target], value=ast.IfExp(test, then, other)) if self._branches(then, other):
                branch: Block = [ast.Assign([target], then)]
                yield from self._statement(ast.If(test, branch, [ast.Assign([copy.deepcopy(target)], other)]))
            case ast.Assign(targets=[ast.Name() | ast.Tuple() as target], value=ast.Call() as call) if self._called(
                call
            ):
                before = self._arguments(call)
                written = self._call(call, target)
                yield from before
                yield from [statement] if written is None else written
            case ast.If(test=test):
                before, statement.test = self._hoisted(test)
                yield from before
                statement.body = self._written_out(statement.body)
                statement.orelse = self._written_out(statement.orelse)
                yield statement
            case ast.For(iter=iterated, orelse=[]):
                before, statement.iter = self._hoisted(iterated)
                yield from before
                statement.body = self._written_out(statement.body)
                yield statement
            case ast.Assign(value=value) | ast.Expr(value=value) | ast.AugAssign(value=value):
                before, statement.value = self._hoisted(value)
                yield from before
                yield statement
            case ast.Continue() | ast.Break() | ast.Pass():
                yield statement
            case _:
                raise NotFusableError(f"a statement of the kind {type(statement).__name__}")

    def _branches(self, *values: ast.expr) -> bool:
        """Tell whether two values are better assigned in two branches, where calls and constants are written out."""
        return any(
            isinstance(node, ast.Call) or (isinstance(node, ast.Name) and node.id in self.names.values)
            for value in values
            for node in ast.walk(value)
        )

    def _hoisted(self, value: ast.expr) -> tuple[Block, ast.expr]:  # noqa: C901  # one case for each kind of expression
        """Write out what an expression calls whatever else it does, before it."""
        before: Block = []

        def visit(node: ast.expr) -> ast.expr:  # noqa: C901  # the same
            match node:
                case ast.BoolOp(values=[first, *_]):
                    node.values[0] = visit(first)
                case ast.IfExp(test=test):
                    node.test = visit(test)
                case ast.Call():
                    before.extend(self._arguments(node))
                    called = self._called(node)
                    if called is not None:
                        result = self.local(called.__name__.strip("_"))
                        written = self._call(node, ast.Name(result, ast.Store()))
                        if written is not None:
                            before.extend(written)
                            return ast.Name(result, ast.Load())
                case ast.Tuple(elts=elements):
                    node.elts = [visit(element) for element in elements]
                case ast.Compare() | ast.BinOp() | ast.UnaryOp() | ast.Attribute() | ast.Subscript():
                    for name, child in ast.iter_fields(node):
                        if isinstance(child, ast.expr):
                            setattr(node, name, visit(child))
                    if isinstance(node, ast.Compare):
                        node.comparators = [visit(comparator) for comparator in node.comparators]
            return node

        changed = visit(value)
        return before, changed

    def _arguments(self, call: ast.Call) -> Block:
        """Write out what the arguments of a call call, before it."""
        before: Block = []
        for position, argument in enumerate(call.args):
            written, call.args[position] = self._hoisted(argument)
            before += written
        for keyword in call.keywords:
            written, keyword.value = self._hoisted(keyword.value)
            before += written
        return before

    def _called(self, node: ast.AST) -> FunctionType | None:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            called = self.names.values.get(node.func.id)
            if isinstance(called, FunctionType) and definition(called) is not None:
                return called
        return None

    def _call(self, node: ast.Call, target: ast.expr) -> Block | None:
        """Write a call out; None where it stays a call."""
        function = self._called(node)
        written = None if function is None else definition(function)
        if function is None or written is None or (not self._builds(function) and _size(written.body) > _LARGEST):
            return None
        try:
            _ended(copy.deepcopy(written.body), lambda _: ast.Pass())
        except NotFusableError:
            return None
        bound = inspect.signature(function).bind(*node.args, **{word.arg or "": word.value for word in node.keywords})
        bound.apply_defaults()
        arguments = {name: self._value(argument, name) for name, argument in bound.arguments.items()}
        return self.body(function, arguments, target)

    def _value(self, value: Any, hint: str) -> ast.expr:
        if isinstance(value, ast.expr):
            return value
        if value is None or isinstance(value, bool | int | str):
            return ast.Constant(value)
        return ast.Name(self.names.name(value, hint), ast.Load())


class _Renamer(ast.NodeTransformer):
    """Gives a function's local names that are free, and its global ones those of the values behind them."""

    def __init__(self, function: FunctionType, written: ast.FunctionDef, inliner: Inliner) -> None:
        self._globals = function.__globals__
        self._inliner = inliner
        own = [argument.arg for argument in (*written.args.posonlyargs, *written.args.args, *written.args.kwonlyargs)]
        own += [node.id for node in ast.walk(written) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]
        self.renamed = {name: inliner.local(name) for name in dict.fromkeys(own)}

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AnnAssign:  # the name is the one of ast.NodeVisitor
        node.annotation = ast.Constant(None)
        self.generic_visit(node)
        return node

    def visit_Name(self, node: ast.Name) -> ast.expr:  # the same
        if node.id in self.renamed:
            return ast.Name(self.renamed[node.id], node.ctx)
        value = self._globals.get(node.id, getattr(builtins, node.id, self))
        if value is self:
            raise NotFusableError(f"{node.id} is not defined")
        return ast.Name(self._inliner.names.name(value, node.id), ast.Load())


def _assign(name: str, value: ast.expr) -> ast.stmt:
    return ast.Assign([ast.Name(name, ast.Store())], value)


def _is_docstring(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _size(block: Block) -> int:
    return sum(isinstance(node, ast.stmt) for statement in block for node in ast.walk(statement))


def _returns(block: Block) -> bool:
    return any(isinstance(node, ast.Return) for statement in block for node in ast.walk(statement))


def _always_ends(block: Block) -> bool:
    match block:
        case [*_, ast.Return()]:
            return True
        case [*_, ast.If(body=body, orelse=orelse)]:
            return _always_ends(body) and _always_ends(orelse)
    return False


def _ended(block: Block, end: Callable[[ast.expr | None], ast.stmt]) -> Block:
    """Write a function so that it ends in its last line: what follows a return moves into the other branch."""
    for position, statement in enumerate(block):
        match statement:
            case ast.Return(value=value):
                return [*block[:position], end(value)]
            case ast.If(test=test, body=body, orelse=orelse) if _returns([statement]):
                rest = block[position + 1 :]
                if not (_always_ends(body) or _always_ends(orelse)) and _size(rest) > _REPEATED:
                    raise NotFusableError("ends in several places")
                then, other = (
                    _ended([*branch] if _always_ends(branch) else [*branch, *copy.deepcopy(rest)], end)
                    for branch in (body, orelse)
                )
                return [*block[:position], ast.If(test, then, other)]
            case _ if _returns([statement]):
                raise NotFusableError("ends within a loop")
    return [*block, end(None)]

"""What is left of a function once nothing is computed in it that nobody reads."""

import ast
from collections import Counter
from collections.abc import Iterator

from rules_engine.engine.fusion.folding import folded
from rules_engine.engine.fusion.inlining import Block
from rules_engine.engine.fusion.reading import blocks, is_pure, loads, stores
from rules_engine.engine.fusion.records import split
from rules_engine.engine.source import Names


def simplified(block: Block, names: Names) -> Block:
    """Simplify a function until it stays as it is.

    Every local name is assigned before it is read, and the objects that are read do not change meanwhile.

    Args:
        block: Its body.
        names: What it sees.
    """
    before = None
    while before != (before := _measure(block)):
        block = simpler(block, names)
    return block


def simpler(block: Block, names: Names) -> Block:
    """Simplify a function once: what that leaves may be simplified again."""
    block = folded(block, names)
    split(block, names)
    _Copier(block).copy(block)
    return _Dead(names, block).swept(block)


def _measure(block: Block) -> int:
    """Count the expressions: what simplifies a function leaves fewer of them."""
    return sum(1 for statement in block for _ in ast.walk(statement))


class _Copier(ast.NodeTransformer):
    """Reads a name's only value directly, where that is a constant or another name that keeps its value."""

    def __init__(self, function: Block) -> None:
        self._stored = Counter(stores(function))
        self._values: dict[str, ast.expr] = {}

    def copy(self, block: Block) -> None:
        """Go through a block; what is assigned in it is read directly in the rest of it."""
        known: list[str] = []
        for position, statement in enumerate(block):
            match statement:
                case ast.If(test=test):
                    statement.test = self.visit(test)
                    self.copy(statement.body)
                    self.copy(statement.orelse)
                case ast.For(iter=iterated):
                    statement.iter = self.visit(iterated)
                    self.copy(statement.body)
                case _:
                    self.visit(statement)
            match statement:
                case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant() | ast.Name() as value):
                    if self._stored[name] == 1 and self._is_kept(value, block[position + 1 :]):
                        self._values[name] = value
                        known.append(name)
        for name in known:
            del self._values[name]

    def _is_kept(self, value: ast.Constant | ast.Name, rest: Block) -> bool:
        if isinstance(value, ast.Constant) or self._stored[value.id] <= 1:
            return True
        return value.id not in stores(rest)

    def visit_Name(self, node: ast.Name) -> ast.expr:  # the name is the one of ast.NodeVisitor
        return self._values.get(node.id, node) if isinstance(node.ctx, ast.Load) else node


class _Dead:
    """Leaves out what nobody reads."""

    def __init__(self, names: Names, function: Block) -> None:
        self._names = names
        self._read = Counter(loads(function))
        appended = (_appended(statement) for block in blocks(function) for statement in block)
        # Another name for a list may be read elsewhere; one that was never anything but a new list may not.
        other = {
            name for block in blocks(function) for statement in block for name in _given_other_than_lists(statement)
        }
        self._read.subtract(name for name in appended if name is not None and name not in other)

    def swept(self, block: Block) -> Block:
        return [kept for statement in block for kept in self._statement(statement)]

    def _statement(self, statement: ast.stmt) -> Iterator[ast.stmt]:  # noqa: C901  # one case for each kind of statement
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if not self._read[name]:
                if not is_pure(value, self._names):
                    yield ast.Expr(value)
                return
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Name(id=same)) if name == same:
                return
            case ast.Expr(value=value) if is_pure(value, self._names):
                return
            case ast.Expr(value=ast.Call(args=[value])) if (list_ := _appended(statement)) and not self._read[list_]:
                if not is_pure(value, self._names):
                    yield ast.Expr(value)
                return
            case ast.If():
                statement.body, statement.orelse = self.swept(statement.body), self.swept(statement.orelse)
            case ast.For(
                target=ast.Tuple(elts=[ast.Name(id=index), item]), iter=ast.Call(ast.Name("enumerate"), [items])
            ):
                statement.body = self.swept(statement.body)
                if not self._read[index]:
                    statement.target, statement.iter = item, items
                if not statement.body:
                    return
            case ast.For():
                statement.body = self.swept(statement.body)
                if not statement.body and is_pure(statement.iter, self._names):
                    return
                statement.body = statement.body or [ast.Pass()]
        yield statement


def _given_other_than_lists(statement: ast.stmt) -> Iterator[str]:
    """Name what a statement itself assigns, other than new lists."""
    match statement:
        case ast.Assign(targets=[ast.Name()], value=ast.List()):
            return
        case ast.Assign(targets=targets):
            yield from stores([ast.Assign(targets, ast.Constant(None))])
        case ast.For(target=target):
            yield from stores([ast.Expr(target)])


def _appended(statement: ast.stmt) -> str | None:
    """Name the local list that a statement does nothing but append to."""
    match statement:
        case ast.Expr(ast.Call(ast.Attribute(ast.Name(id=name), "append"), [_])):
            return name
    return None

"""What is left of a function once nothing is computed in it that nobody reads."""

import ast
from collections import Counter
from collections.abc import Iterator, Set
from typing import Any

import attrs

from rules_engine.engine.fusion.inlining import Block
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
    block = _Folder(names).block(block)
    _split(block, names)
    _Copier(block).copy(block)
    return _Dead(names, block).swept(block)


def _measure(block: Block) -> int:
    """Count the expressions: what simplifies a function leaves fewer of them."""
    return sum(1 for statement in block for _ in ast.walk(statement))


def _blocks(block: Block) -> Iterator[Block]:
    yield block
    for statement in block:
        if isinstance(statement, ast.If | ast.For):
            yield from _blocks(statement.body)
            yield from _blocks(statement.orelse)


def _is_record(value: Any) -> bool:
    """Tell whether a value is a class that does nothing but to hold what it is given."""
    return (
        isinstance(value, type)
        and attrs.has(value)
        and not hasattr(value, "__attrs_post_init__")
        and all(field.init and field.converter is None and field.validator is None for field in attrs.fields(value))
    )


class _Folder(ast.NodeTransformer):
    """Works out what does not depend on the draft."""

    def __init__(self, names: Names) -> None:
        self._names = names

    def block(self, block: Block) -> Block:
        folded: Block = []
        for statement in block:
            visited = self.visit(statement)
            match visited:
                case ast.If(test=ast.Constant(value=value), body=body, orelse=orelse):
                    folded += body if value else orelse
                case ast.If(body=[], orelse=[]) if _is_pure(visited.test, self._names):
                    pass
                case ast.If(body=[], orelse=orelse) if orelse:
                    folded.append(self.visit(ast.If(ast.UnaryOp(ast.Not(), visited.test), orelse, [])))
                case ast.If(body=[]):
                    folded.append(ast.Expr(visited.test))
                case _:
                    folded.append(visited)
        return folded

    def visit_If(self, node: ast.If) -> ast.If:  # the name is the one of ast.NodeVisitor
        node.test = self.visit(node.test)
        node.body, node.orelse = self.block(node.body), self.block(node.orelse)
        return node

    def visit_For(self, node: ast.For) -> ast.For:  # the same
        node.iter = self.visit(node.iter)
        node.body = self.block(node.body)
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:  # the same
        self.generic_visit(node)
        if isinstance(node.value, ast.Name) and isinstance(node.ctx, ast.Load):
            holder = self._names.values.get(node.value.id)
            value = getattr(holder, node.attr, self) if _is_record(type(holder)) else self
            if value is None or isinstance(value, bool | int | str):
                return ast.Constant(value)
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.expr:  # the same
        self.generic_visit(node)
        match node:
            case ast.Compare(ast.Constant(left), [ast.Is()], [ast.Constant(right)]):
                return ast.Constant(left is right)
            case ast.Compare(ast.Constant(left), [ast.IsNot()], [ast.Constant(right)]):
                return ast.Constant(left is not right)
            case ast.Compare(ast.Constant(left), [ast.Eq()], [ast.Constant(right)]):
                return ast.Constant(left == right)
            case ast.Compare(left, [ast.In()], [ast.Name(name)]) if _is_pure(left, self._names):
                # What the operation never fills, such as what a new session carries already.
                return ast.Constant(False) if self._names.values.get(name) == frozenset() else node
        return node

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.expr:  # the same
        self.generic_visit(node)
        match node:
            case ast.UnaryOp(ast.Not(), ast.Constant(value)):
                return ast.Constant(not value)
            case ast.UnaryOp(ast.Not(), ast.Compare(left, [ast.Is()], right)):
                return ast.Compare(left, [ast.IsNot()], right)
            case ast.UnaryOp(ast.Not(), ast.Compare(left, [ast.IsNot()], right)):
                return ast.Compare(left, [ast.Is()], right)
        return node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.expr:  # the same
        self.generic_visit(node)
        ends = isinstance(node.op, ast.Or)
        kept: list[ast.expr] = []
        for position, value in enumerate(node.values):
            if isinstance(value, ast.Constant):
                if bool(value.value) is ends:
                    kept.append(value)
                    break
                if position + 1 < len(node.values):
                    continue
            kept.append(value)
        node.values = kept
        return node if len(kept) > 1 else kept[0]

    def visit_IfExp(self, node: ast.IfExp) -> ast.expr:  # the same
        self.generic_visit(node)
        if isinstance(node.test, ast.Constant):
            return node.body if node.test.value else node.orelse
        return node


def _split(block: Block, names: Names) -> None:
    """Take records and tuples apart that are made and read in one function: each part becomes a local name."""
    module = ast.Module(block, [])
    records = frozenset(_records(module, names))
    if records:
        _Apart(records, names).visit(module)
    for inner in _blocks(block):
        inner[:] = [single for statement in inner for single in _one_by_one(statement)]


def _records(module: ast.Module, names: Names) -> Iterator[str]:
    """Name what is only ever a record, and only read by attribute."""
    whole: dict[str, bool] = {}
    by_attribute: Counter[str] = Counter()
    loaded: Counter[str] = Counter()
    other: Counter[str] = Counter()
    for node in ast.walk(module):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                whole[name] = whole.get(name, True) and _makes_record(value, names)
                other[name] -= 1
            case ast.Attribute(value=ast.Name(id=name), ctx=ast.Load()):
                by_attribute[name] += 1
            case ast.Name(id=name, ctx=ast.Load()):
                loaded[name] += 1
            case ast.Name(id=name):
                other[name] += 1
    for name, is_record in whole.items():
        if is_record and not other[name] and by_attribute[name] == loaded[name]:
            yield name


def _makes_record(value: ast.expr, names: Names) -> bool:
    match value:
        case ast.Call(func=ast.Name(id=name)):
            return _is_record(names.values.get(name))
        case ast.Name(id=name):
            return _is_record(type(names.values.get(name)))
    return False


def _one_by_one(statement: ast.stmt) -> Iterator[ast.stmt]:
    match statement:
        case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=values)) if len(targets) == len(values):
            stored = {node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)}
            read = {node.id for value in values for node in ast.walk(value) if isinstance(node, ast.Name)}
            if stored.isdisjoint(read) or not any(isinstance(target, ast.Name) for target in targets):
                for target, value in zip(targets, values, strict=True):
                    yield ast.Assign([target], value)
                return
        case ast.Assign(targets=[_, _, *_] as targets, value=ast.Constant() as value):
            for target in targets:
                yield ast.Assign([target], value)
            return
    yield statement


class _Apart(ast.NodeTransformer):
    """Replaces records by their attributes."""

    def __init__(self, records: Set[str], names: Names) -> None:
        self._records = records
        self._names = names

    def visit_Assign(self, node: ast.Assign) -> Any:  # the name is the one of ast.NodeVisitor
        self.generic_visit(node)
        match node:
            case ast.Assign(targets=[ast.Name(id=record)], value=value) if record in self._records:
                return [
                    ast.Assign([ast.Name(f"{record}__{name}", ast.Store())], part) for name, part in self._parts(value)
                ]
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:  # the same
        self.generic_visit(node)
        if isinstance(node.value, ast.Name) and node.value.id in self._records:
            return ast.Name(f"{node.value.id}__{node.attr}", node.ctx)
        return node

    def _parts(self, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
        match value:
            case ast.Call(func=ast.Name(id=name)):
                fields = attrs.fields(self._names.values[name])
                given = dict(zip((field.name for field in fields), value.args, strict=False))
                given |= {str(keyword.arg): keyword.value for keyword in value.keywords}
                for field in fields:
                    yield field.name, given.get(field.name) or self._constant(field.default, field.name)
            case ast.Name(id=name):
                holder = self._names.values[name]
                for field in attrs.fields(type(holder)):
                    yield field.name, self._constant(getattr(holder, field.name), field.name)

    def _constant(self, value: Any, hint: str) -> ast.expr:
        if value is None or isinstance(value, bool | int | str):
            return ast.Constant(value)
        return ast.Name(self._names.name(value, hint), ast.Load())


class _Copier(ast.NodeTransformer):
    """Reads a name's only value directly, where that is a constant or another name that keeps its value."""

    def __init__(self, function: Block) -> None:
        self._stored = Counter(_stores(function))
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
        return value.id not in _stores(rest)

    def visit_Name(self, node: ast.Name) -> ast.expr:  # the name is the one of ast.NodeVisitor
        return self._values.get(node.id, node) if isinstance(node.ctx, ast.Load) else node


def _stores(block: Block) -> Iterator[str]:
    for statement in block:
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                yield node.id


def _loads(block: Block) -> Iterator[str]:
    for statement in block:
        for node in ast.walk(statement):
            match node:
                case ast.Name(id=name, ctx=ast.Load()) | ast.AugAssign(target=ast.Name(id=name)):
                    yield name


class _Dead:
    """Leaves out what nobody reads."""

    def __init__(self, names: Names, function: Block) -> None:
        self._names = names
        self._read = Counter(_loads(function))
        appended = (_appended(statement) for block in _blocks(function) for statement in block)
        # Another name for a list may be read elsewhere; one that was never anything but a new list may not.
        other = {
            name for block in _blocks(function) for statement in block for name in _given_other_than_lists(statement)
        }
        self._read.subtract(name for name in appended if name is not None and name not in other)

    def swept(self, block: Block) -> Block:
        return [kept for statement in block for kept in self._statement(statement)]

    def _statement(self, statement: ast.stmt) -> Iterator[ast.stmt]:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if not self._read[name]:
                if not _is_pure(value, self._names):
                    yield ast.Expr(value)
                return
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Name(id=same)) if name == same:
                return
            case ast.Expr(value=value) if _is_pure(value, self._names):
                return
            case ast.Expr(value=ast.Call(args=[value])) if (list_ := _appended(statement)) and not self._read[list_]:
                if not _is_pure(value, self._names):
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
                if not statement.body and _is_pure(statement.iter, self._names):
                    return
                statement.body = statement.body or [ast.Pass()]
        yield statement


def _given_other_than_lists(statement: ast.stmt) -> Iterator[str]:
    """Name what a statement itself assigns, other than new lists."""
    match statement:
        case ast.Assign(targets=[ast.Name()], value=ast.List()):
            return
        case ast.Assign(targets=targets):
            yield from _stores([ast.Assign(targets, ast.Constant(None))])
        case ast.For(target=target):
            yield from _stores([ast.Expr(target)])


def _appended(statement: ast.stmt) -> str | None:
    """Name the local list that a statement does nothing but append to."""
    match statement:
        case ast.Expr(ast.Call(ast.Attribute(ast.Name(id=name), "append"), [_])):
            return name
    return None


def _is_pure(value: ast.expr, names: Names) -> bool:
    """Tell whether nothing is lost where an expression is not evaluated; to compare may raise, where a number is NaN."""
    for node in ast.walk(value):
        match node:
            case ast.Call(func=ast.Name(id=name)):
                called = names.values.get(name)
                if called is not len and called is not isinstance and not _is_record(called):
                    return False
            case ast.Compare(ops=ops):
                if not all(isinstance(op, ast.Is | ast.IsNot | ast.Eq | ast.NotEq) for op in ops):
                    return False
            case ast.Call() | ast.BinOp() | ast.GeneratorExp() | ast.ListComp() | ast.Subscript() | ast.JoinedStr():
                return False
    return True

"""Records and tuples that are made and read in one function are taken apart: each part becomes a local name."""

import ast
from collections import Counter
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import Any

import attrs

from rules_engine.engine.fusion.inlining import Block
from rules_engine.engine.fusion.reading import blocks, is_record
from rules_engine.engine.source import Names


def split(block: Block, names: Names) -> None:
    """Take records and tuples apart that are made and read in one function: each part becomes a local name."""
    module = ast.Module(block, [])
    records = frozenset(_records(module, names))
    if records:
        _Apart(records, names).visit(module)
    for inner in blocks(block):
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
    for name, only in whole.items():
        if only and not other[name] and by_attribute[name] == loaded[name]:
            yield name


def _makes_record(value: ast.expr, names: Names) -> bool:
    match value:
        case ast.Call(func=ast.Name(id=name)):
            return is_record(names.values.get(name))
        case ast.Name(id=name):
            return is_record(type(names.values.get(name)))
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

    def __init__(self, records: AbstractSet[str], names: Names) -> None:
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

"""What the statements of a function read and assign, and what may be left out of it."""

import ast
from collections.abc import Iterator
from typing import Any

import attrs

from rules_engine.engine.fusion.inlining import Block
from rules_engine.engine.source import Names


def blocks(block: Block) -> Iterator[Block]:
    """Give a block and those within it."""
    yield block
    for statement in block:
        if isinstance(statement, ast.If | ast.For):
            yield from blocks(statement.body)
            yield from blocks(statement.orelse)


def stores(block: Block) -> Iterator[str]:
    """Name what is assigned, once for each time."""
    for statement in block:
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                yield node.id


def loads(block: Block) -> Iterator[str]:
    """Name what is read, once for each time."""
    for statement in block:
        for node in ast.walk(statement):
            match node:
                case ast.Name(id=name, ctx=ast.Load()) | ast.AugAssign(target=ast.Name(id=name)):
                    yield name


def is_record(value: Any) -> bool:
    """Tell whether a value is a class that does nothing but to hold what it is given."""
    return (
        isinstance(value, type)
        and attrs.has(value)
        and not hasattr(value, "__attrs_post_init__")
        and all(field.init and field.converter is None and field.validator is None for field in attrs.fields(value))
    )


def is_pure(value: ast.expr, names: Names) -> bool:
    """Tell whether nothing is lost where an expression is not evaluated; comparing a number that is NaN may raise."""
    for node in ast.walk(value):
        match node:
            case ast.Call(func=ast.Name(id=name)):
                called = names.values.get(name)
                if called is not len and called is not isinstance and not is_record(called):
                    return False
            case ast.Compare(ops=ops):
                if not all(isinstance(op, ast.Is | ast.IsNot | ast.Eq | ast.NotEq) for op in ops):
                    return False
            case ast.Call() | ast.BinOp() | ast.GeneratorExp() | ast.ListComp() | ast.Subscript() | ast.JoinedStr():
                return False
    return True

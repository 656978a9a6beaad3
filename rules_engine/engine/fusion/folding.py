"""What does not depend on the draft is worked out when the function is written."""

import ast

from rules_engine.engine.fusion.inlining import Block
from rules_engine.engine.fusion.reading import is_pure, is_record
from rules_engine.engine.source import Names


def folded(block: Block, names: Names) -> Block:
    """Fold a function, and leave out the branches that are never taken."""
    return _Folder(names).block(block)


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
                case ast.If(body=[], orelse=[]) if is_pure(visited.test, self._names):
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
            value = getattr(holder, node.attr, self) if is_record(type(holder)) else self
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
            case ast.Compare(left, [ast.In()], [ast.Name(name)]) if is_pure(left, self._names):
                # What the operation never fills, such as what a new session carries already.
                return ast.Constant(value=False) if self._names.values.get(name) == frozenset() else node
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

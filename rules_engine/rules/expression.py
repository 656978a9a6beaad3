"""What the expression of a rule is written in (invariant 11), and the one place that reads it.

A rule is violated, or undecided, where one boolean expression of its view and the context is true. `GRAMMAR` lists the
forms that such an expression is made of. It is what lets the engine write the expressions of a policy one after the
other, two policies be compared, and a plugin be trusted; so nothing else in the library looks at the text of a rule.
"""

import ast
import linecache
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from threading import RLock
from types import CodeType, FunctionType
from typing import Any, Final

from attrs import define, frozen

from rules_engine.views.context import Limit

SYNTAX: Final = RLock()
"""Held while syntax trees are read or written: CPython 3.11 fails at random where two threads convert them at once."""


@frozen
class Form:
    """A form that an expression is made of.

    Attributes:
        what: What it is.
        example: It, in the words of a view called `view` and a context called `context`.
        nodes: What Python calls its parts.
    """

    what: str
    example: str
    nodes: tuple[type[ast.AST], ...]


GRAMMAR: Final = (
    Form(
        "truths, joined and turned round",
        "view.missing or not (view.active and view.whole)",
        (ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not),
    ),
    Form("a comparison", "view.count >= 5", (ast.Compare, ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE)),
    Form("a value that may be absent", "view.stock is not None", (ast.Is, ast.IsNot)),
    Form("a membership", "view.status in ('open', 'complete')", (ast.In, ast.NotIn, ast.Tuple)),
    Form("what the view holds, at any depth", "view.price.active", (ast.Attribute, ast.Name, ast.Load)),
    Form("a number, a text, or a constant of the module", "view.balance < -1", (ast.Constant, ast.USub)),
    Form("a sum", "view.index + view.count > 5", (ast.BinOp, ast.Add)),
    Form("a count", "len(view.lines) > 0", (ast.Call,)),
    Form("the clock", "context.now >= view.expires_at", ()),
    Form("a limit, by the name of its constant", "view.count > context.limits[MOST]", (ast.Subscript,)),
    Form(
        "a fact of the application's own, by its key",
        "'risk' in context.custom and context.custom['risk'] == 'high'",
        (),
    ),
)
"""All that an expression is made of: it neither loops nor chooses, and makes and calls nothing else."""

_NODES: Final = tuple(node for form in GRAMMAR for node in form.nodes)
_FUNCTIONS: Final = frozenset({"len"})
_CONSTANTS: Final = (bool, int, str, Decimal, frozenset, tuple, Limit, type(None))


class UnreadableError(Exception):
    """What a rule asks is no expression that can be read. The text completes `the rule ...`."""


@define(eq=False)
class WrittenExpression:
    """An expression as it is written.

    Attributes:
        tree: It, as a syntax tree. Every reader gets the same one: copy it before it is changed.
        names: The values of the names in it, but for those of the arguments.
        view: What it calls the view.
        context: What it calls the context.
    """

    tree: ast.expr
    names: Mapping[str, Any]
    view: str = "view"
    context: str = "context"

    @cached_property
    def limits(self) -> frozenset[Limit[Any]]:
        """The limits that it reads."""
        read = (self.names.get(node.id) for node in ast.walk(self.tree) if isinstance(node, ast.Name))
        return frozenset(value for value in read if isinstance(value, Limit))

    @cached_property
    def problems(self) -> tuple[str, ...]:
        """What is wrong with it by `GRAMMAR`; nothing, if nothing is."""
        return tuple(
            f"line {getattr(node, 'lineno', self.tree.lineno)}: {problem}" for node, problem in self._problems()
        )

    def limit_at(self, node: ast.AST) -> Limit[Any] | None:
        """Return the limit that a part of it reads, such as `context.limits[MOST]`; None where it reads none."""
        match node:
            case ast.Subscript(ast.Attribute(ast.Name(self.context), "limits"), ast.Name(name)):
                limit = self.names.get(name)
                return limit if isinstance(limit, Limit) else None
        return None

    def _problems(self) -> Iterator[tuple[ast.AST, str]]:
        if not _is_boolean(self.tree):
            yield self.tree, "a rule compares values, or reads an attribute"
        named = read = 0
        for node in ast.walk(self.tree):
            yield from ((node, problem) for problem in self._problems_of(node))
            named += isinstance(node, ast.Name) and node.id == self.context
            read += self.limit_at(node) is not None or self._is_fact(node)
        if named != read:
            yield self.tree, "of the context a rule reads now, custom, and limits by the names of their constants"

    def _problems_of(self, node: ast.AST) -> Iterator[str]:
        match node:
            case ast.Call(func=ast.Name(name), args=[_], keywords=[]) if name in _FUNCTIONS and name not in self.names:
                pass
            case ast.Call(func=func):
                yield f"a rule calls nothing but {', '.join(sorted(_FUNCTIONS))}, and not {ast.unparse(func)}"
            case ast.Name(name) if name not in {self.view, self.context, *_FUNCTIONS}:
                if not isinstance(self.names.get(name, self), _CONSTANTS):
                    yield f"{name} is no constant of the module"
            case ast.Attribute(attr=name) if name.startswith("_"):
                yield f"{name} is private"
            case ast.Subscript(value, ast.Constant(str())) if self._is_fact(value):
                pass
            case ast.Subscript() if self.limit_at(node) is None:
                yield f"a rule looks nothing up but limits, and not {ast.unparse(node)}"
            case _ if not isinstance(node, _NODES):
                yield f"{type(node).__name__} has no place in a rule"

    def _is_fact(self, node: ast.AST) -> bool:
        match node:
            case ast.Attribute(ast.Name(self.context), "now" | "custom"):
                return True
        return False


def _is_boolean(tree: ast.expr) -> bool:
    match tree:
        case ast.BoolOp(values=values):
            return all(map(_is_boolean, values))
        case ast.UnaryOp(ast.Not(), operand):
            return _is_boolean(operand)
    return isinstance(tree, ast.Compare | ast.Attribute)


def expression_of(asked: Callable[..., bool]) -> WrittenExpression | None:
    """Return what a rule asks as it is written; None where it cannot be read, or is not in `GRAMMAR`.

    Args:
        asked: The rule's `violated`, or its `undecided_when`.
    """
    try:
        written = read_expression(asked)
    except UnreadableError:
        return None
    return None if written.problems else written


@cache
def read_expression(asked: Callable[..., bool]) -> WrittenExpression:
    """Return what a rule asks as it is written, whatever is wrong with it.

    Args:
        asked: A plain function or a lambda; or an object that carries its expression as the text `source`, in the
            names `view` and `context`, and the values of its other names as the mapping `names`.

    Raises:
        UnreadableError: It is neither, it is more than one expression, or its text cannot be had, or was edited since.
    """
    source = getattr(asked, "source", None)
    if isinstance(source, str):
        with SYNTAX:
            return WrittenExpression(ast.parse(source, mode="eval").body, getattr(asked, "names", {}))
    if not isinstance(asked, FunctionType) or hasattr(asked, "__wrapped__"):
        raise UnreadableError("must be a plain function")
    if asked.__closure__ or asked.__defaults__ or asked.__kwdefaults__:
        raise UnreadableError("must not close over variables or have default arguments")
    with SYNTAX:
        found = _definition(asked)
    match found.args, found.body:
        case ast.arguments([], [view, context], None, [], [], None, []), (
            (ast.expr() as tree) | [ast.Return(tree)] | [ast.Expr(ast.Constant()), ast.Return(tree)]
        ) if tree is not None:
            return WrittenExpression(tree, asked.__globals__, view.arg, context.arg)
    raise UnreadableError("must be a docstring and one return of an expression")


def _definition(function: FunctionType) -> ast.FunctionDef | ast.Lambda:
    """Find a function in the text of its file, which may have been edited since the function was loaded."""
    loaded = function.__code__
    linecache.checkcache(loaded.co_filename)
    text = "".join(linecache.getlines(loaded.co_filename, function.__globals__))
    for definition, alone in _definitions(text).get((loaded.co_name, loaded.co_firstlineno), ()):
        for code in compile(alone, "<source>", "exec", dont_inherit=True).co_consts:
            if isinstance(code, CodeType) and _does(code) == _does(loaded):
                return definition
    raise UnreadableError("cannot be read where it is written, so it might read anything")


def _does(code: CodeType) -> tuple[object, ...]:
    return code.co_code, code.co_names, code.co_varnames, code.co_consts


@lru_cache(maxsize=256)
def _definitions(text: str) -> Mapping[tuple[str, int], list[tuple[ast.FunctionDef | ast.Lambda, ast.Module]]]:
    """Return the functions of a file, by their names and the lines that they begin on, decorators included.

    Each comes with a module of it alone, and of the imports of the file: a call of a name that is imported is compiled
    in another way than the call of any other.
    """
    found: defaultdict[tuple[str, int], list[tuple[ast.FunctionDef | ast.Lambda, ast.Module]]] = defaultdict(list)
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return found
    imports: list[ast.stmt] = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    for node in list(ast.walk(tree)):
        if isinstance(node, ast.Lambda):
            alone = ast.copy_location(ast.Expr(node), node)
            found["<lambda>", node.lineno].append((node, ast.Module([*imports, alone], [])))
        elif isinstance(node, ast.FunctionDef):
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            node.decorator_list = []
            found[node.name, first].append((node, ast.Module([*imports, node], [])))
    return found

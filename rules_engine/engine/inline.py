"""The screen as one generated function: the expressions of all rules, written one after the other.

Rules are single boolean expressions, so a call to each of them can be replaced by what it returns. The function is
registered in `linecache`, so that a traceback through it reads well. A rule whose source cannot be had, or is not of
that form, is called instead. `rules_engine.engine.screen.is_clean_plainly` means the same.
"""

import ast
import inspect
import linecache
import textwrap
from collections.abc import Callable, Iterable
from functools import cache
from types import CodeType, FunctionType
from typing import Any, Protocol

from rules_engine.rules.declaration import Expression
from rules_engine.subjects.context import Context
from rules_engine.subjects.joined import Joined
from rules_engine.subjects.scope import Scope

Screen = Callable[[Joined, Context], bool]
"""Whether no expression is true of any item."""
Stages = Iterable[tuple[Scope[Any], Iterable[Expression[Any]]]]
"""What to ask of the items of each scope."""


class _Generated(Protocol):
    """A screen that may be given a second context, for what is asked under other limits."""

    def __call__(self, joined: Joined, context: Context, other: Context | None = None, /) -> bool: ...


_ADMITTED = (
    ast.BoolOp,
    ast.UnaryOp,
    ast.BinOp,
    ast.Compare,
    ast.Attribute,
    ast.Subscript,
    ast.Name,
    ast.Constant,
    ast.Tuple,
    ast.Call,
    ast.boolop,
    ast.unaryop,
    ast.operator,
    ast.cmpop,
    ast.expr_context,
)


class _NotInlinableError(Exception):
    """The function is no single expression of its arguments, module constants and `len`."""


class _Names:
    """The names that the generated function sees, one for each value."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self._known: dict[int, str] = {}

    def name(self, value: Any) -> str:
        name = self._known.setdefault(id(value), f"v{len(self._known)}")
        self.values[name] = value
        return name


class _Renamer(ast.NodeTransformer):
    """Rewrites an expression in the names of the generated function."""

    def __init__(self, subject: str, context: str, asked: str, constants: dict[str, Any], names: _Names) -> None:
        self._subject = subject
        self._context = context
        self._asked = asked
        self._constants = constants
        self._names = names

    def visit(self, node: ast.AST) -> Any:
        if not isinstance(node, _ADMITTED):
            raise _NotInlinableError(type(node).__name__)
        return super().visit(node)

    def visit_Call(self, node: ast.Call) -> Any:  # the name is the one of ast.NodeVisitor
        if not isinstance(node.func, ast.Name) or node.func.id != "len" or node.keywords:
            raise _NotInlinableError("a call")
        node.args = [self.visit(argument) for argument in node.args]
        return node

    def visit_Name(self, node: ast.Name) -> Any:  # the same
        if node.id == self._subject:
            return ast.Name("item", ast.Load())
        if node.id == self._context:
            return ast.Name(self._asked, ast.Load())
        if node.id not in self._constants:
            raise _NotInlinableError(node.id)
        return ast.Name(self._names.name(self._constants[node.id]), ast.Load())


@cache
def written(expression: Expression[Any]) -> tuple[str, str, str] | None:
    """Give the names of the two arguments and the text of what is returned; None where that cannot be had."""
    if not isinstance(expression, FunctionType) or expression.__closure__ or hasattr(expression, "__wrapped__"):
        return None
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(expression)))
    except (OSError, TypeError, SyntaxError):
        return None
    match tree.body:
        case [ast.FunctionDef(args=ast.arguments(args=[subject, context])) as function]:
            pass
        case _:
            return None
    match function.body:
        case [ast.Return(value=ast.expr() as returned)] | [ast.Expr(), ast.Return(value=ast.expr() as returned)]:
            pass
        case _:
            return None
    return (subject.arg, context.arg, ast.unparse(returned)) if _is_source_of(function, expression) else None


def _is_source_of(function: ast.FunctionDef, expression: FunctionType) -> bool:
    """Tell whether a text compiles to a function: the file may have been edited since the function was loaded."""
    function.decorator_list = []
    module = compile(ast.Module([function], []), "<source>", "exec", dont_inherit=True)
    codes = [constant for constant in module.co_consts if isinstance(constant, CodeType)]
    loaded = expression.__code__
    return any(
        (code.co_code, code.co_names, code.co_consts) == (loaded.co_code, loaded.co_names, loaded.co_consts)
        for code in codes
    )


def _inlined(expression: Expression[Any], asked: str, names: _Names) -> str:
    """Write an expression in the names of the generated function; `asked` is the context it is asked under."""
    parsed = written(expression)
    if parsed is not None:
        subject, context, text = parsed
        renamer = _Renamer(subject, context, asked, expression.__globals__, names)
        try:
            return ast.unparse(renamer.visit(ast.parse(text, mode="eval").body))
        except _NotInlinableError:
            pass
    return f"{names.name(expression)}(item, {asked})"


def generate(title: str, stages: Stages, others: Stages = ()) -> _Generated:
    """Write the screen of a plan, or of two plans.

    Args:
        title: What the policy and the operation are called; it names the source in tracebacks.
        stages: What to ask of the items of each scope.
        others: What to ask of them under the second context.
    """
    names = _Names()
    lines = ["def screen(joined, context, other=None):"]
    for asked, scope, expressions in (
        *(("context", *stage) for stage in stages),
        *(("other", *stage) for stage in others),
    ):
        lines.append(f"    for item in joined.{scope.name}:")
        text = "\n            or ".join(f"({_inlined(expression, asked, names)})" for expression in expressions)
        lines += ["        if (", f"            {text}", "        ):", "            return False"]
    lines.append("    return True")
    source = "\n".join(lines) + "\n"
    filename = f"<screen of {title}>"
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    exec(compile(source, filename, "exec"), names.values)  # noqa: S102  # our own text, made of the rules' own expressions
    screen: _Generated = names.values["screen"]
    return screen

"""Views are built in one restricted form, which `docs/adding-rules.md` describes under "The form of views"."""

import ast
from collections.abc import Iterator

import pytest

from rules_engine import OPERATIONS, read_draft
from rules_engine.examples import counterexamples, examples
from rules_engine.operations import Operation
from tests.house.source import ROOT, Module, modules

OTHERWISE = {
    "rules_engine.views": "names what is public",
    "rules_engine.views.context": "declares limits, which are no views",
    "rules_engine.views.request_secrets": "compares secrets in constant time, which takes `re` and `hmac`",
    "rules_engine.views.scope": "declares what a view is",
}
"""Modules of the room that build no views, and what they do."""
STATEMENTS = (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.If, ast.For, ast.Continue, ast.Break, ast.Return, ast.Expr)
EXPRESSIONS = (
    *(ast.Name, ast.Constant, ast.Attribute, ast.Subscript, ast.Slice, ast.Tuple, ast.List, ast.Set, ast.Dict),
    *(ast.BoolOp, ast.BinOp, ast.UnaryOp, ast.Compare, ast.IfExp, ast.Call, ast.JoinedStr, ast.FormattedValue),
    *(ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
)
BUILT_IN = {
    *("abs", "all", "any", "bool", "dict", "enumerate", "frozenset", "int", "isinstance", "len", "list", "max", "min"),
    *("set", "str", "sum", "tuple", "zip"),
}
METHODS = {
    *("add", "append", "clear", "difference_update", "extend", "fromkeys", "get", "isdisjoint", "items", "lower"),
    *("partition", "rpartition", "startswith", "strip", "to_integral_value", "values"),
}
ELSEWHERE = {"rules_engine.models", "rules_engine.fingerprint", "rules_engine.views"}
"""Where a function may come from that a builder calls."""
VIEWS = {
    node.name
    for module in modules("rules_engine/views")
    for node in ast.walk(module.tree)
    if isinstance(node, ast.ClassDef) and "view" in {getattr(decorator, "id", "") for decorator in node.decorator_list}
}
FORMED = [module for module in modules("rules_engine/views") if module.name not in OTHERWISE]


class _Form:
    """What is wrong with a module by the form."""

    def __init__(self, module: Module) -> None:
        imported = {
            alias.asname or alias.name
            for node in ast.walk(module.tree)
            if isinstance(node, ast.ImportFrom) and any(f"{node.module}.".startswith(f"{name}.") for name in ELSEWHERE)
            for alias in node.names
        }
        self._constructors = {
            getattr(node.targets[0], "id", "")
            for node in module.tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
            if getattr(node.value.func, "id", "") == "constructor"
        }
        functions = {node.name for node in module.tree.body if isinstance(node, ast.FunctionDef)}
        self._callable = BUILT_IN | VIEWS | imported | functions | self._constructors
        self.problems = [f"{module.at(node)}: {problem}" for node, problem in self._of_module(module.tree)]

    def _of_module(self, tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
        for node in tree.body:
            match node:
                case ast.ClassDef():
                    yield from self._of_class(node)
                case ast.FunctionDef():
                    yield from self._of_function(node)
                case ast.Import() | ast.ImportFrom() | ast.Expr(ast.Constant()) | ast.Assign() | ast.AnnAssign():
                    pass
                case _:
                    yield node, f"{type(node).__name__} has no place in a module of views"

    def _of_class(self, node: ast.ClassDef) -> Iterator[tuple[ast.AST, str]]:
        if node.name not in VIEWS:
            yield node, "a class is a view"
        for part in node.body:
            if not isinstance(part, ast.AnnAssign | ast.Expr):
                yield part, "a view has attributes and nothing else"

    def _of_function(self, function: ast.FunctionDef) -> Iterator[tuple[ast.AST, str]]:
        if function.decorator_list or function.args.vararg or function.args.kwarg:
            yield function, "a builder has no decorator, and names its arguments"
        returned = {getattr(node, "id", "") for node in ast.walk(function.returns or ast.Constant(None))}
        if function.name.lstrip("_").startswith("build_") == returned.isdisjoint(VIEWS | {"Views"}):
            yield function, "a function that returns views is called build_..., and no other is"
        for node in ast.walk(ast.Module(function.body, [])):
            match node:
                case ast.Assign(targets=[ast.Attribute()]) | ast.AugAssign(target=ast.Attribute()):
                    yield node, "a view is built with all its attributes"
                case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp() if len(node.generators) > 1:
                    yield node, "a comprehension has one iterable"
                case ast.Call():
                    yield from self._of_call(node)
                case ast.stmt() | ast.expr() if not isinstance(node, (*STATEMENTS, *EXPRESSIONS)):
                    yield node, f"{type(node).__name__} has no place in a builder"

    def _of_call(self, call: ast.Call) -> Iterator[tuple[ast.AST, str]]:
        if any(keyword.arg is None for keyword in call.keywords):
            yield call, "a call names its arguments"
        match call.func:
            case ast.Name(name) if name not in self._callable:
                yield call, f"a builder does not call {name}"
            case ast.Name(name) if call.args and name in VIEWS | self._constructors:
                yield call, f"{name} is built by keyword"
            case ast.Attribute(attr=name) if name not in METHODS:
                yield call, f"a builder does not call the method {name}"
            case ast.Name() | ast.Attribute():
                pass
            case _:
                yield call, "a builder calls functions and methods by name"


@pytest.mark.parametrize("module", FORMED, ids=lambda module: module.name)
def test_form(module: Module) -> None:
    """A module of views has classes of plain attributes, and builders in the form."""
    problems = _Form(module).problems
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
def test_every_operation_builds_its_scopes(operation: Operation) -> None:
    """What the builder of an operation returns has the scopes of the operation, what is unknown, and nothing else."""
    scopes = {"unknown", *(scope.name for scope in operation.scopes)}
    broken = [each.document() for each in counterexamples() if each.example in examples(operation.name)]
    for document in (*examples(operation.name).values(), *broken):
        assert operation.build_views(read_draft(document)).keys() == scopes


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("class Plain:\n    x: int", "a class is a view"),
        ("def f(x):\n    try:\n        return x\n    finally:\n        pass", "Try has no place in a builder"),
        ("def f(x):\n    return (lambda: x)()", "a builder calls functions and methods by name"),
        ("def f(x):\n    return [y for z in x for y in z]", "a comprehension has one iterable"),
        ("def f(x):\n    return CustomerView(x)", "CustomerView is built by keyword"),
        ("def f(x):\n    return sorted(x)", "a builder does not call sorted"),
        ("def f(x):\n    return x.replace('a', 'b')", "a builder does not call the method replace"),
        ("def f(x):\n    x.missing = True", "a view is built with all its attributes"),
        ("def f(x):\n    return len(*x)", "Starred has no place in a builder"),
        (
            "def f(x) -> list[CustomerView]:\n    return x",
            "a function that returns views is called build_..., and no other is",
        ),
        ("while True:\n    pass", "While has no place in a module of views"),
    ],
)
def test_the_form_is_told_from_others(text: str, problem: str) -> None:
    """What is not in the form is found, with its place."""
    module = Module("rules_engine.views.made_up", ROOT / "made_up.py", text)
    assert problem in {found.partition(": ")[2] for found in _Form(module).problems}

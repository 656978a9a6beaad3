"""The join and the screen as one generated function: a draft in, and whether it is clean.

The join builds items, and the screen asks each of them what the rules ask; nearly always, nothing is wrong with any.
So both are written as one function in which no item is built. Where the join builds one, what the rules ask of its
attributes is asked of the arguments of its constructor; what no rule reads is left out.

The items of a scope come from constructors that stand in this function, or the join is not fused: whatever could bring
one in from elsewhere is refused.

A second function of this kind searches the drafts that are not clean: it builds the items that a rule is violated by,
and no other. It serves where nothing builds on such a rule, so that no other item is asked for.
"""

import ast
import textwrap
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from enum import Enum
from types import BuiltinFunctionType, FunctionType
from typing import Any, Final

import attrs

from rules_engine import views
from rules_engine.engine.evaluate import Finding, may_be_undecided
from rules_engine.engine.fusion.checks import FOUND, Check, Checker, Checks, is_views
from rules_engine.engine.fusion.inlining import Block, Inliner, NotFusableError
from rules_engine.engine.fusion.simplify import simpler, simplified
from rules_engine.engine.plan import Plan, by_scope
from rules_engine.engine.source import WRITING, Names, load
from rules_engine.models.draft import Draft
from rules_engine.views.context import Context
from rules_engine.views.join import SCOPES
from rules_engine.views.views import Views
from rules_engine.violation import Verdict

Glance = Callable[[Draft[Any]], Verdict | None]
"""The verdict of a draft that is clean; None where that takes a closer look."""
FusedSearch = Callable[[Draft[Any]], Sequence[tuple[int, Finding]] | None]
"""What the rules of a plan say of a draft of which every fact is known; None where that takes a closer look."""

_METHODS: Final = frozenset(
    {"append", "clear", "difference_update", "extend", "get", "isascii", "isdisjoint", "lower", "strip", "upper"}
)
"""Methods of lists, sets, mappings and texts: none of them builds an item."""


def fuse(plan: Plan, join: Callable[[Any], Views]) -> Glance | None:
    """Write the join of an operation and the screen of a plan as one function.

    Args:
        plan: The plan.
        join: The join; it may raise where the plan's own raises an error that names the cause.

    Returns:
        The function; None where the join is not of the form that can be fused, or its source cannot be had.
    """
    asked = by_scope(plan.rules)
    checks = {scope.view: [(ask, None) for ask in asked.get(scope, ())] for scope in SCOPES[plan.operation]}
    glance: Glance | None = _fused("glance", plan, join, checks, plan.clean)
    return glance


def fuse_search(plan: Plan, join: Callable[[Any], Views]) -> FusedSearch | None:
    """Write the join of an operation and the search of a plan as one function.

    It takes a closer look where a rule is violated that others build on: what is skipped with it stands on items that
    are not built here.

    Args:
        plan: The plan.
        join: The join; it may raise where the plan's own raises an error that names the cause.

    Returns:
        The function; None where the join is not of the form that can be fused, its source cannot be had, or a rule may
        be undecided where every fact is known.
    """
    if any(may_be_undecided(item.rule) for item in plan.rules):
        return None
    checks: dict[type, list[Check]] = {scope.view: [] for scope in SCOPES[plan.operation]}
    for place, item in enumerate(plan.resolution):
        checks[item.rule.scope.view].append((item.rule.violated, None if plan.dependants[place] else place))
    search: FusedSearch | None = _fused("fused_search", plan, join, checks, None)
    return search


def _fused(name: str, plan: Plan, join: Callable[[Any], Views], checks: Checks, verdict: Verdict | None) -> Any:
    """Write a function; None where it cannot be written. It gives the verdict, or what it found where there is none."""
    names = Names()
    given = FOUND if verdict is None else names.name(verdict, "clean")
    with WRITING:
        try:
            body, called = _body(plan, join, checks, names, given)
        except NotFusableError:
            return None
        context = ""
        if called:
            context = f"context = {names.name(Context, 'Context')}(now, {names.name(plan.limits, 'limits')})"
        source = _FUNCTION.format(name=name, context=context, body=textwrap.indent(body, " " * 8))
        return load(source, f"<{name.replace('_', ' ')} of {plan.policy}, {plan.operation}>", name, names)


def _body(
    plan: Plan, join: Callable[[Any], Views], checks: Checks, names: Names, given: str
) -> tuple[str, AbstractSet[str]]:
    """Write the body of a function, and name the rules that it calls."""
    if not isinstance(join, FunctionType):
        raise NotFusableError("the join is no function")
    inliner = Inliner(names, lambda function: _builds(function, checks, set()))
    for taken in ("draft", "context", "now", "views", FOUND):
        inliner.local(taken)
    parameter, *_ = join.__code__.co_varnames
    block = inliner.body(join, {parameter: ast.Name("draft", ast.Load())}, ast.Name("views", ast.Store()))
    checker = Checker(checks, plan.limits, inliner)
    block, unknown = _without_views(checker.checked(simpler(block, names)), names)
    block += [ast.If(unknown, [ast.Return(ast.Constant(None))], []), ast.Return(ast.Name(given, ast.Load()))]
    block = simplified([ast.Assign([ast.Name(FOUND, ast.Store())], ast.List([], ast.Load())), *block], names)
    _refuse_strangers(block, names, checks, checker.called)
    return ast.unparse(ast.fix_missing_locations(ast.Module(block, []))), checker.called


_FUNCTION: Final = """def {name}(draft):
    try:
        now = draft.facts.now
        if now.tzinfo is None:
            return None
        {context}
{body}
    except Exception:
        return None
"""
"""What raises is left to the closer look, which tells what it was."""


def _without_views(block: Block, names: Names) -> tuple[Block, ast.expr]:
    """Leave out what the join gives back but the facts that nobody looked up."""
    made = [
        (node.targets[0].id, node.value)
        for statement in block
        for node in ast.walk(statement)
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
        and is_views(names.values.get(node.value.func.id))
    ]
    match made:
        case [(name, ast.Call(args=[ast.Name() as unknown], keywords=[]))]:
            return _Returned(name, unknown).block(block), unknown
    raise NotFusableError("the join makes what it gives back in another form")


class _Returned(ast.NodeTransformer):
    """Leaves out the stores to one object."""

    def __init__(self, name: str, unknown: ast.Name) -> None:
        self._names = {name, "views"}
        self._unknown = unknown

    def block(self, block: Block) -> Block:
        return [kept for statement in block for kept in self._visited(statement)]

    def _visited(self, statement: ast.stmt) -> Block:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)]) if name in self._names:
                return []
            case ast.Assign(targets=[target], value=value) if self._is_part(target):
                return [ast.Expr(value)]
            case ast.If():
                statement.body, statement.orelse = self.block(statement.body), self.block(statement.orelse)
            case ast.For():
                statement.body = self.block(statement.body)
        if not isinstance(statement, ast.If | ast.For):
            self.visit(statement)
        return [statement]

    def _is_part(self, target: ast.expr) -> bool:
        match target:
            case ast.Attribute(value=ast.Name(id=name)):
                return name in self._names
            case ast.Tuple(elts=elements):
                return all(self._is_part(element) for element in elements)
        return False

    def visit_Attribute(self, node: ast.Attribute) -> Any:  # the name is the one of ast.NodeVisitor
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr="unknown") if name in self._names:
                return self._unknown
        return self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> Any:  # the same
        if node.id in self._names:
            raise NotFusableError("what the join gives back is read")
        return node


def _builds(function: FunctionType, checks: Checks, seen: set[FunctionType]) -> bool:
    """Tell whether a function may build items, itself or by what it calls: it names a class of the join."""
    seen.add(function)
    for name in function.__code__.co_names:
        value = function.__globals__.get(name)
        if isinstance(value, type) and (value in checks or _is_of_join(value)):
            return True
        if isinstance(value, FunctionType) and value not in seen and _builds(value, checks, seen):
            return True
    return False


def _is_of_join(value: type) -> bool:
    return value.__module__.startswith(f"{views.__name__}.") and not issubclass(value, Enum)


def _refuse_strangers(block: Block, names: Names, checks: Checks, rules: AbstractSet[str]) -> None:
    """Refuse what could bring in an item that was not seen being built; `rules` names the rules that are called."""
    for node in (node for statement in block for node in ast.walk(statement)):
        match node:
            case ast.Call(func=ast.Name(id=name)):
                called = names.values.get(name)
                known = isinstance(called, type | BuiltinFunctionType) or name in rules
                if not known and not (isinstance(called, FunctionType) and not _builds(called, checks, set())):
                    raise NotFusableError(f"{name} is called")
            case ast.Call(func=ast.Attribute(attr=method)) if method in _METHODS:
                pass
            case ast.Call():
                raise NotFusableError(f"a call of {ast.unparse(node.func)}")
            case ast.Name(id=name) if _holds_item(names.values.get(name), checks):
                raise NotFusableError(f"{name} holds an item")


def _holds_item(value: Any, checks: Checks) -> bool:
    if type(value) in checks:
        return True
    if isinstance(value, Sequence) and not isinstance(value, str):
        return any(_holds_item(item, checks) for item in value)
    return attrs.has(type(value)) and any(
        _holds_item(getattr(value, field.name), checks) for field in attrs.fields(type(value))
    )

"""The generated screen: what is written into it, and what is called instead."""

import functools
import linecache
import traceback
from typing import Any

import pytest

from rules_engine import OPERATIONS, RULES, default_policy
from rules_engine.compiled_policy import CompiledPolicy
from rules_engine.engine.inline import Screen, generate
from rules_engine.rules.row import Expression
from rules_engine.views import ENABLED_METHODS, Context, EnabledMethodsView
from rules_engine.views.configuration import NAMED
from rules_engine.views.session_views import SessionViews

EMPTY = EnabledMethodsView(NAMED, "pmc_1", 0, unknown=False)
FULL = EnabledMethodsView(NAMED, "pmc_1", 2, unknown=False)
NONE = 0


def _inlinable(methods: EnabledMethodsView, _: Context) -> bool:
    """A rule of the form that is inlined."""
    return methods.count == NONE


def _calling(methods: EnabledMethodsView, _: Context) -> bool:
    """A rule that calls a function."""
    return bool(methods.count == NONE)


def _with_a_statement(methods: EnabledMethodsView, _: Context) -> bool:
    """A rule with a statement of its own."""
    count = methods.count
    return count == NONE


def _raising(methods: EnabledMethodsView, _: Context) -> bool:
    """A rule that is not total."""
    return methods.place.nothing  # type: ignore[attr-defined,no-any-return]  # what a host may get wrong


@functools.wraps(_inlinable)
def _wrapping(methods: EnabledMethodsView, context: Context) -> bool:
    return not _inlinable(methods, context)


def _closing_over(number: int) -> Expression[EnabledMethodsView]:
    def closure(methods: EnabledMethodsView, _: Context) -> bool:
        return methods.count == number

    return closure


def _without_source() -> Expression[EnabledMethodsView]:
    names: dict[str, Any] = {}
    exec("def typed_in(methods, _):\n    return methods.count == 0\n", names)  # noqa: S102  # as a REPL does
    expression: Expression[EnabledMethodsView] = names["typed_in"]
    return expression


def _edited_since() -> Expression[EnabledMethodsView]:
    loaded = "def edited(methods, _):\n    return methods.count == 0\n"
    edited = loaded.replace("== 0", "!= 0")
    names: dict[str, Any] = {}
    exec(compile(loaded, "<edited since>", "exec"), names)  # noqa: S102  # a module whose file is edited afterwards
    linecache.cache["<edited since>"] = (len(edited), None, edited.splitlines(keepends=True), "<edited since>")
    expression: Expression[EnabledMethodsView] = names["edited"]
    return expression


def _screen(*expressions: Expression[EnabledMethodsView]) -> tuple[Screen, str]:
    screen = generate("a test", [(ENABLED_METHODS, expressions)])
    return screen, "".join(linecache.getlines("<screen of a test>"))


def _passes(screen: Screen, methods: EnabledMethodsView) -> bool:
    context: Any = None
    return screen(SessionViews([], enabled_methods=[methods]), context)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_rule_of_ours_is_inlined(operation: str) -> None:
    """No rule of the default policy is called: each is written into the screen of its operation."""
    by_name = {rule.name: rule for rule in RULES}
    stages = [(by_name[name].scope, [by_name[name].violated]) for name in default_policy().pipelines[operation]]
    generate(operation, stages)
    source = "".join(linecache.getlines(f"<screen of {operation}>"))
    assert source.count("for item in views.") == len(stages)
    assert "(item, context)" not in source


def test_expression_is_written_out() -> None:
    """A rule that is one expression of its arguments and module constants is written out."""
    screen, source = _screen(_inlinable)
    assert "item.count == v__0" in source
    assert (_passes(screen, EMPTY), _passes(screen, FULL)) == (False, True)


@pytest.mark.parametrize(
    "expression",
    [_calling, _with_a_statement, _closing_over(0), _without_source(), _edited_since()],
    ids=["calls", "has a statement", "is a closure", "has no source", "has another source by now"],
)
def test_anything_else_is_called(expression: Expression[EnabledMethodsView]) -> None:
    """A rule of another form, or whose source is not the one it was loaded from, is called."""
    screen, source = _screen(expression)
    assert "v__0(item, context)" in source
    assert (_passes(screen, EMPTY), _passes(screen, FULL)) == (False, True)


def test_wrapped_rule_is_called() -> None:
    """A function that wraps a rule is called, not replaced by what it wraps."""
    screen, source = _screen(_wrapping)
    assert "v__0(item, context)" in source
    assert (_passes(screen, EMPTY), _passes(screen, FULL)) == (True, False)


def test_traceback_shows_the_expression() -> None:
    """A rule that raises within the screen is shown in the traceback."""
    screen, _ = _screen(_inlinable, _raising)
    with pytest.raises(AttributeError) as raised:
        _passes(screen, FULL)
    assert "item.place.nothing" in "".join(traceback.format_exception(raised.value))


def test_plan_is_made_once() -> None:
    """A policy plans an operation when it is first judged, and keeps the plan."""
    compiled = CompiledPolicy(default_policy())
    first = compiled.plan_of("session.expire")
    assert compiled.plan_of("session.expire") is first

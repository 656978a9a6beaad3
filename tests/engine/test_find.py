"""The function that finds what is wrong: what is written into it, and what is called instead."""

import functools
import linecache
import re
import traceback
from typing import Any, ClassVar

import attrs
import pytest

from rules_engine import OPERATIONS, RULES, default_policy
from rules_engine.compiled_policy import CompiledPolicy
from rules_engine.engine.evaluate import Truth
from rules_engine.engine.find import Finder
from rules_engine.rules.row import Expression
from rules_engine.views import Context, EnabledMethodsView
from rules_engine.views.configuration import FOLLOWED

EMPTY = EnabledMethodsView(place=FOLLOWED, configuration="pmc_1", count=0, unknown=False)
FULL = EnabledMethodsView(place=FOLLOWED, configuration="pmc_1", count=2, unknown=False)
NONE = 0
RULE = next(rule for rule in RULES if rule.scope.view is EnabledMethodsView)


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
    return methods.place.nothing  # type: ignore[attr-defined,no-any-return]  # what an application may get wrong


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


def _finder(*expressions: Expression[EnabledMethodsView]) -> Finder:
    rules = {place: attrs.evolve(RULE, violated=expression) for place, expression in enumerate(expressions)}
    return Finder("a test", rules)


def _found(finder: Finder, methods: EnabledMethodsView) -> list[tuple[int, Truth, str]]:
    context: Any = None
    found = finder({"unknown": [], "enabled_methods": [methods]}, context)
    return [(place, finding.truth, finding.error) for place, findings in found.items() for finding in findings]


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_built_in_rule_is_written_out(operation: str) -> None:
    """No rule of the default policy is called: each is written into the function of its operation."""
    source = CompiledPolicy(default_policy()).source_of(operation)
    places = sorted(int(place) for place in re.findall(r"setdefault\((\d+), ", source))
    assert places == list(range(len(default_policy().pipelines[operation])))
    assert "(item, context)" not in source


def test_expression_is_written_out() -> None:
    """A rule that is one expression of its arguments and module constants is written out."""
    finder = _finder(_inlinable)
    assert "item.count == NONE__0" in finder.source
    assert (_found(finder, EMPTY), _found(finder, FULL)) == ([(0, Truth.VIOLATED, "")], [])


@pytest.mark.parametrize(
    "expression",
    [_calling, _with_a_statement, _closing_over(0), _without_source(), _edited_since()],
    ids=["calls", "has a statement", "is a closure", "has no source", "has another source by now"],
)
def test_anything_else_is_called(expression: Expression[EnabledMethodsView]) -> None:
    """A rule of another form, or whose source is not the one it was loaded from, is called."""
    finder = _finder(expression)
    assert "__0(item, context)" in finder.source
    assert (_found(finder, EMPTY), _found(finder, FULL)) == ([(0, Truth.VIOLATED, "")], [])


def test_wrapped_rule_is_called() -> None:
    """A function that wraps a rule is called, not replaced by what it wraps."""
    finder = _finder(_wrapping)
    assert "__0(item, context)" in finder.source
    assert (_found(finder, EMPTY), _found(finder, FULL)) == ([], [(0, Truth.VIOLATED, "")])


def test_row_is_written_out() -> None:
    """A rule that is data, and carries its expression as text, is written out too."""

    class Row:
        source = "view.count == NONE"
        names: ClassVar = {"NONE": 0}

        def __call__(self, _: EnabledMethodsView, __: Context) -> bool:
            raise AssertionError("called")

    finder = _finder(Row())
    assert (_found(finder, EMPTY), _found(finder, FULL)) == ([(0, Truth.VIOLATED, "")], [])


def test_one_that_raises() -> None:
    """Where a rule raises, the others are found all the same; a traceback shows its expression."""
    finder = _finder(_inlinable, _raising)
    assert _found(finder, EMPTY) == [(0, Truth.VIOLATED, ""), (1, Truth.RAISED, "AttributeError")]
    context: Any = None
    with pytest.raises(AttributeError) as raised:
        finder._where_all_is_known.find({"unknown": [], "enabled_methods": [FULL]}, context)  # noqa: SLF001  # what is written
    assert "item.place.nothing" in "".join(traceback.format_exception(raised.value))


def test_one_by_one() -> None:
    """Rules that are needed for a few drafts are evaluated one by one, and nothing is written."""
    finder = Finder("another test", {0: attrs.evolve(RULE, violated=_inlinable)}, written=False)
    finder.write()
    assert _found(finder, EMPTY) == [(0, Truth.VIOLATED, "")]
    assert linecache.getlines("<find another test>") == []


def test_plan_is_made_once() -> None:
    """A policy plans an operation when it is first judged, and keeps the plan."""
    compiled = CompiledPolicy(default_policy())
    first = compiled.plan_of("session.expire")
    assert compiled.plan_of("session.expire") is first

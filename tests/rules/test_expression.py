"""The grammar of an expression, and what is read of functions, lambdas and rows of data."""

import ast
from collections import Counter
from types import SimpleNamespace
from typing import Any

import pytest
from attrs import frozen

from rules_engine.rules.expression import (
    GRAMMAR,
    Form,
    UnreadableError,
    WrittenExpression,
    expression_of,
    read_expression,
)
from rules_engine.rules.limits import MAX_LINE_ITEMS
from rules_engine.views.context import Context

NAMES = {"MOST": MAX_LINE_ITEMS, "FIVE": 5, "context_of": len, "LISTED": []}


def _written(text: str) -> WrittenExpression:
    return WrittenExpression(ast.parse(text, mode="eval").body, NAMES)


@frozen(eq=False)
class _Row:
    """A rule that is data, and carries its expression as text."""

    source: str = "view.count > context.limits[MOST]"

    @property
    def names(self) -> dict[str, Any]:
        return NAMES

    def __call__(self, view: Any, context: Context) -> bool:
        return bool(view.count > context.limits[MAX_LINE_ITEMS])


def _function(lines: Any, ctx: Context) -> bool:
    """A function of the usual form."""
    return len(lines.items) > ctx.limits[MAX_LINE_ITEMS]


class TestGrammar:
    """What an expression is made of."""

    @pytest.mark.parametrize("form", GRAMMAR, ids=lambda form: form.what)
    def test_example(self, form: Form) -> None:
        """The example of a form is an expression, and has a part that no other form admits."""
        written = _written(form.example)
        assert written.problems == ()
        assert not form.nodes or any(isinstance(part, form.nodes) for part in ast.walk(written.tree))

    def test_each_part_has_one_form(self) -> None:
        """Nothing is admitted twice, so that to strike a form out is to forbid it."""
        times = Counter(node for form in GRAMMAR for node in form.nodes)
        assert set(times.values()) == {1}

    @pytest.mark.parametrize(
        "text",
        [
            "view.count - 1 > 0",
            "view.count > 1 if view.known else view.count > 2",
            "(lambda: True)() is True",
            "view.count == 1 or [item for item in view.items] == ()",
            "view.text == f'{FIVE}'",
            "view.method() is None",
            "context_of(view.items) == 1",
            "LISTED == view.items",
            "UNKNOWN == view.count",
            "view._count == 1",
            "view.items[0] == 1",
            "context.limits['MOST'] == 1",
            "view.count in context.limits",
            "context is None",
            "context.clock > view.start",
            "context.custom[FIVE] == 1",
            "view.custom['risk'] == 'high'",
            "5",
            "len(view.items)",
            "not view.count + 1",
        ],
    )
    def test_anything_else_is_a_problem(self, text: str) -> None:
        """An expression of any other form has a problem, with the line."""
        problems = _written(text).problems
        assert problems
        assert all(problem.startswith("line 1: ") for problem in problems)


class TestReading:
    """What is read of what a rule asks."""

    def test_function(self) -> None:
        """A function is read in its own words, with what its names stand for."""
        written = read_expression(_function)
        assert ast.unparse(written.tree) == "len(lines.items) > ctx.limits[MAX_LINE_ITEMS]"
        assert (written.view, written.context, [*written.limits]) == ("lines", "ctx", [MAX_LINE_ITEMS])
        assert expression_of(_function) is written

    def test_lambda(self) -> None:
        """Of two lambdas on one line each is read as itself."""
        both = SimpleNamespace(one=lambda view, _: view.count == 1, other=lambda view, _: view.count == 2)
        assert [ast.unparse(read_expression(each).tree) for each in (both.one, both.other)] == [
            "view.count == 1",
            "view.count == 2",
        ]

    def test_row(self) -> None:
        """What carries its own text is read from that, whatever it is."""
        written = expression_of(_Row())
        assert written is not None
        assert (written.view, written.context, [*written.limits]) == ("view", "context", [MAX_LINE_ITEMS])
        assert ast.unparse(written.tree) == _Row().source

    def test_outside_of_the_grammar(self) -> None:
        """What is not in the grammar can be read, to report what is wrong with it, and in no other way."""
        row = _Row("view.count - 1 > 0")
        assert read_expression(row).problems == ("line 1: Sub has no place in a rule",)
        assert expression_of(row) is None

    @pytest.mark.parametrize("asked", [len, lambda view, _, /: view.a, lambda view: view.a, lambda *both: both == ()])
    def test_other_arguments(self, asked: Any) -> None:
        """What does not take a view and a context, by place and by name, is no expression of them."""
        with pytest.raises(UnreadableError):
            read_expression(asked)
        assert expression_of(asked) is None

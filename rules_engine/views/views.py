"""What every join gives: the facts that nobody looked up, and, in its subclasses, the items of each scope."""

from collections.abc import Callable
from typing import Any

from attrs import Factory, define

from rules_engine.models.draft import Draft
from rules_engine.views.scope import Scope

UnknownFact = tuple[str, str | None]
"""The kind and the key of a fact that nobody looked up."""


@define(eq=False)
class Views:
    """A draft views with its facts.

    A subclass holds the items of the scopes of its operations, in the order of their index, each under the name of its
    scope. A scope whose items cannot be told, because nobody looked up what holds them, is None: all its rules are
    undecided. While `unknown` is empty, no rule is undecided.
    """

    unknown: list[UnknownFact] = Factory(list)


ViewsOperation = tuple[type[Draft[Any]], Callable[[Any], Views], tuple[Scope[Any], ...]]
"""The draft of an operation, its join, and what rules can stand on there."""

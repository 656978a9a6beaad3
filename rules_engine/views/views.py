"""What every join gives: the facts that nobody looked up, and, in its subclasses, the items of each scope."""

from attrs import Factory, define

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

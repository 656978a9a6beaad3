"""The common kinds of rules, as data: what they compare stands in one row, and whatever reads it reads it there.

    Bound("expires_after", maximum=MAX_EXPIRES_AFTER)

comes to the expression

    view.expires_after is not None and view.expires_after > context.limits[max_expires_after_minutes]

and to the evidence `{"expiresAfterMinutes": ..., "maximum": ...}`, named after the parameter. With the places in valid
examples where the quantity can be set (`Setting`), it comes to the values on both sides of the bound and to the
counterexamples as well.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cached_property
from types import NoneType
from typing import Any, Final, cast, get_args

import attrs
from attrs import define, frozen

from rules_engine.views.context import Context, Limit

REMOVED: Final = object()
"""In the changes of a counterexample, in place of a value: take the key away."""
VALUE: Final = object()
"""In the changes of a setting: the value that is set. In a text and in a pointer, `{value}` stands for it."""

LONGEST_TEXT: Final = 100_000
LONGEST_LIST: Final = 10_000
"""The longest text and the longest list of a draft that is read."""
NO_LONGER_LIST: Final = "a list has no fewer items than none, and no longer one is read"
NO_LARGER_OBJECT: Final = "an object has no fewer keys than none, and no larger one is read"
NO_LONGER_TEXT: Final = "a text is no shorter than empty, and no longer one is read"
NO_EMPTY_NAME: Final = "neither an empty name nor a longer one is read"
OTHER_BOUND: Final = "beyond, the draft is refused for another rule that the same limit or the schema bounds"
"""Why no draft lies beyond what a setting can set."""

Operand = int | Decimal | Limit[int]
"""What a quantity is compared with."""


@frozen(eq=False)
class Repeated:
    """In the changes of a setting: a list, or a text, of as many items as the value that is set.

    Attributes:
        item: One item; `{number}` in a text of it is its index.
        less: How many fewer.
    """

    item: Any
    less: int = 0


@frozen
class Keys:
    """In the changes of a setting: an object of as many keys as the value that is set."""


@frozen
class FromNow:
    """In the changes of a setting: the instant as far from now as the value that is set.

    Attributes:
        seconds: How many seconds one unit of the value comes to; negative for the past.
        months: How many calendar months.
    """

    seconds: int = 0
    months: int = 0


@frozen(eq=False)
class Setting:
    """Places in valid examples where the quantity that a rule compares can be set.

    Attributes:
        examples: The name of the example, or of several in which the same changes set it.
        changes: What sets it, pointer to value; or the name of a function of `rules_engine.examples.counterexamples`,
            where that cannot be written down.
        least: The least value that a draft of the examples can have; None where the quantity is a member of a set.
        most: The greatest one.
        beyond: Why no draft lies beyond these.
    """

    examples: str | tuple[str, ...]
    changes: Mapping[str, Any] | str
    least: int | None = None
    most: int | None = None
    beyond: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the examples."""
        return (self.examples,) if isinstance(self.examples, str) else self.examples


def number(examples: str | tuple[str, ...], pointer: str, least: int | None = None, most: int | None = None) -> Setting:
    """Set a number at a pointer; beyond what is given as least and most, another rule refuses the draft."""
    return Setting(examples, {pointer: VALUE}, least, most, "" if most is None else OTHER_BOUND)


def text(examples: str | tuple[str, ...], pointer: str, least: int = 0) -> Setting:
    """Set the length of a text at a pointer."""
    beyond = NO_LONGER_TEXT if least == 0 else NO_EMPTY_NAME
    return Setting(examples, {pointer: Repeated("x")}, least, LONGEST_TEXT, beyond)


def items(examples: str | tuple[str, ...], pointer: str, item: Any, beyond: str = "") -> Setting:
    """Set the number of items of a list at a pointer; `beyond` says why there is at least one, where there is."""
    return Setting(examples, {pointer: Repeated(item)}, 1 if beyond else 0, LONGEST_LIST, beyond or NO_LONGER_LIST)


@frozen(eq=False)
class Bound:
    """A quantity is below its minimum or above its maximum; one that is absent is neither.

    Attributes:
        value: The path of the attribute of the view.
        minimum: The least that is valid.
        maximum: The greatest that is valid.
        length: Whether the quantity is the length of the attribute; then evidence shows the bounds only.
        shown_as: The key of the quantity in the evidence; the last name of the parameter where none is given.
        settings: Where it can be set.
    """

    value: str
    minimum: Operand | None = None
    maximum: Operand | None = None
    length: bool = False
    shown_as: str | None = None
    settings: tuple[Setting, ...] | Setting = ()

    @property
    def limits(self) -> tuple[Limit[int], ...]:
        """The limits it reads."""
        return tuple(bound for bound in (self.minimum, self.maximum) if isinstance(bound, Limit))

    def evidence(self, param: str) -> Mapping[str, Any]:
        """Return what it shows, by key: the quantity, unless that is a length, and its bounds."""
        bounds = {"minimum": self.minimum, "maximum": self.maximum}
        value = {} if self.length else {self.shown_as or param.rpartition(".")[2]: self.value}
        return {**value, **{key: bound for key, bound in bounds.items() if bound is not None}}

    def source(self, view: type[Any]) -> tuple[str, Mapping[str, Any]]:
        """Write the expression, and return what its names mean."""
        attribute, names = _attribute(view, self.value), dict[str, Any]()
        quantity = f"len({attribute.text})" if self.length else attribute.text
        sides = [
            f"{quantity} {comparator} {_bound(bound, names)}"
            for comparator, bound in (("<", self.minimum), (">", self.maximum))
            if bound is not None
        ]
        outside = " or ".join(sides)
        guarded = (*attribute.guards, f"({outside})" if attribute.guards and len(sides) > 1 else outside)
        return " and ".join(guarded), names


@frozen
class Exists:
    """An object that is referred to does not exist; undecided where it was not provided.

    Its view says which in two attributes, `missing` and `unknown`.
    """

    limits: tuple[Limit[Any], ...] = attrs.field(default=(), init=False)

    def source(self, view: type[Any]) -> tuple[str, Mapping[str, Any]]:
        """Write the expression."""
        return _attribute(view, "missing").text, {}


@frozen
class Exclusive:
    """Two parameters are given that exclude each other.

    Attributes:
        first: The path of the attribute that holds one.
        second: The path of the other's.
    """

    first: str
    second: str
    limits: tuple[Limit[Any], ...] = attrs.field(default=(), init=False)

    def source(self, view: type[Any]) -> tuple[str, Mapping[str, Any]]:
        """Write the expression."""
        return f"{_attribute(view, self.first).present} and {_attribute(view, self.second).present}", {}


@frozen
class Requires:
    """A parameter is given without another one that it requires.

    Attributes:
        first: The path of the attribute that holds the one.
        other: The path of the attribute that holds the other.
    """

    first: str
    other: str
    limits: tuple[Limit[Any], ...] = attrs.field(default=(), init=False)

    def source(self, view: type[Any]) -> tuple[str, Mapping[str, Any]]:
        """Write the expression."""
        return f"{_attribute(view, self.first).present} and {_attribute(view, self.other).absent}", {}


@frozen
class Fixed:
    """A parameter is sent that cannot be changed.

    Attributes:
        sent: The path of the flag that says so.
    """

    sent: str
    limits: tuple[Limit[Any], ...] = attrs.field(default=(), init=False)

    def source(self, view: type[Any]) -> tuple[str, Mapping[str, Any]]:
        """Write the expression."""
        return _attribute(view, self.sent).present, {}


Kind = Bound | Exists | Exclusive | Requires | Fixed


@define(eq=False)
class Expressed:
    """The expression of a kind on a class of views. Called, it returns whether the rule is violated.

    Attributes:
        kind: The kind.
        source: The expression as text, over `view`, `context` and `names`.
        names: What its other names mean.
    """

    kind: Kind
    source: str
    names: Mapping[str, Any]

    @classmethod
    def of(cls, kind: Kind, view: type[Any]) -> "Expressed":
        """Write the expression of a kind.

        Raises:
            TypeError: The views have no such attribute.
        """
        return cls(kind, *kind.source(view))

    def __call__(self, view: object, context: Context) -> bool:
        """Return whether the rule is violated."""
        return self._function(view, context)

    @cached_property
    def _function(self) -> Callable[[object, Context], bool]:
        # The text is made above, of names of attributes that exist; nothing of a draft or a policy is in it.
        function = eval(f"lambda view, context: {self.source}", dict(self.names))  # noqa: S307  # the same
        return cast("Callable[[object, Context], bool]", function)


@frozen
class _Attribute:
    """An attribute of a view, reached over others, as an expression writes it.

    Attributes:
        text: Itself.
        guards: What holds where it is not None, nor any on the way to it.
        present: What holds where it is given: a flag is true, anything else is not None.
        absent: What holds where it is not.
    """

    text: str
    guards: tuple[str, ...]
    present: str
    absent: str


def _attribute(view: type[Any], path: str) -> _Attribute:
    """Find an attribute of a class of views by its dotted path.

    Raises:
        TypeError: There is no such attribute.
    """
    text, guards, kinds, may_be_none = "view", list[str](), [view], False
    for name in path.split("."):
        declared = next((attrs.fields_dict(kind)[name].type for kind in kinds if _has(kind, name)), None)
        if declared is None:
            raise TypeError(f"{view.__name__} has no attribute {path}")
        text, alternatives = f"{text}.{name}", get_args(declared) or (declared,)
        kinds, may_be_none = [kind for kind in alternatives if kind is not NoneType], NoneType in alternatives
        if may_be_none:
            guards.append(f"{text} is not None")
    flag = kinds == [bool]
    present = (*guards[:-1], f"{text} is True") if flag and may_be_none else (*guards, text) if flag else guards
    given = " and ".join(present or ["True"])
    absent = f"{text} is None" if given == f"{text} is not None" else f"not ({given})"
    return _Attribute(text, tuple(guards), given, absent)


def _has(kind: Any, name: str) -> bool:
    return isinstance(kind, type) and attrs.has(kind) and name in attrs.fields_dict(kind)


def _bound(bound: Operand, names: dict[str, Any]) -> str:
    if isinstance(bound, int):
        return str(bound)
    name = bound.name if isinstance(bound, Limit) else f"decimal_{str(bound).replace('.', '_')}"
    names[name] = bound
    return f"context.limits[{name}]" if isinstance(bound, Limit) else name

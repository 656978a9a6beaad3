"""What a rule is: one row that holds everything about it. What follows from rows is derived, never listed again.

A row is a decorated function. Where a rule needs an expression of its own, the function is that expression; where it
is one of the common kinds (`Bound`, `Exists`, `Exclusive`, `Requires`, `Fixed`), the kind is data, and the function has
a docstring and nothing else.
"""

import inspect
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from string import Formatter
from types import MappingProxyType
from typing import Any, Final, Generic, TypeVar, cast, overload

from attrs import field, frozen

from rules_engine.codes import Code
from rules_engine.path import HIDDEN, shown
from rules_engine.printable import printable
from rules_engine.rules.kinds import Bound, Exists, Expressed, Kind, Setting
from rules_engine.views.context import Context, Limit
from rules_engine.views.scope import Scope, scope_of
from rules_engine.violation import Evidence, EvidenceValue

S = TypeVar("S")

Expression = Callable[[S, Context], bool]
"""One boolean expression of a view and the context."""
Shown = str | int | Decimal | Limit[Any] | Callable[[Any, Context], Any]
"""Where the value of a key of the evidence comes from: a path of attributes of the view, such as `minimum.amount`; a
limit; a number; or a function of the view and the context."""
StatedCounterexample = tuple[str | tuple[str, ...], Mapping[str, Any]]
"""The name of a valid example, or of several, and what is changed in it: pointer to value."""

LeftOut = Mapping[str | tuple[str, ...], str]
"""Operations, one or several, and the reason why a rule is left out of them."""

NOT_SHOWN: Final = object()
"""What a function of the evidence returns where its value was not judged: the evidence then lacks the key."""
_LONGEST: Final = 80
"""How many characters of one value a message repeats."""


def now(_: object, context: Context) -> datetime:
    """Return the instant a draft is judged at: what evidence shows as `now`."""
    return context.now


def where(condition: str, value: Shown) -> Callable[[Any, Context], Any]:
    """Return what reads a value for evidence where an attribute of the view is true; elsewhere its key is not shown."""
    judged, read = partial(_attribute, tuple(condition.split("."))), _reader(value)
    return lambda view, context: read(view, context) if judged(view, context) else NOT_SHOWN


def lowered(path: str, longest: int | None = None) -> Callable[[Any, Context], str | None]:
    """Return what reads a currency code for evidence: in lower case, as on the error page, and cut to a length."""
    read = partial(_attribute, tuple(path.split(".")))

    def lowered_code(view: object, context: Context) -> str | None:
        code = read(view, context)
        return None if code is None else str(code).lower()[:longest]

    return lowered_code


@frozen(eq=False)
class Rule(Generic[S]):
    """One reason to refuse.

    Attributes:
        name: What a policy calls it: the name of its code, where it is the only one or the main one for it.
        code: What it reports.
        scope: What it reads.
        violated: Whether it is violated: an expression, or that of a kind. Total: it never raises, whatever else is
            wrong with the draft.
        order: Its place in every report, unique among the built-in rules; None for a rule of an application, which
            comes after them.
        needs: The rules it builds on: while one of them refuses, this one is skipped.
        limits: The limits it reads.
        undecided_when: Whether facts that it reads are unknown, and matter; None where it reads none.
        param: The field at fault below the place of its view, as a dotted path; several where it is the first of them
            that the request carries; "" for the view itself.
        kept_param: The field of the request that brings it up, where its view is a stored discount.
        message: What callers read: a template over the public evidence, such as `{minimum}`.
        public: Evidence that the caller and the buyer may see, by key.
        private: Evidence that only the application may see, by key.
        except_in: The operations that have its scope and leave it out, each with the reason.
        counterexamples: What violates it and nothing else, beside what follows from `settings`.
        settings: Where its quantity can be set in valid examples.
        description: The whole docstring: what it means, and its source.
        module: The module that declares it.
        readers: How each key of the evidence is read.
    """

    name: str
    code: Code
    scope: Scope[S]
    violated: Expression[S]
    order: int | None
    needs: "tuple[Rule[Any], ...]"
    limits: tuple[Limit[Any], ...]
    undecided_when: Expression[S] | None
    param: tuple[str, ...]
    kept_param: str | None
    message: str
    public: Mapping[str, Shown]
    private: Mapping[str, Shown]
    except_in: Mapping[str, str]
    counterexamples: tuple[StatedCounterexample, ...]
    settings: tuple[Setting, ...]
    description: str
    module: str
    readers: Mapping[str, Callable[[Any, Context], EvidenceValue]] = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Derive how the evidence is read, once.

        Raises:
            TypeError: The message names a key that is not in the public evidence.
        """
        unknown = [name for name in _names_in(self.message) if name not in self.public]
        if unknown:
            raise TypeError(f"the message of the rule {self.name} names {unknown[0]}, no public evidence of it")
        readers = {key: _reader(value) for key, value in (*self.public.items(), *self.private.items())}
        object.__setattr__(self, "readers", readers)

    def __call__(self, view: S, context: Context) -> bool:
        """Return whether the rule is violated."""
        return self.violated(view, context)

    def __repr__(self) -> str:
        """Read as its name."""
        return f"Rule({self.name})"

    @property
    def sentence(self) -> str:
        """What it means, in one sentence: the first line of its docstring."""
        return self.description.partition("\n")[0]

    def evidence(self, view: S, context: Context) -> Evidence:
        """Return the values that decided a violation, public ones first."""
        values = ((key, read(view, context)) for key, read in self.readers.items())
        return {key: value for key, value in values if value is not NOT_SHOWN}

    def message_of(self, evidence: Evidence) -> str:
        """Render the message of a violation from its evidence."""
        if "{" not in self.message:
            return self.message
        return self.message.format_map({key: _text(evidence.get(key)) for key in self.public})


@overload
def rule(
    code: Code,
    *,
    on: type[S],
    violated: Kind,
    message: str = "",
    order: int | None = None,
    param: str | tuple[str, ...] = "",
    kept_param: str | None = None,
    needs: tuple[Rule[Any], ...] = (),
    undecided_when: Expression[S] | None = None,
    public: Mapping[str, Shown] | None = None,
    private: Mapping[str, Shown] | None = None,
    except_in: LeftOut | None = None,
    counterexamples: tuple[StatedCounterexample, ...] = (),
) -> Callable[[Callable[[], None]], Rule[S]]: ...
@overload
def rule(
    code: Code,
    *,
    on: type[S],
    message: str = "",
    order: int | None = None,
    param: str | tuple[str, ...] = "",
    kept_param: str | None = None,
    needs: tuple[Rule[Any], ...] = (),
    limits: tuple[Limit[Any], ...] = (),
    undecided_when: Expression[S] | None = None,
    public: Mapping[str, Shown] | None = None,
    private: Mapping[str, Shown] | None = None,
    except_in: LeftOut | None = None,
    counterexamples: tuple[StatedCounterexample, ...] = (),
    settings: tuple[Setting, ...] | Setting = (),
) -> Callable[[Expression[S]], Rule[S]]: ...
def rule(
    code: Code,
    *,
    on: type[S],
    violated: Kind | None = None,
    message: str = "",
    order: int | None = None,
    param: str | tuple[str, ...] = "",
    kept_param: str | None = None,
    needs: tuple[Rule[Any], ...] = (),
    limits: tuple[Limit[Any], ...] = (),
    undecided_when: Expression[S] | None = None,
    public: Mapping[str, Shown] | None = None,
    private: Mapping[str, Shown] | None = None,
    except_in: LeftOut | None = None,
    counterexamples: tuple[StatedCounterexample, ...] = (),
    settings: tuple[Setting, ...] | Setting = (),
) -> Callable[[Callable[..., Any]], Rule[S]]:
    """Declare a rule: a function of a view and the context whose body is one boolean expression, true for violated.

    Args:
        code: What it reports.
        on: The class of the views that it reads.
        violated: The kind it is of, as data; the function then takes nothing and has a docstring only.
        message: What callers read, over the keys of `public`; the first line of the docstring where none is given.
        order: Its place in every report; required of the built-in rules.
        param: The field at fault below the place of the view.
        kept_param: The field of the request that brings it up, where the view is a stored discount.
        needs: The rules it builds on.
        limits: The limits it reads; those of a kind follow from it.
        undecided_when: True where facts that it would read are unknown, and matter; that of `Exists` follows from it.
        public: The values that decided it and that anybody may see; those of a `Bound` follow from it.
        private: Those that only the application may see.
        except_in: The operations that have its scope and leave it out, one or several, each with the reason.
        counterexamples: What violates it and nothing else; those of a `Bound` follow from its settings.
        settings: Where its quantity can be set in valid examples; those of a `Bound` stand there.

    Raises:
        TypeError: The function has no docstring, or the message names what is no public evidence.
    """

    def declare(function: Callable[..., Any]) -> Rule[S]:
        description = inspect.getdoc(function)
        if not description:
            raise TypeError(f"the rule {function.__name__} needs a docstring: what it means, and where it comes from")
        params = (param,) if isinstance(param, str) else param
        bound = violated if isinstance(violated, Bound) else None
        shown_by_kind = None if bound is None else bound.evidence(params[0])
        return Rule(
            name=function.__name__,
            code=code,
            scope=scope_of(on),
            violated=function if violated is None else Expressed.of(violated, on),
            order=order,
            needs=needs,
            limits=limits if violated is None else violated.limits,
            undecided_when=Expressed(violated, "view.unknown", {}) if isinstance(violated, Exists) else undecided_when,
            param=params,
            kept_param=kept_param,
            message=message or description.partition("\n")[0],
            public=MappingProxyType(dict(shown_by_kind or {} if public is None else public)),
            private=MappingProxyType(dict(private or {})),
            except_in=MappingProxyType(
                {name: reason for names, reason in (except_in or {}).items() for name in _names(names)}
            ),
            counterexamples=counterexamples,
            settings=_each(settings if bound is None else bound.settings),
            description=description,
            module=function.__module__,
        )

    return declare


def _names(names: str | tuple[str, ...]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else names


def _each(settings: tuple[Setting, ...] | Setting) -> tuple[Setting, ...]:
    return (settings,) if isinstance(settings, Setting) else settings


def _names_in(message: str) -> Iterator[str]:
    return (name for _, name, _, _ in Formatter().parse(message) if name is not None)


def _reader(value: Shown) -> Callable[[Any, Context], EvidenceValue]:
    if isinstance(value, str):
        return partial(_attribute, tuple(value.split(".")))
    if isinstance(value, Limit):
        return partial(_limit, value)
    return value if callable(value) else lambda _, __: value


def _attribute(path: tuple[str, ...], view: object, _: Context) -> EvidenceValue:
    value: Any = view
    for name in path:
        value = None if value is None else getattr(value, name)
    return cast("EvidenceValue", value)


def _limit(limit: Limit[Any], _: object, context: Context) -> EvidenceValue:
    return cast("EvidenceValue", context.limits[limit])


def _text(value: EvidenceValue | frozenset[str]) -> str:
    """Render a value as a message repeats it: short, on one line, and never a secret."""
    if isinstance(value, str):
        if shown(value) == HIDDEN:
            return HIDDEN
        return printable(value if len(value) <= _LONGEST else f"{value[: _LONGEST - 1]}…")
    if isinstance(value, datetime):
        # The instant a caller wrote may have any offset; a message has one form.
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z") if value.tzinfo else value.isoformat()
    if isinstance(value, tuple | frozenset):
        return ", ".join(map(_text, value if isinstance(value, tuple) else sorted(value)))
    if isinstance(value, bool):
        return "true" if value else "false"
    return "unknown" if value is None else format(value, "f") if isinstance(value, Decimal) else str(value)

"""What a rule is, and the decorator that declares one. Declaring is not registering: `RULES` does that."""

import inspect
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from attrs import frozen

from rules_engine.codes import Code
from rules_engine.views.context import Context, Limit
from rules_engine.views.scope import Scope
from rules_engine.violation import Evidence

S = TypeVar("S")

Expression = Callable[[S, Context], bool]
"""One boolean expression of a view and the context."""
Shown = Callable[[S, Context], Evidence]
"""The values that decided a violation; called for violations only."""


def shows_nothing(_: object, __: Context) -> Evidence:
    """Show nothing: the field alone says it all, or the values are secret."""
    return {}


@frozen(eq=False)
class Rule(Generic[S]):
    """One reason to refuse.

    Attributes:
        name: What a policy calls it: the name of its code, where it is the only one or the main one for it.
        code: What it says.
        scope: What it stands on.
        violated: Whether it fires. Total: it never raises, whatever else is wrong with the draft.
        needs: The rules it builds on: while one of them refuses, this one says nothing.
        limits: The limits it reads.
        undecided_when: Whether facts that it reads are not known, and matter; None where it reads none.
        param: The field at fault below the place of its view, as a dotted path; several where it is the first of
            them that the request carries; "" for the view itself.
        kept_param: The field of the request that brings it up, where its view is a stored discount.
        evidence: The values that decided it.
        sentence: What is wrong, for the merchant.
        description: The whole docstring.
        module: The module that declares it.
    """

    name: str
    code: Code
    scope: Scope[S]
    violated: Expression[S]
    needs: "tuple[Rule[Any], ...]"
    limits: tuple[Limit[Any], ...]
    undecided_when: Expression[S] | None
    param: tuple[str, ...]
    kept_param: str | None
    evidence: Shown[S]
    sentence: str
    description: str
    module: str

    def __call__(self, view: S, context: Context) -> bool:
        """Tell whether the rule fires."""
        return self.violated(view, context)

    def __repr__(self) -> str:
        """Read as its name."""
        return f"Rule({self.name})"


def rule(
    code: Code,
    *,
    on: Scope[S],
    evidence: Shown[S] = shows_nothing,
    param: str | tuple[str, ...] = "",
    kept_param: str | None = None,
    needs: tuple[Rule[Any], ...] = (),
    limits: tuple[Limit[Any], ...] = (),
    undecided_when: Expression[S] | None = None,
) -> Callable[[Expression[S]], Rule[S]]:
    """Declare a rule: a function of a view and the context whose body is one boolean expression, true for violated.

    Args:
        code: What it says.
        on: What it stands on.
        evidence: The values that decided it, as a function of the same two arguments.
        param: The field at fault below the place of the view.
        kept_param: The field of the request that brings it up, where the view is a stored discount.
        needs: The rules it builds on.
        limits: The limits it reads.
        undecided_when: True where facts that it would read are not known, and matter.

    Raises:
        TypeError: The function has no docstring.
    """

    def declare(violated: Expression[S]) -> Rule[S]:
        description = inspect.getdoc(violated)
        if not description:
            raise TypeError(f"the rule {violated.__name__} needs a docstring: its first line is what merchants read")
        return Rule(
            name=violated.__name__,
            code=code,
            scope=on,
            violated=violated,
            needs=needs,
            limits=limits,
            undecided_when=undecided_when,
            param=(param,) if isinstance(param, str) else param,
            kept_param=kept_param,
            evidence=evidence,
            sentence=description.partition("\n")[0],
            description=description,
            module=violated.__module__,
        )

    return declare

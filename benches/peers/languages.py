"""One notation, several languages: print a rule of the table the way a peer writes it."""

import ast
import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from attrs import frozen


@frozen
class Language:
    """How a peer writes a boolean expression.

    Attributes:
        conjunction: Between two that must both hold.
        disjunction: Between two of which one must hold.
        negation: Before one that must not hold.
        member: Writes a field of a record, from the name of the record and of the field.
        free: Writes a value that belongs to no record.
    """

    conjunction: str
    disjunction: str
    negation: str
    member: Callable[[str, str], str]
    free: Callable[[str], str] = str


_COMPARISONS: Final[Mapping[type[ast.cmpop], str]] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}


def translate(text: str, language: Language, constants: Mapping[str, int]) -> str:
    """Translate an expression.

    Args:
        text: The expression, in the syntax of Python.
        language: What to write it in.
        constants: What names of constants stand for.

    Raises:
        ValueError: The expression has something that not every language has.
    """
    return _written(ast.parse(text, mode="eval").body, language, constants)


def _written(node: ast.expr, language: Language, constants: Mapping[str, int]) -> str:  # noqa: PLR0911  # one case a kind
    def written(inner: ast.expr) -> str:
        return _written(inner, language, constants)

    match node:
        case ast.BoolOp(op=ast.And(), values=values):
            return f"({f' {language.conjunction} '.join(map(written, values))})"
        case ast.BoolOp(op=ast.Or(), values=values):
            return f"({f' {language.disjunction} '.join(map(written, values))})"
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return f"{language.negation}({written(operand)})"
        case ast.Compare(left=left, ops=[operator], comparators=[right]) if type(operator) in _COMPARISONS:
            return f"{written(left)} {_COMPARISONS[type(operator)]} {written(right)}"
        case ast.Attribute(value=ast.Name(id=record), attr=name):
            return language.member(record, name)
        case ast.Name(id=name):
            return str(constants[name]) if name in constants else language.free(name)
        case ast.Constant(value=value):
            return json.dumps(value)
        case _:
            raise ValueError(f"not in every language: {ast.unparse(node)}")


def dotted(record: str, name: str) -> str:
    """Write `line.quantity`."""
    return f"{record}.{name}"


def subscripted(record: Any, name: str) -> str:
    """Write `line["quantity"]`."""
    return f'{record}["{name}"]'

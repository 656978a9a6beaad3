"""The rules that every peer can express, one row each, in one notation that is translated into the language of each.

They are a part of those of `session.create`, in the order of the default policy. A text is a boolean expression in the
syntax of Python, with comparisons, `and`, `or` and `not` only, over the flat record of `benches.peers.flat`.
"""

import ast
import enum
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import compress
from typing import Any, Final

from attrs import frozen

from benches.straight_line import CODE_OF
from rules_engine import Policy, default_policy


class Per(enum.Enum):
    """What a rule is asked of, by the name it has in the text; one of several fires for all of them."""

    SESSION = "session"
    LINE = "line"
    CODE = "code"
    COUPON = "coupon"


LISTS: Final[Mapping[Per, str]] = {Per.LINE: "lines", Per.CODE: "codes", Per.COUPON: "coupons"}
"""Where the flat record holds those of which there are several."""


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


@frozen
class PeerRule:
    """A rule for peers.

    Attributes:
        name: The name of the built-in rule that means the same.
        per: What it is asked of.
        text: True where it is violated.
    """

    name: str
    per: Per
    text: str

    def written(self, language: Language, most_lines: int) -> str:
        """Return its text in a language, for sessions of at most so many lines."""
        return translate(self.text, language, {"MOST_LINES": most_lines})


RULES: Final = (
    PeerRule("line_items_missing", Per.SESSION, "session.lines_needed and not session.lines_sent"),
    PeerRule(
        "line_items_empty", Per.SESSION, "session.lines_needed and session.lines_sent and session.line_count == 0"
    ),
    PeerRule("too_many_line_items", Per.SESSION, "session.line_count > MOST_LINES"),
    PeerRule("customer_exclusive", Per.SESSION, "session.details_sent and session.customer_sent"),
    PeerRule("customer_creation_exclusive", Per.SESSION, 'session.creation == "always" and session.customer_sent'),
    PeerRule("customer_update_without_customer", Per.SESSION, "session.update_sent and not session.customer_sent"),
    PeerRule("payment_methods_exclusive", Per.SESSION, "session.types_sent and session.configuration_sent"),
    PeerRule("cancel_url_unavailable", Per.SESSION, 'session.cancel_url_sent and session.ui_mode != "hosted"'),
    PeerRule("redirect_missing", Per.SESSION, 'session.completion == "redirect" and not session.redirect_sent'),
    PeerRule(
        "hosted_confirmation_unavailable",
        Per.SESSION,
        'session.completion == "hosted_confirmation" and session.ui_mode != "hosted"',
    ),
    PeerRule("too_many_custom_fields", Per.SESSION, "session.custom_fields > 3"),
    PeerRule("expires_too_soon", Per.SESSION, "session.whole_minutes < 30"),
    PeerRule("line_item_missing_price", Per.LINE, "not line.price_sent and not line.data_sent"),
    PeerRule("line_item_price_exclusive", Per.LINE, "line.price_sent and line.data_sent"),
    PeerRule("quantity_out_of_range", Per.LINE, "line.quantity < 0 or line.quantity > 2147483647"),
    PeerRule(
        "quantity_zero_not_optional",
        Per.LINE,
        "line.quantity == 0 and (not line.adjustable or line.least > 0)",
    ),
    PeerRule("price_missing", Per.LINE, "line.missing"),
    PeerRule("price_inactive", Per.LINE, "not line.active"),
    PeerRule("price_not_yet_active", Per.LINE, "now < line.starts"),
    PeerRule("price_expired", Per.LINE, "now >= line.expires"),
    PeerRule("price_recurring_not_supported", Per.LINE, 'line.type == "RECURRING"'),
    PeerRule(
        "price_sold_out",
        Per.LINE,
        "line.quantity > 0 and line.quantity <= 2147483647"
        " and line.requested > line.stock and (line.before == 0 or line.before <= line.stock)",
    ),
    PeerRule("unit_amount_out_of_range", Per.LINE, "line.unit_amount < 0 or line.unit_amount > 2147483647"),
    PeerRule("too_many_discounts", Per.SESSION, "session.discounts > 1"),
    PeerRule("promotion_code_inactive", Per.CODE, "not code.active"),
    PeerRule("promotion_code_expired", Per.CODE, "now >= code.expires"),
    PeerRule("promotion_code_max_redemptions", Per.CODE, "code.redeemed >= code.most"),
    PeerRule("promotion_code_customer_mismatch", Per.CODE, 'code.bound_to != "" and code.bound_to != code.customer'),
    PeerRule(
        "coupon_invalid",
        Per.COUPON,
        "coupon.deleted or not coupon.active or not coupon.valid or now >= coupon.expires"
        " or coupon.redeemed >= coupon.most or coupon.fits_no_line",
    ),
)
"""The rules, in the order of the default policy."""

NAMES: Final = tuple(rule.name for rule in RULES)
CODES: Final = tuple(CODE_OF[name] for name in NAMES)
"""The code of each of them."""


def codes_of(fired: Iterable[object]) -> list[str]:
    """List the codes of the rules that fired, in order, each once.

    Args:
        fired: For each rule, in order, whether it did.
    """
    return list(dict.fromkeys(compress(CODES, fired)))


def peer_policy(most_lines: int) -> Policy:
    """Return the policy of exactly these rules, for sessions of at most so many lines."""
    return default_policy().with_pipeline("session.create", NAMES).with_limits(max_line_items=most_lines)


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
    """Return `line.quantity`: how most languages write a field."""
    return f"{record}.{name}"


_PYTHON: Final = Language("and", "or", "not ", lambda record, name: f'{record}["{name}"]')


def plain_judge(most_lines: int) -> Callable[[dict[str, Any]], list[str]]:
    """Write one function of all rules in plain Python: what a peer would cost if its language were free."""
    names: dict[str, Any] = {}
    exec(_source(most_lines), names)  # noqa: S102  # the text of the table, and nothing else
    fired: Callable[[dict[str, Any]], list[bool]] = names["fired"]

    def judge(record: dict[str, Any]) -> list[str]:
        found = fired(record)
        return codes_of(found) if True in found else []

    return judge


def _source(most_lines: int) -> str:
    by_item: defaultdict[Per, list[tuple[int, PeerRule]]] = defaultdict(list)
    for number, rule in enumerate(RULES):
        by_item[rule.per].append((number, rule))
    lines = [
        "def fired(record):",
        f"    found = [False] * {len(RULES)}",
        '    now, session = record["now"], record["session"]',
        *_checks(by_item[Per.SESSION], most_lines, "    "),
    ]
    for per, name in LISTS.items():
        lines += [f'    for {per.value} in record["{name}"]:', *_checks(by_item[per], most_lines, "        ")]
    return "\n".join([*lines, "    return found", ""])


def _checks(rules: Iterable[tuple[int, PeerRule]], most_lines: int, indent: str) -> list[str]:
    checks = []
    for number, rule in rules:
        checks += [f"{indent}if {rule.written(_PYTHON, most_lines)}:", f"{indent}    found[{number}] = True"]
    return checks

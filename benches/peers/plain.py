"""The rules of the table in plain Python, over the flat record: what a peer would cost if its language were free."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any, Final

from benches.peers.languages import Language, subscripted, translate
from benches.peers.rules import LISTS, RULES, PeerRule, Per, codes_of

_PYTHON: Final = Language("and", "or", "not ", subscripted)


def plain_judge(most_lines: int) -> Callable[[dict[str, Any]], list[str]]:
    """Write one function of all rules: every item is looked at once.

    Args:
        most_lines: How many lines are admitted.
    """
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


def _checks(rules: Sequence[tuple[int, PeerRule]], most_lines: int, indent: str) -> list[str]:
    checks = []
    for number, rule in rules:
        text = translate(rule.text, _PYTHON, {"MOST_LINES": most_lines})
        checks += [f"{indent}if {text}:", f"{indent}    found[{number}] = True"]
    return checks

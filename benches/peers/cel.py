"""The Common Expression Language, by its implementation in Rust: one program that gives a list of booleans."""

from collections.abc import Callable
from typing import Any, Final

import cel

from benches.peers.languages import Language, dotted, translate
from benches.peers.rules import LISTS, RULES, PeerRule, Per, codes_of

_CEL: Final = Language("&&", "||", "!", dotted)


def program_judge(most_lines: int) -> Callable[[dict[str, Any]], list[str]]:
    """Compile all rules into one program.

    Args:
        most_lines: How many lines are admitted.
    """
    program = cel.compile(f"[{', '.join(_text(rule, most_lines) for rule in RULES)}]")

    def judge(record: dict[str, Any]) -> list[str]:
        return codes_of(program.execute(record))

    return judge


def _text(rule: PeerRule, most_lines: int) -> str:
    text = translate(rule.text, _CEL, {"MOST_LINES": most_lines})
    return text if rule.per is Per.SESSION else f"{LISTS[rule.per]}.exists({rule.per.value}, {text})"

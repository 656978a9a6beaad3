"""The Common Expression Language, by its implementation in Rust: one program that gives a list of booleans."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import cel

from benches.peers.flat import flat
from benches.peers.languages import Language, dotted, translate
from benches.peers.rules import LISTS, RULES, PeerRule, Per, codes_of

_CEL: Final = Language("&&", "||", "!", dotted)


def program_judge(most_lines: int) -> Callable[[Mapping[str, Any]], list[str]]:
    """Compile all rules into one program.

    Args:
        most_lines: How many lines are admitted.
    """
    program = cel.compile(f"[{', '.join(_text(rule, most_lines) for rule in RULES)}]")

    def judge(document: Mapping[str, Any]) -> list[str]:
        return codes_of(program.execute(flat(document)))

    return judge


def _text(rule: PeerRule, most_lines: int) -> str:
    text = translate(rule.text, _CEL, {"MOST_LINES": most_lines})
    return text if rule.per is Per.SESSION else f"{LISTS[rule.per]}.exists({rule.per.value}, {text})"

"""GoRules ZEN, twice: one compiled expression that gives a list of booleans, and a graph with one decision table."""

import json
from collections.abc import Callable
from typing import Any, Final

import zen

from benches.peers.languages import Language, dotted, translate
from benches.peers.rules import CODES, LISTS, RULES, PeerRule, Per, codes_of

_SESSION: Final = Language("and", "or", "not ", dotted)
_ITEM: Final = Language("and", "or", "not ", lambda _, name: f"#.{name}")


def expression_judge(most_lines: int) -> Callable[[dict[str, Any]], list[str]]:
    """Compile all rules into one expression.

    Args:
        most_lines: How many lines are admitted.
    """
    compiled = zen.compile_expression(f"[{', '.join(_text(rule, most_lines) for rule in RULES)}]")

    def judge(record: dict[str, Any]) -> list[str]:
        return codes_of(compiled.evaluate(record))

    return judge


def graph_judge(most_lines: int) -> Callable[[dict[str, Any]], list[str]]:
    """Make a decision of one table that collects the codes of all its rows that apply.

    Args:
        most_lines: How many lines are admitted.
    """
    content = zen.ZenDecisionContent(json.dumps(_graph(most_lines)))
    decision = zen.ZenEngine().create_decision(content)

    def judge(record: dict[str, Any]) -> list[str]:
        return list(dict.fromkeys(row["code"] for row in decision.evaluate(record)["result"]))

    return judge


def _text(rule: PeerRule, most_lines: int) -> str:
    constants = {"MOST_LINES": most_lines}
    if rule.per is Per.SESSION:
        return translate(rule.text, _SESSION, constants)
    return f"some({LISTS[rule.per]}, {translate(rule.text, _ITEM, constants)})"


def _graph(most_lines: int) -> dict[str, Any]:
    table = {
        "hitPolicy": "collect",
        "inputs": [{"id": "when", "name": "when", "field": ""}],
        "outputs": [{"id": "code", "name": "code", "field": "code"}],
        "rules": [
            {"_id": rule.name, "when": _text(rule, most_lines), "code": json.dumps(code)}
            for rule, code in zip(RULES, CODES, strict=True)
        ],
    }
    place = {"x": 0, "y": 0}
    return {
        "nodes": [
            {"id": "draft", "type": "inputNode", "name": "draft", "position": place},
            {"id": "rules", "type": "decisionTableNode", "name": "rules", "position": place, "content": table},
            {"id": "codes", "type": "outputNode", "name": "codes", "position": place},
        ],
        "edges": [
            {"id": "in", "sourceId": "draft", "targetId": "rules", "type": "edge"},
            {"id": "out", "sourceId": "rules", "targetId": "codes", "type": "edge"},
        ],
    }

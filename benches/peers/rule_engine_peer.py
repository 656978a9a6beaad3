"""The package rule-engine: a compiled rule for each of ours, asked of each item it is about.

Its comprehensions over a list cost several times as much, so the items are looped over in Python.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, Final

import rule_engine

from benches.peers.languages import Language, translate
from benches.peers.rules import LISTS, RULES, Per, codes_of

_BARE: Final = Language("and", "or", "not ", lambda _, name: name)
"""Each item is a thing of its own, and its fields are the names that a rule sees."""


def rules_judge(most_lines: int) -> Callable[[dict[str, Any]], list[str]]:
    """Compile each rule.

    Args:
        most_lines: How many lines are admitted.
    """
    context = rule_engine.Context(resolver=rule_engine.resolve_item)
    compiled: defaultdict[Per, list[tuple[int, Any]]] = defaultdict(list)
    for number, rule in enumerate(RULES):
        text = translate(rule.text, _BARE, {"MOST_LINES": most_lines})
        compiled[rule.per].append((number, rule_engine.Rule(text, context=context)))

    def judge(record: dict[str, Any]) -> list[str]:
        fired = [False] * len(RULES)
        now = record["now"]
        things = [(Per.SESSION, record["session"])]
        things += [(per, item) for per, name in LISTS.items() for item in record[name]]
        for per, item in things:
            thing = {**item, "now": now}
            for number, rule in compiled[per]:
                if not fired[number] and rule.matches(thing):
                    fired[number] = True
        return codes_of(fired)

    return judge

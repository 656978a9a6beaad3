"""Engines that others wrote, each used the way that is quickest for it; each makes a judge of the flat record.

A package that is not installed raises `ModuleNotFoundError` where its engine is set up.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any, Final

from benches.peers.rules import CODES, LISTS, NAMES, RULES, Language, PeerRule, Per, codes_of, dotted

_Judge = Callable[[dict[str, Any]], list[str]]

_CEDAR: Final = Language(
    "&&", "||", "!", lambda record, name: f"context.{record}.{name}", lambda name: f"context.{name}"
)
_CEL: Final = Language("&&", "||", "!", dotted)
_WORDS: Final = Language("and", "or", "not ", dotted)
_ITEM: Final = Language("and", "or", "not ", lambda _, name: f"#.{name}")
_BARE: Final = Language("and", "or", "not ", lambda _, name: name)
"""Each item is a thing of its own, and its fields are the names that a rule sees."""


def cedar(most_lines: int) -> _Judge:
    """Set up Cedar: a policy a rule, and a batch of one request for the session and one for each of its items.

    Cedar cannot look at the items of a list one by one, so each has a request of its own. A rule that is violated
    permits, and the permissions that applied are the answer. The policies are parsed once.
    """
    import cedarpy  # noqa: PLC0415  # it is in an extra

    policies = cedarpy.PolicySet.from_str(
        "\n".join(
            f'@id("{rule.name}") permit(principal, action == Action::"{rule.per.value}", resource)'
            f" when {{ {rule.written(_CEDAR, most_lines)} }};"
            for rule in RULES
        )
    )
    entities = cedarpy.Entities.from_json_str("[]")

    def judge(record: dict[str, Any]) -> list[str]:
        fired: set[str] = set()
        requests = [_cedar_request(per, record["now"], item) for per, item in _things(record)]
        for answer in cedarpy.is_authorized_batch(requests, policies, entities):
            diagnostics = answer.diagnostics
            if diagnostics.errors:
                raise ValueError(diagnostics.errors[0])
            fired.update(diagnostics.id_annotations_by_reason.values())
        return codes_of(name in fired for name in NAMES)

    return judge


def _cedar_request(per: Per, now: int, item: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "principal": 'Merchant::"any"',
        "action": f'Action::"{per.value}"',
        "resource": 'Draft::"this"',
        "context": {"now": now, per.value: item},
    }


def cel_in_rust(most_lines: int) -> _Judge:
    """Set up the Common Expression Language, as implemented in Rust: one program that gives a list of booleans."""
    import cel  # noqa: PLC0415  # it is in an extra

    def text(rule: PeerRule) -> str:
        written = rule.written(_CEL, most_lines)
        return written if rule.per is Per.SESSION else f"{LISTS[rule.per]}.exists({rule.per.value}, {written})"

    program = cel.compile(f"[{', '.join(map(text, RULES))}]")
    return lambda record: codes_of(program.execute(record))


def rule_engine_rules(most_lines: int) -> _Judge:
    """Set up the package rule-engine: a compiled rule for each of the table, asked of each item it is about.

    Its comprehensions over a list cost several times as much, so the items are looped over in Python.
    """
    import rule_engine  # noqa: PLC0415  # it is in an extra

    context = rule_engine.Context(resolver=rule_engine.resolve_item)
    compiled: defaultdict[Per, list[tuple[int, Any]]] = defaultdict(list)
    for number, rule in enumerate(RULES):
        compiled[rule.per].append((number, rule_engine.Rule(rule.written(_BARE, most_lines), context=context)))

    def judge(record: dict[str, Any]) -> list[str]:
        fired = [False] * len(RULES)
        for per, item in _things(record):
            thing = {**item, "now": record["now"]}
            for number, rule in compiled[per]:
                if not fired[number] and rule.matches(thing):
                    fired[number] = True
        return codes_of(fired)

    return judge


def zen_expression(most_lines: int) -> _Judge:
    """Set up GoRules ZEN: one compiled expression that gives a list of booleans."""
    import zen  # noqa: PLC0415  # it is in an extra

    compiled = zen.compile_expression(f"[{', '.join(_zen_text(rule, most_lines) for rule in RULES)}]")
    return lambda record: codes_of(compiled.evaluate(record))


def zen_graph(most_lines: int) -> _Judge:
    """Set up GoRules ZEN: a decision of one table that collects the codes of all its rows that apply."""
    import zen  # noqa: PLC0415  # it is in an extra

    table = {
        "hitPolicy": "collect",
        "inputs": [{"id": "when", "name": "when", "field": ""}],
        "outputs": [{"id": "code", "name": "code", "field": "code"}],
        "rules": [
            {"_id": rule.name, "when": _zen_text(rule, most_lines), "code": json.dumps(code)}
            for rule, code in zip(RULES, CODES, strict=True)
        ],
    }
    place = {"x": 0, "y": 0}
    graph = {
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
    decision = zen.ZenEngine().create_decision(zen.ZenDecisionContent(json.dumps(graph)))
    return lambda record: list(dict.fromkeys(row["code"] for row in decision.evaluate(record)["result"]))


def _zen_text(rule: PeerRule, most_lines: int) -> str:
    if rule.per is Per.SESSION:
        return rule.written(_WORDS, most_lines)
    return f"some({LISTS[rule.per]}, {rule.written(_ITEM, most_lines)})"


def _things(record: Mapping[str, Any]) -> list[tuple[Per, Mapping[str, Any]]]:
    """List the session and the items of its lists."""
    return [(Per.SESSION, record["session"]), *((per, item) for per, name in LISTS.items() for item in record[name])]

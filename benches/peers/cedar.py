"""Cedar through cedarpy: a policy a rule, and a batch of one request for the session and one for each of its items.

Cedar cannot look at the items of a list one by one, so each has a request of its own. A rule that is violated permits,
and the permissions that applied are the answer. The policies are parsed once.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import cedarpy

from benches.peers.languages import Language, translate
from benches.peers.rules import LISTS, NAMES, RULES, Per, codes_of

_CEDAR: Final = Language(
    "&&", "||", "!", lambda record, name: f"context.{record}.{name}", lambda name: f"context.{name}"
)


def policies_judge(most_lines: int) -> Callable[[dict[str, Any]], list[str]]:
    """Parse all rules as one set of policies.

    Args:
        most_lines: How many lines are admitted.
    """
    policies = cedarpy.PolicySet.from_str("\n".join(_policies(most_lines)))
    entities = cedarpy.Entities.from_json_str("[]")

    def judge(record: dict[str, Any]) -> list[str]:
        fired: set[str] = set()
        for answer in cedarpy.is_authorized_batch(_requests(record), policies, entities):
            diagnostics = answer.diagnostics
            if diagnostics.errors:
                raise ValueError(diagnostics.errors[0])
            fired.update(diagnostics.id_annotations_by_reason.values())
        return codes_of(name in fired for name in NAMES)

    return judge


def _policies(most_lines: int) -> Iterator[str]:
    for rule in RULES:
        when = translate(rule.text, _CEDAR, {"MOST_LINES": most_lines})
        yield (
            f'@id("{rule.name}") permit(principal, action == Action::"{rule.per.value}", resource) when {{ {when} }};'
        )


def _requests(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    now = record["now"]
    requests = [_request(Per.SESSION, now, record["session"])]
    for per, name in LISTS.items():
        requests += [_request(per, now, item) for item in record[name]]
    return requests


def _request(per: Per, now: int, item: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "principal": 'Merchant::"any"',
        "action": f'Action::"{per.value}"',
        "resource": 'Draft::"this"',
        "context": {"now": now, per.value: item},
    }

"""Two plans of one operation in one pass: evaluate once, fold twice.

What a rule says of an item depends on the draft, the clock and the limits that it declares. Where those are equal in
both plans, it is asked once for both.
"""

from typing import Any

from rules_engine.engine.evaluate import Findings
from rules_engine.engine.examine import examine
from rules_engine.engine.inline import generate
from rules_engine.engine.plan import Plan, by_scope
from rules_engine.models.draft import Draft
from rules_engine.subjects.context import Context
from rules_engine.subjects.joined import Joined
from rules_engine.violation import Verdict


class Pair:
    """Two plans of one operation, prepared once.

    Attributes:
        first: The one.
        second: The other.
    """

    def __init__(self, first: Plan, second: Plan) -> None:
        """Write the screen that clean drafts pass under both."""
        self.first = first
        self.second = second
        planned = {item.rule for item in first.rules}
        self._asked_again = frozenset(
            item.rule
            for item in second.rules
            if item.rule in planned and any(first.limits[limit] != second.limits[limit] for limit in item.rule.limits)
        )
        self._screen = generate(
            f"{first.policy} and {second.policy}, {first.operation}",
            by_scope(first.rules).items(),
            by_scope(
                item for item in second.rules if item.rule not in planned or item.rule in self._asked_again
            ).items(),
        )
        self._clean = first.clean, second.clean

    def judge(self, draft: Draft[Any], joined: Joined) -> tuple[Verdict, Verdict]:
        """Judge a draft under both: the same two verdicts as under each alone.

        Args:
            draft: A draft of the operation.
            joined: The draft, joined with its facts.
        """
        clean = self.clean_verdicts(draft, joined)
        if clean is not None:
            return clean
        first, second = self._contexts(draft)
        said: Findings = {}
        verdict = examine(self.first, draft, joined, first, said)
        if self.first is self.second:
            return verdict, verdict
        for rule in self._asked_again:
            del said[rule]
        return verdict, examine(self.second, draft, joined, second, said)

    def clean_verdicts(self, draft: Draft[Any], joined: Joined) -> tuple[Verdict, Verdict] | None:
        """Give both verdicts of a draft that is clean under both; a rule that raises is left to the examinations.

        Args:
            draft: A draft of the operation.
            joined: The draft, joined with its facts.
        """
        if joined.unknown:
            return None
        try:
            return self._clean if self._screen(joined, *self._contexts(draft)) else None
        except Exception:  # noqa: BLE001  # a rule of a host's may raise anything; the examinations isolate it
            return None

    def _contexts(self, draft: Draft[Any]) -> tuple[Context, Context]:
        now = draft.facts.now
        return Context(now, self.first.limits), Context(now, self.second.limits)

"""A candidate in the shadow of a policy: what it would have said of live traffic is told, and changes nothing."""

import logging
import traceback
from collections.abc import Callable
from typing import Any

from attrs import evolve, frozen

from rules_engine.codes import INTERNAL_ERROR
from rules_engine.models.draft import Draft, Recorded
from rules_engine.two_policies import TwoPolicies
from rules_engine.violation import Verdict
from rules_engine.wire.envelope import write_draft

_LOG = logging.getLogger("rules_engine.shadow")


@frozen
class Difference:
    """A draft of which a candidate says something else than the policy.

    Attributes:
        draft: The draft.
        enforced: What the policy says: the verdict that the caller got.
        candidate: What the candidate would have said.
    """

    draft: Draft[Any]
    enforced: Verdict
    candidate: Verdict

    def record(self) -> dict[str, Any]:
        """Write the draft as a document that records what the caller heard, as plain values.

        These are the codes of the enforced verdict; of one that is undecided, `internal_error`.

        `write_json` makes it one line, and such lines are a history that other policies can be tried on. It holds what
        the request and the facts hold, secrets too.

        Raises:
            ValueError: The draft, which the host built itself, holds an instant without an offset.
        """
        codes = self.enforced.codes
        if not codes and not self.enforced.accepted:
            # A draft that records no code at all was accepted.
            codes = (INTERNAL_ERROR.name,)
        return write_draft(evolve(self.draft, recorded=Recorded(codes)))


OnDifference = Callable[[Difference], None]
"""Is told of a difference."""


class Shadow:
    """A policy that is enforced, and a candidate beside it."""

    def __init__(self, policies: TwoPolicies, on_difference: OnDifference) -> None:
        """Tell nothing yet.

        Args:
            policies: The policy, then the candidate.
            on_difference: Is told where the two differ.
        """
        self._policies = policies
        self._on_difference = on_difference

    def judge(self, draft: Draft[Any]) -> Verdict:
        """Judge a draft under the policy, and tell where the candidate says something else."""
        enforced, candidate = self._policies.judge(draft)
        # Most drafts are accepted by both, and this is all that is asked of them.
        if enforced.accepted and candidate.accepted:
            return enforced
        if enforced.codes != candidate.codes or enforced.accepted is not candidate.accepted:
            self._tell(Difference(draft, enforced, candidate))
        return enforced

    def clean_verdict(self, draft: Draft[Any]) -> Verdict | None:
        """Judge a draft no further than it takes to see that both accept it; None where it has to be examined."""
        found = self._policies.clean_verdicts(draft)
        return None if found is None else found[0][0]

    def _tell(self, difference: Difference) -> None:
        try:
            self._on_difference(difference)
        except Exception as error:  # noqa: BLE001  # invariant 8: a callback that raises does not take the verdict down
            *_, (frame, line) = traceback.walk_tb(error.__traceback__)
            place = f"{frame.f_code.co_filename}:{line}"
            # The text of the error may quote the draft, which may hold secrets; its type and its place do not.
            _LOG.error("on_difference raised %s at %s", type(error).__name__, place)

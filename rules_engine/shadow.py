"""A candidate in the shadow of a policy: what it would change for live traffic is reported, and changes nothing."""

import logging
import traceback
from collections.abc import Callable
from typing import Any

from attrs import evolve, frozen

from rules_engine.api import Engine
from rules_engine.codes import INTERNAL_ERROR
from rules_engine.compiled_policy import TwoPolicies
from rules_engine.models import Draft, Recorded
from rules_engine.policy.known_names import refuse_fewer_operations
from rules_engine.policy.model import Policy
from rules_engine.violation import Verdict
from rules_engine.wire.read import with_models, write_draft

_LOG = logging.getLogger("rules_engine.shadow")


@frozen
class Difference:
    """A draft to which a candidate would have answered otherwise than the policy.

    Attributes:
        draft: The draft.
        enforced: The verdict of the policy, which the caller received.
        candidate: The verdict of the candidate.
    """

    draft: Draft[Any]
    enforced: Verdict
    candidate: Verdict

    def record(self) -> dict[str, Any]:
        """Return the draft as a document that records what the caller received, as plain values.

        These are the codes of the enforced verdict; of one that is undecided, `internal_error`.

        `write_json` makes it one line, and such lines are a history that other policies can be tried on. It holds what
        the request and the facts hold, secrets too.

        Raises:
            ValueError: The draft, which the application built itself, holds an instant without an offset.
        """
        codes = self.enforced.codes
        if not codes and not self.enforced.accepted:
            # A draft that records no code at all was accepted.
            codes = (INTERNAL_ERROR.name,)
        return write_draft(evolve(self.draft, recorded=evolve(self.draft.recorded or Recorded(), codes=codes)))


OnDifference = Callable[[Difference], None]
"""Receives a difference."""


class Shadow(Engine):
    """An engine that also judges each draft by a candidate, and reports where that would have answered otherwise.

    The verdicts are those of the engine. Any number of threads may share it.
    """

    def __init__(self, engine: Engine, candidate: Policy, on_difference: OnDifference) -> None:
        """Compile the candidate, with the rules of the engine.

        Args:
            engine: What is enforced.
            candidate: The policy to try.
            on_difference: Receives each draft to which the candidate gives other codes, or the same in another order,
                or that only one of the two accepts: in the thread of the draft, before its verdict is returned. Where
                it raises, the verdict is returned all the same, and the log `rules_engine.shadow` has an error.

        Raises:
            PolicyError: The candidate names what does not exist, or has no pipeline for an operation of the engine's.
        """
        self.policy = engine.policy
        self._compiled = engine._compiled  # noqa: SLF001  # a shadow is an engine, and shares what is compiled already
        self._keys = engine._keys  # noqa: SLF001  # the same
        other = self._compiled.with_policy(candidate)
        refuse_fewer_operations(other.policy, self.policy)
        self._policies = TwoPolicies(self._compiled, other)
        self._on_difference = on_difference

    def compile(self, *operations: str) -> None:
        """Compile operations of both policies now, so that no draft has to wait for it.

        Args:
            operations: Their names; all of the engine's where none are named.

        Raises:
            PolicyError: A policy has no pipeline for an operation.
        """
        for operation in operations or self.policy.pipelines:
            self._policies.compile(operation)

    def _judge(self, draft: Draft[Any]) -> Verdict:
        enforced, candidate = self._policies.judge(draft)
        # Most drafts are accepted by both, and this is all that is asked of them.
        if (enforced.accepted and candidate.accepted) or draft.faults:
            return enforced
        if enforced.codes != candidate.codes or enforced.accepted is not candidate.accepted:
            self._report(Difference(with_models(draft), enforced, candidate))
        return enforced

    def _report(self, difference: Difference) -> None:
        try:
            self._on_difference(difference)
        except Exception as error:  # noqa: BLE001  # invariant 8: a callback that raises does not take the verdict down
            *_, (frame, line) = traceback.walk_tb(error.__traceback__)
            place = f"{frame.f_code.co_filename}:{line}"
            # The text of the error may quote the draft, which may hold secrets; its type and its place do not.
            _LOG.error("on_difference raised %s at %s", type(error).__name__, place)

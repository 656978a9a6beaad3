"""Judge a draft, judge a raw body, ask what is still to be looked up."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from rules_engine.compiled_policy import CompiledPolicy
from rules_engine.models.draft import Draft
from rules_engine.models.facts import Facts
from rules_engine.operations import OPERATIONS
from rules_engine.policy.builtin import default_policy
from rules_engine.policy.model import Policy
from rules_engine.rules.row import Rule
from rules_engine.violation import FactKey, Verdict
from rules_engine.wire.envelope import Document, RefusedRequest, read_body, read_draft
from rules_engine.wire.quick import quick_body, quick_draft


class Engine:
    """A policy, checked at once and compiled once; any number of threads may share it."""

    def __init__(
        self,
        policy: Policy | None = None,
        *,
        rules: Iterable[Rule[Any]] = (),
        installed: Iterable[Rule[Any]] = (),
    ) -> None:
        """Compile a policy.

        Args:
            policy: The policy; the default policy where none is given.
            rules: Rules of the application. One that the policy does not name comes last in every pipeline whose
                operation has the view that it reads.
            installed: Rules that the policy may name, such as those of plugins. One that it does not name does nothing.

        Raises:
            PolicyError: The policy names what does not exist, two rules have one name, or a limit of theirs has the
                name of another one.
        """
        self._compiled = CompiledPolicy(
            default_policy() if policy is None else policy, rules=rules, installed=installed
        )
        self.policy = self._compiled.policy

    def validate(self, draft: Draft[Any] | RefusedRequest | Document) -> Verdict:
        """Judge a draft of any operation.

        Args:
            draft: A draft, or a draft document as a mapping or as JSON text; or what `read_draft` made of one.

        Raises:
            DraftError: The envelope of the document is malformed.
            FactsError: The facts are malformed.
        """
        if isinstance(draft, Draft):
            return self._judge(draft)
        quick = quick_draft(draft)
        verdict = None if quick is None else self._quick_verdict(quick)
        if verdict is not None:
            return verdict
        return self._judge(draft if isinstance(draft, RefusedRequest) else read_draft(draft))

    def validate_body(
        self,
        operation: str,
        body: str | bytes | bytearray,
        facts: Facts | Mapping[str, Any],
        *,
        target: str | None = None,
    ) -> Verdict:
        """Judge the raw body of a request.

        Args:
            operation: Such as `session.create`.
            body: The body as it came in; where it is not a JSON object, the verdict says `invalid_request`.
            facts: What the host knows, as a model or as in a draft document.
            target: The id of the object that is acted on.

        Raises:
            DraftError: There is no such operation, or it acts on an object and no target is given.
            FactsError: The facts are malformed.
        """
        quick = quick_body(operation, body, facts, target)
        verdict = None if quick is None else self._quick_verdict(quick)
        if verdict is not None:
            return verdict
        return self._judge(read_body(operation, body, facts, target))

    def compile(self, *operations: str) -> None:
        """Compile operations now, so that no draft has to wait for it.

        Otherwise the plan of an operation is made when a draft of it is first judged, and the search for violations
        is written when one is first refused: some hundredths of a second each.

        Args:
            operations: Their names; all of the policy's where none are named.

        Raises:
            PolicyError: The policy has no pipeline for an operation.
        """
        for operation in operations or self.policy.pipelines:
            self._compiled.compile(operation)

    def _quick_verdict(self, draft: Draft[Any]) -> Verdict | None:
        """Judge what was read the quick way; None for a draft that has to be read in detail."""
        return self._compiled.quick_verdict(draft)

    def _judge(self, draft: Draft[Any] | RefusedRequest) -> Verdict:
        return self._compiled.judge(draft)


@lru_cache(maxsize=64)
def engine_for(policy: Policy | None) -> Engine:
    """Compile a policy, or find it compiled already."""
    return Engine(policy)


def validate(draft: Draft[Any] | RefusedRequest | Document, *, policy: Policy | None = None) -> Verdict:
    """Judge a draft of any operation.

    Args:
        draft: A draft, or a draft document as a mapping or as JSON text; or what `read_draft` made of one.
        policy: The policy; the default policy where none is given.

    Raises:
        DraftError: The envelope of the document is malformed.
        FactsError: The facts are malformed.
    """
    return engine_for(policy).validate(draft)


def validate_body(
    operation: str,
    body: str | bytes | bytearray,
    facts: Facts | Mapping[str, Any],
    *,
    target: str | None = None,
    policy: Policy | None = None,
) -> Verdict:
    """Judge the raw body of a request.

    Args:
        operation: Such as `session.create`.
        body: The body as it came in; where it is not a JSON object, the verdict says `invalid_request`.
        facts: What the host knows, as a model or as in a draft document.
        target: The id of the object that is acted on.
        policy: The policy; the default policy where none is given.

    Raises:
        DraftError: There is no such operation, or it acts on an object and no target is given.
        FactsError: The facts are malformed.
    """
    return engine_for(policy).validate_body(operation, body, facts, target=target)


def required_facts(draft: Draft[Any] | RefusedRequest | Document) -> tuple[FactKey, ...]:
    """Name the facts that a draft needs and nobody has looked up yet.

    Look them up, add them to the facts (or to `missing`, where they do not exist), and ask again: some facts lead to
    others. After at most three rounds nothing is named any more, and no rule is undecided.

    Args:
        draft: A draft, or a draft document as a mapping or as JSON text.

    Returns:
        The facts, in the order they were asked for, each once; nothing for a request that does not parse.

    Raises:
        DraftError: The envelope of the document is malformed.
        FactsError: The facts are malformed.
    """
    read = draft if isinstance(draft, Draft | RefusedRequest) else read_draft(draft)
    if isinstance(read, RefusedRequest):
        return ()
    views = OPERATIONS[read.operation].views(read)
    return tuple(dict.fromkeys(FactKey(kind, key) for kind, key in views.unknown))

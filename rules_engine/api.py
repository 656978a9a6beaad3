"""Judge a draft, judge a raw body, ask what is still to be looked up."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from rules_engine.compiled_policy import CompiledPolicy
from rules_engine.engine.plan import Plan
from rules_engine.exceptions import PolicyError
from rules_engine.known_names import refuse_fewer_operations, refuse_other_limits, refuse_unknown_names, with_own_rules
from rules_engine.models.draft import Draft
from rules_engine.models.facts import Facts
from rules_engine.operations import OPERATIONS
from rules_engine.policy.load import default_policy
from rules_engine.policy.model import Policy
from rules_engine.rules import RULES
from rules_engine.rules.declaration import Rule
from rules_engine.shadow import OnDifference, Shadow
from rules_engine.two_policies import TwoPolicies
from rules_engine.violation import FactKey, Verdict
from rules_engine.wire.envelope import Document, RefusedRequest, read_body, read_draft
from rules_engine.wire.quick import quick_body, quick_draft


class Engine:
    """A policy, checked at once and compiled once, so that any number of threads may share it."""

    def __init__(
        self,
        policy: Policy | None = None,
        *,
        rules: Iterable[Rule[Any]] = (),
        installed: Iterable[Rule[Any]] = (),
        candidate: Policy | None = None,
        on_difference: OnDifference | None = None,
    ) -> None:
        """Compile a policy.

        Args:
            policy: The policy; the default policy where none is given.
            rules: Rules of the host's own. One that the policy does not name comes last in every pipeline whose
                operation has what it stands on.
            installed: Rules that the policy may name, such as those of plugins. One that it does not name does nothing.
            candidate: A policy to try in the shadow of this one: it is asked about every draft, with the same rules,
                and changes no verdict.
            on_difference: Is told of each draft to which the candidate gives other codes, or the same in another order,
                or that only one of the two accepts; before the verdict is returned, and in the same thread. Where it
                raises, the verdict stands, and the log `rules_engine.shadow` tells.

        Raises:
            PolicyError: A policy names what does not exist, two rules have one name, or a limit of theirs has the
                name of another one; or the candidate has no pipeline for an operation of the policy.
            TypeError: There is a candidate and nobody to tell, or somebody to tell and no candidate.
        """
        own, extra = tuple(rules), tuple(installed)
        known = (*RULES, *own, *(rule for rule in extra if rule not in own))
        by_name = {rule.name: rule for rule in known}
        if len(by_name) != len(known):
            raise PolicyError(["two rules have the same name"])
        self.policy = with_own_rules(default_policy() if policy is None else policy, own)
        refuse_unknown_names(self.policy, by_name)
        refuse_other_limits(self.policy, known)
        self._compiled = CompiledPolicy(self.policy, by_name)
        self._has_our_rules_only = len(known) == len(RULES)
        self._shadow: Shadow | None = None
        if candidate is not None and on_difference is not None:
            other = Engine(candidate, rules=own, installed=extra)
            refuse_fewer_operations(other.policy, self.policy)
            self._shadow = Shadow(self.beside(other), on_difference)
        elif candidate is not None or on_difference is not None:
            raise TypeError("candidate and on_difference need each other")

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
        verdict = None if quick is None else self.quick_verdict(quick)
        if verdict is not None:
            return verdict
        read = draft if isinstance(draft, RefusedRequest) else read_draft(draft)
        return self._compiled.refuse(read) if isinstance(read, RefusedRequest) else self._judge(read)

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
        verdict = None if quick is None else self.quick_verdict(quick)
        if verdict is not None:
            return verdict
        read = read_body(operation, body, facts, target)
        return self._compiled.refuse(read) if isinstance(read, RefusedRequest) else self._judge(read)

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

    def beside(self, other: "Engine") -> TwoPolicies:
        """Judge drafts under this policy and under another one, in one pass.

        Args:
            other: The other one, compiled with the same rules.
        """
        return TwoPolicies(self.plan_of, other.plan_of)

    def quick_verdict(self, draft: Draft[Any]) -> Verdict | None:
        """Judge what was read the quick way, where its verdict is sure to be that of the draft read in detail.

        Args:
            draft: What `quick_draft` or `quick_body` made of a text.

        Returns:
            The verdict; None for a draft that has to be read in detail: one that is not clean, where somebody is told
            of differences, or where rules of a host's may show more of it than our own do.

        Raises:
            DraftError: The draft holds a number that cannot be reckoned with.
            FactsError: The facts have an instant without an offset for their clock.
        """
        if self._shadow is not None:
            return self._shadow.clean_verdict(draft)
        return self._compiled.judge(draft) if self._has_our_rules_only else self._compiled.clean_verdict(draft)

    def plan_of(self, operation: str) -> Plan:
        """Give the plan of an operation: its rules in their order, with what each of them takes.

        Raises:
            PolicyError: The policy has no pipeline for the operation.
        """
        return self._compiled.plan_of(operation)

    def source_of(self, operation: str) -> str:
        """Give the text of the function that clean drafts of an operation pass.

        Raises:
            PolicyError: The policy has no pipeline for the operation.
        """
        return self._compiled.source_of(operation)

    def _judge(self, draft: Draft[Any]) -> Verdict:
        return self._compiled.judge(draft) if self._shadow is None else self._shadow.judge(draft)


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

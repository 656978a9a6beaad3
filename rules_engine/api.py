"""Judge a draft, judge a raw body, ask what is still to be looked up."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

from attrs import evolve

from rules_engine.engine.examine import examine
from rules_engine.engine.fusion.fuse import Glance, fuse
from rules_engine.engine.plan import Plan, plan
from rules_engine.engine.screen import is_clean
from rules_engine.engine.source import source_of
from rules_engine.exceptions import PolicyError
from rules_engine.models.draft import Draft
from rules_engine.models.facts import Facts
from rules_engine.naming import check_candidate, check_limits, check_names, with_own_rules
from rules_engine.operations import OPERATIONS
from rules_engine.policy.load import default_policy
from rules_engine.policy.model import Policy
from rules_engine.rules import RULES
from rules_engine.rules.declaration import Rule
from rules_engine.shadow import OnDifference, Shadow
from rules_engine.subjects.context import Context
from rules_engine.two_policies import TwoPolicies
from rules_engine.violation import FactKey, Verdict
from rules_engine.wire.envelope import Document, RefusedRequest, read_body, read_draft

_OFTEN: Final = 100
"""How many clean drafts of an operation are judged before its join and its rules are fused: that takes a while."""


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
        check_names(self.policy, by_name)
        check_limits(self.policy, known)
        self._rules = by_name
        self._plans: dict[str, Plan] = {}
        self._passed: Counter[str] = Counter()
        self._glances: dict[str, Glance] = {}
        self._shadow: Shadow | None = None
        if candidate is not None and on_difference is not None:
            other = Engine(candidate, rules=own, installed=extra)
            check_candidate(self.policy, other.policy)
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
        read = draft if isinstance(draft, RefusedRequest) else read_draft(draft)
        return self._refuse(read) if isinstance(read, RefusedRequest) else self._judge(read)

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
        read = read_body(operation, body, facts, target)
        return self._refuse(read) if isinstance(read, RefusedRequest) else self._judge(read)

    def beside(self, other: "Engine") -> TwoPolicies:
        """Judge drafts under this policy and under another one, in one pass.

        Args:
            other: The other one, compiled with the same rules.
        """
        return TwoPolicies(self._plan, other._plan)  # noqa: SLF001  # another one of this class

    def plan_of(self, operation: str) -> Plan:
        """Give the plan of an operation: its rules in their order, with what each of them takes.

        Raises:
            PolicyError: The policy has no pipeline for the operation.
        """
        return self._plan(operation)

    def source_of(self, operation: str) -> str:
        """Give the text of the function that clean drafts of an operation pass.

        Raises:
            PolicyError: The policy has no pipeline for the operation.
        """
        prepared = self._plan(operation)
        return source_of(fuse(prepared, OPERATIONS[operation].join) or prepared.screen)

    def _judge(self, draft: Draft[Any]) -> Verdict:
        glance = self._glances.get(draft.operation)
        verdict = None if glance is None else glance(draft)
        return self._look_closely(draft) if verdict is None else verdict

    def _look_closely(self, draft: Draft[Any]) -> Verdict:
        """Judge a draft that no glance has passed; many clean ones make it worth while to write a glance."""
        if self._shadow is not None:
            return self._shadow.judge(draft)
        operation = draft.operation
        prepared = self._plan(operation)
        joined = prepared.join(draft)
        context = Context(draft.facts.now, prepared.limits)
        if operation in self._glances or not is_clean(prepared, joined, context):
            return examine(prepared, draft, joined, context)
        self._passed[operation] += 1
        if self._passed[operation] == _OFTEN:
            glance = fuse(prepared, OPERATIONS[operation].join)
            if glance is not None:
                self._glances[operation] = glance
        return prepared.clean

    def _refuse(self, refused: RefusedRequest) -> Verdict:
        return evolve(self._plan(refused.operation).clean, violations=refused.violations)

    def _plan(self, operation: str) -> Plan:
        prepared = self._plans.get(operation)
        return self._prepare(operation) if prepared is None else prepared

    def _prepare(self, operation: str) -> Plan:
        """Plan an operation when it is first judged; two threads that do so at once plan the same."""
        if operation not in self.policy.pipelines:
            raise PolicyError([f"the policy {self.policy.id} has no pipeline for {operation}"])
        row = OPERATIONS[operation]
        prepared = plan(self.policy, operation, rules=self._rules, join=row.joined, fault_code=row.fault_code)
        return self._plans.setdefault(operation, prepared)


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
    joined = OPERATIONS[read.operation].joined(read)
    return tuple(dict.fromkeys(FactKey(kind, key) for kind, key in joined.unknown))

"""Judge a draft, judge a raw body, ask what is still to be looked up."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from attrs import evolve

from rules_engine.codes import CATALOGUE
from rules_engine.engine.examine import examine
from rules_engine.engine.plan import Plan, plan
from rules_engine.engine.screen import is_clean
from rules_engine.exceptions import PolicyError
from rules_engine.models.draft import Draft
from rules_engine.models.facts import Facts
from rules_engine.nearest import did_you_mean
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
        self.policy = _with_own_rules(default_policy() if policy is None else policy, own)
        _check_names(self.policy, by_name)
        _check_limits(self.policy, known)
        self._rules = by_name
        self._plans: dict[str, Plan] = {}
        self._shadow: Shadow | None = None
        if candidate is not None and on_difference is not None:
            other = Engine(candidate, rules=own, installed=extra)
            _check_candidate(self.policy, other.policy)
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
        clean = None if quick is None else self.clean_verdict(quick)
        if clean is not None:
            return clean
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
        quick = quick_body(operation, body, facts, target)
        clean = None if quick is None else self.clean_verdict(quick)
        if clean is not None:
            return clean
        read = read_body(operation, body, facts, target)
        return self._refuse(read) if isinstance(read, RefusedRequest) else self._judge(read)

    def beside(self, other: "Engine") -> TwoPolicies:
        """Judge drafts under this policy and under another one, in one pass.

        Args:
            other: The other one, compiled with the same rules.
        """
        return TwoPolicies(self._plan, other._plan)  # noqa: SLF001  # another one of this class

    def clean_verdict(self, draft: Draft[Any]) -> Verdict | None:
        """Judge a draft no further than it takes to accept it.

        Args:
            draft: A draft, or what `quick_draft` made of a document.

        Returns:
            The verdict of a draft that nothing is wrong with; None for one that `validate` has to examine.

        Raises:
            DraftError: The draft holds a number that cannot be reckoned with.
            FactsError: The facts have an instant without an offset for their clock.
        """
        if self._shadow is not None:
            return self._shadow.clean_verdict(draft)
        prepared = self._plan(draft.operation)
        joined = prepared.join(draft)
        return prepared.clean if is_clean(prepared, joined, Context(draft.facts.now, prepared.limits)) else None

    def _judge(self, draft: Draft[Any]) -> Verdict:
        if self._shadow is not None:
            return self._shadow.judge(draft)
        prepared = self._plan(draft.operation)
        joined = prepared.join(draft)
        context = Context(draft.facts.now, prepared.limits)
        return prepared.clean if is_clean(prepared, joined, context) else examine(prepared, draft, joined, context)

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


def _with_own_rules(policy: Policy, own: tuple[Rule[Any], ...]) -> Policy:
    named = {name for pipeline in policy.pipelines.values() for name in pipeline}
    pipelines = {}
    for operation, pipeline in policy.pipelines.items():
        scopes = OPERATIONS[operation].scopes if operation in OPERATIONS else ()
        added = tuple(rule.name for rule in own if rule.name not in named and rule.scope in scopes)
        pipelines[operation] = pipeline + added
    return evolve(policy, pipelines=pipelines)


def _check_names(policy: Policy, rules: Mapping[str, Rule[Any]]) -> None:
    problems = []
    for operation, pipeline in policy.pipelines.items():
        if operation not in OPERATIONS:
            problems.append(f"{policy.id}: unknown operation {operation}{did_you_mean(operation, OPERATIONS)}")
            continue
        for name in pipeline:
            if name not in rules:
                problems.append(f"{policy.id}: unknown rule {name} in {operation}{did_you_mean(name, rules)}")
            elif rules[name].scope not in OPERATIONS[operation].scopes:
                problems.append(f"{policy.id}: {name} has nothing to stand on in {operation}")
    problems += [
        f"{policy.id}: unknown rule {name}{did_you_mean(name, rules)}" for name in policy.modes if name not in rules
    ]
    problems += [
        f"{policy.id}: unknown rule {name}{did_you_mean(name, rules)}"
        for name in policy.enforce_from
        if name not in rules
    ]
    codes = {*CATALOGUE, *(rule.code.name for rule in rules.values())}
    for waiver in policy.waivers:
        if waiver.code not in codes:
            problems.append(
                f"{policy.id}: {waiver.id} waives an unknown code {waiver.code}{did_you_mean(waiver.code, codes)}"
            )
        if waiver.match.operation is not None and waiver.match.operation not in OPERATIONS:
            problems.append(f"{policy.id}: {waiver.id} matches an unknown operation {waiver.match.operation}")
    if problems:
        raise PolicyError(problems)


def _check_limits(policy: Policy, rules: Iterable[Rule[Any]]) -> None:
    """Refuse a limit that a policy file would set in vain: it knows another one of the same name."""
    known = {limit.name: limit for limit in policy.limit_values}
    problems = [
        f"{policy.id}: the limit {limit.name} of {rule.name} is not the one that is set by this name"
        for rule in rules
        for limit in rule.limits
        if limit.name in known and known[limit.name] is not limit
    ]
    if problems:
        raise PolicyError(problems)


def _check_candidate(policy: Policy, candidate: Policy) -> None:
    problems = [
        f"{candidate.id}: no pipeline for {operation}, which {policy.id} has"
        for operation in policy.pipelines
        if operation not in candidate.pipelines
    ]
    if problems:
        raise PolicyError(problems)


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

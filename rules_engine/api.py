"""Judge a draft, judge a raw body, list what is still to be looked up."""

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Any, cast

from rules_engine.compiled_policy import CompiledPolicy
from rules_engine.exceptions import DraftError
from rules_engine.models import Draft, Facts
from rules_engine.operations import OPERATIONS
from rules_engine.policy.builtin import default_policy
from rules_engine.policy.model import Policy
from rules_engine.rules.row import Rule
from rules_engine.violation import FactKey, Verdict
from rules_engine.wire import read as wire
from rules_engine.wire.built import read_built, read_built_facts
from rules_engine.wire.keys import ALL_BUT_MISSPELT, AdmittedKeys
from rules_engine.wire.read import Document, read_body

_OF_SESSIONS = tuple(operation for operation in OPERATIONS if operation.startswith("session."))


class Engine:
    """A policy, checked at once and compiled once; any number of threads may share it.

    Attributes:
        policy: The policy, with the application's rules in its pipelines.
    """

    def __init__(
        self,
        policy: Policy | None = None,
        *,
        rules: Iterable[Rule[Any]] = (),
        installed: Iterable[Rule[Any]] = (),
        known_keys: Collection[str] = (),
        strict_facts: bool = False,
    ) -> None:
        """Compile a policy.

        Args:
            policy: The policy; the default policy where none is given.
            rules: Rules of the application. One that the policy does not name comes last in every pipeline whose
                operation has the view that it reads.
            installed: Rules that the policy may name, such as those of plugins. One that it does not name does nothing.
            known_keys: Keys of the application's own in the objects of the facts: none of them is refused as misspelt.
            strict_facts: Whether to refuse every key of the facts that is not read, and is neither a known one nor a
                key of the API's own objects.

        Raises:
            PolicyError: The policy names what does not exist, two rules have one name, or a limit of theirs has the
                name of another one.
            ValueError: The known keys are one text, or hold what is no name.
        """
        self._compiled = CompiledPolicy(
            default_policy() if policy is None else policy, rules=rules, installed=installed
        )
        self.policy = self._compiled.policy
        self._keys = AdmittedKeys(known_keys, strict_facts)

    def validate(self, draft: Draft[Any] | Document) -> Verdict:
        """Judge a draft of any operation under the engine's policy, as the function `validate` does."""
        return self._judge(_read(draft, self._keys, models=self._compiled.shows_models))

    def validate_body(
        self,
        operation: str,
        body: str | bytes | bytearray,
        facts: Facts | Mapping[str, Any],
        *,
        target: str | None = None,
    ) -> Verdict:
        """Judge the raw body of a request under the engine's policy, as the function `validate_body` does."""
        models = self._compiled.shows_models
        # Facts of a type that lies about its class are the reader's to refuse, so the type itself is asked.
        known = read_built_facts(cast("Facts", facts), self._keys) if issubclass(type(facts), Facts) else facts
        return self._judge(read_body(operation, body, known, target, models=models, keys=self._keys))

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

    def _judge(self, draft: Draft[Any]) -> Verdict:
        return self._compiled.judge(draft)


def _read(draft: Draft[Any] | Document, keys: AdmittedKeys, *, models: bool) -> Draft[Any]:
    return read_built(draft, keys) if isinstance(draft, Draft) else wire.read_draft(draft, models=models, keys=keys)


@lru_cache(maxsize=64)
def engine_for(policy: Policy | None) -> Engine:
    """Compile a policy with the built-in rules, or return it where it is compiled already."""
    return Engine(policy)


def _admitted(known_keys: Collection[str], *, strict: bool) -> AdmittedKeys:
    return AdmittedKeys(known_keys, strict) if known_keys or strict else ALL_BUT_MISSPELT


def read_draft(
    document: Document, *, models: bool = True, known_keys: Collection[str] = (), strict_facts: bool = False
) -> Draft[Any]:
    """Read a draft document.

    Args:
        document: The document, as a mapping, or as JSON text.
        models: Whether the request and the facts are to be the models. Structs, which have the same attributes and
            count as instances of the models, are read several times faster.
        known_keys: Keys of the application's own in the objects of the facts, as for `Engine`.
        strict_facts: Whether to refuse every other key, as for `Engine`.

    Returns:
        The draft; with `faults`, in document order, where its request does not parse.

    Raises:
        DraftError: The envelope is malformed.
        FactsError: The facts are malformed, have a misspelt key, or contradict each other.
        ValueError: The known keys are one text, or hold what is no name.
    """
    return wire.read_draft(document, models=models, keys=_admitted(known_keys, strict=strict_facts))


def validate_session(
    draft: Draft[Any] | Document,
    *,
    policy: Policy | None = None,
    known_keys: Collection[str] = (),
    strict_facts: bool = False,
) -> Verdict:
    """Report every documented reason why a checkout session cannot be paid, in order.

    Args:
        draft: A draft of a session operation, or a draft document of one as a mapping or as JSON text.
        policy: The policy; the default policy where none is given.
        known_keys: Keys of the application's own in the objects of the facts, as for `Engine`.
        strict_facts: Whether to refuse every other key, as for `Engine`.

    Raises:
        DraftError: The envelope of the document is malformed, or the draft is of another operation.
        FactsError: The facts are malformed, or have a misspelt key.
        ValueError: The known keys are one text, or hold what is no name.
    """
    read = _read(draft, _admitted(known_keys, strict=strict_facts), models=False)
    if read.operation not in _OF_SESSIONS:
        served = ", ".join(_OF_SESSIONS)
        raise DraftError("/operation", f"expected one of {served}; validate takes {read.operation}")
    return engine_for(policy).validate(read)


def validate(
    draft: Draft[Any] | Document,
    *,
    policy: Policy | None = None,
    known_keys: Collection[str] = (),
    strict_facts: bool = False,
) -> Verdict:
    """Judge a draft of any operation.

    Args:
        draft: A draft, or a draft document as a mapping or as JSON text.
        policy: The policy; the default policy where none is given.
        known_keys: Keys of the application's own in the objects of the facts, as for `Engine`.
        strict_facts: Whether to refuse every other key, as for `Engine`.

    Returns:
        The verdict; of a draft whose request did not parse, its faults are the violations.

    Raises:
        DraftError: The envelope of the document is malformed, or the draft is of no operation or has the request of
            another one.
        FactsError: The facts are malformed, or have a misspelt key.
        ValueError: The known keys are one text, or hold what is no name.
    """
    return engine_for(policy).validate(_read(draft, _admitted(known_keys, strict=strict_facts), models=False))


def validate_body(
    operation: str,
    body: str | bytes | bytearray,
    facts: Facts | Mapping[str, Any],
    *,
    target: str | None = None,
    policy: Policy | None = None,
    known_keys: Collection[str] = (),
    strict_facts: bool = False,
) -> Verdict:
    """Judge the raw body of a request.

    Args:
        operation: Such as `session.create`.
        body: The body as it came in; where it is not a JSON object, the verdict reports `invalid_request`.
        facts: What the application knows, as a model or as in a draft document.
        target: The id of the object that is acted on.
        policy: The policy; the default policy where none is given.
        known_keys: Keys of the application's own in the objects of the facts, as for `Engine`.
        strict_facts: Whether to refuse every other key, as for `Engine`.

    Raises:
        DraftError: There is no such operation, or it acts on an object and no target is given.
        FactsError: The facts are malformed, or have a misspelt key.
        ValueError: The known keys are one text, or hold what is no name.
    """
    draft = read_body(operation, body, facts, target, models=False, keys=_admitted(known_keys, strict=strict_facts))
    return engine_for(policy).validate(draft)


def required_facts(
    draft: Draft[Any] | Document, *, known_keys: Collection[str] = (), strict_facts: bool = False
) -> tuple[FactKey, ...]:
    """List the facts that a draft needs and that are not provided.

    Look them up, add them to the facts (or to `missing`, where they do not exist), and ask again: some facts lead to
    others. After at most three rounds the list is empty, and no rule is undecided.

    Args:
        draft: A draft, or a draft document as a mapping or as JSON text.
        known_keys: Keys of the application's own in the objects of the facts, as for `Engine`.
        strict_facts: Whether to refuse every other key, as for `Engine`.

    Returns:
        The facts, in the order they were asked for, each once; nothing for a request that does not parse.

    Raises:
        DraftError: The envelope of the document is malformed, or the draft is of no operation or has the request of
            another one.
        FactsError: The facts are malformed, or have a misspelt key.
        ValueError: The known keys are one text, or hold what is no name.
    """
    read = _read(draft, _admitted(known_keys, strict=strict_facts), models=False)
    if read.faults:
        return ()
    views = OPERATIONS[read.operation].views(read)
    return tuple(dict.fromkeys(FactKey(kind, key) for kind, key in views["unknown"]))

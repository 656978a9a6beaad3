"""What a policy exempts in one draft: rules that are not enforced yet, and codes that are waived.

It is looked at only where something is wrong with the draft.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from attrs import frozen

from rules_engine.engine.plan import Plan, PlannedRule
from rules_engine.models import UNSET, Draft, Unset
from rules_engine.policy.model import MetadataMatch, Waiver
from rules_engine.rules.row import Rule
from rules_engine.violation import FactKey, Mode

_Fits = bool | FactKey
"""Whether a waiver fits a draft, or the fact that is not provided and decides it."""


@frozen(eq=False)
class Exemptions:
    """What a policy exempts in one draft.

    Attributes:
        delayed: The rules that are not enforced yet, with how hard each is applied until then.
        waived: The name of a code to the first waiver that fits.
        pending: The name of a code that no waiver is known to fit, to the facts that decide whether one does.
    """

    delayed: Mapping[Rule[Any], Mode]
    waived: Mapping[str, Waiver]
    pending: Mapping[str, tuple[FactKey, ...]]

    def mode(self, planned: PlannedRule) -> Mode:
        """Return how hard a rule is applied to the draft."""
        return self.delayed.get(planned.rule, planned.mode)


_NONE: Final = Exemptions({}, {}, {})


def exemptions_of(plan: Plan, draft: Draft[Any], now: datetime, found: Iterable[int]) -> Exemptions:
    """Return what a policy exempts in a draft.

    Args:
        plan: The policy, prepared for the draft's operation.
        draft: The draft.
        now: The instant it is judged at.
        found: The places of the rules that are not clear: only waivers of their codes are looked at.
    """
    if not plan.delayed and not plan.waivers:
        return _NONE
    codes = {plan.resolution[place].rule.code.name for place in found}
    delayed = {
        item.rule: item.mode_before
        for item in plan.delayed
        if item.enforce_from is not None and now < item.enforce_from
    }
    waived: dict[str, Waiver] = {}
    pending: dict[str, tuple[FactKey, ...]] = {}
    for waiver, facts in _not_unfitting((waiver for waiver in plan.waivers if waiver.code in codes), draft, now):
        if facts:
            pending[waiver.code] = (*pending.get(waiver.code, ()), *facts)
        else:
            waived.setdefault(waiver.code, waiver)
    return Exemptions(delayed, waived, {code: facts for code, facts in pending.items() if code not in waived})


def fitting(waivers: Iterable[Waiver], draft: Draft[Any]) -> tuple[Waiver, ...]:
    """Return those of some waivers for the draft's operation that are known to fit it, in their order."""
    return tuple(waiver for waiver, facts in _not_unfitting(waivers, draft, draft.facts.now) if not facts)


def _not_unfitting(
    waivers: Iterable[Waiver], draft: Draft[Any], now: datetime
) -> Iterator[tuple[Waiver, tuple[FactKey, ...]]]:
    """Return those of some waivers that fit a draft, or may, with the facts that decide it."""
    for waiver in waivers:
        # The plan, or whoever asks, has left out waivers of another operation.
        fits = _of_merchant(waiver.match.merchant, draft), _of_metadata(waiver.match.metadata, draft)
        if now < waiver.expires and False not in fits:
            yield waiver, tuple(fact for fact in fits if isinstance(fact, FactKey))


def _of_merchant(merchant: str | None, draft: Draft[Any]) -> _Fits:
    if merchant is None:
        return True
    if draft.facts.merchant is None:
        return FactKey("merchant")
    return draft.facts.merchant.id == merchant


def _of_metadata(wanted: MetadataMatch | None, draft: Draft[Any]) -> _Fits:
    if wanted is None:
        return True
    metadata = _metadata_of(draft)
    if isinstance(metadata, FactKey):
        return metadata
    if not isinstance(metadata, Mapping) or wanted.key not in metadata:
        return False
    return wanted.value is None or metadata[wanted.key] == wanted.value


def _metadata_of(draft: Draft[Any]) -> Mapping[str, Any] | list[Any] | FactKey | None:
    """Return the metadata that the session of a draft will have after the request; or the session to look up."""
    if not draft.operation.startswith("session."):
        return None
    sent: Mapping[str, Any] | list[Any] | Unset | None = getattr(draft.request, "metadata", UNSET)
    if not isinstance(sent, Unset):
        return sent
    session, missing = draft.facts.session, draft.facts.missing.sessions
    wanted = draft.target.id if draft.target is not None else None if session is None else session.id
    if session is not None and session.id == wanted:
        return session.metadata
    return None if wanted in missing else FactKey("session", wanted)

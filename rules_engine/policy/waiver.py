"""A waiver: a violation that a merchant knows of and lets pass, for a reason and until a day."""

from collections.abc import Iterable
from datetime import datetime

from attrs import frozen

from rules_engine.codes import CATALOGUE, Code, Origin
from rules_engine.exceptions import PolicyProblem

SESSIONS = "session."
"""What the names of the operations begin with whose drafts have a session, and so its metadata."""


@frozen
class MetadataMatch:
    """A key that the metadata of the session has.

    Attributes:
        key: The key.
        value: The text it must have; None for any value.
    """

    key: str
    value: str | None = None


@frozen
class WaiverMatch:
    """Which drafts a waiver is for: those that meet everything that is stated here.

    Attributes:
        merchant: The id of the account; None for any.
        operation: The name of the operation; None for any.
        metadata: A key of the session's metadata; None for any session, and for what is no session.
    """

    merchant: str | None = None
    operation: str | None = None
    metadata: MetadataMatch | None = None


@frozen
class Waiver:
    """A violation that does not refuse.

    Attributes:
        id: What reports call it.
        code: The name of the code that is waived.
        match: Which drafts it is for.
        expires: It holds before this instant, and no more from it on.
        reason: Why, for whoever reads the reports.
    """

    id: str
    code: str
    match: WaiverMatch
    expires: datetime
    reason: str

    def problems(self) -> list[PolicyProblem]:
        """Tell what is wrong with the waiver by itself; nothing, if nothing is."""
        found = [f"the waiver {self.id} {problem}" for problem in self._faults()]
        return [PolicyProblem(message) for message in found]

    def _faults(self) -> Iterable[str]:
        match = self.match
        refusal = None if self.code not in CATALOGUE else why_not_waivable(CATALOGUE[self.code])
        if refusal is not None:
            yield f"waives {self.code}, which {refusal}"
        if match == WaiverMatch():
            yield "matches every draft"
        if not admits_metadata(match):
            yield f"matches metadata in {match.operation}, which has no session"
        if self.expires.tzinfo is None:
            yield "expires at an instant without an offset"
        if not self.reason.strip():
            yield "has no reason"


def why_not_waivable(code: Code) -> str | None:
    """Tell why violations of a code cannot be waived; None where they can.

    A request that does not parse has not been judged, and neither has a draft that a rule failed on: to let one pass
    would be to let pass whatever else is wrong with it.
    """
    if Origin.ENGINE in code.origins:
        return "is said where a rule fails, and cannot be waived"
    if Origin.WIRE in code.origins:
        return "is said of requests that do not parse, and cannot be waived"
    return None


def admits_metadata(match: WaiverMatch) -> bool:
    """Tell whether drafts of the operation have the metadata that is matched, if any is."""
    return match.metadata is None or match.operation is None or match.operation.startswith(SESSIONS)

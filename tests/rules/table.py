"""Tables of rows: what a rule reports of documents. Each document is a valid example with some places changed.

A row states all that the default policy reports of its document, so a second code is a failed row, not noise.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

import pytest
from attrs import field, frozen

from rules_engine import Mode, Rule, Verdict, default_policy, validate
from rules_engine.examples import NOW, changed, examples

Place = tuple[str, str | None]
"""A rule, and the field it names."""
Changes = Mapping[str, Any]
"""Pointer into a draft document to new value."""

EARLIER: Final = "2026-11-22T09:59:59.999999Z"
"""One microsecond before the instant that valid examples are judged at."""
LATER: Final = "2026-11-22T10:00:00.000001Z"
"""One microsecond after it."""
INSTANT: Final = datetime(2026, 11, 22, 10, tzinfo=UTC)
"""That instant, as evidence shows it."""
UNKNOWN_SESSION: Final[Changes] = {"/facts/session": None}
NO_SESSION: Final[Changes] = {"/facts/session": None, "/facts/missing": {"sessions": ["cs_1"]}}
PAYMENT_LINKS: Final = ("payment_link_create_full", "payment_link_update_full")
"""The examples in which a payment link with all its parts is made and changed."""

EXAMPLES: Final = examples()
assert NOW == "2026-11-22T10:00:00Z", "the three instants above stand around the one of the valid examples"


@frozen
class Row(ABC):
    """A valid example with some places changed, and the default policy with some limits changed and some rules off."""

    label: str
    example: str
    changes: Changes
    limits: Mapping[str, Any] = field(factory=dict, kw_only=True)
    off: tuple[str, ...] = field(default=(), kw_only=True)

    def judged(self) -> Verdict:
        """Return the verdict on the document."""
        policy = None
        if self.limits or self.off:
            policy = default_policy().with_limits(**self.limits).with_modes(Mode.OFF, *self.off)
        return validate(changed(EXAMPLES[self.example], self.changes), policy=policy)

    @abstractmethod
    def check(self, rule: Rule[Any]) -> None:
        """Fail where the row does not hold of a rule."""


Table = Mapping[Rule[Any], tuple[Row, ...]]
"""The rows of rules."""


@frozen
class _Clear(Row):
    def check(self, _: Rule[Any]) -> None:
        verdict = self.judged()
        assert reported(verdict) == []
        assert (verdict.skipped, verdict.undecided, verdict.faults) == ((), (), ())


@frozen
class _Reports(Row):
    found: tuple[str | Place | None, ...]
    evidence: Mapping[str, Any] | None

    def check(self, rule: Rule[Any]) -> None:
        verdict = self.judged()
        assert reported(verdict) == [place if isinstance(place, tuple) else (rule.name, place) for place in self.found]
        assert (verdict.undecided, verdict.faults) == ((), ())
        if self.evidence is not None:
            own = next(violation for violation in verdict.violations if violation.rule == rule.name)
            assert dict(own.evidence) == self.evidence


@frozen
class _Undecided(Row):
    param: str | None
    fact: str

    def check(self, rule: Rule[Any]) -> None:
        verdict = self.judged()
        assert reported(verdict) == []
        assert (rule.name, self.param) in [(undecided.rule, undecided.param) for undecided in verdict.undecided]
        assert self.fact in map(str, verdict.required_facts)
        assert not verdict.accepted


@frozen
class _Decided(Row):
    def check(self, rule: Rule[Any]) -> None:
        verdict = self.judged()
        assert reported(verdict) == []
        assert verdict.undecided != ()
        assert rule.name not in [undecided.rule for undecided in verdict.undecided]


@frozen
class _Skipped(Row):
    param: str | None
    by: Place

    def check(self, rule: Rule[Any]) -> None:
        verdict = self.judged()
        assert reported(verdict) == [self.by]
        because = {(skipped.rule, skipped.param): skipped.because_of for skipped in verdict.skipped}
        assert self.by[0] in because.get((rule.name, self.param), ())


def reported(verdict: Verdict) -> list[Place]:
    """Return the rules that are violated, in order, each with the field it names."""
    return [(violation.rule or "", violation.param) for violation in verdict.violations]


def clear(label: str, example: str, changes: Changes, **limits: Any) -> Row:
    """The document is accepted: nothing is reported, skipped or undecided."""
    return _Clear(label, example, changes, limits=limits)


def reports(label: str, example: str, changes: Changes, *found: str | Place | None, **limits: Any) -> Row:
    """The document is refused for exactly this: each a field that the rule names, or another rule with its field."""
    return _Reports(label, example, changes, found, None, limits=limits)


def shows(
    label: str, example: str, changes: Changes, param: str | None, evidence: Mapping[str, Any], **limits: Any
) -> Row:
    """The document is refused for exactly this rule, at a field, with exactly this evidence."""
    return _Reports(label, example, changes, (param,), evidence, limits=limits)


def undecided(
    label: str, example: str, changes: Changes, param: str | None, fact: str, *, off: tuple[str, ...] = ()
) -> Row:
    """The rule is undecided at a field until a fact is provided, and meanwhile nothing is reported."""
    return _Undecided(label, example, changes, param, fact, off=off)


def decided(label: str, example: str, changes: Changes, *, off: tuple[str, ...] = ()) -> Row:
    """Nothing is reported and facts are unknown, but they do not matter to this rule: it is not undecided."""
    return _Decided(label, example, changes, off=off)


def skipped(label: str, example: str, changes: Changes, param: str | None, by: Place) -> Row:
    """The rule is skipped at a field because of another one, which is all that is reported."""
    return _Skipped(label, example, changes, param, by)


def shows_evidence(row: Row) -> bool:
    """Return whether a row states the evidence of its rule."""
    return isinstance(row, _Reports) and row.evidence is not None


def shows_undecided(row: Row) -> bool:
    """Return whether a row shows its rule undecided."""
    return isinstance(row, _Undecided)


def skipped_because_of(row: Row) -> str | None:
    """Return the name of the rule that a row shows its own skipped because of; None for other rows."""
    return row.by[0] if isinstance(row, _Skipped) else None


def rows_test(table: Table) -> Callable[[Rule[Any], Row], None]:
    """Return the test that each row of a table holds."""

    def test_row(rule: Rule[Any], row: Row) -> None:
        """What a row states of its rule holds."""
        row.check(rule)

    rows = [pytest.param(rule, row, id=f"{rule.name}-{row.label}") for rule, rows in table.items() for row in rows]
    pytest.mark.parametrize(("rule", "row"), rows)(test_row)
    return test_row

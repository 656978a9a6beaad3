"""Boundary tables: what a rule says of documents on both sides of each of its boundaries.

A table is a class for one rule; its rows are documents, each a valid example with some places changed. A row states all
that the default policy says of its document, so a second code is a failed row, not noise.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar, Final

import pytest
from attrs import field, frozen

from rules_engine import Mode, Rule, Verdict, default_policy, validate
from rules_engine.examples import NOW, REMOVED, changed, examples

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
PAYMENT_LINKS: Final = ("payment_link_create_full", "payment_link_update_full")
"""The examples in which a payment link with all its parts is made and changed."""
NO_SESSION: Final[Changes] = {"/facts/session": None, "/facts/missing": {"sessions": ["cs_1"]}}

_EXAMPLES = examples()
assert NOW == "2026-11-22T10:00:00Z", "the three instants above stand around the one of the valid examples"


@frozen
class Document(ABC):
    """A valid example with some places changed, and the default policy with some limits changed and some rules off."""

    label: str
    example: str
    changes: Changes
    limits: Mapping[str, Any] = field(factory=dict, kw_only=True)
    off: tuple[str, ...] = field(default=(), kw_only=True)

    def judged(self) -> Verdict:
        """Return the verdict on it."""
        policy = None
        if self.limits or self.off:
            policy = default_policy().with_limits(**self.limits).with_modes(Mode.OFF, *self.off)
        return validate(changed(_EXAMPLES[self.example], self.changes), policy=policy)

    @abstractmethod
    def check(self, rule: str) -> None:
        """Fail where the row does not hold of a rule."""


Row = Document
"""One line of a table; its check fails where it does not hold of the rule of the table."""


@frozen
class _Clear(Document):
    def check(self, _: str) -> None:
        verdict = self.judged()
        assert _said(verdict) == []
        assert (verdict.skipped, verdict.undecided, verdict.faults) == ((), (), ())


@frozen
class _Says(Document):
    found: tuple[str | Place | None, ...]
    evidence: Mapping[str, Any] | None

    def check(self, rule: str) -> None:
        verdict = self.judged()
        places = [place if isinstance(place, tuple) else (rule, place) for place in self.found]
        assert _said(verdict) == places
        assert (verdict.undecided, verdict.faults) == ((), ())
        if self.evidence is not None:
            own = next(violation for violation in verdict.violations if violation.rule == rule)
            assert dict(own.evidence) == self.evidence


@frozen
class _Undecided(Document):
    param: str | None
    fact: str

    def check(self, rule: str) -> None:
        verdict = self.judged()
        assert _said(verdict) == []
        assert (rule, self.param) in [(undecided.rule, undecided.param) for undecided in verdict.undecided]
        assert self.fact in map(str, verdict.required_facts)
        assert not verdict.accepted


@frozen
class _Decided(Document):
    def check(self, rule: str) -> None:
        verdict = self.judged()
        assert _said(verdict) == []
        assert verdict.undecided != ()
        assert rule not in [undecided.rule for undecided in verdict.undecided]


@frozen
class _Skipped(Document):
    param: str | None
    by: Place

    def check(self, rule: str) -> None:
        verdict = self.judged()
        assert _said(verdict) == [self.by]
        blocked = {(skipped.rule, skipped.param): skipped.because_of for skipped in verdict.skipped}
        assert (rule, self.param) in blocked
        assert self.by[0] in blocked[rule, self.param]


def _said(verdict: Verdict) -> list[Place]:
    return [(found.rule or "", found.param) for found in verdict.violations]


def clear(label: str, example: str, changes: Changes, **limits: Any) -> Row:
    """The document is accepted: nothing is said, skipped or undecided."""
    return _Clear(label, example, changes, limits=limits)


def says(
    label: str,
    example: str,
    changes: Changes,
    *found: str | Place | None,
    evidence: Mapping[str, Any] | None = None,
    **limits: Any,
) -> Row:
    """The document is refused for exactly this: each a field that the rule names, or another rule with its field.

    The evidence is the one of the rule's first violation, and the whole of it.
    """
    return _Says(label, example, changes, found, evidence, limits=limits)


def undecided(
    label: str, example: str, changes: Changes, param: str | None, fact: str, *, off: tuple[str, ...] = ()
) -> Row:
    """The rule cannot speak of a field until somebody looks a fact up, and meanwhile nothing is said."""
    return _Undecided(label, example, changes, param, fact, off=off)


def decided(label: str, example: str, changes: Changes, *, off: tuple[str, ...] = ()) -> Row:
    """Nothing is said and facts are not known, but they do not matter to this rule: it is not undecided."""
    return _Decided(label, example, changes, off=off)


def skipped(label: str, example: str, changes: Changes, param: str | None, by: Place) -> Row:
    """The rule says nothing of a field because of another one, which is all that is said."""
    return _Skipped(label, example, changes, param, by)


class RuleTable:
    """The boundaries of one rule; the docstring of a table restates the sentence that the rule documents.

    Attributes:
        rule: The rule.
        rows: Its boundaries.
    """

    rule: ClassVar[Rule[Any]]
    rows: ClassVar[tuple[Row, ...]]

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """Make one test of each row."""
        if "row" in metafunc.fixturenames:
            metafunc.parametrize("row", self.rows, ids=[row.label for row in self.rows])

    def test_row(self, row: Row) -> None:
        """What a row of the table states holds."""
        row.check(self.rule.name)


def kinds_of(table: type[RuleTable]) -> set[str]:
    """Tell which kinds of rows a table has: `clear`, `says` (`shows` with evidence), `undecided`, `skipped`."""
    names: dict[type[Row], str] = {_Clear: "clear", _Says: "says", _Undecided: "undecided", _Skipped: "skipped"}
    kinds = {name for row in table.rows for kind, name in names.items() if isinstance(row, kind)}
    shown = any(isinstance(row, _Says) and row.evidence is not None for row in table.rows)
    return kinds | {"shows"} if shown else kinds


def skipped_by(table: type[RuleTable]) -> set[str]:
    """Tell which rules a table shows to withhold its own."""
    return {row.by[0] for row in table.rows if isinstance(row, _Skipped)}


_MUG = "/facts/prices/price_mug"
_BOWL_LINE, _INLINE_LINE = "/request/lineItems/1", "/request/lineItems/2"
_CURRENCY_REFUSED: Final[tuple[tuple[str, Changes, Place], ...]] = (
    ("update", NO_SESSION, ("session_missing", "id")),
    ("create", {"/request/currency": "EGX"}, ("currency_invalid", "currency")),
    (
        "create",
        {f"{_INLINE_LINE}/priceData/currency": "EGX"},
        ("inline_currency_invalid", "lineItems[2].priceData.currency"),
    ),
    (
        "create",
        {_MUG: REMOVED, "/facts/missing": {"prices": ["price_mug"]}},
        ("price_missing", "lineItems[0].price"),
    ),
    ("create", {f"{_MUG}/currency": "EGX"}, ("price_currency_invalid", "lineItems[0].price")),
)
_AMOUNT_REFUSED: Final[tuple[tuple[str, Changes, Place], ...]] = (
    *_CURRENCY_REFUSED,
    ("update", {"/request/lineItems": []}, ("line_items_empty", "lineItems")),
    ("create", {f"{_BOWL_LINE}/price": None}, ("line_item_missing_price", "lineItems[1]")),
    ("create", {f"{_INLINE_LINE}/price": "price_mug"}, ("line_item_price_exclusive", "lineItems[2].priceData")),
    ("create", {f"{_BOWL_LINE}/quantity": -1}, ("quantity_out_of_range", "lineItems[1].quantity")),
    ("create", {f"{_BOWL_LINE}/quantity": 0}, ("quantity_zero_not_optional", "lineItems[1].quantity")),
    (
        "create",
        {f"{_INLINE_LINE}/priceData/unitAmount": -1},
        ("unit_amount_out_of_range", "lineItems[2].priceData.unitAmount"),
    ),
    ("create", {"/facts/prices/price_bowl/currency": "USD"}, ("line_currency_mismatch", "lineItems[1].price")),
)


def currency_refused(params: Mapping[str, str]) -> tuple[Row, ...]:
    """Tell that a rule on the currency of a session is skipped while there is none.

    Args:
        params: World (`create` and `update`) to the field that the rule would name there.
    """
    return tuple(
        skipped(f"no currency: {by[0]}", example, changes, params[example], by=by)
        for example, changes, by in _CURRENCY_REFUSED
    )


def amount_refused(params: Mapping[str, str]) -> tuple[Row, ...]:
    """Tell that a rule on what a session comes to is skipped while that cannot be told.

    Args:
        params: World (`create` and `update`) to the field that the rule would name there.
    """
    return tuple(
        skipped(f"no amount: {by[0]}", example, changes, params[example], by=by)
        for example, changes, by in _AMOUNT_REFUSED
    )


def code_refused(params: Mapping[str, str]) -> tuple[Row, ...]:
    """Tell that a rule on a promotion code is skipped while there is none.

    Args:
        params: World (`apply` and `create`) to the field that the rule would name there.
    """
    typed, by_id = "promotionCode", "discounts[0].promotionCode"
    missing = {"/facts/promotionCodesByCode": {}, "/facts/missing": {"promotionCodesByCode": ["autumn"]}}
    gone = {"/facts/promotionCodes": {}, "/facts/missing": {"promotionCodes": ["promo_1"]}}
    rows = (
        ("apply", {"/facts/session/allowPromotionCodes": False}, ("promotion_codes_not_allowed", typed)),
        ("apply", missing, ("promotion_code_not_found", typed)),
        ("create", gone, ("promotion_code_missing", by_id)),
    )
    return tuple(
        skipped(f"no code: {by[0]}", example, changes, params[example], by=by) for example, changes, by in rows
    )

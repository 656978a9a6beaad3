"""When a dry run fails: `newly_rejected > 0.1%`, computed on integers."""

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from operator import eq, ge, gt, le, lt
from types import MappingProxyType
from typing import Final

from attrs import frozen

from rules_engine.codes import CATALOGUE
from rules_engine.dryrun.report import Change, Report
from rules_engine.nearest import did_you_mean

_COMPARISONS: Final[Mapping[str, Callable[[Fraction, Fraction], bool]]] = MappingProxyType(
    {">=": ge, "<=": le, "==": eq, ">": gt, "<": lt}
)
_CONDITION = re.compile(
    r"""
    \s* (?P<count> [A-Za-z_]+ ) (?: \s* \( \s* (?P<code> [A-Za-z0-9_.]+ ) \s* \) )?
    \s* (?P<comparison> >=|<=|==|>|< )
    \s* (?P<number> [0-9]{1,20} (?: \. [0-9]{1,20} )? ) \s* (?P<percent> % )? \s*
    """,
    re.VERBOSE,
)
_OF_A_CODE = ("gained", "lost")
_CLASSES = tuple(change.value for change in Change)
_NEWLY_UNDECIDED = "newly_undecided"
_COUNTS = (*_CLASSES, _NEWLY_UNDECIDED, "changed", *_OF_A_CODE)
_CHANGED = (Change.NEWLY_REJECTED, Change.NEWLY_ACCEPTED, Change.REASONS_CHANGED, Change.ORDER_ONLY)


class ConditionError(ValueError):
    """A condition cannot be read; the text says why."""


@frozen
class Condition:
    """Something that must not be so of a report.

    Attributes:
        text: As it was written.
        count: What is counted: a class of change, `newly_undecided`, `changed` for all drafts with another answer,
            `gained` or `lost`.
        code: The code that is gained or lost; None for the others.
        comparison: `>`, `>=`, `<`, `<=` or `==`.
        bound: What the count is compared with: a number of drafts, or a share of the records read.
        is_share: Whether it is a share.
    """

    text: str
    count: str
    code: str | None
    comparison: str
    bound: Fraction
    is_share: bool

    def counted(self, report: Report) -> int:
        """Count what the condition is about."""
        if self.count in _OF_A_CODE:
            found = [getattr(change, self.count).drafts for change in report.codes if change.code == self.code]
            return sum(found)
        if self.count == _NEWLY_UNDECIDED:
            return report.newly_undecided.drafts
        changes = report.changes
        if self.count == "changed":
            return sum(changes[change].drafts for change in _CHANGED)
        return changes[Change(self.count)].drafts

    def holds(self, report: Report) -> bool:
        """Return whether it is so. A share is never rounded: `n > 0.1 %` is `1000 n > records`."""
        bound = self.bound * report.read if self.is_share else self.bound
        return _COMPARISONS[self.comparison](Fraction(self.counted(report)), bound)


def read_condition(text: str) -> Condition:
    """Read a condition.

    Args:
        text: Such as `newly_rejected > 0.1%`, `changed >= 10` or `gained(price_expired) > 0`.

    Raises:
        ConditionError: It has another form, counts what is not counted, or asks for a gained code that no rule has.
    """
    match = _CONDITION.fullmatch(text)
    if match is None:
        raise ConditionError(f"expected a condition such as 'newly_rejected > 0.1%', got {text!r}")
    count, code = match["count"], match["code"]
    if count not in _COUNTS:
        raise ConditionError(f"unknown count {count}{did_you_mean(count, _COUNTS)}: expected {', '.join(_COUNTS)}")
    if (count in _OF_A_CODE) is (code is None):
        wanted = f"{count}(CODE)" if count in _OF_A_CODE else count
        raise ConditionError(f"expected {wanted} in {text!r}")
    # Only rules gain codes, so that one without a namespace is of the API; what a history recorded may be any.
    if count == "gained" and code is not None and "." not in code and code not in CATALOGUE:
        raise ConditionError(f"unknown code {code} in {text!r}{did_you_mean(code, CATALOGUE)}")
    bound = Fraction(match["number"])
    is_share = match["percent"] is not None
    return Condition(text.strip(), count, code, match["comparison"], bound / 100 if is_share else bound, is_share)

"""The verdict on a draft: violations in order, and what else there is to report.

Invariant 2: violations come by policy position, then by item index; the faults of a request that does not parse come
in the order of the document. Nothing else orders them.
"""

import enum
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from attrs import Factory, field, frozen

from rules_engine.codes import INTERNAL_ERROR, Code
from rules_engine.exceptions import UndecidedError, ViolationError, ViolationsError
from rules_engine.printable import encodable

EvidenceValue = str | int | bool | Decimal | datetime | tuple[str, ...] | None
Evidence = Mapping[str, EvidenceValue]
"""The values that decided a violation, by the API's name of each."""


class Mode(enum.Enum):
    """How hard a rule is applied."""

    ENFORCE = "enforce"
    """It refuses."""
    WARN = "warn"
    """It is shown to the caller, and refuses nothing."""
    SHADOW = "shadow"
    """Only recorders and reports see it."""
    OFF = "off"
    """It is not evaluated."""


@frozen
class Violation:
    """One reason why a draft is refused.

    Attributes:
        code: The documented code.
        rule: The name of the rule that found it; None where the wire did.
        param: The field of the request at fault, as the API names it (`lineItems[1].price`); None where the cause is
            not in the request.
        pointer: RFC 6901 pointer into the draft document, to the place that is at fault.
        message: What is wrong, in one English sentence.
        evidence: The values that decided it. It may name other customers: never show it to a buyer.
    """

    code: Code
    rule: str | None
    param: str | None
    pointer: str
    message: str
    evidence: Evidence = Factory(dict)


@frozen
class Waived(Violation):
    """A violation that the policy tolerates: a merchant knows of it, for a reason and until a day.

    Attributes:
        waiver: The id of the waiver.
        reason: Why it is waived, in the words of the policy.
    """

    waiver: str = field(kw_only=True)
    reason: str = field(kw_only=True)


@frozen
class Skipped:
    """A rule that was skipped, because a rule that it builds on refuses.

    Attributes:
        rule: The name of the rule.
        param: The field it would have named.
        because_of: The names of those rules, in the order of the policy.
    """

    rule: str
    param: str | None
    because_of: tuple[str, ...]


@frozen
class Undecided:
    """A rule that is undecided, because facts that it reads are not provided.

    Attributes:
        rule: The name of the rule.
        param: The field it would have named.
    """

    rule: str
    param: str | None


@frozen
class Fault:
    """A rule that raised.

    Attributes:
        rule: The name of the rule.
        mode: How hard the policy applies it; an enforced rule that raises refuses the draft.
        error: The type of the exception; its text may quote a draft, so it is not kept.
    """

    rule: str
    mode: Mode
    error: str


@frozen
class FactKey:
    """A fact that is still to be looked up.

    Attributes:
        kind: Which facts: a key of `facts` in a draft document (`prices`, `exchangeRates`, `payments.customers`).
        key: Which one: an id, a code string, a currency pair; None where there is only one.
    """

    kind: str
    key: str | None = None

    def __str__(self) -> str:
        """Read as `prices[price_1]`."""
        return self.kind if self.key is None else encodable(f"{self.kind}[{self.key}]")


@frozen
class Verdict:
    """The verdict of a policy on a draft.

    Attributes:
        operation: The operation that was judged.
        policy: The id of the policy.
        violations: Why the draft is refused, in order.
        warnings: What rules in mode `warn` found, in order.
        shadowed: What rules in mode `shadow` found, in order.
        waived: What enforced rules found and the policy tolerates, in order.
        skipped: Rules that were skipped because a rule that they build on refuses, in order.
        undecided: Enforced rules whose facts are not provided, in order.
        faults: Rules that raised, in order.
        required_facts: What to look up so that nothing is undecided.
    """

    operation: str
    policy: str
    violations: tuple[Violation, ...] = ()
    warnings: tuple[Violation, ...] = ()
    shadowed: tuple[Violation, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    undecided: tuple[Undecided, ...] = ()
    faults: tuple[Fault, ...] = ()
    required_facts: tuple[FactKey, ...] = ()
    waived: tuple[Waived, ...] = ()

    @property
    def accepted(self) -> bool:
        """Whether the draft may be paid: no violation and nothing undecided."""
        return not self.violations and not self.undecided

    @property
    def codes(self) -> tuple[str, ...]:
        """The names of the codes, in order, each once."""
        return tuple(dict.fromkeys(violation.code.name for violation in self.violations))

    @property
    def http_status(self) -> int | None:
        """The status of `error_response`; None where the draft is accepted."""
        if self.violations:
            return self.violations[0].code.http_status
        return INTERNAL_ERROR.http_status if self.undecided else None

    def error_response(self, *, request_id: str | None = None) -> dict[str, Any] | None:
        """Build the body the API answers with: the first violation, without its evidence.

        Args:
            request_id: The id of the request, repeated beside the error.

        Returns:
            `{"error": {"type", "code", "message", "param", "doc_url"}, "request_id"}`, with `param`, `doc_url` and
            `request_id` left out where there is none; None where the draft is accepted. A draft that is undecided
            without a violation answers `internal_error` and no detail.
        """
        if self.accepted:
            return None
        if self.violations:
            first = self.violations[0]
            code, message, param = first.code, first.message, first.param
        else:
            code, message, param = INTERNAL_ERROR, INTERNAL_ERROR.sentence, None
        error = {
            "type": code.type,
            "code": code.name,
            "message": message,
            "param": param,
            "doc_url": code.doc_url,
        }
        response: dict[str, Any] = {
            "error": {key: encodable(value) for key, value in error.items() if value is not None}
        }
        if request_id is not None:
            response["request_id"] = encodable(request_id)
        return response

    def raise_for_violations(self) -> None:
        """Do nothing where the draft is accepted.

        Raises:
            ViolationsError: An exception group with one `ViolationError` for each violation, in order.
            UndecidedError: There is no violation, but a rule is undecided; it names the facts to look up.
        """
        if self.violations:
            raise ViolationsError(
                f"{self.operation} is refused: {', '.join(self.codes)}",
                [ViolationError(violation) for violation in self.violations],
            )
        if self.undecided:
            raise UndecidedError(self.operation, tuple(str(fact) for fact in self.required_facts))

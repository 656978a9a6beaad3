"""Rules that are never reported, and those that tight limits do not silence."""

import pytest

from rules_engine import RULES, Engine, Policy, default_policy
from rules_engine.analysis.applied import AppliedPolicy
from rules_engine.analysis.findings import FindingKind
from rules_engine.analysis.lint import lint_policy
from rules_engine.analysis.skipped import candidates
from rules_engine.rules.limits import LIMITS, PLATFORM_CURRENCIES
from rules_engine.testing.search import generated
from rules_engine.views.context import Limit
from tests.analysis.policies import found

BY_NAME = {rule.name: rule for rule in RULES}


def _violating(rule: str, operation: str, policy: Policy) -> int:
    """Count the drafts that violate a rule under a policy."""
    applied = AppliedPolicy(policy, operation, BY_NAME)
    return sum(applied.is_violated(BY_NAME[rule], draft) for draft in candidates(BY_NAME[rule], applied))


class TestCurrencies:
    """Rules that are never reported, for no currency passes."""

    def test_none(self) -> None:
        """Without a currency every rule that builds on a supported one is silent; the rule that refuses is named."""
        policy = default_policy().with_limits(supported_currencies=frozenset())
        assert [finding.message for finding in lint_policy(policy)] == [
            f"{rule} is never reported in {operation}: in each of {_violating(rule, operation, policy)} drafts "
            f"that violate it, {refusing} instead"
            for operation, rule, refusing in (
                (
                    "session.create",
                    "no_method_in_the_session_currency",
                    "unsupported_currency or payment_method_types_not_enabled refuses",
                ),
                ("session.create", "exchange_rate_not_found", "unsupported_currency refuses"),
                ("session.create", "coupon_currency_mismatch", "unsupported_currency refuses"),
                ("session.create", "coupon_minimum_amount", "unsupported_currency refuses"),
                ("currency.check", "exchange_rate_not_found", "unsupported_currency refuses"),
            )
        ]

    def test_candidates_are_counted_once(self) -> None:
        """No draft is judged twice, and there are more than one for each rule."""
        policy = default_policy().with_limits(supported_currencies=frozenset({"KWD"}))
        applied = AppliedPolicy(policy, "session.create", BY_NAME)
        drafts = [str(draft.document) for draft in candidates(BY_NAME["exchange_rate_not_found"], applied)]
        assert len(drafts) == len(set(drafts)) > 1

    @pytest.mark.parametrize("code", sorted(PLATFORM_CURRENCIES))
    def test_one(self, code: str) -> None:
        """With any one currency every rule can be reported."""
        assert found(f'[limits]\nsupported_currencies = ["{code}"]\n') == []

    def test_where_nothing_refuses(self) -> None:
        """A rule that only warns skips nothing."""
        text = '[limits]\nsupported_currencies = []\n[rules]\nunsupported_currency = { mode = "warn" }\n'
        assert not any("rule_always_skipped" in line for line in found(text))

    def test_a_warning_that_will_refuse(self) -> None:
        """A rule that warns until an instant skips others in the end, as one does that is shadowed until then."""
        text = "[limits]\nsupported_currencies = []\n[rules]\nunsupported_currency = { %senforce_from = %s }\n"
        shadowed, warning = (found(text % (mode, "2099-01-01T00:00:00Z")) for mode in ("", 'mode = "warn", '))
        assert any("rule_always_skipped" in line for line in shadowed)
        assert warning == shadowed


SILENT = {
    ("max_quantity", 1): {"adjustable_range_empty", "quantity_outside_adjustable_range"},
    ("max_refund_amount", 1): {"refund_amount_above_remaining"},
}
"""What tight limits silence, and rightly: nothing lies between one and one or outside it, and a charge of which less
than one is left is refunded already."""
NUMBERS = [limit for limit in LIMITS if not limit.members]


class TestTightLimits:
    """However tight, limits do not make the linter take a rule for silent that is not."""

    @pytest.mark.parametrize("step", [0, 1, 2])
    @pytest.mark.parametrize("limit", NUMBERS, ids=lambda limit: limit.name)
    def test_one(self, limit: Limit[int], step: int) -> None:
        """At its least value, and right above it, each limit silences what is known to be silent, and nothing else."""
        value = (limit.minimum or 0) + step
        findings = lint_policy(default_policy().with_limits(**{limit.name: value}))
        silent = {finding.message.split()[0] for finding in findings if finding.kind is FindingKind.RULE_ALWAYS_SKIPPED}
        assert silent == SILENT.get((limit.name, value), set())
        assert {finding.kind for finding in findings} <= {
            FindingKind.RULE_ALWAYS_SKIPPED,
            FindingKind.LIMITS_CONTRADICT,
        }

    def test_all(self) -> None:
        """All of them together silence no more than each of them alone."""
        least = {limit.name: limit.minimum or 0 for limit in NUMBERS}
        findings = lint_policy(default_policy().with_limits(**least))
        silent = {finding.message.split()[0] for finding in findings if finding.kind is FindingKind.RULE_ALWAYS_SKIPPED}
        assert silent == set().union(*SILENT.values())

    @pytest.mark.parametrize(
        ("limit", "value", "operation"),
        [("max_quantity", 1, "payment_link.create"), ("max_refund_amount", 1, "refund.create")],
    )
    def test_no_draft_reports_it(self, limit: str, value: int, operation: str) -> None:
        """No draft that the strategies make is refused by a rule that is said to be silent."""
        engine = Engine(default_policy().with_limits(**{limit: value}))
        for document in generated(operation, 150):
            reported = {violation.rule for violation in engine.validate(document).violations}
            assert reported.isdisjoint(SILENT[limit, value])

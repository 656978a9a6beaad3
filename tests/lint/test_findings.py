"""Each finding, first in a file without it, then with it: its place, its sentence, and the boundary between the two."""

from datetime import timedelta

import pytest

from rules_engine import Mode, Policy, default_policy, read_policy
from rules_engine.lint import FINDINGS, lint_policy, lint_versions
from rules_engine.policy.versions import Versions
from tests.lint.found import HEAD, TODAY, found, waiver

TABLE = {
    "lines that the wire does not read": (
        "[limits]\nmax_line_items = 9999\n",
        "[limits]\nmax_line_items = 10000\n",
        (
            "6:1: rule_never_fires: too_many_line_items can never fire: max_line_items is 10000, "
            "and no draft has more than 10000 lines"
        ),
    ),
    "keys that the wire does not read": (
        "[limits]\nmax_metadata_keys = 9999\n",
        "[limits]\nmax_metadata_keys = 10000\n",
        (
            "6:1: rule_never_fires: metadata_too_large can never fire: max_metadata_keys is 10000, "
            "and no draft has more than 10000 keys"
        ),
    ),
    "a need that is off": (
        '[rules]\nproduct_missing = { mode = "off" }\n',
        '[rules]\nsession_missing = { mode = "off" }\nproduct_missing = { mode = "off" }\n',
        "6:1: need_not_enforced: session_missing is off, and rules that build on it are enforced: ",
    ),
    "a need that warns": (
        '[rules]\nmetadata_too_large = { mode = "warn" }\n',
        '[rules]\nunsupported_currency = { mode = "warn" }\n',
        (
            "6:1: need_not_enforced: unsupported_currency only warns, and rules that build on it are enforced: "
            "exchange_rate_not_found, coupon_currency_mismatch"
        ),
    ),
    "a need that is shadowed": (
        '[rules]\nexchange_rate_not_found = { mode = "shadow" }\n',
        '[rules]\nunsupported_currency = { mode = "shadow" }\n',
        (
            "6:1: need_not_enforced: unsupported_currency is only shadowed, and rules that build on it are enforced: "
            "exchange_rate_not_found, coupon_currency_mismatch"
        ),
    ),
    "a need that is enforced later than its dependant": (
        (
            "[rules]\nunsupported_currency = { enforce_from = 2027-01-01T00:00:00Z }\n"
            "exchange_rate_not_found = { enforce_from = 2027-02-01T00:00:00Z }\n"
            'coupon_currency_mismatch = { mode = "off" }\n'
            'coupon_minimum_amount = { mode = "off" }\n'
        ),
        (
            "[rules]\nunsupported_currency = { enforce_from = 2027-02-01T00:00:00Z }\n"
            "exchange_rate_not_found = { enforce_from = 2027-01-31T23:59:59Z }\n"
            'coupon_currency_mismatch = { mode = "off" }\n'
            'coupon_minimum_amount = { mode = "off" }\n'
        ),
        (
            "6:1: need_not_enforced: unsupported_currency is enforced from 2027-02-01T00:00:00Z on only, "
            "and rules that build on it are enforced: exchange_rate_not_found"
        ),
    ),
    "a need that is left out": (
        '[pipelines]\n"session.expire" = ["session_already_over", "session_missing"]\n',
        '[pipelines]\n"session.expire" = ["session_already_over"]\n',
        (
            "6:1: need_left_out: session_missing is left out of the pipeline of session.expire, "
            "and rules that build on it are enforced there: session_already_over"
        ),
    ),
    "a need that is taken out": (
        '[pipelines."session.create"]\nwithout = ["too_many_line_items"]\n',
        '[pipelines."session.create"]\nwithout = ["unsupported_currency"]\n',
        (
            "5:12: need_left_out: unsupported_currency is left out of the pipeline of session.create, "
            "and rules that build on it are enforced there: exchange_rate_not_found, coupon_currency_mismatch"
        ),
    ),
    "no range left": (
        "[limits]\nmax_quantity = 2\n",
        "[limits]\nmax_quantity = 1\n",
        "6:1: rule_always_skipped: adjustable_range_empty is never heard in session.create: in each of ",
    ),
    "limits that cross": (
        "[limits]\nmin_expires_after_minutes = 60\nmax_expires_after_minutes = 60\n",
        "[limits]\nmin_expires_after_minutes = 61\nmax_expires_after_minutes = 60\n",
        (
            "6:1: limits_contradict: min_expires_after_minutes is 61 and max_expires_after_minutes is 60: "
            "no number of minutes passes both"
        ),
    ),
    "a limit that crosses an inherited one": (
        "[limits]\nmax_expires_after_minutes = 30\n",
        "[limits]\nmax_expires_after_minutes = 29\n",
        (
            "6:1: limits_contradict: min_expires_after_minutes is 30 and max_expires_after_minutes is 29: "
            "no number of minutes passes both"
        ),
    ),
    "a limit that nobody reads": (
        '[limits]\nmax_font_family_length = 9\n[rules]\nfont_family_too_long = { mode = "shadow" }\n',
        '[limits]\nmax_font_family_length = 9\n[rules]\nfont_family_too_long = { mode = "off" }\n',
        "6:1: limit_unread: max_font_family_length is set, and no rule that reads it applies: font_family_too_long",
    ),
    "a mode of a rule that stands nowhere": (
        '[rules]\nsession_already_over = { mode = "warn" }\n',
        '[rules]\nsession_already_over = { mode = "warn" }\n[pipelines]\n"session.expire" = ["session_missing"]\n',
        "6:1: rule_in_no_pipeline: session_already_over is given a mode, and stands in no pipeline",
    ),
    "a delay that is over": (
        "[rules]\npromotion_code_minimum_amount = { enforce_from = 2027-01-01T00:00:00.000001Z }\n",
        "[rules]\npromotion_code_minimum_amount = { enforce_from = 2027-01-01T00:00:00Z }\n",
        "6:35: enforce_from_past: promotion_code_minimum_amount has been enforced since 2027-01-01T00:00:00Z",
    ),
    "a waiver that has expired": (
        waiver(expires="2027-01-01T00:00:00.000001Z"),
        waiver(expires="2027-01-01T00:00:00Z"),
        "9:1: waiver_expired: the waiver till expired at 2027-01-01T00:00:00Z",
    ),
    "a waiver of another operation": (
        waiver(match='{ operation = "session.confirm" }'),
        waiver(match='{ operation = "session.expire" }'),
        (
            "7:1: waiver_matches_nothing: the waiver till can let nothing pass: "
            "no rule that says price_sold_out is enforced in session.expire"
        ),
    ),
    "a waiver of a session where there is none": (
        waiver("promotion_code_expired", '{ metadata = { key = "till" } }'),
        waiver("authentication_required", '{ metadata = { key = "till" } }'),
        (
            "7:1: waiver_matches_nothing: the waiver till can let nothing pass: "
            "no rule that says authentication_required is enforced in any session operation"
        ),
    ),
    "a waiver of a rule that only warns": (
        '[rules]\nprice_expired = { mode = "warn" }\n' + waiver(),
        '[rules]\nprice_sold_out = { mode = "warn" }\n' + waiver(),
        (
            "9:1: waiver_matches_nothing: the waiver till can let nothing pass: "
            "no rule that says price_sold_out is enforced in session.create"
        ),
    ),
    "a waiver for another merchant": (
        waiver(match='{ merchant = "mer_1" }'),
        waiver(match='{ merchant = "mer_2" }'),
        (
            "8:1: waiver_matches_nothing: the waiver till can let nothing pass: "
            "it is for mer_2, and the policy is for mer_1"
        ),
    ),
    "a waiver that ends before its rule is enforced": (
        "[rules]\nprice_sold_out = { enforce_from = 2027-01-01T00:00:00.999999Z }\n" + waiver(),
        "[rules]\nprice_sold_out = { enforce_from = 2027-01-01T00:00:01Z }\n" + waiver(),
        (
            "11:1: waiver_matches_nothing: the waiver till can let nothing pass: it expires at 2027-01-01T00:00:01Z, "
            "before any rule that says price_sold_out is enforced"
        ),
    ),
    "a waiver that ends before the policy applies": (
        "effective_from = 2027-01-01T00:00:00.999999Z\n" + waiver(),
        "effective_from = 2027-01-01T00:00:01Z\n" + waiver(),
        (
            "10:1: waiver_matches_nothing: the waiver till can let nothing pass: it expires at 2027-01-01T00:00:01Z, "
            "before the policy applies"
        ),
    ),
}


@pytest.mark.parametrize(("without", "having", "said"), TABLE.values(), ids=TABLE.keys())
def test_finding(without: str, having: str, said: str) -> None:
    """The one file has no such finding, the other has it once for each place, where the value is written."""
    name = said.split(": ")[1]
    assert [line for line in found(without) if f": {name}: " in line] == []
    lines = [line for line in found(having) if f": {name}: " in line]
    assert lines[0].startswith(f"shop.toml:{said}")
    assert len(lines) == len(set(lines))


def test_every_finding_of_a_policy_is_in_the_table() -> None:
    """Nothing can be found that is not tested here, or beside this for policies that belong together."""
    tested = {said.split(": ")[1] for _, _, said in TABLE.values()}
    assert set(FINDINGS) - tested == {"extension_says_nothing", "policy_over", "version_over", "versions_gap"}


class TestInstant:
    """What depends on today is found where a today is given."""

    def test_no_today(self) -> None:
        """Without one, nothing is over and no delay has passed."""
        delayed = "[rules]\npromotion_code_minimum_amount = { enforce_from = 1999-01-01T00:00:00Z }\n"
        assert found(delayed, at=None) == []
        assert found(waiver(expires="1999-01-01T00:00:00Z"), at=None) == []
        over = read_policy(HEAD + "effective_until = 1999-01-01T00:00:00Z\n")
        assert lint_versions(Versions([over])) == ()

    def test_a_need_whose_day_has_come(self) -> None:
        """A need that is enforced by now is no finding, whenever its dependants were."""
        text = "[rules]\nunsupported_currency = { enforce_from = 2027-01-01T00:00:00Z }\n"
        assert [line.split(": ")[1] for line in found(text)] == ["enforce_from_past"]
        assert [line.split(": ")[1] for line in found(text, TODAY - timedelta(microseconds=1))] == ["need_not_enforced"]

    def test_the_same_day(self) -> None:
        """A need that is enforced from the very instant on from which its dependants are is no finding."""
        names = ("adjustable_minimum_out_of_range", "adjustable_range_empty")
        delays = [f"{name} = {{ enforce_from = 2027-02-01T00:00:00Z }}\n" for name in names]
        assert found("[rules]\n" + "".join(delays)) == []
        assert [line.split(": ")[1] for line in found("[rules]\n" + delays[0])] == ["need_not_enforced"]


def test_a_policy_made_in_python() -> None:
    """A policy without a file is named by its id, without a place."""
    policy = default_policy().with_modes(Mode.OFF, "session_missing").with_limits(max_line_items=10_000)
    policy = Policy("made", policy.pipelines, policy.modes, policy.limits)
    found_here = lint_policy(policy)
    assert {(finding.kind.name, finding.source, finding.line) for finding in found_here} == {
        ("rule_never_fires", "made", None),
        ("need_not_enforced", "made", None),
    }
    assert str(found_here[0]).startswith("made: rule_never_fires: too_many_line_items can never fire")

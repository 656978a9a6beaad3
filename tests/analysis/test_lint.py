"""Each finding, first in a file without it, then with it: its place, its sentence, and the boundary between the two."""

from datetime import timedelta
from functools import partial

import pytest

from rules_engine import Code, Mode, Policy, default_policy, load_policy, read_policy, rule
from rules_engine.analysis.findings import FINDINGS
from rules_engine.analysis.lint import lint_policy, lint_versions
from rules_engine.policy.policy_set import Versions
from rules_engine.rules.limits import MAX_FONT_FAMILY
from rules_engine.views.context import Context
from rules_engine.views.session import SessionView
from tests.analysis.policies import HEAD, TODAY, TOP, found, waiver
from tests.house.source import ROOT

_waiver = partial(waiver, expires="2027-01-01T00:00:01Z")
"""One that has not expired yet."""

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
            "no_method_in_the_session_currency, exchange_rate_not_found, coupon_currency_mismatch"
        ),
    ),
    "a need that is shadowed": (
        '[rules]\nexchange_rate_not_found = { mode = "shadow" }\n',
        '[rules]\nunsupported_currency = { mode = "shadow" }\n',
        (
            "6:1: need_not_enforced: unsupported_currency is only shadowed, and rules that build on it are enforced: "
            "no_method_in_the_session_currency, exchange_rate_not_found, coupon_currency_mismatch"
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
            "and rules that build on it are enforced: no_method_in_the_session_currency, exchange_rate_not_found"
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
            "and rules that build on it are enforced there: "
            "no_method_in_the_session_currency, exchange_rate_not_found, coupon_currency_mismatch"
        ),
    ),
    "no range left": (
        "[limits]\nmax_quantity = 2\n",
        '[limits]\nmax_quantity = 1\n[rules]\nquantity_outside_adjustable_range = { mode = "off" }\n',
        "6:1: rule_always_skipped: adjustable_range_empty is never reported in session.create: in each of ",
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
    "a limit that no rule reads": (
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
        _waiver(expires="2027-01-01T00:00:00.000001Z"),
        _waiver(expires="2027-01-01T00:00:00Z"),
        "9:1: waiver_expired: the waiver till expired at 2027-01-01T00:00:00Z",
    ),
    "a waiver of another operation": (
        _waiver('operation = "session.confirm"'),
        _waiver('operation = "session.expire"'),
        (
            "7:1: waiver_matches_nothing: the waiver till can waive nothing: "
            "no rule that reports price_sold_out is enforced in session.expire"
        ),
    ),
    "a waiver of a session where there is none": (
        _waiver('metadata = { key = "till" }', code="promotion_code_expired"),
        _waiver('metadata = { key = "till" }', code="authentication_required"),
        (
            "7:1: waiver_matches_nothing: the waiver till can waive nothing: "
            "no rule that reports authentication_required is enforced in any session operation"
        ),
    ),
    "a waiver of a rule that only warns": (
        '[rules]\nprice_expired = { mode = "warn" }\n' + _waiver(),
        '[rules]\nprice_sold_out = { mode = "warn" }\n' + _waiver(),
        (
            "9:1: waiver_matches_nothing: the waiver till can waive nothing: "
            "no rule that reports price_sold_out is enforced in session.create"
        ),
    ),
    "a waiver for another merchant": (
        _waiver('merchant = "mer_1"'),
        _waiver('merchant = "mer_2"'),
        (
            "8:1: waiver_matches_nothing: the waiver till can waive nothing: "
            "it is for mer_2, and the policy is for mer_1"
        ),
    ),
    "a waiver that ends before its rule is enforced": (
        "[rules]\nprice_sold_out = { enforce_from = 2027-01-01T00:00:00.999999Z }\n" + _waiver(),
        "[rules]\nprice_sold_out = { enforce_from = 2027-01-01T00:00:01Z }\n" + _waiver(),
        (
            "11:1: waiver_matches_nothing: the waiver till can waive nothing: it expires at 2027-01-01T00:00:01Z, "
            "before any rule that reports price_sold_out is enforced"
        ),
    ),
    "a waiver that ends before the policy applies": (
        "effective_from = 2027-01-01T00:00:00.999999Z\n" + _waiver(),
        "effective_from = 2027-01-01T00:00:01Z\n" + _waiver(),
        (
            "10:1: waiver_matches_nothing: the waiver till can waive nothing: it expires at 2027-01-01T00:00:01Z, "
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
        assert found(_waiver(expires="1999-01-01T00:00:00Z"), at=None) == []
        over = read_policy(HEAD + "effective_until = 1999-01-01T00:00:00Z\n")
        assert lint_versions(Versions([over])) == ()

    def test_a_need_whose_day_has_come(self) -> None:
        """A need that is enforced by now is no finding, whenever its dependants were."""
        text = "[rules]\nunsupported_currency = { enforce_from = 2027-01-01T00:00:00Z }\n"
        assert [line.split(": ")[1] for line in found(text)] == ["enforce_from_past"]
        assert [line.split(": ")[1] for line in found(text, TODAY - timedelta(microseconds=1))] == ["need_not_enforced"]

    def test_the_same_day(self) -> None:
        """A need that is enforced from the very instant on from which its dependants are is no finding."""
        names = ("adjustable_minimum_out_of_range", "adjustable_range_empty", "quantity_outside_adjustable_range")
        delays = [f"{name} = {{ enforce_from = 2027-02-01T00:00:00Z }}\n" for name in names]
        assert found("[rules]\n" + "".join(delays)) == []
        assert [line.split(": ")[1] for line in found("[rules]\n" + delays[0])] == ["need_not_enforced"]


def test_a_policy_made_in_python() -> None:
    """A policy without a file is named by its id, without a place."""
    policy = default_policy().with_modes(Mode.OFF, "session_missing").with_limits(max_line_items=10_000)
    policy = Policy("made", policy.pipelines, policy.modes, policy.limits)
    found_here = lint_policy(policy)
    assert {(finding.kind.title, finding.source, finding.line) for finding in found_here} == {
        ("rule_never_fires", "made", None),
        ("need_not_enforced", "made", None),
    }
    assert str(found_here[0]).startswith("made: rule_never_fires: too_many_line_items can never fire")


def test_limits_that_cross_and_do_not_refuse_together() -> None:
    """Limits that cross are no finding where one of their rules refuses nothing."""
    crossing = "[limits]\nmin_expires_after_minutes = 61\nmax_expires_after_minutes = 60\n"
    assert found(crossing + '[rules]\nexpires_too_late = { mode = "warn" }\n') == []


class TestExtension:
    """A policy that extends another one and changes nothing."""

    def test_states_nothing(self) -> None:
        """An id is not enough, and neither is a limit as it was; a merchant, a window or a value that differs is."""
        for text in (TOP, TOP + "[limits]\nmax_line_items = 100\n", TOP + "[rules]\nprice_expired = {}\n"):
            (finding,) = lint_policy(read_policy(text, source="shop.toml"), at=TODAY)
            message = "shop states nothing that default, which it extends, does not state"
            assert str(finding) == f"shop.toml:2:1: extension_says_nothing: {message}"
        for text in (
            HEAD,
            TOP + "effective_from = 2026-01-01T00:00:00Z\n",
            TOP + "effective_until = 2028-01-01T00:00:00Z\n",
            TOP + "[limits]\nmax_line_items = 99\n",
            TOP + '[rules]\nexpires_too_late = { mode = "warn" }\n',
            TOP + "[rules]\nexpires_too_late = { enforce_from = 2028-01-01T00:00:00Z }\n",
        ):
            assert lint_policy(read_policy(text), at=TODAY) == ()

    def test_of_a_chain(self) -> None:
        """What a file extends is the next one of the chain, not the last."""
        policy = load_policy(ROOT / "policies" / "merchants" / "pottery.toml")
        assert policy.extends is not None
        assert policy.extends.id == "strict"
        assert policy.extends.extends is default_policy()
        assert default_policy().extends is None

    def test_inherited_faults_are_reported_where_they_are_written(self) -> None:
        """An expired waiver of an extended file is the matter of that file."""
        base = read_policy(HEAD + _waiver(expires="2026-01-01T00:00:00Z"), source="base.toml")
        heir = Policy(
            "heir", base.pipelines, limits=base.limits, waivers=base.waivers, source="heir.toml", origins=base.origins
        )
        assert [finding.source for finding in lint_policy(base, at=TODAY)] == ["base.toml"]
        assert lint_policy(heir, at=TODAY) == ()


class TestVersions:
    """Policies of which one applies at a time."""

    @staticmethod
    def _found(*windows: str) -> list[str]:
        policies = [
            read_policy(HEAD.replace('"shop"', f'"shop-{number}"') + window, source=f"{number}.toml")
            for number, window in enumerate(windows)
        ]
        return [f"{finding.kind.title} {finding.source}" for finding in lint_versions(Versions(policies), at=TODAY)]

    def test_over(self) -> None:
        """The last one that is over is a warning: nothing applies. Those before it are notes."""
        assert self._found("effective_until = 2027-01-01T00:00:00.000001Z\n") == []
        assert self._found("effective_until = 2027-01-01T00:00:00Z\n") == ["policy_over 0.toml"]
        assert self._found(
            "effective_until = 2026-01-01T00:00:00Z\n",
            "effective_from = 2026-01-01T00:00:00Z\neffective_until = 2027-01-01T00:00:00Z\n",
        ) == ["policy_over 1.toml", "version_over 0.toml"]

    def test_one_to_come(self) -> None:
        """A version that is over is a note where another one applies, or will."""
        for start in ("2027-01-01T00:00:00Z", "2028-01-01T00:00:00Z"):
            names = self._found("effective_until = 2027-01-01T00:00:00Z\n", f"effective_from = {start}\n")
            assert names[0] == "version_over 0.toml"

    def test_gap(self) -> None:
        """A gap is a warning, however short; where the one begins as the other ends, there is none."""
        windows = ["effective_until = 2027-06-01T00:00:00Z\n", "effective_from = 2027-06-01T00:00:00.000001Z\n"]
        assert self._found(*windows) == ["versions_gap 1.toml"]
        assert self._found(windows[0], windows[0].replace("until", "from")) == []

    @pytest.mark.parametrize(
        ("end", "start", "days"),
        [
            ("2027-01-07T00:00:00Z", "2027-02-01T00:00:00Z", "2027-01-07 to 2027-01-31"),
            ("2027-01-07T00:00:00+02:00", "2027-01-08T00:00:00+02:00", "2027-01-06 to 2027-01-07"),
            ("2027-01-07T23:59:59Z", "2027-01-08T00:00:00Z", "2027-01-07"),
            ("2027-01-07T23:59:59Z", "2027-01-08T00:00:00.000001Z", "2027-01-07 to 2027-01-08"),
        ],
    )
    def test_days_of_a_gap(self, end: str, start: str, days: str) -> None:
        """A gap names the days on which no policy applies, in UTC."""
        windows = (f"effective_until = {end}\n", f"effective_from = {start}\n")
        (gap,) = lint_versions(Versions([read_policy(f"{HEAD}{window}") for window in windows]))
        assert gap.message.startswith(f"no policy of mer_1 applies on {days}: shop ends at ")

    def test_notes_are_notes(self) -> None:
        """What needs no mending is a note."""
        notes = {name for name, kind in FINDINGS.items() if kind.level == "note"}
        assert notes == {"enforce_from_past", "version_over"}


@rule(Code.custom("acme.cash", "Too much for cash."), on=SessionView, limits=(MAX_FONT_FAMILY,))
def cash_limit(session: SessionView, ctx: Context) -> bool:
    """The session comes to more than the shop takes in cash."""
    return session.subtotal is not None and session.subtotal > ctx.limits[MAX_FONT_FAMILY]


@rule(Code.custom("acme.odd_cash", "There are no small coins."), on=SessionView, needs=(cash_limit,))
def odd_cash(session: SessionView, _: Context) -> bool:
    """The session comes to an amount that cannot be paid in coins."""
    return session.subtotal is not None and session.subtotal % 25 != 0


def _found_with_own(text: str) -> list[str]:
    policy = read_policy(HEAD + text, source="shop.toml", rules=[cash_limit, odd_cash])
    return [str(finding) for finding in lint_policy(policy, at=TODAY, rules=[cash_limit, odd_cash])]


BOTH = '[pipelines."session.create"]\ninsert_before = { line_items_missing = ["cash_limit", "odd_cash"] }\n'
ONE = '[pipelines."session.create"]\ninsert_before = { line_items_missing = ["odd_cash"] }\n'


def test_a_need_that_is_left_out() -> None:
    """An application's own rule that another one builds on is missed wherever it can stand."""
    assert _found_with_own(BOTH) == []
    (line,) = _found_with_own(ONE)
    assert line.startswith("shop.toml:5:12: need_left_out: cash_limit is left out of the pipeline of session.create")


def test_a_need_that_is_off() -> None:
    """So is one that is off."""
    (line,) = _found_with_own(BOTH + '[rules]\ncash_limit = { mode = "off" }\n')
    assert line.startswith(
        "shop.toml:8:1: need_not_enforced: cash_limit is off, and rules that build on it are enforced"
    )


def test_what_is_not_known_is_no_finding() -> None:
    """A rule without drafts that violate it is no finding, nor one that an engine may put into pipelines by itself."""
    assert _found_with_own('[rules]\ncash_limit = { mode = "warn" }\nodd_cash = { mode = "warn" }\n') == []
    assert _found_with_own(BOTH + "[limits]\nmax_font_family_length = 1\n") == []
    read_by_own = '[limits]\nmax_font_family_length = 9\n[rules]\nfont_family_too_long = { mode = "off" }\n'
    assert _found_with_own(BOTH + read_by_own) == []


def test_waivers_of_a_code_of_an_application() -> None:
    """A waiver of an application's code matches where its rule can stand, and nowhere else."""
    for text in (BOTH, ""):
        assert _found_with_own(text + _waiver(code="acme.cash")) == []
        (line,) = _found_with_own(text + _waiver('operation = "session.expire"', code="acme.cash"))
        assert "no rule that reports acme.cash is enforced in session.expire" in line

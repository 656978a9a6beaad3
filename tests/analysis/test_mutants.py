"""Each thing that a policy states has mutants, and each mutant a test that kills it, and survives without."""

from pathlib import Path

import pytest
from attrs import evolve

from rules_engine.analysis import mutants
from rules_engine.analysis.coverage import SuiteReport
from rules_engine.rules.limits import MAX_LINE_ITEMS
from rules_engine.rules.session import too_many_line_items
from tests.analysis.policies import (
    ADDED,
    CLEAN,
    CURRENCIES,
    DELAY,
    LEFT_OUT,
    LINES,
    METADATA,
    mode_of,
    one,
    report,
    waiver,
)


def _lines(size: int) -> str:
    codes = "[]" if size <= 3 else '["parameter_out_of_range"]'
    return one(f"{size} lines", codes) + f'sizes = {{ "/request/lineItems" = {size} }}\n'


def _sold_out(name: str, codes: str = "[]", *, at: str | None = None, channel: str | None = None, **keys: str) -> str:
    changes = {"/request/lineItems/0/quantity": "5"}
    if at is not None:
        changes["/facts/now"] = at
    if channel is not None:
        changes["/request/metadata"] = f'{{ channel = "{channel}" }}'
    return one(name, codes, **keys) + "[tests.changes]\n" + "".join(f'"{key}" = {to}\n' for key, to in changes.items())


REFUSED = '["price_sold_out"]'
LEAST = "[limits]\nmax_line_items = 1\n"
MOVED = LEFT_OUT + 'insert_before = { price_inactive = ["price_sold_out"] }\n'
TILL = waiver()
ELSEWHERE = waiver('operation = "session.update", merchant = "mer_1"')
FEWER, MORE = "max_line_items = 2 in place of 3", "max_line_items = 4 in place of 3"
BEFORE, THEN, AFTER = "2026-12-31T23:59:59Z", "2027-01-01T00:00:00Z", "2027-01-01T00:00:01Z"
EARLIER, LATER = (f"price_sold_out enforced from {moved} in place of {THEN}" for moved in (BEFORE, AFTER))
SOONER, LONGER = (f"till expires at {moved} in place of {THEN}" for moved in (BEFORE, AFTER))
SAR = (
    one("riyals", '["unsupported_currency"]')
    + """[tests.changes]
"/request/currency" = "SAR"
"/facts/prices/price_mug/currency" = "SAR"
"/facts/merchant/supportedCurrencies" = [{ code = "SAR" }]
"/facts/exchangeRates" = { "SAR/EGP" = { rate = "10" } }
"""
)
MODES = {"enforce": {}, "warn": {"warnings": REFUSED}, "shadow": {"shadowed": REFUSED}, "off": {}}
"""Each mode, and what a test states under it beside its codes."""


def _modes(stated: str, *modes: str) -> list[str]:
    return [f"price_sold_out in mode {mode} in place of {stated}" for mode in modes or MODES if mode != stated]


WARNING = '[rules]\nprice_sold_out = { mode = "warn", enforce_from = 2027-01-01T00:00:00Z }\n'
WARNED = "price_sold_out in mode warn in place of shadow before it is enforced"
SHADOWED = "price_sold_out in mode shadow in place of warn before it is enforced"
MUTANTS = {
    LINES: [FEWER, MORE],
    LEAST: ["max_line_items = 2 in place of 1"],
    CURRENCIES: [f"supported_currencies {what}" for what in ("without EGP", "without USD", "with every other")],
    **{mode_of(mode): _modes(mode) for mode in MODES},
    DELAY: [*_modes("enforce"), WARNED, EARLIER, LATER],
    WARNING: [*_modes("enforce"), SHADOWED, EARLIER, LATER],
    LEFT_OUT: ["session.create with price_sold_out"],
    ADDED: ["session.expire without session_missing", "session.expire with session_already_over"],
    MOVED: ["session.create without price_sold_out"],
    METADATA: [
        *("no waiver till", SOONER, LONGER),
        *("till for any operation", "till for any metadata", "till for any value of channel"),
    ],
    TILL: ["no waiver till", SOONER, LONGER],
    ELSEWHERE: ["no waiver till", SOONER, LONGER, "till for any merchant", "till for any operation"],
}
"""What a policy states to its mutants, in the order of the file."""
CASES = {
    "a limit at the bound": (LINES, _lines(3), [FEWER]),
    "a limit beyond the bound": (LINES, _lines(4), [MORE]),
    "a limit on both sides": (LINES, _lines(3) + _lines(4), [FEWER, MORE]),
    "a limit at its least": (LEAST, _lines(1), []),
    "a set": (CURRENCIES, CLEAN, ["supported_currencies without EGP"]),
    "a set and a stranger": (CURRENCIES, SAR, ["supported_currencies with every other"]),
    "warn, untested": (mode_of("warn"), CLEAN, []),
    **{
        f"{mode}, tested": (
            mode_of(mode),
            _sold_out("gone", REFUSED if mode == "enforce" else "[]", **stated),
            _modes(mode),
        )
        for mode, stated in MODES.items()
    },
    "a delay, right before": (
        DELAY,
        _sold_out("before", at=BEFORE, shadowed=REFUSED),
        [*_modes("enforce", "warn", "off"), WARNED, EARLIER],
    ),
    "a warning with a delay, right before": (
        WARNING,
        _sold_out("before", at=BEFORE, warnings=REFUSED),
        [*_modes("enforce", "shadow", "off"), SHADOWED, EARLIER],
    ),
    "a delay, from then on": (DELAY, _sold_out("then", REFUSED, at=THEN), [*_modes("enforce"), LATER]),
    "a rule that is left out, untested": (LEFT_OUT, CLEAN, []),
    "a rule that is left out, tested": (LEFT_OUT, _sold_out("gone"), ["session.create with price_sold_out"]),
    "a pipeline, untested": (ADDED, CLEAN, []),
    "a rule that is moved, tested": (MOVED, _sold_out("gone", REFUSED), ["session.create without price_sold_out"]),
    "a waiver, used": (METADATA, _sold_out("till", channel="till", waived='["till"]'), ["no waiver till"]),
    "a waiver, in its last second": (
        TILL,
        _sold_out("till", at=BEFORE, waived='["till"]'),
        ["no waiver till", SOONER],
    ),
    "a waiver, over": (TILL, _sold_out("over", REFUSED, at=THEN), [LONGER]),
    "a waiver, for others": (
        METADATA,
        _sold_out("shop", REFUSED) + _sold_out("bazaar", REFUSED, channel="bazaar"),
        ["till for any metadata", "till for any value of channel"],
    ),
    "a waiver, for another operation": (ELSEWHERE, _sold_out("create", REFUSED), ["till for any operation"]),
}
"""Which mutants of a policy some tests kill; the others survive."""


def _killed(found: SuiteReport) -> list[str]:
    return [mutant.what for mutant, effect in found.mutants if effect.killers]


@pytest.mark.parametrize(("policy", "tests", "killed"), CASES.values(), ids=CASES.keys())
def test_killed_and_survived(tmp_path: Path, policy: str, tests: str, killed: list[str]) -> None:
    """The tests pass, kill the mutants that they notice, and leave the others, in the order of the file."""
    found = report(tmp_path, policy, tests)
    assert [str(mismatch) for result in found.failed for mismatch in result.mismatches] == []
    assert [mutant.what for mutant, _ in found.mutants] == MUTANTS[policy]
    assert _killed(found) == killed
    assert [mutant.what for mutant in found.survivors] == [what for what in MUTANTS[policy] if what not in killed]
    assert found.killed == (len(killed), len(MUTANTS[policy]))
    assert found.equivalent == ()


def test_a_failing_test_kills_nothing(tmp_path: Path) -> None:
    """A test that fails anyway notices nothing."""
    failing = one("wrong", '["price_sold_out"]') + 'sizes = { "/request/lineItems" = 4 }\n'
    found = report(tmp_path, LINES, failing)
    assert len(found.failed) == 1
    assert _killed(found) == []


def test_what_is_taken_over(tmp_path: Path) -> None:
    """What a policy takes over has mutants only where they are asked for; there each rule of each pipeline has one."""
    stated = report(tmp_path, LINES)
    everything = report(tmp_path, LINES, mutation="all")
    none = report(tmp_path, LINES, mutation="none")
    assert (len(none.mutants), len(stated.mutants)) == (0, 2)
    what = {mutant.what for mutant, _ in everything.mutants}
    dropped = {
        f"{operation} without {rule}"
        for operation, pipeline in everything.suite.policy.pipelines.items()
        for rule in pipeline
    }
    off = {
        f"{rule} in mode off in place of enforce"
        for pipeline in everything.suite.policy.pipelines.values()
        for rule in pipeline
    }
    assert dropped | off | {mutant.what for mutant, _ in stated.mutants} <= what
    assert len(what) == len(everything.mutants)


@pytest.mark.parametrize(
    ("policy", "place", "killer"),
    [
        (LINES, "shop.toml:5:1", "a draft with exactly 3 lines, as too_many_line_items counts them"),
        (CURRENCIES, "shop.toml:5:1", "a draft in which USD is taken"),
        (mode_of("warn"), "shop.toml:5:20", "a draft in which price_sold_out is violated"),
        (DELAY, "shop.toml:5:20", "a draft of 2027-01-01T00:00:00Z in which price_sold_out is violated"),
        (LEFT_OUT, "shop.toml:4:12", "a draft of session.create in which price_sold_out is violated"),
        (METADATA, "shop.toml:5:1", "a draft that it fits, in which price_sold_out is violated"),
        (
            METADATA,
            "shop.toml:8:1",
            "a draft of 2027-01-01T00:00:00Z that it fits, in which price_sold_out is violated",
        ),
        (
            METADATA,
            "shop.toml:7:1",
            "a draft in which price_sold_out is violated, which it does not fit for that alone",
        ),
    ],
)
def test_a_survivor_has_its_place(tmp_path: Path, policy: str, place: str, killer: str) -> None:
    """A survivor names file and line of what it changes, and the test that would kill it."""
    found = report(tmp_path, policy)
    assert (f"{tmp_path}/{place}", killer) in {(str(mutant.origin), mutant.killer) for mutant in found.survivors}


def test_a_limit_that_asks_for_more(tmp_path: Path) -> None:
    """Of a least number, the draft right below it decides."""
    found = report(tmp_path, "[limits]\nmin_expires_after_minutes = 60\n")
    assert [mutant.killer.partition(",")[0] for mutant in found.survivors] == [
        "a draft with exactly 59 minutes",
        "a draft with exactly 60 minutes",
    ]


def test_limits_that_no_rule_reads(tmp_path: Path) -> None:
    """A limit whose rules are off is listed apart, with the reason."""
    policy = '[rules]\nfont_family_too_long = { mode = "off" }\n[limits]\nmax_font_family_length = 9\n'
    found = report(tmp_path, policy)
    assert {(mutant.what, mutant.equivalent) for mutant in found.equivalent} == {
        ("max_font_family_length = 8 in place of 9", mutants.UNREAD),
        ("max_font_family_length = 10 in place of 9", mutants.UNREAD),
    }


def test_rules_that_stand_nowhere(tmp_path: Path) -> None:
    """The mode of a rule that no pipeline has is listed apart, with the reason, and counts for nothing."""
    policy = ADDED + '[rules]\nsession_already_over = { mode = "warn" }\n'
    found = report(tmp_path, policy)
    assert {mutant.equivalent for mutant in found.equivalent} == {mutants.NOWHERE}
    assert len(found.equivalent) == 3
    assert found.killed == (0, len(found.mutants) - 3)


def test_limits_beyond_what_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A step that takes a longer list than is read is listed apart, with the reason."""
    short = [evolve(setting, most=3, beyond="no list is longer") for setting in too_many_line_items.settings]
    monkeypatch.setattr(mutants, "settings_of", lambda _, limit: short if limit is MAX_LINE_ITEMS else ())
    found = report(tmp_path, LINES)
    assert [(mutant.what, mutant.equivalent) for mutant in found.equivalent] == [
        ("max_line_items = 4 in place of 3", "no list is longer")
    ]
    monkeypatch.setattr(mutants, "settings_of", lambda *_: ())
    assert report(tmp_path, LINES).equivalent == ()

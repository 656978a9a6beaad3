"""Each thing that a policy says has mutants, and each mutant a test that kills it, and survives without."""

from pathlib import Path

import pytest
from attrs import evolve

from rules_engine.analysis import mutants
from rules_engine.analysis.coverage import Mutation, SuiteReport
from rules_engine.analysis.mutants import MutantKind
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
CASES = {
    "a limit at the bound": (
        LINES,
        _lines(3),
        ["max_line_items = 2 in place of 3"],
        ["max_line_items = 4 in place of 3"],
    ),
    "a limit beyond the bound": (
        LINES,
        _lines(4),
        ["max_line_items = 4 in place of 3"],
        ["max_line_items = 2 in place of 3"],
    ),
    "a limit on both sides": (
        LINES,
        _lines(3) + _lines(4),
        ["max_line_items = 2 in place of 3", "max_line_items = 4 in place of 3"],
        [],
    ),
    "a limit at its least": ("[limits]\nmax_line_items = 1\n", _lines(1), [], ["max_line_items = 2 in place of 1"]),
    "a set": (
        CURRENCIES,
        CLEAN,
        ["supported_currencies without EGP"],
        ["supported_currencies without USD", "supported_currencies with every other"],
    ),
    "a set and a stranger": (
        CURRENCIES,
        one("riyals", '["unsupported_currency"]')
        + """[tests.changes]
"/request/currency" = "SAR"
"/facts/prices/price_mug/currency" = "SAR"
"/facts/merchant/supportedCurrencies" = [{ code = "SAR" }]
"/facts/exchangeRates" = { "SAR/EGP" = { rate = "10" } }
""",
        ["supported_currencies with every other"],
        ["supported_currencies without EGP", "supported_currencies without USD"],
    ),
    "warn, untested": (
        mode_of("warn"),
        CLEAN,
        [],
        [f"price_sold_out in mode {mode} in place of warn" for mode in ("enforce", "shadow", "off")],
    ),
    **{
        f"{mode}, tested": (
            mode_of(mode),
            _sold_out("gone", REFUSED if mode == "enforce" else "[]", **stated),
            [
                f"price_sold_out in mode {other} in place of {mode}"
                for other in ("enforce", "warn", "shadow", "off")
                if other != mode
            ],
            [],
        )
        for mode, stated in {
            "enforce": {},
            "warn": {"warnings": REFUSED},
            "shadow": {"shadowed": REFUSED},
            "off": {},
        }.items()
    },
    "a delay, right before": (
        DELAY,
        _sold_out("before", at="2026-12-31T23:59:59Z", shadowed=REFUSED),
        [
            *(f"price_sold_out in mode {mode} in place of enforce" for mode in ("warn", "off")),
            "price_sold_out enforced from 2026-12-31T23:59:59Z in place of 2027-01-01T00:00:00Z",
        ],
        [
            "price_sold_out in mode shadow in place of enforce",
            "price_sold_out enforced from 2027-01-01T00:00:01Z in place of 2027-01-01T00:00:00Z",
        ],
    ),
    "a delay, from then on": (
        DELAY,
        _sold_out("then", REFUSED, at="2027-01-01T00:00:00Z"),
        [
            *(f"price_sold_out in mode {mode} in place of enforce" for mode in ("warn", "shadow", "off")),
            "price_sold_out enforced from 2027-01-01T00:00:01Z in place of 2027-01-01T00:00:00Z",
        ],
        ["price_sold_out enforced from 2026-12-31T23:59:59Z in place of 2027-01-01T00:00:00Z"],
    ),
    "a rule that is left out, untested": (LEFT_OUT, CLEAN, [], ["session.create with price_sold_out"]),
    "a rule that is left out, tested": (LEFT_OUT, _sold_out("gone"), ["session.create with price_sold_out"], []),
    "a pipeline, untested": (
        ADDED,
        CLEAN,
        [],
        ["session.expire without session_missing", "session.expire with session_already_over"],
    ),
    "a rule that is moved, tested": (
        LEFT_OUT + 'insert_before = { price_inactive = ["price_sold_out"] }\n',
        _sold_out("gone", REFUSED),
        ["session.create without price_sold_out"],
        [],
    ),
    "a waiver, used": (
        METADATA,
        _sold_out("till", channel="till", waived='["till"]'),
        ["no waiver till"],
        [
            "till expires at 2026-12-31T23:59:59Z in place of 2027-01-01T00:00:00Z",
            "till expires at 2027-01-01T00:00:01Z in place of 2027-01-01T00:00:00Z",
            "till for any operation",
            "till for any metadata",
            "till for any value of channel",
        ],
    ),
    "a waiver, in its last second": (
        waiver(),
        _sold_out("till", at="2026-12-31T23:59:59Z", waived='["till"]'),
        ["no waiver till", "till expires at 2026-12-31T23:59:59Z in place of 2027-01-01T00:00:00Z"],
        ["till expires at 2027-01-01T00:00:01Z in place of 2027-01-01T00:00:00Z"],
    ),
    "a waiver, over": (
        waiver(),
        _sold_out("over", REFUSED, at="2027-01-01T00:00:00Z"),
        ["till expires at 2027-01-01T00:00:01Z in place of 2027-01-01T00:00:00Z"],
        ["no waiver till", "till expires at 2026-12-31T23:59:59Z in place of 2027-01-01T00:00:00Z"],
    ),
    "a waiver, for others": (
        METADATA,
        _sold_out("shop", REFUSED) + _sold_out("bazaar", REFUSED, channel="bazaar"),
        ["till for any metadata", "till for any value of channel"],
        [
            "no waiver till",
            "till expires at 2026-12-31T23:59:59Z in place of 2027-01-01T00:00:00Z",
            "till expires at 2027-01-01T00:00:01Z in place of 2027-01-01T00:00:00Z",
            "till for any operation",
        ],
    ),
    "a waiver, for another operation": (
        waiver('operation = "session.update", merchant = "mer_1"'),
        _sold_out("create", REFUSED),
        ["till for any operation"],
        [
            "no waiver till",
            "till expires at 2026-12-31T23:59:59Z in place of 2027-01-01T00:00:00Z",
            "till expires at 2027-01-01T00:00:01Z in place of 2027-01-01T00:00:00Z",
            "till for any merchant",
        ],
    ),
}


def _killed(found: SuiteReport) -> list[str]:
    return [mutant.what for mutant, effect in found.mutants if effect.killers]


@pytest.mark.parametrize(("policy", "tests", "killed", "survived"), CASES.values(), ids=CASES.keys())
def test_killed_and_survived(tmp_path: Path, policy: str, tests: str, killed: list[str], survived: list[str]) -> None:
    """The tests pass, kill the mutants that they notice, and leave the others, in the order of the file."""
    found = report(tmp_path, policy, tests)
    assert [str(mismatch) for result in found.failed for mismatch in result.mismatches] == []
    assert _killed(found) == killed
    assert [mutant.what for mutant in found.survivors] == survived
    assert found.killed == (len(killed), len(killed) + len(survived))
    assert found.equivalent == ()


def test_every_kind_is_killed_and_survives() -> None:
    """The cases above have each kind on both sides."""
    words = {
        MutantKind.LIMIT: "max_line_items",
        MutantKind.MODE: "in mode",
        MutantKind.ENFORCE_FROM: "enforced from",
        MutantKind.PIPELINE: "session.create with",
        MutantKind.WAIVER: "till",
    }
    assert set(words) == set(MutantKind)
    for word in words.values():
        assert any(word in what for _, _, killed, _ in CASES.values() for what in killed)
        assert any(word in what for _, _, _, survived in CASES.values() for what in survived)


def test_a_failing_test_kills_nothing(tmp_path: Path) -> None:
    """A test that fails anyway notices nothing."""
    failing = one("wrong", '["price_sold_out"]') + 'sizes = { "/request/lineItems" = 4 }\n'
    found = report(tmp_path, LINES, failing)
    assert len(found.failed) == 1
    assert _killed(found) == []


def test_what_is_taken_over(tmp_path: Path) -> None:
    """What a policy takes over has mutants only where they are asked for; there each rule of each pipeline has one."""
    stated = report(tmp_path, LINES)
    everything = report(tmp_path, LINES, mutation=Mutation.ALL)
    none = report(tmp_path, LINES, mutation=Mutation.NONE)
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
        (LINES, "shop.toml:5:1", "a draft with exactly 3 lines, in the eyes of too_many_line_items"),
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
def test_a_survivor_is_told_with_its_place(tmp_path: Path, policy: str, place: str, killer: str) -> None:
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

"""A mutant that survives is told with the test that would kill it, or with the reason why none can."""

from pathlib import Path

import pytest
from attrs import evolve

from rules_engine.examples.dials import DIALS
from rules_engine.policy_tests import nudges
from tests.policy_tests.files import report
from tests.policy_tests.stated import ADDED, CURRENCIES, DELAY, LEFT_OUT, LINES, METADATA, mode_of


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
    """Of a least number, the draft right below it tells."""
    found = report(tmp_path, "[limits]\nmin_expires_after_minutes = 60\n")
    assert [mutant.killer.partition(",")[0] for mutant in found.survivors] == [
        "a draft with exactly 59 minutes",
        "a draft with exactly 60 minutes",
    ]


def test_limits_that_no_rule_reads(tmp_path: Path) -> None:
    """A limit whose rules are off is told apart, with the reason."""
    policy = '[rules]\nfont_family_too_long = { mode = "off" }\n[limits]\nmax_font_family_length = 9\n'
    found = report(tmp_path, policy)
    assert {(mutant.what, mutant.equivalent) for mutant in found.equivalent} == {
        ("max_font_family_length = 8 in place of 9", nudges.UNREAD),
        ("max_font_family_length = 10 in place of 9", nudges.UNREAD),
    }


def test_rules_that_stand_nowhere(tmp_path: Path) -> None:
    """The mode of a rule that no pipeline has is told apart, with the reason, and counts for nothing."""
    policy = ADDED + '[rules]\nsession_already_over = { mode = "warn" }\n'
    found = report(tmp_path, policy)
    assert {mutant.equivalent for mutant in found.equivalent} == {"the rule stands in no pipeline"}
    assert len(found.equivalent) == 3
    assert found.killed == (0, len(found.mutants) - 3)


def test_limits_beyond_what_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A nudge that takes a longer list than is read is told apart, with the reason."""
    dials = tuple(evolve(dial, most=3, beyond="no list is longer") for dial in DIALS if dial.limit == "max_line_items")
    monkeypatch.setattr(nudges, "DIALS", dials)
    found = report(tmp_path, LINES)
    assert [(mutant.what, mutant.equivalent) for mutant in found.equivalent] == [
        ("max_line_items = 4 in place of 3", "no list is longer")
    ]
    monkeypatch.setattr(nudges, "DIALS", ())
    assert report(tmp_path, LINES).equivalent == ()

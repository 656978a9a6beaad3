"""Each way to spoil a file is told in one line: file, line, column, what is wrong, and the nearest right name."""

from datetime import UTC, datetime

import pytest

from rules_engine import MetadataMatch, Mode, Waiver, WaiverMatch, default_policy
from tests.policy.whole import broken, check_data, whole

SPOILT = {
    "merchant that is no text": (
        'merchant = "mer_1"\n',
        "merchant = 1\n",
        "4:12: merchant must be a text that is the id of an account",
    ),
    "empty merchant": (
        'merchant = "mer_1"\n',
        'merchant = " "\n',
        "4:12: merchant must be a text that is the id of an account",
    ),
    "window that is a text": (
        "2026-12-01T00:00:00+02:00",
        '"2026-12-01T00:00:00+02:00"',
        "5:18: effective_from must be an instant with an offset, such as 2027-01-01T00:00:00Z",
    ),
    "window without an offset": (
        "2026-12-01T00:00:00+02:00",
        "2026-12-01T00:00:00",
        "5:18: effective_from must be an instant with an offset, such as 2027-01-01T00:00:00Z",
    ),
    "window that is a day": (
        "2027-01-07T00:00:00Z",
        "2027-01-07",
        "6:19: effective_until must be an instant with an offset, such as 2027-01-01T00:00:00Z",
    ),
    "window outside the calendar": (
        "2026-12-01T00:00:00+02:00",
        "0001-01-01T00:00:00+02:00",
        "5:18: effective_from must be an instant with an offset, such as 2027-01-01T00:00:00Z",
    ),
    "window that ends as it starts": (
        "2027-01-07T00:00:00Z",
        "2026-11-30T22:00:00Z",
        "6:19: effective_until must come after effective_from",
    ),
    "window that ends before it starts": (
        "2027-01-07T00:00:00Z",
        "2026-11-30T21:59:59Z",
        "6:19: effective_until must come after effective_from",
    ),
    "misspelt window": (
        "effective_until",
        "effective_util",
        "6:1: unknown key effective_util; did you mean effective_until?",
    ),
    "unknown change": (
        "without =",
        "whithout = []\nwithout =",
        "12:1: unknown key whithout; did you mean without?",
    ),
    "unlike change": (
        "without =",
        "replace = []\nwithout =",
        "12:1: unknown key replace; known here: without, insert_before, insert_after",
    ),
    "without that is a text": (
        '"session.expire" = ["session_missing"]',
        '"session.expire" = { without = "session_missing" }',
        "9:32: expected a list of names of rules",
    ),
    "number taken out": (
        '["price_sold_out", "price_expired"]',
        '["price_sold_out", "price_expired", 1]',
        "12:47: expected the name of a rule",
    ),
    "rule taken out that is not there": (
        '["price_sold_out", "price_expired"]',
        '["price_sold_out", "price_expired", "session_missing"]',
        "12:47: session_missing does not stand in the inherited pipeline of session.create",
    ),
    "unknown rule taken out": (
        '["price_sold_out", "price_expired"]',
        '["price_sold_out", "price_expired", "price_inactiv"]',
        "12:47: price_inactiv does not stand in the inherited pipeline of session.create; did you mean price_inactive?",
    ),
    "rule taken out twice": (
        '["price_sold_out", "price_expired"]',
        '["price_sold_out", "price_expired", "price_expired"]',
        "12:47: price_expired does not stand in the inherited pipeline of session.create",
    ),
    "insert that is a list": (
        '{ price_inactive = ["price_expired"] }',
        '["price_expired"]',
        "13:1: insert_before must be a table",
    ),
    "insert before what is not there": (
        "{ price_inactive =",
        "{ session_missing =",
        "13:19: session_missing does not stand in the inherited pipeline of session.create",
    ),
    "insert a text": (
        '{ price_missing = ["price_sold_out"] }',
        '{ price_missing = "price_sold_out" }',
        "14:34: expected a list of names of rules",
    ),
    "insert what is there": (
        '{ price_missing = ["price_sold_out"] }',
        '{ price_missing = ["price_inactive"] }',
        "14:35: price_inactive stands twice in the pipeline of session.create",
    ),
    "insert twice": (
        '{ price_missing = ["price_sold_out"] }',
        '{ price_missing = ["price_sold_out", "price_sold_out"] }',
        "14:53: price_sold_out stands twice in the pipeline of session.create",
    ),
    "insert what is unknown": (
        '{ price_missing = ["price_sold_out"] }',
        '{ price_missing = ["price_soldout"] }',
        "14:35: unknown rule price_soldout; did you mean price_sold_out?",
    ),
    "insert what has no scope": (
        '{ price_missing = ["price_sold_out"] }',
        '{ price_missing = ["session_missing"] }',
        "14:35: session_missing has nothing to stand on in session.create",
    ),
    "delay without an offset": (
        "2027-01-01T00:00:00+02:00",
        "2027-01-01T00:00:00",
        "18:42: enforce_from must be an instant with an offset, such as 2027-01-01T00:00:00Z",
    ),
    "delay of a rule that warns": (
        '{ mode = "warn" }',
        '{ mode = "warn", enforce_from = 2027-01-01T00:00:00Z }',
        "17:41: a rule in mode warn is not enforced from any instant on",
    ),
    "misspelt delay": (
        "enforce_from",
        "enforced_from",
        "18:27: unknown key enforced_from; did you mean enforce_from?",
    ),
    "extends a number": (
        'extends = "default"',
        "extends = 1",
        '3:11: extends must be "default", or the name of a file relative to this one',
    ),
    "extends nothing by name": (
        'extends = "default"',
        'extends = ""',
        '3:11: extends must be "default", or the name of a file relative to this one',
    ),
    "insert after what is misspelt": (
        "{ price_missing =",
        "{ price_mising =",
        "14:18: price_mising does not stand in the inherited pipeline of session.create; did you mean price_missing?",
    ),
    "insert after what is taken out": (
        '"session.expire" = ["session_missing"]',
        '"session.expire" = { without = ["session_missing"], insert_after = { session_missing = [] } }',
        "9:70: session_missing does not stand in the inherited pipeline of session.expire",
    ),
    "pipeline that is a number": (
        '"session.expire" = ["session_missing"]',
        '"session.expire" = 1',
        "9:20: a pipeline is a list of names of rules, or a table of changes",
    ),
}


def test_the_file_as_it_is() -> None:
    """The file that the others are made of is a policy, and says all that it says."""
    policy, default = whole(), default_policy()
    february = datetime(2027, 2, 1, tzinfo=UTC)
    assert (policy.id, policy.merchant) == ("christmas", "mer_1")
    assert (policy.effective_from, policy.effective_until) == (
        datetime(2026, 11, 30, 22, tzinfo=UTC),
        datetime(2027, 1, 7, tzinfo=UTC),
    )
    assert policy.pipelines["session.expire"] == ("session_missing",)
    assert sorted(policy.pipelines["session.create"]) == sorted(default.pipelines["session.create"])
    assert policy.modes == {"price_not_yet_active": Mode.WARN, "coupon_minimum_amount": Mode.ENFORCE}
    assert policy.enforce_from == {"coupon_minimum_amount": datetime(2026, 12, 31, 22, tzinfo=UTC)}
    assert policy.limits == {**default.limits, "max_discounts": 2}
    assert policy.waivers == (
        Waiver(
            "till",
            "price_sold_out",
            WaiverMatch("mer_1", "session.create", MetadataMatch("channel", "till")),
            february,
            "The till counts its stock by itself.",
        ),
        Waiver(
            "christmas#2",
            "price_inactive",
            WaiverMatch(metadata=MetadataMatch("orderNumber")),
            february,
            "Old orders are paid at the price they were made at.",
        ),
    )


@pytest.mark.parametrize(("old", "new", "said"), SPOILT.values(), ids=SPOILT.keys())
def test_one_thing_broken(old: str, new: str, said: str) -> None:
    """One thing wrong is one problem, at its place."""
    (found,) = broken(old, new)
    assert str(found) == f"shop.toml:{said}"


@pytest.mark.parametrize(("old", "new", "said"), SPOILT.values(), ids=SPOILT.keys())
def test_one_thing_broken_as_data(old: str, new: str, said: str) -> None:
    """The same as data: the place, the keys that lead there, and what is expected or which name is near."""
    (found,) = broken(old, new)
    check_data(found, said)


def test_changes_of_nothing() -> None:
    """A pipeline can be changed only where one is inherited."""
    found = broken('extends = "default"\n', "")
    assert "no pipeline of session.create to change: the file extends nothing" in "\n".join(map(str, found))

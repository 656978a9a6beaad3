"""Each way to break a file is reported in one line: file, line, column, what is wrong, and the nearest right name."""

from datetime import UTC, datetime

import pytest

from rules_engine import MetadataMatch, Mode, Waiver, WaiverMatch, default_policy, read_policy
from tests.policy.files import HEAD, WHOLE, broken, refusal_of, whole

START, END = "2026-12-01T00:00:00+02:00", "2027-01-07T00:00:00Z"
EXPIRE = '"session.expire" = ["session_missing"]'
OUT = '["price_sold_out", "price_expired"]'
ADDED = '{ price_missing = ["price_sold_out"] }'
CODE = 'code = "price_inactive"'
METADATA, KEY = '{ metadata = { key = "orderNumber" } }', '{ key = "orderNumber" }'
OPERATION = 'operation = "session.create"'
"""What the whole file has, once each."""

AN_INSTANT = "must be an instant with an offset, such as 2027-01-01T00:00:00Z"
ABSENT = "does not stand in the inherited pipeline of session.create"
TWICE = "stands twice in the pipeline of session.create"
A_MERCHANT = "must be a text that is the id of an account"
A_CODE = "must be a text that names the code that is waived"
A_MATCH = "match must be a table of one or more of merchant, operation, metadata"
"""What messages have in common."""

BROKEN = [
    ('merchant = "mer_1"\n', "merchant = 1\n", f"4:12: merchant {A_MERCHANT}"),
    ('merchant = "mer_1"\n', 'merchant = " "\n', f"4:12: merchant {A_MERCHANT}"),
    (START, '"2026-12-01T00:00:00+02:00"', f"5:18: effective_from {AN_INSTANT}"),
    (START, "2026-12-01T00:00:00", f"5:18: effective_from {AN_INSTANT}"),
    (END, "2027-01-07", f"6:19: effective_until {AN_INSTANT}"),
    (START, "0001-01-01T00:00:00+02:00", f"5:18: effective_from {AN_INSTANT}"),
    (END, "2026-11-30T22:00:00Z", "6:19: effective_until must come after effective_from"),
    (END, "2026-11-30T21:59:59Z", "6:19: effective_until must come after effective_from"),
    ("effective_until", "effective_util", "6:1: unknown key effective_util; did you mean effective_until?"),
    ("without =", "whithout = []\nwithout =", "12:1: unknown key whithout; did you mean without?"),
    (
        "without =",
        "replace = []\nwithout =",
        "12:1: unknown key replace; known here: without, insert_before, insert_after",
    ),
    (EXPIRE, '"session.expire" = { without = "session_missing" }', "9:32: expected a list of names of rules"),
    (OUT, OUT[:-1] + ", 1]", "12:47: expected the name of a rule"),
    (OUT, OUT[:-1] + ', "session_missing"]', f"12:47: session_missing {ABSENT}"),
    (OUT, OUT[:-1] + ', "price_inactiv"]', f"12:47: price_inactiv {ABSENT}; did you mean price_inactive?"),
    (OUT, OUT[:-1] + ', "price_expired"]', f"12:47: price_expired {ABSENT}"),
    ('{ price_inactive = ["price_expired"] }', '["price_expired"]', "13:1: insert_before must be a table"),
    ("{ price_inactive =", "{ session_missing =", f"13:19: session_missing {ABSENT}"),
    (ADDED, '{ price_missing = "price_sold_out" }', "14:34: expected a list of names of rules"),
    (ADDED, '{ price_missing = ["price_inactive"] }', f"14:35: price_inactive {TWICE}"),
    (ADDED, '{ price_missing = ["price_sold_out", "price_sold_out"] }', f"14:53: price_sold_out {TWICE}"),
    (
        ADDED,
        '{ price_missing = ["price_soldout"] }',
        "14:35: unknown rule price_soldout in session.create; did you mean price_sold_out?",
    ),
    (ADDED, '{ price_missing = ["session_missing"] }', "14:35: session_missing does not apply to session.create"),
    ("2027-01-01T00:00:00+02:00", "2027-01-01T00:00:00", f"18:42: enforce_from {AN_INSTANT}"),
    (
        '{ mode = "warn" }',
        '{ mode = "off", enforce_from = 2027-01-01T00:00:00Z }',
        "17:55: price_not_yet_active has an instant to be enforced from, and is in mode off",
    ),
    ("enforce_from", "enforced_from", "18:27: unknown key enforced_from; did you mean enforce_from?"),
    (
        'extends = "default"',
        "extends = 1",
        '3:11: extends must be "default", or the name of a file relative to this one',
    ),
    (
        'extends = "default"',
        'extends = ""',
        '3:11: extends must be "default", or the name of a file relative to this one',
    ),
    ("{ price_missing =", "{ price_mising =", f"14:18: price_mising {ABSENT}; did you mean price_missing?"),
    (
        EXPIRE,
        '"session.expire" = { without = ["session_missing"], insert_after = { session_missing = [] } }',
        "9:70: session_missing does not stand in the inherited pipeline of session.expire",
    ),
    (EXPIRE, '"session.expire" = 1', "9:20: a pipeline is a list of names of rules, or a table of changes"),
    ('id = "till"', "id = 1", "24:6: id must be a text that names the waiver"),
    (CODE, 'id = "till"\ncode = "price_inactive"', "31:6: the waiver at shop.toml:23:3 is called till already"),
    ('id = "till"', 'id = "christmas#2"', "30:3: the waiver at shop.toml:23:3 is called christmas#2 already"),
    ('code = "price_inactive"\n', "", f"30:3: code {A_CODE}"),
    (CODE, "code = 4", f"31:8: code {A_CODE}"),
    (
        CODE,
        'code = "price_inactiv"',
        "31:8: unknown code price_inactiv in the waiver christmas#2; did you mean price_inactive?",
    ),
    (
        CODE,
        'code = "parameter_unknown"',
        "31:8: the waiver christmas#2 cannot waive parameter_unknown, which is reported of requests that do not parse",
    ),
    (
        CODE,
        'code = "parameter_missing"',
        "31:8: the waiver christmas#2 cannot waive parameter_missing, which is reported of requests that do not parse",
    ),
    (
        CODE,
        'code = "creation_failed"',
        "31:8: the waiver christmas#2 cannot waive creation_failed, which is reported where a rule fails",
    ),
    ('match = { metadata = { key = "orderNumber" } }\n', "", f"30:3: {A_MATCH}"),
    (METADATA, "{}", f"32:9: {A_MATCH}"),
    (METADATA, '"mer_1"', f"32:9: {A_MATCH}"),
    (METADATA, '{ merchants = "mer_1" }', "32:11: unknown key merchants; did you mean merchant?"),
    (METADATA, '{ country = "EG" }', "32:11: unknown key country; known here: merchant, operation, metadata"),
    (METADATA, "{ merchant = 1 }", f"32:22: merchant {A_MERCHANT}"),
    (
        OPERATION,
        'operation = "session.creat"',
        "26:43: unknown operation session.creat in the waiver till; did you mean session.create?",
    ),
    (OPERATION, "operation = []", "26:43: operation must be a text that names an operation"),
    (
        OPERATION,
        'operation = "refund.create"',
        "26:9: the waiver till matches metadata in refund.create, which has no session",
    ),
    (KEY, '"orderNumber"', "32:22: metadata must be a table of a key and, where it matters, its value"),
    (KEY, '{ value = "x" }', "32:22: key must be a text that is a key of the session's metadata"),
    (KEY, '{ key = "orderNumber", values = "x" }', "32:45: unknown key values; did you mean value?"),
    (
        KEY,
        '{ key = "orderNumber", value = 88 }',
        "32:53: value must be a text; metadata that is no text is matched by its key alone",
    ),
    ('expires = 2027-02-01T00:00:00Z\nreason = "The till', 'reason = "The till', f"23:3: expires {AN_INSTANT}"),
    (
        'expires = 2027-02-01T00:00:00Z\nreason = "The till',
        'expires = 2027-02-01T00:00:00\nreason = "The till',
        f"27:11: expires {AN_INSTANT}",
    ),
    ('reason = "The till counts its stock by itself."\n', "", "23:3: reason must be a text that is the reason for it"),
    ('"The till counts its stock by itself."', '"  "', "28:10: reason must be a text that is the reason for it"),
    ('id = "till"', 'name = "till"', "24:1: unknown key name; known here: id, code, match, expires, reason"),
    ('id = "till"', 'reasons = "till"', "24:1: unknown key reasons; did you mean reason?"),
]


def test_the_file_as_it_is() -> None:
    """The file that the others are made of is a policy, and holds all that the file states."""
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


@pytest.mark.parametrize(("old", "new", "said"), BROKEN, ids=[said for *_, said in BROKEN])
def test_one_thing_broken(old: str, new: str, said: str) -> None:
    """One thing wrong is one problem, at its place: as text, and as data with the keys that lead there."""
    (found,) = broken(old, new)
    assert str(found) == f"shop.toml:{said}"
    assert (found.source, said.split(":")[:2]) == ("shop.toml", [str(found.line), str(found.column)])
    assert found.path != ()
    assert found.expected
    assert found.suggestion is None or said.endswith(f"; did you mean {found.suggestion}?")


def test_changes_of_nothing() -> None:
    """A pipeline can be changed only where one is inherited."""
    found = broken('extends = "default"\n', "")
    assert "no pipeline of session.create to change: the file extends nothing" in "\n".join(map(str, found))


def test_a_waiver_that_is_over() -> None:
    """A waiver that has expired already is valid: a loader knows no today."""
    old = WHOLE.replace("2027-02-01T00:00:00Z", "1999-01-01T00:00:00Z")
    assert [waiver.expires.year for waiver in read_policy(old).waivers] == [1999, 1999]


@pytest.mark.parametrize(
    ("waivers", "said"),
    [
        ("waivers = 1", "4:1: waivers must be an array of tables, each headed [[waivers]]"),
        ("waivers = [1]", "4:12: expected a waiver, which is a table"),
        ("[waivers]", "4:2: waivers must be an array of tables, each headed [[waivers]]"),
    ],
)
def test_waivers_of_another_kind(waivers: str, said: str) -> None:
    """Waivers are an array of tables, and nothing else."""
    assert read_policy(f"{HEAD}waivers = []\n").waivers == ()
    assert refusal_of(f"{HEAD}{waivers}\n") == [f"shop.toml:{said}"]

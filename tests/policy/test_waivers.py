"""Each way to spoil the waivers of a file is told in one line, at its place."""

import pytest

from rules_engine import PolicyError, read_policy
from tests.policy.whole import WHOLE, broken, check_data

SPOILT_WAIVERS = {
    "waiver id that is no text": (
        'id = "till"',
        "id = 1",
        "24:6: id must be a text that names the waiver",
    ),
    "two waivers of one name": (
        'code = "price_inactive"',
        'id = "till"\ncode = "price_inactive"',
        "31:6: the waiver at shop.toml:23:3 is called till already",
    ),
    "waiver named like one without a name": (
        'id = "till"',
        'id = "christmas#2"',
        "30:3: the waiver at shop.toml:23:3 is called christmas#2 already",
    ),
    "waiver without a code": (
        'code = "price_inactive"\n',
        "",
        "30:3: code must be a text that names the code that is waived",
    ),
    "code that is no text": (
        'code = "price_inactive"',
        "code = 4",
        "31:8: code must be a text that names the code that is waived",
    ),
    "unknown code": (
        'code = "price_inactive"',
        'code = "price_inactiv"',
        "31:8: unknown code price_inactiv; did you mean price_inactive?",
    ),
    "code of the wire": (
        'code = "price_inactive"',
        'code = "parameter_unknown"',
        "31:8: parameter_unknown is said of requests that do not parse, and cannot be waived",
    ),
    "code of wire and rules": (
        'code = "price_inactive"',
        'code = "parameter_missing"',
        "31:8: parameter_missing is said of requests that do not parse, and cannot be waived",
    ),
    "code of the engine": (
        'code = "price_inactive"',
        'code = "creation_failed"',
        "31:8: creation_failed is said where a rule fails, and cannot be waived",
    ),
    "waiver without a match": (
        'match = { metadata = { key = "orderNumber" } }\n',
        "",
        "30:3: match must be a table of one or more of merchant, operation, metadata",
    ),
    "waiver that matches everything": (
        '{ metadata = { key = "orderNumber" } }',
        "{}",
        "32:9: match must be a table of one or more of merchant, operation, metadata",
    ),
    "match that is a text": (
        '{ metadata = { key = "orderNumber" } }',
        '"mer_1"',
        "32:9: match must be a table of one or more of merchant, operation, metadata",
    ),
    "unknown match": (
        '{ metadata = { key = "orderNumber" } }',
        '{ merchants = "mer_1" }',
        "32:11: unknown key merchants; did you mean merchant?",
    ),
    "unlike match": (
        '{ metadata = { key = "orderNumber" } }',
        '{ country = "EG" }',
        "32:11: unknown key country; known here: merchant, operation, metadata",
    ),
    "merchant matched by a number": (
        '{ metadata = { key = "orderNumber" } }',
        "{ merchant = 1 }",
        "32:22: merchant must be a text that is the id of an account",
    ),
    "unknown operation": (
        'operation = "session.create"',
        'operation = "session.creat"',
        "26:43: unknown operation session.creat; did you mean session.create?",
    ),
    "operation that is no text": (
        'operation = "session.create"',
        "operation = []",
        "26:43: operation must be a text that names an operation",
    ),
    "metadata where there is no session": (
        'operation = "session.create"',
        'operation = "refund.create"',
        "26:60: refund.create has no session, whose metadata could match",
    ),
    "metadata that is a text": (
        '{ key = "orderNumber" }',
        '"orderNumber"',
        "32:22: metadata must be a table of a key and, where it matters, its value",
    ),
    "metadata without a key": (
        '{ key = "orderNumber" }',
        '{ value = "x" }',
        "32:22: key must be a text that is a key of the session's metadata",
    ),
    "metadata with an unknown key": (
        '{ key = "orderNumber" }',
        '{ key = "orderNumber", values = "x" }',
        "32:45: unknown key values; did you mean value?",
    ),
    "metadata with a number": (
        '{ key = "orderNumber" }',
        '{ key = "orderNumber", value = 88 }',
        "32:53: value must be a text; metadata that is no text is matched by its key alone",
    ),
    "waiver without an end": (
        'expires = 2027-02-01T00:00:00Z\nreason = "The till',
        'reason = "The till',
        "23:3: expires must be an instant with an offset, such as 2027-01-01T00:00:00Z",
    ),
    "waiver that ends without an offset": (
        'expires = 2027-02-01T00:00:00Z\nreason = "The till',
        'expires = 2027-02-01T00:00:00\nreason = "The till',
        "27:11: expires must be an instant with an offset, such as 2027-01-01T00:00:00Z",
    ),
    "waiver without a reason": (
        'reason = "The till counts its stock by itself."\n',
        "",
        "23:3: reason must be a text that says why",
    ),
    "blank reason": (
        '"The till counts its stock by itself."',
        '"  "',
        "28:10: reason must be a text that says why",
    ),
    "unknown key of a waiver": (
        'id = "till"',
        'name = "till"',
        "24:1: unknown key name; known here: id, code, match, expires, reason",
    ),
    "near key of a waiver": (
        'id = "till"',
        'reasons = "till"',
        "24:1: unknown key reasons; did you mean reason?",
    ),
}


@pytest.mark.parametrize(("old", "new", "said"), SPOILT_WAIVERS.values(), ids=SPOILT_WAIVERS.keys())
def test_one_thing_broken(old: str, new: str, said: str) -> None:
    """One thing wrong is one problem, at its place."""
    (found,) = broken(old, new)
    assert str(found) == f"shop.toml:{said}"


@pytest.mark.parametrize(("old", "new", "said"), SPOILT_WAIVERS.values(), ids=SPOILT_WAIVERS.keys())
def test_one_thing_broken_as_data(old: str, new: str, said: str) -> None:
    """The same as data: the place, the keys that lead there, and what is expected or which name is near."""
    (found,) = broken(old, new)
    check_data(found, said)


def test_a_waiver_that_is_over() -> None:
    """A waiver that has expired already is lawful: a loader knows no today."""
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
    head = 'schema_version = 1\nid = "shop"\nextends = "default"\n'
    assert read_policy(f"{head}waivers = []\n").waivers == ()
    with pytest.raises(PolicyError) as refusal:
        read_policy(f"{head}{waivers}\n", source="shop.toml")
    assert str(refusal.value) == f"shop.toml:{said}"

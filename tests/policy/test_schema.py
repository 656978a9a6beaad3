"""The JSON Schema of policy files: it admits what the loader reads, and refuses what a schema can see."""

import json
import tomllib
from datetime import date, datetime, time
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from rules_engine import CATALOGUE, RULES, read_policy
from rules_engine.operations import OPERATIONS
from rules_engine.policy import read
from rules_engine.policy.model import why_not_waivable
from rules_engine.policy.schema import policy_schema
from rules_engine.rules.limits import LIMITS
from tests.house.source import ROOT
from tests.policy.files import HEAD, WHOLE
from tests.policy.test_load import cash_limit
from tests.policy.test_read import REFUSED
from tests.policy.test_refusals import BROKEN as BROKEN_PARTS

SCHEMA = policy_schema()
VALIDATOR = Draft202012Validator(SCHEMA)
SHIPPED = [*(ROOT / "policies").glob("*.toml"), *(ROOT / "policies" / "merchants").glob("*.toml")]

UNSEEN = {
    '"2026-12-01T00:00:00+02:00"': "an instant is a text to a schema",
    "0001-01-01T00:00:00+02:00": "what UTC makes of an offset takes arithmetic",
    "2026-11-30T22:00:00Z": "two values are not compared",
    "2026-11-30T21:59:59Z": "two values are not compared",
    '{ price_missing = ["price_inactive"] }': "the inherited pipeline is in another file",
    '"session.expire" = { without = ["session_missing"], insert_after = { session_missing = [] } }': (
        "the inherited pipeline is in another file"
    ),
    'id = "till"\ncode = "price_inactive"': "keys of two tables are not compared",
    'id = "christmas#2"': "keys of two tables are not compared",
    'schema_version = 1.0\nid = "shop"\nextends = "default"\n': "1.0 is an integer to a schema",
    "[limits]\nmax_line_items = 10.0\n": "10.0 is an integer to a schema",
    'schema_version = 1\nid = "shop"\nextends = "strict.toml"\n': "whether there is a folder is not in the file",
}
"""What a schema cannot see, by what is broken, and why."""
BROKEN = [
    *((new, WHOLE.replace(old, new)) for old, new, _ in BROKEN_PARTS),
    # No schema is asked of what is no TOML, and the validator cannot print a number of thousands of digits.
    *(
        (text.removeprefix(HEAD), text)
        for text, said in REFUSED
        if not said.endswith((":", ": ")) and len(text) < 1_000
    ),
]


def _as_json(value: Any) -> Any:
    """Turn what TOML holds into what an editor hands to a schema."""
    if isinstance(value, dict):
        return {key: _as_json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_json(inner) for inner in value]
    return value.isoformat() if isinstance(value, datetime | date | time) else value


def _valid(text: str) -> bool:
    return bool(VALIDATOR.is_valid(_as_json(tomllib.loads(text))))


def test_is_a_schema() -> None:
    """It is a schema of the draft that it names, and plain JSON."""
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(SCHEMA)
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA


@pytest.mark.parametrize("text", [path.read_text("utf-8") for path in SHIPPED], ids=[path.stem for path in SHIPPED])
def test_admits_what_is_shipped(text: str) -> None:
    """Every shipped policy fits."""
    assert _valid(text)


def test_admits_everything_that_can_be_stated() -> None:
    """A file that states everything fits, and instants in every form that the loader reads."""
    assert _valid(WHOLE)
    assert _valid(HEAD + '[rules]\nprice_expired = { mode = "warn", enforce_from = 2027-01-01T00:00:00Z }\n')
    for instant in ("2027-01-01T00:00:00Z", "2027-01-01 00:00:00.123456-03:30", "2027-01-01t00:00:00z"):
        text = HEAD + f"effective_from = {instant}\n"
        assert _valid(text)
        assert read_policy(text).effective_from is not None
        assert VALIDATOR.is_valid({"schema_version": 1, "id": "x", "extends": "default", "effective_from": instant})


@pytest.mark.parametrize(("fault", "text"), BROKEN)
def test_refuses_what_it_can_see(fault: str, text: str) -> None:
    """Every broken file that the loader refuses is refused here too, but for those that a schema cannot see."""
    assert _valid(text) is (fault in UNSEEN)


def test_every_exception_is_one() -> None:
    """No exception is left over."""
    assert set(UNSEEN) <= {fault for fault, _ in BROKEN}


class TestComplete:
    """An editor completes everything that there is."""

    def test_keys(self) -> None:
        """Every key that a file, a rule, a waiver and a match may have."""
        properties = SCHEMA["properties"]
        assert set(properties) == set(read.KEYS)
        waiver = properties["waivers"]["items"]["properties"]
        assert (set(waiver), set(waiver["match"]["properties"])) == (set(read.WAIVER_KEYS), set(read.MATCH_KEYS))
        for rule in properties["rules"]["properties"].values():
            assert set(rule["properties"]) == set(read.RULE_KEYS)

    def test_rules(self) -> None:
        """Every rule with its sentence, and in each operation those that have something to stand on."""
        rules = SCHEMA["properties"]["rules"]["properties"]
        assert {name: rule["description"] for name, rule in rules.items()} == {
            rule.name: rule.sentence for rule in RULES
        }
        for operation, row in OPERATIONS.items():
            standing = [rule for rule in RULES if rule.scope in row.scopes]
            listed = SCHEMA["$defs"][f"rules of {operation}"]
            assert listed["enum"] == [rule.name for rule in standing]
            assert listed["x-taplo"]["docs"]["enumValues"] == [rule.sentence for rule in standing]

    def test_pipelines(self) -> None:
        """Every operation, as a list or as changes."""
        pipelines = SCHEMA["properties"]["pipelines"]["properties"]
        assert list(pipelines) == list(OPERATIONS)
        for pipeline in pipelines.values():
            whole, changes = pipeline["anyOf"]
            assert whole["type"] == "array"
            assert tuple(changes["properties"]) == read.PIPELINE_KEYS

    def test_limits(self) -> None:
        """Every limit with its sentence, unit, bounds and default."""
        limits = SCHEMA["properties"]["limits"]["properties"]
        assert list(limits) == [limit.name for limit in LIMITS]
        for limit in LIMITS:
            listed = limits[limit.name]
            assert listed["description"] == f"{limit.sentence} In {limit.unit}."
            if limit.members:
                assert set(listed["items"]["enum"]) == limit.members
                assert listed["default"] == sorted(limit.default)
            else:
                stated = (listed["minimum"], listed["maximum"], listed["default"])
                assert stated == (limit.minimum, limit.maximum, limit.default)

    def test_codes(self) -> None:
        """Every code that can be waived, and no other."""
        codes = SCHEMA["properties"]["waivers"]["items"]["properties"]["code"]["enum"]
        assert codes == [name for name, code in CATALOGUE.items() if why_not_waivable(code) is None]

    def test_rules_of_an_application(self) -> None:
        """An application's own rules and codes are completed where they are given."""
        schema = policy_schema([cash_limit])
        assert cash_limit.name in schema["properties"]["rules"]["properties"]
        assert cash_limit.name in schema["$defs"]["rules of session.create"]["enum"]
        assert cash_limit.code.name in schema["properties"]["waivers"]["items"]["properties"]["code"]["enum"]
        text = HEAD + '[rules]\ncash_limit = { mode = "shadow" }\n'
        assert Draft202012Validator(schema).is_valid(_as_json(tomllib.loads(text)))
        assert not _valid(text)

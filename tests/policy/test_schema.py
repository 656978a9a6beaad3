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
    "window that is a text": "an instant is a text to a schema",
    "window outside the calendar": "what UTC makes of an offset takes arithmetic",
    "window that ends as it starts": "two values are not compared",
    "window that ends before it starts": "two values are not compared",
    "insert what is there": "the inherited pipeline is in another file",
    "insert after what is taken out": "the inherited pipeline is in another file",
    "two waivers of one name": "keys of two tables are not compared",
    "waiver named like one without a name": "keys of two tables are not compared",
    "schema version that is no integer": "1.0 is an integer to a schema",
    "limit that is a float": "10.0 is an integer to a schema",
    "extends another file": "whether there is a folder is not in the file",
}
"""What a schema cannot see, and why."""
UNREADABLE = {"broken in the middle", "broken at the end", "key that stands twice"}
"""What is no TOML, so that no schema is asked."""
TOO_LONG = {"limit beyond what can be printed"}
"""What the validator fails on itself: it cannot print the number."""
BROKEN = {
    **{name: WHOLE.replace(old, new) for name, (old, new, _) in BROKEN_PARTS.items()},
    **{name: text for name, (text, _) in REFUSED.items() if name not in UNREADABLE | TOO_LONG},
}


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


def test_admits_everything_that_can_be_said() -> None:
    """A file that says everything fits, and instants in every form that the loader reads."""
    assert _valid(WHOLE)
    for instant in ("2027-01-01T00:00:00Z", "2027-01-01 00:00:00.123456-03:30", "2027-01-01t00:00:00z"):
        text = HEAD + f"effective_from = {instant}\n"
        assert _valid(text)
        assert read_policy(text).effective_from is not None
        assert VALIDATOR.is_valid({"schema_version": 1, "id": "x", "extends": "default", "effective_from": instant})


@pytest.mark.parametrize("name", BROKEN)
def test_refuses_what_it_can_see(name: str) -> None:
    """Every broken file that the loader refuses is refused here too, but for those that a schema cannot see."""
    assert _valid(BROKEN[name]) is (name in UNSEEN)


def test_every_exception_is_one() -> None:
    """No exception is left over."""
    assert set(UNSEEN) <= set(BROKEN)
    assert set(REFUSED) >= UNREADABLE | TOO_LONG


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

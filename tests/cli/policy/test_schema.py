"""`rules-engine policy schema`: the schema, as JSON."""

import json

from rules_engine.policy.schema import policy_schema
from tests.cli.conftest import Run


def test_schema(run: Run) -> None:
    """The schema of the library is printed, always the same."""
    ran = run("policy", "schema")
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out) == policy_schema()
    assert run("policy", "schema").out == ran.out

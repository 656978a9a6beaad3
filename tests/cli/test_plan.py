"""`rules-engine plan`: the rules of an operation in their order, and the function that is written of them."""

import ast
import json

from rules_engine import default_policy
from tests.cli.conftest import Run
from tests.cli.policy_files import write


def test_text(run: Run) -> None:
    """Each rule is a line, in the order of the pipeline, with its mode, its scope and the rules it needs."""
    header, *rows = run("plan", "session.create").out.splitlines()
    assert header.split() == ["session.create", "mode", "scope", "skipped", "because", "of"]
    assert [row.split()[0] for row in rows] == list(default_policy().pipelines["session.create"])
    (row,) = (row for row in rows if row.startswith("price_sold_out "))
    assert row.split() == ["price_sold_out", "enforce", "price", "quantity_out_of_range,", "price_missing"]


def test_every_operation(run: Run) -> None:
    """Without an operation, every pipeline of the policy is printed."""
    document = json.loads(run("plan", "--format", "json").out)
    assert document["policy"] == "default"
    assert {plan["operation"]: [rule["rule"] for rule in plan["rules"]] for plan in document["plans"]} == {
        operation: list(pipeline) for operation, pipeline in default_policy().pipelines.items()
    }


def test_policy_file(run: Run) -> None:
    """What a policy file switches off is not in the plan, and what it delays shows from when."""
    rules = 'price_inactive = { mode = "off" }\n'
    rules += 'price_sold_out = { mode = "warn", enforce_from = 2027-01-01T00:00:00+02:00 }\n'
    ran = run("plan", "session.create", "--policy", write("mine.toml", f"[rules]\n{rules}"), "--format", "json")
    (plan,) = json.loads(ran.out)["plans"]
    by_name = {rule["rule"]: rule for rule in plan["rules"]}
    assert "price_inactive" not in by_name
    delayed = {key: by_name["price_sold_out"][key] for key in ("mode", "mode_before", "enforce_from")}
    assert delayed == {"mode": "enforce", "mode_before": "warn", "enforce_from": "2026-12-31T22:00:00Z"}
    (row,) = (row for row in run("plan", "session.create", "--policy", "mine.toml").out.splitlines() if "2026" in row)
    assert row.split()[:6] == ["price_sold_out", "enforce", "from", "2026-12-31T22:00:00Z,", "warn", "before"]


def test_source(run: Run) -> None:
    """The generated function is a function that Python reads, and has the expression of a rule in the words of it."""
    source = run("plan", "session.expire", "--source").out
    (function,) = ast.parse(source).body
    assert isinstance(function, ast.FunctionDef)
    assert "for item in views['stored_session']:" in source
    assert ".status in ('complete', 'expired')" in source


def test_source_as_json(run: Run) -> None:
    """As JSON, the source is a text."""
    (plan,) = json.loads(run("plan", "session.expire", "--source", "--format", "json").out)["plans"]
    assert plan == {"operation": "session.expire", "source": run("plan", "session.expire", "--source").out}


def test_unknown_operation(run: Run) -> None:
    """An operation that does not exist is refused, with the nearest one."""
    ended = run("plan", "session.creat")
    assert ended.code == 2
    assert "unknown operation session.creat; did you mean session.create" in ended.err

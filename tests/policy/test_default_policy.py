"""The built-in policy: every rule, in its documented order, enforced, every limit at its default."""

from pathlib import Path

from rules_engine import OPERATIONS, RULES, default_policy
from rules_engine.policy.load import load_policy

ROOT = Path(__file__).parents[2]


def test_file_for_reading() -> None:
    """The generated file among the policies is the built-in policy."""
    read, built = load_policy(ROOT / "policies" / "default.toml"), default_policy()
    assert (read.id, read.pipelines, read.limits, read.modes) == (built.id, built.pipelines, built.limits, built.modes)


def test_names_every_rule() -> None:
    """Every rule stands in a pipeline, so none is forgotten."""
    named = {name for pipeline in default_policy().pipelines.values() for name in pipeline}
    assert named == {registered.name for registered in RULES}


def test_exceptions_are_of_operations_that_have_the_scope() -> None:
    """A row leaves out operations that it would be asked in, and no other, each with a reason."""
    astray = [
        (rule.name, operation)
        for rule in RULES
        for operation, reason in rule.except_in.items()
        if rule.scope not in OPERATIONS[operation].scopes or not reason
    ]
    assert astray == []


def test_needs_that_stand_in_the_pipeline_come_first() -> None:
    """The order of a report reads from cause to consequence: no rule comes before one that it needs."""
    needs = {registered.name: {need.name for need in registered.needs} for registered in RULES}
    early = [
        (operation, name, need)
        for operation, pipeline in default_policy().pipelines.items()
        for position, name in enumerate(pipeline)
        for need in needs[name].intersection(pipeline[position:])
    ]
    assert early == []

"""Nothing but the policy orders a report."""

import os
import random
import subprocess
import sys
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules_engine import Engine, Verdict, default_policy, validate
from rules_engine.examples import counterexamples
from rules_engine.models import Draft
from rules_engine.testing.strategies import documents, drafts
from tests.profiles import scaled
from tests.properties.tried import on_every_operation

ENGINE = Engine()

_MAKE_ALL = """
import sys
from rules_engine import validate, write_json
from rules_engine.examples import changed, counterexamples, examples
from rules_engine.testing import witnesses
from rules_engine.testing.history import history

for example, document in examples().items():
    for counterexample in counterexamples():
        if counterexample.example == example:
            try:
                document = changed(document, counterexample.changes)
                print(example, counterexample.rule, validate(document))
            except Exception as error:
                print(example, counterexample.rule, repr(error))
print(write_json(dict(witnesses())))
print(list(history(300, 7)))
"""


def _shuffled(value: Any, order: random.Random) -> Any:
    if isinstance(value, list):
        return [_shuffled(item, order) for item in value]
    if not isinstance(value, dict):
        return value
    keys = list(value)
    order.shuffle(keys)
    return {key: _shuffled(value[key], order) for key in keys}


def _sorted(verdict: Verdict) -> list[list[str]]:
    parts = (verdict.violations, verdict.warnings, verdict.shadowed, verdict.undecided, verdict.faults)
    skipped = [attrs.evolve(item, because_of=tuple(sorted(item.because_of))) for item in verdict.skipped]
    return [sorted(map(repr, part)) for part in (*parts, skipped)]


@on_every_operation(25)
def test_permuted_policy(operation: str, data: st.DataObject) -> None:
    """Permuting a pipeline permutes what is reported, and does nothing else."""
    draft: Draft[Any] = data.draw(drafts(operation))
    policy = default_policy()
    permuted = policy.with_pipeline(operation, data.draw(st.permutations(policy.pipelines[operation])))
    assert _sorted(Engine(permuted).validate(draft)) == _sorted(ENGINE.validate(draft))


@on_every_operation(25)
def test_order_of_a_report(operation: str, data: st.DataObject) -> None:
    """Violations come by policy position, then by item index."""
    verdict = validate(data.draw(drafts(operation)))
    positions = {name: position for position, name in enumerate(default_policy().pipelines[operation])}
    places = [
        (positions[str(found.rule)], *map(int, filter(str.isdigit, found.pointer.split("/"))))
        for found in verdict.violations
    ]
    assert places == sorted(places)


@settings(max_examples=scaled(200))
@given(documents(), st.integers(0, 1_000))
def test_shuffled_facts(document: dict[str, Any], seed: int) -> None:
    """The order of the keys of facts changes nothing, to the byte."""
    order = random.Random(seed)  # noqa: S311  # a shuffle, no secret
    shuffled = {**document, "facts": _shuffled(document["facts"], order)}
    assert repr(validate(shuffled)) == repr(validate(document))


@pytest.mark.slow
def test_hash_seeds() -> None:
    """Verdicts, witnesses and a made-up history are the same, to the byte, under several hash seeds."""
    outputs = set()
    for seed in ("0", "1", "4242"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", _MAKE_ALL]
        outputs.add(subprocess.run(command, env=environment, capture_output=True, check=True).stdout)  # noqa: S603  # the project's own code
    assert len(outputs) == 1
    assert len(outputs.pop().splitlines()) == len(counterexamples()) + 2

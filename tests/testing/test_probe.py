"""The rule that raises, for documents that ask for it."""

from typing import Any

import pytest

from rules_engine import OPERATIONS, DraftError, Mode, default_policy, validate, write_json
from rules_engine.policy.load import read_policy
from rules_engine.testing import counterexamples, examples, judge

ASKED: dict[str, Any] = {"probe": "raise"}
WITH_ITEMS = [name for name, example in examples().items() if OPERATIONS[example["operation"]].scopes]
"""The examples of the operations that have items for rules to run on."""


@pytest.mark.parametrize("example", WITH_ITEMS)
def test_refuses_a_valid_example(example: str) -> None:
    """A valid example that asks for it gets the code of its operation for a rule that raises; the fault names it."""
    document = examples()[example]
    verdict = judge({**document, **ASKED})
    assert verdict.codes == (OPERATIONS[document["operation"]].fault_code.name,)
    assert {fault.error for fault in verdict.faults} == {"ProbeError"}
    assert len(verdict.faults) == len(verdict.violations)


@pytest.mark.parametrize("example", examples())
def test_validate_ignores_it(example: str) -> None:
    """`validate` judges without it, and so does `judge` where a document does not ask for it in these words."""
    document = examples()[example]
    assert validate({**document, **ASKED}) == validate(document)
    assert judge(document) == judge({**document, "probe": "else"}) == validate(document)


@pytest.mark.parametrize(
    "counterexample", counterexamples(), ids=lambda counterexample: f"{counterexample.rule}-{counterexample.example}"
)
def test_only_adds(counterexample: Any) -> None:
    """Whatever is reported without it is reported with it too, in the same order."""
    document = counterexample.document()
    found, more = validate(document).violations, judge({**document, **ASKED}).violations
    assert tuple(violation for violation in more if violation in found) == found
    assert {violation.code.name for violation in more} >= {violation.code.name for violation in found}


def test_request_that_does_not_parse() -> None:
    """A request that does not parse has no rules run, and so none that raises."""
    document = {**examples()["create"], "request": [], **ASKED}
    assert judge(document) == validate(document)
    assert judge(document).codes == ("invalid_request",)


def test_text() -> None:
    """A document as JSON text, or as its bytes, is read alike."""
    document = {**examples()["create"], **ASKED}
    text = write_json(document)
    assert judge(text) == judge(text.encode()) == judge(document)
    assert judge(text).codes == ("creation_failed",)


def test_policy() -> None:
    """The rule runs beside the rules of the policy that is given."""
    policy = read_policy('schema_version = 1\nid = "mine"\nextends = "default"\n[limits]\nmax_line_items = 2\n')
    verdict = judge({**examples()["create"], **ASKED}, policy=policy)
    assert (verdict.policy, verdict.codes) == ("mine", ("parameter_out_of_range", "creation_failed"))
    assert judge({**examples()["create"], **ASKED}, policy=default_policy()).policy == "default"


def test_enforced() -> None:
    """The rule refuses: it is no warning and no shadow."""
    verdict = judge({**examples()["expire"], **ASKED})
    assert [fault.mode for fault in verdict.faults] == [Mode.ENFORCE]


@pytest.mark.parametrize("document", ["[", "[]", "", {**ASKED}, {**examples()["create"], **ASKED, "facts": {}}])
def test_no_draft(document: Any) -> None:
    """What is no draft document is refused as everywhere."""
    with pytest.raises(DraftError):
        judge(document)

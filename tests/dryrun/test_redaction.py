"""No report repeats a secret, whoever sent it and whatever came of it."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules_engine import OPERATIONS
from rules_engine.dryrun.history.files import Record
from rules_engine.dryrun.replay import replay
from rules_engine.dryrun.showing import redacted
from rules_engine.dryrun.task import task_of
from rules_engine.examples import examples
from rules_engine.testing.strategies import policies
from rules_engine.wire.converter import camel_case
from tests.dryrun.samples import DEFAULT, of_policy, text_of
from tests.profiles import scaled
from tests.properties.test_secrets import SECRET_FIELDS, SECRETS, Secrets, malformed, planted


def _reports(document: dict[str, Any], data: st.DataObject) -> list[str]:
    candidate = of_policy(data.draw(policies(document["operation"])))
    tasks = (task_of(candidate, DEFAULT, by_merchant=True), task_of(candidate))
    records = [Record("h:1", document)]
    return [text_of(replay(records, task)) for task in tasks]


def _told(secrets: Secrets, texts: list[str]) -> list[str]:
    return [*secrets.found_in(texts), *(text for text in texts if secrets.tokens[3] in text)]


@settings(max_examples=scaled(10))
@pytest.mark.parametrize("operation", OPERATIONS)
@given(data=st.data())
def test_what_is_judged(operation: str, data: st.DataObject) -> None:
    """Exemplars show drafts and verdicts without a word of their secrets, the idempotency key included."""
    secrets = data.draw(SECRETS)
    document = {**data.draw(planted(operation, secrets)), "recorded": {"codes": data.draw(_codes(secrets))}}
    document["id"] = data.draw(st.sampled_from(("d_1", *secrets.recognisable)))
    assert _told(secrets, _reports(document, data)) == []


@settings(max_examples=scaled(10))
@pytest.mark.parametrize("operation", OPERATIONS)
@given(data=st.data())
def test_what_is_malformed(operation: str, data: st.DataObject) -> None:
    """A document that is malformed where its secrets stand is told of without a word of them."""
    secrets = data.draw(SECRETS)
    document = data.draw(malformed(operation, secrets))
    assert _told(secrets, _reports(document, data)) == []


def _codes(secrets: Secrets) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(("price_expired", *secrets.recognisable)), max_size=2)


def test_a_merchant_that_is_called_like_a_secret() -> None:
    """Where merchants are told apart, one whose id has the form of a secret is not named."""
    example = examples()["create"]
    name = "sk_live_0123456789abcdef"
    facts = {**example["facts"], "merchant": {**example["facts"]["merchant"], "id": name}}
    report = replay([Record("h:1", {**example, "facts": facts})], task_of(DEFAULT, DEFAULT, by_merchant=True))
    assert set(report.groups["merchant"]) == {"***"}
    assert name not in text_of(report)


def test_every_secret_field_is_hidden() -> None:
    """What no representation shows, no report shows, wherever it stands; everything else stays."""
    for field in SECRET_FIELDS:
        name = camel_case(field.partition(".")[2])
        assert redacted({"x": [{name: "anything", "id": "y"}]}) == {"x": [{name: "***", "id": "y"}]}
    assert redacted({"clientSecret": None, "n": 1, "list": [True, None]}) == {
        "clientSecret": None,
        "n": 1,
        "list": [True, None],
    }


@given(SECRETS)
def test_known_by_their_form(secrets: Secrets) -> None:
    """A secret that stands where it does not belong, or as a name, is known by its form."""
    for text in secrets.recognisable:
        assert redacted([text, {text: 1}]) == ["***", {"***": "***"}]


def test_what_is_no_secret_is_shown() -> None:
    """A clean draft of an operation without secrets is shown as it is."""
    for document in examples("price.create").values():
        assert redacted(document) == document

"""The drafts that a report shows are chosen by a hash, and show no more than they may: no secret, whoever sent it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules_engine import OPERATIONS
from rules_engine.dryrun.history.files import Record
from rules_engine.dryrun.replay import Replay, replay
from rules_engine.dryrun.report import Transition, exemplar_key
from rules_engine.dryrun.showing import redacted
from rules_engine.dryrun.task import Task
from rules_engine.examples import REMOVED, changed, examples
from rules_engine.testing.strategies import policies
from rules_engine.wire.converter import camel_case
from tests.dryrun.samples import DEFAULT, history, of_policy, record, text_of
from tests.profiles import scaled
from tests.properties.test_secrets import SECRET_FIELDS, SECRETS, Secrets, malformed, planted

CLEAN = examples()["create"]
REFUSED = changed(CLEAN, {"/request/mode": "none", "/id": REMOVED})
IDS = [f"d_{number}" for number in range(40)]


def _shown(records: list[Record], *, seed: int = 0, sample: int = 3) -> Transition:
    (transition,) = replay(records, Task(DEFAULT, DEFAULT, seed=seed, sample=sample)).transitions.values()
    return transition


def _ids(seed: int, sample: int = 3) -> list[str | None]:
    records = history(*({**REFUSED, "id": name} for name in IDS))
    return [exemplar.id for exemplar in _shown(records, seed=seed, sample=sample).exemplars]


@pytest.mark.parametrize("seed", [0, 1, 2**64 - 1])
def test_the_smallest_by_a_seeded_hash(seed: int) -> None:
    """The first few by the hash of their id are kept, in its order."""
    assert _ids(seed) == sorted(IDS, key=lambda name: exemplar_key(seed, name))[:3]


def test_another_seed_chooses_others() -> None:
    """The seed decides; the same seed decides the same."""
    assert _ids(1) == _ids(1)
    assert _ids(1) != _ids(2)


def test_how_many() -> None:
    """As many as there are and as are asked for; with none asked for, no draft is shown at all."""
    assert len(_ids(0, 100)) == len(IDS)
    assert _ids(0, 0) == []
    transition = _shown(history(REFUSED), sample=0)
    assert (transition.tally.drafts, transition.smallest) == (1, None)


def test_ties() -> None:
    """Of drafts with one id, those in the first places are kept."""
    records = [record({**REFUSED, "id": "same"}, line) for line in (5, 3, 9, 1)]
    assert [exemplar.place for exemplar in _shown(records).exemplars] == [f"history.jsonl:{n}" for n in (1, 3, 5)]


def test_without_an_id() -> None:
    """A draft without an id is known by its text; white space around it does not count."""
    text = _text(REFUSED)
    first, second = _shown(history(text)).exemplars[0], _shown(history(b" " + text + b"\r\n")).exemplars[0]
    assert first.id is None
    assert (first.key, first.size) == (second.key, second.size) == (exemplar_key(0, text), len(text))


def test_the_smallest_draft() -> None:
    """The shortest draft that shows a transition is kept, whatever its hash; of equals, the first by hash."""
    records = history(*({**REFUSED, "id": name} for name in IDS), {**REFUSED, "id": "a"}, {**REFUSED, "id": "b"})
    smallest = _shown(records).smallest
    assert smallest is not None
    assert smallest.id == min("ab", key=lambda name: exemplar_key(0, name))


def test_what_an_earlier_part_puts_behind() -> None:
    """Of a transition that was shown as often as is asked for, a later part shows what comes before that alone."""
    names = sorted(IDS, key=lambda name: exemplar_key(0, name))
    replay_next = Replay(Task(DEFAULT, DEFAULT, sample=2)).report_of

    def shown(*places: int) -> list[str | None]:
        part = replay_next(history(*({**REFUSED, "id": names[place]} for place in places)))
        (transition,) = part.transitions.values()
        return [exemplar.id for exemplar in transition.exemplars]

    assert shown(1, 3) == [names[1], names[3]]
    assert shown(4, 5) == []
    assert shown(0, 2) == [names[0]]


def test_what_is_accepted_both_times_is_not_shown() -> None:
    """Nothing is to be seen in a draft that was accepted and is."""
    assert _shown(history(CLEAN, CLEAN)) == Transition(_shown(history(CLEAN, CLEAN)).tally)


def test_shown_with_both_verdicts() -> None:
    """The document stands there, with what both sides say of it."""
    (exemplar,) = _shown(history({**REFUSED, "id": "d_1"})).exemplars
    assert exemplar.document == {**REFUSED, "id": "d_1"}
    assert exemplar.before is not None
    assert exemplar.before == exemplar.after
    assert exemplar.before.codes == ("parameter_invalid",)
    recorded = replay(history(REFUSED | {"recorded": {"codes": []}}), Task(DEFAULT))
    (exemplar,) = recorded.transitions[(), ("parameter_invalid",)].exemplars
    assert exemplar.before is None


def test_a_long_draft_is_named_only() -> None:
    """A draft of more than 64 KiB is counted and named, and not repeated."""
    (exemplar,) = _shown(history({**REFUSED, "note": "x" * (1 << 16)})).exemplars
    assert exemplar.document is None
    assert exemplar.size > 1 << 16


def _text(document: Mapping[str, Any]) -> bytes:
    text = record(document, 1).document
    assert isinstance(text, bytes)
    return text


def _nested(depth: int) -> bytes:
    return _text(REFUSED)[:-1] + b', "note": ' + b"[" * depth + b"]" * depth + b"}"


@pytest.mark.parametrize("depth", [10, 100, 400, 900])
def test_a_deep_draft(depth: int) -> None:
    """However deeply the parts that are not read are nested, a draft is judged, and shown where it can be."""
    (exemplar,) = _shown(history(_nested(depth))).exemplars
    assert (exemplar.document is None) is (depth > 64)


def test_a_draft_in_another_encoding() -> None:
    """A document in UTF-16 is judged and shown like any."""
    text = _nested(1).decode().encode("utf-16-be") + " ".encode("utf-16-be")
    (exemplar,) = _shown(history(text)).exemplars
    assert exemplar.document is not None
    assert exemplar.document["request"] == REFUSED["request"]


@pytest.mark.parametrize(
    "odd",
    [
        pytest.param(object(), id="an object"),
        pytest.param(float("nan"), id="not a number"),
        pytest.param({1: 2}, id="keys that are no texts"),
        pytest.param(10**500, id="a long number"),
    ],
)
@pytest.mark.parametrize("name", [None, "d_1"])
def test_values_that_are_no_json(odd: Any, name: str | None) -> None:
    """Columns that are not read may hold anything: the draft is judged, and named by its id or its place."""
    document: Mapping[str, Any] = MappingProxyType({**REFUSED, "note": odd, "id": name})
    (exemplar,) = _shown([Record("p:1:1", document)]).exemplars
    assert exemplar.document is None
    assert exemplar.key == exemplar_key(0, name or "p:1:1")


def test_columns_are_shown_as_texts_are() -> None:
    """A document of plain values is shown and chosen like its text, fractions included."""
    document = {**REFUSED, "id": "d_1", "request": {**REFUSED["request"], "x": 1.5}}
    columns = Record("history.jsonl:1", MappingProxyType(document))
    assert _shown([columns]) == _shown(history(_text(document)))


def _reports(document: dict[str, Any], data: st.DataObject) -> list[str]:
    candidate = of_policy(data.draw(policies(document["operation"])))
    tasks = (Task(candidate, DEFAULT, by_merchant=True), Task(candidate))
    records = [Record("h:1", document)]
    return [text_of(replay(records, task)) for task in tasks]


def _found(secrets: Secrets, texts: list[str]) -> list[str]:
    return [*secrets.found_in(texts), *(text for text in texts if secrets.tokens[3] in text)]


@settings(max_examples=scaled(10))
@pytest.mark.parametrize("operation", OPERATIONS)
@given(data=st.data())
def test_what_is_judged(operation: str, data: st.DataObject) -> None:
    """Exemplars show drafts and verdicts without a word of their secrets, the idempotency key included."""
    secrets = data.draw(SECRETS)
    document = {**data.draw(planted(operation, secrets)), "recorded": {"codes": data.draw(_codes(secrets))}}
    document["id"] = data.draw(st.sampled_from(("d_1", *secrets.recognisable)))
    assert _found(secrets, _reports(document, data)) == []


@settings(max_examples=scaled(10))
@pytest.mark.parametrize("operation", OPERATIONS)
@given(data=st.data())
def test_what_is_malformed(operation: str, data: st.DataObject) -> None:
    """A document that is malformed where its secrets stand is reported without a word of them."""
    secrets = data.draw(SECRETS)
    document = data.draw(malformed(operation, secrets))
    assert _found(secrets, _reports(document, data)) == []


def _codes(secrets: Secrets) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(("price_expired", *secrets.recognisable)), max_size=2)


def test_a_merchant_that_is_called_like_a_secret() -> None:
    """Where drafts are grouped by merchant, one whose id has the form of a secret is not named."""
    example = examples()["create"]
    name = "sk_live_0123456789abcdef"
    facts = {**example["facts"], "merchant": {**example["facts"]["merchant"], "id": name}}
    report = replay([Record("h:1", {**example, "facts": facts})], Task(DEFAULT, DEFAULT, by_merchant=True))
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

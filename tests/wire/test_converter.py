"""Values are read as what they are or not at all, and written as they were read."""

import traceback
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

import attrs
import pytest
from cattrs import Converter
from hypothesis import given, settings
from hypothesis import strategies as st

from rules_engine.models import UNSET, Facts, Price, SessionUpdate, Unset
from rules_engine.wire.converter import (
    FACTS,
    REQUESTS,
    SHAPE_ERRORS,
    FaultKind,
    InvalidValueError,
    ShapeFault,
    camel_case,
    shape_faults,
)
from rules_engine.wire.json_text import read_json, write_json
from tests.profiles import scaled
from tests.wire.shapes import (
    FACT_MODELS,
    REQUEST_MODELS,
    SAMPLES,
    required_fields,
    shape_of,
    smallest_document,
)

STRICT = [pytest.param(REQUESTS, model, id=f"request {model.__name__}") for model in REQUEST_MODELS]
TOLERANT = [pytest.param(FACTS, model, id=f"facts {model.__name__}") for model in FACT_MODELS]
MODELS = [*STRICT, *TOLERANT]


def faults_of(converter: Converter, model: Any, document: Any) -> list[ShapeFault]:
    """Read a document and list its faults."""
    try:
        converter.structure(document, model)
    except SHAPE_ERRORS as error:
        return list(shape_faults(error, document))
    return []


@pytest.mark.parametrize(("converter", "model"), MODELS)
@settings(max_examples=scaled(30))
@given(st.data())
def test_what_is_written_is_read_back(converter: Converter, model: Any, data: st.DataObject) -> None:
    """Every value of every model is itself again after it was written as JSON text and read."""
    value = data.draw(shape_of(model).values)
    text = write_json(converter.unstructure(value))
    assert converter.structure(read_json(text, largest=len(text)), model) == value


@pytest.mark.parametrize(("converter", "model"), MODELS)
def test_smallest_document_is_read(converter: Converter, model: Any) -> None:
    """A document that states every field without a default, and nothing else, has no fault."""
    assert faults_of(converter, model, smallest_document(model)) == []


@pytest.mark.parametrize(("converter", "model"), MODELS)
def test_nothing_is_coerced(converter: Converter, model: Any) -> None:
    """A value of another JSON type than its field's is the one fault of the document, at the key of the field."""
    for field in attrs.fields(model):
        key, admitted = camel_case(field.name), shape_of(field.type).admits
        if converter is FACTS:
            admitted |= {"null"}
        for name in SAMPLES.keys() - admitted:
            faults = faults_of(converter, model, {**smallest_document(model), key: SAMPLES[name]})
            assert [(fault.kind, fault.path) for fault in faults] == [(FaultKind.INVALID, (key,))], name


@pytest.mark.parametrize(("converter", "model"), MODELS)
def test_what_a_field_admits_is_read(converter: Converter, model: Any) -> None:
    """A value of a JSON type of its field is no fault of the field."""
    for field in attrs.fields(model):
        key = camel_case(field.name)
        for name in shape_of(field.type).admits:
            faults = faults_of(converter, model, {**smallest_document(model), key: SAMPLES[name]})
            assert [fault for fault in faults if fault.path == (key,)] == [], name


@pytest.mark.parametrize(("converter", "model"), MODELS)
@pytest.mark.parametrize("sample", ["null", "boolean", "integer", "fraction", "string", "array"])
def test_model_is_read_from_an_object_only(converter: Converter, model: Any, sample: str) -> None:
    """What is no object at all is no document of any model."""
    assert faults_of(converter, model, SAMPLES[sample]) == [ShapeFault(FaultKind.INVALID, (), "an object")]


@pytest.mark.parametrize(("converter", "model"), MODELS)
def test_required_field_is_missing(converter: Converter, model: Any) -> None:
    """A document without a field that has no default has one fault: the key is missing."""
    for name, _ in required_fields(model):
        document = smallest_document(model)
        del document[camel_case(name)]
        assert faults_of(converter, model, document) == [
            ShapeFault(FaultKind.MISSING, (camel_case(name),), "a value"),
        ]


@pytest.mark.parametrize(("converter", "model"), STRICT)
def test_request_has_no_unknown_key(converter: Converter, model: Any) -> None:
    """A key that the model of a request does not know is a fault, and so is a Python name of a field."""
    keys = tuple(camel_case(field.name) for field in attrs.fields(model))
    names = {field.name for field in attrs.fields(model)} - set(keys)
    for key in ("", "unheardOf", *sorted(names)):
        (fault,) = faults_of(converter, model, {**smallest_document(model), key: None})
        assert (fault.kind, fault.path, fault.known) == (FaultKind.UNKNOWN, (key,), keys)


@pytest.mark.parametrize(("converter", "model"), TOLERANT)
def test_facts_pass_over_unknown_keys(converter: Converter, model: Any) -> None:
    """A key that the model of a fact does not know changes nothing, whatever it holds."""
    document = smallest_document(model)
    for sample in SAMPLES.values():
        assert converter.structure({**document, "unheardOf": sample}, model) == converter.structure(document, model)


@pytest.mark.parametrize(("converter", "model"), TOLERANT)
def test_null_of_a_fact_is_the_same_as_absent(converter: Converter, model: Any) -> None:
    """A null in a fact reads as if the key were not there: a default, or a missing key."""
    document = smallest_document(model)
    for field in attrs.fields(model):
        key = camel_case(field.name)
        without = {name: value for name, value in document.items() if name != key}
        with_null = {**document, key: None}
        assert faults_of(converter, model, with_null) == faults_of(converter, model, without)
        if field.default is not attrs.NOTHING:
            assert converter.structure(with_null, model) == converter.structure(without, model)


def test_null_in_a_map_of_facts_is_the_same_as_absent() -> None:
    """A null entry of a map by id is nobody's look-up: the entry is not there."""
    facts = FACTS.structure({"now": "2026-11-22T10:00:00Z", "prices": {"price_1": None}}, Facts)
    assert facts.prices == {}


@pytest.mark.parametrize("field", attrs.fields(SessionUpdate), ids=lambda field: camel_case(field.name))
def test_update_tells_absent_from_null(field: Any) -> None:
    """What an update does not send is UNSET, a null is None where it can clear, and both survive the text."""
    key, nullable = camel_case(field.name), "null" in shape_of(field.type).admits
    assert getattr(REQUESTS.structure({}, SessionUpdate), field.name) is UNSET
    if not nullable:
        assert [fault.path for fault in faults_of(REQUESTS, SessionUpdate, {key: None})] == [(key,)]
        return
    cleared = REQUESTS.structure({key: None}, SessionUpdate)
    assert {name: value for name, value in attrs.asdict(cleared).items() if value is not UNSET} == {field.name: None}
    assert write_json(REQUESTS.unstructure(cleared)) == f'{{"{key}": null}}'


def test_update_that_sends_nothing_is_empty() -> None:
    """An update without a field is written as an empty object."""
    assert REQUESTS.unstructure(SessionUpdate()) == {}


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        (str, 1, "a string"),
        (bool, 1, "true or false"),
        (int, "1", "an integer"),
        (datetime, "now", "an RFC 3339 instant with an offset, such as 2026-11-22T10:00:00Z"),
        (Literal["en", "ar"], "fr", "one of en, ar"),
        (tuple[str, ...], {}, "an array"),
        (Mapping[str, int], [], "an object"),
        (str | None, 1, "a string"),
        (str | Unset | None, 1, "a string"),
        (str | Unset, None, "a string"),
    ],
    ids=str,
)
def test_expected_phrase(kind: Any, value: Any, expected: str) -> None:
    """A value of the wrong type is told by what stands in its place, in the words of JSON."""
    with pytest.raises(InvalidValueError) as caught:
        REQUESTS.structure(value, kind)
    assert caught.value.expected == expected


def test_every_fault_of_a_list_of_a_request_is_told() -> None:
    """A list in a request tells every item at fault."""
    body = {"discounts": [1, {}, 2, {"coupon": 3}]}
    assert [fault.path for fault in faults_of(REQUESTS, SessionUpdate, body)] == [
        ("discounts", 0),
        ("discounts", 2),
        ("discounts", 3, "coupon"),
    ]


@pytest.mark.parametrize(
    ("part", "path"),
    [
        ({"prices": {"a": smallest_document(Price), "b": 1, "c": 2}}, ("prices", "b")),
        ({"missing": {"prices": ["a", 1, 2]}}, ("missing", "prices", 1)),
    ],
    ids=["map", "list"],
)
def test_first_fault_of_a_list_of_facts_is_told(part: dict[str, Any], path: tuple[str | int, ...]) -> None:
    """A list or a map in the facts tells the first item at fault and looks no further."""
    document = {"now": "2026-11-22T10:00:00Z", **part}
    assert [fault.path for fault in faults_of(FACTS, Facts, document)] == [path]


def test_error_keeps_no_value() -> None:
    """A value that is refused stands nowhere in the errors that a host may log."""
    secret = "cs_test_1_secret_Xyz"  # noqa: S105  # the stand-in for one
    document = {
        "now": secret,
        "merchant": {"id": "m", "supportedCurrencies": [{"code": "EGP", "paymentMethodTypes": [secret]}]},
    }
    with pytest.raises(SHAPE_ERRORS) as caught:
        FACTS.structure(document, Facts)
    assert secret not in "".join(traceback.format_exception(caught.value))

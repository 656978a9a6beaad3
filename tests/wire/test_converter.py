"""Values are read as what they are or not at all; all faults of a document are reported, in document order."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

import attrs
import pytest
from cattrs import Converter
from hypothesis import given
from hypothesis import strategies as st

from rules_engine.models import UNSET, Facts, LineItem, Price, SessionCreate, SessionExpire, SessionUpdate, Unset
from rules_engine.path import Path
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
from rules_engine.wire.json_text import write_json
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
    """A null entry of a map by id is not there."""
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
    """A value of the wrong type is reported by what stands in its place, in the words of JSON."""
    with pytest.raises(InvalidValueError) as caught:
        REQUESTS.structure(value, kind)
    assert caught.value.expected == expected


@pytest.mark.parametrize(
    ("part", "path"),
    [
        ({"prices": {"a": smallest_document(Price), "b": 1, "c": 2}}, ("prices", "b")),
        ({"missing": {"prices": ["a", 1, 2]}}, ("missing", "prices", 1)),
    ],
    ids=["map", "list"],
)
def test_first_fault_of_a_list_of_facts_is_reported(part: dict[str, Any], path: tuple[str | int, ...]) -> None:
    """A list or a map in the facts tells the first item at fault and looks no further."""
    document = {"now": "2026-11-22T10:00:00Z", **part}
    assert [fault.path for fault in faults_of(FACTS, Facts, document)] == [path]


MISSING, INVALID, UNKNOWN = FaultKind.MISSING, FaultKind.INVALID, FaultKind.UNKNOWN


def places(document: Any, model: type[Any] = SessionCreate) -> list[tuple[FaultKind, Path]]:
    """List what is wrong and where."""
    return [(fault.kind, fault.path) for fault in faults_of(REQUESTS, model, document)]


AT_FAULT: dict[str, tuple[Any, list[tuple[FaultKind, Path]]]] = {
    "mode": (1, [(INVALID, ("mode",))]),
    "surprise": (1, [(UNKNOWN, ("surprise",))]),
    "a/b~c": ({"d": 1}, [(UNKNOWN, ("a/b~c",))]),
    "": (None, [(UNKNOWN, ("",))]),
    "locale": ("en", []),
    "customerId": (None, []),
    "afterCompletion": (
        {"redirect": {"link": "https://a.example"}, "kind": 1},
        [
            (UNKNOWN, ("afterCompletion", "redirect", "link")),
            (MISSING, ("afterCompletion", "redirect", "url")),
            (UNKNOWN, ("afterCompletion", "kind")),
            (MISSING, ("afterCompletion", "type")),
        ],
    ),
    "lineItems": (
        [
            {},
            {"quantity": 1},
            5,
            {"priceData": {"unitAmount": "5", "currency": "EGP", "vat/rate": 14}, "quantity": True},
        ],
        [
            (MISSING, ("lineItems", 0, "quantity")),
            (INVALID, ("lineItems", 2)),
            (INVALID, ("lineItems", 3, "priceData", "unitAmount")),
            (UNKNOWN, ("lineItems", 3, "priceData", "vat/rate")),
            (MISSING, ("lineItems", 3, "priceData", "productData")),
            (INVALID, ("lineItems", 3, "quantity")),
        ],
    ),
    "feeConfig": (
        {},
        [(MISSING, ("feeConfig", "feesPassThrough")), (MISSING, ("feeConfig", "vatCollectionEnabled"))],
    ),
}
"""Values of a request's keys, each with its faults in document order."""


@given(st.permutations(sorted(AT_FAULT)))
def test_faults_come_in_document_order(keys: list[str]) -> None:
    """Faults come in the order in which the keys are written, within an object those of a key before the next key's."""
    document = {key: AT_FAULT[key][0] for key in keys}
    assert places(document) == [place for key in keys for place in AT_FAULT[key][1]]


@given(st.permutations(sorted(AT_FAULT)).map(lambda keys: keys[: len(keys) // 2]))
def test_missing_keys_come_last(keys: list[str]) -> None:
    """A key that is missing has no place of its own and comes at the end of its object."""
    document = {key: AT_FAULT[key][0] for key in keys}
    missing = [] if "afterCompletion" in document else [(MISSING, ("afterCompletion",))]
    assert places(document) == [place for key in keys for place in AT_FAULT[key][1]] + missing


def test_missing_keys_come_in_the_order_of_the_model() -> None:
    """Several missing keys of one object come in the order in which the API documents them."""
    assert places({"lineItems": [{"quantity": 1, "priceData": {}}]}, SessionUpdate) == [
        (MISSING, ("lineItems", 0, "priceData", "currency")),
        (MISSING, ("lineItems", 0, "priceData", "unitAmount")),
        (MISSING, ("lineItems", 0, "priceData", "productData")),
    ]


def test_unknown_keys_carry_the_known_ones() -> None:
    """An unknown key carries the keys of its own object, in the order of the model, and the phrase that lists them."""
    keys = tuple(camel_case(field.name) for field in attrs.fields(LineItem))
    (fault,) = faults_of(REQUESTS, SessionUpdate, {"lineItems": [{"quantity": 1, "Price": "price_1"}]})
    assert fault == ShapeFault(UNKNOWN, ("lineItems", 0, "Price"), f"one of {', '.join(keys)}", keys)


def test_request_without_parameters_expects_none() -> None:
    """A request that takes nothing reports every key."""
    assert faults_of(REQUESTS, SessionExpire, {"": 1}) == [ShapeFault(UNKNOWN, ("",), "no parameters", ())]


def test_value_of_an_unknown_key_is_not_looked_at() -> None:
    """What stands under an unknown key has no faults of its own."""
    assert places({"lineItem": [{"quantity": "x"}]}, SessionUpdate) == [(UNKNOWN, ("lineItem",))]


def test_path_starts_where_the_document_stands() -> None:
    """The path of a fault starts with the place of the document itself."""
    with pytest.raises(SHAPE_ERRORS) as caught:
        REQUESTS.structure({"x": 1}, SessionUpdate)
    assert [fault.path for fault in shape_faults(caught.value, {"x": 1}, ("request",))] == [("request", "x")]


def test_other_errors_are_raised() -> None:
    """An error that is none of a converter's is no fault of a document."""
    with pytest.raises(ZeroDivisionError):
        list(shape_faults(ZeroDivisionError(), {}))

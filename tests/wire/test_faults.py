"""All faults of a document are told at once, in the order in which the document is written."""

from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules_engine.models import Facts, LineItem, SessionCreate, SessionExpire, SessionUpdate
from rules_engine.path import Path
from rules_engine.wire.converter import FACTS, REQUESTS, SHAPE_ERRORS, FaultKind, ShapeFault, camel_case, shape_faults

MISSING, INVALID, UNKNOWN = FaultKind.MISSING, FaultKind.INVALID, FaultKind.UNKNOWN


def faults_of(document: Any, model: type[Any] = SessionCreate) -> list[ShapeFault]:
    """Read a request and list its faults."""
    try:
        REQUESTS.structure(document, model)
    except SHAPE_ERRORS as error:
        return list(shape_faults(error, document))
    return []


def places(document: Any, model: type[Any] = SessionCreate) -> list[tuple[FaultKind, Path]]:
    """List what is wrong and where."""
    return [(fault.kind, fault.path) for fault in faults_of(document, model)]


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
    (fault,) = faults_of({"lineItems": [{"quantity": 1, "Price": "price_1"}]}, SessionUpdate)
    assert fault == ShapeFault(UNKNOWN, ("lineItems", 0, "Price"), f"one of {', '.join(keys)}", keys)


def test_request_without_parameters_expects_none() -> None:
    """A request that takes nothing says so of every key."""
    assert faults_of({"": 1}, SessionExpire) == [ShapeFault(UNKNOWN, ("",), "no parameters", ())]


def test_value_of_an_unknown_key_is_not_looked_at() -> None:
    """What stands under an unknown key has no faults of its own."""
    assert places({"lineItem": [{"quantity": "x"}]}, SessionUpdate) == [(UNKNOWN, ("lineItem",))]


@pytest.mark.parametrize("keys", [("a", "b"), ("b", "a")])
def test_maps_of_facts_come_in_document_order(keys: tuple[str, str]) -> None:
    """The entries of a map of facts are looked at in the order in which they are written."""
    document = {"now": "2026-11-22T10:00:00Z", "payments": {"customers": dict.fromkeys(keys, "many")}}
    with pytest.raises(SHAPE_ERRORS) as caught:
        FACTS.structure(document, Facts)
    assert [fault.path for fault in shape_faults(caught.value, document)] == [("payments", "customers", keys[0])]


def test_path_starts_where_the_document_stands() -> None:
    """The path of a fault starts with the place of the document itself."""
    with pytest.raises(SHAPE_ERRORS) as caught:
        REQUESTS.structure({"x": 1}, SessionUpdate)
    assert [fault.path for fault in shape_faults(caught.value, {"x": 1}, ("request",))] == [("request", "x")]


def test_other_errors_are_raised() -> None:
    """An error that is none of a converter's is no fault of a document."""
    with pytest.raises(ZeroDivisionError):
        list(shape_faults(ZeroDivisionError(), {}))

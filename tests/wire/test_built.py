"""Drafts that an application builds of models are held to what documents are held to."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from typing import Any, Final

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules_engine import Draft, DraftError, FactsError, read_draft, required_facts, validate, validate_body
from rules_engine.examples import examples
from rules_engine.path import Path
from tests.profiles import scaled
from tests.wire.shapes import JSON

DRAFTS: Final = {name: read_draft(document) for name, document in examples().items()}
CREATE: Final = DRAFTS["create"]
UNIT_AMOUNT: Final = ("prices", "price_mug", "unit_amount")
UNIT_AMOUNT_PLACE: Final = "/facts/prices/price_mug/unitAmount"
NAIVE: Final = datetime(2026, 11, 22)  # noqa: DTZ001  # the fault
ODD: Final[tuple[Any, ...]] = (
    *(
        NAIVE,
        date(2026, 11, 22),
        float("nan"),
        Decimal("NaN"),
        Decimal("0.5"),
        "2026",
        "",
        5,
        -1,
        True,
        object(),
        [],
        {},
    ),
    *({"x": 1}, [1], ("x",), datetime(2026, 11, 22, tzinfo=UTC), attrs.NOTHING, CREATE.facts, b"x", 10**500),
)


def places(value: Any, path: Path = ()) -> Iterator[Path]:
    """List the places of all parts of a model."""
    if path:
        yield path
    if attrs.has(type(value)):
        parts: Any = ((field.name, getattr(value, field.name)) for field in attrs.fields(type(value)))
    elif isinstance(value, tuple):
        parts = enumerate(value)
    else:
        parts = value.items() if hasattr(value, "items") else ()
    for name, part in parts:
        yield from places(part, (*path, name))


def put(whole: Any, path: Path, part: Any) -> Any:
    """Return a model with another part at a place."""
    if not path:
        return part
    first, rest = path[0], path[1:]
    if attrs.has(type(whole)):
        return attrs.evolve(whole, **{str(first): put(getattr(whole, str(first)), rest, part)})
    if isinstance(whole, tuple):
        return tuple(put(item, rest, part) if index == first else item for index, item in enumerate(whole))
    return {**whole, first: put(whole[first], rest, part)}


def built(draft: Draft[Any], side: str, path: Path, part: Any) -> Draft[Any]:
    """Return a draft with another part in its request or its facts."""
    return attrs.evolve(draft, **{side: put(getattr(draft, side), path, part)})


@pytest.mark.parametrize("name", DRAFTS)
def test_draft_of_models_is_a_document(name: str) -> None:
    """A draft of models gets the verdict of its document, and is checked once."""
    document = examples()[name]
    draft = attrs.evolve(DRAFTS[name])
    assert not draft.checked
    assert validate(draft) == validate(document)
    assert draft.checked
    assert required_facts(draft) == required_facts(document)


@settings(max_examples=scaled(300))
@given(st.sampled_from(sorted(DRAFTS)), st.sampled_from(("request", "facts")), st.data())
def test_wrong_part_is_refused_or_read(name: str, side: str, data: st.DataObject) -> None:
    """Whatever stands in a model, no rule raises: it is refused at a pointer, or read as what it equals."""
    draft = DRAFTS[name]
    found = list(places(getattr(draft, side)))
    if not found:
        return
    path = data.draw(st.sampled_from(found))
    wrong = built(draft, side, path, data.draw(st.sampled_from(ODD) | JSON))
    for judge in (validate, required_facts):
        try:
            verdict = judge(wrong)
        except DraftError as error:
            refused = error
        else:
            assert getattr(verdict, "faults", ()) == ()
            continue
        assert refused.pointer.startswith(f"/{side}")
        assert isinstance(refused, FactsError) is (side == "facts")


@pytest.mark.parametrize(
    ("side", "path", "part", "pointer", "problem"),
    [
        (
            "facts",
            ("prices", "price_mug", "unit_amount"),
            "38000",
            UNIT_AMOUNT_PLACE,
            "expected an integer",
        ),
        (
            "facts",
            ("prices", "price_mug", "unit_amount"),
            Decimal("0.5"),
            UNIT_AMOUNT_PLACE,
            "expected an integer",
        ),
        (
            "facts",
            ("prices", "price_mug", "expiration_date"),
            NAIVE,
            "/facts/prices/price_mug/expirationDate",
            "expected an instant with an offset",
        ),
        ("facts", ("now",), "2026-11-22", "/facts/now", "expected an RFC 3339 instant"),
        (
            "facts",
            ("prices", "price_mug", "unit_amount"),
            float("nan"),
            UNIT_AMOUNT_PLACE,
            "expected a finite number",
        ),
        (
            "facts",
            ("exchange_rates", "USD/EGP", "rate"),
            Decimal("NaN"),
            "/facts/exchangeRates/USD~1EGP/rate",
            "expected a finite number",
        ),
        ("facts", ("prices",), [], "/facts/prices", "expected an object"),
        ("facts", (), {"now": 5}, "/facts/now", "expected an RFC 3339 instant"),
        ("request", ("line_items", 0, "quantity"), "2", "/request/lineItems/0/quantity", "expected an integer"),
        ("request", ("line_items",), (5,), "/request/lineItems/0", "expected an object"),
    ],
)
def test_pointer(side: str, path: Path, part: Any, pointer: str, problem: str) -> None:
    """A wrong part is reported at its place in the document."""
    with pytest.raises(DraftError) as caught:
        validate(built(CREATE, side, path, part))
    assert caught.value.pointer == pointer
    assert caught.value.problem.startswith(problem)


@pytest.mark.parametrize(
    ("path", "part"),
    [
        (UNIT_AMOUNT, Decimal(38_000)),
        (UNIT_AMOUNT, 38_000.0),
        (("now",), datetime.fromisoformat("2026-11-22T12:00:00+02:00")),
        (("now",), "2026-11-22T10:00:00Z"),
        (("coupons", "coup_1", "applies_to_product_ids"), ["prod_mug"]),
        (
            ("prices", "price_mug"),
            {"id": "price_mug", "currency": "EGP", "unitAmount": 38_000, "productId": "prod_mug"},
        ),
    ],
)
def test_what_equals_a_value_is_read(path: Path, part: Any) -> None:
    """A whole Decimal, an instant in any zone, a list and an object are read as in a document."""
    assert validate(built(CREATE, "facts", path, part)).accepted


def test_facts_beside_a_body() -> None:
    """Facts of models beside a raw body are checked, and folded, as those of a draft are."""
    rate = CREATE.facts.exchange_rates["USD/EGP"]
    folded = attrs.evolve(CREATE.facts, exchange_rates={"usd/egp": rate})
    body = json.dumps(examples()["create"]["request"])
    judge = partial(validate_body, "session.create", body)
    assert judge(folded) == judge(CREATE.facts)
    with pytest.raises(FactsError, match="/facts/now"):
        judge(attrs.evolve(CREATE.facts, now=NAIVE))


def test_other_parts() -> None:
    """Operation, target and id are checked too."""
    for changes, pointer in (
        ({"operation": "x"}, "/operation"),
        ({"id": 5}, "/id"),
        ({"target": "cs_1"}, "/target/id"),
    ):
        with pytest.raises(DraftError) as caught:
            validate(attrs.evolve(CREATE, **changes))
        assert caught.value.pointer == pointer

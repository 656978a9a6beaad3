"""Keys of facts that nothing reads: of the API's objects, of the application, misspelt, unknown."""

import json
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, Final, get_args, get_origin

import attrs
import pytest

from rules_engine import (
    Engine,
    FactsError,
    Shadow,
    default_policy,
    read_draft,
    required_facts,
    validate,
    validate_body,
    validate_session,
)
from rules_engine.examples import changed, examples
from rules_engine.models import Facts
from rules_engine.path import Path, pointer_of
from rules_engine.wire.converter import camel_case
from rules_engine.wire.keys import AdmittedKeys, api_keys
from rules_engine.wire.read import read_facts
from tests.wire.two_ways import agree, agree_on_body, in_detail

CREATE: Final = examples()["create"]
OWN: Final = {"/facts/merchant/sku": 1, "/facts/note": {"a": [1.5]}}
"""Keys that are near no key that is read."""
MISSPELT: Final = {"/facts/merchant/defaultCurency": "EGP"}
WAYS: Final = (lambda read: read(), in_detail)
"""To read as it comes, and as if msgspec was not there."""


def places(kind: Any = Facts, path: Path = ()) -> Iterator[tuple[type, Path]]:
    """List every model of facts, wherever one stands, with a path to one."""
    if attrs.has(kind):
        yield kind, path
        for field in attrs.fields(kind):
            yield from places(field.type, (*path, camel_case(field.name)))
        return
    arguments = get_args(kind)
    if get_origin(kind) is tuple:
        yield from places(arguments[0], (*path, 0))
    elif get_origin(kind) is Mapping:
        yield from places(arguments[1], (*path, "x"))
    else:
        for argument in arguments:
            yield from places(argument, path)


PLACES: Final = dict.fromkeys(places())
"""In order, each once."""


def standing_at(path: Path, value: Any) -> Any:
    """Put a value where a path leads to."""
    for segment in reversed(path):
        value = [value] if isinstance(segment, int) else {segment: value}
    return value


def slips(key: str) -> Iterator[str]:
    """List the misspellings of a key: of case, underscores and prefix, and one slip of each kind at every letter."""
    snake = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in key)
    yield from (snake, snake.upper(), f"_{key}", key.upper(), key.lower(), key.title(), f"{key}_")
    bare = snake.removeprefix("is_")
    yield from (bare, *(f"{prefix}{joint}{bare}" for prefix in ("is", "has") for joint in ("_", "")))
    for at in range(len(key)):
        yield key[:at] + key[at + 1 :]
        yield f"{key[:at]}q{key[at:]}"
        yield f"{key[:at]}q{key[at + 1 :]}"
        yield key[:at] + key[at : at + 2][::-1] + key[at + 2 :]
    yield f"{key}s"


def refusal(facts: Any) -> FactsError:
    """Return why facts are refused."""
    with pytest.raises(FactsError) as caught:
        read_facts(facts)
    return caught.value


@pytest.mark.parametrize(
    ("model", "path"), PLACES, ids=[f"{model.__name__} {pointer_of(path)}" for model, path in PLACES]
)
def test_every_slip_is_refused(model: type, path: Path) -> None:
    """A misspelt key, of any field of any model, is refused at its pointer with the name of the right key."""
    read = {camel_case(field.name) for field in attrs.fields(model)}
    for key in read:
        for slip in {*slips(key)} - read - api_keys(model) - {""}:
            error = refusal(standing_at(path, {slip: None}))
            assert (error.pointer, error.keys) == (pointer_of(("facts", *path, slip)), (slip,)), slip
            named = error.problem.removeprefix("unknown key; did you mean ").partition("?")[0].split(" or ")
            assert key in named, slip
            assert set(named) <= read


@pytest.mark.parametrize(
    ("model", "path"), PLACES, ids=[f"{model.__name__} {pointer_of(path)}" for model, path in PLACES]
)
def test_every_key_of_the_api_passes(model: type, path: Path) -> None:
    """What the API's own objects carry, all of it at once, is no misspelling, and no unknown key either."""
    for keys in (AdmittedKeys(), AdmittedKeys(strict=True)):
        keys.check(standing_at(path, dict.fromkeys(api_keys(model), 1)))


def test_objects_of_the_api_have_keys() -> None:
    """The models of the API's objects, and no others, have keys that are not read; all that are read are theirs."""
    without = {model.__name__ for model, _ in PLACES if not api_keys(model)}
    assert without == {
        *("Facts", "Missing", "Payments", "Redemptions", "Counted", "Usage", "CouponUsage", "FeeData"),
        *("ApiKey", "Endpoint", "RateUsage", "StoredRequest"),
        *("StoredCustomerUpdate", "CustomUnitAmount", "CatalogRecurring", "Restrictions", "ProcessorCapabilities"),
    }


@pytest.mark.parametrize("key", ["expirationDateTime", "expired", "stcok_left", "createdOn", "sku", "has", ""])
def test_other_keys_are_passed_over(key: str) -> None:
    """A key that is more than a slip away from every key of its object is the application's own."""
    assert agree(changed(CREATE, {"/facts/prices/price_mug/" + key: 1})) is True


@pytest.mark.parametrize(
    ("changes", "pointer", "problem"),
    [
        ({"/facts/Prices": {}}, "/facts/Prices", "did you mean prices?"),
        ({"/facts/missing": {"coupon": []}}, "/facts/missing/coupon", "did you mean coupons?"),
        ({"/facts/prices/price_mug/is_active": 1}, "/facts/prices/price_mug/is_active", "did you mean active?"),
        ({"/facts/session": {"expired": 1}}, "/facts/session/expired", "did you mean isExpired?"),
        (
            {"/facts/prices/price_mug/customUnitAmount": {"mimimum": 1}},
            "/facts/prices/price_mug/customUnitAmount/mimimum",
            "did you mean minimum?",
        ),
    ],
)
@pytest.mark.parametrize("way", WAYS)
def test_pointer_and_right_key(way: Any, changes: dict[str, Any], pointer: str, problem: str) -> None:
    """The error says where, which key is right, and how to allow a key of one's own; even where its value is null."""
    for document in (changed(CREATE, changes), json.dumps(changed(CREATE, changes))):
        with pytest.raises(FactsError) as caught:
            way(partial(read_draft, document))
        assert caught.value.pointer == pointer
        assert problem in caught.value.problem
        assert "known_keys" in caught.value.problem


def test_every_refused_key_is_named_once() -> None:
    """The error names all refused keys in the order of the document, though it points to the first one only."""
    document = {"coupons": {"a": {"redeem_by": 1, "x": 1, "ID": 1}, "b": {"redeem_by": 1}}, "merchnat": 1}
    assert refusal(document).keys == ("redeem_by", "ID", "merchnat")
    secret = f"sk_live_{'a' * 24}"
    with pytest.raises(FactsError) as caught:
        AdmittedKeys(strict=True).check({secret: 1})
    assert (caught.value.keys, caught.value.pointer) == (("***",), "/facts/***")


def test_known_keys_are_the_applications_own() -> None:
    """A known key is passed over wherever it stands, by every function that reads a document."""
    document = changed(CREATE, MISSPELT)
    known: dict[str, Any] = {"known_keys": ["defaultCurency"]}
    expected = validate(CREATE)
    assert [judge(document, **known) for judge in (validate, validate_session)] == [expected] * 2
    engine = Engine(**known)
    assert engine.validate(json.dumps(document)) == expected
    shadow = Shadow(engine, default_policy(), print)
    body = json.dumps(document["request"])
    assert shadow.validate_body("session.create", body, document["facts"]) == expected
    assert validate_body("session.create", body, document["facts"], **known) == expected
    assert required_facts(document, **known) == required_facts(CREATE)
    assert read_draft(document, **known) == in_detail(partial(read_draft, document, **known)) == read_draft(CREATE)
    for ask in (validate, validate_session, required_facts, read_draft):
        with pytest.raises(FactsError):
            ask(document)


def test_strict_facts_admit_no_other_key() -> None:
    """Strictly read, facts have keys that are read, those of the API's objects and known ones, and no others."""
    shown = changed(CREATE, {"/facts/merchant/displayName": "Pots", "/facts/prices/price_mug/object": "price"})
    assert read_draft(shown, strict_facts=True) == read_draft(CREATE)
    document = changed(CREATE, OWN)
    for way in WAYS:
        with pytest.raises(FactsError) as caught:
            way(partial(read_draft, document, strict_facts=True))
        assert caught.value.problem.startswith("unknown key. ")
        assert sorted(caught.value.keys) == ["note", "sku"]
    assert read_draft(document, strict_facts=True, known_keys={"note", "sku"}) == read_draft(CREATE)


def test_own_keys_are_read_quickly() -> None:
    """Keys that are passed over, with whatever stands there, do not send a document the slow way."""
    document = changed(CREATE, {**OWN, "/facts/merchant/displayName": "Pots"})
    assert agree(document) is agree(json.dumps(document)) is True
    assert agree_on_body("session.create", json.dumps(CREATE["request"]), document["facts"], None) is True


@pytest.mark.parametrize("known_keys", ["sku", ["sku", ""], [1]])
def test_known_keys_are_names(known_keys: Any) -> None:
    """Known keys that are one text, or are no names, are refused when the engine is made."""
    with pytest.raises(ValueError, match="known_keys"):
        Engine(known_keys=known_keys)

"""Facts are read, or it is the application's fault: a wrong type, or two facts that contradict each other."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from functools import partial
from typing import Any

import attrs
import pytest

from rules_engine import validate
from rules_engine.examples import REMOVED, changed, examples
from rules_engine.exceptions import FactsError
from rules_engine.models import Facts, Missing
from rules_engine.models.formats import Format
from rules_engine.wire.converter import camel_case
from rules_engine.wire.dates import read_instant, write_instant
from rules_engine.wire.json_text import DEEPEST, LONGEST_NUMBER
from rules_engine.wire.read import read_draft, read_facts
from tests.wire import hostile
from tests.wire.refused import CREATE
from tests.wire.two_ways import agree, difference, in_detail

INSTANT = "expected an RFC 3339 instant with an offset, such as 2026-11-22T10:00:00Z"
FACTS_AT_FAULT: tuple[tuple[dict[str, Any], str, str], ...] = (
    ({"/facts": REMOVED}, "/facts", "expected an object"),
    ({"/facts": []}, "/facts", "expected an object"),
    ({"/facts/now": REMOVED}, "/facts/now", "expected a value"),
    ({"/facts/now": None}, "/facts/now", "expected a value"),
    ({"/facts/now": 1_763_805_600}, "/facts/now", INSTANT),
    ({"/facts/now": "2026-11-22T10:00:00"}, "/facts/now", INSTANT),
    ({"/facts/livemode": "false"}, "/facts/livemode", "expected true or false"),
    ({"/facts/merchant": "mer_1"}, "/facts/merchant", "expected an object"),
    ({"/facts/merchant/id": REMOVED}, "/facts/merchant/id", "expected a value"),
    (
        {"/facts/merchant/supportedCurrencies/1/code": 840},
        "/facts/merchant/supportedCurrencies/1/code",
        "expected a string",
    ),
    ({"/facts/prices": [{"id": "price_mug"}]}, "/facts/prices", "expected an object"),
    ({"/facts/prices/price_mug/unitAmount": "38000"}, "/facts/prices/price_mug/unitAmount", "expected an integer"),
    ({"/facts/prices/price_mug/unitAmount": 380.5}, "/facts/prices/price_mug/unitAmount", "expected an integer"),
    ({"/facts/prices/a~1b": {"currency": "EGP"}}, "/facts/prices/a~1b/id", "expected a value"),
    (
        {"/facts/prices/price_mug/type": "ONCE"},
        "/facts/prices/price_mug/type",
        "expected one of ONE_TIME, RECURRING, CUSTOM",
    ),
    (
        {"/facts/promotionCodes/promo_1/restrictions/minimumAmount": "6e4"},
        "/facts/promotionCodes/promo_1/restrictions/minimumAmount",
        f"expected {Format.DECIMAL_TEXT.value}",
    ),
    (
        {"/facts/exchangeRates/USD~1EGP/rate": 0},
        "/facts/exchangeRates/USD~1EGP/rate",
        f"expected {Format.RATE.value}",
    ),
    *(
        ({f"/facts{place}": value}, f"/facts{place}", f"expected {Format.NON_NEGATIVE.value}")
        for place, value in (
            ("/payments/customers/cus_1", "0"),
            ("/payments/customers/cus_1", -1),
            ("/redemptions/customers/cus_1/coup_1", True),
            ("/redemptions/customers/cus_1/coup_1", -1),
            ("/coupons/coup_1/timesRedeemed", -1),
            ("/promotionCodes/promo_1/maxRedemptions", -1),
        )
    ),
    ({"/facts/signingSecrets": ["whsec_1", ""]}, "/facts/signingSecrets/1", f"expected {Format.NOT_BLANK.value}"),
    ({"/facts/signingSecrets": [" \t"]}, "/facts/signingSecrets/0", f"expected {Format.NOT_BLANK.value}"),
    ({"/facts/missing": {"prices": "price_9"}}, "/facts/missing/prices", "expected an array"),
    ({"/facts/missing": {"prices": ["a", None]}}, "/facts/missing/prices/1", "expected a string"),
    ({"/facts/unheardOf": {"at": {1, 2}}}, "/facts/unheardOf/at", "expected a JSON value"),
    (
        {"/facts/unheardOf": [float("nan")]},
        "/facts/unheardOf/0",
        f"expected a finite number of at most {LONGEST_NUMBER} digits",
    ),
    ({"/facts/unheardOf": hostile.cyclic_list()}, "/facts", f"expected at most {DEEPEST} levels of nesting"),
)


@pytest.mark.parametrize(
    ("changes", "pointer", "problem"), FACTS_AT_FAULT, ids=[f"{case[1]} {case[2]}" for case in FACTS_AT_FAULT]
)
def test_malformed_facts(changes: dict[str, Any], pointer: str, problem: str) -> None:
    """A fact of the wrong type, at any depth, is the application's fault, reported by pointer and in words."""
    with pytest.raises(FactsError) as caught:
        read_draft(changed(CREATE, changes))
    assert (caught.value.pointer, caught.value.problem) == (pointer, problem)


def test_first_fault_of_the_facts_is_reported() -> None:
    """Of several malformed facts, the first in the document is reported."""
    facts = {"prices": {"b": 1, "a": 1}, "livemode": 1, "now": 1}
    with pytest.raises(FactsError) as caught:
        read_facts(facts)
    assert caught.value.pointer == "/facts/prices/b"


def test_host_is_told_before_the_caller() -> None:
    """Where both the facts and the request are malformed, the application's fault comes first."""
    with pytest.raises(FactsError):
        read_draft({**CREATE, "request": [], "facts": {}})


class TestValuesOfPython:
    """Facts hold what a database has: whole Decimals and floats for integers, and instants."""

    @pytest.mark.parametrize("example", examples().values(), ids=list(examples()))
    @pytest.mark.parametrize("kind", [Decimal, float, lambda number: Decimal(f"{number}.00")])
    def test_whole_numbers_and_instants(self, example: dict[str, Any], kind: Callable[[int], Any]) -> None:
        """Every integer of facts as a Decimal or a float, and every instant as one, reads as before in both ways."""
        document = {**example, "facts": of_python(example["facts"], kind)}
        expected = read_draft(json.dumps(example)).facts
        assert difference(read_draft(document).facts, expected) is None
        assert difference(in_detail(partial(read_draft, document)).facts, expected) is None
        assert agree(document) is False

    def test_text_stays_as_it_is(self) -> None:
        """In a JSON text, 5.0 is no integer; in a request it is none wherever it comes from."""
        with pytest.raises(FactsError):
            read_draft(json.dumps(changed(CREATE, {"/facts/prices/price_mug/unitAmount": 38000.0})))
        for number in (2.0, Decimal(2)):
            (fault,) = read_draft(changed(CREATE, {"/request/lineItems/0/quantity": number})).faults
            assert fault.param == "lineItems[0].quantity"

    @pytest.mark.parametrize(
        ("place", "value", "problem"),
        [
            ("/facts/prices/price_mug/unitAmount", Decimal("0.5"), "expected an integer"),
            ("/facts/prices/price_mug/unitAmount", 0.5, "expected an integer"),
            ("/facts/coupons/coup_1/timesRedeemed", Decimal(-1), f"expected {Format.NON_NEGATIVE.value}"),
            ("/facts/now", datetime(2026, 11, 22), "expected an instant with an offset"),  # noqa: DTZ001  # the fault
            (
                "/facts/now",
                datetime.min.replace(tzinfo=timezone(timedelta(hours=1))),
                "expected an instant with an offset",
            ),
            ("/facts/merchant/id", datetime(2026, 11, 22, tzinfo=UTC), "expected a string"),
        ],
    )
    def test_other_values(self, place: str, value: object, problem: str) -> None:
        """A fraction where an integer belongs, and an instant without an offset or off the calendar, are refused."""
        with pytest.raises(FactsError) as caught:
            read_draft(changed(CREATE, {place: value}))
        assert (caught.value.pointer, caught.value.problem) == (place, problem)

    def test_fine_instants(self) -> None:
        """An instant with digits beyond the microsecond has them as text, as JSON and as a Python value."""
        text = "2026-11-22T10:00:00.000000001Z"
        documents = [changed(CREATE, {"/facts/now": now}) for now in (text, read_instant(text))]
        drafts = [*map(read_draft, documents), read_draft(json.dumps(documents[0]))]
        assert {write_instant(draft.facts.now) for draft in drafts} == {text}

    def test_instants_within_free_json(self) -> None:
        """An instant in metadata is the text that JSON has for it."""
        session = facts(session={**SESSION, "metadata": {"at": [datetime(2026, 11, 22, tzinfo=UTC)]}}).session
        assert session is not None
        assert session.metadata == {"at": ["2026-11-22T00:00:00Z"]}


def of_python(value: Any, kind: Callable[[int], Any]) -> Any:
    """Put Decimals, floats and instants in the place of what JSON has for them."""
    if isinstance(value, dict):
        return {key: item if key == "metadata" else of_python(item, kind) for key, item in value.items()}
    if isinstance(value, list):
        return [of_python(item, kind) for item in value]
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT.*", value):
        return read_instant(value)
    return kind(value) if type(value) is int and -(2**53) < value < 2**53 else value


NAMES = {camel_case(name): name for model in (Facts, Missing) for name in attrs.fields_dict(model)}
NOW = "2026-11-22T10:00:00Z"
PRICE = {"id": "price_1", "currency": "EGP", "unitAmount": 100}
COUPON = {"id": "co_1"}
CODE = {"id": "promo_1", "code": "Spring 10", "coupon": {"id": "co_1"}}
CONFIGURATION = {"id": "pmc_1", "enabledMethods": []}
METHOD = {"id": "pm_1", "type": "card"}
INTENT = {"id": "pi_1"}
RATE = {"rate": "49.1"}
SESSION = {"id": "cs_1", "status": "open"}
CUSTOMER = {"id": "cus_1"}


def facts(**parts: Any) -> Facts:
    """Read facts that hold these parts."""
    return read_facts({"now": NOW, **parts})


def contradiction(**parts: Any) -> tuple[str, str]:
    """Read facts that contradict each other, and return where and how."""
    with pytest.raises(FactsError) as caught:
        facts(**parts)
    return caught.value.pointer, caught.value.problem


@pytest.mark.parametrize(
    ("kind", "entry"),
    [
        ("prices", PRICE),
        ("coupons", COUPON),
        ("promotionCodes", CODE),
        ("configurations", CONFIGURATION),
        ("paymentMethods", METHOD),
        ("paymentIntents", INTENT),
    ],
)
def test_object_carries_the_id_it_is_keyed_by(kind: str, entry: dict[str, Any]) -> None:
    """An object under another key than its own id is refused, at its id."""
    facts(**{kind: {entry["id"]: entry}})
    assert contradiction(**{kind: {"other/~1": entry}}) == (
        f"/facts/{kind}/other~1~01/id",
        "expected other/~1, the id it is keyed by",
    )


def test_first_of_several_contradictions_is_reported() -> None:
    """Of several objects under wrong keys, the first in the document is reported."""
    assert contradiction(coupons={"b": COUPON, "a": COUPON})[0] == "/facts/coupons/b/id"


@pytest.mark.parametrize(
    ("kind", "entry", "missing", "problem"),
    [
        ("prices", {"price_1": PRICE}, ["price_1"], "price_1"),
        ("coupons", {"co_1": COUPON}, ["co_2", "co_1"], "co_1"),
        ("promotionCodes", {"promo_1": CODE}, ["promo_1"], "promo_1"),
        ("promotionCodesByCode", {"spring 10": CODE}, [" SPRING 1\uff10 "], "spring 10"),
        ("configurations", {"pmc_1": CONFIGURATION}, ["pmc_1"], "pmc_1"),
        ("paymentMethods", {"pm_1": METHOD}, ["pm_1"], "pm_1"),
        ("paymentIntents", {"pi_1": INTENT}, ["pi_1"], "pi_1"),
        ("exchangeRates", {"usd/egp": RATE}, ["USD/egp"], "USD/EGP"),
    ],
)
def test_nothing_is_known_and_missing(kind: str, entry: dict[str, Any], missing: list[str], problem: str) -> None:
    """What is known cannot be missing at once, however either is spelled."""
    facts(**{kind: entry, "missing": {kind: ["another"]}})
    assert contradiction(**{kind: entry, "missing": {kind: missing}}) == (
        f"/facts/missing/{kind}",
        f"{problem} is known and missing at once",
    )


@pytest.mark.parametrize(
    ("kind", "entry", "missing"),
    [("session", SESSION, "sessions"), ("customer", CUSTOMER, "customers")],
)
def test_the_one_known_object_is_not_missing(kind: str, entry: dict[str, Any], missing: str) -> None:
    """The session and the customer that are known cannot be missing at once, others can."""
    facts(**{kind: entry, "missing": {missing: ["other"]}})
    assert contradiction(**{kind: entry, "missing": {missing: [entry["id"]]}}) == (
        f"/facts/missing/{missing}",
        f"{entry['id']} is known and missing at once",
    )


@pytest.mark.parametrize("kind", ["ONE_TIME", "RECURRING"])
def test_price_has_an_amount_unless_the_buyer_sets_it(kind: str) -> None:
    """A price of a fixed amount states it; only a CUSTOM price does not."""
    without = {"id": "price_1", "currency": "EGP"}
    facts(prices={"price_1": {**without, "type": "CUSTOM"}})
    assert contradiction(prices={"price_1": {**without, "type": kind}}) == (
        "/facts/prices/price_1/unitAmount",
        f"expected the amount of a {kind} price",
    )


def test_account_has_one_default_configuration() -> None:
    """A second configuration that is the default one contradicts the first."""
    first = {**CONFIGURATION, "isDefault": True}
    second = {**first, "id": "pmc_2"}
    facts(configurations={"pmc_1": first, "pmc_2": {**second, "isDefault": False}})
    assert contradiction(configurations={"pmc_2": second, "pmc_1": first}) == (
        "/facts/configurations/pmc_2/isDefault",
        "an account has one default configuration",
    )


def test_promotion_code_is_keyed_by_the_text_it_was_looked_up_by() -> None:
    """The key is folded as codes are compared, and an index that found the code by another string is believed."""
    assert list(facts(promotionCodesByCode={" SPRING 1\u0660\u200f": CODE}).promotion_codes_by_code) == ["spring 10"]
    assert list(facts(promotionCodesByCode={"Spr\u00edng10": CODE}).promotion_codes_by_code) == ["spr\u00edng10"]


def test_session_names_one_customer() -> None:
    """A stored session names its customer in either way, or in both alike, and is judged alike."""
    stated = examples()["update_lines"]
    customer = {"/facts/session/customer": {"id": "cus_1", "type": "registered"}}
    assert validate(changed(stated, {**customer, "/facts/session/customerId": None})) == validate(stated)
    assert validate(changed(stated, customer)) == validate(stated)
    with pytest.raises(FactsError, match="/facts/session/customerId: expected cus_1, as in customer"):
        validate(changed(stated, {**customer, "/facts/session/customerId": "cus_2"}))


def test_price_names_one_product() -> None:
    """A price names its product in either way, or in both alike."""
    price = {"id": "price_1", "currency": "EGP", "unitAmount": 5, "product": {"id": "prod_1", "name": "Mug"}}
    facts(prices={"price_1": {**price, "productId": "prod_1"}})
    assert contradiction(prices={"price_1": {**price, "productId": "prod_2"}}) == (
        "/facts/prices/price_1/productId",
        "expected prod_1, as in product",
    )


@pytest.mark.parametrize(
    ("kind", "entries", "pointer"),
    [
        ("promotionCodesByCode", {"spring 10": CODE, "SPRING 10": CODE}, "/facts/promotionCodesByCode/SPRING 10"),
        ("exchangeRates", {"USD/EGP": RATE, "usd/egp": RATE}, "/facts/exchangeRates/usd~1egp"),
    ],
)
def test_key_stands_once(kind: str, entries: dict[str, Any], pointer: str) -> None:
    """Two keys that fold into one are refused at the second."""
    assert contradiction(**{kind: entries}) == (pointer, "the same key stands twice, spelled differently")


def test_promotion_code_has_one_truth() -> None:
    """A code that differs between its two maps is refused at the first field that does; equal copies are not."""
    facts(promotionCodes={"promo_1": CODE}, promotionCodesByCode={"spring 10": {**CODE, "active": True}})
    assert contradiction(
        promotionCodes={"promo_1": CODE}, promotionCodesByCode={"Spring 10": {**CODE, "timesRedeemed": 4}}
    ) == ("/facts/promotionCodesByCode/Spring 10/timesRedeemed", "expected the value of promo_1 in promotionCodes")


def test_unknown_payment_method_type_is_passed_over() -> None:
    """A payment method type that is not known is admitted in facts, and matches nothing that a request can name."""
    merchant = changed(CREATE, {"/facts/merchant/supportedCurrencies/0/paymentMethodTypes/-": "mada"})
    assert validate(merchant).accepted
    stored = changed(examples()["confirm"], {"/facts/paymentMethods/pm_1/type": "mada"})
    for offered in ({}, {"/facts/session/paymentMethodTypes": [{"type": "mada"}]}):
        assert validate(changed(stored, offered)).codes == ("payment_method_mismatch",)


FOREIGN: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("prices", {"price_1": PRICE}, "prices"),
    ("coupons", {"co_1": COUPON}, "coupons"),
    ("promotionCodes", {"promo_1": CODE}, "promotionCodes"),
    ("promotionCodesByCode", {"spring 10": CODE}, "promotionCodesByCode"),
    ("configurations", {"pmc_1": CONFIGURATION}, "configurations"),
    ("paymentMethods", {"pm_1": METHOD}, "paymentMethods"),
    ("paymentIntents", {"pi_1": INTENT}, "paymentIntents"),
    ("products", {"prod_1": {"id": "prod_1"}}, "products"),
    ("charges", {"ch_1": {"id": "ch_1", "status": "SUCCEEDED", "amount": 1, "currency": "EGP"}}, "charges"),
    ("session", SESSION, "sessions"),
    ("customer", CUSTOMER, "customers"),
    ("paymentLink", {"id": "plink_1"}, "paymentLinks"),
)


@pytest.mark.parametrize(("kind", "objects", "missing"), FOREIGN, ids=[case[0] for case in FOREIGN])
@pytest.mark.parametrize("owner", [{"livemode": True}, {"merchantId": "mer_2"}], ids=["livemode", "merchantId"])
def test_foreign_object_is_missing(kind: str, objects: dict[str, Any], missing: str, owner: dict[str, Any]) -> None:
    """An object of the other half, or of another account, is missing; one that does not say is not."""

    def owned(owner: dict[str, Any]) -> dict[str, Any]:
        return {**objects, **owner} if "id" in objects else {key: {**one, **owner} for key, one in objects.items()}

    account = {"livemode": False, "merchant": {"id": "mer_1"}}
    ours, theirs, unsaid = {"livemode": False, "merchantId": "mer_1"}, owned(owner), owned({})
    for known in (facts(**{kind: owned(ours)}, **account), facts(**{kind: theirs}), facts(**{kind: unsaid}, **account)):
        assert known.missing == Missing()
        assert getattr(known, NAMES[kind])
    read = facts(**{kind: theirs}, **account)
    assert not getattr(read, NAMES[kind])
    assert getattr(read.missing, NAMES[missing]) == (objects.get("id") or next(iter(objects)),)


CHARGE = {"id": "ch_1", "status": "SUCCEEDED", "amount": 5000, "currency": "EGP"}
REFUNDS = [
    {"status": "SUCCEEDED", "amount": 700},
    {"status": "SUCCEEDED", "amount": 300},
    {"status": "FAILED", "amount": 5000},
    {"status": "PENDING", "amount": 5000},
    {"status": "SUCCEEDED"},
]


@pytest.mark.parametrize(
    ("charge", "least"),
    [({"refunds": REFUNDS}, 1_000), ({"status": "PARTIALLY_REFUNDED", "refunds": []}, 1)],
    ids=["the refunds", "the status"],
)
def test_charge_has_refunded_what_its_refunds_show(charge: dict[str, Any], least: int) -> None:
    """Less than the refunds that succeeded, or nothing of a partly refunded charge, is refused; a list may be cut."""
    for refunded in (least, least + 1):
        facts(charges={"ch_1": {**CHARGE, **charge, "amountRefunded": refunded}})
    assert contradiction(charges={"ch_1": {**CHARGE, **charge, "amountRefunded": least - 1}}) == (
        "/facts/charges/ch_1/amountRefunded",
        f"expected at least {least}, as the status and the refunds of the charge show",
    )


def test_api_key_has_one_record() -> None:
    """Two records of one key contradict each other, in either case of their digest."""
    first, second = {"id": "key_1", "sha256": "0a" * 32}, {"id": "key_2", "sha256": "0A" * 32}
    facts(apiKeys=[first, {**second, "sha256": "0B" * 32}])
    assert contradiction(apiKeys=[first, second]) == ("/facts/apiKeys/1/sha256", "two keys have the same digest")


def test_idempotency_key_is_not_repeated() -> None:
    """What callers chose to be unique is not repeated, neither as a place nor as a problem."""
    used = {"fingerprint": "0a" * 32, "createdAt": "2026-11-22T10:00:00Z"}
    assert (
        contradiction(idempotencyKeys={"order-1": {**used, "createdAt": 5}})[0]
        == "/facts/idempotencyKeys/***/createdAt"
    )
    assert contradiction(idempotencyKeys={"order-1": used}, missing={"idempotencyKeys": ["order-1"]}) == (
        "/facts/missing/idempotencyKeys",
        "*** is known and missing at once",
    )


def test_pairs_of_currencies_are_folded() -> None:
    """A pair of currencies is kept in upper case, whether its rate is known or missing."""
    folded = facts(exchangeRates={"usd/Egp": RATE}, missing={"exchangeRates": ["kwd/egp"]})
    assert (list(folded.exchange_rates), folded.missing.exchange_rates) == (["USD/EGP"], ("KWD/EGP",))


@pytest.mark.parametrize(
    "names",
    [
        {"price": {"id": "price_1"}},
        {"priceId": "price_1"},
        {"price": None, "priceId": "price_1"},
        {"price": {"id": "price_1"}, "priceId": "price_1"},
    ],
)
def test_line_of_a_stored_link(names: dict[str, Any]) -> None:
    """A stored line of a payment link names its price in one of two ways, or in both alike."""
    facts(paymentLink={"id": "plink_1", "lineItems": [{"quantity": 1, **names}]})


@pytest.mark.parametrize(
    ("names", "field", "problem"),
    [
        ({}, "price", "expected the price of the line, or priceId"),
        ({"price": None, "priceId": None}, "price", "expected the price of the line, or priceId"),
        ({"price": {"id": "price_1"}, "priceId": "price_2"}, "priceId", "expected price_1, as in price"),
    ],
)
def test_line_of_a_stored_link_without_one_price(names: dict[str, Any], field: str, problem: str) -> None:
    """A stored line of a payment link names one price, neither none nor two."""
    sound = {"quantity": 1, "priceId": "price_1"}
    found = contradiction(paymentLink={"id": "plink_1", "lineItems": [sound, {"quantity": 1, **names}]})
    assert found == (f"/facts/paymentLink/lineItems/1/{field}", problem)

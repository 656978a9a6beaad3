"""Facts are read, or it is the host's fault, told by pointer and in words."""

from typing import Any

import pytest

from rules_engine.examples import REMOVED, changed
from rules_engine.exceptions import FactsError
from rules_engine.models.formats import Format
from rules_engine.wire.json_text import DEEPEST, LONGEST_NUMBER
from rules_engine.wire.read import read_draft, read_facts
from tests.wire import hostile
from tests.wire.refused import CREATE

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
    ({"/facts/payments/customers/cus_1": "0"}, "/facts/payments/customers/cus_1", "expected an integer"),
    (
        {"/facts/redemptions/customers/cus_1/coup_1": True},
        "/facts/redemptions/customers/cus_1/coup_1",
        "expected an integer",
    ),
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
    """A fact of the wrong type, at any depth, is the host's fault, told by pointer and in words."""
    with pytest.raises(FactsError) as caught:
        read_draft(changed(CREATE, changes))
    assert (caught.value.pointer, caught.value.problem) == (pointer, problem)


def test_contradictory_facts_are_the_hosts_fault() -> None:
    """Facts that are each well formed and contradict each other are told by pointer too."""
    with pytest.raises(FactsError) as caught:
        read_draft(changed(CREATE, {"/facts/missing": {"prices": ["price_mug"]}}))
    assert str(caught.value) == "/facts/missing/prices: price_mug is known and missing at once"


def test_first_fault_of_the_facts_is_told() -> None:
    """Of several malformed facts, the first in the document is told."""
    facts = {"prices": {"b": 1, "a": 1}, "livemode": 1, "now": 1}
    with pytest.raises(FactsError) as caught:
        read_facts(facts)
    assert caught.value.pointer == "/facts/prices/b"


def test_host_is_told_before_the_caller() -> None:
    """Where both the facts and the request are malformed, the host's fault comes first."""
    with pytest.raises(FactsError):
        read_draft({**CREATE, "request": [], "facts": {}})

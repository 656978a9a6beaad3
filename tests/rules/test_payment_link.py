"""Boundaries of the rules on payment links that are made, changed or opened."""

import pytest

from rules_engine import required_facts, validate
from rules_engine.examples import NOW, REMOVED, changed, examples
from rules_engine.rules import payment_link
from tests.rules.table import (
    EARLIER,
    INSTANT,
    LATER,
    Changes,
    Table,
    clear,
    decided,
    reports,
    rows_test,
    shows,
)

LINK = "/facts/paymentLink"
UNKNOWN = {LINK: None}
OTHER = {f"{LINK}/id": "plink_2"}
GONE = {LINK: None, "/facts/missing": {"paymentLinks": ["plink_1"]}}
NOT_THIS_ONE = {"/facts/missing": {"paymentLinks": ["plink_1"]}}
BY_MISSING = ("payment_link_missing", "id")
EXPIRES_AT = "/request/expiresAt"
ACTIVE, END = f"{LINK}/active", f"{LINK}/expiresAt"


ROWS: Table = {
    payment_link.payment_link_missing: (
        clear("of a new one", "payment_link_create", GONE),
        reports("missing, where another one is known", "payment_link_open", {**OTHER, **NOT_THIS_ONE}, "id"),
    ),
    payment_link.link_expired_when_saved: (
        clear("one microsecond from now", "payment_link_create", {EXPIRES_AT: LATER}),
        shows("now", "payment_link_create", {EXPIRES_AT: NOW}, "expiresAt", {"expiresAt": INSTANT, "now": INSTANT}),
        reports("one microsecond ago", "payment_link_create", {EXPIRES_AT: EARLIER}, "expiresAt"),
        reports("now, other offset", "payment_link_create", {EXPIRES_AT: "2026-11-22T12:00:00+02:00"}, "expiresAt"),
        clear("absent", "payment_link_create_full", {EXPIRES_AT: REMOVED}),
        clear("null", "payment_link_create_full", {EXPIRES_AT: None}),
        clear("one microsecond from now, in a change", "payment_link_update", {EXPIRES_AT: LATER}),
        reports("now, in a change", "payment_link_update", {EXPIRES_AT: NOW}, "expiresAt"),
        clear("null in a change of a link that has expired", "payment_link_update", {EXPIRES_AT: None, END: EARLIER}),
        clear("another side of a link that has expired", "payment_link_update", {END: EARLIER}),
        clear("an expired link that is switched on", "payment_link_update", {"/request/active": True, END: EARLIER}),
    ),
    payment_link.payment_link_inactive: (
        clear("nothing stated", "payment_link_open", {ACTIVE: REMOVED}),
        shows("off", "payment_link_open", {ACTIVE: False}, None, {"active": False}),
        reports("off, expired", "payment_link_open", {ACTIVE: False, END: NOW}, None, ("payment_link_expired", None)),
        clear("off, and switched on", "payment_link_update", {ACTIVE: False, "/request/active": True}),
        clear("off, and changed", "payment_link_update_full", {ACTIVE: False}),
        decided("its lines not provided", "payment_link_open", {f"{LINK}/lineItems": None}),
    ),
    payment_link.payment_link_expired: (
        clear("just before its end", "payment_link_open", {END: LATER}),
        shows("at its end", "payment_link_open", {END: NOW}, None, {"expiresAt": INSTANT, "now": INSTANT}),
        reports("just after its end", "payment_link_open", {END: EARLIER}, None),
        reports("at its end, with another offset", "payment_link_open", {END: "2026-11-22T05:00:00-05:00"}, None),
        clear("no end", "payment_link_open_full", {END: None}),
        decided("its lines not provided", "payment_link_open", {f"{LINK}/lineItems": None}),
    ),
}

test_rows = rows_test(ROWS)


@pytest.mark.parametrize(
    ("example", "changes"),
    [
        ("payment_link_update", {"/request/lineItems": [], f"{LINK}/currency": None}),
        ("payment_link_update", {f"{LINK}/currency": None, f"{LINK}/lineItems": None}),
        (
            "payment_link_create",
            {"/facts/prices": {}, "/facts/missing": {"prices": ["price_mug"]}, "/facts/merchant": None},
        ),
    ],
    ids=["no line to compare", "no line is touched", "a first line without a currency"],
)
def test_nothing_is_asked_that_does_not_matter(example: str, changes: Changes) -> None:
    """A currency that no line is compared with is not required, nor an account without a currency to check."""
    assert required_facts(changed(examples()[example], changes)) == ()


@pytest.mark.parametrize(
    ("changes", "param"),
    [
        ({"/request/customerCreation": None}, "customerCreation"),
        ({"/request/lineItems/0/adjustableQuantity": None}, "lineItems[0].adjustableQuantity"),
        ({"/request/lineItems/0/priceId": ""}, "lineItems[0].priceId"),
        ({"/request/customFields/0/isOptional": None}, "customFields[0].isOptional"),
    ],
)
def test_null_and_empty_that_a_link_does_not_take(changes: Changes, param: str) -> None:
    """What the lines and fields of a session may leave null, those of a link state or leave out."""
    for example in ("payment_link_create_full", "payment_link_update_full"):
        found = validate(changed(examples()[example], changes)).violations
        assert [(violation.code.name, violation.param) for violation in found] == [("parameter_invalid", param)]


def test_stored_lines_name_their_price_either_way() -> None:
    """A fault of a stored line has one place, however the line names its price."""
    lines = [{"quantity": 1, "priceId": "price_mug"}]
    changes = {f"{LINK}/lineItems": lines, "/facts/prices/price_mug/active": False}
    (found,) = validate(changed(examples()["payment_link_open"], changes)).violations
    assert (found.code.name, found.pointer) == ("price_inactive", "/facts/paymentLink/lineItems/0/price")

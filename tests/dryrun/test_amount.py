"""What a draft is about in money."""

import json
from typing import Any

import pytest

from rules_engine import OPERATIONS, read_draft
from rules_engine.dryrun.replay import LARGEST, Amount, amount_at_stake
from rules_engine.examples import REMOVED, changed, examples
from tests.house.source import ROOT


def _amount(document: dict[str, Any]) -> Amount | None:
    draft = read_draft(document)
    return amount_at_stake(draft, OPERATIONS[draft.operation].build_views(draft))


@pytest.mark.parametrize(
    ("name", "amount"),
    [
        ("course_clean_create", ("EGP", 277000)),
        ("course_code_for_newcomers", ("EGP", 328500)),
        ("donation_clean_create_in_dollars", ("USD", 2000)),
        ("electronics_clean_create", ("KWD", 39000)),
        ("pottery_clean_update_of_lines", ("EGP", 377000)),
        ("course_clean_update_clears_fields", ("EGP", 258500)),
        ("pottery_clean_confirm_with_stored_card", ("EGP", 313000)),
        ("course_clean_expire", ("EGP", 258500)),
        ("electronics_clean_code_with_minimum_in_riyals", ("KWD", 43400)),
        ("bookshop_clean_refund_of_an_atlas", ("EGP", 185000)),
        ("bookshop_clean_refund_of_the_second_volume", ("EGP", 32000)),
        ("bookshop_refund_of_everything_at_once", ("EGP", 900000)),
        ("course_currency_abbreviated", None),
        ("electronics_mixed_currencies", None),
        ("electronics_expire_unknown_session", None),
        ("pottery_undecided_session", None),
        ("pottery_refused_and_undecided", None),
        ("donation_line_without_price", None),
        ("bookshop_clean_payment_link_create", None),
        ("bookshop_price_clean_paperback", None),
        ("bookshop_coupon_clean_two_dinars_off", None),
    ],
)
def test_of_the_shipped_drafts(name: str, amount: Amount | None) -> None:
    """The subtotal before discounts, what is given back, or nothing."""
    assert _amount(json.loads((ROOT / "policies" / "drafts" / f"{name}.json").read_text())) == amount


CREATE = examples()["create"]
REFUND = examples()["refund_create"]


@pytest.mark.parametrize(
    ("document", "changes"),
    [
        (CREATE, {"/facts/prices": REMOVED}),
        (CREATE, {"/request/currency": "ZZZ"}),
        (CREATE, {"/request/currency": "n" * 50_000}),
        (REFUND, {"/facts/charges": REMOVED}),
    ],
)
def test_nobody_can_tell(document: dict[str, Any], changes: dict[str, Any]) -> None:
    """Without the facts, or in what is no currency, there is no amount, and nothing a report could grow with."""
    assert _amount(document) is not None
    assert _amount(changed(document, changes)) is None


def test_the_case_of_a_currency() -> None:
    """A currency counts as one, however it is spelt."""
    currency, amount = _amount(CREATE) or ("", 0)
    assert currency.isupper()
    assert _amount(changed(CREATE, {"/request/currency": currency.lower()})) == (currency, amount)


@pytest.mark.parametrize(
    ("unit_amount", "amount"),
    [
        (LARGEST, ("EGP", LARGEST)),
        (LARGEST + 1, None),
        (10**390, None),
        (0, ("EGP", 0)),
        (-1, None),
    ],
)
def test_amounts_that_would_drown_all_others(unit_amount: int, amount: Amount | None) -> None:
    """What is below nothing, or more than any reader of JSON takes, is no amount."""
    line = {"price": "price_mug", "quantity": 1}
    document = changed(CREATE, {"/request/lineItems": [line], "/facts/prices/price_mug/unitAmount": unit_amount})
    assert _amount(document) == amount

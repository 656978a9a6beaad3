"""The catalogue is the error page: its codes, in its order, under its headings; each code has its reporter."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from rules_engine import CATALOGUE, OPERATIONS, RULES, default_policy, validate_body
from rules_engine import codes as constants
from rules_engine.codes import Origin
from rules_engine.examples import examples

DOC_PAGE = "https://docs.xpay.app/integrate/errors/api-error-codes"
PAGE = """\
Generic request: invalid_request_error 400
  invalid_request parameter_missing parameter_invalid parameter_out_of_range parameter_unknown
  parameters_exclusive parameter_requires_another validation_error resource_missing
  resource_invalid_state
Authentication: authentication_error 401
  authentication_required invalid_api_key api_key_inactive invalid_signature
Authorization: invalid_request_error 403
  merchant_not_activated permission_denied
Sessions: invalid_request_error 400
  checkout_session_expired invalid_client_secret creation_failed
Payment links: invalid_request_error 400
  payment_link_inactive payment_link_expired
Amount and currency: invalid_request_error 400
  amount_invalid currency_invalid
Prices and line items: invalid_request_error 400
  price_inactive price_not_yet_active price_expired price_sold_out price_recurring_not_supported
  price_immutable_while_used price_date_range_invalid price_stock_invalid line_item_missing_price
Promotions and coupons: invalid_request_error 400
  promotion_codes_not_allowed promotion_code_not_found promotion_code_inactive
  promotion_code_expired promotion_code_max_redemptions promotion_code_customer_mismatch
  promotion_code_minimum_amount promotion_code_first_time_only promotion_code_exists coupon_invalid
  coupon_currency_mismatch coupon_minimum_amount coupon_customer_max_redemptions coupon_in_use
  too_many_discounts
Payment methods: invalid_request_error 400
  payment_method_corrupted payment_method_customer_mismatch payment_intent_customer_mismatch
  payment_method_mismatch
Charges and refunds: invalid_request_error 400
  charge_not_captured merchant_no_balance insufficient_balance charge_missing_balance_transaction
  charge_missing_fee_data charge_incomplete_fee_data
Payment method configurations: invalid_request_error 400
  cannot_rename_default must_have_enabled_method cannot_delete_default configuration_in_use
Currency: invalid_request_error 400
  unsupported_currency exchange_rate_not_found
Rate limiting: rate_limit_error 429
  rate_limit
Idempotency: idempotency_error 409
  idempotency_key_in_use
System: api_error 500
  internal_error
"""
"""The headings of the error page with the `error.type` and the status of each, and the codes below them."""

STATUSES = {"resource_missing": "404", "resource_invalid_state": "409"}
"""The codes whose status is not the one of their heading."""

FALLBACK = {
    "line_currency_mismatch": "a session has one currency and is refused otherwise, but the error page has codes only "
    "for a currency that is none, that is not the account's, or that a coupon is in",
}
"""Why no other code of the page than `validation_error`, the last resort, describes what a rule finds."""

WIRE_BODIES: Mapping[str, bytes] = {
    "invalid_request": b"[]",
    "parameter_missing": b'{"lineItems": [{"priceData": {"currency": "egp"}, "quantity": 1}]}',
    "parameter_invalid": b'{"mode": 1}',
    "parameter_unknown": b'{"line_items": []}',
}
"""A body for each code that the wire reports."""


def _documented() -> Iterator[tuple[str, str, str, str, str]]:
    """Read name, heading, type, status and address of each code off the page."""
    heading = error_type = status = ""
    for line in PAGE.splitlines():
        if line.startswith("  "):
            for name in line.split():
                yield name, heading, error_type, STATUSES.get(name, status), f"{DOC_PAGE}#{name}"
        else:
            heading, _, rest = line.partition(": ")
            error_type, status = rest.split()


def _of(origin: Origin) -> set[str]:
    return {name for name, code in CATALOGUE.items() if origin in code.origins}


def test_page() -> None:
    """The catalogue is the page: the same codes in the same order, each under its heading, with its type and status."""
    assert [
        (name, code.section, code.type, str(code.http_status), code.doc_url) for name, code in CATALOGUE.items()
    ] == list(_documented())


def test_sentences() -> None:
    """Every code has a sentence of its own."""
    sentences = [code.sentence for code in CATALOGUE.values()]
    assert [sentence for sentence in sentences if not (sentence[0].isupper() and sentence.endswith("."))] == []
    assert len(set(sentences)) == len(sentences)


def test_constants() -> None:
    """Each code is one constant, under its own name in capitals, so that a wrong name does not import."""
    declared = {name: value for name, value in vars(constants).items() if isinstance(value, constants.Code)}
    assert declared == {name.upper(): code for name, code in CATALOGUE.items()}


def test_catalogue_cannot_change() -> None:
    """Nothing adds a code to the catalogue, or takes one away, at run time."""
    catalogue: Any = CATALOGUE
    with pytest.raises(TypeError):
        catalogue["acme.cash_limit"] = CATALOGUE["internal_error"]


def test_every_rule_has_a_code_of_the_catalogue() -> None:
    """A rule reports one of the page's codes, and one that is meant for rules."""
    assert [rule.name for rule in RULES if CATALOGUE.get(rule.code.name) is not rule.code] == []
    assert [rule.name for rule in RULES if Origin.RULE not in rule.code.origins] == []


def test_every_code_has_a_rule() -> None:
    """Each code that is meant for rules has a rule in a pipeline of the default policy, and no other code has one."""
    named = {name for pipeline in default_policy().pipelines.values() for name in pipeline}
    assert {rule.code.name for rule in RULES if rule.name in named} == _of(Origin.RULE)


def test_wire_codes() -> None:
    """The wire reports its codes, each of them for a body that is wrong in the way the code names."""
    assert set(WIRE_BODIES) == _of(Origin.WIRE)
    facts: dict[str, Any] = examples()["create"]["facts"]
    for name, body in WIRE_BODIES.items():
        verdict = validate_body("session.create", body, facts)
        assert name in verdict.codes
        assert {violation.rule for violation in verdict.violations} == {None}


def test_engine_codes() -> None:
    """The engine reports what an operation reports when a rule raises; no rule reports these."""
    assert {operation.fault_code.name for operation in OPERATIONS.values()} == _of(Origin.ENGINE)
    assert {rule.name for rule in RULES if rule.code.name in _of(Origin.ENGINE)} == set()


def test_rules_of_validation_error() -> None:
    """A rule reports the fallback only if a reason is listed, and each reason is of such a rule."""
    assert {rule.name for rule in RULES if rule.code.name == "validation_error"} == set(FALLBACK)

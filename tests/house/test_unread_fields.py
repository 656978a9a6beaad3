"""Every field of a request or a fact is read by a rule or its view, or it stands here why none reads it."""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, get_args

import attrs
import pytest

from rules_engine import OPERATIONS, read_draft, validate
from rules_engine.examples import REMOVED, changed, examples
from rules_engine.examples.counterexamples import counterexamples
from rules_engine.models import Facts
from rules_engine.models.formats import AccountObject

DRAFTS: Final = Path(__file__).parents[2] / "policies" / "drafts"
COLLECTED: Final = [
    "name_collection",
    "billing_address_collection",
    "shipping_address_collection",
    "phone_number_collection",
]
UNREAD: Final[Mapping[str, Mapping[str, list[str]]]] = {
    "any value of its format is valid, and the wire reads the format": {
        "Redirect": ["url"],
        "HostedConfirmation": ["return_url"],
        "ProductData": ["image", "metadata"],
        "PriceData": ["metadata"],
        "CustomField": ["label", "is_optional"],
        "LinkCustomField": ["label", "is_optional"],
        "DropdownOption": ["label"],
        "RefundCreate": ["reason", "instructions_email"],
    },
    "what the buyer is called and where the goods go has no bounds in any source": {
        "SessionConfirm": ["customer_details"],
        "CustomerDetails": ["name", "email", "phone", "billing_details", "shipping"],
        "BillingDetails": ["name", "email", "phone", "address"],
        "Address": ["line1", "line2", "city", "state", "postal_code", "country"],
        "Shipping": ["name", "phone", "address"],
        "Customer": ["type", "name", "email", "phone"],
    },
    "that it is stated at all is what a rule reads": {"CustomerUpdate": ["address", "name", "shipping"]},
    "how the page looks is of no concern to a rule, and each is one of a closed set": {
        "SessionCreate": ["locale"],
        "SessionUpdate": ["locale"],
        "BrandingSettings": [
            *("color_mode", "border_style", "spacing", "input_size", "input_style", "form_layout", "colors"),
        ],
        "BrandingColors": [
            *("primary", "primary_foreground", "background", "foreground", "border", "input", "ring"),
            *("muted", "muted_foreground", "accent", "accent_foreground", "destructive"),
        ],
    },
    "either value is valid: the state that it sets is judged when something is done with the object": {
        "SessionCreate": ["allow_promotion_codes"],
        "SessionUpdate": ["allow_promotion_codes"],
        "PriceCreate": ["active"],
        "PriceUpdate": ["active"],
        "PromotionCodeCreate": ["active"],
        "CouponCreate": ["active"],
        "CouponUpdate": ["active"],
        "PaymentLinkUpdate": ["active", "allow_promotion_codes"],
        "PaymentLinkCreate": ["allow_promotion_codes"],
    },
    "a hosted page, as that of a link, may have whatever it asks for": {
        "PaymentLinkCreate": ["submit_type", "customer_creation", *COLLECTED],
        "PaymentLinkUpdate": ["submit_type", "customer_creation", *COLLECTED],
    },
    "no source says how it goes together with the bounds, which are judged whatever it is": {
        "CustomField": ["has_limits", "limit_type"],
        "LinkCustomField": ["has_limits", "limit_type"],
    },
    "it decides what is charged on top, and no source says what of it is invalid": {
        "FeeConfig": ["fees_pass_through", "vat_collection_enabled"],
    },
    "a name or a text for people, without bounds in any source": {
        "PriceCreate": ["name", "description"],
        "PriceUpdate": ["name", "description"],
        "CouponCreate": ["name"],
        "CouponUpdate": ["name"],
        "Coupon": ["name"],
        "Price": ["name"],
        "Product": ["name"],
    },
    "the key of a fact names it; the wire compares the two": {
        **{name: ["id"] for name in ("Price", "Coupon", "PaymentMethod", "Product")},
    },
    "an object of another mode or account is taken out when the facts are read": {
        "Merchant": ["id"],
        **{model.__name__: ["livemode", "merchant_id"] for model in AccountObject.__subclasses__()},
    },
    "it belongs to a record of the application and is no condition of anything": {
        "ExchangeRate": ["id"],
        "BalanceTransaction": ["id"],
    },
    "an update that does not send it leaves it as it is stored": {
        "Session": ["submit_type", "cancel_url", *COLLECTED],
    },
    "the status of a session already says whether it is over": {"Session": ["payment_status"]},
    "waivers read it": {"Session": ["metadata"]},
    "the amounts of the whole session and the price as a fact are judged, never their copy in a line": {
        "SessionLine": ["presentment_details"],
        "LinePresentment": ["currency", "amount_subtotal"],
        "LinePrice": ["type", "unit_amount"],
    },
    "whether a coupon may be redeemed does not depend on what it takes off": {
        "Coupon": [
            *("discount_type", "percent_off", "amount_off", "duration", "duration_in_months", "max_discount_amount"),
        ],
    },
    "no code of the error page is about a product that is archived": {"Product": ["active"]},
    "the wire compares what was refunded with the total of the charge": {"Refund": ["amount"]},
}
"""A reason, to the fields of each model that no rule reads for it."""
ELSEWHERE: Final = (
    ("apply", {"/facts/session/amountSubtotal": REMOVED}),
    ("create_coupon", {"/request/customerId": REMOVED, "/request/customerUpdate": REMOVED}),
    ("payment_link_open", {"/facts/paymentLink/lineItems": [{"quantity": 1, "priceId": "price_mug"}]}),
)
"""Drafts that lead to fields which no example, counterexample or shipped draft leads to."""


def _models() -> list[type[Any]]:
    """Return every model of a request and of the facts."""
    found: list[type[Any]] = []
    waiting: list[Any] = [Facts, *(operation.request for operation in OPERATIONS.values())]
    while waiting:
        kind = waiting.pop()
        if isinstance(kind, type) and attrs.has(kind):
            if kind not in found:
                found.append(kind)
                waiting += [field.type for field in attrs.fields(kind)]
        else:
            waiting += get_args(kind)
    return found


def _documents() -> Iterator[Any]:
    yield from examples().values()
    for counterexample in counterexamples():
        yield changed(examples()[counterexample.example], counterexample.changes)
    for example, changes in ELSEWHERE:
        yield changed(examples()[example], changes)
    for path in DRAFTS.glob("*.json"):
        yield path.read_text(encoding="utf-8")


def test_every_field_is_read_or_has_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    """Judging reads every field of every model but those of the table, and none of those."""
    read: set[tuple[str, str]] = set()

    def record(model: Any, name: str) -> Any:
        reader = str(sys._getframe(1).f_globals.get("__name__"))  # noqa: SLF001  # who reads is known nowhere else
        if not reader.startswith(("rules_engine.wire", "attr")):
            read.add((type(model).__name__, name))
        return object.__getattribute__(model, name)

    models = _models()
    drafts = [read_draft(document) for document in _documents()]
    for model in models:
        monkeypatch.setattr(model, "__getattribute__", record)
    for draft in drafts:
        validate(draft)
    monkeypatch.undo()
    every = {(model.__name__, field.name) for model in models for field in attrs.fields(model)}
    listed = {(name, field) for fields in UNREAD.values() for name in fields for field in fields[name]}
    assert every - read - listed == set()
    assert listed - (every - read) == set()


def test_a_field_has_one_reason() -> None:
    """No field stands in the table twice."""
    listed = [(name, field) for fields in UNREAD.values() for name in fields for field in fields[name]]
    assert len(listed) == len(set(listed))

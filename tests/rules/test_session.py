"""Boundaries of the rules on what a session may hold, and on how long it may live."""

from decimal import Decimal

from rules_engine.examples import REMOVED
from rules_engine.rules import session
from tests.rules.table import NO_SESSION, PAYMENT_LINKS, UNKNOWN_SESSION, Changes, RuleTable, clear, says, undecided

LINES = "/request/lineItems"
BOWL = {"price": "price_bowl", "quantity": 1}
LINK_BOWL = {"priceId": "price_bowl", "quantity": 1}
SETUP = {"/facts/session/mode": "setup"}
NO_LINES = {"/request": {"lineItems": None}}
EMPTY: Changes = {"/request": {"lineItems": []}}
TYPES = "/request/paymentMethodTypes"
CONFIGURATION = "/request/paymentMethodConfigurationId"
DISCOUNTS = "/request/discounts"
BY_CODE, BY_COUPON = {"promotionCode": "promo_1"}, {"coupon": "coup_1"}
FIELDS = "/request/customFields"
NOTE = {"label": "Note", "type": "TEXT"}
MINUTES = "/request/expiresAfterMinutes"


class TestLineItemsMissing(RuleTable):
    """Every session but one in setup mode has lines: creation states them, and no update takes them all away."""

    rule = session.line_items_missing
    rows = (
        says("absent", "create_minimal", {LINES: REMOVED}, "lineItems", evidence={}),
        says("null", "create_minimal", {LINES: None}, "lineItems"),
        says("absent in mode payment", "create_minimal", {LINES: REMOVED, "/request/mode": "payment"}, "lineItems"),
        says(
            "absent in mode subscription", "create_minimal", {LINES: None, "/request/mode": "subscription"}, "lineItems"
        ),
        clear("absent in mode setup", "create_minimal", {LINES: REMOVED, "/request/mode": "setup"}),
        clear("null in mode setup", "create_minimal", {LINES: None, "/request/mode": "setup"}),
        says("null, and a discount", "create", {LINES: None}, "lineItems"),
        clear("absent from an update", "update_metadata", {}),
        says("null in an update, and a discount", "update", {LINES: None}, "lineItems"),
        says("null for a session that carries a discount", "update_lines", {LINES: None}, "lineItems"),
        says("null in an update", "update_metadata", {LINES: None}, "lineItems"),
        says(
            "null in an update of a subscription",
            "update_metadata",
            {LINES: None, "/facts/session/mode": "subscription"},
            "lineItems",
        ),
        clear("null in an update of a setup", "update", {**NO_LINES, **SETUP}),
        undecided("nobody knows the mode", "update", {**NO_LINES, **UNKNOWN_SESSION}, "lineItems", "session[cs_1]"),
        says("there is no session", "update", {**NO_LINES, **NO_SESSION}, ("session_missing", "id")),
    )


class TestLineItemsEmpty(RuleTable):
    """Where lines are required, an empty list is too short."""

    rule = session.line_items_empty
    rows = (
        says("no line", "create_minimal", {LINES: []}, "lineItems", evidence={"lineItems": 0, "minimum": 1}),
        clear("one line", "create_minimal", {LINES: [BOWL]}),
        clear("no line in mode setup", "create_minimal", {LINES: [], "/request/mode": "setup"}),
        says("no line in an update", "update", EMPTY, "lineItems"),
        says("no line, and a discount", "create", {LINES: []}, "lineItems"),
        says("no line in an update, and a discount", "update", {LINES: []}, "lineItems"),
        says("no line for a session that carries a discount", "update_lines", {LINES: []}, "lineItems"),
        clear("one line in an update", "update", {"/request": {"lineItems": [BOWL]}}),
        clear("no line in an update of a setup", "update", {**EMPTY, **SETUP}),
        undecided("nobody knows the mode", "update", {**EMPTY, **UNKNOWN_SESSION}, "lineItems", "session[cs_1]"),
        says("there is no session", "update", {**EMPTY, **NO_SESSION}, ("session_missing", "id")),
        *(says(f"of a payment link: {example}", example, {LINES: []}, "lineItems") for example in PAYMENT_LINKS),
    )


class TestTooManyLineItems(RuleTable):
    """A session has at most as many lines as the policy allows, 100 where it says nothing."""

    rule = session.too_many_line_items
    rows = (
        clear("99", "create_minimal", {LINES: [BOWL] * 99}),
        clear("100", "create_minimal", {LINES: [BOWL] * 100}),
        says("101", "create_minimal", {LINES: [BOWL] * 101}, "lineItems", evidence={"lineItems": 101, "maximum": 100}),
        says("101 in an update", "update", {"/request": {"lineItems": [BOWL] * 101}}, "lineItems"),
        says("101 in mode setup", "create_minimal", {LINES: [BOWL] * 101, "/request/mode": "setup"}, "lineItems"),
        clear("three of three", "create", {}, max_line_items=3),
        says("three of two", "create", {}, "lineItems", evidence={"lineItems": 3, "maximum": 2}, max_line_items=2),
        clear("none sent", "update_metadata", {}, max_line_items=1),
        clear("100 of a payment link", "payment_link_create", {LINES: [LINK_BOWL] * 100}),
        says("101 of a payment link", "payment_link_create", {LINES: [LINK_BOWL] * 101}, "lineItems"),
        clear("100 of a changed payment link", "payment_link_update", {LINES: [LINK_BOWL] * 100}),
        says("101 of a changed payment link", "payment_link_update", {LINES: [LINK_BOWL] * 101}, "lineItems"),
        clear("none sent for a payment link", "payment_link_update", {}, max_line_items=1),
    )


class TestPaymentMethodsExclusive(RuleTable):
    """Payment method types and a configuration are two answers to one question, so only one of them is sent."""

    rule = session.payment_methods_exclusive
    rows = (
        clear("types", "create", {}),
        clear("a configuration", "create_configured", {}),
        clear("neither", "create", {TYPES: REMOVED}),
        says("both", "create", {CONFIGURATION: "pmc_1"}, "paymentMethodConfigurationId", evidence={}),
        says("both in an update", "update", {CONFIGURATION: "pmc_1"}, "paymentMethodConfigurationId"),
        says("an empty list is sent too", "create_configured", {TYPES: []}, "paymentMethodConfigurationId"),
        clear("types and null", "create", {CONFIGURATION: None}),
        clear("null and a configuration", "create_configured", {TYPES: None}),
        clear("null clears the other in an update", "update", {TYPES: None, CONFIGURATION: "pmc_1"}),
        clear(
            "a configuration, where the session has types",
            "update",
            {"/request": {"paymentMethodConfigurationId": "pmc_1"}},
        ),
    )


class TestTooManyDiscounts(RuleTable):
    """A request sets at most as many discounts as the policy allows, one where it says nothing."""

    rule = session.too_many_discounts
    rows = (
        clear("none", "create", {DISCOUNTS: []}),
        clear("null", "create", {DISCOUNTS: None}),
        clear("one", "create", {DISCOUNTS: [BY_CODE]}),
        says("two", "create", {DISCOUNTS: [BY_CODE, BY_COUPON]}, "discounts", evidence={"discounts": 2, "maximum": 1}),
        says("the same one twice", "create", {DISCOUNTS: [BY_COUPON] * 2}, "discounts"),
        says("two in an update", "update", {DISCOUNTS: [BY_CODE, BY_COUPON]}, "discounts"),
        clear("null in an update", "update", {DISCOUNTS: None}),
        says("one of none", "create", {}, "discounts", evidence={"discounts": 1, "maximum": 0}, max_discounts=0),
        clear("two of two", "create", {DISCOUNTS: [BY_CODE, BY_COUPON]}, max_discounts=2),
        says("three of two", "create", {DISCOUNTS: [BY_CODE, BY_COUPON, BY_CODE]}, "discounts", max_discounts=2),
        clear(
            "one in place of the one it carries",
            "update",
            {"/facts/session/discounts": [{"coupon": {"id": "coup_2"}}]},
        ),
        clear("none of none", "create_minimal", {}, max_discounts=0),
        clear("none of none in an update", "update", {"/request": {}}, max_discounts=0),
    )


class TestTooManyCustomFields(RuleTable):
    """A session asks at most as many fields of the merchant's own as the policy allows, 3 where it says nothing."""

    rule = session.too_many_custom_fields
    rows = (
        clear("none", "create", {FIELDS: []}),
        clear("null", "create", {FIELDS: None}),
        clear("two", "create", {FIELDS: [NOTE] * 2}),
        clear("three", "create", {FIELDS: [NOTE] * 3}),
        says("four", "create", {FIELDS: [NOTE] * 4}, "customFields", evidence={"customFields": 4, "maximum": 3}),
        says("four in an update", "update", {FIELDS: [NOTE] * 4}, "customFields"),
        clear("null in an update", "update", {FIELDS: None}),
        says(
            "two of one", "create", {}, "customFields", evidence={"customFields": 2, "maximum": 1}, max_custom_fields=1
        ),
        clear("none of none", "create_minimal", {}, max_custom_fields=0),
        clear("none of none in an update", "update", {"/request": {}}, max_custom_fields=0),
        *(clear(f"three of a payment link: {example}", example, {FIELDS: [NOTE] * 3}) for example in PAYMENT_LINKS),
        *(
            says(f"four of a payment link: {example}", example, {FIELDS: [NOTE] * 4}, "customFields")
            for example in PAYMENT_LINKS
        ),
        clear("an empty list for a payment link", "payment_link_update_full", {FIELDS: []}, max_custom_fields=0),
    )


class TestExpiresTooSoon(RuleTable):
    """A session lives at least as many minutes as the policy demands, 30 where it says nothing."""

    rule = session.expires_too_soon
    rows = (
        clear("not stated", "create_minimal", {}),
        clear("null", "create", {MINUTES: None}),
        clear("31", "create", {MINUTES: 31}),
        clear("30", "create", {MINUTES: 30}),
        clear("30.0", "create", {MINUTES: Decimal("30.0")}),
        says("29.999", "create", {MINUTES: Decimal("29.999")}, "expiresAfterMinutes"),
        says("29", "create", {MINUTES: 29}, "expiresAfterMinutes", evidence={"expiresAfterMinutes": 29, "minimum": 30}),
        says("0", "create", {MINUTES: 0}, "expiresAfterMinutes"),
        says("-30", "create", {MINUTES: -30}, "expiresAfterMinutes"),
        clear("90 of 90", "create", {}, min_expires_after_minutes=90),
        says("90 of 91", "create", {}, "expiresAfterMinutes", min_expires_after_minutes=91),
    )


class TestExpiresTooLate(RuleTable):
    """A session lives at most as many minutes as the policy allows, 1440 where it says nothing."""

    rule = session.expires_too_late
    rows = (
        clear("not stated", "create_minimal", {}),
        clear("1439", "create", {MINUTES: 1_439}),
        clear("1440", "create", {MINUTES: 1_440}),
        says("1440.001", "create", {MINUTES: Decimal("1440.001")}, "expiresAfterMinutes"),
        says(
            "1441",
            "create",
            {MINUTES: 1_441},
            "expiresAfterMinutes",
            evidence={"expiresAfterMinutes": 1_441, "maximum": 1_440},
        ),
        clear("90 of 90", "create", {}, max_expires_after_minutes=90),
        says("90 of 89", "create", {}, "expiresAfterMinutes", max_expires_after_minutes=89),
    )

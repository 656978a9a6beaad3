"""Boundaries of the rules on what a session may hold, and on how long it may live."""

from decimal import Decimal

from rules_engine.examples import REMOVED
from rules_engine.rules import session
from tests.rules.table import (
    NO_SESSION,
    UNKNOWN_SESSION,
    Changes,
    Table,
    clear,
    reports,
    rows_test,
    undecided,
)

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


ROWS: Table = {
    session.line_items_missing: (
        reports("absent", "create_minimal", {LINES: REMOVED}, "lineItems", evidence={}),
        reports("absent in mode payment", "create_minimal", {LINES: REMOVED, "/request/mode": "payment"}, "lineItems"),
        reports(
            "absent in mode subscription", "create_minimal", {LINES: None, "/request/mode": "subscription"}, "lineItems"
        ),
        clear("absent in mode setup", "create_minimal", {LINES: REMOVED, "/request/mode": "setup"}),
        clear("null in mode setup", "create_minimal", {LINES: None, "/request/mode": "setup"}),
        reports("null, and a discount", "create", {LINES: None}, "lineItems"),
        reports("null in an update, and a discount", "update", {LINES: None}, "lineItems"),
        reports("null for a session that carries a discount", "update_lines", {LINES: None}, "lineItems"),
        reports(
            "null in an update of a subscription",
            "update_metadata",
            {LINES: None, "/facts/session/mode": "subscription"},
            "lineItems",
        ),
        clear("null in an update of a setup", "update", {**NO_LINES, **SETUP}),
        undecided("nobody knows the mode", "update", {**NO_LINES, **UNKNOWN_SESSION}, "lineItems", "session[cs_1]"),
        reports("there is no session", "update", {**NO_LINES, **NO_SESSION}, ("session_missing", "id")),
    ),
    session.line_items_empty: (
        reports("no line", "create_minimal", {LINES: []}, "lineItems", evidence={"lineItems": 0, "minimum": 1}),
        clear("one line", "create_minimal", {LINES: [BOWL]}),
        clear("no line in mode setup", "create_minimal", {LINES: [], "/request/mode": "setup"}),
        reports("no line in an update", "update", EMPTY, "lineItems"),
        reports("no line, and a discount", "create", {LINES: []}, "lineItems"),
        reports("no line in an update, and a discount", "update", {LINES: []}, "lineItems"),
        reports("no line for a session that carries a discount", "update_lines", {LINES: []}, "lineItems"),
        clear("one line in an update", "update", {"/request": {"lineItems": [BOWL]}}),
        clear("no line in an update of a setup", "update", {**EMPTY, **SETUP}),
        undecided("nobody knows the mode", "update", {**EMPTY, **UNKNOWN_SESSION}, "lineItems", "session[cs_1]"),
        reports("there is no session", "update", {**EMPTY, **NO_SESSION}, ("session_missing", "id")),
    ),
    session.too_many_line_items: (
        clear("99", "create_minimal", {LINES: [BOWL] * 99}),
        reports("101 in an update", "update", {"/request": {"lineItems": [BOWL] * 101}}, "lineItems"),
        reports("101 in mode setup", "create_minimal", {LINES: [BOWL] * 101, "/request/mode": "setup"}, "lineItems"),
        clear("three of three", "create", {}, max_line_items=3),
        reports("three of two", "create", {}, "lineItems", evidence={"lineItems": 3, "maximum": 2}, max_line_items=2),
        clear("none sent", "update_metadata", {}, max_line_items=1),
        clear("none sent for a payment link", "payment_link_update", {}, max_line_items=1),
    ),
    session.payment_methods_exclusive: (
        clear("neither", "create", {TYPES: REMOVED}),
        reports("both in an update", "update", {CONFIGURATION: "pmc_1"}, "paymentMethodConfigurationId"),
        reports("an empty list is sent too", "create_configured", {TYPES: []}, "paymentMethodConfigurationId"),
        clear("types and null", "create", {CONFIGURATION: None}),
        clear("null and a configuration", "create_configured", {TYPES: None}),
        clear("null clears the other in an update", "update", {TYPES: None, CONFIGURATION: "pmc_1"}),
        clear(
            "a configuration, where the session has types",
            "update",
            {"/request": {"paymentMethodConfigurationId": "pmc_1"}},
        ),
    ),
    session.too_many_discounts: (
        clear("none", "create", {DISCOUNTS: []}),
        clear("null", "create", {DISCOUNTS: None}),
        reports(
            "two", "create", {DISCOUNTS: [BY_CODE, BY_COUPON]}, "discounts", evidence={"discounts": 2, "maximum": 1}
        ),
        reports("two in an update", "update", {DISCOUNTS: [BY_CODE, BY_COUPON]}, "discounts"),
        clear("null in an update", "update", {DISCOUNTS: None}),
        reports("one of none", "create", {}, "discounts", evidence={"discounts": 1, "maximum": 0}, max_discounts=0),
        clear("two of two", "create", {DISCOUNTS: [BY_CODE, BY_COUPON]}, max_discounts=2),
        reports("three of two", "create", {DISCOUNTS: [BY_CODE, BY_COUPON, BY_CODE]}, "discounts", max_discounts=2),
        clear(
            "one in place of the one it carries",
            "update",
            {"/facts/session/discounts": [{"coupon": {"id": "coup_2"}}]},
        ),
        clear("none of none", "create_minimal", {}, max_discounts=0),
        clear("none of none in an update", "update", {"/request": {}}, max_discounts=0),
    ),
    session.too_many_custom_fields: (
        clear("none", "create", {FIELDS: []}),
        clear("null", "create", {FIELDS: None}),
        clear("two", "create", {FIELDS: [NOTE] * 2}),
        reports("four in an update", "update", {FIELDS: [NOTE] * 4}, "customFields"),
        clear("null in an update", "update", {FIELDS: None}),
        reports(
            "two of one", "create", {}, "customFields", evidence={"customFields": 2, "maximum": 1}, max_custom_fields=1
        ),
        clear("none of none", "create_minimal", {}, max_custom_fields=0),
        clear("none of none in an update", "update", {"/request": {}}, max_custom_fields=0),
        clear("an empty list for a payment link", "payment_link_update_full", {FIELDS: []}, max_custom_fields=0),
    ),
    session.expires_too_soon: (
        clear("null", "create", {MINUTES: None}),
        clear("31", "create", {MINUTES: 31}),
        clear("30.0", "create", {MINUTES: Decimal("30.0")}),
        reports("29.999", "create", {MINUTES: Decimal("29.999")}, "expiresAfterMinutes"),
        reports("0", "create", {MINUTES: 0}, "expiresAfterMinutes"),
        reports("-30", "create", {MINUTES: -30}, "expiresAfterMinutes"),
        clear("90 of 90", "create", {}, min_expires_after_minutes=90),
        reports("90 of 91", "create", {}, "expiresAfterMinutes", min_expires_after_minutes=91),
    ),
    session.expires_too_late: (
        clear("1439", "create", {MINUTES: 1_439}),
        reports("1440.001", "create", {MINUTES: Decimal("1440.001")}, "expiresAfterMinutes"),
        clear("90 of 90", "create", {}, max_expires_after_minutes=90),
        reports("90 of 89", "create", {}, "expiresAfterMinutes", max_expires_after_minutes=89),
    ),
}

test_rows = rows_test(ROWS)

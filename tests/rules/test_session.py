"""The rules on a session: its lines, its payment, its customer, its page, and what it asks of the buyer."""

from decimal import Decimal

from rules_engine.examples import REMOVED
from rules_engine.rules import session
from tests.rules.table import (
    NO_SESSION,
    UNKNOWN_SESSION,
    Changes,
    Table,
    clear,
    decided,
    reports,
    rows_test,
    shows,
    undecided,
)

LINES = "/request/lineItems"
BOWL = {"price": "price_bowl", "quantity": 1}
SETUP = {"/facts/session/mode": "setup"}
NO_LINES = {"/request": {"lineItems": None}}
EMPTY: Changes = {"/request": {"lineItems": []}}
TYPES = "/request/paymentMethodTypes"
CONFIGURATION = "/request/paymentMethodConfigurationId"
MINUTES = "/request/expiresAfterMinutes"
ID = "/request/customerId"
CODE = "promotion_code_create_restricted"
NO_CUSTOMER = {"/facts/customer": None}
DETAILS = "/request/customerDetails"
CREATION = "/request/customerCreation"
UPDATE = "/request/customerUpdate"
GUEST_SESSION = {"/facts/session/customerId": None}
STORED_ALWAYS = {"/facts/session/customerCreation": "always"}
STORED_AUTO = {"/facts/session/customerUpdate": {"name": "auto", "address": "never"}}
STORED_NEVER = {"/facts/session/customerUpdate": {"name": "never", "address": "never", "shipping": "never"}}


FIRST, SECOND = "/request/customFields/0", "/request/customFields/1"


def keys(number: int) -> dict[str, str]:
    """That many keys."""
    return {f"key{index}": "" for index in range(number)}


ROWS: Table = {
    session.line_items_missing: (
        shows("absent", "create_minimal", {LINES: REMOVED}, "lineItems", {}),
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
            "null, subscription", "update_metadata", {LINES: None, "/facts/session/mode": "subscription"}, "lineItems"
        ),
        clear("null in an update of a setup", "update", {**NO_LINES, **SETUP}),
        reports("no session", "update", {**NO_LINES, **NO_SESSION}, ("session_missing", "id")),
    ),
    session.line_items_empty: (
        shows("no line", "create_minimal", {LINES: []}, "lineItems", {"lineItemCount": 0, "minimum": 1}),
        clear("one line", "create_minimal", {LINES: [BOWL]}),
        clear("no line in mode setup", "create_minimal", {LINES: [], "/request/mode": "setup"}),
        reports("no line in an update", "update", EMPTY, "lineItems"),
        reports("no line, and a discount", "create", {LINES: []}, "lineItems"),
        reports("no line in an update, and a discount", "update", {LINES: []}, "lineItems"),
        reports("no line for a session that carries a discount", "update_lines", {LINES: []}, "lineItems"),
        clear("one line in an update", "update", {"/request": {"lineItems": [BOWL]}}),
        clear("no line in an update of a setup", "update", {**EMPTY, **SETUP}),
        reports("no session", "update", {**EMPTY, **NO_SESSION}, ("session_missing", "id")),
    ),
    session.too_many_line_items: (
        reports("101 in mode setup", "create_minimal", {LINES: [BOWL] * 101, "/request/mode": "setup"}, "lineItems"),
        clear("none sent", "update_metadata", {}, max_line_items=1),
        clear("none sent for a link", "payment_link_update", {}, max_line_items=1),
    ),
    session.payment_methods_exclusive: (
        clear("neither", "create", {TYPES: REMOVED}),
        reports("both in an update", "update", {CONFIGURATION: "pmc_1"}, "paymentMethodConfigurationId"),
        reports("an empty list is sent too", "create_configured", {TYPES: []}, "paymentMethodConfigurationId"),
        clear("types and null", "create", {CONFIGURATION: None}),
        clear("null and a configuration", "create_configured", {TYPES: None}),
        clear("null clears the other in an update", "update", {TYPES: None, CONFIGURATION: "pmc_1"}),
        clear("where the session has types", "update", {"/request": {"paymentMethodConfigurationId": "pmc_1"}}),
    ),
    session.too_many_discounts: (
        clear(
            "one in place of the one it carries", "update", {"/facts/session/discounts": [{"coupon": {"id": "coup_2"}}]}
        ),
        clear("none of none in an update", "update", {"/request": {}}, max_discounts=0),
    ),
    session.expires_too_soon: (
        clear("30.0", "create", {MINUTES: Decimal("30.0")}),
        reports("29.999", "create", {MINUTES: Decimal("29.999")}, "expiresAfterMinutes"),
    ),
    session.expires_too_late: (reports("1440.001", "create", {MINUTES: Decimal("1440.001")}, "expiresAfterMinutes"),),
    session.customer_exclusive: (
        shows("both", "create", {DETAILS: {"email": "a@b.example"}}, "customerDetails", {"customerId": "cus_1"}),
        clear("a customer and null", "create", {DETAILS: None}),
        clear("null and details", "create_guest", {ID: None}),
        reports("details and a new customer", "update_customer", {DETAILS: {}}, "customerDetails"),
        clear("details for a session without one", "update_metadata", {DETAILS: {}, **GUEST_SESSION}),
        clear("details in place of the customer", "update_metadata", {DETAILS: {}, ID: None}),
        clear("null for a session with a customer", "update_metadata", {DETAILS: None}),
        clear(
            "a customer for a session with details",
            "update_customer",
            {**GUEST_SESSION, "/facts/session/customerDetails": {"email": "a@b.example"}},
        ),
        decided("taken away, and unknown", "update_metadata", {DETAILS: {}, ID: None, **UNKNOWN_SESSION}),
        reports(
            "details for a session without one, and another fault",
            "update_metadata",
            {"/request/metadata": ["order"] * 51, DETAILS: {}, **GUEST_SESSION},
            ("metadata_too_large", "metadata"),
        ),
        decided("session unknown, and no details are sent", "update_metadata", UNKNOWN_SESSION),
    ),
    session.customer_creation_exclusive: (
        shows("always", "create", {CREATION: "always"}, "customerCreation", {"customerId": "cus_1"}),
        clear("if required", "create", {CREATION: "if_required"}),
        clear("null", "create", {CREATION: None}),
        reports("always, for a session with a customer", "update_metadata", {CREATION: "always"}, "customerCreation"),
        clear("always, for a session without one", "update_metadata", {CREATION: "always", **GUEST_SESSION}),
        reports(
            "always, for a session without one, and another fault",
            "update_metadata",
            {"/request/metadata": ["order"] * 51, CREATION: "always", **GUEST_SESSION},
            ("metadata_too_large", "metadata"),
        ),
        decided("session unknown, and neither is touched", "update_metadata", UNKNOWN_SESSION),
        clear("always, in place of the customer", "update_metadata", {CREATION: "always", ID: None}),
        reports("a customer and always", "update_customer", {CREATION: "always"}, "customerCreation"),
        clear("a customer and no longer always", "update_customer", {CREATION: "if_required", **STORED_ALWAYS}),
        clear("untouched", "update_metadata", STORED_ALWAYS),
        clear("no customer for a session that always creates one", "update_metadata", {ID: None, **STORED_ALWAYS}),
        undecided(
            "customer unknown",
            "update_metadata",
            {CREATION: "always", **UNKNOWN_SESSION},
            "customerCreation",
            "session[cs_1]",
        ),
        decided("always, in place of unknown", "update_metadata", {CREATION: "always", ID: None, **UNKNOWN_SESSION}),
    ),
    session.customer_update_without_customer: (
        reports("for a guest, and never", "create_guest", {UPDATE: {"name": "never"}}, "customerUpdate"),
        reports("for a guest, and empty", "create_guest", {UPDATE: {}}, "customerUpdate"),
        clear("for a guest, and null", "create_guest", {UPDATE: None}),
        clear("for a session with a customer", "update_metadata", {UPDATE: {"name": "auto"}}),
        reports(
            "for a guest session", "update_metadata", {UPDATE: {"name": "auto"}, **GUEST_SESSION}, "customerUpdate"
        ),
        reports("customer taken away", "update_metadata", {UPDATE: {"name": "auto"}, ID: None}, "customerUpdate"),
        reports("the updated customer is taken away", "update_metadata", {ID: None, **STORED_AUTO}, "customerId"),
        clear("the customer of a session that never would", "update_metadata", {ID: None, **STORED_NEVER}),
        clear("the customer of a session that states nothing", "update_metadata", {ID: None}),
        clear("both taken away", "update_metadata", {ID: None, UPDATE: None, **STORED_AUTO}),
        decided(
            "session unknown, and a customer is sent",
            "update",
            {"/request": {"customerId": "cus_1", "customerUpdate": {"name": "auto"}}, **UNKNOWN_SESSION},
        ),
        decided("session unknown, and neither is touched", "update_metadata", UNKNOWN_SESSION),
        clear("untouched", "update_metadata", {**GUEST_SESSION, **STORED_AUTO}),
        undecided(
            "customer unknown",
            "update_metadata",
            {UPDATE: {"name": "auto"}, **UNKNOWN_SESSION},
            "customerUpdate",
            "session[cs_1]",
        ),
        reports("no session", "update_metadata", {UPDATE: {"name": "auto"}, **NO_SESSION}, ("session_missing", "id")),
    ),
    session.customer_missing: (
        shows(
            "missing",
            "create",
            {"/facts/customer": None, "/facts/missing": {"customers": ["cus_1"]}},
            "customerId",
            {"customerId": "cus_1"},
        ),
        reports(
            "missing, while another is known",
            "update_customer",
            {"/facts/customer/id": "cus_2", "/facts/missing": {"customers": ["cus_1"]}},
            "customerId",
        ),
        clear("taken away", "update_metadata", {ID: None, "/facts/customer": None}),
        clear("the stored customer does not matter", "update_metadata", {"/facts/customer": None}),
        undecided("not provided, in an update", "update_customer", NO_CUSTOMER, "customerId", "customer[cus_1]"),
        clear("of a promotion code for anybody", CODE, {ID: None, **NO_CUSTOMER}),
    ),
}

test_rows = rows_test(ROWS)

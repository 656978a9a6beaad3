"""Boundaries of the rules on who a session is for."""

from rules_engine.rules import customer
from tests.rules.table import NO_SESSION, UNKNOWN_SESSION, Table, clear, decided, reports, rows_test, undecided

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


ROWS: Table = {
    customer.customer_exclusive: (
        reports(
            "both", "create", {DETAILS: {"email": "a@b.example"}}, "customerDetails", evidence={"customerId": "cus_1"}
        ),
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
        decided(
            "nobody knows the customer that is taken away",
            "update_metadata",
            {DETAILS: {}, ID: None, **UNKNOWN_SESSION},
        ),
        reports(
            "details for a session without one, and another fault",
            "update_metadata",
            {"/request/metadata": ["order"] * 51, DETAILS: {}, **GUEST_SESSION},
            ("metadata_too_large", "metadata"),
        ),
        decided("nobody knows the session, and no details are sent", "update_metadata", UNKNOWN_SESSION),
    ),
    customer.customer_creation_exclusive: (
        reports("always", "create", {CREATION: "always"}, "customerCreation", evidence={"customerId": "cus_1"}),
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
        decided("nobody knows the session, and neither is touched", "update_metadata", UNKNOWN_SESSION),
        clear("always, in place of the customer", "update_metadata", {CREATION: "always", ID: None}),
        reports("a customer and always", "update_customer", {CREATION: "always"}, "customerCreation"),
        clear("a customer and no longer always", "update_customer", {CREATION: "if_required", **STORED_ALWAYS}),
        clear("untouched", "update_metadata", STORED_ALWAYS),
        clear("no customer for a session that always creates one", "update_metadata", {ID: None, **STORED_ALWAYS}),
        undecided(
            "nobody knows the customer",
            "update_metadata",
            {CREATION: "always", **UNKNOWN_SESSION},
            "customerCreation",
            "session[cs_1]",
        ),
        undecided(
            "nobody knows what the session creates",
            "update",
            {"/request": {"customerId": "cus_1"}, **UNKNOWN_SESSION},
            "customerId",
            "session[cs_1]",
        ),
        decided(
            "always, in place of a customer that nobody knows",
            "update_metadata",
            {CREATION: "always", ID: None, **UNKNOWN_SESSION},
        ),
    ),
    customer.customer_update_without_customer: (
        reports("for a guest, and never", "create_guest", {UPDATE: {"name": "never"}}, "customerUpdate"),
        reports("for a guest, and empty", "create_guest", {UPDATE: {}}, "customerUpdate"),
        clear("for a guest, and null", "create_guest", {UPDATE: None}),
        clear("for a session with a customer", "update_metadata", {UPDATE: {"name": "auto"}}),
        reports(
            "for a session without one",
            "update_metadata",
            {UPDATE: {"name": "auto"}, **GUEST_SESSION},
            "customerUpdate",
        ),
        reports(
            "with the customer taken away", "update_metadata", {UPDATE: {"name": "auto"}, ID: None}, "customerUpdate"
        ),
        reports(
            "the customer of a session that would update it is taken away",
            "update_metadata",
            {ID: None, **STORED_AUTO},
            "customerId",
        ),
        clear("the customer of a session that never would", "update_metadata", {ID: None, **STORED_NEVER}),
        clear("the customer of a session that states nothing", "update_metadata", {ID: None}),
        clear("both taken away", "update_metadata", {ID: None, UPDATE: None, **STORED_AUTO}),
        decided(
            "nobody knows the session, and a customer is sent",
            "update",
            {"/request": {"customerId": "cus_1", "customerUpdate": {"name": "auto"}}, **UNKNOWN_SESSION},
        ),
        decided("nobody knows the session, and neither is touched", "update_metadata", UNKNOWN_SESSION),
        clear("untouched", "update_metadata", {**GUEST_SESSION, **STORED_AUTO}),
        undecided(
            "nobody knows the customer",
            "update_metadata",
            {UPDATE: {"name": "auto"}, **UNKNOWN_SESSION},
            "customerUpdate",
            "session[cs_1]",
        ),
        reports(
            "there is no session",
            "update_metadata",
            {UPDATE: {"name": "auto"}, **NO_SESSION},
            ("session_missing", "id"),
        ),
    ),
    customer.customer_missing: (
        reports(
            "known not to exist",
            "create",
            {"/facts/customer": None, "/facts/missing": {"customers": ["cus_1"]}},
            "customerId",
            evidence={"customerId": "cus_1"},
        ),
        reports(
            "known not to exist, while another is known",
            "update_customer",
            {"/facts/customer/id": "cus_2", "/facts/missing": {"customers": ["cus_1"]}},
            "customerId",
        ),
        clear("taken away", "update_metadata", {ID: None, "/facts/customer": None}),
        clear("the customer of the session is not looked at", "update_metadata", {"/facts/customer": None}),
        undecided("nobody looked, in an update", "update_customer", NO_CUSTOMER, "customerId", "customer[cus_1]"),
        clear("of a promotion code for anybody", CODE, {ID: None, **NO_CUSTOMER}),
    ),
}

test_rows = rows_test(ROWS)

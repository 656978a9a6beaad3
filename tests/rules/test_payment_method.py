"""Boundaries of the rules on how a session may be paid."""

from rules_engine.examples import REMOVED
from rules_engine.rules import payment_method
from tests.rules.table import (
    NO_SESSION,
    UNKNOWN_SESSION,
    Row,
    Table,
    clear,
    decided,
    reports,
    rows_test,
    skipped,
    undecided,
)

METHOD, INTENT = "/facts/paymentMethods/pm_1", "/facts/paymentIntents/pi_1"
NO_METHOD = {"/facts/paymentMethods": {}, "/facts/missing": {"paymentMethods": ["pm_1"]}}
NO_INTENT = {"/facts/paymentIntents": {}, "/facts/missing": {"paymentIntents": ["pi_1"]}}
TYPES = "/request/paymentMethodTypes"
ACCOUNT = "/facts/merchant/supportedCurrencies"
CUSTOMER = "/facts/session/customerId"
OFFERED, FOLLOWED = "/facts/session/paymentMethodTypes", "/facts/session/paymentMethodConfigurationId"
CONFIGURATIONS = "/facts/configurations"
GONE = ("session_missing", "id")


def type_rows(chosen: str, field: str) -> tuple[Row, ...]:
    """Tell the boundaries of a type that a session has to offer.

    Args:
        chosen: Pointer to the type that the buyer pays with; the other type of the world stays `card`.
        field: The field that names it.
    """
    follows = {OFFERED: None, FOLLOWED: "pmc_2", f"{CONFIGURATIONS}/pmc_2": {"id": "pmc_2", "enabledMethods": ["card"]}}
    default = {OFFERED: None, FOLLOWED: None}
    return (
        clear("one of its types", "confirm", {chosen: "fawry"}),
        reports(
            "none of its types",
            "confirm",
            {chosen: "valu"},
            field,
            evidence={"type": "valu", "paymentMethodTypes": ("card", "fawry")},
        ),
        reports(
            "none of its types, though its configuration has it",
            "confirm",
            {chosen: "fawry", f"{OFFERED}/1": REMOVED, FOLLOWED: "pmc_1"},
            field,
        ),
        clear("one of its configuration's", "confirm", follows),
        reports(
            "none of its configuration's, though the default has it", "confirm", {**follows, chosen: "fawry"}, field
        ),
        clear("one of the default configuration's", "confirm", {**default, chosen: "fawry"}),
        reports("none of the default configuration's", "confirm", {**default, chosen: "valu"}, field),
        undecided(
            "nobody looked its configuration up",
            "confirm",
            {OFFERED: None, FOLLOWED: "pmc_2"},
            field,
            "configurations[pmc_2]",
        ),
        undecided(
            "nobody looked the default up", "confirm", {**default, CONFIGURATIONS: {}}, field, "configurations[default]"
        ),
        undecided("nobody looked the session up", "confirm", UNKNOWN_SESSION, field, "session[cs_1]"),
        skipped("there is no session", "confirm", NO_SESSION, field, by=GONE),
    )


OWNER = f"{METHOD}/customerId"


ROWS: Table = {
    payment_method.payment_method_types_not_enabled: (
        clear("all of the account's", "create", {TYPES: ["card", "fawry", "valu"]}),
        reports(
            "one more", "create", {TYPES: ["card", "tabby"]}, "paymentMethodTypes", evidence={"notEnabled": ("tabby",)}
        ),
        reports(
            "two more, in the order of the request",
            "create",
            {TYPES: ["tamara", "card", "aman"]},
            "paymentMethodTypes",
            evidence={"notEnabled": ("tamara", "aman")},
        ),
        clear(
            "works in another currency only", "create", {TYPES: ["tabby"], f"{ACCOUNT}/2/paymentMethodTypes": ["tabby"]}
        ),
        clear("an empty list", "create", {TYPES: []}),
        clear("null", "create", {TYPES: None}),
        clear("null in an update", "update", {TYPES: None}),
        reports("one more in an update", "update", {TYPES: ["tabby"]}, "paymentMethodTypes"),
        reports(
            "the account has none",
            "update",
            {ACCOUNT: []},
            "paymentMethodTypes",
            evidence={"notEnabled": ("card", "fawry")},
        ),
        clear("what the session has already is not looked at", "update_metadata", {ACCOUNT: []}),
        undecided(
            "nobody looked the account up", "update", {"/facts/merchant": None}, "paymentMethodTypes", "merchant"
        ),
        undecided(
            "nobody looked its currencies up",
            "update",
            {ACCOUNT: None},
            "paymentMethodTypes",
            "merchant.supportedCurrencies",
        ),
        clear("nobody looked, and none is named", "update", {"/facts/merchant": None, TYPES: []}),
        reports(
            "of a new configuration",
            "configuration_create",
            {"/request/enabledMethods": ["tabby"]},
            "enabledMethods",
            evidence={"notEnabled": ("tabby",)},
        ),
        clear("what a configuration has already is not looked at", "configuration_update_succeeds", {ACCOUNT: []}),
        clear("nobody looked, and no method is touched", "configuration_update_succeeds", {"/facts/merchant": None}),
    ),
    payment_method.payment_method_missing: (
        clear("none", "confirm_bare", NO_METHOD),
        clear("null", "confirm", {"/request/paymentMethod": None, **NO_METHOD}),
    ),
    payment_method.payment_method_corrupted: (
        clear("nothing stated", "confirm", {f"{METHOD}/readable": REMOVED}),
        clear("not readable, and not used", "confirm_bare", {f"{METHOD}/readable": False}),
    ),
    payment_method.payment_method_customer_mismatch: (
        reports(
            "another customer's session",
            "confirm",
            {OWNER: "cus_2"},
            "paymentMethod",
            evidence={"customerId": "cus_2", "sessionCustomerId": "cus_1"},
        ),
        clear("nobody's method", "confirm", {OWNER: None}),
        clear("nobody's method, and a guest", "confirm", {OWNER: None, CUSTOMER: None, f"{INTENT}/customer": None}),
        reports(
            "a customer's method, and a guest",
            "confirm",
            {CUSTOMER: None, f"{INTENT}/customer": None},
            "paymentMethod",
            evidence={"customerId": "cus_1", "sessionCustomerId": None},
        ),
        undecided(
            "nobody looked for a session",
            "confirm",
            UNKNOWN_SESSION,
            "paymentMethod",
            "session[cs_1]",
            off=("session_missing",),
        ),
        decided(
            "nobody looked for a session, and it is nobody's",
            "confirm",
            {f"{METHOD}/customerId": None, **UNKNOWN_SESSION},
            off=("session_missing",),
        ),
    ),
    payment_method.stored_payment_method_mismatch: (
        *type_rows(f"{METHOD}/type", "paymentMethod"),
        reports(
            "a stored method, and nothing chosen",
            "confirm",
            {"/request/paymentMethodType": None, f"{METHOD}/type": "valu"},
            "paymentMethod",
        ),
        clear("the policy has it", "confirm", {}, supported_payment_method_types=["card"]),
        reports(
            "the policy has it not",
            "confirm",
            {"/request/paymentMethodType": None},
            "paymentMethod",
            supported_payment_method_types=["fawry", "valu"],
        ),
        undecided(
            "nobody looked for the method",
            "confirm",
            {"/facts/paymentMethods": {}},
            "paymentMethod",
            "paymentMethods[pm_1]",
            off=("payment_method_missing",),
        ),
    ),
    payment_method.payment_method_mismatch: (
        *type_rows("/request/paymentMethodType", "paymentMethodType"),
        reports(
            "chosen, without a stored method",
            "confirm",
            {"/request/paymentMethod": None, "/request/paymentMethodType": "valu"},
            "paymentMethodType",
        ),
        clear("the policy has it", "confirm", {}, supported_payment_method_types=["card"]),
        reports(
            "the policy has it not, though it is offered",
            "confirm",
            {"/request/paymentMethod": None},
            "paymentMethodType",
            supported_payment_method_types=["fawry", "valu"],
        ),
        reports(
            "its configuration does not exist",
            "confirm",
            {OFFERED: None, FOLLOWED: "pmc_2", "/facts/missing": {"configurations": ["pmc_2"]}},
            ("stored_payment_method_mismatch", "paymentMethod"),
            "paymentMethodType",
        ),
        reports(
            "there is no default",
            "confirm",
            {OFFERED: None, FOLLOWED: None, CONFIGURATIONS: {}, "/facts/missing": {"configurations": ["default"]}},
            ("stored_payment_method_mismatch", "paymentMethod"),
            "paymentMethodType",
        ),
        clear("none chosen", "confirm", {"/request/paymentMethodType": None, OFFERED: [{"type": "card"}]}),
        reports(
            "no type is offered",
            "confirm",
            {OFFERED: []},
            ("stored_payment_method_mismatch", "paymentMethod"),
            "paymentMethodType",
            evidence={"type": "card", "paymentMethodTypes": ()},
        ),
        reports(
            "both ways of naming it",
            "confirm",
            {"/request/paymentMethodType": "valu", f"{METHOD}/type": "valu"},
            ("stored_payment_method_mismatch", "paymentMethod"),
            "paymentMethodType",
        ),
    ),
    payment_method.payment_intent_missing: (
        clear("none", "confirm_bare", NO_INTENT),
        clear("null", "confirm", {"/request/paymentIntentId": None, **NO_INTENT}),
    ),
    payment_method.payment_intent_customer_mismatch: (
        reports(
            "another customer's session",
            "confirm",
            {f"{INTENT}/customer": {"id": "cus_2"}},
            "paymentIntentId",
            evidence={"customerId": "cus_2", "sessionCustomerId": "cus_1"},
        ),
        clear("a guest's intent", "confirm", {f"{INTENT}/customer": None}),
        clear(
            "a guest's intent, and a guest",
            "confirm",
            {f"{INTENT}/customer": None, CUSTOMER: None, f"{METHOD}/customerId": None},
        ),
        reports(
            "a customer's intent, and a guest",
            "confirm",
            {CUSTOMER: None, f"{METHOD}/customerId": None},
            "paymentIntentId",
            evidence={"customerId": "cus_1", "sessionCustomerId": None},
        ),
        undecided(
            "nobody looked for a session",
            "confirm",
            UNKNOWN_SESSION,
            "paymentIntentId",
            "session[cs_1]",
            off=("session_missing",),
        ),
        decided(
            "nobody looked for a session, and it is nobody's",
            "confirm",
            {f"{INTENT}/customer": None, **UNKNOWN_SESSION},
            off=("session_missing",),
        ),
    ),
}

test_rows = rows_test(ROWS)

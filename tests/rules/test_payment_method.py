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
    shows,
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
    """Return the rows of a type that a session has to offer.

    Args:
        chosen: Pointer to the type that the buyer pays with; the other type of the example stays `card`.
        field: The field that names it.
    """
    follows = {OFFERED: None, FOLLOWED: "pmc_2", f"{CONFIGURATIONS}/pmc_2": {"id": "pmc_2", "enabledMethods": ["card"]}}
    default = {OFFERED: None, FOLLOWED: None}
    return (
        clear("one of its types", "confirm", {chosen: "fawry"}),
        shows(
            "none of its types",
            "confirm",
            {chosen: "valu"},
            field,
            {"type": "valu", "offeredTypes": ("card", "fawry")},
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
            "its configuration not provided",
            "confirm",
            {OFFERED: None, FOLLOWED: "pmc_2"},
            field,
            "configurations[pmc_2]",
        ),
        undecided("default not provided", "confirm", {**default, CONFIGURATIONS: {}}, field, "configurations[default]"),
        undecided("session not provided", "confirm", UNKNOWN_SESSION, field, "session[cs_1]"),
        skipped("no session", "confirm", NO_SESSION, field, by=GONE),
    )


OWNER = f"{METHOD}/customerId"
CHOSEN, CHOSEN_AT, UNCHOSEN = "/request/paymentMethodType", "paymentMethodType", {"/request/paymentMethodType": None}
CARDS = {f"{ACCOUNT}/0/paymentMethodTypes": ["card"]}
SEEN_AT = "/facts/session/presentmentDetails"
SEEN = {"currency": "USD", "amountSubtotal": 128_500, "exchangeRate": "50.25"}
SETUP = {"/facts/session/mode": "setup", "/facts/session/currency": None, "/facts/session/lineItems": None}
NO_DISCOUNT = {"/request/discounts": REMOVED, "/request/lineItems": REMOVED}
TOTAL, OWN_INTENT = "/facts/session/amountTotal", "/facts/session/paymentIntentId"
LEAST, GREATEST = (f"{OFFERED}/0/{name}TransactionAmount" for name in ("min", "max"))


ROWS: Table = {
    payment_method.payment_method_types_not_enabled: (
        clear("all of the account's", "create", {TYPES: ["card", "fawry", "valu"]}),
        shows("one more", "create", {TYPES: ["card", "tabby"]}, "paymentMethodTypes", {"notEnabled": ("tabby",)}),
        shows(
            "two more, in the order of the request",
            "create",
            {TYPES: ["tamara", "card", "aman"]},
            "paymentMethodTypes",
            {"notEnabled": ("tamara", "aman")},
        ),
        clear(
            "in another currency only",
            "create",
            {TYPES: ["card", "tabby"], f"{ACCOUNT}/2/paymentMethodTypes": ["tabby"]},
        ),
        clear("an empty list", "create", {TYPES: []}),
        clear("null", "create", {TYPES: None}),
        clear("null in an update", "update", {TYPES: None}),
        reports("one more in an update", "update", {TYPES: ["tabby"]}, "paymentMethodTypes"),
        shows("the account has none", "update", {ACCOUNT: []}, "paymentMethodTypes", {"notEnabled": ("card", "fawry")}),
        clear("what the session has already does not matter", "update_metadata", {ACCOUNT: []}),
        undecided("account not provided", "update", {"/facts/merchant": None}, "paymentMethodTypes", "merchant"),
        undecided(
            "currencies unknown", "update", {ACCOUNT: None}, "paymentMethodTypes", "merchant.supportedCurrencies"
        ),
        clear("not provided, and none is named", "update", {"/facts/merchant": None, TYPES: []}),
        shows(
            "of a new configuration",
            "configuration_create",
            {"/request/enabledMethods": ["tabby"]},
            "enabledMethods",
            {"notEnabled": ("tabby",)},
        ),
        clear("what a configuration has already does not matter", "configuration_update_succeeds", {ACCOUNT: []}),
        clear("not provided, and no method is touched", "configuration_update_succeeds", {"/facts/merchant": None}),
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
        shows(
            "another customer's session",
            "confirm",
            {OWNER: "cus_2"},
            "paymentMethod",
            {"customerId": "cus_2", "sessionCustomerId": "cus_1"},
        ),
        clear("of no customer", "confirm", {OWNER: None}),
        clear("of no customer, and a guest", "confirm", {OWNER: None, CUSTOMER: None, f"{INTENT}/customer": None}),
        shows(
            "a customer's method, and a guest",
            "confirm",
            {CUSTOMER: None, f"{INTENT}/customer": None},
            "paymentMethod",
            {"customerId": "cus_1", "sessionCustomerId": None},
        ),
        decided(
            "session unknown", "confirm", {f"{METHOD}/customerId": None, **UNKNOWN_SESSION}, off=("session_missing",)
        ),
    ),
    payment_method.stored_payment_method_mismatch: (
        *type_rows(f"{METHOD}/type", "paymentMethod"),
        reports(
            "not chosen", "confirm", {"/request/paymentMethodType": None, f"{METHOD}/type": "valu"}, "paymentMethod"
        ),
        clear("the policy has it", "confirm", {}, supported_payment_method_types=["card"]),
        reports(
            "the policy has it not",
            "confirm",
            {"/request/paymentMethodType": None},
            "paymentMethod",
            supported_payment_method_types=["fawry", "valu"],
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
        ),
        reports(
            "both ways of naming it",
            "confirm",
            {"/request/paymentMethodType": "valu", f"{METHOD}/type": "valu"},
            ("stored_payment_method_mismatch", "paymentMethod"),
            "paymentMethodType",
        ),
    ),
    payment_method.payment_method_of_another_currency: (
        clear("a type that works", "confirm", {}),
        clear("the currency in another case", "confirm", {f"{ACCOUNT}/0/code": "egp"}),
        shows(
            "a type that does not",
            "confirm",
            {CHOSEN: "fawry", **CARDS},
            CHOSEN_AT,
            {"type": "fawry", "currency": "egp"},
        ),
        reports(
            "a stored method that does not",
            "confirm",
            {**UNCHOSEN, f"{METHOD}/type": "fawry", **CARDS},
            "paymentMethod",
        ),
        reports("the account has no such currency", "confirm", {f"{ACCOUNT}/0/code": "AED"}, CHOSEN_AT),
        reports(
            "the currency that the buyer sees",
            "confirm",
            {CHOSEN: "fawry", "/facts/session/presentmentDetails": SEEN},
            CHOSEN_AT,
        ),
        clear("a session that sets up a method has no currency", "confirm", {**SETUP, f"{ACCOUNT}/0/code": "AED"}),
        clear("none is named", "confirm_bare", {f"{ACCOUNT}/0/code": "AED"}),
        skipped(
            "a stored method that is not offered",
            "confirm",
            {**UNCHOSEN, f"{METHOD}/type": "tabby"},
            "paymentMethod",
            by=("stored_payment_method_mismatch", "paymentMethod"),
        ),
        undecided("account not provided", "confirm", {"/facts/merchant": None}, CHOSEN_AT, "merchant"),
        undecided("its currencies unknown", "confirm", {ACCOUNT: None}, CHOSEN_AT, "merchant.supportedCurrencies"),
        undecided(
            "currency unknown", "confirm", {"/facts/session/currency": None}, CHOSEN_AT, "session.currency[cs_1]"
        ),
        undecided("session not provided", "confirm", UNKNOWN_SESSION, None, "session[cs_1]"),
        undecided(
            "method not provided", "confirm", {**UNCHOSEN, "/facts/paymentMethods": {}}, None, "paymentMethods[pm_1]"
        ),
        reports("no such method", "confirm", {**UNCHOSEN, **NO_METHOD}, ("payment_method_missing", "paymentMethod")),
        decided("none is named, and the session is not provided", "confirm_bare", UNKNOWN_SESSION),
    ),
    payment_method.amount_below_method_minimum: (
        clear("as much", "confirm", {TOTAL: 5_000, LEAST: "5000"}),
        shows(
            "less",
            "confirm",
            {TOTAL: 4_999, LEAST: "5000"},
            CHOSEN_AT,
            {"type": "card", "amountTotal": 4_999, "minimum": 5_000},
        ),
        reports("less by a fraction", "confirm", {TOTAL: 5_000, LEAST: "5000.5"}, CHOSEN_AT),
        reports("less, by a stored method", "confirm", {**UNCHOSEN, TOTAL: 1, LEAST: "2"}, "paymentMethod"),
        clear("the least of another type", "confirm", {TOTAL: 1, f"{OFFERED}/1/minTransactionAmount": "2"}),
        clear("null", "confirm", {TOTAL: 0, LEAST: None}),
        clear("the total does not matter where there is no least", "confirm", {TOTAL: None}),
        undecided("total not provided", "confirm", {TOTAL: None, LEAST: "1"}, CHOSEN_AT, "session.amountTotal[cs_1]"),
    ),
    payment_method.amount_above_method_maximum: (
        clear("as much", "confirm", {TOTAL: 5_000, GREATEST: "5000"}),
        shows(
            "more",
            "confirm",
            {TOTAL: 5_001, GREATEST: "5000"},
            CHOSEN_AT,
            {"type": "card", "amountTotal": 5_001, "maximum": 5_000},
        ),
        clear("the total after discounts counts", "confirm", {TOTAL: 1, GREATEST: "5000"}),
        undecided(
            "total not provided", "confirm", {TOTAL: None, GREATEST: "1"}, CHOSEN_AT, "session.amountTotal[cs_1]"
        ),
    ),
    payment_method.no_method_in_the_session_currency: (
        clear("one of two works", "create_foreign", {TYPES: ["fawry", "card"]}),
        shows(
            "none works",
            "create_foreign",
            {TYPES: ["fawry", "valu"]},
            "paymentMethodTypes",
            {"types": ("fawry", "valu"), "currency": "usd"},
        ),
        reports(
            "none works, in an update", "update", {TYPES: ["fawry"], SEEN_AT: SEEN, **NO_DISCOUNT}, "paymentMethodTypes"
        ),
        clear("an empty list", "update", {TYPES: [], f"{ACCOUNT}/0/code": "AED"}),
        clear("what the session has already does not matter", "update_metadata", {f"{ACCOUNT}/0/code": "AED"}),
        shows(
            "none of the configuration's",
            "create_configured",
            {f"{ACCOUNT}/0/paymentMethodTypes": ["valu"]},
            "paymentMethodConfigurationId",
            {"types": ("card", "fawry"), "currency": "egp"},
        ),
        reports(
            "a currency that the account does not have",
            "create_minimal",
            {TYPES: ["card"], f"{ACCOUNT}/0/code": "AED"},
            ("unsupported_currency", "lineItems[0].price"),
        ),
        reports(
            "types that the account does not have at all",
            "create",
            {TYPES: ["tabby"]},
            ("payment_method_types_not_enabled", "paymentMethodTypes"),
        ),
        undecided(
            "account not provided",
            "create_configured",
            {"/facts/merchant": None},
            "paymentMethodConfigurationId",
            "merchant",
        ),
        undecided(
            "currency unknown",
            "update",
            {"/facts/session/currency": None},
            "paymentMethodTypes",
            "session.currency[cs_1]",
        ),
    ),
    payment_method.payment_intent_of_another_session: (
        clear("the session's own", "confirm", {OWN_INTENT: "pi_1", f"{INTENT}/checkoutSessionId": "cs_1"}),
        clear("neither names the other", "confirm", {OWN_INTENT: None, f"{INTENT}/checkoutSessionId": None}),
        shows("the session has another", "confirm", {OWN_INTENT: "pi_2"}, "paymentIntentId", {}),
        reports("it pays another session", "confirm", {f"{INTENT}/checkoutSessionId": "cs_2"}, "paymentIntentId"),
        clear("none is named", "confirm_bare", {OWN_INTENT: "pi_2"}),
        clear("a refund has no session", "refund_create_by_intent", {f"{INTENT}/checkoutSessionId": "cs_2"}),
        reports(
            "another customer's too",
            "confirm",
            {OWN_INTENT: "pi_2", f"{INTENT}/customer": {"id": "cus_2"}},
            ("payment_intent_customer_mismatch", "paymentIntentId"),
        ),
    ),
    payment_method.payment_intent_missing: (
        clear("none", "confirm_bare", NO_INTENT),
        clear("null", "confirm", {"/request/paymentIntentId": None, **NO_INTENT}),
    ),
    payment_method.payment_intent_customer_mismatch: (
        shows(
            "another customer's session",
            "confirm",
            {f"{INTENT}/customer": {"id": "cus_2"}},
            "paymentIntentId",
            {"customer": "cus_2", "sessionCustomerId": "cus_1"},
        ),
        clear("a guest's intent", "confirm", {f"{INTENT}/customer": None}),
        clear("guest's, guest", "confirm", {f"{INTENT}/customer": None, CUSTOMER: None, f"{METHOD}/customerId": None}),
        shows(
            "a customer's intent, and a guest",
            "confirm",
            {CUSTOMER: None, f"{METHOD}/customerId": None},
            "paymentIntentId",
            {"customer": "cus_1", "sessionCustomerId": None},
        ),
        decided(
            "of no customer, session unknown",
            "confirm",
            {f"{INTENT}/customer": None, **UNKNOWN_SESSION},
            off=("session_missing",),
        ),
    ),
}

test_rows = rows_test(ROWS)

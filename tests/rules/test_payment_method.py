"""Boundaries of the rules on how a session may be paid."""

from rules_engine.examples import REMOVED
from rules_engine.rules import payment_method
from tests.rules.table import NO_SESSION, UNKNOWN_SESSION, Row, RuleTable, clear, decided, says, skipped, undecided

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
        says(
            "none of its types",
            "confirm",
            {chosen: "valu"},
            field,
            evidence={"type": "valu", "paymentMethodTypes": ("card", "fawry")},
        ),
        says(
            "none of its types, though its configuration has it",
            "confirm",
            {chosen: "fawry", f"{OFFERED}/1": REMOVED, FOLLOWED: "pmc_1"},
            field,
        ),
        clear("one of its configuration's", "confirm", follows),
        says("none of its configuration's, though the default has it", "confirm", {**follows, chosen: "fawry"}, field),
        clear("one of the default configuration's", "confirm", {**default, chosen: "fawry"}),
        says("none of the default configuration's", "confirm", {**default, chosen: "valu"}, field),
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


class TestPaymentMethodTypesNotEnabled(RuleTable):
    """A session offers only types that work in some currency of the account."""

    rule = payment_method.payment_method_types_not_enabled
    rows = (
        clear("all of the account's", "create", {TYPES: ["card", "fawry", "valu"]}),
        says(
            "one more", "create", {TYPES: ["card", "tabby"]}, "paymentMethodTypes", evidence={"notEnabled": ("tabby",)}
        ),
        says(
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
        says("one more in an update", "update", {TYPES: ["tabby"]}, "paymentMethodTypes"),
        says(
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
        clear("of a new configuration, all of the account's", "configuration_create_default", {}),
        says(
            "of a new configuration",
            "configuration_create",
            {"/request/enabledMethods": ["tabby"]},
            "enabledMethods",
            evidence={"notEnabled": ("tabby",)},
        ),
        says(
            "of a changed configuration",
            "configuration_update",
            {"/request/enabledMethods": ["card", "tabby"]},
            "enabledMethods",
        ),
        clear("what a configuration has already is not looked at", "configuration_update_succeeds", {ACCOUNT: []}),
        undecided(
            "nobody looked the account up, for a configuration",
            "configuration_create",
            {"/facts/merchant": None},
            "enabledMethods",
            "merchant",
        ),
        clear("nobody looked, and no method is touched", "configuration_update_succeeds", {"/facts/merchant": None}),
    )


class TestPaymentMethodMissing(RuleTable):
    """A stored payment method that the request names has to exist."""

    rule = payment_method.payment_method_missing
    rows = (
        clear("the method that is known", "confirm", {}),
        clear("none", "confirm_bare", NO_METHOD),
        clear("null", "confirm", {"/request/paymentMethod": None, **NO_METHOD}),
        says("known not to exist", "confirm", NO_METHOD, "paymentMethod", evidence={}),
        undecided("nobody looked", "confirm", {"/facts/paymentMethods": {}}, "paymentMethod", "paymentMethods[pm_1]"),
    )


class TestPaymentMethodCorrupted(RuleTable):
    """A stored payment method can still be read."""

    rule = payment_method.payment_method_corrupted
    rows = (
        clear("readable", "confirm", {f"{METHOD}/readable": True}),
        clear("nothing stated", "confirm", {f"{METHOD}/readable": REMOVED}),
        says("not readable", "confirm", {f"{METHOD}/readable": False}, "paymentMethod", evidence={}),
        clear("not readable, and not used", "confirm_bare", {f"{METHOD}/readable": False}),
        undecided("nobody looked", "confirm", {"/facts/paymentMethods": {}}, "paymentMethod", "paymentMethods[pm_1]"),
        skipped(
            "there is no such method",
            "confirm",
            NO_METHOD,
            "paymentMethod",
            by=("payment_method_missing", "paymentMethod"),
        ),
    )


class TestPaymentMethodCustomerMismatch(RuleTable):
    """A stored payment method is used by its owner only; one that is nobody's, by anybody."""

    rule = payment_method.payment_method_customer_mismatch
    OWNER = f"{METHOD}/customerId"
    rows = (
        clear("its owner's session", "confirm", {OWNER: "cus_1"}),
        says(
            "another customer's session",
            "confirm",
            {OWNER: "cus_2"},
            "paymentMethod",
            evidence={"customerId": "cus_2", "sessionCustomerId": "cus_1"},
        ),
        clear("nobody's method", "confirm", {OWNER: None}),
        clear("nobody's method, and a guest", "confirm", {OWNER: None, CUSTOMER: None, f"{INTENT}/customer": None}),
        says(
            "a customer's method, and a guest",
            "confirm",
            {CUSTOMER: None, f"{INTENT}/customer": None},
            "paymentMethod",
            evidence={"customerId": "cus_1", "sessionCustomerId": None},
        ),
        undecided(
            "nobody looked the method up",
            "confirm",
            {"/facts/paymentMethods": {}},
            "paymentMethod",
            "paymentMethods[pm_1]",
        ),
        undecided("nobody looked the session up", "confirm", UNKNOWN_SESSION, "paymentMethod", "session[cs_1]"),
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
        skipped(
            "there is no such method",
            "confirm",
            NO_METHOD,
            "paymentMethod",
            by=("payment_method_missing", "paymentMethod"),
        ),
        skipped("there is no session", "confirm", NO_SESSION, "paymentMethod", by=GONE),
    )


class TestStoredPaymentMethodMismatch(RuleTable):
    """A stored payment method is of a type that the session offers."""

    rule = payment_method.stored_payment_method_mismatch
    rows = (
        *type_rows(f"{METHOD}/type", "paymentMethod"),
        says(
            "a stored method, and nothing chosen",
            "confirm",
            {"/request/paymentMethodType": None, f"{METHOD}/type": "valu"},
            "paymentMethod",
        ),
        clear("the policy has it", "confirm", {}, supported_payment_method_types=["card"]),
        says(
            "the policy has it not",
            "confirm",
            {"/request/paymentMethodType": None},
            "paymentMethod",
            supported_payment_method_types=["fawry", "valu"],
        ),
        undecided(
            "nobody looked the method up",
            "confirm",
            {"/facts/paymentMethods": {}},
            "paymentMethod",
            "paymentMethods[pm_1]",
        ),
        undecided(
            "nobody looked for the method",
            "confirm",
            {"/facts/paymentMethods": {}},
            "paymentMethod",
            "paymentMethods[pm_1]",
            off=("payment_method_missing",),
        ),
        skipped(
            "there is no such method",
            "confirm",
            NO_METHOD,
            "paymentMethod",
            by=("payment_method_missing", "paymentMethod"),
        ),
    )


class TestPaymentMethodMismatch(RuleTable):
    """A buyer chooses a type that the session offers: its own, else its configuration's, else the default's."""

    rule = payment_method.payment_method_mismatch
    rows = (
        *type_rows("/request/paymentMethodType", "paymentMethodType"),
        says(
            "chosen, without a stored method",
            "confirm",
            {"/request/paymentMethod": None, "/request/paymentMethodType": "valu"},
            "paymentMethodType",
        ),
        clear("the policy has it", "confirm", {}, supported_payment_method_types=["card"]),
        says(
            "the policy has it not, though it is offered",
            "confirm",
            {"/request/paymentMethod": None},
            "paymentMethodType",
            supported_payment_method_types=["fawry", "valu"],
        ),
        says(
            "its configuration does not exist",
            "confirm",
            {OFFERED: None, FOLLOWED: "pmc_2", "/facts/missing": {"configurations": ["pmc_2"]}},
            ("stored_payment_method_mismatch", "paymentMethod"),
            "paymentMethodType",
        ),
        says(
            "there is no default",
            "confirm",
            {OFFERED: None, FOLLOWED: None, CONFIGURATIONS: {}, "/facts/missing": {"configurations": ["default"]}},
            ("stored_payment_method_mismatch", "paymentMethod"),
            "paymentMethodType",
        ),
        clear("none chosen", "confirm", {"/request/paymentMethodType": None, OFFERED: [{"type": "card"}]}),
        says(
            "no type is offered",
            "confirm",
            {OFFERED: []},
            ("stored_payment_method_mismatch", "paymentMethod"),
            "paymentMethodType",
            evidence={"type": "card", "paymentMethodTypes": ()},
        ),
        says(
            "both ways of naming it",
            "confirm",
            {"/request/paymentMethodType": "valu", f"{METHOD}/type": "valu"},
            ("stored_payment_method_mismatch", "paymentMethod"),
            "paymentMethodType",
        ),
    )


class TestPaymentIntentMissing(RuleTable):
    """A payment intent that the request names has to exist."""

    rule = payment_method.payment_intent_missing
    rows = (
        clear("the intent that is known", "confirm", {}),
        clear("none", "confirm_bare", NO_INTENT),
        clear("null", "confirm", {"/request/paymentIntentId": None, **NO_INTENT}),
        says("known not to exist", "confirm", NO_INTENT, "paymentIntentId", evidence={}),
        undecided("nobody looked", "confirm", {"/facts/paymentIntents": {}}, "paymentIntentId", "paymentIntents[pi_1]"),
        clear("the intent of a refund", "refund_create_by_intent", {}),
        says("a refund, known not to exist", "refund_create_by_intent", NO_INTENT, "paymentIntentId"),
        undecided(
            "a refund, and nobody looked",
            "refund_create_by_intent",
            {"/facts/paymentIntents": {}},
            "paymentIntentId",
            "paymentIntents[pi_1]",
        ),
    )


class TestPaymentIntentCustomerMismatch(RuleTable):
    """A payment intent is confirmed for its own customer; a guest's, for anybody."""

    rule = payment_method.payment_intent_customer_mismatch
    rows = (
        clear("its customer's session", "confirm", {f"{INTENT}/customer": {"id": "cus_1"}}),
        says(
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
        says(
            "a customer's intent, and a guest",
            "confirm",
            {CUSTOMER: None, f"{METHOD}/customerId": None},
            "paymentIntentId",
            evidence={"customerId": "cus_1", "sessionCustomerId": None},
        ),
        undecided(
            "nobody looked the intent up",
            "confirm",
            {"/facts/paymentIntents": {}},
            "paymentIntentId",
            "paymentIntents[pi_1]",
        ),
        undecided("nobody looked the session up", "confirm", UNKNOWN_SESSION, "paymentIntentId", "session[cs_1]"),
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
        skipped(
            "there is no such intent",
            "confirm",
            NO_INTENT,
            "paymentIntentId",
            by=("payment_intent_missing", "paymentIntentId"),
        ),
        skipped("there is no session", "confirm", NO_SESSION, "paymentIntentId", by=GONE),
    )

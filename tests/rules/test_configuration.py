"""Boundaries of the rules on the payment method configuration that a request names or saves."""

from rules_engine.rules import configuration
from tests.rules.table import Changes, Table, clear, decided, reports, rows_test, undecided

FIELD = "paymentMethodConfigurationId"
KNOWN = "/facts/configurations/pmc_1"
GONE = {"/facts/configurations": {}, "/facts/missing": {"configurations": ["pmc_1"]}}
UNKNOWN: Changes = {"/facts/configurations": {}}
UPDATE = {"/request": {FIELD: "pmc_1"}}
METHODS, STORED = "/request/enabledMethods", "/facts/configurations/pmc_2/enabledMethods"
TARGET_GONE = {"/facts/configurations": {}, "/facts/missing": {"configurations": ["pmc_2"]}}


ROWS: Table = {
    configuration.configuration_missing: (
        clear("null", "create_configured", {f"/request/{FIELD}": None, **GONE}),
        clear("none", "create", GONE),
        reports("known not to exist", "create_configured", GONE, FIELD, evidence={"configuration": "pmc_1"}),
        reports("known not to exist, in an update", "update", {**UPDATE, **GONE}, FIELD),
        clear("null in an update", "update", {"/request": {FIELD: None}, **GONE}),
        clear("null in an update of a payment link", "payment_link_update", {f"/request/{FIELD}": None, **GONE}),
        reports(
            "known not to exist, and deleted",
            "configuration_delete",
            TARGET_GONE,
            "id",
            evidence={"configuration": "pmc_2"},
        ),
        clear("a new one is not looked up", "configuration_create", GONE),
        undecided("nobody looked, in an update", "update", {**UPDATE, **UNKNOWN}, FIELD, "configurations[pmc_1]"),
    ),
    configuration.must_have_enabled_method: (
        clear("one method", "create_configured", {f"{KNOWN}/enabledMethods": ["card"]}),
        reports(
            "no method",
            "create_configured",
            {f"{KNOWN}/enabledMethods": []},
            FIELD,
            evidence={"configuration": "pmc_1", "enabledMethods": 0},
        ),
        reports("no method, in an update", "update", {**UPDATE, f"{KNOWN}/enabledMethods": []}, FIELD),
        clear("a configuration that is not named", "create", {f"{KNOWN}/enabledMethods": []}),
        reports(
            "no method of a new one",
            "configuration_create",
            {METHODS: []},
            "enabledMethods",
            evidence={"configuration": None, "enabledMethods": 0},
        ),
        reports(
            "no method after a change",
            "configuration_update",
            {METHODS: []},
            "enabledMethods",
            evidence={"configuration": "pmc_2", "enabledMethods": 0},
        ),
        clear("one after a change, none before", "configuration_update", {STORED: []}),
        clear(
            "none before, and another side is changed", "configuration_update", {STORED: [], "/request": {"name": "A"}}
        ),
        clear(
            "none before, one when it becomes the default",
            "configuration_update_succeeds",
            {STORED: [], METHODS: ["card"]},
        ),
        reports(
            "one before, none when it becomes the default",
            "configuration_update_succeeds",
            {METHODS: []},
            "enabledMethods",
        ),
        clear(
            "none, and it is the default already",
            "configuration_update_default",
            {f"{KNOWN}/enabledMethods": [], "/request": {"isDefault": True}},
        ),
        clear(
            "none, and it does not become the default",
            "configuration_update",
            {STORED: [], "/request": {"isDefault": False}},
        ),
        clear("none, and it is deleted", "configuration_delete", {STORED: []}),
        decided(
            "nobody looked, and they are stated",
            "configuration_update",
            {**UNKNOWN, "/request/name": "A"},
            off=("configuration_missing",),
        ),
    ),
}

test_rows = rows_test(ROWS)

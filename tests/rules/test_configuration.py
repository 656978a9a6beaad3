"""Boundaries of the rules on the payment method configuration that a request names or saves."""

from rules_engine.rules import configuration
from tests.rules.table import PAYMENT_LINKS, Changes, RuleTable, clear, decided, says, skipped, undecided

FIELD = "paymentMethodConfigurationId"
KNOWN = "/facts/configurations/pmc_1"
GONE = {"/facts/configurations": {}, "/facts/missing": {"configurations": ["pmc_1"]}}
UNKNOWN: Changes = {"/facts/configurations": {}}
UPDATE = {"/request": {FIELD: "pmc_1"}}
METHODS, STORED = "/request/enabledMethods", "/facts/configurations/pmc_2/enabledMethods"
TARGET_GONE = {"/facts/configurations": {}, "/facts/missing": {"configurations": ["pmc_2"]}}


class TestConfigurationMissing(RuleTable):
    """A configuration that the request names or acts on has to exist."""

    rule = configuration.configuration_missing
    rows = (
        clear("the configuration that is known", "create_configured", {}),
        clear("null", "create_configured", {f"/request/{FIELD}": None, **GONE}),
        clear("none", "create", GONE),
        says("known not to exist", "create_configured", GONE, FIELD, evidence={"configuration": "pmc_1"}),
        says("known not to exist, in an update", "update", {**UPDATE, **GONE}, FIELD),
        clear("null in an update", "update", {"/request": {FIELD: None}, **GONE}),
        *(says(f"known not to exist, of a payment link: {example}", example, GONE, FIELD) for example in PAYMENT_LINKS),
        clear("null in an update of a payment link", "payment_link_update", {f"/request/{FIELD}": None, **GONE}),
        says("known not to exist, and changed", "configuration_update", TARGET_GONE, "id"),
        says("known not to exist, and made the default", "configuration_update_succeeds", TARGET_GONE, "id"),
        says(
            "known not to exist, and deleted",
            "configuration_delete",
            TARGET_GONE,
            "id",
            evidence={"configuration": "pmc_2"},
        ),
        clear("a new one is not looked up", "configuration_create", GONE),
        undecided("nobody looked", "create_configured", UNKNOWN, FIELD, "configurations[pmc_1]"),
        undecided("nobody looked, in an update", "update", {**UPDATE, **UNKNOWN}, FIELD, "configurations[pmc_1]"),
        undecided("nobody looked, of a payment link", PAYMENT_LINKS[0], UNKNOWN, FIELD, "configurations[pmc_1]"),
        undecided("nobody looked, and it is changed", "configuration_update", UNKNOWN, "id", "configurations[pmc_2]"),
        undecided("nobody looked, and it is deleted", "configuration_delete", UNKNOWN, "id", "configurations[pmc_2]"),
    )


class TestMustHaveEnabledMethod(RuleTable):
    """A configuration that is followed, saved or made the default has a payment method switched on."""

    rule = configuration.must_have_enabled_method
    rows = (
        clear("one method", "create_configured", {f"{KNOWN}/enabledMethods": ["card"]}),
        says(
            "no method",
            "create_configured",
            {f"{KNOWN}/enabledMethods": []},
            FIELD,
            evidence={"configuration": "pmc_1", "enabledMethods": 0},
        ),
        says("no method, in an update", "update", {**UPDATE, f"{KNOWN}/enabledMethods": []}, FIELD),
        clear("a configuration that is not named", "create", {f"{KNOWN}/enabledMethods": []}),
        *(
            says(f"no method, of a payment link: {example}", example, {f"{KNOWN}/enabledMethods": []}, FIELD)
            for example in PAYMENT_LINKS
        ),
        clear("one method of a new one", "configuration_create", {METHODS: ["card"]}),
        says(
            "no method of a new one",
            "configuration_create",
            {METHODS: []},
            "enabledMethods",
            evidence={"configuration": None, "enabledMethods": 0},
        ),
        says(
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
        says("none, and it becomes the default", "configuration_update_succeeds", {STORED: []}, "isDefault"),
        clear(
            "none before, one when it becomes the default",
            "configuration_update_succeeds",
            {STORED: [], METHODS: ["card"]},
        ),
        says(
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
        undecided("nobody looked", "create_configured", UNKNOWN, FIELD, "configurations[pmc_1]"),
        undecided(
            "nobody looked, and it becomes the default",
            "configuration_update_succeeds",
            UNKNOWN,
            "isDefault",
            "configurations[pmc_2]",
        ),
        decided(
            "nobody looked, and they are stated",
            "configuration_update",
            {**UNKNOWN, "/request/name": "A"},
            off=("configuration_missing",),
        ),
        skipped(
            "there is no such configuration", "create_configured", GONE, FIELD, by=("configuration_missing", FIELD)
        ),
        skipped(
            "there is none to change",
            "configuration_update",
            {**TARGET_GONE, METHODS: []},
            "enabledMethods",
            by=("configuration_missing", "id"),
        ),
        skipped(
            "there is none to make the default",
            "configuration_update_succeeds",
            TARGET_GONE,
            "isDefault",
            by=("configuration_missing", "id"),
        ),
    )

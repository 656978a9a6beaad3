"""Boundaries of the rules on the payment method configuration that a session names."""

from rules_engine.rules import configuration
from tests.rules.table import Changes, RuleTable, clear, says, undecided, withheld

FIELD = "paymentMethodConfigurationId"
KNOWN = "/facts/configurations/pmc_1"
GONE = {"/facts/configurations": {}, "/facts/missing": {"configurations": ["pmc_1"]}}
UNKNOWN: Changes = {"/facts/configurations": {}}
UPDATE = {"/request": {FIELD: "pmc_1"}}


class TestConfigurationMissing(RuleTable):
    """A configuration that the request names has to exist."""

    rule = configuration.configuration_missing
    rows = (
        clear("the configuration that is known", "create_configured", {}),
        clear("null", "create_configured", {f"/request/{FIELD}": None, **GONE}),
        clear("none", "create", GONE),
        says(
            "known not to exist",
            "create_configured",
            GONE,
            FIELD,
            evidence={"configuration": "pmc_1", "enabledMethods": None},
        ),
        says("known not to exist, in an update", "update", {**UPDATE, **GONE}, FIELD),
        clear("null in an update", "update", {"/request": {FIELD: None}, **GONE}),
        undecided("nobody looked", "create_configured", UNKNOWN, FIELD, "configurations[pmc_1]"),
        undecided("nobody looked, in an update", "update", {**UPDATE, **UNKNOWN}, FIELD, "configurations[pmc_1]"),
    )


class TestMustHaveEnabledMethod(RuleTable):
    """A configuration that a session follows has a payment method switched on."""

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
        undecided("nobody looked", "create_configured", UNKNOWN, FIELD, "configurations[pmc_1]"),
        withheld(
            "there is no such configuration", "create_configured", GONE, FIELD, by=("configuration_missing", FIELD)
        ),
    )

"""The rules on configurations of payment methods, named and saved."""

from rules_engine import required_facts
from rules_engine.examples import REMOVED, changed, examples
from rules_engine.rules import configuration
from tests.rules.table import Changes, Table, clear, decided, reports, rows_test, shows, undecided

FIELD = "paymentMethodConfigurationId"
KNOWN = "/facts/configurations/pmc_1"
GONE = {"/facts/configurations": {}, "/facts/missing": {"configurations": ["pmc_1"]}}
UNKNOWN: Changes = {"/facts/configurations": {}}
UPDATE = {"/request": {FIELD: "pmc_1"}}
METHODS, STORED = "/request/enabledMethods", "/facts/configurations/pmc_2/enabledMethods"
TARGET_GONE = {"/facts/configurations": {}, "/facts/missing": {"configurations": ["pmc_2"]}}
NAME, IS_DEFAULT = "/request/name", "/request/isDefault"
FIRST, SECOND = "/facts/configurations/pmc_1", "/facts/configurations/pmc_2"
NO_SECOND = {"/facts/configurations": {}, "/facts/missing": {"configurations": ["pmc_2"]}}
BY_MISSING = ("configuration_missing", "id")
HANDED_ON = {f"{FIRST}/isDefault": False, f"{SECOND}/isDefault": True}
SESSIONS = "/facts/usage/configurations/pmc_2"


ROWS: Table = {
    configuration.configuration_missing: (
        clear("null", "create_configured", {f"/request/{FIELD}": None, **GONE}),
        clear("none", "create", GONE),
        shows("missing", "create_configured", GONE, FIELD, {"configuration": "pmc_1"}),
        reports("missing, in an update", "update", {**UPDATE, **GONE}, FIELD),
        clear("null in an update", "update", {"/request": {FIELD: None}, **GONE}),
        clear("null in an update of a link", "payment_link_update", {f"/request/{FIELD}": None, **GONE}),
        shows("missing, and deleted", "configuration_delete", TARGET_GONE, "id", {"configuration": "pmc_2"}),
        clear("of a new one", "configuration_create", GONE),
        undecided("not provided, in an update", "update", {**UPDATE, **UNKNOWN}, FIELD, "configurations[pmc_1]"),
    ),
    configuration.must_have_enabled_method: (
        clear("one method", "create_configured", {f"{KNOWN}/enabledMethods": ["card"]}),
        shows(
            "no method",
            "create_configured",
            {f"{KNOWN}/enabledMethods": []},
            FIELD,
            {"configuration": "pmc_1", "enabledMethodCount": 0},
        ),
        reports("no method, in an update", "update", {**UPDATE, f"{KNOWN}/enabledMethods": []}, FIELD),
        clear("a configuration that is not named", "create", {f"{KNOWN}/enabledMethods": []}),
        shows(
            "no method of a new one",
            "configuration_create",
            {METHODS: []},
            "enabledMethods",
            {"configuration": None, "enabledMethodCount": 0},
        ),
        shows(
            "no method after a change",
            "configuration_update",
            {METHODS: []},
            "enabledMethods",
            {"configuration": "pmc_2", "enabledMethodCount": 0},
        ),
        clear("one after a change, none before", "configuration_update", {STORED: []}),
        clear("none before, another side changed", "configuration_update", {STORED: [], "/request": {"name": "A"}}),
        clear("none before, one as the default", "configuration_update_succeeds", {STORED: [], METHODS: ["card"]}),
        reports("one before, none as the default", "configuration_update_succeeds", {METHODS: []}, "enabledMethods"),
        clear(
            "none, and it is the default already",
            "configuration_update_default",
            {f"{KNOWN}/enabledMethods": [], "/request": {"isDefault": True}},
        ),
        clear("none, not the default", "configuration_update", {STORED: [], "/request": {"isDefault": False}}),
        clear("none, and it is deleted", "configuration_delete", {STORED: []}),
        decided("stated", "configuration_update", {**UNKNOWN, "/request/name": "A"}, off=("configuration_missing",)),
    ),
    configuration.configuration_name_blank: (
        clear("one letter", "configuration_create", {NAME: "A"}),
        clear("a letter between spaces", "configuration_create", {NAME: " A "}),
        reports("a tab and a line", "configuration_create", {NAME: "\t\n"}, "name"),
        reports("a space without a break", "configuration_create", {NAME: "\u00a0"}, "name"),
        reports("empty is a fault of its format", "configuration_create", {NAME: ""}, ("", "name")),
        reports("of a changed one", "configuration_update", {NAME: " "}, "name"),
        reports("of the default", "configuration_update_default", {NAME: " "}, "name"),
        clear("a stored one, and another side is changed", "configuration_update", {f"{SECOND}/name": " "}),
    ),
    configuration.cannot_rename_default: (
        shows(
            "another name",
            "configuration_update_default",
            {NAME: "Simple"},
            "name",
            {"name": "Simple", "storedName": "Standard"},
        ),
        reports("in other letters", "configuration_update_default", {NAME: "standard"}, "name"),
        reports("with a space", "configuration_update_default", {NAME: "Standard "}, "name"),
        clear("no name", "configuration_update_default", {"/request": {"enabledMethods": ["card"]}}),
        clear("another name of another one", "configuration_update", {NAME: "Simple"}),
        clear("another name of one that becomes the default", "configuration_update_succeeds", {NAME: "Simple"}),
        reports(
            "another name of one that would be the default no longer",
            "configuration_update_default",
            {NAME: "Simple", IS_DEFAULT: False},
            "name",
            ("account_left_without_default", "isDefault"),
        ),
        clear("name of another one not provided", "configuration_update_succeeds", {f"{SECOND}/name": None}),
        clear(
            "its name not provided, and none is sent",
            "configuration_update_default",
            {f"{FIRST}/name": None, "/request": {"enabledMethods": ["card"]}},
        ),
        decided(
            "not provided, and no name is sent",
            "configuration_update_succeeds",
            {**UNKNOWN, NAME: REMOVED},
            off=("configuration_missing",),
        ),
        decided(
            "name of another one not provided, nor the account",
            "configuration_update_succeeds",
            {f"{SECOND}/name": None, "/request/enabledMethods": ["card"], "/facts/merchant": None},
        ),
    ),
    configuration.account_left_without_default: (
        clear("nothing said", "configuration_update_default", {"/request": {"enabledMethods": ["card"]}}),
        clear("another one does not", "configuration_update", {IS_DEFAULT: False}),
        clear("a new one does not", "configuration_create", {IS_DEFAULT: False}),
        clear("null for a new one", "configuration_create", {IS_DEFAULT: None}),
        decided(
            "not provided, and it becomes the default",
            "configuration_update_succeeds",
            UNKNOWN,
            off=("configuration_missing",),
        ),
    ),
    configuration.cannot_delete_default: (
        reports("the only one", "configuration_delete", {**HANDED_ON, FIRST: None}, "id"),
        reports("in use", "configuration_delete", {**HANDED_ON, SESSIONS: 1}, "id", ("configuration_in_use", "id")),
        decided("sessions not counted", "configuration_delete", {"/facts/usage": {}}),
    ),
    configuration.configuration_in_use: (
        shows("many sessions", "configuration_delete", {SESSIONS: 20}, "id", {"sessionCount": 20}),
        clear("a session of another one", "configuration_delete", {"/facts/usage/configurations/pmc_1": 4}),
        clear("a change asks for no count", "configuration_update", {SESSIONS: 1}),
    ),
}

test_rows = rows_test(ROWS)


def test_no_count_is_asked_of_what_does_not_exist() -> None:
    """The sessions of a configuration that is known not to exist need no count."""
    assert required_facts(changed(examples()["configuration_delete"], {**NO_SECOND, "/facts/usage": {}})) == ()

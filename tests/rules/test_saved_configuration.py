"""Boundaries of the rules on payment method configurations that are made, changed or deleted."""

from rules_engine import required_facts
from rules_engine.examples import REMOVED, changed, examples
from rules_engine.rules import saved_configuration
from tests.rules.table import Changes, Table, clear, decided, reports, rows_test

NAME, IS_DEFAULT = "/request/name", "/request/isDefault"
FIRST, SECOND = "/facts/configurations/pmc_1", "/facts/configurations/pmc_2"
UNKNOWN: Changes = {"/facts/configurations": {}}
NO_FIRST = {"/facts/configurations": {}, "/facts/missing": {"configurations": ["pmc_1"]}}
NO_SECOND = {"/facts/configurations": {}, "/facts/missing": {"configurations": ["pmc_2"]}}
BY_MISSING = ("configuration_missing", "id")
HANDED_ON = {f"{FIRST}/isDefault": False, f"{SECOND}/isDefault": True}
SESSIONS = "/facts/usage/configurations/pmc_2"


ROWS: Table = {
    saved_configuration.configuration_name_blank: (
        clear("one letter", "configuration_create", {NAME: "A"}),
        clear("a letter between spaces", "configuration_create", {NAME: " A "}),
        reports("a tab and a line", "configuration_create", {NAME: "\t\n"}, "name"),
        reports("a space without a break", "configuration_create", {NAME: "\u00a0"}, "name"),
        reports("empty is a fault of its format", "configuration_create", {NAME: ""}, ("", "name")),
        reports("of a changed one", "configuration_update", {NAME: " "}, "name"),
        reports("of the default", "configuration_update_default", {NAME: " "}, "name"),
        clear("a stored one, and another side is changed", "configuration_update", {f"{SECOND}/name": " "}),
    ),
    saved_configuration.cannot_rename_default: (
        reports(
            "another name",
            "configuration_update_default",
            {NAME: "Simple"},
            "name",
            evidence={"name": "Simple", "storedName": "Standard"},
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
        clear("nobody looked the name of another one up", "configuration_update_succeeds", {f"{SECOND}/name": None}),
        clear(
            "nobody looked its name up, and none is sent",
            "configuration_update_default",
            {f"{FIRST}/name": None, "/request": {"enabledMethods": ["card"]}},
        ),
        decided(
            "nobody looked, and no name is sent",
            "configuration_update_succeeds",
            {**UNKNOWN, NAME: REMOVED},
            off=("configuration_missing",),
        ),
        decided(
            "nobody looked the name of another one up, nor the account",
            "configuration_update_succeeds",
            {f"{SECOND}/name": None, "/request/enabledMethods": ["card"], "/facts/merchant": None},
        ),
    ),
    saved_configuration.account_left_without_default: (
        clear("nothing said", "configuration_update_default", {"/request": {"enabledMethods": ["card"]}}),
        clear("another one does not", "configuration_update", {IS_DEFAULT: False}),
        clear("a new one does not", "configuration_create", {IS_DEFAULT: False}),
        clear("null for a new one", "configuration_create", {IS_DEFAULT: None}),
        decided(
            "nobody looked, and it becomes the default",
            "configuration_update_succeeds",
            UNKNOWN,
            off=("configuration_missing",),
        ),
    ),
    saved_configuration.cannot_delete_default: (
        reports("the only one", "configuration_delete", {**HANDED_ON, FIRST: None}, "id"),
        reports(
            "the default, in use",
            "configuration_delete",
            {**HANDED_ON, SESSIONS: 1},
            "id",
            ("configuration_in_use", "id"),
        ),
        decided("nobody counted its sessions", "configuration_delete", {"/facts/usage": {}}),
    ),
    saved_configuration.configuration_in_use: (
        reports("many sessions", "configuration_delete", {SESSIONS: 20}, "id"),
        clear("a session of another one", "configuration_delete", {"/facts/usage/configurations/pmc_1": 4}),
        clear("a change asks for no count", "configuration_update", {SESSIONS: 1}),
    ),
}

test_rows = rows_test(ROWS)


def test_no_count_is_asked_of_what_does_not_exist() -> None:
    """Nobody has to count the sessions of a configuration that is known not to exist."""
    assert required_facts(changed(examples()["configuration_delete"], {**NO_SECOND, "/facts/usage": {}})) == ()

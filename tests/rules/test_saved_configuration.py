"""Boundaries of the rules on payment method configurations that are made, changed or deleted."""

from rules_engine import required_facts
from rules_engine.examples import REMOVED, changed, examples
from rules_engine.rules import saved_configuration
from tests.rules.table import Changes, RuleTable, clear, decided, says, skipped, undecided

NAME, IS_DEFAULT = "/request/name", "/request/isDefault"
FIRST, SECOND = "/facts/configurations/pmc_1", "/facts/configurations/pmc_2"
UNKNOWN: Changes = {"/facts/configurations": {}}
NO_FIRST = {"/facts/configurations": {}, "/facts/missing": {"configurations": ["pmc_1"]}}
NO_SECOND = {"/facts/configurations": {}, "/facts/missing": {"configurations": ["pmc_2"]}}
BY_MISSING = ("configuration_missing", "id")
HANDED_ON = {f"{FIRST}/isDefault": False, f"{SECOND}/isDefault": True}
SESSIONS = "/facts/usage/configurations/pmc_2"


class TestConfigurationNameBlank(RuleTable):
    """A name has a letter, a digit or a sign in it."""

    rule = saved_configuration.configuration_name_blank
    rows = (
        clear("one letter", "configuration_create", {NAME: "A"}),
        clear("a letter between spaces", "configuration_create", {NAME: " A "}),
        says("a space", "configuration_create", {NAME: " "}, "name", evidence={}),
        says("a tab and a line", "configuration_create", {NAME: "\t\n"}, "name"),
        says("a space without a break", "configuration_create", {NAME: "\u00a0"}, "name"),
        says("empty is a fault of its format", "configuration_create", {NAME: ""}, ("", "name")),
        says("of a changed one", "configuration_update", {NAME: " "}, "name"),
        says("of the default", "configuration_update_default", {NAME: " "}, "name"),
        clear("a stored one, and another side is changed", "configuration_update", {f"{SECOND}/name": " "}),
    )


class TestCannotRenameDefault(RuleTable):
    """The configuration that is the default so far is called what it was called."""

    rule = saved_configuration.cannot_rename_default
    rows = (
        clear("the same name", "configuration_update_default", {NAME: "Standard"}),
        says(
            "another name",
            "configuration_update_default",
            {NAME: "Simple"},
            "name",
            evidence={"name": "Simple", "storedName": "Standard"},
        ),
        says("in other letters", "configuration_update_default", {NAME: "standard"}, "name"),
        says("with a space", "configuration_update_default", {NAME: "Standard "}, "name"),
        clear("no name", "configuration_update_default", {"/request": {"enabledMethods": ["card"]}}),
        clear("another name of another one", "configuration_update", {NAME: "Simple"}),
        clear("another name of one that becomes the default", "configuration_update_succeeds", {NAME: "Simple"}),
        says(
            "another name of one that would be the default no longer",
            "configuration_update_default",
            {NAME: "Simple", IS_DEFAULT: False},
            "name",
            ("account_left_without_default", "isDefault"),
        ),
        clear("a new one that becomes the default", "configuration_create_default", {}),
        undecided("nobody looked", "configuration_update_default", UNKNOWN, "name", "configurations[pmc_1]"),
        undecided(
            "nobody looked its name up",
            "configuration_update_default",
            {f"{FIRST}/name": None},
            "name",
            "configurations.name[pmc_1]",
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
        skipped("there is no such configuration", "configuration_update_default", NO_FIRST, "name", by=BY_MISSING),
        skipped(
            "the name is blank",
            "configuration_update_default",
            {NAME: " "},
            "name",
            by=("configuration_name_blank", "name"),
        ),
        decided(
            "nobody looked the name of another one up, nor the account",
            "configuration_update_succeeds",
            {f"{SECOND}/name": None, "/request/enabledMethods": ["card"], "/facts/merchant": None},
        ),
    )


class TestAccountLeftWithoutDefault(RuleTable):
    """The default is handed on to another configuration, never given up."""

    rule = saved_configuration.account_left_without_default
    rows = (
        clear("it stays the default", "configuration_update_default", {IS_DEFAULT: True}),
        clear("nothing said", "configuration_update_default", {"/request": {"enabledMethods": ["card"]}}),
        says(
            "it would be the default no longer",
            "configuration_update_default",
            {IS_DEFAULT: False},
            "isDefault",
            evidence={},
        ),
        clear("another one becomes the default", "configuration_update_succeeds", {}),
        clear("another one does not", "configuration_update", {IS_DEFAULT: False}),
        clear("a new one does not", "configuration_create", {IS_DEFAULT: False}),
        clear("null for a new one", "configuration_create", {IS_DEFAULT: None}),
        undecided(
            "nobody looked",
            "configuration_update_default",
            {**UNKNOWN, IS_DEFAULT: False},
            "isDefault",
            "configurations[pmc_1]",
        ),
        decided(
            "nobody looked, and it becomes the default",
            "configuration_update_succeeds",
            UNKNOWN,
            off=("configuration_missing",),
        ),
        skipped(
            "there is no such configuration",
            "configuration_update_default",
            {**NO_FIRST, IS_DEFAULT: False},
            "isDefault",
            by=BY_MISSING,
        ),
    )


class TestCannotDeleteDefault(RuleTable):
    """Only a configuration that is not the default goes away."""

    rule = saved_configuration.cannot_delete_default
    rows = (
        clear("another one", "configuration_delete", {}),
        says("the default", "configuration_delete", HANDED_ON, "id", evidence={}),
        says("the only one", "configuration_delete", {**HANDED_ON, FIRST: None}, "id"),
        says(
            "the default, in use",
            "configuration_delete",
            {**HANDED_ON, SESSIONS: 1},
            "id",
            ("configuration_in_use", "id"),
        ),
        undecided("nobody looked", "configuration_delete", UNKNOWN, "id", "configurations[pmc_2]"),
        decided("nobody counted its sessions", "configuration_delete", {"/facts/usage": {}}),
        skipped("there is no such configuration", "configuration_delete", NO_SECOND, "id", by=BY_MISSING),
    )


class TestConfigurationInUse(RuleTable):
    """A configuration stays while an active session names it."""

    rule = saved_configuration.configuration_in_use
    rows = (
        clear("no session", "configuration_delete", {SESSIONS: 0}),
        says("one session", "configuration_delete", {SESSIONS: 1}, "id", evidence={"sessions": 1}),
        says("many sessions", "configuration_delete", {SESSIONS: 20}, "id"),
        clear("a session of another one", "configuration_delete", {"/facts/usage/configurations/pmc_1": 4}),
        clear("a change asks for no count", "configuration_update", {SESSIONS: 1}),
        undecided("nobody counted", "configuration_delete", {"/facts/usage": {}}, "id", "usage.configurations[pmc_2]"),
        undecided(
            "nobody looked the configuration up",
            "configuration_delete",
            {**UNKNOWN, SESSIONS: 1},
            "id",
            "configurations[pmc_2]",
        ),
        skipped(
            "there is no such configuration", "configuration_delete", {**NO_SECOND, SESSIONS: 1}, "id", by=BY_MISSING
        ),
        skipped(
            "nor a count of its sessions",
            "configuration_delete",
            {**NO_SECOND, "/facts/usage": {}},
            "id",
            by=BY_MISSING,
        ),
    )


def test_no_count_is_asked_of_what_does_not_exist() -> None:
    """Nobody has to count the sessions of a configuration that is known not to exist."""
    assert required_facts(changed(examples()["configuration_delete"], {**NO_SECOND, "/facts/usage": {}})) == ()

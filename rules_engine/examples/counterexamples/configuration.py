"""Counterexamples of the rules on saved configurations."""

from typing import Final

from rules_engine.examples.counterexamples.counterexample import Counterexample

_GONE: Final = {"/facts/configurations": {}, "/facts/missing": {"configurations": ["pmc_2"]}}

COUNTEREXAMPLES: Final[tuple[Counterexample, ...]] = (
    Counterexample(
        "payment_method_types_not_enabled",
        "configuration_create",
        {"/request/enabledMethods": ["card", "tabby"]},
        "enabledMethods",
    ),
    Counterexample(
        "payment_method_types_not_enabled",
        "configuration_update",
        {"/request/enabledMethods": ["card", "tabby"]},
        "enabledMethods",
    ),
    Counterexample("configuration_missing", "configuration_update", _GONE, "id"),
    Counterexample("configuration_missing", "configuration_update_succeeds", _GONE, "id"),
    Counterexample("configuration_missing", "configuration_delete", _GONE, "id"),
    Counterexample(
        "must_have_enabled_method", "configuration_create", {"/request/enabledMethods": []}, "enabledMethods"
    ),
    Counterexample(
        "must_have_enabled_method", "configuration_update_default", {"/request/enabledMethods": []}, "enabledMethods"
    ),
    Counterexample(
        "must_have_enabled_method",
        "configuration_update_succeeds",
        {"/facts/configurations/pmc_2/enabledMethods": []},
        "isDefault",
    ),
    Counterexample("configuration_name_blank", "configuration_create", {"/request/name": " "}, "name"),
    Counterexample("configuration_name_blank", "configuration_update_default", {"/request/name": "\t"}, "name"),
    Counterexample("cannot_rename_default", "configuration_update_default", {"/request/name": "Simple"}, "name"),
    Counterexample(
        "account_left_without_default", "configuration_update_default", {"/request/isDefault": False}, "isDefault"
    ),
    Counterexample(
        "cannot_delete_default",
        "configuration_delete",
        {"/facts/configurations/pmc_1/isDefault": False, "/facts/configurations/pmc_2/isDefault": True},
        "id",
    ),
    Counterexample("configuration_in_use", "configuration_delete", {"/facts/usage/configurations/pmc_2": 1}, "id"),
)
"""A row or two a rule."""

"""Spoilers of the rules on saved configurations."""

from typing import Final

from rules_engine.testing.spoilers.spoiler import Spoiler

_GONE: Final = {"/facts/configurations": {}, "/facts/missing": {"configurations": ["pmc_2"]}}

SPOILERS: Final[tuple[Spoiler, ...]] = (
    Spoiler(
        "payment_method_types_not_enabled",
        "configuration_create",
        {"/request/enabledMethods": ["card", "tabby"]},
        "enabledMethods",
    ),
    Spoiler(
        "payment_method_types_not_enabled",
        "configuration_update",
        {"/request/enabledMethods": ["card", "tabby"]},
        "enabledMethods",
    ),
    Spoiler("configuration_missing", "configuration_update", _GONE, "id"),
    Spoiler("configuration_missing", "configuration_update_succeeds", _GONE, "id"),
    Spoiler("configuration_missing", "configuration_delete", _GONE, "id"),
    Spoiler("must_have_enabled_method", "configuration_create", {"/request/enabledMethods": []}, "enabledMethods"),
    Spoiler(
        "must_have_enabled_method", "configuration_update_default", {"/request/enabledMethods": []}, "enabledMethods"
    ),
    Spoiler(
        "must_have_enabled_method",
        "configuration_update_succeeds",
        {"/facts/configurations/pmc_2/enabledMethods": []},
        "isDefault",
    ),
    Spoiler("configuration_name_blank", "configuration_create", {"/request/name": " "}, "name"),
    Spoiler("configuration_name_blank", "configuration_update_default", {"/request/name": "\t"}, "name"),
    Spoiler("cannot_rename_default", "configuration_update_default", {"/request/name": "Simple"}, "name"),
    Spoiler("account_left_without_default", "configuration_update_default", {"/request/isDefault": False}, "isDefault"),
    Spoiler(
        "cannot_delete_default",
        "configuration_delete",
        {"/facts/configurations/pmc_1/isDefault": False, "/facts/configurations/pmc_2/isDefault": True},
        "id",
    ),
    Spoiler("configuration_in_use", "configuration_delete", {"/facts/usage/configurations/pmc_2": 1}, "id"),
)
"""A row or two a rule."""

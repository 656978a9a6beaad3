"""What a payment method configuration may be, followed, made, changed and deleted for.

Sources: XPay's error page and its page on payment methods. It is managed in the dashboard: no schema of it is public.
"""

from typing import Final

from rules_engine import codes
from rules_engine.rules.kinds import Exists
from rules_engine.rules.row import LeftOut, rule
from rules_engine.views.configuration import (
    ConfigurationView,
    DeletedConfigurationView,
    EnabledMethodsView,
    SavedConfigurationView,
)
from rules_engine.views.context import Context

_FOLLOWING: Final = ("create_configured", "payment_link_create_full", "payment_link_update_full")
_NEW: Final[LeftOut] = {"configuration.create": "a new configuration is not the default so far"}


@rule(
    codes.RESOURCE_MISSING,
    order=530,
    on=ConfigurationView,
    violated=Exists(),
    message="No payment method configuration '{configuration}' exists on this account in this mode.",
    public={"configuration": "id"},
    counterexamples=(
        (_FOLLOWING, {"/facts/configurations": {}, "/facts/missing": {"configurations": ["pmc_1"]}}),
        (
            ("configuration_update", "configuration_update_succeeds", "configuration_delete"),
            {"/facts/configurations": {}, "/facts/missing": {"configurations": ["pmc_2"]}},
        ),
    ),
)
def configuration_missing() -> None:
    """The payment method configuration does not exist."""


@rule(
    codes.PARAMETER_INVALID,
    order=540,
    on=SavedConfigurationView,
    param="name",
    message="name is blank.",
    counterexamples=(
        ("configuration_create", {"/request/name": " "}),
        ("configuration_update_default", {"/request/name": "\t"}),
    ),
)
def configuration_name_blank(saved: SavedConfigurationView, _: Context) -> bool:
    """The name is nothing but white space, which tells no configuration from another. XPay states none."""
    return saved.blank


@rule(
    codes.CANNOT_DELETE_DEFAULT,
    order=550,
    on=DeletedConfigurationView,
    needs=(configuration_missing,),
    undecided_when=lambda deleted, _: deleted.unknown,
    message="The default payment method configuration cannot be deleted; make another one the default first.",
    counterexamples=(
        (
            "configuration_delete",
            {"/facts/configurations/pmc_1/isDefault": False, "/facts/configurations/pmc_2/isDefault": True},
        ),
    ),
)
def cannot_delete_default(deleted: DeletedConfigurationView, _: Context) -> bool:
    """The payment method configuration that is deleted is the default one. XPay's error page."""
    return deleted.is_default


@rule(
    codes.CONFIGURATION_IN_USE,
    order=560,
    on=DeletedConfigurationView,
    needs=(configuration_missing,),
    undecided_when=lambda deleted, _: deleted.sessions is None,
    message="The payment method configuration is in use by {sessionCount} active sessions.",
    public={"sessionCount": "sessions"},
    counterexamples=(("configuration_delete", {"/facts/usage/configurations/pmc_2": 1}),),
)
def configuration_in_use(deleted: DeletedConfigurationView, _: Context) -> bool:
    """Active sessions use the payment method configuration that is deleted.

    Only those that name it count; it is reported of the default too, which has to be handed on and be out of use.
    XPay's error page.
    """
    return deleted.sessions is not None and deleted.sessions > 0


@rule(
    codes.MUST_HAVE_ENABLED_METHOD,
    order=570,
    on=EnabledMethodsView,
    needs=(configuration_missing,),
    undecided_when=lambda methods, _: methods.unknown,
    message="The payment method configuration has no payment method enabled; enable one.",
    public={"configuration": "configuration", "enabledMethodCount": "count"},
    counterexamples=(
        (_FOLLOWING, {"/facts/configurations/pmc_1/enabledMethods": []}),
        (("configuration_create", "configuration_update_default"), {"/request/enabledMethods": []}),
        ("configuration_update_succeeds", {"/facts/configurations/pmc_2/enabledMethods": []}),
    ),
)
def must_have_enabled_method(methods: EnabledMethodsView, _: Context) -> bool:
    """The payment method configuration has no payment method enabled.

    None may be saved so, made the default so, or followed so: a session that follows it cannot be paid. XPay's error
    page; its dashboard shows that such configurations exist.
    """
    return methods.count == 0


@rule(
    codes.CANNOT_RENAME_DEFAULT,
    order=790,
    on=SavedConfigurationView,
    param="name",
    needs=(configuration_missing, configuration_name_blank),
    undecided_when=lambda saved, _: (
        saved.name is not None and (saved.unknown or (saved.stored.is_default and saved.stored.name is None))
    ),
    message="The default payment method configuration cannot be renamed; its name is '{storedName}'.",
    public={"name": "name", "storedName": "stored.name"},
    except_in=_NEW,
    counterexamples=(("configuration_update_default", {"/request/name": "Simple"}),),
)
def cannot_rename_default(saved: SavedConfigurationView, _: Context) -> bool:
    """The default payment method configuration is given another name.

    The same name, to the letter, is no other; a configuration that becomes the default in the same call may take one.
    XPay's error page.
    """
    return (
        saved.stored.is_default
        and saved.name is not None
        and saved.stored.name is not None
        and saved.name != saved.stored.name
    )


@rule(
    codes.PARAMETER_INVALID,
    order=800,
    on=SavedConfigurationView,
    param="isDefault",
    needs=(configuration_missing,),
    undecided_when=lambda saved, _: saved.made_default is False and saved.unknown,
    message="isDefault cannot be false for the default configuration; make another one the default instead.",
    except_in=_NEW,
    counterexamples=(("configuration_update_default", {"/request/isDefault": False}),),
)
def account_left_without_default(saved: SavedConfigurationView, _: Context) -> bool:
    """The account would have no default payment method configuration.

    An account has exactly one, so the default can only be handed on. XPay's page on payment methods.
    """
    return saved.stored.is_default and saved.made_default is False

"""What a payment method configuration may be made, changed and deleted for.

Sources: XPay's error page and its page on payment methods. It is managed in the dashboard: no schema of it is public.
"""

from rules_engine import codes
from rules_engine.rules.configuration import configuration_missing
from rules_engine.rules.kinds import Bound, number
from rules_engine.rules.row import rule
from rules_engine.views.configuration import (
    DeletedConfigurationView,
    SavedConfigurationView,
)
from rules_engine.views.context import Context


@rule(
    codes.PARAMETER_INVALID,
    order=540,
    on=SavedConfigurationView,
    param="name",
    counterexamples=(
        ("configuration_create", {"/request/name": " "}),
        ("configuration_update_default", {"/request/name": "\t"}),
    ),
)
def configuration_name_blank(saved: SavedConfigurationView, _: Context) -> bool:
    """The name of the configuration is nothing but white space.

    XPay states none; no merchant could tell such a configuration from another.
    """
    return saved.blank


@rule(
    codes.CANNOT_RENAME_DEFAULT,
    order=790,
    on=SavedConfigurationView,
    param="name",
    needs=(configuration_missing, configuration_name_blank),
    undecided_when=lambda saved, _: (
        saved.name is not None and (saved.unknown or (saved.is_default and saved.stored_name is None))
    ),
    public={"name": "name", "storedName": "stored_name"},
    except_in={"configuration.create": "a new configuration is not the default so far"},
    counterexamples=(("configuration_update_default", {"/request/name": "Simple"}),),
)
def cannot_rename_default(saved: SavedConfigurationView, _: Context) -> bool:
    """The default payment method configuration is given another name.

    The same name, to the letter, is no other; a configuration that becomes the default in the same call may take one.
    XPay's error page.
    """
    return (
        saved.is_default
        and saved.name is not None
        and saved.stored_name is not None
        and saved.name != saved.stored_name
    )


@rule(
    codes.PARAMETER_INVALID,
    order=800,
    on=SavedConfigurationView,
    param="isDefault",
    needs=(configuration_missing,),
    undecided_when=lambda saved, _: saved.made_default is False and saved.unknown,
    except_in={"configuration.create": "a new configuration is not the default so far"},
    counterexamples=(("configuration_update_default", {"/request/isDefault": False}),),
)
def account_left_without_default(saved: SavedConfigurationView, _: Context) -> bool:
    """The account would have no default payment method configuration; make another one the default instead.

    An account has exactly one, so the default can only be handed on. XPay's page on payment methods.
    """
    return saved.is_default and saved.made_default is False


@rule(
    codes.CANNOT_DELETE_DEFAULT,
    order=550,
    on=DeletedConfigurationView,
    needs=(configuration_missing,),
    undecided_when=lambda deleted, _: deleted.unknown,
    counterexamples=(
        (
            "configuration_delete",
            {"/facts/configurations/pmc_1/isDefault": False, "/facts/configurations/pmc_2/isDefault": True},
        ),
    ),
)
def cannot_delete_default(deleted: DeletedConfigurationView, _: Context) -> bool:
    """The default payment method configuration cannot be deleted; make another one the default first.

    XPay's error page.
    """
    return deleted.is_default


@rule(
    codes.CONFIGURATION_IN_USE,
    order=560,
    on=DeletedConfigurationView,
    violated=Bound("sessions", maximum=0, settings=number("configuration_delete", "/facts/usage/configurations/pmc_2")),
    needs=(configuration_missing,),
    undecided_when=lambda deleted, _: deleted.sessions is None,
    public={"sessions": "sessions"},
)
def configuration_in_use() -> None:
    """Active sessions use the payment method configuration.

    Only those that name it count; it is said of the default too, which has to be handed on and be out of use. XPay's
    error page.
    """

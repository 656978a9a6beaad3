"""What a payment method configuration may be made, changed and deleted for.

Sources: XPay's error page and its page on payment methods. It is managed in the dashboard: no schema of it is public.
"""

from rules_engine import codes
from rules_engine.rules.configuration import configuration_missing
from rules_engine.rules.declaration import rule, shows_nothing
from rules_engine.views.context import Context
from rules_engine.views.saved_configuration import (
    DELETED_CONFIGURATION,
    SAVED_CONFIGURATION,
    DeletedConfigurationView,
    SavedConfigurationView,
)


@rule(codes.PARAMETER_INVALID, on=SAVED_CONFIGURATION, param="name", evidence=shows_nothing)
def configuration_name_blank(saved: SavedConfigurationView, _: Context) -> bool:
    """The name of the configuration is nothing but white space.

    XPay states none; no merchant could tell such a configuration from another.
    """
    return saved.blank


@rule(
    codes.CANNOT_RENAME_DEFAULT,
    on=SAVED_CONFIGURATION,
    param="name",
    needs=(configuration_missing, configuration_name_blank),
    undecided_when=lambda saved, _: (
        saved.name is not None and (saved.unknown or (saved.is_default and saved.stored_name is None))
    ),
    evidence=lambda saved, _: {"name": saved.name, "storedName": saved.stored_name},
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
    on=SAVED_CONFIGURATION,
    param="isDefault",
    needs=(configuration_missing,),
    undecided_when=lambda saved, _: saved.made_default is False and saved.unknown,
    evidence=shows_nothing,
)
def account_left_without_default(saved: SavedConfigurationView, _: Context) -> bool:
    """The account would have no default payment method configuration; make another one the default instead.

    An account has exactly one, so the default can only be handed on. XPay's page on payment methods.
    """
    return saved.is_default and saved.made_default is False


@rule(
    codes.CANNOT_DELETE_DEFAULT,
    on=DELETED_CONFIGURATION,
    needs=(configuration_missing,),
    undecided_when=lambda deleted, _: deleted.unknown,
    evidence=shows_nothing,
)
def cannot_delete_default(deleted: DeletedConfigurationView, _: Context) -> bool:
    """The default payment method configuration cannot be deleted; make another one the default first.

    XPay's error page.
    """
    return deleted.is_default


@rule(
    codes.CONFIGURATION_IN_USE,
    on=DELETED_CONFIGURATION,
    needs=(configuration_missing,),
    undecided_when=lambda deleted, _: deleted.sessions is None,
    evidence=lambda deleted, _: {"sessions": deleted.sessions},
)
def configuration_in_use(deleted: DeletedConfigurationView, _: Context) -> bool:
    """Active sessions use the payment method configuration.

    Only those that name it count; it is said of the default too, which has to be handed on and be out of use. XPay's
    error page.
    """
    return deleted.sessions is not None and deleted.sessions > 0

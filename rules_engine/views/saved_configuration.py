"""A payment method configuration that is made, changed or deleted."""

from collections.abc import Sequence
from typing import Final

from attrs import define

from rules_engine.models import ConfigurationCreate, ConfigurationDelete, ConfigurationUpdate, Draft, Unset
from rules_engine.path import Path
from rules_engine.views.configuration import (
    ConfigurationView,
    EnabledMethodsView,
    look_up_configuration,
)
from rules_engine.views.payment_method import MethodTypesView, join_method_types
from rules_engine.views.scope import Axis, Scope, view
from rules_engine.views.target import TARGET_PLACE, target_id
from rules_engine.views.views import UnknownFact, Views

_METHODS: Final[Path] = ("request", "enabledMethods")
_IS_DEFAULT: Final[Path] = ("request", "isDefault")


@view
class SavedConfigurationView:
    """What a request makes of a configuration.

    Attributes:
        name: The name it states; None for none.
        blank: Whether there is nothing but white space in that.
        stored_name: The name so far; None for a new configuration, or where nobody looked.
        is_default: Whether the configuration is the default one so far.
        made_default: Whether the request makes it the default; None where it does not say.
        unknown: Whether nobody looked up the stored configuration.
    """

    name: str | None
    blank: bool
    stored_name: str | None
    is_default: bool
    made_default: bool | None
    unknown: bool


@view
class DeletedConfigurationView:
    """A configuration that is deleted.

    Attributes:
        is_default: Whether it is the default one.
        unknown: Whether nobody looked it up.
        sessions: How many active sessions name it; None where nobody counted.
    """

    is_default: bool
    unknown: bool
    sessions: int | None


@define(eq=False)
class SavedConfigurationViews(Views):
    """The items of every scope of the operations of a configuration."""

    configuration: Sequence[ConfigurationView] = ()
    saved_configuration: Sequence[SavedConfigurationView] = ()
    enabled_methods: Sequence[EnabledMethodsView] = ()
    method_types: Sequence[MethodTypesView] = ()
    deleted_configuration: Sequence[DeletedConfigurationView] = ()


def join_configuration_create(draft: Draft[ConfigurationCreate]) -> SavedConfigurationViews:
    """Join a new configuration with the account."""
    request, unknown = draft.request, list[UnknownFact]()
    saved = SavedConfigurationView(
        request.name,
        blank=not request.name.strip(),
        stored_name=None,
        is_default=False,
        made_default=request.is_default,
        unknown=False,
    )
    return SavedConfigurationViews(
        unknown,
        saved_configuration=(saved,),
        enabled_methods=(EnabledMethodsView(_METHODS, None, len(request.enabled_methods), unknown=False),),
        method_types=join_method_types(_METHODS, request.enabled_methods, draft.facts, unknown),
    )


def join_configuration_update(draft: Draft[ConfigurationUpdate]) -> SavedConfigurationViews:
    """Join a change of a configuration with the stored one and the account."""
    request, facts, configuration_id = draft.request, draft.facts, target_id(draft)
    unknown: list[UnknownFact] = []
    target = look_up_configuration(TARGET_PLACE, configuration_id, facts, unknown)
    stored = facts.configurations.get(configuration_id)
    name = None if isinstance(request.name, Unset) else request.name
    saved = SavedConfigurationView(
        name,
        blank=name is not None and not name.strip(),
        stored_name=None if stored is None else stored.name,
        is_default=stored is not None and stored.is_default,
        made_default=None if isinstance(request.is_default, Unset) else request.is_default,
        unknown=target.unknown,
    )
    if stored is not None and stored.is_default and stored.name is None and name is not None:
        unknown.append(("configurations.name", configuration_id))
    views = SavedConfigurationViews(unknown, configuration=(target,), saved_configuration=(saved,))
    if not isinstance(request.enabled_methods, Unset):
        count = len(request.enabled_methods)
        views.enabled_methods = (EnabledMethodsView(_METHODS, configuration_id, count, unknown=False),)
        views.method_types = join_method_types(_METHODS, request.enabled_methods, facts, unknown)
    elif request.is_default is True and not saved.is_default:
        # Whatever names no configuration will follow it from now on.
        kept = None if stored is None else len(stored.enabled_methods)
        views.enabled_methods = (EnabledMethodsView(_IS_DEFAULT, configuration_id, kept, target.unknown),)
    return views


def join_configuration_delete(draft: Draft[ConfigurationDelete]) -> SavedConfigurationViews:
    """Join the end of a configuration with the stored one and what uses it."""
    facts, configuration_id = draft.facts, target_id(draft)
    unknown: list[UnknownFact] = []
    target = look_up_configuration(TARGET_PLACE, configuration_id, facts, unknown)
    stored = facts.configurations.get(configuration_id)
    sessions = 0 if target.missing else facts.usage.configurations.get(configuration_id)
    if sessions is None:
        unknown.append(("usage.configurations", configuration_id))
    deleted = DeletedConfigurationView(stored is not None and stored.is_default, target.unknown, sessions)
    return SavedConfigurationViews(unknown, configuration=(target,), deleted_configuration=(deleted,))


def _saved_place(_: SavedConfigurationView) -> Path:
    return ("request",)


def _deleted_place(_: DeletedConfigurationView) -> Path:
    return TARGET_PLACE


SAVED_CONFIGURATION = Scope("saved_configuration", SavedConfigurationView, Axis.ROOT, _saved_place, fields="")
DELETED_CONFIGURATION = Scope("deleted_configuration", DeletedConfigurationView, Axis.ROOT, _deleted_place, fields="id")

"""Payment method configurations: one that a request follows, and one that is made, changed or deleted."""

from collections.abc import Sequence
from typing import Final

from rules_engine.models import (
    UNSET,
    Configuration,
    ConfigurationCreate,
    ConfigurationDelete,
    ConfigurationUpdate,
    Draft,
    Facts,
    Unset,
    is_given,
    merged,
)
from rules_engine.path import Path
from rules_engine.views.payment_method import build_method_types
from rules_engine.views.scope import Reference, scope, view
from rules_engine.views.views import TARGET_PLACE, UnknownFact, Views, look_up, target_id

FOLLOWED: Final[Path] = ("request", "paymentMethodConfigurationId")
"""Where a request names the configuration that it is to follow."""
_METHODS: Final[Path] = ("request", "enabledMethods")
_IS_DEFAULT: Final[Path] = ("request", "isDefault")
_NEW: Final = Configuration(id="", enabled_methods=())


@scope(fields="paymentMethodConfigurationId", fields_in={"configuration.update": "id", "configuration.delete": "id"})
@view
class ConfigurationView(Reference):
    """A payment method configuration that a request names.

    Attributes:
        place: Where it is named.
        id: Its id.
        stored: The configuration; None where it does not exist or is unknown.
    """

    place: Path
    id: str
    stored: Configuration | None


@scope(
    fields="paymentMethodConfigurationId",
    fields_in={"configuration.create": "enabledMethods", "configuration.update": ("enabledMethods", "isDefault")},
)
@view
class EnabledMethodsView:
    """The payment methods that a configuration has switched on: one that is followed, or one that is saved.

    Attributes:
        place: What brings them up.
        configuration: The id of the configuration; None for a new one.
        count: How many there are; None where that is unknown.
        unknown: Whether the configuration is not provided.
    """

    place: Path
    configuration: str | None
    count: int | None
    unknown: bool


@scope(("request",))
@view
class SavedConfigurationView:
    """What a request makes of a configuration.

    Attributes:
        name: The name it states; None for none.
        blank: Whether there is nothing but white space in that.
        stored: The configuration so far; one that is not the default for a new one, or where it is unknown.
        made_default: Whether the request makes it the default; None where it does not say.
        unknown: Whether the stored configuration is not provided.
    """

    name: str | None
    blank: bool
    stored: Configuration
    made_default: bool | None
    unknown: bool


@scope(TARGET_PLACE)
@view
class DeletedConfigurationView:
    """A configuration that is deleted.

    Attributes:
        is_default: Whether it is the default one.
        unknown: Whether it is not provided.
        sessions: How many active sessions name it; None where that is unknown.
    """

    is_default: bool
    unknown: bool
    sessions: int | None


def build_configuration(
    configuration_id: str | Unset | None, facts: Facts, unknown: list[UnknownFact], place: Path = FOLLOWED
) -> tuple[ConfigurationView, ...]:
    """Build the configuration that a request names at a place, where it names one."""
    if configuration_id is None or configuration_id is UNSET:
        return ()
    stored, missing, not_provided = look_up(
        configuration_id, facts.configurations, facts.missing.configurations, "configurations", unknown
    )
    return (ConfigurationView(place=place, id=configuration_id, stored=stored, missing=missing, unknown=not_provided),)


def build_followed_methods(followed: Sequence[ConfigurationView]) -> tuple[EnabledMethodsView, ...]:
    """Build what the configuration that a request follows has switched on, where it follows one."""
    return tuple([_build_methods(FOLLOWED, configuration) for configuration in followed])


def _build_methods(place: Path, configuration: ConfigurationView) -> EnabledMethodsView:
    stored = configuration.stored
    return EnabledMethodsView(
        place=place,
        configuration=configuration.id,
        count=None if stored is None else len(stored.enabled_methods),
        unknown=configuration.unknown,
    )


def build_configuration_create(draft: Draft[ConfigurationCreate]) -> Views:
    """Build what rules read of a new configuration."""
    request = draft.request
    methods = request.enabled_methods
    unknown: list[UnknownFact] = []
    saved = SavedConfigurationView(
        name=request.name, blank=not request.name.strip(), stored=_NEW, made_default=request.is_default, unknown=False
    )
    enabled = EnabledMethodsView(place=_METHODS, configuration=None, count=len(methods), unknown=False)
    return {
        "unknown": unknown,
        "saved_configuration": (saved,),
        "enabled_methods": (enabled,),
        "method_types": build_method_types(_METHODS, methods, draft.facts, unknown),
    }


def build_configuration_update(draft: Draft[ConfigurationUpdate]) -> Views:
    """Build what rules read of a changed configuration: the change, and the stored one."""
    request, facts, configuration_id = draft.request, draft.facts, target_id(draft)
    unknown: list[UnknownFact] = []
    (target,) = build_configuration(configuration_id, facts, unknown, TARGET_PLACE)
    stored = target.stored or _NEW
    name = merged(request.name, None)
    saved = SavedConfigurationView(
        name=name,
        blank=name is not None and not name.strip(),
        stored=stored,
        made_default=merged(request.is_default, None),
        unknown=target.unknown,
    )
    if stored.is_default and stored.name is None and name is not None:
        unknown.append(("configurations.name", configuration_id))
    enabled: tuple[EnabledMethodsView, ...] = ()
    if is_given(request.enabled_methods):
        count = len(request.enabled_methods)
        enabled = (EnabledMethodsView(place=_METHODS, configuration=configuration_id, count=count, unknown=False),)
    elif request.is_default is True and not stored.is_default:
        # Whatever names no configuration follows it from now on.
        enabled = (_build_methods(_IS_DEFAULT, target),)
    return {
        "unknown": unknown,
        "configuration": (target,),
        "saved_configuration": (saved,),
        "enabled_methods": enabled,
        "method_types": build_method_types(_METHODS, request.enabled_methods, facts, unknown),
    }


def build_configuration_delete(draft: Draft[ConfigurationDelete]) -> Views:
    """Build what rules read of a configuration that is deleted: the stored one, and what uses it."""
    facts, configuration_id = draft.facts, target_id(draft)
    unknown: list[UnknownFact] = []
    (target,) = build_configuration(configuration_id, facts, unknown, TARGET_PLACE)
    sessions = 0 if target.missing else facts.usage.configurations.get(configuration_id)
    if sessions is None:
        unknown.append(("usage.configurations", configuration_id))
    deleted = DeletedConfigurationView(
        is_default=target.stored is not None and target.stored.is_default, unknown=target.unknown, sessions=sessions
    )
    return {"unknown": unknown, "configuration": (target,), "deleted_configuration": (deleted,)}

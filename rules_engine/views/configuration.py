"""The payment method configuration a request names, and how many methods one has switched on."""

from typing import Final

from rules_engine.models import Facts
from rules_engine.path import Path
from rules_engine.views.scope import Axis, Scope, view
from rules_engine.views.views import UnknownFact

NAMED: Final[Path] = ("request", "paymentMethodConfigurationId")
"""Where a request names the configuration that it is to follow."""


@view
class ConfigurationView:
    """A payment method configuration, by id.

    Attributes:
        place: Where it comes from.
        id: Its id.
        missing: Whether it is known not to exist.
        unknown: Whether nobody looked it up.
    """

    place: Path
    id: str
    missing: bool
    unknown: bool


@view
class EnabledMethodsView:
    """The payment methods that a configuration has switched on: one that is followed, or one that is saved.

    Attributes:
        place: What brings them up.
        configuration: The id of the configuration; None for a new one.
        count: How many there are; None where nobody knows.
        unknown: Whether nobody looked the configuration up.
    """

    place: Path
    configuration: str | None
    count: int | None
    unknown: bool


def look_up_configuration(
    place: Path, configuration_id: str, facts: Facts, unknown: list[UnknownFact]
) -> ConfigurationView:
    """Tell whether a configuration exists.

    Args:
        place: Where its id stands.
        configuration_id: The id.
        facts: What the host knows.
        unknown: Where it is noted that nobody looked the configuration up.
    """
    missing, not_looked_up = _absence(configuration_id, facts, unknown)
    return ConfigurationView(place, configuration_id, missing, not_looked_up)


def join_configuration(
    configuration_id: str, facts: Facts, unknown: list[UnknownFact]
) -> tuple[tuple[ConfigurationView], tuple[EnabledMethodsView]]:
    """Look up the configuration that a request is to follow, and what it has switched on."""
    known = facts.configurations.get(configuration_id)
    missing, not_looked_up = _absence(configuration_id, facts, unknown)
    count = None if known is None else len(known.enabled_methods)
    return (
        (ConfigurationView(NAMED, configuration_id, missing, not_looked_up),),
        (EnabledMethodsView(NAMED, configuration_id, count, not_looked_up),),
    )


def _absence(configuration_id: str, facts: Facts, unknown: list[UnknownFact]) -> tuple[bool, bool]:
    """Tell whether a configuration is known not to exist, and whether nobody looked it up."""
    missing = configuration_id in facts.missing.configurations
    not_looked_up = not missing and configuration_id not in facts.configurations
    if not_looked_up:
        unknown.append(("configurations", configuration_id))
    return missing, not_looked_up


def _place(item: ConfigurationView | EnabledMethodsView) -> Path:
    return item.place


CONFIGURATION = Scope(
    "configuration",
    ConfigurationView,
    Axis.ROOT,
    _place,
    fields="paymentMethodConfigurationId",
    fields_in={"configuration.update": "id", "configuration.delete": "id"},
)
ENABLED_METHODS = Scope(
    "enabled_methods",
    EnabledMethodsView,
    Axis.ROOT,
    _place,
    fields="paymentMethodConfigurationId",
    fields_in={"configuration.create": "enabledMethods", "configuration.update": ("enabledMethods", "isDefault")},
)

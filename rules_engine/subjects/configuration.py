"""The payment method configuration a request names."""

from typing import Final

from rules_engine.models.facts import Facts
from rules_engine.path import Path
from rules_engine.subjects.scope import Axis, Scope, subject

NAMED: Final[Path] = ("request", "paymentMethodConfigurationId")
"""Where a request names the configuration that it is to follow."""


@subject
class ConfigurationSubject:
    """A payment method configuration.

    Attributes:
        place: Where it comes from.
        id: Its id.
        missing: Whether it is known not to exist.
        unknown: Whether nobody looked it up.
        enabled_methods: How many methods are switched on; None where nobody knows.
    """

    place: Path
    id: str
    missing: bool
    unknown: bool
    enabled_methods: int | None


def join_configuration(
    configuration_id: str, facts: Facts, unknown: list[tuple[str, str | None]]
) -> ConfigurationSubject:
    """Look a configuration up."""
    known = facts.configurations.get(configuration_id)
    if known is not None:
        return ConfigurationSubject(NAMED, configuration_id, False, False, len(known.enabled_methods))  # noqa: FBT003  # a row of a table
    missing = configuration_id in facts.missing.configurations
    if not missing:
        unknown.append(("configurations", configuration_id))
    return ConfigurationSubject(NAMED, configuration_id, missing, not missing, None)


def _place(configuration: ConfigurationSubject) -> Path:
    return configuration.place


CONFIGURATION = Scope("configuration", ConfigurationSubject, Axis.ROOT, _place)

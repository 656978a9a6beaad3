"""The payment method configuration a request names."""

from rules_engine.models.facts import Facts
from rules_engine.path import Path
from rules_engine.subjects.scope import Axis, Scope, subject


@subject
class ConfigurationSubject:
    """A payment method configuration.

    Attributes:
        id: Its id.
        missing: Whether it is known not to exist.
        unknown: Whether nobody looked it up.
        enabled_methods: How many methods are switched on; None where nobody knows.
    """

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
        return ConfigurationSubject(configuration_id, False, False, len(known.enabled_methods))  # noqa: FBT003  # a row of a table
    missing = configuration_id in facts.missing.configurations
    if not missing:
        unknown.append(("configurations", configuration_id))
    return ConfigurationSubject(configuration_id, missing, not missing, None)


def _place(_: ConfigurationSubject) -> Path:
    return ("request", "paymentMethodConfigurationId")


CONFIGURATION = Scope("configuration", ConfigurationSubject, Axis.ROOT, _place)

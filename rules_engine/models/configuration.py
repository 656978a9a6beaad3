"""A payment method configuration: which methods a session offers."""

from attrs import frozen

from rules_engine.models.formats import Label, PaymentMethodType
from rules_engine.models.unset import UNSET, Unset


@frozen
class Configuration:
    """A payment method configuration.

    Attributes:
        id: `pmc_...`.
        enabled_methods: The methods switched on.
        is_default: Whether sessions that name neither configuration nor types use it.
        name: What the merchant calls it.
    """

    id: str
    enabled_methods: tuple[PaymentMethodType, ...]
    is_default: bool = False
    name: str | None = None


@frozen
class ConfigurationCreate:
    """The body of `configuration.create`; null is the same as absent. The API documents none, so this one is ours.

    Attributes:
        name: What the merchant calls it.
        enabled_methods: The methods to switch on.
        is_default: Whether it becomes the default, in place of the present one.
    """

    name: Label
    enabled_methods: tuple[PaymentMethodType, ...]
    is_default: bool | None = None


@frozen
class ConfigurationUpdate:
    """The body of `configuration.update`: `UNSET` keeps what is stored."""

    name: Label | Unset = UNSET
    enabled_methods: tuple[PaymentMethodType, ...] | Unset = UNSET
    is_default: bool | Unset = UNSET


@frozen
class ConfigurationDelete:
    """The body of `configuration.delete`: nothing."""

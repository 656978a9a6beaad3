"""A payment method configuration: which methods a session offers."""

from attrs import frozen

from rules_engine.models.formats import PaymentMethodType


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

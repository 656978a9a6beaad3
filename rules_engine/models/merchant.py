"""The merchant's account, its payment method configurations, and the exchange rates of the platform."""

from attrs import frozen

from rules_engine.models.currency import fold_currency
from rules_engine.models.formats import (
    UNSET,
    AccountObject,
    Label,
    MethodType,
    Rate,
    Unset,
    own_first,
)


@frozen
class SupportedCurrency:
    """A currency the account can charge in.

    Attributes:
        code: A currency code in either case.
        payment_method_types: The payment methods that work in it.
    """

    code: str
    payment_method_types: tuple[MethodType, ...] = ()


@frozen
class Merchant:
    """The account.

    Attributes:
        id: Its id.
        default_currency: What a session is priced in when nothing else states it.
        supported_currencies: What the account can charge in; None where not provided.
        settlement_currency: What it is paid out in, as the application records it; no API object has it. The platform
            settles to EGP.
        live_payments_enabled: Whether the account takes live payments; None where not provided.
    """

    id: str
    default_currency: str | None = None
    supported_currencies: tuple[SupportedCurrency, ...] | None = None
    settlement_currency: str = "EGP"
    live_payments_enabled: bool | None = None


@frozen
class ExchangeRate:
    """A rate of the platform between two currencies.

    Attributes:
        rate: How many major units of the second currency one major unit of the first is.
    """

    rate: Rate
    id: str | None = None


def fold_pair(pair: str) -> str:
    """Fold a currency pair as pairs are compared: `KWD/EGP`."""
    return fold_currency(pair)


@frozen(field_transformer=own_first)
class Configuration(AccountObject):
    """A payment method configuration.

    Attributes:
        id: `pmc_...`.
        enabled_methods: The methods switched on.
        is_default: Whether sessions that name neither configuration nor types use it.
        name: What the merchant calls it.
    """

    id: str
    enabled_methods: tuple[MethodType, ...]
    is_default: bool = False
    name: str | None = None


@frozen
class ConfigurationCreate:
    """The body of `configuration.create`; null is the same as absent. The API documents none.

    Attributes:
        name: What the merchant calls it.
        enabled_methods: The methods to switch on.
        is_default: Whether it becomes the default, in place of the present one.
    """

    name: Label
    enabled_methods: tuple[MethodType, ...]
    is_default: bool | None = None


@frozen
class ConfigurationUpdate:
    """The body of `configuration.update`: `UNSET` keeps what is stored."""

    name: Label | Unset = UNSET
    enabled_methods: tuple[MethodType, ...] | Unset = UNSET
    is_default: bool | Unset = UNSET


@frozen
class ConfigurationDelete:
    """The body of `configuration.delete`: nothing."""

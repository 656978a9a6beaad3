"""The merchant's account, as the API returns it, and the exchange rates of the platform."""

from attrs import frozen

from rules_engine.models.currency import fold_currency
from rules_engine.models.formats import PaymentMethodType, Rate


@frozen
class SupportedCurrency:
    """A currency the account can charge in, and the payment methods that work in it."""

    code: str
    payment_method_types: tuple[PaymentMethodType, ...] = ()


@frozen
class Merchant:
    """The account.

    Attributes:
        id: Its id.
        default_currency: What a session is priced in when nothing else says so.
        supported_currencies: What the account can charge in; None where nobody looked.
        settlement_currency: What it is paid out in, in the host's records: no API object carries it. The platform
            settles to EGP.
        live_payments_enabled: Whether the account takes live payments; None where nobody looked.
    """

    id: str
    default_currency: str | None = None
    supported_currencies: tuple[SupportedCurrency, ...] | None = None
    settlement_currency: str = "EGP"
    live_payments_enabled: bool | None = None


@frozen
class ExchangeRate:
    """A rate of the platform: one major unit of the first currency is `rate` major units of the second."""

    rate: Rate
    id: str | None = None


def fold_pair(pair: str) -> str:
    """Fold a currency pair as pairs are compared: `KWD/EGP`."""
    return fold_currency(pair)

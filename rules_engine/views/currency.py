"""The currency a session would be created in, and exact conversion between currencies."""

import enum
from decimal import Decimal
from fractions import Fraction

from rules_engine.models import Facts
from rules_engine.models.currency import currency_valid_at, fold_currency, minor_unit_digits
from rules_engine.path import Path
from rules_engine.views.scope import scope, view
from rules_engine.views.views import UnknownFact

STATED_CURRENCY: Path = ("request", "currency")
"""Where a request states its currency."""
_ONE = Decimal(1)


class Absent(enum.Enum):
    """Why there is no rate."""

    MISSING = "missing"
    """It is known not to exist."""
    UNKNOWN = "unknown"
    """Nobody looked."""


@scope(
    fields=("currency", "lineItems[0].price", "lineItems[0].priceData", None),
    fields_in={
        "price.create": "currency",
        "price.update": "currency",
        "currency.check": "currency",
        "promotion_code.create": "restrictions.minimumAmountCurrency",
        "coupon.create": "currency",
        "payment_link.create": "lineItems[0].priceId",
    },
)
@view
class CurrencyView:
    """The currency of a new session, of a saved price, coupon or promotion code, or one that is asked about.

    Attributes:
        code: In upper case; None where it cannot be told.
        unknown: Whether that is because nobody looked.
        stated: Whether the request states it.
        place: Where it comes from, as a path into the draft document.
        recognised: Whether it is a currency now.
        supported: Whether the account can use it for what it is meant for; None where nobody looked.
        rate_missing: Whether it needs an exchange rate that is known not to exist.
        rate_unknown: Whether it needs an exchange rate that nobody looked up.
        charged: Whether it is one to charge buyers in, so that the list of the policy bounds it.
    """

    code: str | None
    unknown: bool
    stated: bool
    place: Path
    recognised: bool
    supported: bool | None
    rate_missing: bool
    rate_unknown: bool
    charged: bool = True


def exchange_rate(
    currency: str, facts: Facts, unknown: list[UnknownFact], locked: tuple[str, Decimal] | None = None
) -> Decimal | Absent:
    """Tell how many major units of the settlement currency one major unit of a currency is.

    Args:
        currency: A currency code in upper case.
        facts: Where rates are looked up.
        unknown: Where a rate that nobody looked up is noted.
        locked: A currency in upper case, and the rate that a stored session locked for it.
    """
    merchant = facts.merchant
    if merchant is None:
        unknown.append(("merchant", None))
        return Absent.UNKNOWN
    settlement = fold_currency(merchant.settlement_currency)
    if currency == settlement:
        return _ONE
    if locked is not None and locked[0] == currency:
        return locked[1]
    pair = f"{currency}/{settlement}"
    known = facts.exchange_rates.get(pair)
    if known is not None:
        return known.rate
    if pair in facts.missing.exchange_rates:
        return Absent.MISSING
    unknown.append(("exchangeRates", pair))
    return Absent.UNKNOWN


def convert(
    amount: int | Decimal,
    source: str,
    target: str,
    facts: Facts,
    unknown: list[UnknownFact],
    *,
    locked: tuple[str, Decimal] | None = None,
) -> int | Decimal | Absent:
    """Convert an amount, through the settlement currency, with one truncation at the end.

    Args:
        amount: Minor units of the source.
        source: A currency code in upper case.
        target: A currency code in upper case.
        facts: Where rates are looked up.
        unknown: Where a rate that nobody looked up is noted.
        locked: A currency in upper case, and the rate that a stored session locked for it.

    Returns:
        Minor units of the target; the amount itself where the two are the same.
    """
    if source == target:
        return amount
    to_settlement = exchange_rate(source, facts, unknown, locked)
    from_settlement = exchange_rate(target, facts, unknown, locked)
    for rate in (to_settlement, from_settlement):
        if rate is Absent.MISSING:
            return rate
    if isinstance(to_settlement, Absent) or isinstance(from_settlement, Absent):
        return Absent.UNKNOWN
    major = Fraction(amount) / 10 ** minor_unit_digits(source)
    converted = major * Fraction(to_settlement) / Fraction(from_settlement)
    return int(converted * 10 ** minor_unit_digits(target))


def supported_by_account(code: str | None, facts: Facts, unknown: list[UnknownFact]) -> bool | None:
    """Tell whether the account can charge in a currency; None where nobody knows the one or the other.

    Args:
        code: A currency code in upper case.
        facts: What the host knows.
        unknown: Where it is noted that nobody looked the account, or its currencies, up.
    """
    merchant = facts.merchant
    if merchant is None:
        unknown.append(("merchant", None))
        return None
    if code is None:
        return None
    if merchant.supported_currencies is None:
        unknown.append(("merchant.supportedCurrencies", None))
        return None
    for currency in merchant.supported_currencies:
        if currency.code == code or fold_currency(currency.code) == code:
            return True
    return False


def build_stated_currency(
    stated: str, facts: Facts, unknown: list[UnknownFact], *, rate_needed: bool, place: Path = STATED_CURRENCY
) -> CurrencyView:
    """Join a currency that a request states, to charge buyers in it.

    Args:
        stated: The currency as it is stated.
        facts: What the host knows.
        unknown: Where a fact that nobody looked up is noted.
        rate_needed: Whether buyers are charged at once; before that, nobody asks for a rate.
        place: Where it is stated.
    """
    code = fold_currency(stated)
    recognised = currency_valid_at(code, facts.now)
    supported = supported_by_account(code, facts, unknown)
    judged = rate_needed and recognised and supported is not False
    rate = exchange_rate(code, facts, unknown) if judged else _ONE
    return CurrencyView(
        code,
        unknown=False,
        stated=True,
        place=place,
        recognised=recognised,
        supported=supported,
        rate_missing=rate is Absent.MISSING,
        rate_unknown=rate is Absent.UNKNOWN,
    )

"""The ISO 4217 currency codes, with their minor units and withdrawal dates.

The current codes are list one as the ``iso4217`` package 1.16.20260101 carries it, funds codes and precious metals
included. The withdrawn codes are those that list three of the same date withdraws in 2011 or later, which is as far
back as a history of payments is expected to reach; an older code is simply unknown here.

A withdrawal date is the first day, in UTC, on which the code is no longer valid. List three names months only, so the
days follow the ISO 4217 amendments. Where cash outlives the code, as for ANG, the date is the one on which electronic
payments end. List three states no minor units either: a withdrawn code keeps those it had while it was on list one.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Final, Literal

from attrs import frozen

CURRENCY_SOURCE: Final = "ISO 4217 list one published 2026-01-01, as packaged by iso4217 1.16.20260101"
"""The list and the date that the current codes of `CURRENCIES` are taken from."""

_CURRENT: Final[Mapping[int | None, str]] = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    2: """
        AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY
        COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS
        INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR
        MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP
        STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG
    """,
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
    None: "XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX",
}

_WITHDRAWN: Final[Mapping[int | None, str]] = {
    0: "BYR:2017-01-01",
    2: """
        ANG:2025-03-31 BGN:2026-01-01 CUC:2021-07-01 EEK:2011-01-01 HRK:2023-01-01 LTL:2015-01-01 LVL:2014-01-01
        MRO:2018-01-01 SLL:2024-01-01 STD:2018-01-01 USS:2014-03-28 VEF:2018-08-20 ZMK:2013-01-01 ZWL:2024-09-01
    """,
    None: "XFU:2013-11-07",
}

_DEFAULT_DIGITS: Final = 2


@frozen
class Currency:
    """One ISO 4217 currency.

    Attributes:
        code: The alphabetic code: three upper-case ASCII letters.
        minor_units: The number of decimal digits of an amount, 0 to 4; None where ISO 4217 states none, as for XAU.
        withdrawn: The first day, in UTC, on which the code is no longer valid; None for a current code.
    """

    code: str
    minor_units: int | None
    withdrawn: date | None


def _currencies() -> Iterator[Currency]:
    """Yield every currency of the two tables above, in no particular order."""
    for minor_units, codes in _CURRENT.items():
        for code in codes.split():
            yield Currency(code, minor_units, None)
    for minor_units, entries in _WITHDRAWN.items():
        for entry in entries.split():
            code, _, day = entry.partition(":")
            yield Currency(code, minor_units, date.fromisoformat(day))


CURRENCIES: Final[Mapping[str, Currency]] = MappingProxyType(
    {currency.code: currency for currency in sorted(_currencies(), key=lambda currency: currency.code)},
)
"""Every known currency, current or withdrawn, by upper-case alphabetic code and in the alphabetical order of codes."""


_CURRENT_CODES: Final = frozenset(code for code, currency in CURRENCIES.items() if currency.withdrawn is None)
_WITHDRAWN_FROM: Final[Mapping[str, datetime]] = {
    code: datetime.combine(currency.withdrawn, time(), UTC)
    for code, currency in CURRENCIES.items()
    if currency.withdrawn is not None
}


def fold_currency(code: str) -> str:
    """Fold a currency code as codes are compared: upper case.

    Outside ASCII the case is kept: there, upper case turns texts that are no code into one, such as "uß" into "USS".
    """
    return code.upper() if code.isascii() else code


def currency_valid_at(code: str, now: datetime) -> bool:
    """Return whether a currency code is valid at an instant.

    Args:
        code: An alphabetic code, folded.
        now: The instant, an aware datetime in any time zone.

    Returns:
        True for a current code at every instant, and for a withdrawn code before midnight UTC of its withdrawal date;
        False from that midnight on, and for an unknown code.
    """
    if code in _CURRENT_CODES:
        return True
    withdrawn_from = _WITHDRAWN_FROM.get(code)
    return withdrawn_from is not None and now < withdrawn_from


def minor_unit_digits(code: str) -> int:
    """Return the number of decimal digits that an amount in a currency has.

    Args:
        code: An alphabetic code, folded, current or withdrawn.

    Returns:
        The minor units of ISO 4217, 0 to 4 digits; 2 if the code is unknown, or if ISO 4217 states none for it.
    """
    currency = CURRENCIES.get(code)
    return _DEFAULT_DIGITS if currency is None or currency.minor_units is None else currency.minor_units


def converted(
    amount: int | Decimal, source: str, target: str, *, source_rate: Decimal, target_rate: Decimal
) -> Fraction:
    """Return an amount in another currency, exactly.

    Args:
        amount: Minor units of the source.
        source: An alphabetic code, folded.
        target: An alphabetic code, folded.
        source_rate: What one major unit of the source comes to in the settlement currency.
        target_rate: The same of the target; not zero.

    Returns:
        Minor units of the target; not whole, where the rates make it so.
    """
    major = Fraction(amount) / 10 ** minor_unit_digits(source) * Fraction(source_rate) / Fraction(target_rate)
    return Fraction(major * 10 ** minor_unit_digits(target))


@frozen
class CurrencyCheck:
    """The body of `currency.check`: may the merchant use a currency for a purpose? The API has no such call.

    Attributes:
        currency: A currency code in either case.
        purpose: `checkout`, where a buyer is charged in it: it must be one of the account's, with a rate to the
            settlement currency; `catalog`, where a price or a coupon is kept in it: no rate is needed before it
            is sold; `refund`, where money goes back in it: only the settlement currency does.
    """

    currency: str
    purpose: Literal["checkout", "catalog", "refund"] = "checkout"

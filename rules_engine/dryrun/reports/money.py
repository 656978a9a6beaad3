"""Amounts as people read them."""

from collections.abc import Mapping

from rules_engine.models.currency import minor_unit_digits


def written(currency: str, minor_units: int) -> str:
    """Write an amount with the decimals of its currency: `1,234.500 KWD`.

    Args:
        currency: A currency code in upper case.
        minor_units: The amount, in minor units of the currency.
    """
    digits = minor_unit_digits(currency)
    sign = "-" if minor_units < 0 else ""
    whole, fraction = divmod(abs(minor_units), 10**digits)
    decimals = f".{fraction:0{digits}d}" if digits else ""
    return f"{sign}{whole:,}{decimals} {currency}"


def all_written(amounts: Mapping[str, int]) -> str:
    """Write amounts of several currencies beside each other, in the order of their codes: they are never added up."""
    return ", ".join(written(currency, minor_units) for currency, minor_units in sorted(amounts.items()))

"""What `straight_line` asks the facts: an expert too has to tell what does not exist from what nobody looked up."""

from collections.abc import Collection
from decimal import Decimal

from rules_engine.models import Facts, Merchant, SupportedCurrency


class UnknownFactError(LookupError):
    """Nobody looked up a fact that a check reads, so nothing can be said of the draft."""


def expect_missing(key: str, missing: Collection[str]) -> None:
    """Let pass what is known not to exist.

    Args:
        key: Its id, or the pair of a rate.
        missing: What was looked up and does not exist.

    Raises:
        UnknownFactError: Nobody looked.
    """
    if key not in missing:
        raise UnknownFactError(key)


def account(facts: Facts) -> tuple[Merchant, tuple[SupportedCurrency, ...]]:
    """Give the account and its currencies.

    Raises:
        UnknownFactError: Nobody looked them up.
    """
    merchant = facts.merchant
    if merchant is None or merchant.supported_currencies is None:
        raise UnknownFactError("merchant")
    return merchant, merchant.supported_currencies


def fold(code: str) -> str:
    """Fold a currency code as codes are compared."""
    return code.upper() if code.isascii() else code


def rate_to(settlement: str, currency: str, facts: Facts) -> Decimal | None:
    """Tell a rate; None where there is none.

    Args:
        settlement: The folded currency that it leads to.
        currency: The folded currency that it comes from.
        facts: What the host knows.

    Raises:
        UnknownFactError: Nobody looked it up.
    """
    if currency == settlement:
        return Decimal(1)
    pair = f"{currency}/{settlement}"
    known = facts.exchange_rates.get(pair)
    if known is None:
        expect_missing(pair, facts.missing.exchange_rates)
        return None
    return known.rate

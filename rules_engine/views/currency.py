"""The currency of what a request makes, or that it asks about, and exchange rates."""

from decimal import Decimal
from typing import Final, Literal

from rules_engine.models import CurrencyCheck, Draft, Facts, Unset, is_given
from rules_engine.models.currency import currency_valid_at, fold_currency
from rules_engine.path import Path
from rules_engine.views.scope import constructor, scope, view
from rules_engine.views.views import UnknownFact, Views, look_up

STATED_CURRENCY: Final[Path] = ("request", "currency")
"""Where a request states its currency."""
Purpose = Literal["checkout", "catalog", "refund"]
"""What a currency is for, as in `CurrencyCheck`."""


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
    """The currency of a new session or link, of a saved price, coupon or promotion code, or one that is checked.

    Attributes:
        code: In upper case; None where there is none, or it is unknown.
        unknown: Whether it is unknown.
        stated: Whether the request states it.
        place: Where it comes from, as a path into the draft document.
        recognised: Whether it is a currency now.
        supported: Whether the account can use it for its purpose; None where that is unknown.
        rate_missing: Whether it needs an exchange rate that is known not to exist.
        rate_unknown: Whether it needs an exchange rate that is not provided.
        purpose: What it is for.
    """

    code: str | None
    unknown: bool
    stated: bool
    place: Path
    recognised: bool
    supported: bool | None
    rate_missing: bool
    rate_unknown: bool
    purpose: Purpose


_ONE: Final = Decimal(1)

_currency_view = constructor(CurrencyView)


def look_up_rate(
    currency: str, facts: Facts, unknown: list[UnknownFact], locked: tuple[str, Decimal] | None = None
) -> tuple[Decimal | None, bool, bool]:
    """Return the exchange rate of a currency, whether it is known not to exist, and whether it is unknown.

    The rate is how many major units of the settlement currency one major unit comes to; None where there is none.

    Args:
        currency: A currency code in upper case.
        facts: Where rates are looked up.
        unknown: Where a rate that is not provided is noted.
        locked: A currency in upper case, and the rate that a stored session locked for it.
    """
    merchant = facts.merchant
    if merchant is None:
        unknown.append(("merchant", None))
        return None, False, True
    settlement = merchant.settlement_currency
    if currency == settlement or currency == fold_currency(settlement):
        return _ONE, False, False
    if locked is not None and locked[0] == currency:
        return locked[1], False, False
    pair = f"{currency}/{fold_currency(settlement)}"
    rate, missing, not_provided = look_up(
        pair, facts.exchange_rates, facts.missing.exchange_rates, "exchangeRates", unknown
    )
    return None if rate is None else rate.rate, missing, not_provided


def build_currency(
    code: str | None,
    facts: Facts,
    unknown: list[UnknownFact],
    *,
    purpose: Purpose = "catalog",
    place: Path = STATED_CURRENCY,
    stated: bool = True,
    code_unknown: bool = False,
) -> CurrencyView:
    """Build a currency as the account can use it.

    Args:
        code: The code in upper case; None where there is none, or it is unknown.
        facts: What the application knows.
        unknown: Where facts that are not provided are noted.
        purpose: What it is for; a rate is needed for a checkout only.
        place: Where it comes from.
        stated: Whether the request states it.
        code_unknown: Whether the code is unknown.
    """
    merchant = facts.merchant
    recognised = code is not None and currency_valid_at(code, facts.now)
    supported: bool | None = None
    rate_missing = rate_unknown = False
    # A link whose first price does not exist has no currency to ask the account about; a session needs it anyway.
    if merchant is None and (code is not None or code_unknown or purpose == "checkout"):
        unknown.append(("merchant", None))
    if merchant is not None and code is not None:
        if purpose == "refund":
            supported = code == fold_currency(merchant.settlement_currency)
        elif merchant.supported_currencies is None:
            unknown.append(("merchant.supportedCurrencies", None))
        else:
            supported = False
            for each in merchant.supported_currencies:
                if each.code == code or fold_currency(each.code) == code:
                    supported = True
                    break
    if code is not None and purpose == "checkout" and recognised and supported is not False:
        _, rate_missing, rate_unknown = look_up_rate(code, facts, unknown)
    return _currency_view(
        code=code,
        unknown=code_unknown,
        stated=stated,
        place=place,
        recognised=recognised,
        supported=supported,
        rate_missing=rate_missing,
        rate_unknown=rate_unknown,
        purpose=purpose,
    )


def build_stated_currency(
    stated: str | Unset | None, facts: Facts, unknown: list[UnknownFact], place: Path = STATED_CURRENCY
) -> tuple[CurrencyView, ...]:
    """Build the currency of what is saved, where a request states one."""
    return (build_currency(fold_currency(stated), facts, unknown, place=place),) if is_given(stated) else ()


def build_currency_check(draft: Draft[CurrencyCheck]) -> Views:
    """Build what rules read of a currency that is checked."""
    unknown: list[UnknownFact] = []
    code = fold_currency(draft.request.currency)
    currency = build_currency(code, draft.facts, unknown, purpose=draft.request.purpose)
    return {"unknown": unknown, "currency": (currency,)}

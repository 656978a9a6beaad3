"""One currency, asked about for one merchant and purpose."""

from rules_engine.models import CurrencyCheck, Draft, Facts
from rules_engine.models.currency import currency_valid_at, fold_currency
from rules_engine.views.currency import STATED_CURRENCY, CurrencyView, build_stated_currency
from rules_engine.views.views import UnknownFact, Views


def build_currency_check(draft: Draft[CurrencyCheck]) -> Views:
    """Join a currency with the account and the rates."""
    request, facts = draft.request, draft.facts
    unknown: list[UnknownFact] = []
    if request.purpose == "refund":
        currency = _refunded(request.currency, facts, unknown)
    else:
        currency = build_stated_currency(request.currency, facts, unknown, rate_needed=request.purpose == "checkout")
    return {"unknown": unknown, "currency": (currency,)}


def _refunded(stated: str, facts: Facts, unknown: list[UnknownFact]) -> CurrencyView:
    """Join a currency to give money back in: what the account is paid out in, whatever it may charge in."""
    code, merchant = fold_currency(stated), facts.merchant
    supported: bool | None = None
    if merchant is None:
        unknown.append(("merchant", None))
    else:
        supported = code == fold_currency(merchant.settlement_currency)
    return CurrencyView(
        code,
        unknown=False,
        stated=True,
        place=STATED_CURRENCY,
        recognised=currency_valid_at(code, facts.now),
        supported=supported,
        rate_missing=False,
        rate_unknown=False,
        charged=False,
    )

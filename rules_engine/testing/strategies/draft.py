"""Strategies of drafts: those of each operation, and those that say one code."""

from collections.abc import Callable
from typing import Any, TypeVar, overload

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from rules_engine.codes import Code
from rules_engine.models.draft import (
    REQUESTS,
    ConfigurationCreateDraft,
    ConfigurationDeleteDraft,
    ConfigurationUpdateDraft,
    CouponCreateDraft,
    CouponDeleteDraft,
    CouponUpdateDraft,
    CurrencyCheckDraft,
    Draft,
    PaymentLinkCreateDraft,
    PaymentLinkOpenDraft,
    PaymentLinkUpdateDraft,
    PriceCreateDraft,
    PriceDeleteDraft,
    PriceUpdateDraft,
    PromotionCodeCreateDraft,
    PromotionCodeUpdateDraft,
    Recorded,
    RefundCreateDraft,
    RequestAuthorizeDraft,
    SessionApplyPromotionCodeDraft,
    SessionConfirmDraft,
    SessionCreateDraft,
    SessionExpireDraft,
    SessionUpdateDraft,
    Target,
)
from rules_engine.operations import OPERATIONS
from rules_engine.testing.strategies.admitted import admitted
from rules_engine.testing.strategies.fact import facts
from rules_engine.testing.strategies.names import check_operation
from rules_engine.testing.strategies.plural import plural
from rules_engine.testing.strategies.pooled import pooled_drafts
from rules_engine.testing.strategies.yielding import yielding

D = TypeVar("D", bound=Draft[Any])

targets = plural("targets", Target)
recorded_codes = plural("recorded_codes", Recorded)


def _drafts(name: str, cls: type[D]) -> Callable[..., SearchStrategy[D]]:
    request = REQUESTS[cls.operation]
    always: dict[str, SearchStrategy[Any]] = {"request": admitted(request), "facts": facts()}
    if cls.has_target:
        always["target"] = targets()
    return plural(name, cls, types={"request": request}, always=always)


session_create_drafts = _drafts("session_create_drafts", SessionCreateDraft)
session_update_drafts = _drafts("session_update_drafts", SessionUpdateDraft)
session_confirm_drafts = _drafts("session_confirm_drafts", SessionConfirmDraft)
session_expire_drafts = _drafts("session_expire_drafts", SessionExpireDraft)
session_apply_promotion_code_drafts = _drafts("session_apply_promotion_code_drafts", SessionApplyPromotionCodeDraft)
price_create_drafts = _drafts("price_create_drafts", PriceCreateDraft)
price_update_drafts = _drafts("price_update_drafts", PriceUpdateDraft)
price_delete_drafts = _drafts("price_delete_drafts", PriceDeleteDraft)
promotion_code_create_drafts = _drafts("promotion_code_create_drafts", PromotionCodeCreateDraft)
promotion_code_update_drafts = _drafts("promotion_code_update_drafts", PromotionCodeUpdateDraft)
coupon_create_drafts = _drafts("coupon_create_drafts", CouponCreateDraft)
coupon_update_drafts = _drafts("coupon_update_drafts", CouponUpdateDraft)
coupon_delete_drafts = _drafts("coupon_delete_drafts", CouponDeleteDraft)
currency_check_drafts = _drafts("currency_check_drafts", CurrencyCheckDraft)
configuration_create_drafts = _drafts("configuration_create_drafts", ConfigurationCreateDraft)
configuration_update_drafts = _drafts("configuration_update_drafts", ConfigurationUpdateDraft)
configuration_delete_drafts = _drafts("configuration_delete_drafts", ConfigurationDeleteDraft)
payment_link_create_drafts = _drafts("payment_link_create_drafts", PaymentLinkCreateDraft)
payment_link_update_drafts = _drafts("payment_link_update_drafts", PaymentLinkUpdateDraft)
payment_link_open_drafts = _drafts("payment_link_open_drafts", PaymentLinkOpenDraft)
refund_create_drafts = _drafts("refund_create_drafts", RefundCreateDraft)
request_authorize_drafts = _drafts("request_authorize_drafts", RequestAuthorizeDraft)


@overload
def drafts(operation: str | None = None, *, yields: None = None) -> SearchStrategy[Draft[Any]]: ...
@overload
def drafts(operation: str | None = None, *, yields: str | Code) -> SearchStrategy[dict[str, Any]]: ...
def drafts(operation: str | None = None, *, yields: str | Code | None = None) -> SearchStrategy[Any]:
    """Generate drafts, of any content or of one code.

    Without `yields` they are drafts whose ids, currencies and instants come from small pools, so that references meet
    what they refer to: most are refused or undecided, for many reasons at once.

    With `yields` they are draft documents, since some codes are said of requests that never become a model. The default
    policy says the code of each of them, nothing else, and leaves nothing undecided. They start from the valid examples
    and the counterexamples, and differ in everything that the code does not hang on. The two codes that the engine says
    where a rule raises are those of documents for `rules_engine.testing.judge`.

    Args:
        operation: Of this operation only.
        yields: The code, or its name.

    Raises:
        InvalidArgument: There is no such operation or no such code, or the operation never says it.
    """
    check_operation("drafts", operation)
    if yields is not None:
        return yielding(operation, yields.name if isinstance(yields, Code) else yields)
    return st.one_of([pooled_drafts(name) for name in (OPERATIONS if operation is None else (operation,))])

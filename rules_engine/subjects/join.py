"""A draft, joined with its facts: one function an operation, and what rules can stand on there."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from rules_engine.models.draft import (
    SessionApplyPromotionCodeDraft,
    SessionConfirmDraft,
    SessionCreateDraft,
    SessionExpireDraft,
    SessionUpdateDraft,
)
from rules_engine.subjects.configuration import CONFIGURATION
from rules_engine.subjects.coupon import COUPON
from rules_engine.subjects.currency import CURRENCY
from rules_engine.subjects.custom_field import CUSTOM_FIELD
from rules_engine.subjects.discount import DISCOUNT, ENTRY
from rules_engine.subjects.joined import Joined
from rules_engine.subjects.line_item import LINE_ITEM
from rules_engine.subjects.payment_method import CHOSEN_METHOD, PAYMENT_INTENT, PAYMENT_METHOD
from rules_engine.subjects.price import INLINE_PRICE, PRICE
from rules_engine.subjects.promotion_code import PROMOTION_CODE
from rules_engine.subjects.scope import Scope
from rules_engine.subjects.session import AFTER_COMPLETION, CLIENT_SECRET, PATCH, SESSION, STORED_SESSION, TARGET
from rules_engine.subjects.session_actions import (
    join_session_apply_promotion_code,
    join_session_confirm,
    join_session_expire,
)
from rules_engine.subjects.session_create import join_session_create
from rules_engine.subjects.session_update import join_session_update

JOINS: Mapping[str, Callable[[Any], Joined]] = MappingProxyType(
    {
        SessionCreateDraft.operation: join_session_create,
        SessionUpdateDraft.operation: join_session_update,
        SessionConfirmDraft.operation: join_session_confirm,
        SessionExpireDraft.operation: join_session_expire,
        SessionApplyPromotionCodeDraft.operation: join_session_apply_promotion_code,
    }
)
"""The join of each operation, by the operation's name."""

_WRITTEN = (
    SESSION,
    AFTER_COMPLETION,
    LINE_ITEM,
    PRICE,
    INLINE_PRICE,
    CUSTOM_FIELD,
    CONFIGURATION,
    DISCOUNT,
    PROMOTION_CODE,
    COUPON,
)
_ACTED_ON = (TARGET, STORED_SESSION)

SCOPES: Mapping[str, tuple[Scope[Any], ...]] = MappingProxyType(
    {
        SessionCreateDraft.operation: (*_WRITTEN, CURRENCY),
        SessionUpdateDraft.operation: (*_ACTED_ON, PATCH, *_WRITTEN),
        SessionConfirmDraft.operation: (
            *_ACTED_ON,
            CLIENT_SECRET,
            PRICE,
            PAYMENT_METHOD,
            CHOSEN_METHOD,
            PAYMENT_INTENT,
        ),
        SessionExpireDraft.operation: _ACTED_ON,
        SessionApplyPromotionCodeDraft.operation: (*_ACTED_ON, CLIENT_SECRET, ENTRY, PROMOTION_CODE, COUPON),
    }
)
"""What rules can stand on in each operation."""

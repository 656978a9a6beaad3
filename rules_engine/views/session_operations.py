"""The operations of a session: their joins, and what rules can stand on there."""

from typing import Final

from rules_engine.models.draft import (
    SessionApplyPromotionCodeDraft,
    SessionConfirmDraft,
    SessionCreateDraft,
    SessionExpireDraft,
    SessionUpdateDraft,
)
from rules_engine.views.branding import BRANDING
from rules_engine.views.configuration import CONFIGURATION, ENABLED_METHODS
from rules_engine.views.coupon import COUPON
from rules_engine.views.currency import CURRENCY
from rules_engine.views.custom_field import CUSTOM_FIELD, CUSTOM_FIELD_LIST
from rules_engine.views.customer import CUSTOMER
from rules_engine.views.discount import DISCOUNT, ENTRY
from rules_engine.views.line_item import LINE_ITEM, LINE_LIST
from rules_engine.views.metadata import METADATA
from rules_engine.views.payment_method import CHOSEN_METHOD, METHOD_TYPES, PAYMENT_INTENT, PAYMENT_METHOD
from rules_engine.views.price import INLINE_PRICE, PRICE, UNIT_AMOUNT
from rules_engine.views.promotion_code import PROMOTION_CODE
from rules_engine.views.session import AFTER_COMPLETION, CLIENT_SECRET, PATCH, SESSION, STORED_SESSION, TARGET
from rules_engine.views.session_actions import (
    join_session_apply_promotion_code,
    join_session_confirm,
    join_session_expire,
)
from rules_engine.views.session_create import join_session_create
from rules_engine.views.session_update import join_session_update
from rules_engine.views.views import ViewsOperation

_WRITTEN = (
    SESSION,
    CUSTOMER,
    AFTER_COMPLETION,
    LINE_LIST,
    LINE_ITEM,
    PRICE,
    INLINE_PRICE,
    UNIT_AMOUNT,
    CUSTOM_FIELD_LIST,
    CUSTOM_FIELD,
    METADATA,
    BRANDING,
    METHOD_TYPES,
    CONFIGURATION,
    ENABLED_METHODS,
    DISCOUNT,
    PROMOTION_CODE,
    COUPON,
)
_ACTED_ON = (TARGET, STORED_SESSION)

ROWS: Final[tuple[ViewsOperation, ...]] = (
    (SessionCreateDraft, join_session_create, (*_WRITTEN, CURRENCY)),
    (SessionUpdateDraft, join_session_update, (*_ACTED_ON, PATCH, *_WRITTEN)),
    (
        SessionConfirmDraft,
        join_session_confirm,
        (*_ACTED_ON, CLIENT_SECRET, PRICE, PAYMENT_METHOD, CHOSEN_METHOD, PAYMENT_INTENT),
    ),
    (SessionExpireDraft, join_session_expire, _ACTED_ON),
    (
        SessionApplyPromotionCodeDraft,
        join_session_apply_promotion_code,
        (*_ACTED_ON, CLIENT_SECRET, ENTRY, PROMOTION_CODE, COUPON),
    ),
)
"""The draft of each operation, its join and its scopes."""

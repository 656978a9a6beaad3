"""What happens to a stored session beside a change: a buyer pays, it is ended, a buyer enters a promotion code."""

from collections.abc import Sequence

from rules_engine.models import Draft, LineItem, SessionApplyPromotionCode, SessionConfirm, SessionExpire
from rules_engine.views.discount import EntryView, enter_code
from rules_engine.views.line_item import join_lines
from rules_engine.views.payment_method import (
    ChosenMethodView,
    join_payment_intent,
    join_payment_method,
    offered_types,
)
from rules_engine.views.price import STORED_LINES, PriceView
from rules_engine.views.session_views import SessionViews
from rules_engine.views.stored_session import StoredSession
from rules_engine.views.views import UnknownFact


def join_session_confirm(draft: Draft[SessionConfirm]) -> SessionViews:
    """Join a payment with the stored session and the facts."""
    request, facts = draft.request, draft.facts
    unknown: list[UnknownFact] = []
    stored = StoredSession(draft, unknown)
    session = stored.session
    wants_types = request.payment_method is not None or request.payment_method_type is not None
    offered = offered_types(session, facts, unknown) if wants_types else None
    offered_unknown = stored.unknown or (session is not None and offered is None)
    method, chosen, intent = request.payment_method, request.payment_method_type, request.payment_intent_id
    return SessionViews(
        unknown,
        target=stored.target_views(),
        stored_session=stored.stored_views(),
        client_secret=stored.secret_views(request.client_secret, unknown),
        price=_stored_prices(stored, unknown),
        payment_method=()
        if method is None
        else (join_payment_method(method, session, facts, offered, unknown, session_unknown=stored.unknown),),
        chosen_method=() if chosen is None else (ChosenMethodView(chosen, offered, offered_unknown),),
        payment_intent=()
        if intent is None
        else (join_payment_intent(intent, session, facts, unknown, session_unknown=stored.unknown),),
    )


def join_session_expire(draft: Draft[SessionExpire]) -> SessionViews:
    """Join the end of a session with the stored one."""
    unknown: list[UnknownFact] = []
    stored = StoredSession(draft, unknown)
    return SessionViews(unknown, target=stored.target_views(), stored_session=stored.stored_views())


def join_session_apply_promotion_code(draft: Draft[SessionApplyPromotionCode]) -> SessionViews:
    """Join a promotion code that a buyer enters with the stored session and the facts."""
    request = draft.request
    unknown: list[UnknownFact] = []
    stored = StoredSession(draft, unknown)
    session = stored.session
    stored.note_subtotal(unknown)
    stored.note_lines(unknown)
    discounts, entered = enter_code(request.promotion_code, stored.basket(unknown))
    count: int | None = None
    if session is not None and entered is not None:
        # A code that the session carries already takes its own place, not a second one.
        count = 1 + sum(discount.promotion_code_id != entered.id for discount in session.discounts)
    entry = EntryView(
        allowed=None if session is None else session.allow_promotion_codes,
        discount_count=count,
        session_unknown=stored.unknown,
        code_unknown=session is not None and bool(session.discounts) and discounts.promotion_codes[0].unknown,
    )
    return SessionViews(
        unknown,
        target=stored.target_views(),
        stored_session=stored.stored_views(),
        client_secret=stored.secret_views(request.client_secret, unknown),
        entry=(entry,),
        promotion_code=discounts.promotion_codes,
        coupon=discounts.coupons,
    )


def _stored_prices(stored: StoredSession, unknown: list[UnknownFact]) -> Sequence[PriceView] | None:
    """Join the lines of a stored session with the catalogue; a price that is not in it was written into its line."""
    stored.note_lines(unknown)
    if stored.unknown or stored.lines is None:
        return None
    ui_mode = None if stored.session is None else stored.session.ui_mode
    lines = [LineItem(line.quantity, line.price.id) for line in stored.lines]
    return join_lines(lines, stored.facts, None, ui_mode, unknown, currency_unknown=False, origin=STORED_LINES).prices

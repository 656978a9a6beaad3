"""A draft, joined with its facts: one function an operation."""

import hmac
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Any, TypeGuard, TypeVar

import attrs

from rules_engine.models.currency import currency_valid_at, fold_currency
from rules_engine.models.draft import (
    SessionApplyPromotionCodeDraft,
    SessionConfirmDraft,
    SessionCreateDraft,
    SessionDraft,
    SessionExpireDraft,
    SessionUpdateDraft,
)
from rules_engine.models.facts import Facts
from rules_engine.models.session import AfterCompletion, Session, SessionCreate, SessionUpdate
from rules_engine.models.unset import UNSET, Unset
from rules_engine.path import Path
from rules_engine.subjects.basket import Basket, Touched
from rules_engine.subjects.configuration import CONFIGURATION, ConfigurationSubject, join_configuration
from rules_engine.subjects.coupon import COUPON, CouponSubject
from rules_engine.subjects.currency import CURRENCY, Absent, CurrencySubject, Rates
from rules_engine.subjects.custom_field import CUSTOM_FIELD, CustomFieldSubject
from rules_engine.subjects.discount import DISCOUNT, ENTRY, Discounts, DiscountSubject, EntrySubject
from rules_engine.subjects.joined import Joined, UnknownFact
from rules_engine.subjects.line_item import LINE_ITEM, Demand, LineItems, join_lines, line_currency, price_unknown
from rules_engine.subjects.payment_method import (
    CHOSEN_METHOD,
    PAYMENT_INTENT,
    PAYMENT_METHOD,
    ChosenMethodSubject,
    join_payment_intent,
    join_payment_method,
    offered_types,
)
from rules_engine.subjects.price import INLINE_PRICE, PRICE, PriceSubject
from rules_engine.subjects.promotion_code import PROMOTION_CODE, PromotionCodeSubject
from rules_engine.subjects.scope import Scope
from rules_engine.subjects.session import (
    AFTER_COMPLETION,
    CLIENT_SECRET,
    PATCH,
    SESSION,
    STORED_SESSION,
    TARGET,
    AfterCompletionSubject,
    ClientSecretSubject,
    PatchSubject,
    SessionSubject,
    StoredSessionSubject,
    TargetSubject,
)

V = TypeVar("V")

_DEFAULT_UI_MODE = "hosted"
_NO_LINES = LineItems([], [], [], None, None, unknown=False)


class _Stored:
    """The stored session an operation acts on, as far as anybody looked."""

    def __init__(self, draft: SessionDraft[Any], unknown: list[UnknownFact]) -> None:
        self.facts = facts = draft.facts
        session = facts.session
        wanted = draft.target.id if draft.target is not None else None if session is None else session.id
        self.session: Session | None = session if session is not None and session.id == wanted else None
        self.missing = self.session is None and wanted in facts.missing.sessions
        self.unknown = self.session is None and not self.missing
        if self.unknown:
            unknown.append(("session", wanted))

    @property
    def currency(self) -> str | None:
        """What the buyer sees prices in, in upper case."""
        if self.session is None:
            return None
        presentment = self.session.presentment_details
        currency = self.session.currency if presentment is None else presentment.currency
        return None if currency is None else fold_currency(currency)

    @property
    def subtotal(self) -> int | None:
        """What the lines come to, in minor units of that currency."""
        if self.session is None:
            return None
        presentment = self.session.presentment_details
        return self.session.amount_subtotal if presentment is None else presentment.amount_subtotal

    @property
    def locked_rate(self) -> tuple[str, Decimal] | None:
        """The rate that was locked when the session was created."""
        if self.session is None or self.session.presentment_details is None:
            return None
        presentment = self.session.presentment_details
        return fold_currency(presentment.currency), presentment.exchange_rate

    def target_subjects(self) -> tuple[TargetSubject, ...]:
        return (TargetSubject(self.missing, self.unknown),)

    def stored_subjects(self) -> tuple[StoredSessionSubject, ...]:
        session = self.session
        if session is None:
            return (StoredSessionSubject(self.unknown, None, None, is_expired=False),)
        return (StoredSessionSubject(False, session.status, session.expires_at, session.is_expired),)  # noqa: FBT003  # known

    def secret_subjects(self, given: str | None, unknown: list[UnknownFact]) -> tuple[ClientSecretSubject, ...]:
        if given is None or self.missing:
            return ()
        secret = None if self.session is None else self.session.client_secret
        if secret is None:
            if self.session is not None:
                unknown.append(("session.clientSecret", self.session.id))
            return (ClientSecretSubject(None),)
        same = hmac.compare_digest(secret.encode("utf-8", "surrogatepass"), given.encode("utf-8", "surrogatepass"))
        return (ClientSecretSubject(same),)

    def basket(self, facts: Facts, unknown: list[UnknownFact]) -> Basket:
        """Measure the stored session as it is."""
        session = self.session
        products: set[str | None] = set()
        to_look_up: list[str] = []
        for line in () if session is None else session.line_items:
            if line.price.product is not None:
                products.add(line.price.product.id)
            elif price_unknown(line.price.id, facts):
                to_look_up.append(line.price.id)
            elif line.price.id in facts.prices:
                products.add(facts.prices[line.price.id].product_id)
        return Basket(
            facts,
            Rates(facts, unknown, self.locked_rate),
            unknown,
            currency=self.currency,
            subtotal=self.subtotal,
            amount_unknown=self.unknown,
            products=None if session is None else frozenset(products),
            products_unknown=tuple(to_look_up),
            customer_id=None if session is None else session.customer_id,
            customer_unknown=self.unknown,
            carried_codes=frozenset(
                () if session is None else (discount.promotion_code_id for discount in session.discounts)
            ),
            carried_coupons=frozenset(
                () if session is None else (discount.coupon.id for discount in session.discounts)
            ),
        )


def join_session_create(draft: SessionCreateDraft) -> Joined:
    """Join a new session with the facts."""
    request, facts = draft.request, draft.facts
    unknown: list[UnknownFact] = []
    rates = Rates(facts, unknown)
    currency = _new_currency(request, facts, rates, unknown)
    ui_mode = request.ui_mode or _DEFAULT_UI_MODE
    lines = _NO_LINES
    if request.line_items:
        lines = join_lines(request.line_items, facts, currency.code, ui_mode, currency_unknown=currency.unknown)
        _note_prices(lines, unknown)
    promotion_codes: Sequence[PromotionCodeSubject] = ()
    coupons: Sequence[CouponSubject] = ()
    if request.discounts:
        basket = Basket(
            facts,
            rates,
            unknown,
            currency=currency.code,
            subtotal=lines.subtotal,
            amount_unknown=lines.unknown or currency.unknown,
            products=lines.products,
            products_unknown=(),
            customer_id=request.customer_id,
            customer_unknown=False,
            carried_codes=frozenset(),
            carried_coupons=frozenset(),
        )
        discounts = Discounts(basket)
        for index, discount in enumerate(request.discounts):
            discounts.set_by_merchant(index, discount)
        promotion_codes, coupons = discounts.promotion_codes, discounts.coupons
    session = _session_subject(
        request,
        facts,
        unknown,
        ui_mode=ui_mode,
        lines=lines,
        lines_required=request.mode != "setup",
        customer_id=request.customer_id,
        always_create=request.customer_creation == "always",
        updates_customer=request.customer_update is not None,
        stored_unknown=False,
    )
    return Joined(
        session=(session,),
        after_completion=_after_completion(request.after_completion, ui_mode, stored_unknown=False),
        currency=(currency,),
        line_item=lines.lines,
        price=lines.prices,
        inline_price=lines.inline_prices,
        custom_field=_custom_fields(request),
        configuration=_configurations(request, facts, unknown),
        discount=_discounts(request),
        promotion_code=promotion_codes,
        coupon=coupons,
        unknown=unknown,
    )


def join_session_update(draft: SessionUpdateDraft) -> Joined:
    """Join a changed session with the stored one and the facts."""
    request, facts = draft.request, draft.facts
    unknown: list[UnknownFact] = []
    stored = _Stored(draft, unknown)
    session = stored.session
    # A session that does not exist has no way to be shown; the default lets no rule speak of it.
    ui_mode = None if stored.unknown else _DEFAULT_UI_MODE if session is None else session.ui_mode
    lines = _NO_LINES
    if given(request.line_items):
        lines = join_lines(request.line_items, facts, stored.currency, ui_mode, currency_unknown=stored.unknown)
        _note_prices(lines, unknown)
    customer_id = _merged(request.customer_id, None if session is None else session.customer_id)
    customer_touched = request.customer_id is not UNSET
    discounts = Discounts(_basket_after_update(request, stored, lines, customer_id, unknown))
    if given(request.discounts):
        for index, discount in enumerate(request.discounts):
            discounts.set_by_merchant(index, discount)
    elif session is not None and request.discounts is UNSET and (given(request.line_items) or customer_touched):
        discounts.keep(session, Touched(whole=False, amount=given(request.line_items), customer=customer_touched))
    creation = _merged(request.customer_creation, None if session is None else session.customer_creation)
    subject = _session_subject(
        request,
        facts,
        unknown,
        ui_mode=ui_mode,
        lines=lines,
        lines_required=request.line_items is not UNSET and (session is None or session.mode != "setup"),
        customer_id=customer_id,
        always_create=creation == "always" and (customer_touched or request.customer_creation is not UNSET),
        updates_customer=_updates_customer(request, session),
        stored_unknown=stored.unknown,
    )
    completion = request.after_completion
    return Joined(
        target=stored.target_subjects(),
        stored_session=stored.stored_subjects(),
        session=(subject,),
        patch=_patches(request),
        after_completion=_after_completion(completion, ui_mode, stored_unknown=stored.unknown)
        if given(completion)
        else (),
        line_item=lines.lines,
        price=lines.prices,
        inline_price=lines.inline_prices,
        custom_field=_custom_fields(request),
        configuration=_configurations(request, facts, unknown),
        discount=_discounts(request),
        promotion_code=discounts.promotion_codes,
        coupon=discounts.coupons,
        unknown=unknown,
    )


def join_session_confirm(draft: SessionConfirmDraft) -> Joined:
    """Join a payment with the stored session and the facts."""
    request, facts = draft.request, draft.facts
    unknown: list[UnknownFact] = []
    stored = _Stored(draft, unknown)
    session = stored.session
    wants_types = request.payment_method is not None or request.payment_method_type is not None
    offered = offered_types(session, facts, unknown) if wants_types else None
    offered_unknown = stored.unknown or (session is not None and offered is None)
    method, chosen, intent = request.payment_method, request.payment_method_type, request.payment_intent_id
    return Joined(
        target=stored.target_subjects(),
        stored_session=stored.stored_subjects(),
        client_secret=stored.secret_subjects(request.client_secret, unknown),
        price=None if stored.unknown else _stored_prices(session, facts, unknown),
        payment_method=()
        if method is None
        else (join_payment_method(method, session, facts, offered, unknown, session_unknown=stored.unknown),),
        chosen_method=() if chosen is None else (ChosenMethodSubject(chosen, offered, offered_unknown),),
        payment_intent=()
        if intent is None
        else (join_payment_intent(intent, session, facts, unknown, session_unknown=stored.unknown),),
        unknown=unknown,
    )


def join_session_expire(draft: SessionExpireDraft) -> Joined:
    """Join the end of a session with the stored one."""
    unknown: list[UnknownFact] = []
    stored = _Stored(draft, unknown)
    return Joined(target=stored.target_subjects(), stored_session=stored.stored_subjects(), unknown=unknown)


def join_session_apply_promotion_code(draft: SessionApplyPromotionCodeDraft) -> Joined:
    """Join a promotion code that a buyer enters with the stored session and the facts."""
    request, facts = draft.request, draft.facts
    unknown: list[UnknownFact] = []
    stored = _Stored(draft, unknown)
    session = stored.session
    discounts = Discounts(stored.basket(facts, unknown))
    entered = discounts.enter(request.promotion_code)
    others = () if session is None else session.discounts
    # A code that the session carries already takes its own place, not a second one.
    count = 1 + sum(entered is None or discount.promotion_code_id != entered.id for discount in others)
    entry = EntrySubject(
        allowed=None if session is None else session.allow_promotion_codes,
        discount_count=None if session is None else count,
        session_unknown=stored.unknown,
    )
    return Joined(
        target=stored.target_subjects(),
        stored_session=stored.stored_subjects(),
        client_secret=stored.secret_subjects(request.client_secret, unknown),
        entry=(entry,),
        promotion_code=discounts.promotion_codes,
        coupon=discounts.coupons,
        unknown=unknown,
    )


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


def given(value: V | Unset | None) -> TypeGuard[V]:
    """Tell whether a request states a value: neither absent nor null."""
    return value is not None and value is not UNSET


def _merged(sent: V | Unset | None, stored: V | None) -> V | None:
    return stored if isinstance(sent, Unset) else sent


def _note_prices(lines: LineItems, unknown: list[UnknownFact]) -> None:
    if lines.unknown:
        unknown.extend(("prices", price.id) for price in lines.prices if price.unknown)


def _new_currency(request: SessionCreate, facts: Facts, rates: Rates, unknown: list[UnknownFact]) -> CurrencySubject:
    """Tell the currency of a new session: what is stated, else the first line's, else the merchant's default."""
    code: str | None = None
    place: Path = ("request", "currency")
    nobody_looked = False
    if request.currency is not None:
        code = fold_currency(request.currency)
    elif request.line_items:
        first = request.line_items[0]
        code = line_currency(first, facts)
        place = ("request", "lineItems", 0, "price" if first.price_data is None else "priceData")
        if code is None and first.price is not None and first.price_data is None:
            nobody_looked = price_unknown(first.price, facts)
    else:
        place = ("facts", "merchant", "defaultCurrency")
        merchant = facts.merchant
        code = (
            None if merchant is None or merchant.default_currency is None else fold_currency(merchant.default_currency)
        )
        if code is None:
            nobody_looked = True
            unknown.append(("merchant", None) if merchant is None else ("merchant.defaultCurrency", None))
    recognised = code is not None and currency_valid_at(code, facts.now)
    supported = _supported(code, facts, unknown)
    rate = rates.rate(code) if code is not None and recognised and supported is not False else None
    return CurrencySubject(
        code,
        nobody_looked,
        request.currency is not None,
        place,
        recognised,
        supported,
        rate is Absent.MISSING,
        rate is Absent.UNKNOWN,
    )


def _supported(code: str | None, facts: Facts, unknown: list[UnknownFact]) -> bool | None:
    merchant = facts.merchant
    if code is None:
        return None
    if merchant is None:
        unknown.append(("merchant", None))
        return None
    if merchant.supported_currencies is None:
        unknown.append(("merchant.supportedCurrencies", None))
        return None
    return any(fold_currency(currency.code) == code for currency in merchant.supported_currencies)


def _session_subject(
    request: SessionCreate | SessionUpdate,
    facts: Facts,
    unknown: list[UnknownFact],
    *,
    ui_mode: str | None,
    lines: LineItems,
    lines_required: bool,
    customer_id: str | None,
    always_create: bool,
    updates_customer: bool,
    stored_unknown: bool,
) -> SessionSubject:
    customer_missing = customer_unknown = False
    if given(request.customer_id) and (facts.customer is None or facts.customer.id != request.customer_id):
        customer_missing = request.customer_id in facts.missing.customers
        customer_unknown = not customer_missing
        if customer_unknown:
            unknown.append(("customer", request.customer_id))
    types = request.payment_method_types
    types_not_enabled: tuple[str, ...] = ()
    types_unknown = False
    if given(types) and types:
        merchant = facts.merchant
        if merchant is None or merchant.supported_currencies is None:
            types_unknown = True
            unknown.append(("merchant" if merchant is None else "merchant.supportedCurrencies", None))
        else:
            enabled = {kind for currency in merchant.supported_currencies for kind in currency.payment_method_types}
            types_not_enabled = tuple(kind for kind in types if kind not in enabled)
    branding = request.branding_settings
    metadata = request.metadata
    return SessionSubject(
        request,
        stored_unknown,
        ui_mode,
        lines_required,
        len(request.line_items) if given(request.line_items) else None,
        lines.subtotal,
        lines.unknown,
        customer_id,
        customer_missing,
        customer_unknown,
        given(request.customer_details),
        always_create,
        updates_customer,
        types_not_enabled,
        types_unknown,
        given(types),
        given(request.payment_method_configuration_id),
        given(request.submit_type),
        request.name_collection is True,
        request.billing_address_collection is True,
        request.shipping_address_collection is True,
        request.phone_number_collection is True,
        given(request.cancel_url),
        len(request.discounts) if given(request.discounts) else 0,
        len(request.custom_fields) if given(request.custom_fields) else 0,
        len(metadata) if given(metadata) else 0,
        None if isinstance(request.expires_after_minutes, Unset) else request.expires_after_minutes,
        branding.font_family if given(branding) else None,
    )


def _updates_customer(request: SessionUpdate, session: Session | None) -> bool:
    """Tell whether a customer would be overwritten, where the update touches the customer or says so itself."""
    if request.customer_update is not UNSET:
        return request.customer_update is not None
    if request.customer_id is UNSET or session is None or session.customer_update is None:
        return False
    update = session.customer_update
    return "auto" in (update.address, update.name, update.shipping)


def _basket_after_update(
    request: SessionUpdate, stored: _Stored, lines: LineItems, customer_id: str | None, unknown: list[UnknownFact]
) -> Basket:
    basket = stored.basket(stored.facts, unknown)
    if given(request.line_items):
        basket = attrs.evolve(
            basket,
            subtotal=lines.subtotal,
            amount_unknown=stored.unknown or lines.unknown,
            products=lines.products,
            products_unknown=(),
        )
    return attrs.evolve(
        basket,
        customer_id=customer_id,
        customer_unknown=stored.unknown and request.customer_id is UNSET,
    )


def _after_completion(
    completion: AfterCompletion, ui_mode: str | None, *, stored_unknown: bool
) -> tuple[AfterCompletionSubject, ...]:
    page = completion.hosted_confirmation
    message = None if page is None else page.custom_message
    return (AfterCompletionSubject(completion, ui_mode, stored_unknown, message),)


def _custom_fields(request: SessionCreate | SessionUpdate) -> Sequence[CustomFieldSubject]:
    if not given(request.custom_fields):
        return ()
    return [CustomFieldSubject(index, field) for index, field in enumerate(request.custom_fields)]


def _configurations(
    request: SessionCreate | SessionUpdate, facts: Facts, unknown: list[UnknownFact]
) -> tuple[ConfigurationSubject, ...]:
    if not given(request.payment_method_configuration_id):
        return ()
    return (join_configuration(request.payment_method_configuration_id, facts, unknown),)


def _discounts(request: SessionCreate | SessionUpdate) -> Sequence[DiscountSubject]:
    if not given(request.discounts):
        return ()
    return [DiscountSubject(index, discount) for index, discount in enumerate(request.discounts)]


def _patches(request: SessionUpdate) -> tuple[PatchSubject, ...]:
    patch = PatchSubject(
        request.mode is not UNSET,
        request.ui_mode is not UNSET,
        request.submit_type is not UNSET,
        request.currency is not UNSET,
        request.expires_after_minutes is not UNSET,
    )
    return (patch,)


def _stored_prices(session: Session | None, facts: Facts, unknown: list[UnknownFact]) -> Sequence[PriceSubject]:
    """Join the lines of a stored session with the catalogue; a price that is not in it was written into its line."""
    if session is None:
        return ()
    demand = Demand()
    prices: list[PriceSubject] = []
    for index, line in enumerate(session.line_items):
        price = demand.price_subject((index, line.price.id, line.quantity), facts, session.ui_mode, stored=True)
        if price.unknown:
            unknown.append(("prices", price.id))
        prices.append(price)
    return prices


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

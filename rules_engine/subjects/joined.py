"""A draft joined with its facts: the items of every scope, and what nobody looked up."""

from collections.abc import Sequence

from attrs import Factory, define

from rules_engine.subjects.configuration import ConfigurationSubject
from rules_engine.subjects.coupon import CouponSubject
from rules_engine.subjects.currency import CurrencySubject
from rules_engine.subjects.custom_field import CustomFieldSubject
from rules_engine.subjects.discount import DiscountSubject, EntrySubject
from rules_engine.subjects.line_item import LineItemSubject
from rules_engine.subjects.payment_method import ChosenMethodSubject, PaymentIntentSubject, PaymentMethodSubject
from rules_engine.subjects.price import InlinePriceSubject, PriceSubject
from rules_engine.subjects.promotion_code import PromotionCodeSubject
from rules_engine.subjects.session import (
    AfterCompletionSubject,
    ClientSecretSubject,
    PatchSubject,
    SessionSubject,
    StoredSessionSubject,
    TargetSubject,
)

UnknownFact = tuple[str, str | None]
"""The kind and the key of a fact that nobody looked up."""


@define(eq=False)
class Joined:
    """The items of every scope, in the order of their index.

    A scope whose items cannot be told, because nobody looked up what holds them, is None: all its rules are undecided.
    While `unknown` is empty, no rule is undecided.
    """

    unknown: list[UnknownFact] = Factory(list)
    target: Sequence[TargetSubject] = ()
    stored_session: Sequence[StoredSessionSubject] = ()
    client_secret: Sequence[ClientSecretSubject] = ()
    session: Sequence[SessionSubject] = ()
    patch: Sequence[PatchSubject] = ()
    after_completion: Sequence[AfterCompletionSubject] = ()
    currency: Sequence[CurrencySubject] = ()
    line_item: Sequence[LineItemSubject] = ()
    price: Sequence[PriceSubject] | None = ()
    inline_price: Sequence[InlinePriceSubject] = ()
    custom_field: Sequence[CustomFieldSubject] = ()
    configuration: Sequence[ConfigurationSubject] = ()
    entry: Sequence[EntrySubject] = ()
    discount: Sequence[DiscountSubject] = ()
    promotion_code: Sequence[PromotionCodeSubject] | None = ()
    coupon: Sequence[CouponSubject] | None = ()
    payment_method: Sequence[PaymentMethodSubject] = ()
    chosen_method: Sequence[ChosenMethodSubject] = ()
    payment_intent: Sequence[PaymentIntentSubject] = ()

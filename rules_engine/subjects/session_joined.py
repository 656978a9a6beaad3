"""What the operations of a session are joined to."""

from collections.abc import Sequence

from attrs import define

from rules_engine.subjects.branding import BrandingSubject
from rules_engine.subjects.configuration import ConfigurationSubject, EnabledMethodsSubject
from rules_engine.subjects.coupon import CouponSubject
from rules_engine.subjects.currency import CurrencySubject
from rules_engine.subjects.custom_field import CustomFieldListSubject, CustomFieldSubject
from rules_engine.subjects.customer import CustomerSubject
from rules_engine.subjects.discount import DiscountSubject, EntrySubject
from rules_engine.subjects.joined import Joined
from rules_engine.subjects.line_item import LineItemSubject, LineListSubject
from rules_engine.subjects.metadata import MetadataSubject
from rules_engine.subjects.payment_method import (
    ChosenMethodSubject,
    MethodTypesSubject,
    PaymentIntentSubject,
    PaymentMethodSubject,
)
from rules_engine.subjects.price import InlinePriceSubject, PriceSubject, UnitAmountSubject
from rules_engine.subjects.promotion_code import PromotionCodeSubject
from rules_engine.subjects.session import (
    AfterCompletionSubject,
    ClientSecretSubject,
    PatchSubject,
    SessionSubject,
    StoredSessionSubject,
    TargetSubject,
)


@define(eq=False)
class SessionJoined(Joined):
    """The items of every scope of the session operations."""

    target: Sequence[TargetSubject] = ()
    stored_session: Sequence[StoredSessionSubject] = ()
    client_secret: Sequence[ClientSecretSubject] = ()
    session: Sequence[SessionSubject] = ()
    customer: Sequence[CustomerSubject] = ()
    patch: Sequence[PatchSubject] = ()
    after_completion: Sequence[AfterCompletionSubject] = ()
    currency: Sequence[CurrencySubject] = ()
    line_list: Sequence[LineListSubject] = ()
    line_item: Sequence[LineItemSubject] = ()
    price: Sequence[PriceSubject] | None = ()
    inline_price: Sequence[InlinePriceSubject] = ()
    unit_amount: Sequence[UnitAmountSubject] = ()
    custom_field_list: Sequence[CustomFieldListSubject] = ()
    custom_field: Sequence[CustomFieldSubject] = ()
    branding: Sequence[BrandingSubject] = ()
    method_types: Sequence[MethodTypesSubject] = ()
    configuration: Sequence[ConfigurationSubject] = ()
    enabled_methods: Sequence[EnabledMethodsSubject] = ()
    entry: Sequence[EntrySubject] = ()
    discount: Sequence[DiscountSubject] = ()
    promotion_code: Sequence[PromotionCodeSubject] | None = ()
    metadata: Sequence[MetadataSubject] = ()
    coupon: Sequence[CouponSubject] | None = ()
    payment_method: Sequence[PaymentMethodSubject] = ()
    chosen_method: Sequence[ChosenMethodSubject] = ()
    payment_intent: Sequence[PaymentIntentSubject] = ()

"""What the operations of a session are views to."""

from collections.abc import Sequence

from attrs import define

from rules_engine.views.branding import BrandingView
from rules_engine.views.configuration import ConfigurationView, EnabledMethodsView
from rules_engine.views.coupon import CouponView
from rules_engine.views.currency import CurrencyView
from rules_engine.views.custom_field import CustomFieldListView, CustomFieldView
from rules_engine.views.customer import CustomerView
from rules_engine.views.discount import DiscountView, EntryView
from rules_engine.views.line_item import LineItemView, LineListView
from rules_engine.views.metadata import MetadataView
from rules_engine.views.payment_method import (
    ChosenMethodView,
    MethodTypesView,
    PaymentIntentView,
    PaymentMethodView,
)
from rules_engine.views.price import InlinePriceView, PriceView, UnitAmountView
from rules_engine.views.promotion_code import PromotionCodeView
from rules_engine.views.session import (
    AfterCompletionView,
    ClientSecretView,
    PatchView,
    SessionView,
    StoredSessionView,
    TargetView,
)
from rules_engine.views.views import Views


@define(eq=False)
class SessionViews(Views):
    """The items of every scope of the session operations."""

    target: Sequence[TargetView] = ()
    stored_session: Sequence[StoredSessionView] = ()
    client_secret: Sequence[ClientSecretView] = ()
    session: Sequence[SessionView] = ()
    customer: Sequence[CustomerView] = ()
    patch: Sequence[PatchView] = ()
    after_completion: Sequence[AfterCompletionView] = ()
    currency: Sequence[CurrencyView] = ()
    line_list: Sequence[LineListView] = ()
    line_item: Sequence[LineItemView] = ()
    price: Sequence[PriceView] | None = ()
    inline_price: Sequence[InlinePriceView] = ()
    unit_amount: Sequence[UnitAmountView] = ()
    custom_field_list: Sequence[CustomFieldListView] = ()
    custom_field: Sequence[CustomFieldView] = ()
    branding: Sequence[BrandingView] = ()
    method_types: Sequence[MethodTypesView] = ()
    configuration: Sequence[ConfigurationView] = ()
    enabled_methods: Sequence[EnabledMethodsView] = ()
    entry: Sequence[EntryView] = ()
    discount: Sequence[DiscountView] = ()
    promotion_code: Sequence[PromotionCodeView] | None = ()
    metadata: Sequence[MetadataView] = ()
    coupon: Sequence[CouponView] | None = ()
    payment_method: Sequence[PaymentMethodView] = ()
    chosen_method: Sequence[ChosenMethodView] = ()
    payment_intent: Sequence[PaymentIntentView] = ()

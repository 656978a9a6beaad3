"""A draft: one operation's request, and everything known about the world when it is judged."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, ClassVar, Generic, TypeVar

from attrs import frozen

from rules_engine.models.configuration import ConfigurationCreate, ConfigurationDelete, ConfigurationUpdate
from rules_engine.models.coupon import CouponCreate, CouponDelete, CouponUpdate
from rules_engine.models.currency import CurrencyCheck
from rules_engine.models.facts import Facts
from rules_engine.models.payment_link import PaymentLinkCreate, PaymentLinkOpen, PaymentLinkUpdate
from rules_engine.models.price import PriceCreate, PriceDelete, PriceUpdate
from rules_engine.models.promotion_code import PromotionCodeCreate, PromotionCodeUpdate
from rules_engine.models.refund import RefundCreate
from rules_engine.models.request import RequestAuthorize
from rules_engine.models.session import (
    SessionApplyPromotionCode,
    SessionConfirm,
    SessionCreate,
    SessionExpire,
    SessionUpdate,
)

R = TypeVar("R")
VERSION = 1
"""The version of the draft document."""


@frozen
class Target:
    """The object an operation acts on, by id."""

    id: str


@frozen
class Recorded:
    """What the host answered when the draft was recorded: the names of the codes, in order."""

    codes: tuple[str, ...] = ()


@frozen(kw_only=True)
class Draft(Generic[R]):
    """One operation's request and the facts it is judged by.

    Attributes:
        operation: The name of the operation, such as `session.create`.
        has_target: Whether the operation acts on a stored object.
        request: What the caller said.
        facts: What the host knows.
        target: The stored object that is acted on.
        id: The host's name for the draft.
        recorded: What the host answered at the time.
    """

    operation: ClassVar[str]
    has_target: ClassVar[bool] = True

    request: R
    facts: Facts
    target: Target | None = None
    id: str | None = None
    recorded: Recorded | None = None


@frozen(kw_only=True)
class SessionDraft(Draft[R]):
    """A draft that `validate_session` serves."""


@frozen(kw_only=True)
class SessionCreateDraft(SessionDraft[SessionCreate]):
    """A session is created."""

    operation: ClassVar[str] = "session.create"
    has_target: ClassVar[bool] = False


@frozen(kw_only=True)
class SessionUpdateDraft(SessionDraft[SessionUpdate]):
    """An open session is changed."""

    operation: ClassVar[str] = "session.update"


@frozen(kw_only=True)
class SessionConfirmDraft(SessionDraft[SessionConfirm]):
    """A buyer pays."""

    operation: ClassVar[str] = "session.confirm"


@frozen(kw_only=True)
class SessionExpireDraft(SessionDraft[SessionExpire]):
    """The merchant ends an open session."""

    operation: ClassVar[str] = "session.expire"


@frozen(kw_only=True)
class SessionApplyPromotionCodeDraft(SessionDraft[SessionApplyPromotionCode]):
    """A buyer enters a promotion code."""

    operation: ClassVar[str] = "session.apply_promotion_code"


@frozen(kw_only=True)
class PriceDraft(Draft[R]):
    """A draft that `validate_price` serves."""


@frozen(kw_only=True)
class PriceCreateDraft(PriceDraft[PriceCreate]):
    """A price is saved for the first time."""

    operation: ClassVar[str] = "price.create"
    has_target: ClassVar[bool] = False


@frozen(kw_only=True)
class PriceUpdateDraft(PriceDraft[PriceUpdate]):
    """A price is changed."""

    operation: ClassVar[str] = "price.update"


@frozen(kw_only=True)
class PriceDeleteDraft(PriceDraft[PriceDelete]):
    """A price is deleted."""

    operation: ClassVar[str] = "price.delete"


@frozen(kw_only=True)
class PromotionCodeDraft(Draft[R]):
    """A draft that `validate_promotion_code` serves."""


@frozen(kw_only=True)
class PromotionCodeCreateDraft(PromotionCodeDraft[PromotionCodeCreate]):
    """A promotion code is made."""

    operation: ClassVar[str] = "promotion_code.create"
    has_target: ClassVar[bool] = False


@frozen(kw_only=True)
class PromotionCodeUpdateDraft(PromotionCodeDraft[PromotionCodeUpdate]):
    """A promotion code is changed."""

    operation: ClassVar[str] = "promotion_code.update"


@frozen(kw_only=True)
class CouponDraft(Draft[R]):
    """A draft that `validate_coupon` serves."""


@frozen(kw_only=True)
class CouponCreateDraft(CouponDraft[CouponCreate]):
    """A coupon is made."""

    operation: ClassVar[str] = "coupon.create"
    has_target: ClassVar[bool] = False


@frozen(kw_only=True)
class CouponUpdateDraft(CouponDraft[CouponUpdate]):
    """A coupon is changed."""

    operation: ClassVar[str] = "coupon.update"


@frozen(kw_only=True)
class CouponDeleteDraft(CouponDraft[CouponDelete]):
    """A coupon is deleted."""

    operation: ClassVar[str] = "coupon.delete"


@frozen(kw_only=True)
class CurrencyDraft(Draft[R]):
    """A draft that `validate_currency` serves."""


@frozen(kw_only=True)
class CurrencyCheckDraft(CurrencyDraft[CurrencyCheck]):
    """A currency is asked about."""

    operation: ClassVar[str] = "currency.check"
    has_target: ClassVar[bool] = False


@frozen(kw_only=True)
class ConfigurationDraft(Draft[R]):
    """A draft that `validate_payment_method_configuration` serves."""


@frozen(kw_only=True)
class ConfigurationCreateDraft(ConfigurationDraft[ConfigurationCreate]):
    """A payment method configuration is made."""

    operation: ClassVar[str] = "configuration.create"
    has_target: ClassVar[bool] = False


@frozen(kw_only=True)
class ConfigurationUpdateDraft(ConfigurationDraft[ConfigurationUpdate]):
    """A payment method configuration is changed."""

    operation: ClassVar[str] = "configuration.update"


@frozen(kw_only=True)
class ConfigurationDeleteDraft(ConfigurationDraft[ConfigurationDelete]):
    """A payment method configuration is deleted."""

    operation: ClassVar[str] = "configuration.delete"


@frozen(kw_only=True)
class PaymentLinkDraft(Draft[R]):
    """A draft that `validate_payment_link` serves."""


@frozen(kw_only=True)
class PaymentLinkCreateDraft(PaymentLinkDraft[PaymentLinkCreate]):
    """A payment link is made."""

    operation: ClassVar[str] = "payment_link.create"
    has_target: ClassVar[bool] = False


@frozen(kw_only=True)
class PaymentLinkUpdateDraft(PaymentLinkDraft[PaymentLinkUpdate]):
    """A payment link is changed."""

    operation: ClassVar[str] = "payment_link.update"


@frozen(kw_only=True)
class PaymentLinkOpenDraft(PaymentLinkDraft[PaymentLinkOpen]):
    """A buyer opens a payment link."""

    operation: ClassVar[str] = "payment_link.open"


@frozen(kw_only=True)
class RefundDraft(Draft[R]):
    """A draft that `validate_refund` serves."""


@frozen(kw_only=True)
class RefundCreateDraft(RefundDraft[RefundCreate]):
    """Money is given back."""

    operation: ClassVar[str] = "refund.create"
    has_target: ClassVar[bool] = False


@frozen(kw_only=True)
class RequestDraft(Draft[R]):
    """A draft that `validate_request` serves."""


@frozen(kw_only=True)
class RequestAuthorizeDraft(RequestDraft[RequestAuthorize]):
    """A request comes in."""

    operation: ClassVar[str] = "request.authorize"
    has_target: ClassVar[bool] = False


_REQUESTS: Mapping[type[Draft[Any]], type] = MappingProxyType(
    {
        SessionCreateDraft: SessionCreate,
        SessionUpdateDraft: SessionUpdate,
        SessionConfirmDraft: SessionConfirm,
        SessionExpireDraft: SessionExpire,
        SessionApplyPromotionCodeDraft: SessionApplyPromotionCode,
        PriceCreateDraft: PriceCreate,
        PriceUpdateDraft: PriceUpdate,
        PriceDeleteDraft: PriceDelete,
        PromotionCodeCreateDraft: PromotionCodeCreate,
        PromotionCodeUpdateDraft: PromotionCodeUpdate,
        CouponCreateDraft: CouponCreate,
        CouponUpdateDraft: CouponUpdate,
        CouponDeleteDraft: CouponDelete,
        CurrencyCheckDraft: CurrencyCheck,
        ConfigurationCreateDraft: ConfigurationCreate,
        ConfigurationUpdateDraft: ConfigurationUpdate,
        ConfigurationDeleteDraft: ConfigurationDelete,
        PaymentLinkCreateDraft: PaymentLinkCreate,
        PaymentLinkUpdateDraft: PaymentLinkUpdate,
        PaymentLinkOpenDraft: PaymentLinkOpen,
        RefundCreateDraft: RefundCreate,
        RequestAuthorizeDraft: RequestAuthorize,
    }
)

DRAFTS: Mapping[str, type[Draft[Any]]] = MappingProxyType({draft.operation: draft for draft in _REQUESTS})
"""The draft of each operation, by the operation's name."""

REQUESTS: Mapping[str, type] = MappingProxyType({draft.operation: request for draft, request in _REQUESTS.items()})
"""The request of each operation, by the operation's name."""

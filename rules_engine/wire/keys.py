"""Keys of facts that nothing reads: those of XPay's own objects, those of the application, and those that are misspelt.

Facts are read tolerantly, so that API objects and rows go in as they are. A misspelt key would then turn a check off
without a word (invariant 15), and is refused.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from string import ascii_lowercase, ascii_uppercase
from typing import Any, Final, get_args, get_origin

import attrs
from attrs import field, frozen

from rules_engine import models
from rules_engine.exceptions import FactsError
from rules_engine.path import Path, pointer_of, shown
from rules_engine.wire.converter import camel_case, is_union

_LONGEST: Final = 64
"""A longer key is none that is read, misspelt."""
_MOST_KEPT: Final = 4_096
"""How many keys are kept compared: the rows of a table have the same ones."""
_MOST_NAMED: Final = 100
"""How many refused keys an error names."""
_PREFIXES: Final = ("is", "has")
_FOLDING: Final = str.maketrans(ascii_uppercase, ascii_lowercase, "_-")
_STORED: Final = frozenset(("object", "livemode", "merchantId", "metadata", "createdAt", "updatedAt"))
"""What every object has that XPay stores under an id."""

_OBJECTS: Final[tuple[tuple[tuple[type, ...], str], ...]] = (
    (
        (models.Merchant,),
        "apiKey country defaultCurrency defaultLocale displayName id livePaymentsEnabled supportedCurrencies",
    ),
    ((models.SupportedCurrency,), "code decimals paymentMethodTypes"),
    (
        (models.Session,),
        """
        afterCompletion allowPromotionCodes amountSubtotal amountTotal billingAddressCollection
        brandingSettings cancelUrl clientSecret currency customFields customer customerCreation
        customerDetails customerId customerUpdate discounts expiresAfterMinutes expiresAt feeConfig fees id
        isExpired lineItems locale merchantLogo merchantName mode nameCollection paymentIntent paymentIntentId
        paymentLinkId paymentMethodConfigurationId paymentMethodTypes paymentStatus phoneNumberCollection
        presentmentDetails shippingAddressCollection status submitType totalDetails uiMode url
        """,
    ),
    (
        (models.SessionPresentment,),
        """
        amount amountCollectedVat amountDiscount amountPlatformFee amountSubtotal amountTax amountTotal
        currency exchangeRate exchangeRateId
        """,
    ),
    (
        (models.SessionLine,),
        """
        adjustableQuantity amountDiscount amountSubtotal amountTax amountTotal currency description id
        presentmentDetails price priceData quantity
        """,
    ),
    ((models.LinePresentment,), "amountDiscount amountSubtotal amountTotal currency unitAmount"),
    (
        (models.SessionDiscount,),
        "checkoutSessionId coupon customerId end id promotionCode promotionCodeCode promotionCodeId start",
    ),
    (
        (models.OfferedMethod,),
        """
        category displayName maxTransactionAmount minTransactionAmount paymentConfirmation
        requiredCustomerFields supportsPartialCapture supportsPartialRefund supportsRefund type
        """,
    ),
    ((models.StoredCustomerUpdate,), "address name shipping"),
    (
        (models.Customer, models.CustomerReference),
        "address currency email guestFingerprint id name phone shipping type",
    ),
    (
        (models.Price, models.LinePrice),
        """
        active currency customUnitAmount description expirationDate id name product productId recurring
        startDate stock type unitAmount
        """,
    ),
    ((models.CustomUnitAmount,), "maximum minimum preset"),
    ((models.CatalogRecurring,), "interval intervalCount"),
    ((models.Product, models.LineProduct), "active description id image name unitLabel"),
    (
        (models.Coupon, models.CouponReference, models.DiscountCoupon),
        """
        active amountOff appliesToProductIds currency customerMaxRedemptions discountType duration
        durationInMonths id maxDiscountAmount maxRedemptions minValue name percentOff redeemBy timesRedeemed
        valid
        """,
    ),
    ((models.PromotionCode,), "active code coupon customerId expiresAt id maxRedemptions restrictions timesRedeemed"),
    ((models.Restrictions,), "firstTimeTransaction minimumAmount minimumAmountCurrency"),
    ((models.PaymentMethod,), "billingDetails card fawry id type valu"),
    (
        (models.PaymentIntent,),
        """
        amount amountCapturable amountDetails amountReceived canceledAt captureMethod charges
        checkoutSessionId clientSecret confirmationMethod currency customer description id lastPaymentError
        latestCharge nextAction paymentMethod presentmentDetails receiptEmail shipping status
        """,
    ),
    (
        (models.PaymentLink,),
        """
        active afterCompletion allowPromotionCodes billingAddressCollection brandingSettings customFields
        customerCreation expiresAt feeConfig lineItems nameCollection paymentMethodConfigurationId
        phoneNumberCollection shippingAddressCollection submitType
        """,
    ),
    (
        (models.StoredLinkLine,),
        """
        adjustableQuantity amountDiscount amountSubtotal amountTax amountTotal currency description id
        presentmentDetails price priceId quantity
        """,
    ),
    (
        (models.Charge, models.IntentCharge),
        """
        activeHoldId amount amountCaptured amountRefunded balanceTransaction billingDetails
        calculatedStatementDescriptor captured capturedAt config currency disputed externalChargeId
        failureCode failureMessage geocoding id merchantDomain merchantOrigin outcome paid paymentIntentId
        paymentMethodDetails paymentMethodId presentmentDetails processorCapabilities receiptEmail receiptUrl
        refunded refunds session settlementModel status
        """,
    ),
    (
        (models.Refund,),
        """
        amount balanceTransactionId chargeId currency description destinationDetails externalRefundId
        failureBalanceTransactionId failureCode failureMessage failureReason feeAmount id instructionsEmail
        nextAction paymentIntentId pendingReason presentmentDetails reason receiptNumber status
        """,
    ),
    ((models.ProcessorCapabilities,), "supportsPartialRefund supportsRefund"),
    (
        (models.BalanceTransaction,),
        """
        amount availableOn currency description exchangeRate fee feeDetails id net paymentIntentId payoutBatch
        reportingCategory source status type
        """,
    ),
    # Of these, XPay's schemas describe no more.
    ((models.Configuration,), "id"),
    ((models.ExchangeRate,), "id"),
    ((models.Balance,), "id"),
)
"""The keys of each object in XPay's schemas, in responses and in bodies, but for those of `_STORED`; and its models.

Of several models, the first one is the object itself, and the others are copies of it that stand in other objects.
"""


@cache
def api_keys(model: type) -> frozenset[str]:
    """Return the keys that an object of the API has beside those that its model reads.

    Args:
        model: A model of facts; one that is no object of the API has no such keys.
    """
    for copies, text in _OBJECTS:
        if model in copies:
            keys = frozenset((*text.split(), *_read_keys(copies[0])))
            return (keys | _STORED if "id" in keys else keys).difference(_read_keys(model))
    return frozenset()


@frozen(eq=False)
class _Part:
    """What stands somewhere in facts: an object, or a list or a mapping of such.

    Attributes:
        model: The model of the object; None for a list and a mapping.
        read: The keys of the object that are read, each with the part that stands there, None where no object does.
        items: What a list or a mapping holds.
        is_list: Whether it is a list.
    """

    model: type | None
    read: Mapping[str, "_Part | None"]
    items: "_Part | None" = None
    is_list: bool = False


@cache
def _part(kind: Any) -> _Part | None:
    """Return what stands in a field of a type; None where no object does."""
    if is_union(kind):
        return next(filter(None, map(_part, get_args(kind))), None)
    if attrs.has(kind):
        return _Part(kind, {camel_case(field.name): _part(field.type) for field in attrs.fields(kind)})
    is_list = get_origin(kind) is tuple
    items = _part(get_args(kind)[0 if is_list else 1]) if is_list or get_origin(kind) is Mapping else None
    return None if items is None else _Part(None, {}, items, is_list)


def _read_keys(model: type) -> tuple[str, ...]:
    part = _part(model)
    return () if part is None else tuple(part.read)


def _names(known_keys: Collection[Any]) -> frozenset[str]:
    if isinstance(known_keys, str) or not all(isinstance(key, str) and key for key in known_keys):
        raise ValueError("known_keys: expected a collection of names of keys")
    return frozenset(known_keys)


@frozen
class AdmittedKeys:
    """Which keys of facts are admitted beside those that are read and those of the API's objects.

    Attributes:
        known_keys: Keys of the application's own.
        strict: Whether no others are; else only those that are misspelt are refused.

    Raises:
        ValueError: The known keys are one text, or hold what is no name.
    """

    known_keys: Collection[str] = field(default=(), converter=_names)
    strict: bool = False

    def check(self, facts: Any) -> None:
        """Refuse facts with a key that is not admitted.

        Args:
            facts: The facts of a document, as plain values of any shape.

        Raises:
            FactsError: There is such a key, at the pointer of the first one.
        """
        first: tuple[Path, str] | None = None
        names: dict[str, None] = {}
        for path, model in _unread(_part(models.Facts), facts, ("facts",)):
            key = str(path[-1])
            if key in self.known_keys or key in api_keys(model):
                continue
            near = _near(key, model) if len(key) <= _LONGEST else ()
            if near or self.strict:
                first = first or (path, f"; did you mean {' or '.join(near)}?" if near else ".")
                names[shown(key)] = None
                if len(names) == _MOST_NAMED:
                    break
        if first is not None:
            path, suggestion = first
            problem = f"unknown key{suggestion} A key of your own goes into known_keys (--known-keys)"
            raise FactsError(pointer_of(path), problem, tuple(names))


ALL_BUT_MISSPELT: Final = AdmittedKeys()
"""No known keys, and only misspelt ones are refused."""


def _unread(part: _Part | None, value: Any, path: Path) -> Iterator[tuple[Path, type]]:
    """List the places of keys that nothing reads, in document order, each with the model of its object."""
    if part is None or type(value) is not (list if part.is_list else dict):
        return
    items: Iterable[tuple[Any, Any]] = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in items:
        if part.model is None:
            yield from _unread(part.items, item, (*path, key))
        elif key not in part.read:
            yield (*path, key), part.model
        elif isinstance(item, dict | list):
            yield from _unread(part.read[key], item, (*path, key))


@lru_cache(_MOST_KEPT)
def _near(key: str, model: type) -> tuple[str, ...]:
    """List the keys a model reads that a key is but for case, underscores, a prefix or one slip."""
    word = _folded(key)
    by_variant = _by_variant(model)
    # Only these can be near, and facts may have a hundred thousand unknown keys.
    candidates = dict.fromkeys(read for variant in _variants(word) for read in by_variant.get(variant, ()))
    return tuple(
        read
        for read in candidates
        if _is_one_slip(word, _folded(read)) or _without_prefix(word) == _without_prefix(_folded(read))
    )


@cache
def _by_variant(model: type) -> Mapping[str, list[str]]:
    by_variant: dict[str, list[str]] = {}
    for read in _read_keys(model):
        for variant in set(_variants(_folded(read))):
            by_variant.setdefault(variant, []).append(read)
    return by_variant


def _variants(word: str) -> Iterator[str]:
    """List a word, without its prefix, and without each letter: words that are one slip apart share one of these."""
    yield word
    yield _without_prefix(word)
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]


def _folded(key: str) -> str:
    return key.translate(_FOLDING)


def _without_prefix(word: str) -> str:
    return next((word.removeprefix(prefix) for prefix in _PREFIXES if word.startswith(prefix)), word)


def _is_one_slip(word: str, other: str) -> bool:
    """Return whether two words are the same but for one letter more, less or other, or two neighbours swapped."""
    if abs(len(word) - len(other)) > 1:
        return False
    alike = next((at for at, (one, two) in enumerate(zip(word, other, strict=False)) if one != two), len(word))
    one, two = word[alike:], other[alike:]
    return one[1:] in (two, two[1:]) or one == two[1:] or (one[1::-1] == two[:2] and one[2:] == two[2:])

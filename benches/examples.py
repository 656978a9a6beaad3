"""The drafts that are measured: new sessions of 1 to 1,000 lines, clean and dirty, as model objects.

They are what a shop sends: catalogue prices with a window and a stock, one inline price, a stored customer, a promotion
code with everything a code can ask for, and the coupon behind it. Nothing about them is unknown.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Final

from attrs import evolve, frozen

from rules_engine.models import (
    AdjustableQuantity,
    AfterCompletion,
    BrandingSettings,
    Configuration,
    Coupon,
    CouponReference,
    Customer,
    CustomerUpdate,
    CustomField,
    Discount,
    Draft,
    ExchangeRate,
    Facts,
    LineItem,
    Merchant,
    Payments,
    Price,
    PriceData,
    ProductData,
    PromotionCode,
    Redemptions,
    Redirect,
    Restrictions,
    SessionCreate,
    SupportedCurrency,
)

SIZES: Final = (1, 3, 10, 30, 100)
"""How many lines sessions have that the default policy admits."""
LONG: Final = 1_000
"""How many lines a session has that only a wider limit admits."""

NOW: Final = datetime(2026, 11, 22, 10, tzinfo=UTC)
"""The instant at which all of them are judged."""

_DAY: Final = timedelta(days=1)


@frozen
class World:
    """A draft that is measured.

    Attributes:
        name: What the table calls it.
        draft: The draft.
        codes: The names of its codes, in order, as the default policy is documented to give them.
    """

    name: str
    draft: Draft[SessionCreate]
    codes: tuple[str, ...]


def examples() -> Iterator[World]:
    """Yield the measured drafts: every size, clean and dirty."""
    for size in SIZES:
        yield valid_example(size)
        yield dirty_world(size)


def valid_example(size: int) -> World:
    """Give the clean draft of so many lines."""
    return World(f"clean, {size}", clean_draft(size), ())


def dirty_world(size: int) -> World:
    """Give the dirty draft of so many lines."""
    return World(f"dirty, {size}", dirty_draft(size), DIRTY_CODES)


def clean_draft(size: int) -> Draft[SessionCreate]:
    """Build a draft that nothing is wrong with.

    Args:
        size: How many lines it has, at least 1. The last of three or more carries its price inline, and every tenth has
            a quantity that the buyer may change.
    """
    catalogued = size - 1 if size >= 3 else size
    lines = [_catalogue_line(index) for index in range(catalogued)]
    if catalogued < size:
        lines.append(_inline_line())
    request = SessionCreate(
        AfterCompletion("redirect", redirect=Redirect("https://pots.example/thanks")),
        mode="payment",
        ui_mode="hosted",
        submit_type="PAY",
        currency="egp",
        line_items=tuple(lines),
        cancel_url="https://pots.example/cart",
        customer_id="cus_1",
        customer_update=CustomerUpdate(address="auto"),
        discounts=(Discount(promotion_code="promo_1"),),
        name_collection=True,
        custom_fields=(CustomField("Engraving", "TEXT", has_limits=True, min_characters=1, max_characters=20),),
        metadata={"orderNumber": "88"},
        branding_settings=BrandingSettings(color_mode="light", font_family="Inter"),
        locale="en",
        payment_method_types=("card", "fawry"),
        expires_after_minutes=90,
    )
    return Draft(operation="session.create", request=request, facts=_facts(catalogued))


DIRTY_CODES: Final = (
    "parameter_out_of_range",
    "price_expired",
    "price_sold_out",
    "promotion_code_max_redemptions",
    "coupon_invalid",
)
"""What is wrong with every dirty draft."""


def dirty_draft(size: int) -> Draft[SessionCreate]:
    """Spoil a clean draft in five places, from its first field to its coupon.

    Args:
        size: How many lines it has, at least 1. The price in the middle has expired, and the last one is sold out.
    """
    draft = clean_draft(size)
    facts = draft.facts
    prices = dict(facts.prices)
    middle, last = list(prices)[len(prices) // 2], list(prices)[-1]
    prices[middle] = evolve(prices[middle], expiration_date=NOW - _DAY)
    prices[last] = evolve(prices[last], stock=0)
    code, coupon = facts.promotion_codes["promo_1"], facts.coupons["coup_1"]
    return evolve(
        draft,
        request=evolve(draft.request, expires_after_minutes=5),
        facts=evolve(
            facts,
            prices=prices,
            promotion_codes={"promo_1": evolve(code, times_redeemed=100)},
            coupons={"coup_1": evolve(coupon, active=False)},
        ),
    )


def _catalogue_line(index: int) -> LineItem:
    adjustable = AdjustableQuantity(enabled=True, minimum=1, maximum=5) if index % 10 == 1 else None
    return LineItem(1 + index % 3, price=f"price_{index}", adjustable_quantity=adjustable)


def _inline_line() -> LineItem:
    wrap = PriceData("egp", 4_500, ProductData("Gift wrap", description="Paper and a ribbon", unit_label="box"))
    return LineItem(0, price_data=wrap, adjustable_quantity=AdjustableQuantity(enabled=True, minimum=0, maximum=3))


def _price(index: int) -> Price:
    return Price(
        f"price_{index}",
        "EGP",
        unit_amount=38_000 + 500 * index,
        stock=12 if index % 2 == 0 else None,
        start_date=NOW - 80 * _DAY,
        expiration_date=NOW + 40 * _DAY,
        product_id=f"prod_{index}",
    )


def _facts(prices: int) -> Facts:
    code = PromotionCode(
        "promo_1",
        "AUTUMN",
        CouponReference("coup_1"),
        customer_id="cus_1",
        max_redemptions=100,
        times_redeemed=40,
        expires_at=NOW + 39 * _DAY,
        restrictions=Restrictions(
            first_time_transaction=True, minimum_amount=Decimal(30_000), minimum_amount_currency="EGP"
        ),
    )
    coupon = Coupon(
        "coup_1",
        percent_off=15,
        currency="EGP",
        min_value=20_000,
        max_redemptions=500,
        customer_max_redemptions=2,
        times_redeemed=61,
        redeem_by=NOW + 39 * _DAY,
        applies_to_product_ids=("prod_0",),
    )
    return Facts(
        NOW,
        livemode=False,
        merchant=Merchant(
            "mer_1",
            default_currency="EGP",
            supported_currencies=(
                SupportedCurrency("EGP", ("card", "fawry", "valu")),
                SupportedCurrency("USD", ("card",)),
                SupportedCurrency("KWD", ("card",)),
            ),
        ),
        customer=Customer("cus_1", name="Salma"),
        prices={f"price_{index}": _price(index) for index in range(prices)},
        coupons={"coup_1": coupon},
        promotion_codes={"promo_1": code},
        configurations={"pmc_1": Configuration("pmc_1", ("card", "fawry"), is_default=True)},
        exchange_rates={"KWD/EGP": ExchangeRate(Decimal("168.2")), "USD/EGP": ExchangeRate(Decimal("50.25"))},
        payments=Payments({"cus_1": 0}),
        redemptions=Redemptions({"cus_1": {"coup_1": 1}}),
    )

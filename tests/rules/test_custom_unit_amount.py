"""Boundaries of the rules on the amount that the buyer sets."""

from rules_engine.rules import saved_price
from tests.rules.table import Table, clear, reports, rows_test

LARGEST = 9_007_199_254_740_991
MINIMUM, MAXIMUM, PRESET = (f"customUnitAmount.{field}" for field in ("minimum", "maximum", "preset"))


def of(minimum: int | None = None, maximum: int | None = None, preset: int | None = None) -> dict[str, object]:
    """What a request says of it."""
    return {"/request/customUnitAmount": {"minimum": minimum, "maximum": maximum, "preset": preset}}


ROWS: Table = {
    saved_price.custom_amount_out_of_range: (
        clear("one of each", "price_create_custom", of(1, 1, 1)),
        clear("none of any", "price_create_custom", of()),
        reports(
            "nothing at least",
            "price_create_custom",
            of(minimum=0),
            MINIMUM,
            evidence={"amount": 0, "minimum": 1, "maximum": LARGEST},
        ),
        reports("nothing at most", "price_create_custom", of(maximum=0), MAXIMUM),
        reports("nothing preset", "price_create_custom", of(preset=0), PRESET),
        reports("less than nothing", "price_create_custom", of(preset=-1), PRESET),
        clear("the most of each", "price_create_custom", of(LARGEST, LARGEST, LARGEST)),
        reports("more at least", "price_create_custom", of(minimum=LARGEST + 1), MINIMUM),
        reports("more at most", "price_create_custom", of(maximum=LARGEST + 1), MAXIMUM),
        reports("more preset", "price_create_custom", of(preset=LARGEST + 1), PRESET),
        reports("all three", "price_create_custom", of(0, LARGEST + 1, -1), MINIMUM, MAXIMUM, PRESET),
        clear("more than a unit amount may be", "price_create_custom", {}, max_unit_amount=89_999),
        clear("one in a change", "price_update_to_custom", of(minimum=1)),
        reports("nothing in a change", "price_update_to_custom", of(minimum=0), MINIMUM),
        clear(
            "not touched",
            "price_update_from_custom",
            {"/request": {"name": "Gift"}, "/facts/prices/price_gift/customUnitAmount/minimum": 0},
        ),
    ),
    saved_price.custom_range_empty: (
        clear("several", "price_create_custom", of(100, 101)),
        clear("one", "price_create_custom", of(100, 100)),
        reports(
            "none",
            "price_create_custom",
            of(100, 99),
            MAXIMUM,
            evidence={"minimum": 100, "maximum": 99, "preset": None},
        ),
        clear("no minimum", "price_create_custom", of(maximum=1)),
        clear("no maximum", "price_create_custom", of(minimum=LARGEST)),
        reports("none in a change", "price_update_to_custom", of(100, 99), MAXIMUM),
        clear(
            "an object of a change takes the place of the stored one",
            "price_update_from_custom",
            {
                "/request": {"customUnitAmount": {"maximum": 1}},
            },
        ),
    ),
    saved_price.preset_out_of_range: (
        clear("the least", "price_create_custom", of(100, 200, 100)),
        reports(
            "less",
            "price_create_custom",
            of(100, 200, 99),
            PRESET,
            evidence={"minimum": 100, "maximum": 200, "preset": 99},
        ),
        clear("the greatest", "price_create_custom", of(100, 200, 200)),
        reports("more", "price_create_custom", of(100, 200, 201), PRESET),
        clear("between", "price_create_custom", of(100, 200, 150)),
        clear("anything goes", "price_create_custom", of(preset=1)),
        clear("nothing is preset", "price_create_custom", of(100, 200)),
        reports("less, and no greatest", "price_create_custom", of(minimum=100, preset=99), PRESET),
        clear("more, and no greatest", "price_create_custom", of(minimum=100, preset=101)),
        reports("more, and no least", "price_create_custom", of(maximum=200, preset=201), PRESET),
        clear("less, and no least", "price_create_custom", of(maximum=200, preset=199)),
        reports("in a change", "price_update_to_custom", of(100, 200, 99), PRESET),
    ),
}

test_rows = rows_test(ROWS)

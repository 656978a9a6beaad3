"""Spoilers of the rules on saved prices."""

from typing import Final

from rules_engine.testing.spoilers.spoiler import Spoiler

SPOILERS: Final[tuple[Spoiler, ...]] = (
    Spoiler(
        "product_missing",
        "price_create",
        {"/facts/products": {}, "/facts/missing": {"products": ["prod_mug"]}},
        "productId",
    ),
    Spoiler("price_missing", "price_delete", {"/facts/prices": {}, "/facts/missing": {"prices": ["price_mug"]}}, "id"),
)
"""A row or two a rule."""

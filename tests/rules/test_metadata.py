"""Boundaries of the rule on metadata."""

from rules_engine.rules import metadata
from tests.rules.table import Table, clear, reports, rows_test

METADATA = "/request/metadata"
SAVED = ("promotion_code_create", "promotion_code_update", "coupon_create", "coupon_update")


def keys(number: int) -> dict[str, str]:
    """That many keys."""
    return {f"key{index}": "" for index in range(number)}


ROWS: Table = {
    metadata.metadata_too_large: (
        clear("none", "create", {METADATA: {}}),
        clear("null", "create", {METADATA: None}),
        clear("49 keys", "create", {METADATA: keys(49)}),
        clear("50 items", "create", {METADATA: [1] * 50}),
        reports("51 items", "create", {METADATA: [1] * 51}, "metadata", evidence={"keys": 51, "maximum": 50}),
        clear("keys below the first level do not count", "create", {METADATA: {"order": keys(51)}}),
        reports("51 keys in an update", "update_metadata", {METADATA: keys(51)}, "metadata"),
        clear("null in an update", "update_metadata", {METADATA: None}),
        clear("null for a changed price", "price_update", {METADATA: None}, max_metadata_keys=0),
        reports(
            "one of none", "update_metadata", {}, "metadata", evidence={"keys": 1, "maximum": 0}, max_metadata_keys=0
        ),
        clear("none of none", "create_minimal", {}, max_metadata_keys=0),
        *(clear(f"50 keys: {example}", example, {METADATA: keys(50)}) for example in SAVED),
        *(reports(f"51 keys: {example}", example, {METADATA: keys(51)}, "metadata") for example in SAVED),
        clear("null in an update of a coupon", "coupon_update", {METADATA: None}),
        clear("null in an update of a promotion code", "promotion_code_update", {METADATA: None}),
        clear("none of none in an update", "update", {"/request": {}}, max_metadata_keys=0),
    ),
}

test_rows = rows_test(ROWS)

"""Boundaries of the rules on the fields that a merchant adds to a page."""

from rules_engine.examples import REMOVED
from rules_engine.rules import custom_field
from tests.rules.table import Table, clear, reports, rows_test

FIRST, SECOND = "/request/customFields/0", "/request/customFields/1"
LARGEST = 9_007_199_254_740_991


ROWS: Table = {
    custom_field.min_characters_out_of_range: (
        reports(
            "0",
            "create",
            {f"{FIRST}/minCharacters": 0},
            "customFields[0].minCharacters",
            evidence={"minCharacters": 0, "maxCharacters": 20, "minimum": 1},
        ),
        reports("-1", "create", {f"{FIRST}/minCharacters": -1}, "customFields[0].minCharacters"),
        clear("the largest", "create", {f"{FIRST}/minCharacters": LARGEST, f"{FIRST}/maxCharacters": None}),
        clear("null", "create", {f"{FIRST}/minCharacters": None}),
        reports(
            "in an update, in another field", "update", {f"{SECOND}/minCharacters": 0}, "customFields[1].minCharacters"
        ),
    ),
    custom_field.max_characters_out_of_range: (
        reports(
            "0",
            "create",
            {f"{FIRST}/maxCharacters": 0},
            "customFields[0].maxCharacters",
            evidence={"minCharacters": 1, "maxCharacters": 0, "minimum": 1},
        ),
        reports("-1", "create", {f"{FIRST}/maxCharacters": -1}, "customFields[0].maxCharacters"),
        clear("null", "create", {f"{FIRST}/maxCharacters": None}),
        reports(
            "both bounds in two fields",
            "create",
            {f"{FIRST}/maxCharacters": 0, f"{SECOND}/minCharacters": 0, f"{SECOND}/maxCharacters": 0},
            ("min_characters_out_of_range", "customFields[1].minCharacters"),
            "customFields[0].maxCharacters",
            "customFields[1].maxCharacters",
        ),
    ),
    custom_field.dropdown_options_unavailable: (
        reports(
            "a text", "create", {f"{SECOND}/type": "TEXT"}, "customFields[1].dropdownOptions", evidence={"type": "TEXT"}
        ),
        reports("a number", "create", {f"{SECOND}/type": "NUMBER"}, "customFields[1].dropdownOptions"),
        reports("a checkbox", "create", {f"{SECOND}/type": "CHECKBOX"}, "customFields[1].dropdownOptions"),
        reports(
            "an empty list for a text", "create", {f"{FIRST}/dropdownOptions": []}, "customFields[0].dropdownOptions"
        ),
        clear("null for a text", "create", {f"{FIRST}/dropdownOptions": None}),
        clear("none for a dropdown", "create", {f"{SECOND}/dropdownOptions": REMOVED}),
        reports("a text in an update", "update", {f"{SECOND}/type": "TEXT"}, "customFields[1].dropdownOptions"),
    ),
}

test_rows = rows_test(ROWS)

"""Boundaries of the rules on the fields that a merchant adds to a page."""

from rules_engine.examples import REMOVED
from rules_engine.rules import custom_field
from tests.rules.table import PAYMENT_LINKS, RuleTable, clear, says

FIRST, SECOND = "/request/customFields/0", "/request/customFields/1"
LARGEST = 9_007_199_254_740_991


class TestMinCharactersOutOfRange(RuleTable):
    """The least length of a field is at least 1, and no larger than the largest integer all readers keep exact."""

    rule = custom_field.min_characters_out_of_range
    rows = (
        says(
            "0",
            "create",
            {f"{FIRST}/minCharacters": 0},
            "customFields[0].minCharacters",
            evidence={"minCharacters": 0, "maxCharacters": 20, "minimum": 1},
        ),
        says("-1", "create", {f"{FIRST}/minCharacters": -1}, "customFields[0].minCharacters"),
        clear("1", "create", {f"{FIRST}/minCharacters": 1}),
        clear("the largest", "create", {f"{FIRST}/minCharacters": LARGEST, f"{FIRST}/maxCharacters": None}),
        says("one more", "create", {f"{FIRST}/minCharacters": LARGEST + 1}, "customFields[0].minCharacters"),
        clear("null", "create", {f"{FIRST}/minCharacters": None}),
        says(
            "in an update, in another field", "update", {f"{SECOND}/minCharacters": 0}, "customFields[1].minCharacters"
        ),
        *(
            says(
                f"of a payment link: {example}", example, {f"{FIRST}/minCharacters": 0}, "customFields[0].minCharacters"
            )
            for example in PAYMENT_LINKS
        ),
    )


class TestMaxCharactersOutOfRange(RuleTable):
    """The greatest length of a field is at least 1, and no larger than the largest integer all readers keep exact."""

    rule = custom_field.max_characters_out_of_range
    rows = (
        says(
            "0",
            "create",
            {f"{FIRST}/maxCharacters": 0},
            "customFields[0].maxCharacters",
            evidence={"minCharacters": 1, "maxCharacters": 0, "minimum": 1},
        ),
        says("-1", "create", {f"{FIRST}/maxCharacters": -1}, "customFields[0].maxCharacters"),
        clear("1", "create", {f"{FIRST}/maxCharacters": 1}),
        clear("the largest", "create", {f"{FIRST}/maxCharacters": LARGEST}),
        says("one more", "create", {f"{FIRST}/maxCharacters": LARGEST + 1}, "customFields[0].maxCharacters"),
        clear("null", "create", {f"{FIRST}/maxCharacters": None}),
        says(
            "both bounds in two fields",
            "create",
            {f"{FIRST}/maxCharacters": 0, f"{SECOND}/minCharacters": 0, f"{SECOND}/maxCharacters": 0},
            ("min_characters_out_of_range", "customFields[1].minCharacters"),
            "customFields[0].maxCharacters",
            "customFields[1].maxCharacters",
        ),
        *(
            says(
                f"of a payment link: {example}", example, {f"{FIRST}/maxCharacters": 0}, "customFields[0].maxCharacters"
            )
            for example in PAYMENT_LINKS
        ),
    )


class TestDropdownOptionsUnavailable(RuleTable):
    """Options are for a dropdown to choose from, and for no other kind of field."""

    rule = custom_field.dropdown_options_unavailable
    rows = (
        clear("a dropdown", "create", {}),
        says(
            "a text", "create", {f"{SECOND}/type": "TEXT"}, "customFields[1].dropdownOptions", evidence={"type": "TEXT"}
        ),
        says("a number", "create", {f"{SECOND}/type": "NUMBER"}, "customFields[1].dropdownOptions"),
        says("a checkbox", "create", {f"{SECOND}/type": "CHECKBOX"}, "customFields[1].dropdownOptions"),
        says("an empty list for a text", "create", {f"{FIRST}/dropdownOptions": []}, "customFields[0].dropdownOptions"),
        clear("null for a text", "create", {f"{FIRST}/dropdownOptions": None}),
        clear("none for a dropdown", "create", {f"{SECOND}/dropdownOptions": REMOVED}),
        says("a text in an update", "update", {f"{SECOND}/type": "TEXT"}, "customFields[1].dropdownOptions"),
        *(
            says(
                f"of a payment link: {example}", example, {f"{SECOND}/type": "TEXT"}, "customFields[1].dropdownOptions"
            )
            for example in PAYMENT_LINKS
        ),
    )

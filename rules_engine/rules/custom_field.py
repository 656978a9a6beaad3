"""What a custom field may be. Source: XPay's schema of a custom field."""

from rules_engine import codes
from rules_engine.rules.kinds import Bound, number
from rules_engine.rules.limits import LARGEST_AMOUNT
from rules_engine.rules.row import rule
from rules_engine.views.context import Context
from rules_engine.views.session import CustomFieldView


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    order=700,
    on=CustomFieldView,
    param="minCharacters",
    violated=Bound(
        "field.min_characters",
        minimum=1,
        maximum=LARGEST_AMOUNT,
        settings=number(
            ("create", "payment_link_create_full", "payment_link_update_full"), "/request/customFields/0/minCharacters"
        ),
    ),
    public={"minCharacters": "field.min_characters", "maxCharacters": "field.max_characters", "minimum": 1},
)
def min_characters_out_of_range() -> None:
    """The least length of a custom field is below one or too large.

    XPay's schema: 1 to 9007199254740991, both admitted.
    """


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    order=710,
    on=CustomFieldView,
    param="maxCharacters",
    violated=Bound(
        "field.max_characters",
        minimum=1,
        maximum=LARGEST_AMOUNT,
        settings=number(
            ("create", "payment_link_create_full", "payment_link_update_full"), "/request/customFields/0/maxCharacters"
        ),
    ),
    public={"minCharacters": "field.min_characters", "maxCharacters": "field.max_characters", "minimum": 1},
)
def max_characters_out_of_range() -> None:
    """The greatest length of a custom field is below one or too large.

    XPay's schema: 1 to 9007199254740991, both admitted.
    """


@rule(
    codes.PARAMETER_INVALID,
    order=720,
    on=CustomFieldView,
    param="dropdownOptions",
    public={"type": "field.type"},
    counterexamples=(
        (("create", "payment_link_create_full", "payment_link_update_full"), {"/request/customFields/1/type": "TEXT"}),
    ),
)
def dropdown_options_unavailable(view: CustomFieldView, _: Context) -> bool:
    """Only a dropdown has options."""
    return view.field.dropdown_options is not None and view.field.type != "DROPDOWN"

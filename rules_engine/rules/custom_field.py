"""What a custom field may be. Source: XPay's schema of a custom field."""

from rules_engine import codes
from rules_engine.rules.declaration import rule
from rules_engine.rules.limits import LARGEST_AMOUNT
from rules_engine.views.context import Context
from rules_engine.views.custom_field import CUSTOM_FIELD, CustomFieldView
from rules_engine.violation import Evidence


def _characters(view: CustomFieldView, _: Context) -> Evidence:
    return {"minCharacters": view.field.min_characters, "maxCharacters": view.field.max_characters, "minimum": 1}


@rule(codes.PARAMETER_OUT_OF_RANGE, on=CUSTOM_FIELD, param="minCharacters", evidence=_characters)
def min_characters_out_of_range(view: CustomFieldView, _: Context) -> bool:
    """The least length of a custom field is below one or too large.

    XPay's schema: 1 to 9007199254740991, both admitted.
    """
    return view.field.min_characters is not None and not 1 <= view.field.min_characters <= LARGEST_AMOUNT


@rule(codes.PARAMETER_OUT_OF_RANGE, on=CUSTOM_FIELD, param="maxCharacters", evidence=_characters)
def max_characters_out_of_range(view: CustomFieldView, _: Context) -> bool:
    """The greatest length of a custom field is below one or too large.

    XPay's schema: 1 to 9007199254740991, both admitted.
    """
    return view.field.max_characters is not None and not 1 <= view.field.max_characters <= LARGEST_AMOUNT


@rule(
    codes.PARAMETER_INVALID,
    on=CUSTOM_FIELD,
    param="dropdownOptions",
    evidence=lambda view, _: {"type": view.field.type},
)
def dropdown_options_unavailable(view: CustomFieldView, _: Context) -> bool:
    """Only a dropdown has options."""
    return view.field.dropdown_options is not None and view.field.type != "DROPDOWN"

"""What a custom field may be. Source: XPay's schema of a custom field."""

from rules_engine import codes
from rules_engine.rules.declaration import rule
from rules_engine.rules.limits import LARGEST_AMOUNT
from rules_engine.subjects.context import Context
from rules_engine.subjects.custom_field import CUSTOM_FIELD, CustomFieldSubject
from rules_engine.violation import Evidence


def _characters(subject: CustomFieldSubject, _: Context) -> Evidence:
    return {"minCharacters": subject.field.min_characters, "maxCharacters": subject.field.max_characters, "minimum": 1}


@rule(codes.PARAMETER_OUT_OF_RANGE, on=CUSTOM_FIELD, param="minCharacters", evidence=_characters)
def min_characters_out_of_range(subject: CustomFieldSubject, _: Context) -> bool:
    """The least length of a custom field is below one or too large.

    XPay's schema: 1 to 9007199254740991, both admitted.
    """
    return subject.field.min_characters is not None and not 1 <= subject.field.min_characters <= LARGEST_AMOUNT


@rule(codes.PARAMETER_OUT_OF_RANGE, on=CUSTOM_FIELD, param="maxCharacters", evidence=_characters)
def max_characters_out_of_range(subject: CustomFieldSubject, _: Context) -> bool:
    """The greatest length of a custom field is below one or too large.

    XPay's schema: 1 to 9007199254740991, both admitted.
    """
    return subject.field.max_characters is not None and not 1 <= subject.field.max_characters <= LARGEST_AMOUNT


@rule(
    codes.PARAMETER_INVALID,
    on=CUSTOM_FIELD,
    param="dropdownOptions",
    evidence=lambda subject, _: {"type": subject.field.type},
)
def dropdown_options_unavailable(subject: CustomFieldSubject, _: Context) -> bool:
    """Only a dropdown has options."""
    return subject.field.dropdown_options is not None and subject.field.type != "DROPDOWN"

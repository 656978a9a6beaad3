"""A field the merchant adds to the payment page."""

from typing import Literal

from attrs import frozen

from rules_engine.models.formats import Label


@frozen
class DropdownOption:
    """One choice of a dropdown."""

    label: Label


@frozen
class CustomField:
    """A field the buyer fills in.

    Attributes:
        label: What the buyer reads.
        type: What kind of value it takes.
        is_optional: False where it is not stated.
        has_limits: Whether the length of the value is bounded.
        limit_type: How the two bounds are read.
        min_characters: At least 1.
        max_characters: At least 1.
        dropdown_options: The choices, for a dropdown only.
    """

    label: Label
    type: Literal["TEXT", "NUMBER", "DROPDOWN", "CHECKBOX"]
    is_optional: bool | None = None
    has_limits: bool | None = None
    limit_type: Literal["AT_MOST", "BETWEEN", "AT_LEAST", "EXACTLY"] | None = None
    min_characters: int | None = None
    max_characters: int | None = None
    dropdown_options: tuple[DropdownOption, ...] | None = None


@frozen
class LinkCustomField(CustomField):
    """A field of the page of a payment link; whether it is optional is never null."""

    is_optional: bool = False

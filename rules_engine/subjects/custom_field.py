"""The custom fields a request states."""

from rules_engine.models.custom_field import CustomField
from rules_engine.path import Path
from rules_engine.subjects.scope import Axis, Scope, subject


@subject
class CustomFieldSubject:
    """A custom field.

    Attributes:
        index: Its index.
        field: The field as the request states it.
    """

    index: int
    field: CustomField


def _place(custom_field: CustomFieldSubject) -> Path:
    return ("request", "customFields", custom_field.index)


CUSTOM_FIELD = Scope("custom_field", CustomFieldSubject, Axis.CUSTOM_FIELD, _place)

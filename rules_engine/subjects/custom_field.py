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


@subject
class CustomFieldListSubject:
    """All custom fields of a request together.

    Attributes:
        count: How many there are.
    """

    count: int


def _place(custom_field: CustomFieldSubject) -> Path:
    return ("request", "customFields", custom_field.index)


def _list_place(_: CustomFieldListSubject) -> Path:
    return ("request", "customFields")


CUSTOM_FIELD = Scope("custom_field", CustomFieldSubject, Axis.CUSTOM_FIELD, _place)
CUSTOM_FIELD_LIST = Scope("custom_field_list", CustomFieldListSubject, Axis.ROOT, _list_place)

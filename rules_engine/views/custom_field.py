"""The custom fields a request states."""

from rules_engine.models import CustomField
from rules_engine.path import Path
from rules_engine.views.scope import Axis, Scope, view


@view
class CustomFieldView:
    """A custom field.

    Attributes:
        index: Its index.
        field: The field as the request states it.
    """

    index: int
    field: CustomField


@view
class CustomFieldListView:
    """All custom fields of a request together.

    Attributes:
        count: How many there are.
    """

    count: int


def _place(custom_field: CustomFieldView) -> Path:
    return ("request", "customFields", custom_field.index)


def _list_place(_: CustomFieldListView) -> Path:
    return ("request", "customFields")


CUSTOM_FIELD = Scope("custom_field", CustomFieldView, Axis.CUSTOM_FIELD, _place, fields="customFields[i]")
CUSTOM_FIELD_LIST = Scope("custom_field_list", CustomFieldListView, Axis.ROOT, _list_place, fields="customFields")

"""What creating and updating a session have in common: they state the same fields."""

from collections.abc import Sequence
from typing import Final

from rules_engine.models import AfterCompletion, CustomField
from rules_engine.views.custom_field import CustomFieldListView, CustomFieldView
from rules_engine.views.session import AfterCompletionView

DEFAULT_UI_MODE: Final = "hosted"
"""How a session is shown that does not say so."""


def join_after_completion(completion: AfterCompletion, ui_mode: str | None) -> tuple[AfterCompletionView]:
    """Join what happens after paying with the page it happens on."""
    page = completion.hosted_confirmation
    return (AfterCompletionView(completion, ui_mode, None if page is None else page.custom_message),)


def join_custom_fields(
    fields: Sequence[CustomField],
) -> tuple[tuple[CustomFieldListView], list[CustomFieldView]]:
    """Count the custom fields of a request, and number them."""
    numbered: list[CustomFieldView] = []
    for index, field in enumerate(fields):
        numbered.append(CustomFieldView(index, field))
    return (CustomFieldListView(len(fields)),), numbered

"""What creating and updating a session have in common: they state the same fields."""

from collections.abc import Sequence
from typing import Final

from rules_engine.models.custom_field import CustomField
from rules_engine.models.session import AfterCompletion
from rules_engine.subjects.custom_field import CustomFieldListSubject, CustomFieldSubject
from rules_engine.subjects.session import AfterCompletionSubject

DEFAULT_UI_MODE: Final = "hosted"
"""How a session is shown that does not say so."""


def join_after_completion(completion: AfterCompletion, ui_mode: str | None) -> tuple[AfterCompletionSubject]:
    """Join what happens after paying with the page it happens on."""
    page = completion.hosted_confirmation
    return (AfterCompletionSubject(completion, ui_mode, None if page is None else page.custom_message),)


def join_custom_fields(
    fields: Sequence[CustomField],
) -> tuple[tuple[CustomFieldListSubject], list[CustomFieldSubject]]:
    """Count the custom fields of a request, and number them."""
    numbered: list[CustomFieldSubject] = []
    for index, field in enumerate(fields):
        numbered.append(CustomFieldSubject(index, field))
    return (CustomFieldListSubject(len(fields)),), numbered

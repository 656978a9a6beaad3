"""What creating and updating a session have in common: they state the same fields."""

from collections.abc import Sequence
from typing import Final

from rules_engine.models.custom_field import CustomField
from rules_engine.models.facts import Facts
from rules_engine.models.session import AfterCompletion
from rules_engine.subjects.custom_field import CustomFieldSubject
from rules_engine.subjects.joined import UnknownFact
from rules_engine.subjects.session import AfterCompletionSubject

DEFAULT_UI_MODE: Final = "hosted"
"""How a session is shown that does not say so."""


def types_not_enabled(types: Sequence[str], facts: Facts, unknown: list[UnknownFact]) -> tuple[tuple[str, ...], bool]:
    """Tell which payment method types the account has not, and whether nobody looked up those it has.

    Args:
        types: The types that the request names.
        facts: What the host knows.
        unknown: Where it is noted that nobody looked.
    """
    merchant = facts.merchant
    if merchant is None or merchant.supported_currencies is None:
        unknown.append(("merchant" if merchant is None else "merchant.supportedCurrencies", None))
        return (), True
    left = set(types)
    for currency in merchant.supported_currencies:
        left.difference_update(currency.payment_method_types)
        if not left:
            return (), False
    return tuple(kind for kind in types if kind in left), False


def join_after_completion(completion: AfterCompletion, ui_mode: str | None) -> AfterCompletionSubject:
    """Join what happens after paying with the page it happens on."""
    page = completion.hosted_confirmation
    return AfterCompletionSubject(completion, ui_mode, None if page is None else page.custom_message)


def join_custom_fields(fields: Sequence[CustomField]) -> list[CustomFieldSubject]:
    """Number the custom fields of a request."""
    return [CustomFieldSubject(index, field) for index, field in enumerate(fields)]

"""One currency, asked about for one merchant and purpose."""

from collections.abc import Sequence
from typing import Final

from attrs import define

from rules_engine.models.draft import CurrencyCheckDraft
from rules_engine.subjects.currency import CurrencySubject
from rules_engine.subjects.joined import Joined, JoinedOperation, UnknownFact


@define(eq=False)
class CurrencyCheckJoined(Joined):
    """The items of every scope of the check of a currency."""

    currency: Sequence[CurrencySubject] = ()


def join_currency_check(draft: CurrencyCheckDraft) -> CurrencyCheckJoined:
    """Join a currency with the account and the rates."""
    unknown: list[UnknownFact] = []
    return CurrencyCheckJoined(unknown)


ROWS: Final[tuple[JoinedOperation, ...]] = ((CurrencyCheckDraft, join_currency_check, ()),)
"""The draft of each operation, its join and its scopes."""

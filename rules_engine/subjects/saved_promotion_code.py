"""A promotion code that is made or changed."""

from collections.abc import Sequence
from typing import Final

from attrs import define

from rules_engine.models.draft import PromotionCodeCreateDraft, PromotionCodeUpdateDraft
from rules_engine.subjects.joined import Joined, JoinedOperation, UnknownFact
from rules_engine.subjects.promotion_code import PROMOTION_CODE, PromotionCodeSubject
from rules_engine.subjects.target import TARGET_PLACE, target_id


@define(eq=False)
class SavedPromotionCodeJoined(Joined):
    """The items of every scope of the operations of a promotion code."""

    promotion_code: Sequence[PromotionCodeSubject] = ()


def join_promotion_code_create(draft: PromotionCodeCreateDraft) -> SavedPromotionCodeJoined:
    """Join a new promotion code with the facts."""
    unknown: list[UnknownFact] = []
    return SavedPromotionCodeJoined(unknown)


def join_promotion_code_update(draft: PromotionCodeUpdateDraft) -> SavedPromotionCodeJoined:
    """Join a change of a promotion code with the stored one and the facts."""
    unknown: list[UnknownFact] = []
    facts, code_id = draft.facts, target_id(draft)
    missing = code_id in facts.missing.promotion_codes
    not_looked_up = not missing and code_id not in facts.promotion_codes
    if not_looked_up:
        unknown.append(("promotionCodes", code_id))
    subject = PromotionCodeSubject(0, TARGET_PLACE, entered=False, missing=missing, unknown=not_looked_up)
    return SavedPromotionCodeJoined(unknown, promotion_code=(subject,))


ROWS: Final[tuple[JoinedOperation, ...]] = (
    (PromotionCodeCreateDraft, join_promotion_code_create, ()),
    (PromotionCodeUpdateDraft, join_promotion_code_update, (PROMOTION_CODE,)),
)
"""The draft of each operation, its join and its scopes."""

"""What an operation acts on."""

from typing import Any

from rules_engine.models import Draft
from rules_engine.path import Path

TARGET_PLACE: Path = ("target", "id")
"""Where a draft document names it."""


def target_id(draft: Draft[Any]) -> str:
    """Tell the id of the object that a draft acts on; "" where the host built a draft without a target."""
    return "" if draft.target is None else draft.target.id

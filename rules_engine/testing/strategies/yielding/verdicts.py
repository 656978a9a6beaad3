"""What a broken document says, and whether a change of it makes sense at all."""

from collections.abc import Mapping
from typing import Any

from rules_engine.api import validate
from rules_engine.examples import changed
from rules_engine.exceptions import DraftError
from rules_engine.wire.read import read_draft


def says(document: Mapping[str, Any], codes: tuple[str, ...]) -> bool:
    """Tell whether the default policy says exactly these codes of a document, and leaves nothing undecided.

    Args:
        document: A draft document; of one that is malformed, nothing is said.
        codes: The names of the codes; none of them where the document is accepted.
    """
    try:
        verdict = validate(document)
    except DraftError:
        return False
    return verdict.codes == codes and not verdict.undecided


def refuses(document: Mapping[str, Any], code: str) -> bool:
    """Tell whether the wire refuses the request of a document, with exactly this code."""
    return {fault.code.name for fault in read_draft(document).faults} == {code}


def with_changes(document: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Copy a document with some places changed; an empty one where a place cannot be reached."""
    try:
        return changed(document, changes)
    except (KeyError, IndexError, TypeError, AttributeError, ValueError):
        return {}

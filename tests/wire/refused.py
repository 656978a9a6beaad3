"""Documents to begin with, and what is said of requests and bodies that do not parse."""

from collections.abc import Mapping
from typing import Any

from rules_engine.examples import examples
from rules_engine.models import Draft
from rules_engine.violation import Violation
from rules_engine.wire.read import read_body, read_draft

CREATE = examples()["create"]
FACTS = CREATE["facts"]
UPDATE = examples()["update"]


def violations(request: Any, operation: str = "session.create") -> list[Violation]:
    """Read a request that does not parse, and give what is said of it."""
    read = read_draft(
        {"version": 1, "operation": operation, "target": {"id": "cs_1"}, "request": request, "facts": FACTS}
    )
    assert read.faults
    return list(read.faults)


def body_violation(body: Any, operation: str = "session.create") -> Violation:
    """Read a raw body of which one thing is said, and give it."""
    read = read_body(operation, body, FACTS, "cs_1")
    assert read.faults
    (violation,) = read.faults
    return violation


def refused(document: Mapping[Any, Any]) -> Draft[Any]:
    """Read a document whose request does not parse."""
    read = read_draft(document)
    assert read.faults
    return read

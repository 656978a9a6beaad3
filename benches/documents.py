"""Drafts as documents, and the documents on which all opinions are compared."""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from benches.broken import broken_draft
from benches.examples import World, examples
from rules_engine import DraftError, Engine
from rules_engine.models import Draft, SessionCreate
from rules_engine.wire.read import read_draft, write_draft

_SHIPPED: Final = Path(__file__).parent.parent / "policies" / "drafts"


@frozen(eq=False)
class Case:
    """A draft, as each contestant takes it.

    Attributes:
        name: What reports call it.
        draft: The model objects.
        document: The same, as the bytes of a draft document.
        parsed: The same, as `json.loads` gives it.
    """

    name: str
    draft: Draft[SessionCreate]
    document: bytes
    parsed: Mapping[str, Any]


def case_of_world(example: World) -> Case:
    """Take a measured draft as a case."""
    return _case(example.name, document_of(example.draft))


def cases(broken: int) -> list[Case]:
    """Collect the documents to compare answers on: all of them can be read, and nothing about them is unknown.

    Args:
        broken: How many drafts with random faults to try; those that no document can hold are left out.
    """
    engine = Engine()
    return [case for case in _readable(broken) if not engine.validate(case.draft).undecided]


def document_of(draft: Draft[SessionCreate]) -> bytes:
    """Write a draft as the bytes of a document; what it knows is not missing too."""
    document = write_draft(draft)
    facts = document["facts"]
    missing = {
        kind: [key for key in keys if not _is_known(kind, key, facts)]
        for kind, keys in facts.pop("missing", {}).items()
    }
    return json.dumps({**document, "facts": {**facts, "missing": missing}}, default=_number).encode()


def _readable(broken: int) -> Iterator[Case]:
    documents = {example.name: document_of(example.draft) for example in examples()}
    documents |= {f"broken {seed}": document_of(broken_draft(seed)) for seed in range(broken)}
    documents |= {path.stem: path.read_bytes() for path in sorted(_SHIPPED.glob("*.json"))}
    for name, document in documents.items():
        try:
            read = read_draft(document)
        except DraftError:
            continue
        if not read.faults and read.operation == "session.create":
            yield Case(name, read, document, json.loads(document))


def _case(name: str, document: bytes) -> Case:
    read = read_draft(document)
    if read.faults:
        raise TypeError(f"{name} cannot be read")
    return Case(name, read, document, json.loads(document))


def _is_known(kind: str, key: str, facts: Mapping[str, Any]) -> bool:
    if kind == "customers":
        return bool(key == (facts.get("customer") or {}).get("id"))
    return key in (facts.get(kind) or {})


def _number(value: object) -> int | float:
    """Write a Decimal as JSON has it."""
    if not isinstance(value, Decimal):
        raise TypeError(f"not in a document: {value!r}")
    return int(value) if value == int(value) else float(value)

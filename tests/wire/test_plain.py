"""Documents that are plain are decoded as such; where few of them are, few are tried."""

import json
from collections import Counter
from collections.abc import Callable
from typing import Any, Final

import pytest

from rules_engine import Draft, read_draft
from rules_engine.examples import examples
from rules_engine.wire import decoders
from rules_engine.wire.quick import quick_draft
from tests.wire.quick import difference

WORLD: Final = examples()["price_create"]
PLAIN: Final = json.dumps(WORLD)
OTHER: Final = json.dumps({**WORLD, "facts": {**WORLD["facts"], "unheardOf": 1}})
PATIENCE: Final = 32


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Collect the texts that are tried as plain, from a state in which none has been."""
    texts: list[bytes] = []
    decode: Callable[[bytes], Any] = decoders.plain_documents[WORLD["operation"]]

    def tracked(text: bytes) -> Any:
        texts.append(text)
        return decode(text)

    monkeypatch.setitem(decoders.plain_documents, WORLD["operation"], tracked)
    monkeypatch.setattr("rules_engine.wire.quick._others_in_a_row", Counter[str]())
    return texts


def _read(text: str, times: int) -> None:
    expected = read_draft(text)
    assert isinstance(expected, Draft)
    for _ in range(times):
        ours = quick_draft(text)
        assert ours is not None
        assert difference(ours, expected) is None


def test_plain_documents_are_tried_once(tried: list[bytes]) -> None:
    """Each plain document is decoded as such."""
    _read(PLAIN, 100)
    assert len(tried) == 100


def test_one_in_many_of_others_is_tried(tried: list[bytes]) -> None:
    """Where no document is plain, one in many is tried as such, and all are read."""
    _read(OTHER, 10 * PATIENCE)
    assert len(tried) == PATIENCE + 9


def test_plain_ones_are_found_again(tried: list[bytes]) -> None:
    """Where documents are plain again, they are soon decoded as such."""
    _read(OTHER, 5 * PATIENCE + 1)
    tried.clear()
    _read(PLAIN, 100)
    assert len(tried) > 100 - PATIENCE


def test_operations_are_told_apart(tried: list[bytes]) -> None:
    """Of one operation documents may be plain, and of another not."""
    update = examples()["price_update"]
    _read(json.dumps({**update, "facts": {**update["facts"], "unheardOf": 1}}), 2 * PATIENCE)
    _read(PLAIN, 10)
    assert len(tried) == 10

"""A history for all tests of histories: made once."""

import json
from typing import Any

import pytest

from rules_engine.testing.history import history


@pytest.fixture(scope="session")
def records() -> list[bytes]:
    """Return ten thousand drafts as they are written."""
    return list(history(10_000, 1))


@pytest.fixture(scope="session")
def documents(records: list[bytes]) -> list[dict[str, Any]]:
    """Return the same as plain values."""
    return [json.loads(record) for record in records]

"""What properties are tried on: drafts of every operation."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules_engine import OPERATIONS, read_draft
from rules_engine.models import Draft
from rules_engine.testing.strategies import documents, drafts
from tests.profiles import scaled


def on_every_operation(examples: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Try a test, which takes `operation` and `data`, with each operation.

    Args:
        examples: The `max_examples` of each that the test has in `ci`.
    """

    def tried(test: Callable[..., None]) -> Callable[..., None]:
        drawing = settings(max_examples=scaled(examples))(given(data=st.data())(test))
        decorated: Callable[..., None] = pytest.mark.parametrize("operation", OPERATIONS)(drawing)
        return decorated

    return tried


def any_draft(operation: str) -> st.SearchStrategy[Draft[Any]]:
    """Generate drafts of any content, and valid examples with some of their counterexamples."""
    return drafts(operation) | documents(operation).map(read_draft)

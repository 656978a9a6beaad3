"""What strategies draw, as many as are asked for, always the same."""

from typing import Any, TypeVar

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy

from rules_engine.testing.strategies import documents

T = TypeVar("T")


def generated(operation: str, number: int) -> list[dict[str, Any]]:
    """Generate broken draft documents.

    Args:
        operation: The name of the operation.
        number: How many, at most.
    """
    return collected(documents(operation), number)


def collected(strategy: SearchStrategy[T], number: int) -> list[T]:
    """Draw from a strategy.

    Args:
        strategy: The strategy.
        number: How many values, at most.
    """
    found: list[T] = []

    @settings(
        max_examples=number,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(value: T) -> None:
        found.append(value)

    collect()
    return found

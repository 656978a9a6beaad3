"""Draft documents of an operation, as many as are asked for, always the same."""

from typing import Any

from hypothesis import HealthCheck, Phase, given, settings

from rules_engine.testing.strategies import documents


def generated(operation: str, number: int) -> list[dict[str, Any]]:
    """Generate broken draft documents.

    Args:
        operation: The name of the operation.
        number: How many, at most.
    """
    found: list[dict[str, Any]] = []

    @settings(
        max_examples=number,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(documents(operation))
    def collect(document: dict[str, Any]) -> None:
        found.append(document)

    collect()
    return found

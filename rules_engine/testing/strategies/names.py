"""Wrong names, refused before anything is drawn."""

from hypothesis.errors import InvalidArgument

from rules_engine.nearest import did_you_mean
from rules_engine.operations import OPERATIONS


def check_operation(asked: str, operation: str | None) -> None:
    """Do nothing where there is such an operation, or none is named.

    Args:
        asked: The name of the function that was asked.
        operation: The name of the operation.

    Raises:
        InvalidArgument: There is no such operation.
    """
    if operation is not None and operation not in OPERATIONS:
        raise InvalidArgument(f"{asked}: there is no operation {operation}{did_you_mean(operation, OPERATIONS)}")

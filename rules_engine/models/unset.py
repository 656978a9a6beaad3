"""Absent, as opposed to null: in an update the two mean different things."""

import enum
from typing import Final


class Unset(enum.Enum):
    """The type of `UNSET`."""

    UNSET = "unset"

    def __repr__(self) -> str:
        """Read as the constant."""
        return "UNSET"


UNSET: Final = Unset.UNSET
"""The field was not sent: an update keeps what is stored, where `None` clears it."""

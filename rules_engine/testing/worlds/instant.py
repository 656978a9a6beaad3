"""When clean worlds are judged."""

from typing import Final

NOW: Final = "2026-11-22T10:00:00Z"
"""The instant all clean worlds are judged at."""

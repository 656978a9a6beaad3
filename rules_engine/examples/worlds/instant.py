"""When valid examples are judged."""

from typing import Final

NOW: Final = "2026-11-22T10:00:00Z"
"""The instant all valid examples are judged at."""

"""A directory of policies, written file by file."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

Write = Callable[..., Path]
NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Give a function that writes a policy file: its id is its name unless another is given."""

    def call(name: str, *lines: str, base: str = "default", called: str | None = None) -> Path:
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        head = ["schema_version = 1", f'id = "{called or file.stem}"', f'extends = "{base}"']
        file.write_text("\n".join([*head, *lines, ""]), encoding="utf-8")
        return file

    return call


def mine(merchant: str) -> str:
    """State the merchant of a policy."""
    return f'merchant = "{merchant}"'

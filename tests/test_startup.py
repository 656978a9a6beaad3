"""What the library loads, and when: an application pays for what it uses."""

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[1]
NEVER: Final = ("hypothesis", "rich", "cyclopts", "rules_engine.testing", "rules_engine.cli", "rules_engine.docs")
LATER: Final = ("msgspec", "tomllib", "dateutil", "importlib.resources")
"""Loaded by the first document as text, the first policy, the first end of a coupon, and the default policy."""


def loaded_after(statements: str) -> set[str]:
    """Run statements in a fresh interpreter, and name the modules that it has loaded by then."""
    script = f"import sys; from pathlib import Path; {statements}; print(*sys.modules)"
    command = [sys.executable, "-c", script]
    return set(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split())  # noqa: S603  # the project's own interpreter


def test_import_loads_what_it_needs() -> None:
    """Importing the library loads neither an extra, nor the command line, nor what only some drafts need."""
    assert loaded_after("import rules_engine").isdisjoint({*NEVER, *LATER})


@pytest.mark.parametrize("made", ["text", "rules_engine.read_draft(text)"])
def test_first_verdict_loads_no_more(made: str) -> None:
    """The first verdict loads no extra but the one that reads text, and neither the command line nor the tests' kit."""
    read = "text = Path('policies/drafts/pottery_clean_create.json').read_bytes()"
    loaded = loaded_after(f"import rules_engine; {read}; assert rules_engine.validate({made}).accepted")
    assert loaded.isdisjoint({*NEVER, "dateutil"})
    assert "msgspec" in loaded

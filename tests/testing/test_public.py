"""What `rules_engine.testing` offers, and what it does without."""

import inspect
import subprocess
import sys

import pytest

from rules_engine import testing


@pytest.mark.slow
def test_needs_no_hypothesis() -> None:
    """The kit loads and works without Hypothesis, which only strategies and the machine need."""
    assert _runs(
        "import sys; sys.modules['hypothesis'] = None; from rules_engine.testing import *; witness('rate_limit')"
    )


def test_library_does_not_load_the_kit() -> None:
    """Importing the library does not load the kit."""
    assert _runs("import sys, rules_engine; sys.exit('rules_engine.testing' in sys.modules)")


def _runs(program: str) -> bool:
    ran = subprocess.run([sys.executable, "-c", program], check=False)  # noqa: S603  # the programs above
    return ran.returncode == 0


def test_sorted() -> None:
    """`__all__` lists constants, then classes, then functions, each in order, and nothing twice."""
    ordered = sorted(set(testing.__all__), key=lambda name: (not name.isupper(), not name[0].isupper(), name))
    assert testing.__all__ == ordered


@pytest.mark.parametrize("name", [name for name in testing.__all__ if not name.isupper()])
def test_documented(name: str) -> None:
    """Everything that is offered has a docstring."""
    assert inspect.getdoc(getattr(testing, name))

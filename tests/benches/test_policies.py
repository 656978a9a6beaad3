"""The bench of policies finds the right ones, and judges alike whatever burdens a policy."""

import json

import pytest

from benches.policies import main

pytestmark = pytest.mark.slow


def test_small(capsys: pytest.CaptureFixture[str]) -> None:
    """Run small, it checks every answer and prints a row for each thing that it measures."""
    assert main(["--small", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["what"] for row in rows] == [
        *("load 10 merchants, each", "find one of 10", "load 100 merchants, each", "find one of 100"),
        *("judge under the default policy", "judge under 100 waivers", "judge under 50 rules in the shadow"),
        *("judge under 50 rules off", "judge under 50 shadow rules and 100 waivers"),
    ]


def test_table(capsys: pytest.CaptureFixture[str]) -> None:
    """The table has one line for each of them."""
    assert main(["--small"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 9

"""`rules-engine policy test`: the report as text and as JSON, and how it ends."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from rules_engine import default_policy
from tests.analysis.policies import CLEAN, one, write
from tests.cli.conftest import Run

LINES = "[limits]\nmax_line_items = 3\n"
UNREAD = '[rules]\nfont_family_too_long = { mode = "off" }\n[limits]\nmax_font_family_length = 9\n'
TOTAL = sum(len(pipeline) for pipeline in default_policy().pipelines.values())
LIMITS = len(default_policy().limits)


def _lines(*sizes: int) -> str:
    return "".join(
        one(f"{size} lines", "[]" if size <= 3 else '["parameter_out_of_range"]')
        + f'sizes = {{ "/request/lineItems" = {size} }}\n'
        for size in sizes
    )


def _write(policy: str = "", tests: str = CLEAN) -> str:
    return str(write(Path(), policy, tests))


def _json(run: Run, *argv: str) -> dict[str, Any]:
    ran = run("policy", "test", *argv, "--format", "json")
    assert ran.err == ""
    document: dict[str, Any] = json.loads(ran.out)
    return document


def test_all_pass(run: Run) -> None:
    """Where every test passes, the report is what is covered, in whole numbers, and the exit code is 0."""
    ran = run("policy", "test", _write(LINES, _lines(3, 4)))
    assert (ran.code, ran.err) == (0, "")
    counts = f"tests 2/2 passed, rules 1/{TOTAL} covered, limits 1/{LIMITS} covered"
    assert ran.out.splitlines() == [
        "tests.toml: policy shop of shop.toml",
        f"  {counts}",
        f"    session.create 1/{len(default_policy().pipelines['session.create'])}",
        f"in all: {counts}",
    ]


def test_a_test_fails(run: Run) -> None:
    """A test that fails is listed with its place and what is not as expected, and the exit code is 1."""
    ran = run("policy", "test", _write("", CLEAN + one("wrong", '["price_sold_out"]')))
    assert ran.code == 1
    assert ran.out.splitlines()[1:3] == [
        "  failed tests.toml:6:3: wrong",
        '    codes: expected ["price_sold_out"], found []',
    ]
    assert ran.out.splitlines()[-1].startswith("in all: tests 1/2 passed, ")


def test_a_mutant_survives(run: Run) -> None:
    """A survivor is listed with the place of what it changes and the test it takes, and the exit code is 1."""
    ran = run("policy", "test", _write(LINES, _lines(3)), "--mutants")
    assert ran.code == 1
    assert ran.out.splitlines()[1:3] == [
        "  survived shop.toml:5:1: max_line_items = 4 in place of 3",
        "    would be noticed by a draft with exactly 4 lines, in the eyes of too_many_line_items",
    ]
    assert ran.out.splitlines()[-1].endswith(", mutants 1/2 killed")


def test_no_mutant_survives(run: Run) -> None:
    """Where every mutant is killed, the exit code is 0."""
    ran = run("policy", "test", _write(LINES, _lines(3, 4)), "--mutants")
    assert ran.code == 0
    assert ran.out.splitlines()[-1].endswith(", mutants 2/2 killed")


def test_mutants_that_cannot_be_noticed(run: Run) -> None:
    """What no draft can distinguish is listed apart, and is no finding."""
    ran = run("policy", "test", _write(UNREAD), "--mutants")
    line = "  cannot be noticed: max_font_family_length = 8 in place of 9: no rule of the policy reads the limit"
    assert line in ran.out.splitlines()


def test_what_is_taken_over(run: Run) -> None:
    """The mutants of what is taken over are tried where they are asked for; of them many survive."""
    ran = run("policy", "test", _write(LINES, _lines(3, 4)), "--mutants", "--inherited")
    assert ran.code == 1
    place = f"policies/default.toml:{default_policy().origins['limits', 'max_discounts'].line}:1"
    assert f"  survived {place}: max_discounts = 0 in place of 1" in ran.out.splitlines()


def test_inherited_alone(run: Run) -> None:
    """To ask for inherited mutants and for none is wrong usage."""
    ran = run("policy", "test", _write(), "--inherited")
    assert (ran.code, ran.err) == (2, "rules-engine: --inherited goes with --mutants\n")


def test_uncovered(run: Run) -> None:
    """What is not covered is named where it is asked for, and says which side is missing."""
    path = _write(
        LINES, CLEAN + one("gone", '["price_sold_out"]') + 'changes = { "/request/lineItems/0/quantity" = 5 }\n'
    )
    lines = run("policy", "test", path, "--uncovered").out.splitlines()
    assert "  not covered: session.create: price_inactive is never violated" in lines
    assert "  not covered: session.create: customer_missing is never violated and never clear" in lines
    line = "max_line_items: no test notices max_line_items = 2 in place of 3, max_line_items = 4 in place of 3"
    assert f"  not covered: {line}" in lines
    assert not any("price_sold_out is" in line and "session.create" in line for line in lines)
    assert not any("not covered" in line for line in run("policy", "test", path).out.splitlines())


def test_min_rules(run: Run) -> None:
    """Fewer covered rules than are asked for are a finding."""
    path = _write(LINES, _lines(3, 4))
    assert run("policy", "test", path, "--min-rules", "1").code == 0
    ran = run("policy", "test", path, "--min-rules", "2")
    assert (ran.code, ran.err) == (1, f"rules 1/{TOTAL}: fewer than 2 are covered\n")


@pytest.mark.parametrize(
    ("tests", "problem"),
    [
        ("[[tests]\n", "tests.toml:2:"),
        (one("t", '["price_sold"]'), "tests.toml:5:10: unknown code price_sold; did you mean price_sold_out?\n"),
        (CLEAN.replace("clean.json", "gone.json"), "tests.toml:4:9: gone.json: cannot be read: No such file"),
    ],
)
def test_unreadable(run: Run, tests: str, problem: str) -> None:
    """What cannot be read is refused with file, line and column, nothing is run, and the exit code is 2."""
    ran = run("policy", "test", _write("", tests))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(problem)


def test_nothing_to_test(run: Run) -> None:
    """Without a path there is nothing to test, and a directory without tests looks like a wrong path."""
    assert run("policy", "test").err.startswith("rules-engine: nothing to test: ")
    ran = run("policy", "test", ".")
    assert (ran.code, ran.err) == (2, ".: there are no files of tests, tests/*.toml\n")


def test_json(run: Run) -> None:
    """The document has everything that the text has, in whole numbers and with places."""
    tests = _lines(3) + one("wrong", '["price_sold_out"]')
    policy = LINES + '[rules]\nfont_family_too_long = { mode = "off" }\n'
    document = _json(run, _write(policy, tests), "--mutants")
    (suite,) = document["suites"]
    assert list(document) == ["format_version", "passed", "survivors", "suites"]
    assert (document["format_version"], document["passed"], document["survivors"]) == (1, False, 4)
    assert list(suite) == ["source", "policy", "tests", "failed", "rules", "limits", "mutants"]
    assert suite["policy"] == {"id": "shop", "source": "shop.toml"}
    assert suite["tests"] == {"passed": 1, "of": 2}
    assert suite["failed"] == [
        {
            "name": "wrong",
            "source": "tests.toml",
            "line": 7,
            "column": 3,
            "differences": [{"part": "codes", "expected": ["price_sold_out"], "found": []}],
        }
    ]
    created = next(row for row in suite["rules"]["operations"] if row["operation"] == "session.create")
    assert created["covered"] == 0
    assert created["of"] == len(default_policy().pipelines["session.create"]) - 1
    assert {"rule": "price_sold_out", "violated": False, "clear": True} in created["uncovered"]
    assert suite["limits"]["uncovered"][0] == {
        "limit": "max_line_items",
        "unnoticed": ["max_line_items = 4 in place of 3"],
    }
    assert (suite["mutants"]["killed"], suite["mutants"]["of"]) == (1, 5)
    assert suite["mutants"]["survivors"][-1] == {
        "kind": "limit",
        "what": "max_line_items = 4 in place of 3",
        "source": "shop.toml",
        "line": 5,
        "column": 1,
        "killer": "a draft with exactly 4 lines, in the eyes of too_many_line_items",
    }


def test_json_of_what_cannot_be_noticed(run: Run) -> None:
    """A mutant that no draft can distinguish has its reason."""
    (suite,) = _json(run, _write(UNREAD), "--mutants")["suites"]
    assert suite["mutants"]["equivalent"][0]["reason"] == "no rule of the policy reads the limit"


def test_json_has_no_fractions(run: Run) -> None:
    """Nothing is rounded, for there is nothing to round."""
    ran = run("policy", "test", _write(LINES, _lines(3, 4)), "--mutants", "--inherited", "--format", "json")

    def refuse(number: str) -> None:
        raise AssertionError(number)

    json.loads(ran.out, parse_float=refuse)


def test_json_is_stable(run: Run) -> None:
    """Two processes that order sets differently write the same bytes."""
    path = _write(LINES + '[rules]\nprice_sold_out = { mode = "warn" }\n', _lines(3))
    assert run("policy", "test", path).code == 0
    command = [
        sys.executable,
        "-m",
        "rules_engine",
        "policy",
        "test",
        path,
        "--mutants",
        "--inherited",
        "--format",
        "json",
    ]
    root = Path(__file__).parents[3]
    first, second = (
        subprocess.run(  # noqa: S603  # the command under test
            command,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            capture_output=True,
            check=False,
        ).stdout
        for seed in ("1", "2")
    )
    assert first == second
    assert first.startswith(b'{\n  "format_version": 1,')


def test_control_characters_are_escaped(run: Run) -> None:
    """A name that would do something to a terminal is shown, not done."""
    ran = run("policy", "test", _write("", one("\\u001b[2J", '["price_sold_out"]')))
    assert "\x1b" not in ran.out
    assert "\\x1b[2J" in ran.out


def test_shipped(run: Run) -> None:
    """The policies of the project pass from wherever they are called."""
    ran = run("policy", "test", str(Path(__file__).parents[3] / "policies"))
    assert (ran.code, ran.err) == (0, "")

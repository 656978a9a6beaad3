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


def _whole(number: str) -> None:
    raise AssertionError(number)


def _json(run: Run, *argv: str) -> dict[str, Any]:
    """Run tests and read the report, in which nothing is rounded, for there is nothing to round."""
    ran = run("policy", "test", *argv, "--format", "json")
    assert ran.err == ""
    document: dict[str, Any] = json.loads(ran.out, parse_float=_whole)
    return document


COVERED = f"rules 1/{TOTAL} covered, limits 1/{LIMITS} covered"
STEPS = ("max_line_items = 2", "max_line_items = 4")
GONE = one("gone", '["price_sold_out"]') + 'changes = { "/request/lineItems/0/quantity" = 5 }\n'
TEXTS = {
    "every test passes": (
        (LINES, _lines(3, 4)),
        "",
        0,
        [
            "tests.toml: policy shop of shop.toml",
            f"  tests 2/2 passed, {COVERED}",
            f"    session.create 1/{len(default_policy().pipelines['session.create'])}",
            f"in all: tests 2/2 passed, {COVERED}",
        ],
    ),
    "a test fails": (
        ("", CLEAN + one("wrong", '["price_sold_out"]')),
        "",
        1,
        ["  failed tests.toml:6:3: wrong", '    codes: expected ["price_sold_out"], found []'],
    ),
    "a mutant survives": (
        (LINES, _lines(3)),
        "--mutants",
        1,
        [
            "  survived shop.toml:5:1: max_line_items = 4 in place of 3",
            "    would be noticed by a draft with exactly 4 lines, as too_many_line_items counts them",
            f"in all: tests 1/1 passed, rules 0/{TOTAL} covered, limits 0/{LIMITS} covered, mutants 1/2 killed",
        ],
    ),
    "no mutant survives": (
        (LINES, _lines(3, 4)),
        "--mutants",
        0,
        [f"in all: tests 2/2 passed, {COVERED}, mutants 2/2 killed"],
    ),
    "a mutant cannot be noticed": (
        (UNREAD, CLEAN),
        "--mutants",
        1,
        ["  cannot be noticed: max_font_family_length = 8 in place of 9: no rule of the policy reads the limit"],
    ),
    "a mutant of what is taken over": (
        (LINES, _lines(3, 4)),
        "--mutants --inherited",
        1,
        [f"  survived {default_policy().origins['limits', 'max_discounts']}: max_discounts = 0 in place of 1"],
    ),
    "what is not covered": (
        (LINES, CLEAN + GONE),
        "--uncovered",
        0,
        [
            "  not covered: session.create: customer_missing is never violated and never clear",
            "  not covered: session.create: price_inactive is never violated",
            f"  not covered: max_line_items: no test notices {' in place of 3, '.join(STEPS)} in place of 3",
        ],
    ),
    "a name that would do something to a terminal": (
        ("", one("\\u001b[2J", '["price_sold_out"]')),
        "",
        1,
        ["  failed tests.toml:2:3: \\x1b[2J"],
    ),
}


@pytest.mark.parametrize(("files", "argv", "code", "lines"), TEXTS.values(), ids=TEXTS.keys())
def test_text(run: Run, files: tuple[str, str], argv: str, code: int, lines: list[str]) -> None:
    """The report has these lines, and the exit code is 1 where a test fails or a mutant survives."""
    ran = run("policy", "test", _write(*files), *argv.split())
    assert (ran.code, ran.err) == (code, "")
    assert [line for line in ran.out.splitlines() if line in lines] == lines
    assert ("not covered" in ran.out) is ("--uncovered" in argv)
    assert "\x1b" not in ran.out
    assert "session.create: price_sold_out is" not in ran.out


def test_inherited_alone(run: Run) -> None:
    """To ask for inherited mutants and for none is wrong usage."""
    ran = run("policy", "test", _write(), "--inherited")
    assert (ran.code, ran.err) == (2, "rules-engine: --inherited goes with --mutants\n")


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
        "killer": "a draft with exactly 4 lines, as too_many_line_items counts them",
    }


def test_json_of_what_cannot_be_noticed(run: Run) -> None:
    """A mutant that no draft can distinguish has its reason."""
    (suite,) = _json(run, _write(UNREAD), "--mutants")["suites"]
    assert suite["mutants"]["equivalent"][0]["reason"] == "no rule of the policy reads the limit"


def test_json_is_stable(run: Run) -> None:
    """Two processes that order sets differently write the same bytes."""
    path = _write(LINES + '[rules]\nprice_sold_out = { mode = "warn" }\n', _lines(3))
    assert run("policy", "test", path).code == 0
    command = [sys.executable, "-m", "rules_engine", "policy", "test", path, "--mutants", "--format", "json"]
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

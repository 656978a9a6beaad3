"""Pages can be followed as they stand, from the first block to the last: files are written, commands and Python run."""

import doctest
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rules_engine.testing.history.__main__ import main as write_history
from tests.cli.conftest import Run
from tests.house.source import ROOT

LEFT_OUT = "..."


def _steps(block: str) -> Iterator[tuple[str, int, list[str]]]:
    """Yield the commands of a block, each with the exit code and the lines that stand below it."""
    for step in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, *shown = step.splitlines()
        line, _, code = command.partition("  # exit code ")
        yield line, int(code or 0), shown


def _follows(printed: list[str], shown: list[str]) -> bool:
    """Return whether lines were printed as they are shown, where `...` stands for any others."""
    pattern = "".join("(?:.*\n)*" if line == LEFT_OUT else re.escape(line) + "\n" for line in shown)
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in printed)) is not None


def _write(block: str) -> None:
    first, _, rest = block.partition("\n")
    if first.startswith("# add to "):
        with Path(first.removeprefix("# add to ")).open("a", encoding="utf-8") as file:
            file.write(rest)
    else:
        Path(first.removeprefix("# ")).write_text(block, encoding="utf-8")


def _run_python(block: str, names: dict[str, Any]) -> int:
    test = doctest.DocTestParser().get_doctest(block, names, "page", "page", 0)
    failures: list[str] = []
    results = doctest.DocTestRunner(optionflags=doctest.REPORT_NDIFF).run(test, out=failures.append, clear_globs=False)
    assert results.failed == 0, "".join(failures)
    names |= test.globs
    return results.attempted


def _run_command(run: Run, line: str, code: int, shown: list[str]) -> None:
    match shlex.split(line):
        case ["rm", path]:
            Path(path).unlink()
        case ["python", "-m", "rules_engine.testing.history", *argv]:
            assert write_history(argv) == code
        case ["rules-engine", *argv]:
            ended = run(*argv)
            printed = (ended.out + ended.err).splitlines()
            assert ended.code == code, (line, printed)
            assert not shown or _follows(printed, shown), (line, printed)
        case _:
            pytest.fail(f"the page has a command that is not run: {line}")


@pytest.mark.parametrize(
    ("page", "least"),
    [
        ("tutorial.md", 30),
        ("merchant-policy.md", 10),
        ("testing-policies.md", 4),
        ("policy-commands.md", 4),
        ("dry-run.md", 1),
    ],
)
def test_the_page_can_be_followed(run: Run, page: str, least: int) -> None:
    """Files are written, Python prints what is shown, and commands print what is shown and end as is stated."""
    shutil.copytree(ROOT / "policies", "policies")
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    names: dict[str, Any] = {}
    ran = 0
    for kind, block in re.findall(r"^```(\w+)\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL):
        if kind == "toml" and block.startswith("# "):
            _write(block)
        elif kind == "python":
            ran += _run_python(block, names)
        elif kind == "console":
            for line, code, shown in _steps(block):
                _run_command(run, line, code, shown)
                ran += 1
    assert ran >= least

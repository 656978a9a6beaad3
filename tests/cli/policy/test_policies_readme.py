"""The page on the directory of policies can be followed as it stands: its files are written, its commands run."""

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

from tests.cli.conftest import Run
from tests.house.source import ROOT

PAGE = (ROOT / "policies" / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, flags=re.MULTILINE | re.DOTALL)
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


def test_the_page_can_be_followed(run: Run) -> None:
    """From the first block to the last: files are written, commands print what is shown and end as is said."""
    shutil.copytree(ROOT / "policies", "policies")
    ran = 0
    for kind, block in BLOCKS:
        first, _, rest = block.partition("\n")
        if kind == "toml" and first.startswith("# add to "):
            with Path(first.removeprefix("# add to ")).open("a", encoding="utf-8") as file:
                file.write(rest)
        elif kind == "toml":
            Path(first.removeprefix("# ")).write_text(block, encoding="utf-8")
        elif kind == "python":
            exec(compile(block, "README.md", "exec"), {})  # noqa: S102  # the page of this repository
        elif kind == "console":
            for line, code, shown in _steps(block):
                program, *argv = shlex.split(line)
                if program == "rm":
                    Path(argv[0]).unlink()
                    continue
                assert program == "rules-engine"
                ended = run(*argv)
                printed = (ended.out + ended.err).splitlines()
                assert ended.code == code, (line, printed)
                assert not shown or _follows(printed, shown), (line, printed)
                ran += 1
    assert ran > 10


def test_links_lead_somewhere() -> None:
    """Every link of the page leads to a file."""
    links = re.findall(r"\]\(([^)#]+)\)", PAGE)
    assert len(links) > 5
    assert [link for link in links if not (ROOT / "policies" / link).exists()] == []


def test_every_command_is_in_a_block() -> None:
    """No command stands in the middle of a sentence, where nothing would try it."""
    prose = re.sub(r"^```.*?^```$", "", PAGE, flags=re.MULTILINE | re.DOTALL)
    assert "rules-engine" not in prose


def test_counts_are_derived() -> None:
    """What is counted on the page is what a command prints: the prose has no number of rules, tests or limits."""
    prose = re.sub(r"^```.*?^```$", "", PAGE, flags=re.MULTILINE | re.DOTALL)
    assert re.findall(r"\d+ (?:rules|tests|limits|codes|mutants|policies)", prose) == []

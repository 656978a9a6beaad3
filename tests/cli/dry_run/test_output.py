"""Where a report goes: the same bytes everywhere, and never in the place of anything that the command does not know."""

import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.dryrun.samples import SHIPPED, interrupted, write_history

SIDES = ("--baseline", "default", "--candidate", str(SHIPPED / "strict.toml"), "--jobs", "1")


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """A directory with one file of drafts."""
    (tmp_path / "logs").mkdir()
    write_history(tmp_path / "logs" / "drafts.jsonl")
    return Path("logs")


@pytest.mark.parametrize("named", ["logs", "logs/*.jsonl", "logs/../logs"])
def test_a_file_of_the_history_is_not_overwritten(run: Run, history: Path, named: str) -> None:
    """A report does not replace a file of a directory or pattern that is read."""
    drafts = history / "drafts.jsonl"
    before = drafts.read_bytes()
    ran = run("dry-run", named, *SIDES, "-o", str(drafts))
    assert (ran.code, ran.out) == (2, "")
    assert "would overwrite logs/drafts.jsonl, which is read" in ran.err
    assert drafts.read_bytes() == before


@pytest.mark.parametrize("option", ["--set", "--candidate"])
def test_a_policy_of_a_set_is_not_overwritten(run: Run, history: Path, option: str) -> None:
    """A report does not replace a policy file of the directory that drafts are judged by."""
    policy = Path("shops/default.toml")
    policy.parent.mkdir()
    policy.write_text('schema_version = 1\nid = "ours"\nextends = "default"\n', encoding="utf-8")
    ran = run("dry-run", str(history), option, "shops", "-o", str(policy))
    assert (ran.code, ran.out) == (2, "")
    assert "would overwrite shops/default.toml, which is read" in ran.err
    assert policy.read_text(encoding="utf-8").startswith("schema_version")


@pytest.mark.parametrize("name", ["drafts.jsonl", "00000000.json"])
def test_a_directory_that_no_run_has_made_is_left_alone(run: Run, history: Path, name: str) -> None:
    """A directory named like that of the parts of a run is emptied only where a run has made it."""
    precious = Path("report.parts")
    precious.mkdir()
    shutil.copy(history / "drafts.jsonl", precious / name)
    ran = run("dry-run", str(precious), *SIDES, "-o", "report")
    assert (ran.code, ran.out) == (2, "")
    assert "report.parts is needed for the parts of the run, and holds something else" in ran.err
    assert (precious / name).read_bytes() == (history / "drafts.jsonl").read_bytes()


def test_parts_below_the_history_are_no_history(run: Run, history: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run whose report stands beside its history is resumed, and does not read its own parts."""
    shutil.copy(history / "drafts.jsonl", history / "more.jsonl")
    asked = ("dry-run", "logs", *SIDES, "--format", "json")
    unbroken = run(*asked).out
    with monkeypatch.context() as patched:
        patched.setattr("rules_engine.cli.dry_run.app.replay_locally", interrupted)
        assert run(*asked, "-o", "logs/report").code == 130
    assert len(list(Path("logs/report.parts").glob("*.json"))) == 1
    assert run(*asked, "-o", "logs/report", "--resume").code == 0
    assert Path("logs/report").read_text(encoding="utf-8") == unbroken


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("", "expected the name of a file, got none"),
        ("logs", "expected the name of a file, got the directory logs"),
        ("gone/report", "there is no directory gone"),
    ],
)
def test_where_no_report_can_be_written(run: Run, history: Path, output: str, said: str) -> None:
    """What cannot be written is refused before the replay, and leaves nothing behind."""
    ran = run("dry-run", str(history), *SIDES, "-o", output)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert [path.name for path in Path().iterdir()] == ["logs"]


def test_a_pipe_is_written_into(run: Run, history: Path) -> None:
    """A pipe that is named as the output gets the report, and stays a pipe."""
    os.mkfifo("pipe")
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(Path("pipe").read_text(encoding="utf-8")), daemon=True)
    reader.start()
    assert run("dry-run", str(history), *SIDES, "--format", "json", "-o", "pipe").code == 0
    reader.join(timeout=30)
    assert json.loads(read[0])["complete"] is True
    assert Path("pipe").is_fifo()
    assert not Path("pipe.parts").exists()


def test_a_link_is_kept(run: Run, history: Path) -> None:
    """A link that is named as the output stays one; what it leads to is replaced."""
    Path("target").write_text("old", encoding="utf-8")
    Path("link").symlink_to("target")
    assert run("dry-run", str(history), *SIDES, "--format", "json", "-o", "link").code == 0
    assert Path("link").is_symlink()
    assert json.loads(Path("target").read_text(encoding="utf-8"))["complete"] is True


ASKED = (sys.executable, "-m", "rules_engine", "dry-run", "logs", *SIDES, "--format")


def _environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(SHIPPED.parent), **more}


@pytest.mark.slow
@pytest.mark.usefixtures("history")
@pytest.mark.parametrize("form", ["html", "markdown", "json"])
def test_the_encoding_of_a_terminal_changes_nothing(tmp_path: Path, form: str) -> None:
    """A page says that it is UTF-8, and so it is, whatever the encoding of standard output."""
    ascii_only = _environment(PYTHONIOENCODING="ascii")
    printed = subprocess.run((*ASKED, form), cwd=tmp_path, env=ascii_only, capture_output=True, check=True)  # noqa: S603  # this package's command
    subprocess.run((*ASKED, form, "-o", "report"), cwd=tmp_path, env=_environment(), check=True)  # noqa: S603  # the same
    assert printed.stdout == (tmp_path / "report").read_bytes()


@pytest.mark.slow
@pytest.mark.usefixtures("history")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_is_gone(tmp_path: Path, unbuffered: str) -> None:
    """A report whose reader goes away half-way ends with 141, and is never taken for a whole one."""
    env, pipe = _environment(PYTHONUNBUFFERED=unbuffered), subprocess.PIPE
    with subprocess.Popen((*ASKED, "html"), cwd=tmp_path, env=env, stdout=pipe, bufsize=0) as running:  # noqa: S603  # the same
        assert running.stdout is not None
        running.stdout.read(1)
        running.stdout.close()
        assert running.wait(timeout=60) == 141

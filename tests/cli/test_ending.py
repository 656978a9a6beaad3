"""How the command line starts and ends: usage, interruption, a reader that is gone, and what must not be imported."""

import io
import os
import subprocess
import sys
from importlib.metadata import entry_points, version
from pathlib import Path
from typing import Any, NoReturn

import pytest

from rules_engine import __main__
from rules_engine.distribution import DISTRIBUTION
from rules_engine.extras import install_command
from tests.cli.conftest import Run
from tests.cli.samples import as_lines, clean, sold_out

ROOT = Path(__file__).parents[2]
CODES_WITHOUT = "import sys; sys.modules[{missing!r}] = None; import rules_engine.__main__ as cli; sys.exit(cli.main())"
CLOSED_PIPE = (
    "import os, sys\n"
    "from rules_engine.__main__ import main\n"
    "reading, writing = os.pipe()\n"
    "os.close(reading)\n"
    "os.dup2(writing, 1)\n"
    "sys.exit(main())\n"
)
DOCS = (
    "import pathlib, sys, rules_engine.docs\n"
    "rules_engine.docs.documents(pathlib.Path(sys.argv[1]))\n"
    "print(sorted({'cyclopts', 'rich', 'hypothesis', 'rules_engine.cli'} & set(sys.modules)))\n"
)


def _python(*argv: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, *argv], capture_output=True, check=False, env=os.environ | environment)  # noqa: S603  # this interpreter and literal arguments


@pytest.mark.parametrize(
    ("argv", "problem"),
    [
        (("chek",), 'Unknown command "chek". Did you mean "check"?'),
        (("check", "--polcy", "x"), "--policy"),
        (("check", "--format", "xml"), "xml"),
        (("check", "--policy"), "--policy"),
        (("codes", "--format", "github"), "github"),
        (("required-facts",), "PATH"),
        (("required-facts", "a", "b"), "b"),
        (("check", "--\x1b[31m"), "--\\x1b[31m"),
    ],
)
def test_wrong_usage(run: Run, argv: tuple[str, ...], problem: str) -> None:
    """Wrong usage is a plain sentence on standard error, and exit code 2."""
    ran = run(*argv, stdin=as_lines(clean()))
    assert (ran.code, ran.out) == (2, "")
    assert all(line.startswith("rules-engine: ") and line.isprintable() for line in ran.err.splitlines())
    assert problem in ran.err


def test_version(run: Run) -> None:
    """The version is the one of the installed distribution."""
    assert run("--version").out == f"{version(DISTRIBUTION)}\n"


@pytest.mark.parametrize(
    ("error", "ending"),
    [
        (KeyboardInterrupt(), (130, "")),
        (BrokenPipeError(32, "Broken pipe"), (141, "")),
        (OSError(28, "No space left"), (2, "rules-engine: cannot write the report: No space left\n")),
    ],
    ids=["Ctrl-C", "the reader is gone", "a full disk"],
)
def test_report_that_breaks_off(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: BaseException, ending: tuple[int, str]
) -> None:
    """Where writing fails, the exit code is the one that shells expect; a fault that can be helped is a sentence."""

    def fail(*_: Any) -> NoReturn:
        raise error

    monkeypatch.setattr(sys.stdout, "write", fail)
    ran = run("check", stdin=as_lines(clean()))
    assert (ran.code, ran.err) == ending


def test_process_without_output(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that was started without standard output still judges."""
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert run("check", stdin=as_lines(sold_out())).code == 1
    sys.stdout.close()
    sys.stderr.close()


def test_text_stream_of_another_kind(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A standard output that is no file of text, as an application may set one, is written to like any other."""
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    assert run("check", stdin=as_lines(clean("\ud800"))).code == 0
    assert stream.getvalue().startswith("<stdin> accepted session.create \\ud800\n")


@pytest.mark.parametrize("name", ["cyclopts", "rich"])
def test_extra_is_not_installed(name: str) -> None:
    """Without the libraries of the command line, the message names the extra."""
    ran = _python("-c", CODES_WITHOUT.format(missing=name), "codes")
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert ran.stderr.decode() == (f"rules-engine: {name} is not installed: {install_command('cli')}\n")


def test_other_missing_module_is_a_fault() -> None:
    """A module that is missing for another reason is not blamed on the extra."""
    ran = _python("-c", CODES_WITHOUT.format(missing="rules_engine.manual"), "codes")
    assert ran.returncode == 1
    assert b"ModuleNotFoundError" in ran.stderr


def test_console_script() -> None:
    """The console script leads to the function that starts the command line."""
    scripts = [script.load() for script in entry_points(group="console_scripts", name="rules-engine")]
    assert scripts
    assert set(scripts) == {__main__.main}


def test_module_as_a_program(tmp_path: Path) -> None:
    """`python -m rules_engine` is the command line, and writes ASCII where standard output takes nothing else."""
    path = tmp_path / "log.jsonl"
    path.write_bytes(as_lines(clean("قهوة\ud800"), sold_out()))
    ran = _python("-m", "rules_engine", "check", str(path), PYTHONIOENCODING="ascii", FORCE_COLOR="1")
    assert (ran.returncode, ran.stderr) == (1, b"")
    assert ran.stdout.isascii()
    assert rb"session.create \u0642\u0647\u0648\u0629\ud800" in ran.stdout
    assert b"\x1b" not in ran.stdout


@pytest.mark.parametrize("argv", [["codes"], ["codes", "rate_limit"], ["--help"]])
def test_pipe_that_closes_early(argv: list[str]) -> None:
    """A reader that closes the pipe leaves nothing on standard error, not even from the interpreter's own ending."""
    ran = _python("-c", CLOSED_PIPE, *argv, PYTHONUNBUFFERED="")  # what is held back fails when the process ends
    assert (ran.returncode, ran.stderr) == (141, b"")


def test_docs_do_without_the_extras() -> None:
    """Generating the manual needs nothing but the library."""
    ran = _python("-c", DOCS, str(ROOT))
    assert (ran.stdout, ran.stderr) == (b"[]\n", b"")

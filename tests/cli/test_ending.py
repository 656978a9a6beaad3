"""How the command line starts and ends: usage, interruption, a reader that is gone, and what must not be imported."""

import io
import os
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import entry_points, version
from pathlib import Path
from typing import Any, NoReturn

import pytest

from rules_engine import __main__
from tests.cli.conftest import Run
from tests.cli.samples import as_lines, clean, sold_out


def _raising(error: BaseException) -> Callable[..., NoReturn]:
    def raise_it(*_: Any, **__: Any) -> NoReturn:
        raise error

    return raise_it


@pytest.mark.parametrize(
    ("argv", "problem"),
    [
        ((), "a command is missing: check, codes or required-facts"),
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


@pytest.mark.parametrize("argv", [("--help",), ("check", "--help"), ("codes", "-h"), ("required-facts", "--help")])
def test_help(run: Run, argv: tuple[str, ...]) -> None:
    """Help goes to standard output and is a clean ending."""
    ran = run(*argv)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Usage: rules-engine ")


def test_version(run: Run) -> None:
    """The version is the one of the installed distribution."""
    assert run("--version").out == f"{version('rules-engine')}\n"


def test_interruption(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends with the exit code that shells expect, and says nothing."""
    monkeypatch.setattr("rules_engine.cli.check.read_documents", _raising(KeyboardInterrupt()))
    ran = run("check", stdin=as_lines(clean()))
    assert (ran.code, ran.err) == (130, "")


def test_reader_is_gone(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that stops reading ends the command quietly."""
    monkeypatch.setattr(sys.stdout, "write", _raising(BrokenPipeError(32, "Broken pipe")))
    ran = run("check", stdin=as_lines(clean()))
    assert (ran.code, ran.err) == (141, "")


def test_full_disk(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A report that cannot be written is a plain sentence, and exit code 2."""
    monkeypatch.setattr(sys.stdout, "write", _raising(OSError(28, "No space left on device")))
    ran = run("check", stdin=as_lines(clean()))
    assert (ran.code, ran.err) == (2, "rules-engine: cannot write the report: No space left on device\n")


def test_process_without_output(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that was started without standard output still judges."""
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert run("check", stdin=as_lines(sold_out())).code == 1
    sys.stdout.close()
    sys.stderr.close()


def _without(missing: str) -> subprocess.CompletedProcess[bytes]:
    script = f"import sys; sys.modules[{missing!r}] = None; import rules_engine.__main__ as cli; sys.exit(cli.main())"
    return _python("-c", script, "--help")


@pytest.mark.parametrize("name", ["cyclopts", "rich"])
def test_extra_is_not_installed(name: str) -> None:
    """Without the libraries of the command line, the message says how to get them."""
    ran = _without(name)
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert ran.stderr.decode() == (
        f"rules-engine: the command line needs {name}, which is not installed; "
        "install it with: pip install 'rules-engine[cli]'\n"
    )


def test_other_missing_module_is_a_fault() -> None:
    """A module that is missing for another reason is not blamed on the extra."""
    ran = _without("rules_engine.docs")
    assert ran.returncode == 1
    assert b"ModuleNotFoundError" in ran.stderr


def test_console_script() -> None:
    """The console script leads to the function that starts the command line."""
    scripts = [script.load() for script in entry_points(group="console_scripts", name="rules-engine")]
    assert scripts
    assert set(scripts) == {__main__.main}


def _python(*argv: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(  # noqa: S603  # this interpreter and literal arguments
        [sys.executable, *argv], input=stdin, capture_output=True, check=False, env=os.environ | environment
    )


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
    script = (
        "import os, sys\n"
        "from rules_engine.__main__ import main\n"
        "reading, writing = os.pipe()\n"
        "os.close(reading)\n"
        "os.dup2(writing, 1)\n"
        "sys.exit(main())\n"
    )
    ran = _python("-c", script, *argv, PYTHONUNBUFFERED="")  # what is held back is what fails when the process ends
    assert (ran.returncode, ran.stderr) == (141, b"")


def test_library_does_without_the_extras() -> None:
    """Importing the library, and judging with it, imports neither the command line nor what the extras bring."""
    script = (
        "import sys, rules_engine\n"
        "rules_engine.validate_session(sys.stdin.buffer.read())\n"
        "extras = {'cyclopts', 'rich', 'hypothesis', 'rules_engine.cli', 'rules_engine.docs', 'rules_engine.testing'}\n"
        "print(sorted(extras & set(sys.modules)))\n"
    )
    ran = _python("-c", script, stdin=as_lines(sold_out()))
    assert (ran.stdout, ran.stderr) == (b"[]\n", b"")


def test_docs_do_without_the_extras() -> None:
    """Writing the manual needs nothing but the library."""
    script = (
        "import sys, rules_engine.docs\n"
        "rules_engine.docs.markdown()\n"
        "print(sorted({'cyclopts', 'rich', 'hypothesis', 'rules_engine.cli'} & set(sys.modules)))\n"
    )
    ran = _python("-c", script)
    assert (ran.stdout, ran.stderr) == (b"[]\n", b"")


def test_text_stream_of_another_kind(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A standard output that is no file of text, as a host may set one, is written to like any other."""
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    assert run("check", stdin=as_lines(clean("\ud800"))).code == 0
    assert stream.getvalue().startswith("<stdin> accepted session.create \\ud800\n")

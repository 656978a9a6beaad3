"""How far a dry run has come, and a history that is piped in while it comes in."""

import io
import json
import signal
import sys
from typing import Any

import pytest

from rules_engine.cli.dry_run.progress import Progress
from rules_engine.dryrun.replay import BothSides
from tests.cli.conftest import Run
from tests.cli.dry_run.test_text import Screen
from tests.dryrun.samples import SHIPPED, shipped_documents


def _drawn(stream: io.StringIO, total: int | None = 1_000_000) -> str:
    with Progress(total, stream) as progress:
        for _ in range(4):
            progress.advance(250_000, 500)
    return stream.getvalue()


@pytest.fixture(autouse=True)
def _terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)


@pytest.mark.parametrize("total", [1_000_000, None])
def test_on_a_terminal(total: int | None) -> None:
    """A person sees the records and bytes done, the rate and the time."""
    drawn = _drawn(Screen(), total)
    assert "2,000 records" in drawn
    assert "1.0" in drawn
    assert " a second" in drawn


def test_within_a_part() -> None:
    """Records are counted while their part is under way, and once only when it is done."""
    screen = Screen()
    with Progress(None, screen) as progress:
        progress.count(300)
        progress.count(50)
        under_way = screen.getvalue()
        progress.advance(1_000, 400)
    drawn = screen.getvalue().removeprefix(under_way)
    assert "400 records" in drawn
    assert "750 records" not in drawn


def test_elsewhere() -> None:
    """What is no terminal gets not a byte."""
    assert _drawn(io.StringIO()) == ""


def test_where_the_output_is_piped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the report goes into a pipe, the bar stays away, so that it does not paint over whoever reads there."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: False)
    assert _drawn(Screen()) == ""


def test_an_error_leaves_no_bar() -> None:
    """Whatever ends a run, the cursor is shown again and the error goes on."""
    screen = Screen()
    with pytest.raises(KeyboardInterrupt), Progress(None, screen):
        raise KeyboardInterrupt
    assert screen.getvalue().rstrip("\r").endswith(("\x1b[?25h", "\x1b[2K", "\x1b[1A\x1b[2K"))


SIDES = ("--baseline", "default", "--candidate", str(SHIPPED / "strict.toml"))


class Endless(io.RawIOBase):
    """A pipe that brings some text, and then nothing more until Ctrl-C is pressed."""

    def __init__(self, text: bytes) -> None:
        """Keep the text."""
        self._text = text

    def readable(self) -> bool:
        """Return that it can be read from."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Bring some more, or wait in vain."""
        if not self._text:
            signal.raise_signal(signal.SIGINT)
        taken = min(len(self._text), len(buffer))
        buffer[:taken] = self._text[:taken]
        self._text = self._text[taken:]
        return taken


def test_ctrl_c_while_it_waits(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends a stream that has no end, with a report of all that came in by then."""
    drafts = list(shipped_documents())[:20]
    text = b"".join(draft + b"\n" for draft in drafts)
    monkeypatch.setattr("tests.cli.conftest.Terminal", lambda _: io.TextIOWrapper(io.BufferedReader(Endless(text))))
    ran = run("dry-run", "-", *SIDES, "--format", "json")
    report = json.loads(ran.out)
    assert (ran.code, report["read"], report["unfinished"]) == (130, 20, 1)


def test_ctrl_c_while_a_draft_is_judged(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A draft that is being judged meanwhile is counted in full, and none after it."""
    judge, drafts = BothSides.judge, list(shipped_documents())[:9]

    def interrupted(self: BothSides, draft: object) -> object:
        signal.raise_signal(signal.SIGINT)
        return judge(self, draft)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(BothSides, "judge", interrupted)
    ran = run("dry-run", "-", *SIDES, "--format", "json", stdin=b"\n".join(drafts))
    report = json.loads(ran.out)
    assert (ran.code, report["read"], report["unfinished"]) == (130, 1, 1)


def test_the_next_ctrl_c_is_the_shells(run: Run) -> None:
    """Once the stream has ended, Ctrl-C does what it did before."""
    before = signal.getsignal(signal.SIGINT)
    assert run("dry-run", "-", *SIDES, stdin=b"").code == 0
    assert signal.getsignal(signal.SIGINT) is before

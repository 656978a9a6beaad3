"""How far a dry run has come."""

import io
import sys

import pytest

from rules_engine.cli.dry_run.progress import Progress
from tests.cli.dry_run.test_text import Screen


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

"""A history that is piped in, while it comes in."""

import io
import json
import signal
from typing import Any

import pytest

from rules_engine.dryrun.replay import BothSides
from tests.cli.conftest import Run
from tests.dryrun.histories import SHIPPED, shipped_documents

SIDES = ("--baseline", "default", "--candidate", str(SHIPPED / "strict.toml"))


class Endless(io.RawIOBase):
    """A pipe that brings some text, and then nothing more until somebody presses Ctrl-C."""

    def __init__(self, text: bytes) -> None:
        """Keep the text."""
        self._text = text

    def readable(self) -> bool:
        """Say that it can be read from."""
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

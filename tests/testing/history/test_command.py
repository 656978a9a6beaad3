"""`python -m rules_engine.testing.history` writes files, and reports what is wrong."""

import gzip
import json
import shlex
import sys
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet
import pytest
import zstandard

from rules_engine.extras import install_command
from rules_engine.testing.history import history
from rules_engine.testing.history.__main__ import main
from tests.house.source import ROOT

SHIPPED = ROOT / "policies" / "history"
LINES = b"".join(record + b"\n" for record in history(50, 9))


def _written(path: Path) -> bytes:
    assert main(["--drafts", "50", "--seed", "9", "--out", str(path)]) == 0
    return path.read_bytes()


@pytest.mark.parametrize(
    ("suffix", "decompress"),
    [
        ("jsonl", bytes),
        ("jsonl.gz", gzip.decompress),
        ("jsonl.zst", lambda written: zstandard.ZstdDecompressor().decompressobj().decompress(written)),
    ],
)
def test_json_lines(suffix: str, decompress: Callable[[bytes], bytes], tmp_path: Path) -> None:
    """A line holds a draft, compressed as the suffix says; a file does not know its name or when it was made."""
    first, second = (_written(tmp_path / f"{name}.{suffix}") for name in ("one", "two"))
    assert first == second
    assert decompress(first) == LINES


def test_parquet(tmp_path: Path) -> None:
    """A column of JSON texts, in the same order."""
    _written(tmp_path / "history.parquet")
    column = pyarrow.parquet.read_table(tmp_path / "history.parquet").column("document").to_pylist()
    assert [text.encode() for text in column] == LINES.splitlines()


def test_standard_output(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """A dash is standard output."""
    assert main(["--drafts", "50", "--seed", "9", "--out", "-"]) == 0
    assert capfdbinary.readouterr().out == LINES


def test_period(tmp_path: Path) -> None:
    """The period is stated by its first day and its length."""
    path = tmp_path / "history.jsonl"
    assert main(["--drafts", "9", "--seed", "1", "--out", str(path), "--start", "2030-05-06", "--days", "1"]) == 0
    days = {json.loads(line)["facts"]["now"][:10] for line in path.read_text(encoding="utf-8").splitlines()}
    assert days == {"2030-05-06"}


@pytest.mark.parametrize(
    ("changed", "reported"),
    [
        (["--drafts", "many"], "--drafts: invalid int value: 'many'"),
        (["--drafts", "-1"], "the number of drafts is at least 0"),
        (["--seed", "x"], "--seed: invalid int value"),
        (["--start", "tomorrow"], "--start: expected a date such as 2026-08-01, got tomorrow"),
        (["--unreadable", "2"], "--unreadable: expected a number from 0 to 1, got 2"),
        (["--unreadable", "some"], "--unreadable: expected a number from 0 to 1, got some"),
        (["--days", "0"], "the period is 1 to 36525 days"),
        (["--start", "1950-01-01"], "from 2000-01-01 at the earliest"),
        (["--out", "history.csv"], "history.csv: unknown suffix of a history: expected .jsonl, "),
        (["--out", "nowhere/history.jsonl"], "No such file or directory"),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, list) else "",
)
def test_mistakes(changed: list[str], reported: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What is wrong is reported in a sentence, and the exit code is 2."""
    try:
        status = main(["--drafts", "1", "--seed", "1", "--out", "x.jsonl", *changed])
    except SystemExit as stopped:
        status = stopped.code  # type: ignore[assignment]  # argparse exits with a number
    assert status == 2
    assert reported in capsys.readouterr().err
    assert not Path("x.jsonl").exists()


@pytest.mark.parametrize(
    ("library", "form", "extra"), [("pyarrow.parquet", "parquet", "parquet"), ("zstandard", "jsonl.zst", "zstd")]
)
def test_missing_library(
    library: str, form: str, extra: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where a form needs what is not installed, the error names the extra to install, and no file is made."""
    monkeypatch.setitem(sys.modules, library, None)
    assert main(["--drafts", "1", "--seed", "1", "--out", f"history.{form}"]) == 2
    assert install_command(extra) in capsys.readouterr().err
    assert not Path(f"history.{form}").exists()


def test_shipped(tmp_path: Path) -> None:
    """The history that ships is what its page's command makes. How well it is compressed is up to the machine."""
    page = (SHIPPED / "README.md").read_text(encoding="utf-8")
    (line,) = [line for line in page.splitlines() if line.startswith("python -m rules_engine.testing.history")]
    *options, shipped = shlex.split(line)[3:]
    made = tmp_path / Path(shipped).name
    assert main([*options, str(made)]) == 0
    assert gzip.decompress(made.read_bytes()) == gzip.decompress((ROOT / shipped).read_bytes())

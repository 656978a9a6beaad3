"""Plans: the same files give the same plan, a changed file another one, and what cannot be read is told."""

import json
import os
import pickle
import sys
from pathlib import Path

import pytest
from attrs import asdict

from rules_engine.dryrun.history.files import Split
from rules_engine.dryrun.history.plan import Plan, plan, read_split
from rules_engine.dryrun.history.write import HistoryWriter

NAMES = ("a.jsonl", "b.jsonl.gz", "c.jsonl.zst", "d.parquet")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a directory with a history in every form."""
    for name in NAMES:
        with HistoryWriter(tmp_path / name) as writer:
            for number in range(3):
                writer.write({"id": f"{name}{number}"})
    (tmp_path / "e.json").write_text('{\n  "id": "e"\n}')
    return tmp_path


def test_every_form_of_a_directory(folder: Path) -> None:
    """A directory of every form is read whole, in the order of its files."""
    found = plan([str(folder)])
    assert [(Path(split.file).name, split.form) for split in found.splits] == [
        ("a.jsonl", "lines"),
        ("b.jsonl.gz", "gzip"),
        ("c.jsonl.zst", "zstd"),
        ("d.parquet", "parquet"),
        ("e.json", "document"),
    ]
    ids = [json.loads(record.document or b"")["id"] for split in found.splits for record in read_split(split)]  # type: ignore[arg-type]  # text, in each of these files
    assert ids == [f"{name}{number}" for name in NAMES for number in range(3)] + ["e"]


def test_places_are_unique(folder: Path) -> None:
    """No two records of a plan have one place, however it is split."""
    for split_bytes in (1, 1 << 25):
        splits = plan([str(folder)], split_bytes=split_bytes).splits
        places = [record.place for split in splits for record in read_split(split)]
        assert len(places) == 13
        assert len(set(places)) == 13


def test_splits_travel(folder: Path) -> None:
    """A split is the same after it was pickled, and after it was written as JSON."""
    for split in plan([str(folder)], split_bytes=1).splits:
        assert pickle.loads(pickle.dumps(split)) == split  # noqa: S301  # what was pickled a moment ago
        assert Split(**json.loads(json.dumps(asdict(split)))) == split
        assert isinstance(hash(split), int)


def test_fingerprints(folder: Path) -> None:
    """A plan has the same fingerprint until a file is changed, or is split otherwise."""
    first = plan([str(folder)])
    assert plan([str(folder)]).fingerprint() == first.fingerprint()
    prints = {first.fingerprint(), plan([str(folder)], split_bytes=1).fingerprint(), plan([]).fingerprint()}
    state = (folder / "a.jsonl").stat()
    (folder / "a.jsonl").write_bytes((folder / "a.jsonl").read_bytes().replace(b"0", b"9"))
    os.utime(folder / "a.jsonl", ns=(state.st_atime_ns, state.st_mtime_ns + 1))
    assert plan([str(folder)]).fingerprint() not in prints
    assert len(prints) == 3


@pytest.mark.parametrize(
    ("name", "library", "extra"),
    [("c.jsonl.zst", "zstandard", "zstd"), ("d.parquet", "pyarrow", "parquet")],
)
def test_missing_extras(name: str, library: str, extra: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A form whose library is not installed is a problem that says what to install, when planned and when read."""
    path = str(folder / name)
    (split,) = plan([path]).splits
    monkeypatch.setitem(sys.modules, library, None)
    problem = f"{library} is not installed: pip install 'rules-engine[{extra}]'"
    found = plan([path, str(folder / "a.jsonl")])
    assert [(one.place, one.problem) for one in found.problems] == [(path, problem)]
    assert len(found.splits) == 1
    (record,) = read_split(split)
    assert record.problem == problem


@pytest.mark.parametrize("name", ["empty.jsonl", "blank.jsonl"])
def test_nothing_to_read(name: str, tmp_path: Path) -> None:
    """A file without drafts is no problem and has no records."""
    path = tmp_path / name
    path.write_bytes(b"\n \r\n" if name == "blank.jsonl" else b"")
    found = plan([str(path)])
    assert [record for split in found.splits for record in read_split(split)] == []
    assert (found.problems, [file.size for file in found.files]) == ((), [path.stat().st_size])


def test_no_parquet_at_all(tmp_path: Path) -> None:
    """A file that only has the suffix is a problem of the plan."""
    path = tmp_path / "drafts.parquet"
    path.write_bytes(b"{}\n" * 9)
    (problem,) = plan([str(path)]).problems
    assert problem.problem == "not readable as Parquet: its footer is missing or broken"


def test_document_that_is_too_long(tmp_path: Path) -> None:
    """A file that is one document, and too long, is one problem."""
    path = tmp_path / "draft.json"
    with path.open("wb") as file:
        file.truncate(1 << 25)
    (split,) = plan([str(path)]).splits
    (record,) = read_split(split)
    assert (record.place, record.problem) == (str(path), "longer than 8388608 bytes: 33554432 to 67108864")


def test_empty_plan() -> None:
    """Of nothing there is nothing to read."""
    assert plan([]) == Plan(())

"""Which files a history is made of, and how they are cut: the same files give the same plan, each file once."""

import json
import os
import pickle
import sys
from pathlib import Path

import pytest
from attrs import asdict

from rules_engine.dryrun.history.files import FORMS, Problem, Split, find_files
from rules_engine.dryrun.history.plan import HistoryPlan, plan, read_split
from rules_engine.extras import install_command
from rules_engine.record_files import HistoryWriter
from tests.dryrun.samples import records_of

EXPECTED = "expected .jsonl, .ndjson, .jsonl.gz, .ndjson.gz, .jsonl.zst, .ndjson.zst, .parquet, .json"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a directory of files, which is the current one."""
    for name in (
        "b.jsonl",
        "a/z.json",
        "a/B.PARQUET",
        "a-b/c.ndjson.gz",
        "a/deep/er/x.jsonl.zst",
        "a/notes.txt",
        "_SUCCESS",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("paths", "found"),
    [
        (["."], ["./a/B.PARQUET", "./a/deep/er/x.jsonl.zst", "./a/z.json", "./a-b/c.ndjson.gz", "./b.jsonl"]),
        (["a"], ["a/B.PARQUET", "a/deep/er/x.jsonl.zst", "a/z.json"]),
        (["a/"], ["a/B.PARQUET", "a/deep/er/x.jsonl.zst", "a/z.json"]),
        (["*.jsonl"], ["b.jsonl"]),
        (["a*/*.*"], ["a/B.PARQUET", "a/z.json", "a-b/c.ndjson.gz"]),
        (["**/*.zst", "**"], ["a/deep/er/x.jsonl.zst", "a/B.PARQUET", "a/z.json", "a-b/c.ndjson.gz", "b.jsonl"]),
        (["a?b"], ["a-b/c.ndjson.gz"]),
        (
            ["b.jsonl", "a-b", "./b.jsonl", "*"],
            ["b.jsonl", "a-b/c.ndjson.gz", "a/B.PARQUET", "a/deep/er/x.jsonl.zst", "a/z.json"],
        ),
    ],
    ids=str,
)
def test_found(paths: list[str], found: list[str]) -> None:
    """What a path stands for is found in the order of the parts of the paths, each file where it is first named."""
    assert list(find_files(paths)) == found


def test_links_name_one_file(folder: Path) -> None:
    """A link to a file that was named before adds nothing."""
    (folder / "c.jsonl").symlink_to("b.jsonl")
    assert list(find_files(["b.jsonl", "c.jsonl"])) == ["b.jsonl"]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("gone.jsonl", "cannot be read: No such file or directory"),
        ("gone/*.jsonl", f"no history matches: {EXPECTED}"),
        ("a/*.txt", f"no history matches: {EXPECTED}"),
        ("a/notes.txt", f"unknown suffix: {EXPECTED}"),
        ("empty.jsonl", f"no history below: {EXPECTED}"),
        ("a\0b", "cannot be read: not a path"),
        ("pipe.jsonl", "not a regular file: standard input is read in its place"),
        ("dangling.jsonl", "cannot be read: No such file or directory"),
    ],
)
def test_problems(path: str, problem: str) -> None:
    """What is no history is one problem, which names what was given."""
    Path("empty.jsonl").mkdir()
    Path("dangling.jsonl").symlink_to("nowhere")
    os.mkfifo("pipe.jsonl")
    assert list(find_files([path])) == [Problem(path, problem)]


def test_a_name_with_the_signs_of_a_pattern(folder: Path) -> None:
    """A file that is there is meant, even where its name reads as a pattern."""
    (folder / "b[1].jsonl").touch()
    (folder / "b1.jsonl").touch()
    assert list(find_files(["b[1].jsonl"])) == ["b[1].jsonl"]


def test_every_suffix_has_one_form() -> None:
    """No suffix is the end of another one with another form."""
    clashes = [(one, other) for one in FORMS for other in FORMS if one != other and one.endswith(other)]
    assert clashes == []


NAMES = ("a.jsonl", "b.jsonl.gz", "c.jsonl.zst", "d.parquet")


@pytest.fixture
def histories(tmp_path: Path) -> Path:
    """Return a directory with a history in every form."""
    for name in NAMES:
        with HistoryWriter(tmp_path / name) as writer:
            for number in range(3):
                writer.write({"id": f"{name}{number}"})
    (tmp_path / "e.json").write_text('{\n  "id": "e"\n}')
    return tmp_path


def test_every_form_of_a_directory(histories: Path) -> None:
    """A directory of every form is read whole, in the order of its files."""
    found = plan([str(histories)])
    assert [(Path(split.file).name, split.form) for split in found.splits] == [
        ("a.jsonl", "lines"),
        ("b.jsonl.gz", "gzip"),
        ("c.jsonl.zst", "zstd"),
        ("d.parquet", "parquet"),
        ("e.json", "document"),
    ]
    ids = [json.loads(record.document or b"")["id"] for split in found.splits for record in read_split(split)]  # type: ignore[arg-type]  # text, in each of these files
    assert ids == [f"{name}{number}" for name in NAMES for number in range(3)] + ["e"]


def test_places_are_unique(histories: Path) -> None:
    """No two records of a plan have one place, however it is split."""
    for split_bytes in (1, 1 << 25):
        places = [record.place for record in records_of(histories, split_bytes)]
        assert len(places) == len(set(places)) == 13


def test_splits_travel(histories: Path) -> None:
    """A split is the same after it was pickled, and after it was written as JSON."""
    for split in plan([str(histories)], split_bytes=1).splits:
        assert pickle.loads(pickle.dumps(split)) == split  # noqa: S301  # what was pickled a moment ago
        assert Split(**json.loads(json.dumps(asdict(split)))) == split
        assert isinstance(hash(split), int)


def test_fingerprints(histories: Path) -> None:
    """A plan has the same fingerprint until a file is changed, or is split otherwise."""
    first = plan([str(histories)])
    assert plan([str(histories)]).fingerprint() == first.fingerprint()
    prints = {first.fingerprint(), plan([str(histories)], split_bytes=1).fingerprint(), plan([]).fingerprint()}
    state = (histories / "a.jsonl").stat()
    (histories / "a.jsonl").write_bytes((histories / "a.jsonl").read_bytes().replace(b"0", b"9"))
    os.utime(histories / "a.jsonl", ns=(state.st_atime_ns, state.st_mtime_ns + 1))
    assert plan([str(histories)]).fingerprint() not in prints
    assert len(prints) == 3
    assert plan([]) == HistoryPlan(())


@pytest.mark.parametrize(
    ("name", "library", "extra"),
    [("c.jsonl.zst", "zstandard", "zstd"), ("d.parquet", "pyarrow", "parquet")],
)
def test_missing_extras(name: str, library: str, extra: str, histories: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A form whose library is not installed is a problem that says what to install, when planned and when read."""
    path = str(histories / name)
    (split,) = plan([path]).splits
    monkeypatch.setitem(sys.modules, library, None)
    problem = f"{library} is not installed: {install_command(extra)}"
    found = plan([path, str(histories / "a.jsonl")])
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

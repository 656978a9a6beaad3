"""Which files a history is made of: directories, patterns and names, each file once and in one order."""

import os
from pathlib import Path

import pytest

from rules_engine.dryrun.history.files import FORMS, Problem, find_files

EXPECTED = "expected .jsonl, .ndjson, .jsonl.gz, .ndjson.gz, .jsonl.zst, .ndjson.zst, .parquet, .json"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a directory of files, which is the current one."""
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

"""Files of tests are read strictly: each way to break one is reported in one line, with file, line and column."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules_engine import PolicyError, Verdict
from rules_engine.analysis.suites import Suite, read_suites
from rules_engine.wire.json_text import read_json
from tests.analysis.policies import CLEAN, TOP, waiver, write

NAMED = 'policy = "shop.toml"\n'
WHOLE = """\
policy = "shop.toml"
[[tests]]
name = "whole"
draft = "clean.json"
codes = []
accepted = true
params = []
warnings = []
shadowed = []
waived = []
skipped = []
undecided = []
remove = ["/request/metadata/gone"]
sizes = { "/request/lineItems" = 2 }
changes = { "/request/metadata" = { gone = "" } }
"""
BROKEN = [
    ('policy = "shop.toml"', 'plicy = "shop.toml"', "1:1: unknown key plicy; did you mean policy?"),
    (NAMED, "", '1:1: policy must be a text that names a policy file, or is "default"'),
    ("shop.toml", "ship.toml", "ship.toml: cannot be read: No such file or directory"),
    ("shop.toml", "\\u0000", "\\x00: cannot be read: "),
    ('"shop.toml"', '"/shop.toml"', "1:10: /shop.toml must be named relative to this file"),
    (
        NAMED,
        f'{NAMED}policies = "."\nmerchant = "m"\nat = 2027-01-01T00:00:00Z\n',
        "1:1: a file of tests names one policy",
    ),
    (NAMED, f'{NAMED}merchant = "m"\n', "2:1: merchant chooses one of a directory of policies"),
    (NAMED, f"{NAMED}at = 2027-01-01T00:00:00Z\n", "2:1: at chooses one of a directory of policies"),
    (WHOLE.partition("\n")[2], "", "1:1: tests must be an array of tables, each headed [[tests]]"),
    (WHOLE.partition("\n")[2], "tests = 1\n", "2:1: tests must be an array of tables"),
    (WHOLE.partition("\n")[2], "tests = [1]\n", "2:10: expected a test, which is a table"),
    ("warnings", "warnigs", "8:1: unknown key warnigs; did you mean warnings?"),
    ('name = "whole"\n', "", "2:3: name must be a text that describes what is tested"),
    (
        'name = "whole"',
        'name = "whole"\ncodes = []\ndraft = "clean.json"\n[[tests]]\nname = "whole"',
        "7:8: the test at ",
    ),
    ('draft = "clean.json"\n', "", "2:3: draft must be a text that names a draft document"),
    ("clean.json", "cleen.json", "4:9: cleen.json: cannot be read: No such file or directory"),
    ("clean.json", "\\u0000", "4:9: "),
    ('"clean.json"', '"/clean.json"', "4:9: /clean.json must be named relative to this file"),
    ("clean.json", "shop.toml", "4:9: shop.toml: not JSON: Expecting value at line 1, column 1"),
    ("codes = []\n", "", "2:3: codes is missing: a test states which codes a verdict on the draft reports"),
    ("codes = []", 'codes = "[]"', "5:9: codes must be a list of codes"),
    ("codes = []", "codes = [1]", "5:9: codes must be a list of codes"),
    ("codes = []", 'codes = ["price_sold"]', "5:10: unknown code price_sold; did you mean price_sold_out?"),
    ("warnings = []", 'warnings = ["price_sold"]', "8:13: unknown code price_sold"),
    ("shadowed = []", 'shadowed = ["price_sold"]', "9:13: unknown code price_sold"),
    ("waived = []", 'waived = ["tell"]', "10:11: unknown waiver tell; did you mean till?"),
    ("skipped = []", 'skipped = ["price_sold"]', "11:12: unknown rule price_sold"),
    ("accepted = true", 'accepted = "yes"', "6:12: accepted must be true or false"),
    ("changes = {", "changes = [] #", "15:1: changes must be a table"),
    ('"/request/metadata" =', '"/reqest/metadata" =', "15:13: nothing stands at reqest"),
    ('{ gone = "" }', "2027-01-01", "15:13: expected an instant with an offset"),
    ("sizes = {", "sizes = [] #", "14:1: sizes must be a table"),
    ("= 2 }", '= "2" }', "14:34: a size must be an integer between 0 and 100000"),
    ("= 2 }", "= true }", "14:34: a size must be an integer between 0 and 100000"),
    ("= 2 }", "= -1 }", "14:34: a size must be an integer between 0 and 100000"),
    ("= 2 }", "= 100_001 }", "14:34: a size must be an integer between 0 and 100000"),
    ("lineItems", "lineItem", "14:11: nothing stands at /request/lineItem"),
    ('remove = ["/request/metadata/gone"]', 'remove = "/request"', "13:10: remove must be a list of pointers"),
    ("metadata/gone", "metadata/gne", "13:11: nothing stands at /request/metadata/gne"),
    (
        "changes = {",
        'changes = { "/facts/now" = 1,',
        "4:9: the draft cannot be read as the test changes it: /facts/now: ",
    ),
    ("[[tests]]", "[[tests]", "2:"),
]


def _refused(path: Path | str) -> list[str]:
    with pytest.raises(PolicyError) as refusal:
        read_suites([path])
    return [str(problem) for problem in refusal.value.problems]


def test_whole(tmp_path: Path) -> None:
    """A file that states everything is read, with the place of each test."""
    path = write(tmp_path, tests=WHOLE.removeprefix(NAMED))
    (suite,) = read_suites([path])
    (test,) = suite.tests
    assert (suite.source, suite.policy.id) == (str(path), "shop")
    assert (test.name, str(test.origin)) == ("whole", f"{path}:2:3")
    assert test.expected["accepted"] is True
    assert len(test.expected) == 8
    assert len(test.draft.request.line_items) == 2


@pytest.mark.parametrize(("old", "new", "problem"), BROKEN, ids=[problem for *_, problem in BROKEN])
def test_broken(tmp_path: Path, old: str, new: str, problem: str) -> None:
    """What is wrong is reported with its place, and with the nearest right name."""
    assert old in WHOLE
    write(tmp_path, waiver())
    path = tmp_path / "tests.toml"
    path.write_text(WHOLE.replace(old, new, 1), encoding="utf-8")
    lines = _refused(path)
    source = str(tmp_path / "tests.toml") if problem[0].isdigit() else str(tmp_path)
    assert any(line.startswith(f"{source}{':' if problem[0].isdigit() else os.sep}{problem}") for line in lines), lines


def test_every_problem_at_once(tmp_path: Path) -> None:
    """What is wrong with the policy and with every test is reported in one go, in the order of the file."""
    path = write(tmp_path, "[limits]\nmax_line_itmes = 3\n", "[[tests]]\ncode = []\n" * 2)
    lines = _refused(path)
    assert lines[0].startswith(f"{tmp_path / 'shop.toml'}:5:1: unknown limit max_line_itmes")
    assert [line.removeprefix(str(path)).partition(": ")[0] for line in lines[1:]] == [
        *(":2:3", ":2:3", ":2:3", ":3:1"),
        *(":4:3", ":4:3", ":4:3", ":5:1"),
    ]


def test_default_policy(tmp_path: Path) -> None:
    """The policy of the library is tested by its name."""
    (suite,) = read_suites([write(tmp_path, top='policy = "default"\n')])
    assert suite.policy.id == "default"


def _directory(folder: Path, tests: str = CLEAN) -> Path:
    (folder / "merchants").mkdir(parents=True)
    (folder / "tests").mkdir()
    head = TOP + 'merchant = "mer_1"\neffective_from = 2026-01-01T00:00:00Z\n'
    (folder / "merchants" / "shop.toml").write_text(head)
    top = 'policies = ".."\nmerchant = "mer_1"\nat = 2026-06-01T00:00:00Z\n'
    write(folder / "tests", tests=tests, top=top)
    (folder / "tests" / "shop.toml").unlink()
    return folder


def test_policy_of_a_merchant(tmp_path: Path) -> None:
    """The policy of a merchant at an instant is found in a directory of policies."""
    (suite,) = read_suites([_directory(tmp_path / "policies")])
    assert (suite.policy.id, suite.policy.merchant) == ("shop", "mer_1")
    assert suite.source == str(tmp_path / "policies" / "tests" / "tests.toml")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("at = 2026-06-01T00:00:00Z", "at = 2025-06-01T00:00:00Z", ":2:12: no policy of mer_1 applies at"),
        ("at = 2026-06-01T00:00:00Z\n", "", ":1:1: at must be an instant with an offset"),
        ('merchant = "mer_1"\n', "", ":1:1: merchant must be a text that is the id of an account"),
        ('policies = ".."', 'policies = "nowhere"', "/nowhere: cannot be read: No such file or directory"),
        ('policies = ".."', 'policies = "/"', ":1:12: / must be named relative to this file"),
    ],
)
def test_policy_that_no_merchant_has(tmp_path: Path, old: str, new: str, problem: str) -> None:
    """A merchant without a policy at the instant, and a directory that is none, are reported."""
    path = _directory(tmp_path / "policies") / "tests" / "tests.toml"
    path.write_text(path.read_text().replace(old, new))
    assert any(problem in line for line in _refused(path))


def test_directory_is_read_in_order(tmp_path: Path) -> None:
    """Of a directory, every file of tests in and below its folder is read, by path, and nothing else."""
    folder = _directory(tmp_path / "policies") / "tests"
    (folder / "a").mkdir()
    (folder / "notes.txt").write_text("no test")
    text = (folder / "tests.toml").read_text()
    (folder / "a" / "z.toml").write_text(text.replace('".."', '"../.."').replace("clean.json", "../clean.json"))
    suites = read_suites([folder.parent])
    assert [suite.source for suite in suites] == [str(folder / "a" / "z.toml"), str(folder / "tests.toml")]
    assert suites[0].policy is suites[1].policy


def test_directory_without_tests(tmp_path: Path) -> None:
    """A directory without tests is refused: a wrong path must not look tested."""
    assert _refused(tmp_path) == [f"{tmp_path}: there are no files of tests, tests/*.toml"]


def test_directory_that_cannot_be_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of tests that cannot be listed is reported, for its tests would look as if they had passed."""
    folder = _directory(tmp_path / "policies") / "tests" / "closed"
    folder.mkdir()
    listing = os.scandir

    def refusing(path: str) -> object:
        if Path(path) == folder:
            raise PermissionError(13, "Permission denied", str(path))
        return listing(path)

    monkeypatch.setattr(os, "scandir", refusing)
    assert _refused(tmp_path / "policies") == [f"{folder}: cannot be read: Permission denied"]


@pytest.mark.parametrize("name", ["nowhere.toml", "\0"])
def test_file_that_is_not_there(name: str) -> None:
    """A file that is not there, or that none can be called, is reported."""
    (line,) = _refused(name)
    assert "cannot be read" in line


def _read(text: str, folder: Path) -> tuple[Suite, ...] | None:
    path = folder / "tests.toml"
    path.write_text(text, encoding="utf-8", errors="replace", newline="")
    try:
        return read_suites([path])
    except PolicyError as refusal:
        problems = refusal.problems
    assert all(str(problem) and problem.source for problem in problems)
    return None


@given(st.data())
def test_nothing_crashes(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """Whatever a file holds, it is read or refused."""
    folder = tmp_path_factory.mktemp("fuzz")
    write(folder)
    start = data.draw(st.integers(0, len(WHOLE)))
    end = data.draw(st.integers(start, min(len(WHOLE), start + 20)))
    snippets = ("[[tests]]\n", "\x00", '"/request"', "{}", "[[]]", "1979-05-27", "nan", "'", "= 1\n", "-", "\\u0000")
    put = data.draw(st.one_of(st.text(max_size=5), st.sampled_from(snippets)))
    _read(WHOLE[:start] + put + WHOLE[end:], folder)


@pytest.mark.parametrize(
    "document", ["[]", "[" * 100_000, '{"version": 1}', '"x"', "", '{"facts": ' + "[" * 500 + "]" * 500 + "}"]
)
def test_hostile_drafts(tmp_path: Path, document: str) -> None:
    """A draft that is none is refused where the test names it."""
    path = write(tmp_path, tests=CLEAN + 'changes = { "/facts" = 1 }\n')
    (tmp_path / "clean.json").write_text(document)
    assert all(line.startswith(f"{path}:") for line in _refused(path))


def test_request_that_does_not_parse(tmp_path: Path) -> None:
    """A draft whose request the wire refuses is a test like any other."""
    path = write(tmp_path, tests=CLEAN.replace("[]", '["parameter_unknown"]') + 'changes = { "/request/x" = 1 }\n')
    (suite,) = read_suites([path])
    assert suite.tests[0].expected["codes"] == ("parameter_unknown",)
    assert not isinstance(suite.tests[0].draft, Verdict)


def test_one_draft_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many tests of one draft read its file once."""
    path = write(tmp_path, tests=CLEAN + CLEAN.replace('"clean"', '"again"'))
    read: list[str] = []

    def counted(text: bytes, *, largest: int) -> object:
        read.append(text.decode())
        return read_json(text, largest=largest)

    monkeypatch.setattr("rules_engine.analysis.suites.read_json", counted)
    (suite,) = read_suites([path])
    assert len(suite.tests) == 2
    assert len(read) == 1

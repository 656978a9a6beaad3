"""`rules-engine dry-run`."""

import gzip
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from rules_engine.dryrun.document import report_schema
from rules_engine.examples import changed, examples
from rules_engine.extras import install_command
from tests.cli.conftest import Run
from tests.dryrun.samples import SHIPPED, interrupted, shipped_documents, write_history

STRICT = str(SHIPPED / "strict.toml")
SIDES = ("--baseline", "default", "--candidate", STRICT)
ROOT = SHIPPED.parent


@pytest.fixture
def history(tmp_path: Path) -> str:
    """The shipped drafts, and a line that is none."""
    write_history(tmp_path / "drafts.jsonl")
    return "drafts.jsonl"


def test_json_follows_the_published_schema(run: Run, history: str) -> None:
    """The JSON of a run is what the schema describes, and nothing is lost in it."""
    ran = run("dry-run", history, *SIDES, "--format", "json", "--by", "merchant", "--jobs", "1")
    assert (ran.code, ran.err) == (0, "")
    document = json.loads(ran.out)
    jsonschema.validate(document, report_schema())
    assert document["read"] == len(list(shipped_documents())) + 1
    assert document["changes"]["unreadable"]["drafts"] == 1
    assert document["unreadable_samples"][0]["place"] == f"drafts.jsonl:{document['read']}"
    assert set(document["groups"]) == {"operation", "day", "currency", "merchant"}


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
def test_refused_keys(run: Run, tmp_path: Path, form: str) -> None:
    """Every form says how many records are refused for their facts, and for which keys, until these are known."""
    document = changed(examples()["create"], {"/facts/merchant/Id": 1, "/facts/merchant/sku": 1})
    (tmp_path / "drafts.jsonl").write_text(json.dumps(document) + "\n")
    asked = ("dry-run", "drafts.jsonl", *SIDES, "--jobs", "1", "--format", form)
    refused = run(*asked, "--fail-if", "invalid_facts > 0")
    assert (refused.code, "did you mean id?" in refused.out) == (1, True)
    known = run(*asked, "--known-keys", "Id", "--fail-if", "invalid_facts > 0")
    assert (known.code, "did you mean" in known.out) == (0, False)
    assert "sku" in run(*asked, "--known-keys", "Id", "--strict-facts").out


@pytest.mark.parametrize(
    ("form", "start"),
    [
        ("text", "strict against default\n"),
        ("jsonl", '{"kind": "summary"'),
        ("markdown", "## "),
        ("html", "<!DOCTYPE html>"),
    ],
)
def test_forms(run: Run, history: str, form: str, start: str) -> None:
    """Every form is written, and to a file as to standard output."""
    printed = run("dry-run", history, *SIDES, "--format", form, "--jobs", "1")
    assert (printed.code, printed.err) == (0, "")
    assert printed.out.startswith(start)
    written = run("dry-run", history, *SIDES, "--format", form, "--jobs", "1", "-o", "report")
    assert (written.code, written.out) == (0, "")
    assert Path("report").read_text(encoding="utf-8") == printed.out
    assert not Path("report.parts").exists()


@pytest.mark.slow
def test_standard_input(run: Run, history: str) -> None:
    """What is piped in is replayed, compressed or not; only the places are others."""
    plain = Path(history).read_bytes()
    from_file = run("dry-run", history, *SIDES, "--format", "json", "--jobs", "1").out
    for data in (plain, gzip.compress(plain)):
        piped = run("dry-run", "-", *SIDES, "--format", "json", stdin=data)
        assert piped.code == 0
        assert piped.out.replace("<stdin>", history) == from_file


@pytest.mark.parametrize(
    ("conditions", "code"),
    [
        (("newly_rejected > 0.1%",), 1),
        (("newly_rejected > 50%",), 0),
        (("newly_rejected > 50%", "unreadable > 0"), 1),
        (("gained(parameter_out_of_range) >= 1",), 1),
        (("gained(price_expired) >= 1",), 0),
    ],
)
def test_conditions(run: Run, history: str, conditions: tuple[str, ...], code: int) -> None:
    """A run ends with 1 where one of its conditions holds, and writes its report all the same."""
    asked = [part for condition in conditions for part in ("--fail-if", condition)]
    ran = run("dry-run", history, *SIDES, "--jobs", "1", *asked)
    assert ran.code == code
    assert ran.out.startswith("strict against default")
    assert all(condition in ran.out for condition in conditions)


@pytest.mark.parametrize("form", ["json", "jsonl", "html", "text", "markdown"])
def test_a_run_that_fails_says_why(run: Run, history: str, form: str) -> None:
    """Where the report goes into a file, or has no place for it, standard error says which condition holds."""
    asked = ("--jobs", "1", "--format", form, "--fail-if", "newly_rejected > 0.1%", "--fail-if", "unreadable > 1")
    said = r"fails: newly_rejected > 0\.1% \([0-9]+ drafts? of [0-9,]+\)\n"
    printed = run("dry-run", history, *SIDES, *asked)
    assert printed.code == 1
    if form in ("text", "markdown"):
        assert printed.err == ""
    else:
        assert re.fullmatch(said, printed.err)
    written = run("dry-run", history, *SIDES, *asked, "-o", "report")
    assert written.code == 1
    assert re.fullmatch(said, written.err)
    report = Path("report").read_text(encoding="utf-8")
    assert ("unreadable > 1" in report.replace("&gt;", ">")) is (form in ("text", "markdown", "html"))


@pytest.mark.parametrize("form", ["html", "text", "markdown"])
def test_groups(run: Run, history: str, form: str) -> None:
    """Every form for people has the groups that are asked for."""
    ran = run("dry-run", history, *SIDES, "--jobs", "1", "--format", form, "--by", "day", "--by", "merchant")
    assert ran.code == 0
    assert ran.out.index("By day") < ran.out.index("By merchant")


def test_where(run: Run, history: str) -> None:
    """Only the drafts that are meant are reported on; the others are counted as filtered out."""
    asked = ("--where", "operation=refund.create", "--format", "json", "--jobs", "1")
    document = json.loads(run("dry-run", history, *SIDES, *asked).out)
    assert list(document["groups"]["operation"]) == ["refund.create"]
    assert document["read"] + document["filtered_out"] == len(list(shipped_documents())) + 1
    assert document["where"] == "operation=refund.create"


def test_one_policy_against_what_was_recorded(run: Run, tmp_path: Path) -> None:
    """With one policy alone, its codes are compared with those that the history recorded."""
    documents = [json.loads(document) for document in shipped_documents()]
    for document in documents:
        document.pop("recorded", None)
    documents[0]["recorded"] = {"codes": ["price_expired", "acme.gone"]}
    (tmp_path / "one.jsonl").write_text("\n".join(json.dumps(document) for document in documents))
    report = json.loads(run("dry-run", "one.jsonl", "--candidate", "default", "--format", "json", "--jobs", "1").out)
    assert report["baseline"]["name"] == "recorded"
    assert report["unrecorded"] == len(documents) - 1
    changed = [each for each in report["transitions"] if each["before"] != each["after"]]
    assert [each["before"] for each in changed] == [["price_expired", "acme.gone"]]


@pytest.mark.slow
def test_a_set_of_policies(run: Run, history: str) -> None:
    """With a directory, each draft is judged by its merchant's own policy, and the candidate stands in for one."""
    for name in ("default.toml", "strict.toml"):
        Path("policies").mkdir(exist_ok=True)
        shutil.copy(SHIPPED / name, f"policies/{name}")
    shutil.copytree(SHIPPED / "merchants", "policies/merchants")
    same = run("dry-run", history, "--set", "policies", "--baseline", "policies", "--format", "json", "--jobs", "1")
    changes = json.loads(same.out)["changes"]
    assert changes["unchanged"]["drafts"] + changes["undecided"]["drafts"] + 1 == json.loads(same.out)["read"]
    Path("candidate.toml").write_text(
        'schema_version = 1\nid = "next"\nmerchant = "mer_pottery"\nextends = "default"\n[limits]\nmax_line_items = 1\n'
    )
    asked = ("--set", "policies", "--candidate", "candidate.toml", "--format", "json", "--jobs", "1")
    document = json.loads(run("dry-run", history, *asked).out)
    assert document["baseline"]["name"] == "policies"
    assert document["candidate"]["name"].startswith("policies with ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "nothing to replay"),
        (("drafts.jsonl",), "no policy is given"),
        (("drafts.jsonl", *SIDES, "--jobs", "0"), "--jobs must be 1 or more"),
        (("drafts.jsonl", *SIDES, "--sample", "-1"), "--sample must be from 0 to 1000, got -1"),
        (("drafts.jsonl", *SIDES, "--sample", "1001"), "--sample must be from 0 to 1000, got 1001"),
        (("drafts.jsonl", *SIDES, "--seed", "-1"), "--seed must be from 0 to 18446744073709551615, got -1"),
        (("drafts.jsonl", *SIDES, "--seed", str(1 << 64)), "--seed must be from 0 to 18446744073709551615"),
        (("drafts.jsonl", *SIDES, "--master", "spark://host:7077"), "give --engine spark with it"),
        (("-", *SIDES, "--engine", "spark"), "standard input is replayed on this machine"),
        (("drafts.jsonl", *SIDES, "--resume"), "give the same --output"),
        (("-", *SIDES, "-o", "out", "--resume"), "standard input is replayed alone"),
        (("drafts.jsonl", *SIDES, "-o", "drafts.jsonl"), "would overwrite drafts.jsonl"),
        (("drafts.jsonl", *SIDES, "--fail-if", "newly_refused > 1"), "did you mean newly_rejected?"),
        (("drafts.jsonl", *SIDES, "--fail-if", "many"), "expected a condition such as"),
        (("drafts.jsonl", *SIDES, "--where", "merchnt=a"), "did you mean merchant?"),
        (("drafts.jsonl", *SIDES, "--where", "since=yesterday"), "since must be a day in UTC"),
        (("drafts.jsonl", "--candidate", "gone.toml"), "gone.toml"),
    ],
)
def test_wrong_usage(run: Run, history: str, arguments: tuple[str, ...], said: str) -> None:
    """Wrong arguments are refused at once, and nothing is written."""
    before = Path(history).read_bytes()
    ran = run("dry-run", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert Path(history).read_bytes() == before


def test_what_is_no_history(run: Run, history: str) -> None:
    """A path that leads nowhere is one record that cannot be read, and a part of the history that is missing."""
    ran = run("dry-run", "gone.jsonl", history, *SIDES, "--format", "json")
    assert ran.code == 2
    report = json.loads(ran.out)
    assert "gone.jsonl" in [sample["place"] for sample in report["unreadable_samples"]]
    assert [lost["place"] for lost in report["lost"]] == ["gone.jsonl"]
    assert not report["complete"]


@pytest.mark.parametrize("more", [(), ("--fail-if", "newly_rejected > 99%")])
def test_a_history_that_is_cut_off_never_passes(run: Run, history: str, more: tuple[str, ...]) -> None:
    """Where it is unknown how many records are lost, the run says so, whatever is asked of the others."""
    Path("drafts.jsonl.gz").write_bytes(gzip.compress(Path(history).read_bytes())[:-2_000])
    ran = run("dry-run", "drafts.jsonl.gz", *SIDES, *more)
    assert ran.code == 2
    assert "1 part of the history could not be replayed" in ran.out
    assert "the gzip data ends early: what follows is lost" in ran.out


@pytest.mark.parametrize("name", ["empty.jsonl", "empty.jsonl.gz"])
def test_an_empty_file_is_an_empty_history(run: Run, name: str) -> None:
    """A file without a record is replayed like any other, compressed or not: a report of nothing."""
    Path(name).write_bytes(gzip.compress(b"") if name.endswith("gz") else b"")
    ran = run("dry-run", name, *SIDES, "--format", "json", "-o", "report")
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(Path("report").read_text(encoding="utf-8"))["read"] == 0


@pytest.mark.slow
def test_a_killed_command_goes_on(tmp_path: Path, history: str) -> None:
    """After a kill, the same command with --resume writes what an unbroken run writes, and refuses other policies."""
    for number in range(12):
        shutil.copy(tmp_path / history, tmp_path / f"{number}.jsonl")
    (tmp_path / history).unlink()
    shown = (sys.executable, "-m", "rules_engine", "dry-run", "*.jsonl", "--jobs", "2", "--format", "json")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}

    def ended(*more: str) -> "subprocess.CompletedProcess[bytes]":
        return subprocess.run((*shown, *more), cwd=tmp_path, env=environment, check=False, capture_output=True)  # noqa: S603  # this package's command

    assert ended(*SIDES, "-o", "unbroken").returncode == 0
    with subprocess.Popen((*shown, *SIDES, "-o", "report"), cwd=tmp_path, env=environment) as killed:  # noqa: S603  # the same
        while not list((tmp_path / "report.parts").glob("*.json")):
            assert killed.poll() is None, "it ended before it could be killed"
        killed.kill()
    assert not (tmp_path / "report").exists()
    other = ended("--candidate", STRICT, "-o", "report", "--resume")
    assert other.returncode == 2
    assert b"with other policies or other options" in other.stderr
    assert ended(*SIDES, "-o", "report", "--resume").returncode == 0
    assert (tmp_path / "report").read_bytes() == (tmp_path / "unbroken").read_bytes()
    assert not (tmp_path / "report.parts").exists()


@pytest.mark.slow
@pytest.mark.parametrize("deadly", [signal.SIGKILL, signal.SIGTERM])
def test_workers_end_with_their_parent(tmp_path: Path, history: str, deadly: signal.Signals) -> None:
    """However a run is ended, none of its processes goes on: whoever reads what they would write sees the end of it."""
    shutil.copy(tmp_path / history, tmp_path / "more.jsonl")
    command = (sys.executable, "-m", "rules_engine", "dry-run", ".", *SIDES, "--jobs", "2", "-o", "report")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE) as run:  # noqa: S603  # this package's command
        while not list((tmp_path / "report.parts").glob("*.json")):
            assert run.poll() is None, "it ended before it could be killed"
        run.send_signal(deadly)
        run.communicate(timeout=60)
    assert run.returncode == -deadly


@pytest.mark.parametrize(
    ("library", "option", "extra"), [("pyspark.sql", "--engine", "spark"), ("jinja2", "--format", "html")]
)
@pytest.mark.usefixtures("history")
def test_without_an_extra(run: Run, monkeypatch: pytest.MonkeyPatch, library: str, option: str, extra: str) -> None:
    """Where a library is not installed, the command says how to get it."""
    monkeypatch.setitem(sys.modules, library, None)
    ran = run("dry-run", "drafts.jsonl", *SIDES, option, extra)
    assert (ran.code, ran.out) == (2, "")
    assert f"{option} {extra}: " in ran.err
    assert install_command(extra) in ran.err


def test_an_interrupted_run(run: Run, history: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends a run with 130, a report that says so, and the parts that are done."""
    shutil.copy(history, "other.jsonl")
    monkeypatch.setattr("rules_engine.cli.dry_run.app.replay_locally", interrupted)
    ran = run("dry-run", history, "other.jsonl", *SIDES, "--jobs", "1", "--format", "json", "-o", "report")
    assert ran.code == 130
    document = json.loads(Path("report").read_text())
    assert (document["complete"], document["unfinished"]) == (False, 1)
    assert len(list(Path("report.parts").glob("*.json"))) == 1


@pytest.mark.slow
def test_the_script_is_the_command(tmp_path: Path, history: str) -> None:
    """`policies/dry_run.py` does what `rules-engine dry-run` does."""
    outputs = [
        subprocess.run(  # noqa: S603  # this package's programs
            [sys.executable, *program, history, *SIDES, "--jobs", "1"],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=True,
        ).stdout
        for program in ((str(SHIPPED / "dry_run.py"),), ("-m", "rules_engine", "dry-run"))
    ]
    assert outputs[0] == outputs[1] != b""

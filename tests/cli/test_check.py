"""`rules-engine check`: what is judged, what cannot be read, and the exit code."""

import json
import os
from pathlib import Path
from typing import Any, get_args

import pytest

from rules_engine.cli.reports import CheckForm
from tests.cli.conftest import Run, results
from tests.cli.policy_files import write
from tests.cli.samples import NOW, as_lines, clean, price_gone, sold_out, undecided


def put(*paths: str) -> None:
    """Write an accepted draft to each path."""
    for path in map(Path, paths):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(clean()))


@pytest.mark.parametrize("form", get_args(CheckForm))
@pytest.mark.parametrize(
    ("documents", "code"),
    [
        ((), 0),
        ((clean(),), 0),
        ((clean(), sold_out()), 1),
        ((undecided(), clean()), 1),
        ((sold_out(), "{", clean()), 2),
        ((clean(), "[1]"), 2),
        ((clean(), {"version": 1}), 2),
    ],
    ids=["nothing", "clean", "refused", "undecided", "not JSON", "no object", "no draft"],
)
def test_exit_code(run: Run, form: str, documents: tuple[Any, ...], code: int) -> None:
    """The exit code is that of the worst document, whatever the form; so it is where the report goes to a file."""
    stdin = as_lines(*documents)
    printed = run("check", "-", "--format", form, stdin=stdin)
    assert printed.code == code
    ran = run("check", "-", "--format", form, "--output", "report", stdin=stdin)
    assert (ran.code, ran.out, ran.err, Path("report").read_text()) == (code, "", "", printed.out)


def test_bad_line_between_good_ones(run: Run) -> None:
    """A line that is not JSON is reported with its number, and the lines around it are judged."""
    Path("log.jsonl").write_bytes(as_lines(clean("a"), "", "{oops", sold_out("b")))
    first, bad, last = results(run, "log.jsonl")
    assert (first["line"], first["id"], first["accepted"]) == (1, "a", True)
    assert bad == {
        "file": "log.jsonl",
        "line": 3,
        "id": None,
        "error": "not JSON: Expecting property name enclosed in double quotes at column 2",
        "pointer": None,
    }
    assert (last["line"], last["id"], last["codes"]) == (4, "b", ["price_sold_out"])


def test_malformed_draft_is_named(run: Run) -> None:
    """A document that is no draft is reported with its id and the pointer to what is wrong; one may be no object."""
    document = clean("d_1")
    document["facts"]["now"] = "yesterday"
    result, text = results(run, stdin=as_lines(document, '"{}"'))
    assert (result["id"], result["pointer"]) == ("d_1", "/facts/now")
    assert result["error"].startswith("expected an RFC 3339 instant")
    assert text["error"] == "expected an object, one draft document"


def test_missing_file_does_not_stop_the_others(run: Run) -> None:
    """A file that is not there is reported under its name, and the next file is judged."""
    put("b.json")
    missing, judged = results(run, "a.json", "b.json")
    assert (missing["file"], missing["error"]) == ("a.json", "cannot be read: No such file or directory")
    assert judged["accepted"]


def test_directory_is_read_in_order_of_paths(run: Run) -> None:
    """Of a directory, every JSON and JSON Lines file below it is read, by path, and nothing else."""
    put(
        *(
            f"drafts/{name}"
            for name in ("b.json", "a-b/x.json", "a/z.NDJSON", "a/b.jsonl", "a/b.json.expected", "c.txt")
        )
    )
    read = [result["file"] for result in results(run, "drafts")]
    assert read == [str(Path("drafts", name)) for name in ("a/b.jsonl", "a/z.NDJSON", "a-b/x.json", "b.json")]


def test_directory_without_drafts(run: Run) -> None:
    """A directory that holds no draft is unreadable: a wrong path must not look clean."""
    Path("drafts").mkdir()
    ran = run("check", "drafts")
    assert ran.code == 2
    assert ran.out.startswith("drafts unreadable no draft document below")


def test_directory_that_cannot_be_listed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A directory below that cannot be listed is reported, and what else is there is judged."""
    put("drafts/a.json", "drafts/locked/b.json")
    listing = os.scandir
    locked = os.path.join("drafts", "locked")  # noqa: PTH118  # the path as the walk spells it

    def refusing(path: str) -> Any:
        if path == locked:
            raise PermissionError(13, "Permission denied", path)
        return listing(path)

    monkeypatch.setattr(os, "scandir", refusing)
    unreadable, judged = results(run, "drafts")
    assert (unreadable["file"], unreadable["error"]) == (locked, "cannot be read: Permission denied")
    assert judged["accepted"]


def test_report_within_the_checked_directory(run: Run) -> None:
    """A report that is written into the directory it reports on is not read as a draft."""
    put("drafts/a.json")
    Path("drafts/report.json").write_text("of last time")
    assert run("check", "drafts", "--format", "json", "-o", "drafts/report.json").code == 0
    assert json.loads(Path("drafts/report.json").read_text())["summary"]["drafts"] == 1


def test_report_over_an_input(run: Run) -> None:
    """A report that would overwrite a draft is refused, and the draft is left alone."""
    put("a.json")
    content = Path("a.json").read_bytes()
    ran = run("check", "a.json", "-o", "./a.json")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "rules-engine: the report would overwrite ./a.json, which is to be checked\n"
    assert Path("a.json").read_bytes() == content


def test_hyphen_as_output(run: Run) -> None:
    """A hyphen as output is standard output."""
    assert run("check", "-o", "-", stdin=as_lines(clean())).out.startswith("<stdin> accepted")
    assert not list(Path().iterdir())


def test_report_that_cannot_be_written(run: Run) -> None:
    """An output file that cannot be opened is a plain sentence and exit code 2."""
    ran = run("check", "-o", "nowhere/report", stdin=as_lines(clean()))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "rules-engine: cannot write nowhere/report: No such file or directory\n"


@pytest.mark.parametrize("stdin", [None, b""], ids=["nothing is piped", "an empty pipe"])
def test_nothing_to_check(run: Run, stdin: bytes | None) -> None:
    """Without a path and without drafts on standard input, there is nothing to check: wrong usage."""
    ran = run("check", stdin=stdin)
    assert ran.code == 2
    assert ran.err.startswith("rules-engine: nothing to check: ")


def test_process_without_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard input can be read once, and may be missing."""

    class Gone:
        def __get__(self, *_: object) -> None:
            return None

    assert run("check", "-", "-").err == "rules-engine: standard input can be read once\n"
    monkeypatch.setattr("rules_engine.cli.documents.sys", type("Without", (), {"stdin": Gone()})())
    assert run("check", "-").out.startswith("<stdin> unreadable cannot be read: there is no standard input\n")


def test_policy_file(run: Run) -> None:
    """A policy file takes the place of the default policy."""
    path = write("shop.toml", '[rules]\nprice_sold_out = { mode = "warn" }\n')
    (result,) = results(run, "--policy", path, stdin=as_lines(sold_out()))
    assert (result["policy"], result["accepted"], result["warnings"][0]["code"]) == ("shop", True, "price_sold_out")


def test_policy_file_with_errors(run: Run) -> None:
    """Every problem of a policy file is printed with file, line and column, and nothing is judged."""
    path = write("shop.toml", "[rules]\nprice_soldout = {}\n[limits]\nmax_quantity = 0\n")
    ran = run("check", "--policy", path, stdin=as_lines(clean()))
    assert (ran.code, ran.out) == (2, "")
    first, second = ran.err.splitlines()
    assert first == "shop.toml:5:1: unknown rule price_soldout; did you mean price_sold_out?"
    assert second.startswith("shop.toml:7:16: max_quantity must ")
    ran = run("check", "--policy", "nowhere.toml", stdin=as_lines(clean()))
    assert (ran.code, ran.err) == (2, "nowhere.toml: cannot be read: No such file or directory\n")


def test_file_whose_name_starts_with_a_hyphen(run: Run) -> None:
    """After two hyphens, a name that starts with one is a file."""
    Path("-a.json").write_text(json.dumps(price_gone()))
    assert results(run, "--", "-a.json")[0]["codes"] == ["resource_missing"]


_OF_ONE = 'merchant = "mer_1"\neffective_until = 2026-12-01T00:00:00Z\n[limits]\nmax_line_items = 1\n'


def _of(merchant: str, now: str = NOW) -> dict[str, Any]:
    """Return a draft of a merchant with two lines."""
    document = clean(lineItems=[{"price": "price_mug", "quantity": 1}] * 2)
    document["facts"] |= {"now": now, "merchant": {**document["facts"]["merchant"], "id": merchant}}
    return document


@pytest.mark.parametrize(
    ("document", "options", "codes"),
    [
        (_of("mer_1"), (), ["parameter_out_of_range"]),
        (_of("mer_2"), (), []),
        (_of("mer_2"), ("--for", "mer_1"), ["parameter_out_of_range"]),
        (_of("mer_1"), ("--for", "mer_2"), []),
    ],
    ids=["its own", "of no policy", "of another by --for", "of the default by --for"],
)
def test_directory_of_policies(run: Run, document: Any, options: tuple[str, ...], codes: list[str]) -> None:
    """With --set, a draft is judged by its merchant's policy, or by that of the merchant that --for names."""
    write("set/merchants/one.toml", _OF_ONE)
    Path("a.json").write_text(json.dumps(document))
    (result,) = results(run, "a.json", "--set", "set", *options)
    assert result["codes"] == codes


def test_no_policy_applies(run: Run) -> None:
    """With --set, a draft from outside the windows of its merchant's policies is no verdict but a problem."""
    write("set/merchants/one.toml", _OF_ONE)
    Path("log.jsonl").write_bytes(as_lines(_of("mer_1", "2027-01-01T00:00:00Z"), clean("b")))
    late, judged = results(run, "log.jsonl", "--set", "set")
    assert (late["pointer"], late["error"].partition(";")[0]) == (
        "/facts/now",
        "no policy of mer_1 applies at 2027-01-01T00:00:00Z",
    )
    assert judged["accepted"]


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (("--for", "mer_1"), "--for is the merchant whose policies judge: give a directory of policies with --set"),
        (("--policy", "p.toml", "--set", "set"), "--policy and --set exclude each other: both say which policy judges"),
    ],
)
def test_options_that_exclude_each_other(run: Run, options: tuple[str, ...], problem: str) -> None:
    """Options that leave open which policy judges are wrong usage."""
    assert run("check", *options, stdin=as_lines(clean())).err == f"rules-engine: {problem}\n"

"""The forms for machines: concise, json, jsonl and github."""

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules_engine.cli.documents import Place, Unreadable
from rules_engine.cli.reports import REPORTS
from rules_engine.cli.results import Judged, Summary
from rules_engine.codes import CATALOGUE
from rules_engine.rules.price import price_sold_out
from rules_engine.violation import Verdict, Violation
from tests.cli.conftest import Run
from tests.cli.samples import as_lines, clean, sold_out, undecided, unknown

LOG = as_lines(clean("a"), sold_out("b"), undecided("c"), "{", clean("e"))

NOT_JSON = "not JSON: Expecting property name enclosed in double quotes at column 2"


@pytest.fixture
def log() -> str:
    """Write a log with a draft of each fate, and give its name."""
    Path("log.jsonl").write_bytes(LOG)
    return "log.jsonl"


def test_concise(run: Run, log: str) -> None:
    """Each violation is one line, an undecided and an unreadable draft are one too, an accepted one is none."""
    assert run("check", "--format", "concise", log).out.splitlines() == [
        f"log.jsonl:2: price_sold_out lineItems[0].price {price_sold_out.sentence}",
        "log.jsonl:3: undecided - Look up: prices[price_bowl].",
        f"log.jsonl:4: unreadable - {NOT_JSON}",
    ]


def test_concise_without_a_line(run: Run) -> None:
    """A document that is a whole file has no line number, and a violation without a param has a hyphen."""
    Path("a.json").write_text(json.dumps(clean() | {"request": []}))
    out = run("check", "--format", "concise", "a.json").out
    assert out.startswith("a.json: invalid_request - The request body ")


def test_json(run: Run, log: str) -> None:
    """The JSON form is one object with its version, the results in order and the counts."""
    report = json.loads(run("check", "--format", "json", log).out)
    assert list(report) == ["format_version", "results", "summary"]
    assert report["format_version"] == 1
    assert [result["line"] for result in report["results"]] == [1, 2, 3, 4, 5]
    assert report["summary"] == {"drafts": 4, "accepted": 2, "refused": 1, "undecided": 1, "unreadable": 1, "waived": 0}


def test_json_of_nothing(run: Run) -> None:
    """Without a single document, the JSON form is still an object with an empty list."""
    report = json.loads(run("check", "-", "--format", "json", stdin=b"").out)
    assert report["results"] == []
    assert report["summary"]["drafts"] == 0


def test_json_lines(run: Run, log: str) -> None:
    """The JSON Lines form has the results of the JSON form, one a line, and nothing else."""
    lines = run("check", "--format", "jsonl", log).out.splitlines()
    assert [json.loads(line) for line in lines] == json.loads(run("check", "--format", "json", log).out)["results"]


def test_result_of_a_draft(run: Run, log: str) -> None:
    """A result says where the draft stands, what it is called, and everything its verdict says."""
    result = json.loads(run("check", "--format", "jsonl", log).out.splitlines()[1])
    assert result == {
        "file": "log.jsonl",
        "line": 2,
        "id": "b",
        "operation": "session.create",
        "policy": "default",
        "accepted": False,
        "codes": ["price_sold_out"],
        "violations": [
            {
                "code": "price_sold_out",
                "type": "invalid_request_error",
                "http_status": 400,
                "rule": "price_sold_out",
                "param": "lineItems[0].price",
                "pointer": "/request/lineItems/0/price",
                "message": price_sold_out.sentence,
                "evidence": {"price": "price_mug", "stock": 4, "requested": 5},
                "doc_url": "https://docs.xpay.app/integrate/errors/api-error-codes#price_sold_out",
            }
        ],
        "warnings": [],
        "shadowed": [],
        "waived": [],
        "skipped": [],
        "undecided": [],
        "required_facts": [],
        "faults": [],
    }


def test_json_is_ascii(run: Run) -> None:
    """JSON is written in ASCII, so that no terminal, encoding or lone surrogate matters."""
    name = "\ud800\x1b[31m قهوة"
    out = run("check", "--format", "jsonl", stdin=as_lines(clean(name))).out
    assert out.isascii()
    assert json.loads(out)["id"] == name


def test_results_are_written_one_by_one(run: Run, log: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each result is written before the next document is judged, so that memory does not grow with the log."""
    events: list[str] = []
    form = REPORTS["jsonl"]

    class Noted:
        def __init__(self, stream: Any) -> None:
            self.report = form(stream)

        def add(self, result: Any) -> None:
            events.append(f"written {result.place.line}")
            self.report.add(result)

        def close(self, summary: Summary) -> None:
            self.report.close(summary)

    def noting(*_: Any, **__: Any) -> Any:
        for line in range(1, 4):
            events.append(f"read {line}")
            yield Unreadable(Place(log, line), "noted")

    monkeypatch.setattr("rules_engine.cli.check.REPORTS", {"jsonl": Noted})
    monkeypatch.setattr("rules_engine.cli.check.read_documents", noting)
    run("check", "--format", "jsonl", log)
    assert events == ["read 1", "written 1", "read 2", "written 2", "read 3", "written 3"]


def test_github(run: Run, log: str) -> None:
    """Violations, undecided and unreadable drafts are annotations at their file and line."""
    assert run("check", "--format", "github", log).out.splitlines() == [
        f"::error file=log.jsonl,line=2,title=price_sold_out::lineItems[0].price: {price_sold_out.sentence}",
        "::error file=log.jsonl,line=3,title=undecided::Look up: prices[price_bowl].",
        f"::error file=log.jsonl,line=4,title=unreadable::{NOT_JSON}",
    ]


def test_github_warning(run: Run) -> None:
    """A warning annotates as a warning, at line 1 of a file that is one document."""
    Path("shop.toml").write_text(
        'schema_version = 1\nid = "shop"\nextends = "default"\n[rules]\nprice_sold_out = { mode = "warn" }\n'
    )
    Path("a.json").write_text(json.dumps(sold_out()))
    ran = run("check", "--format", "github", "--policy", "shop.toml", "a.json")
    assert ran.code == 0
    assert ran.out.startswith("::warning file=a.json,line=1,title=price_sold_out::lineItems[0].price: The price ")


def test_github_without_a_file(run: Run) -> None:
    """Standard input is no file to annotate."""
    out = run("check", "--format", "github", stdin=as_lines(sold_out())).out
    assert out.startswith("::error line=1,title=price_sold_out::")


@pytest.mark.parametrize(
    ("text", "in_message", "in_property"),
    [
        ("50%", "50%25", "50%25"),
        ("a\r\nb", "a%0D%0Ab", "a%0D%0Ab"),
        ("a:b,c", "a:b,c", "a%3Ab%2Cc"),
        ("%0A", "%250A", "%250A"),
        ("\x1b[31m", "\\x1b[31m", "\\x1b[31m"),
    ],
)
def test_github_escaping(run: Run, text: str, in_message: str, in_property: str) -> None:
    """Percent signs and line ends are escaped everywhere, colons and commas in properties only."""
    Path(text).write_bytes(as_lines(unknown(text), clean()))
    (line,) = run("check", "--format", "github", text).out.splitlines()
    assert line.startswith(f"::error file={in_property},line=1,title=parameter_unknown::{in_message}: Unknown ")


def _refused(text: str) -> Judged:
    code = CATALOGUE["parameter_unknown"]
    violation = Violation(code, None, text, "/request", text, {"expected": text, "among": (text, text)})
    return Judged(Place("a.jsonl", 3), text, Verdict("session.create", "default", (violation,)))


@settings(deadline=None)  # a busy machine is slow, not wrong
@given(st.text(), st.sampled_from(["text", "concise", "github", "json", "jsonl"]))
def test_any_text_stays_within_its_lines(text: str, form: str) -> None:
    """Whatever a draft says, each form writes the same number of lines, and only printable characters."""
    stream, plain = io.StringIO(), io.StringIO()
    for output, said in ((stream, text), (plain, "x")):
        report = REPORTS[form](output)
        report.add(_refused(said))
        report.close(Summary())
    lines = stream.getvalue().split("\n")
    assert len(lines) == len(plain.getvalue().split("\n"))
    assert all(line.isprintable() for line in lines)


@settings(deadline=None)  # a busy machine is slow, not wrong
@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"], include_characters="%:,\r\n")))
def test_github_message_can_be_read_back(text: str) -> None:
    """Undoing the documented escapes gives the message again."""
    stream = io.StringIO()
    REPORTS["github"](stream).add(Unreadable(Place("a:,%.json"), text))
    matched = re.fullmatch("::error file=([^:,]*),line=1,title=unreadable::(.*)\n", stream.getvalue())
    assert matched
    file, message = (
        part.replace("%3A", ":").replace("%2C", ",").replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
        for part in matched.groups()
    )
    assert file == "a:,%.json"
    # A colon or comma in a message is never escaped, so undoing those escapes there could not have changed it.
    assert message == text

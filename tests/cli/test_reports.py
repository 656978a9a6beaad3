"""The forms of a report: text for people; concise, json, jsonl and github for programs."""

import io
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules_engine.cli.documents import DocumentPlace, Unreadable
from rules_engine.cli.reports import CheckedDraft, CheckForm, CheckReport
from rules_engine.codes import CATALOGUE
from rules_engine.rules.price import price_sold_out
from rules_engine.violation import Evidence, Fault, Mode, Verdict, Violation
from tests.cli.conftest import Run
from tests.cli.policy_files import write
from tests.cli.samples import NOW, as_lines, clean, price_gone, sold_out, undecided, unknown

FORMS: tuple[CheckForm, ...] = ("text", "concise", "github", "json", "jsonl")
LOG = as_lines(clean("a"), sold_out("b"), undecided("c"), "{", clean("e"))
NOT_JSON = "not JSON: Expecting property name enclosed in double quotes at column 2"
SOLD_OUT = price_sold_out.message_of({"price": "price_mug", "stock": 4, "requested": 5})
EVIDENCE = "price = price_mug, stock = 4, requested = 5"
WARN = "[rules]\nprice_sold_out = { mode = 'warn' }\n"
WAIVER = (
    "[[waivers]]\ncode = 'price_sold_out'\nmatch = { operation = 'session.create' }\n"
    "expires = 2027-01-01T00:00:00Z\nreason = 'More come on Monday'\n"
)
ESCAPE = "\x1b"


@pytest.fixture
def log() -> str:
    """Write a log with a draft of each outcome, and return its name."""
    Path("log.jsonl").write_bytes(LOG)
    return "log.jsonl"


def rendered(form: CheckForm, *results: CheckedDraft | Unreadable) -> str:
    """Return a report of some results, without what comes last."""
    stream = io.StringIO()
    report = CheckReport(form, stream)
    for result in results:
        report.add(result)
    return stream.getvalue()


def test_text(run: Run, log: str) -> None:
    """A finding is a line `PLACE CODE MESSAGE`, with its evidence below it; the counts come last."""
    ran = run("check", log)
    lines = ran.out.splitlines()
    assert lines[:6] == [
        "log.jsonl:1 accepted session.create a",
        f"log.jsonl:2 price_sold_out {SOLD_OUT}",
        "  at lineItems[0].price in session.create b",
        f"  {EVIDENCE}",
        "log.jsonl:3 undecided Facts are missing: prices[price_bowl].",
        "  in session.create c",
    ]
    assert lines[6].startswith("  undecided: price_missing, price_inactive, ")
    assert lines[7:] == [
        f"log.jsonl:4 unreadable {NOT_JSON}",
        "log.jsonl:5 accepted session.create e",
        "4 drafts: 2 accepted, 1 refused, 1 undecided; 1 unreadable",
    ]
    assert ran.err == ""


def test_concise(run: Run, log: str) -> None:
    """A violation, an undecided and an unreadable draft are one line each, an accepted one is none."""
    assert run("check", "--format", "concise", log).out.splitlines() == [
        f"log.jsonl:2: price_sold_out lineItems[0].price {SOLD_OUT}",
        "log.jsonl:3: undecided - Facts are missing: prices[price_bowl].",
        f"log.jsonl:4: unreadable - {NOT_JSON}",
    ]


def test_github(run: Run, log: str) -> None:
    """Violations, undecided and unreadable drafts are annotations at their file and line."""
    assert run("check", "--format", "github", log).out.splitlines() == [
        f"::error file=log.jsonl,line=2,title=price_sold_out::lineItems[0].price: {SOLD_OUT}",
        "::error file=log.jsonl,line=3,title=undecided::Facts are missing: prices[price_bowl].",
        f"::error file=log.jsonl,line=4,title=unreadable::{NOT_JSON}",
    ]


def test_json(run: Run, log: str) -> None:
    """The JSON form has its version, the results in order, and the counts; JSON Lines have the results alone."""
    report = json.loads(run("check", "--format", "json", log).out)
    assert list(report) == ["format_version", "results", "summary"]
    assert report["format_version"] == 1
    assert [result["line"] for result in report["results"]] == [1, 2, 3, 4, 5]
    assert report["summary"] == {"drafts": 4, "accepted": 2, "refused": 1, "undecided": 1, "unreadable": 1, "waived": 0}
    lines = run("check", "--format", "jsonl", log).out.splitlines()
    assert [json.loads(line) for line in lines] == report["results"]


def test_json_of_nothing(run: Run) -> None:
    """Without a single document, the JSON form is still an object with an empty list."""
    report = json.loads(run("check", "-", "--format", "json", stdin=b"").out)
    assert (report["results"], report["summary"]["drafts"]) == ([], 0)


def test_result_of_a_draft(run: Run, log: str) -> None:
    """A result has the place of the draft, its id, and everything that its verdict has."""
    result = json.loads(run("check", "--format", "jsonl", log).out.splitlines()[1])
    place = {"file": "log.jsonl", "line": 2, "id": "b"}
    verdict = {"operation": "session.create", "policy": "default", "accepted": False, "codes": ["price_sold_out"]}
    assert result.items() >= (place | verdict).items()
    (violation,) = result["violations"]
    assert violation["evidence"] == {"price": "price_mug", "stock": 4, "requested": 5}
    assert result["required_facts"] == []


def test_json_is_ascii(run: Run) -> None:
    """JSON is written in ASCII, so that no terminal, encoding or lone surrogate matters."""
    name = "\ud800\x1b[31m قهوة"
    out = run("check", "--format", "jsonl", stdin=as_lines(clean(name))).out
    assert out.isascii()
    assert json.loads(out)["id"] == name


def test_results_are_written_one_by_one(run: Run, log: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each result is written before the next document is read, so that memory does not grow with the log."""
    events: list[str] = []

    class Noted(CheckReport):
        def add(self, result: Any) -> None:
            events.append(f"written {result.place.line}")

    def noting(*_: Any, **__: Any) -> Any:
        for line in range(1, 4):
            events.append(f"read {line}")
            yield Unreadable(DocumentPlace(log, line), "noted")

    monkeypatch.setattr("rules_engine.cli.check.CheckReport", Noted)
    monkeypatch.setattr("rules_engine.cli.check.read_documents", noting)
    run("check", "--format", "jsonl", log)
    assert events == ["read 1", "written 1", "read 2", "written 2", "read 3", "written 3"]


def test_warning(run: Run) -> None:
    """A warning leaves its draft accepted; it is shown below it, or annotates line 1 of a file that is one document."""
    Path("a.json").write_text(json.dumps(sold_out("a")))
    argv = ("check", "--policy", write("shop.toml", WARN), "a.json")
    assert run(*argv).out.splitlines()[:3] == [
        "a.json accepted session.create a",
        f"  warning: price_sold_out at lineItems[0].price: {SOLD_OUT}",
        f"    {EVIDENCE}",
    ]
    annotated = f"::warning file=a.json,line=1,title=price_sold_out::lineItems[0].price: {SOLD_OUT}\n"
    assert run(*argv, "--format", "github") == type(run(*argv))(0, annotated, "")
    assert run(*argv, "--format", "concise").out == ""


def test_waived(run: Run) -> None:
    """What a waiver tolerates is shown with its reason, and counted; the draft is accepted."""
    ran = run("check", "--policy", write("christmas.toml", WAIVER), stdin=as_lines(sold_out("a"), clean("b")))
    assert ran.code == 0
    assert ran.out.splitlines() == [
        "<stdin>:1 accepted session.create a",
        "  waived: price_sold_out at lineItems[0].price by christmas#1: More come on Monday",
        "<stdin>:2 accepted session.create b",
        "2 drafts: 2 accepted, 0 refused, 0 undecided; 0 unreadable, 1 waived",
    ]


def test_skipped_rules(run: Run) -> None:
    """Rules that were skipped are named once, with those they are skipped because of."""
    lines = run("check", stdin=as_lines(price_gone("a"))).out.splitlines()
    assert lines[0].startswith("<stdin> resource_missing ")
    (skipped,) = (line for line in lines if line.endswith("(because of price_missing)"))
    assert skipped.startswith("  skipped: price_inactive, price_not_yet_active, price_expired, ")


def test_refused_and_undecided(run: Run) -> None:
    """A refused draft that is undecided besides counts as refused, and still names the facts."""
    out = run("check", stdin=as_lines(clean(currency="EGP", discounts=[{"coupon": "c"}, {"coupon": "c"}]))).out
    assert "<stdin> too_many_discounts " in out
    assert "  facts are missing: coupons[c]\n" in out
    assert out.endswith("1 draft: 0 accepted, 1 refused, 0 undecided; 0 unreadable\n")


def test_rule_that_raised() -> None:
    """A rule that raised is named with the type of its exception; what has no evidence shows none."""
    violation = Violation(CATALOGUE["internal_error"], "acme_rule", None, "", "Unexpected.")
    faults = (Fault("acme_rule", Mode.ENFORCE, "KeyError"),)
    verdict = Verdict("session.expire", "acme", (violation,), (violation,), faults=faults)
    assert rendered("text", CheckedDraft(DocumentPlace("a.json"), "d_1", verdict)).splitlines() == [
        "a.json internal_error Unexpected.",
        "  at the draft in session.expire d_1",
        "  warning: internal_error at the draft: Unexpected.",
        "  raised: acme_rule (KeyError)",
    ]


def test_numbers_and_lists() -> None:
    """Money is shown as an integer, a fraction digit by digit, and a list in brackets."""
    evidence: Evidence = {"amount": 9_007_199_254_740_991, "rate": Decimal("1E+2"), "types": ("card", "fawry")}
    violation = Violation(CATALOGUE["amount_invalid"], "acme_rule", "amount", "/request/amount", "Wrong.", evidence)
    out = rendered("text", CheckedDraft(DocumentPlace("a.json"), None, Verdict("session.create", "acme", (violation,))))
    assert '  amount = 9007199254740991, rate = 100, types = ["card", "fawry"]\n' in out


def test_instants_and_nothing(run: Run) -> None:
    """Evidence shows instants as they are written, false as false, and what is not there as null."""
    document = clean("a", discounts=[{"coupon": "c"}])
    coupon = {"id": "c", "discountType": "percentage", "percentOff": 5, "redeemBy": NOW, "valid": True, "active": True}
    document["facts"] |= {"coupons": {"c": coupon}, "redemptions": {"counted": {}}}
    out = run("check", stdin=as_lines(document)).out
    assert f"deleted = false, active = true, valid = true, redeemBy = {NOW}, now = {NOW}," in out
    assert "maxRedemptions = null" in out


def test_cause_outside_a_param(run: Run) -> None:
    """A cause that has no param is shown at its place in the draft, as a hyphen where lines have columns."""
    Path("a.json").write_text(json.dumps(clean() | {"request": []}))
    assert run("check", "--format", "concise", "a.json").out.startswith("a.json: invalid_request - The request body ")
    document = clean("a") | {"operation": "session.expire", "target": {"id": "cs_1"}, "request": {}}
    document["facts"]["session"] = {"id": "cs_1", "status": "complete"}
    assert "  at /facts/session/status in session.expire a\n" in run("check", stdin=as_lines(document)).out


def test_what_has_no_name(run: Run) -> None:
    """A draft without an id is shown by its operation, and standard input is no file to annotate."""
    assert run("check", stdin=as_lines(clean(None))).out.startswith("<stdin> accepted session.create\n")
    out = run("check", "--format", "github", stdin=as_lines(sold_out())).out
    assert out.startswith("::error line=1,title=price_sold_out::")


@pytest.mark.parametrize("form", ["text", "concise", "github"])
def test_piped_output_is_plain(run: Run, form: str) -> None:
    """What is piped has no styling, and no line is wrapped."""
    long = "x" * 500
    out = run("check", "--format", form, stdin=as_lines(unknown(long))).out
    assert ESCAPE not in out
    assert f"Unknown parameter: {long}." in out


def test_terminal_is_styled(on_terminal: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal gets colours, unless NO_COLOR is set and not empty, and lines that are as long as they are."""
    long = "x" * 500
    stdin = as_lines(unknown(long))
    styled = f"{ESCAPE}[1;31mparameter_unknown{ESCAPE}[0m Unknown parameter: {long}."
    assert styled in on_terminal("check", stdin=stdin).out
    monkeypatch.setenv("NO_COLOR", "1")
    assert ESCAPE not in on_terminal("check", stdin=stdin).out
    monkeypatch.setenv("NO_COLOR", "")
    assert styled in on_terminal("check", stdin=stdin).out


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("[red]x[/red]", "[red]x[/red]"),
        ("[/]", "[/]"),
        (":warning:", ":warning:"),
        ("\x1b[31mx", "\\x1b[31mx"),
        ("\ud800", "\\ud800"),
        ("a\nd.json:1 accepted", "a\\nd.json:1 accepted"),
        ("\u202eevil", "\\u202eevil"),
        ("\x9b31m", "\\x9b31m"),
        ("قهوة", "قهوة"),
    ],
)
@pytest.mark.parametrize("terminal", [False, True], ids=["piped", "terminal"])
def test_text_of_a_draft_is_only_text(run: Run, on_terminal: Run, name: str, shown: str, *, terminal: bool) -> None:
    """Text from a draft is neither markup nor an escape sequence nor a line of its own, piped or on a terminal."""
    call = on_terminal if terminal else run
    assert f" session.create {shown}\n" in call("check", stdin=as_lines(clean(name))).out
    assert f"prices[{shown}]" in call("check", stdin=as_lines(undecided(price=name))).out
    assert f"Unknown parameter: {shown}" in call("check", stdin=as_lines(unknown(name))).out


def test_name_of_a_file_is_only_text(run: Run) -> None:
    """The name of a file is escaped like any other text."""
    Path("a\x1b[2J.jsonl").write_bytes(as_lines(clean()))
    assert run("check", "a\x1b[2J.jsonl").out.startswith("a\\x1b[2J.jsonl:1 accepted")


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


def _refused(text: str) -> CheckedDraft:
    code = CATALOGUE["parameter_unknown"]
    violation = Violation(code, None, text, "/request", text, {"expected": text, "among": (text, text)})
    return CheckedDraft(DocumentPlace("a.jsonl", 3), text, Verdict("session.create", "default", (violation,)))


@given(st.text(), st.sampled_from(FORMS))
def test_any_text_stays_within_its_lines(text: str, form: CheckForm) -> None:
    """Whatever a draft holds, each form writes the same number of lines, and only printable characters."""
    lines = rendered(form, _refused(text)).split("\n")
    assert len(lines) == len(rendered(form, _refused("x")).split("\n"))
    assert all(line.isprintable() for line in lines)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"], include_characters="%:,\r\n")))
def test_github_message_can_be_read_back(text: str) -> None:
    """Undoing the documented escapes returns the message; a colon or comma in it is never escaped."""
    out = rendered("github", Unreadable(DocumentPlace("a:,%.json"), text))
    matched = re.fullmatch("::error file=([^:,]*),line=1,title=unreadable::(.*)\n", out)
    assert matched
    file, message = (
        part.replace("%3A", ":").replace("%2C", ",").replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
        for part in matched.groups()
    )
    assert (file, message) == ("a:,%.json", text)

"""The report for people."""

import io
from decimal import Decimal
from pathlib import Path

import pytest

from rules_engine.cli.documents import Place
from rules_engine.cli.results import Judged
from rules_engine.cli.text_report import TextReport
from rules_engine.codes import CATALOGUE
from rules_engine.rules.price import price_sold_out
from rules_engine.violation import Evidence, Fault, Mode, Verdict, Violation
from tests.cli.conftest import Run
from tests.cli.samples import NOW, as_lines, clean, price_gone, sold_out, undecided, unknown

ESCAPE = "\x1b"


def test_report(run: Run) -> None:
    """A violation is a line `LOCATION CODE MESSAGE`, its evidence stands below it, and the counts come last."""
    Path("log.jsonl").write_bytes(as_lines(clean("a"), sold_out("b"), "{"))
    ran = run("check", "log.jsonl")
    assert ran.out.splitlines() == [
        "log.jsonl:1 accepted session.create a",
        f"log.jsonl:2 price_sold_out {price_sold_out.sentence}",
        "  at lineItems[0].price in session.create b",
        "  price = price_mug, stock = 4, requested = 5",
        "log.jsonl:3 unreadable not JSON: Expecting property name enclosed in double quotes at column 2",
        "2 drafts: 1 accepted, 1 refused, 0 undecided; 1 unreadable",
    ]
    assert ran.err == ""


def test_undecided_draft(run: Run) -> None:
    """A draft that is undecided without a violation names the facts to look up and the rules that wait for them."""
    lines = run("check", stdin=as_lines(undecided("a"))).out.splitlines()
    assert lines[:3] == [
        "<stdin> undecided Facts are missing to judge this draft.",
        "  in session.create a",
        "  look up: prices[price_bowl]",
    ]
    assert lines[3].startswith("  undecided: price_missing, price_inactive, ")
    assert lines[-1] == "1 draft: 0 accepted, 0 refused, 1 undecided; 0 unreadable"


def test_skipped_rules(run: Run) -> None:
    """Rules that were not evaluated are named once, with what blocks them."""
    lines = run("check", stdin=as_lines(price_gone("a"))).out.splitlines()
    assert lines[0].startswith("<stdin> resource_missing ")
    (skipped,) = (line for line in lines if line.endswith("(blocked by price_missing)"))
    assert skipped.startswith("  not evaluated: price_inactive, price_not_yet_active, price_expired, ")


def test_refused_and_undecided(run: Run) -> None:
    """A refused draft that is undecided besides counts as refused, and still names the facts."""
    lines = run("check", stdin=as_lines(clean(currency="EGP", discounts=[{"coupon": "c"}, {"coupon": "c"}]))).out
    assert "<stdin> too_many_discounts " in lines
    assert "  look up: coupons[c]\n" in lines
    assert lines.endswith("1 draft: 0 accepted, 1 refused, 0 undecided; 0 unreadable\n")


def test_warning(run: Run) -> None:
    """A warning stands below its draft, with its evidence, and leaves it accepted."""
    Path("shop.toml").write_text(
        'schema_version = 1\nid = "shop"\nextends = "default"\n[rules]\nprice_sold_out = { mode = "warn" }\n'
    )
    lines = run("check", "--policy", "shop.toml", stdin=as_lines(sold_out("a"))).out.splitlines()
    assert lines[:3] == [
        "<stdin> accepted session.create a",
        f"  warning: price_sold_out at lineItems[0].price: {price_sold_out.sentence}",
        "    price = price_mug, stock = 4, requested = 5",
    ]


def test_waived(run: Run) -> None:
    """What a waiver lets pass is shown with its reason, and counted; the draft is accepted."""
    Path("p.toml").write_text(
        'schema_version = 1\nid = "christmas"\nextends = "default"\n[[waivers]]\ncode = "price_sold_out"\n'
        'match = { operation = "session.create" }\nexpires = 2027-01-01T00:00:00Z\nreason = "More come on Monday"\n'
    )
    ran = run("check", "--policy", "p.toml", stdin=as_lines(sold_out("a"), clean("b")))
    assert ran.code == 0
    assert ran.out.splitlines() == [
        "<stdin>:1 accepted session.create a",
        "  waived: price_sold_out at lineItems[0].price by christmas#1: More come on Monday",
        "<stdin>:2 accepted session.create b",
        "2 drafts: 2 accepted, 0 refused, 0 undecided; 0 unreadable, 1 waived",
    ]


def test_rule_that_raised() -> None:
    """A rule that raised is named with the type of its exception; what has no evidence shows none."""
    code = CATALOGUE["internal_error"]
    violation = Violation(code, "acme_rule", None, "", "Unexpected.")
    verdict = Verdict(
        "session.expire", "acme", (violation,), (violation,), faults=(Fault("acme_rule", Mode.ENFORCE, "KeyError"),)
    )
    stream = io.StringIO()
    TextReport(stream).add(Judged(Place("a.json"), "d_1", verdict))
    assert stream.getvalue().splitlines() == [
        "a.json internal_error Unexpected.",
        "  at the draft in session.expire d_1",
        "  raised: acme_rule (KeyError)",
        "  warning: internal_error at the draft: Unexpected.",
    ]


def test_numbers_and_lists() -> None:
    """Money is shown as an integer, a fraction digit by digit, and a list in brackets."""
    evidence: Evidence = {"amount": 9_007_199_254_740_991, "rate": Decimal("1E+2"), "types": ("card", "fawry")}
    violation = Violation(CATALOGUE["amount_invalid"], "acme_rule", "amount", "/request/amount", "Wrong.", evidence)
    stream = io.StringIO()
    TextReport(stream).add(Judged(Place("a.json"), None, Verdict("session.create", "acme", (violation,))))
    assert "  amount = 9007199254740991, rate = 100, types = [card, fawry]\n" in stream.getvalue()


def test_instants_and_nothing(run: Run) -> None:
    """Evidence shows instants as they are written, false as false, and what is not there as null."""
    document = clean("a", discounts=[{"coupon": "c"}])
    document["facts"]["coupons"] = {
        "c": {"id": "c", "discountType": "percentage", "percentOff": 5, "redeemBy": NOW, "valid": True, "active": True}
    }
    document["facts"]["redemptions"] = {"counted": {}}
    out = run("check", stdin=as_lines(document)).out
    assert f"deleted = false, active = true, valid = true, redeemBy = {NOW}, now = {NOW}," in out
    assert "maxRedemptions = null" in out


def test_cause_outside_the_request(run: Run) -> None:
    """A violation whose cause is not in the request is shown at its place in the draft."""
    document = clean("a") | {"operation": "session.expire", "target": {"id": "cs_1"}, "request": {}}
    document["facts"]["session"] = {"id": "cs_1", "status": "complete"}
    assert "  at /facts/session/status in session.expire a\n" in run("check", stdin=as_lines(document)).out


def test_draft_without_an_id(run: Run) -> None:
    """A draft without an id is shown by its operation."""
    assert run("check", stdin=as_lines(clean(None))).out.startswith("<stdin> accepted session.create\n")


@pytest.mark.parametrize("form", ["text", "concise", "github"])
def test_piped_output_is_plain(run: Run, form: str) -> None:
    """What is piped has no styling, and no line is wrapped."""
    long = "x" * 500
    out = run("check", "--format", form, stdin=as_lines(unknown(long))).out
    assert ESCAPE not in out
    assert f"Unknown parameter: {long}." in out


def test_terminal_is_styled(on_terminal: Run) -> None:
    """A terminal gets colours, and lines that are as long as they are."""
    long = "x" * 500
    out = on_terminal("check", stdin=as_lines(unknown(long))).out
    assert f"{ESCAPE}[1;31mparameter_unknown{ESCAPE}[0m Unknown parameter: {long}." in out


def test_no_color(on_terminal: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """NO_COLOR turns styling off on a terminal; an empty one counts for nothing."""
    stdin = as_lines(sold_out())
    monkeypatch.setenv("NO_COLOR", "1")
    assert ESCAPE not in on_terminal("check", stdin=stdin).out
    monkeypatch.setenv("NO_COLOR", "")
    assert ESCAPE in on_terminal("check", stdin=stdin).out


HOSTILE = [
    ("[red]x[/red]", "[red]x[/red]"),
    ("[/]", "[/]"),
    (":warning:", ":warning:"),
    ("\x1b[31mx", "\\x1b[31mx"),
    ("\ud800", "\\ud800"),
    ("a\nd.json:1 accepted", "a\\nd.json:1 accepted"),
    ("\u202eevil", "\\u202eevil"),
    ("\x9b31m", "\\x9b31m"),
    ("قهوة", "قهوة"),
]


@pytest.mark.parametrize(("name", "shown"), HOSTILE)
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

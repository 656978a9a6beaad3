"""`rules-engine codes`: the table and the manual pages."""

import json

import pytest

from rules_engine.codes import CATALOGUE
from rules_engine.manual import code_entries
from rules_engine.rules import RULES
from tests.cli.conftest import Run


def test_table(run: Run) -> None:
    """The table names every code in the catalogue's order, one a line, in columns that line up."""
    header, *rows = run("codes").out.splitlines()
    assert header.split() == ["code", "type", "status", "section", "reported", "for"]
    assert [row.split()[0] for row in rows] == list(CATALOGUE)
    assert {row[header.index("status") :][:3] for row in rows} == {"400", "401", "403", "404", "409", "429", "500"}


@pytest.mark.parametrize(
    ("code", "nouns"),
    [
        ("price_expired", "session, payment_link"),
        ("parameter_unknown", "anything"),
        ("creation_failed", "session"),
        ("internal_error", "anything"),
        ("charge_not_captured", "refund"),
        ("rate_limit", "request"),
    ],
)
def test_table_lists_what_a_code_is_reported_for(run: Run, code: str, nouns: str) -> None:
    """The last column has the nouns of the operations that can report the code."""
    header, *rows = run("codes").out.splitlines()
    (row,) = (row for row in rows if row.startswith(f"{code} "))
    assert row[header.index("reported for") :] == nouns


def test_page(run: Run) -> None:
    """A page has the code, and of each rule its whole docstring, operations, param, needs and limits."""
    ran = run("codes", "amount_invalid")
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert lines[:9] == [
        "amount_invalid",
        "  The amount is negative, zero where it must be positive, or above the maximum.",
        "",
        "  type        invalid_request_error",
        "  status      400",
        "  section     Amount and currency",
        "  doc_url     https://docs.xpay.app/integrate/errors/api-error-codes#amount_invalid",
        "  reported by a rule",
        f"  operations  {', '.join(code_entries()['amount_invalid'].operations)}",
    ]
    (rule,) = (rule for rule in RULES if rule.name == "unit_amount_out_of_range")
    start = lines.index("  rule unit_amount_out_of_range") + 1
    end = start + len(rule.description.split("\n"))
    assert [line.removeprefix("    ") for line in lines[start:end]] == rule.description.split("\n")
    assert {
        "    operations  session.create, session.update, price.create, price.update",
        "    param       lineItems[i].priceData.unitAmount, unitAmount",
        f"    evidence    {', '.join(rule.public)}",
        "    limits      max_unit_amount = 2147483647 minor units by default (1 to 2147483647)",
    } <= set(lines[end : lines.index("", end + 1)])
    assert "  rule session_amount_too_large" in lines


def test_pages_of_several_codes(run: Run) -> None:
    """Several codes have their pages in the order they were named, with a blank line between."""
    out = run("codes", "rate_limit", "coupon_in_use").out
    assert out.startswith("rate_limit\n")
    assert "\n\ncoupon_in_use\n" in out


def test_unknown_code(run: Run) -> None:
    """An unknown code suggests the nearest name, prints no page, and is wrong usage."""
    ran = run("codes", "PRICE_EXPIRD", "rate_limit", "zzz")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines() == [
        "rules-engine: unknown code PRICE_EXPIRD; did you mean price_expired?",
        "rules-engine: unknown code zzz",
    ]


def test_json(run: Run) -> None:
    """The JSON form has the whole page of every code."""
    document = json.loads(run("codes", "--format", "json").out)
    assert document["format_version"] == 1
    assert [code["name"] for code in document["codes"]] == list(CATALOGUE)
    named = [rule["name"] for code in document["codes"] for rule in code["rules"]]
    assert sorted(named) == sorted(rule.name for rule in RULES)


def test_json_page(run: Run) -> None:
    """A page in JSON has origins, operations, and the rules with their limits, number or set."""
    (page,) = json.loads(run("codes", "unsupported_currency", "--format", "json").out)["codes"]
    assert page["origins"] == ["rule"]
    assert page["operations"] == list(code_entries()["unsupported_currency"].operations)
    (rule,) = page["rules"]
    assert rule["params"] == [
        *("currency", "lineItems[0].price", "lineItems[0].priceData", None),
        *("restrictions.minimumAmountCurrency", "lineItems[0].priceId"),
    ]
    (limit,) = rule["limits"]
    assert limit["default"] == limit["members"] == sorted(limit["members"])
    (page,) = json.loads(run("codes", "too_many_discounts", "--format", "json").out)["codes"]
    limits = [limit for rule in page["rules"] for limit in rule["limits"]]
    assert [(limit["name"], limit["default"], limit["minimum"]) for limit in limits] == [("max_discounts", 1, 0)] * 2


def test_terminal_is_styled(on_terminal: Run) -> None:
    """On a terminal the header of the table stands out, and no name is broken or cut."""
    out = on_terminal("codes").out
    assert out.startswith("\x1b[1mcode ")
    assert all(f"{code} " in out for code in CATALOGUE)

"""`rules-engine policy diff`: what two policies state differently, in words and as data."""

import json

from tests.cli.conftest import Run
from tests.cli.policy_files import write
from tests.house.source import ROOT

STRICT = str(ROOT / "policies" / "strict.toml")
POTTERY = str(ROOT / "policies" / "merchants" / "pottery.toml")


def test_text(run: Run) -> None:
    """Every value that differs is a line, which ends with what the change does by itself."""
    ran = run("policy", "diff", STRICT, POTTERY)
    assert (ran.code, ran.err) == (1, "")
    assert ran.out.splitlines() == [
        "strict to pottery",
        "  merchant: none to mer_live_TeenElFayoum (different)",
        (
            "  session.create: price_sold_out moved from behind custom_price_unavailable to behind price_missing "
            "(refuses the same)"
        ),
        "  expires_too_late: mode enforce to warn (looser)",
        "  coupon_minimum_amount: enforce_from none to 2026-12-31T22:00:00Z (looser)",
        "  max_custom_fields: 3 to 1 fields (stricter)",
        "  supported_currencies: without AED, AUD, BHD, CAD, CNY, GBP, JOD, KWD, LYD, OMR, QAR, SAR (stricter)",
        (
            "  waiver bazaar of price_sold_out added, until 2027-01-09T22:00:00Z: Pieces sold at the winter bazaar "
            "leave the shelf there, and the stock is corrected in the evening. (looser)"
        ),
    ]


def test_json(run: Run) -> None:
    """The same as data: the keys, the two values, and the effect."""
    ran = run("policy", "diff", "default", STRICT, "--format", "json")
    document = json.loads(ran.out)
    assert ran.code == 1
    assert (document["format_version"], document["first"], document["second"]) == (1, "default", "strict")
    assert document["changes"][0] == {
        "path": ["limits", "max_line_items"],
        "sentence": "max_line_items: 100 to 50 lines",
        "before": 100,
        "after": 50,
        "effect": "stricter",
    }
    assert {change["effect"] for change in document["changes"]} == {"stricter"}


def test_a_set_as_data(run: Run) -> None:
    """The members of a set are a list, in alphabetical order."""
    path = write("shop.toml", '[limits]\nsupported_currencies = ["USD", "EGP"]\n')
    (change,) = json.loads(run("policy", "diff", "default", path, "--format", "json").out)["changes"]
    assert change["after"] == ["EGP", "USD"]
    assert len(change["before"]) == 15


def test_nothing_differs(run: Run) -> None:
    """Policies that state the same end with 0, whatever they are called."""
    one, other = write("one.toml"), write("other.toml")
    ran = run("policy", "diff", one, other)
    assert (ran.code, ran.out) == (0, "one to other\n  nothing differs\n")
    ran = run("policy", "diff", one, other, "--format", "json")
    assert (ran.code, json.loads(ran.out)["changes"]) == (0, [])


def test_wrong_file(run: Run) -> None:
    """A file that is wrong is unusable, and reported as by the loader."""
    ran = run("policy", "diff", "default", write("shop.toml", "[limits]\nmax_line_itmes = 1\n"))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "shop.toml:5:1: unknown limit max_line_itmes; did you mean max_line_items?\n"

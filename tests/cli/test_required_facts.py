"""`rules-engine required-facts`: what is still to be looked up."""

import json
from pathlib import Path

import pytest

from rules_engine.examples import changed
from tests.cli.conftest import Run
from tests.cli.policy_files import write
from tests.cli.samples import as_lines, clean, undecided

TWO = clean("a", lineItems=[{"price": "price_bowl", "quantity": 1}], discounts=[{"coupon": "coup_1"}])


def test_facts(run: Run) -> None:
    """Each fact is a line, and facts to look up are findings."""
    Path("a.json").write_text(json.dumps(TWO))
    ran = run("required-facts", "a.json")
    assert (ran.code, ran.out, ran.err) == (1, "prices[price_bowl]\ncoupons[coup_1]\n", "")


def test_json(run: Run) -> None:
    """In JSON, each fact has its kind and its key."""
    ran = run("required-facts", "-", "--format", "json", stdin=as_lines(TWO))
    assert ran.code == 1
    assert json.loads(ran.out) == {
        "format_version": 1,
        "required_facts": [{"kind": "prices", "key": "price_bowl"}, {"kind": "coupons", "key": "coup_1"}],
    }


@pytest.mark.parametrize("form", ["text", "json"])
def test_nothing_to_look_up(run: Run, form: str) -> None:
    """A draft that nothing is missing for is clean."""
    ran = run("required-facts", "-", "--format", form, stdin=as_lines(clean()))
    assert ran.code == 0
    assert ran.out == "" if form == "text" else json.loads(ran.out) == {"format_version": 1, "required_facts": []}


def test_several_drafts(run: Run) -> None:
    """Of several drafts, every fact is named once."""
    assert run("required-facts", "-", stdin=as_lines(undecided("a"), TWO, undecided("b"))).out == (
        "prices[price_bowl]\ncoupons[coup_1]\n"
    )


@pytest.mark.parametrize(
    ("bad", "problem"),
    [
        ("{", "not JSON: Expecting property name enclosed in double quotes at column 2"),
        ('{"version": 2}', "/version: expected the version of the document, 1"),
    ],
)
def test_unreadable(run: Run, bad: str, problem: str) -> None:
    """What cannot be read is told on standard error with its line; the facts of the others are still named."""
    ran = run("required-facts", "-", stdin=as_lines(undecided(), bad, clean()))
    assert (ran.code, ran.out, ran.err) == (2, "prices[price_bowl]\n", f"<stdin>:2: {problem}\n")


def test_keys_of_ones_own(run: Run) -> None:
    """A misspelt key is refused unless it is named as known, and every other key where facts are read strictly."""
    document = as_lines(changed(clean(), {"/facts/merchant/Id": 1, "/facts/merchant/sku": 1}))
    write("set/all.toml")
    for command in (("required-facts", "-"), ("check", "-"), ("check", "-", "--set", "set")):
        refused = run(*command, stdin=document)
        assert refused.code == 2
        assert "/facts/merchant/Id: unknown key; did you mean id?" in refused.out + refused.err
        assert run(*command, "--known-keys", "Id", stdin=document).code == 0
        strict = run(*command, "--strict-facts", "--known-keys", "Id", stdin=document)
        assert (strict.code, "/facts/merchant/sku: unknown key." in strict.out + strict.err) == (2, True)
        assert run(*command, "--strict-facts", "--known-keys", "Id, x", "--known-keys", "sku", stdin=document).code == 0
    ran = run("check", "-", "--known-keys", "a,,b", stdin=document)
    assert (ran.code, "--known-keys: expected names of keys, joined by commas" in ran.err) == (2, True)


def test_missing_file(run: Run) -> None:
    """A file that is not there is unreadable."""
    ran = run("required-facts", "nowhere.json")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "nowhere.json: cannot be read: No such file or directory\n"


def test_key_is_only_text(run: Run) -> None:
    """A key from a draft is neither markup nor an escape sequence."""
    assert run("required-facts", "-", stdin=as_lines(undecided(price="[red]\x1b[2J\ud800"))).out == (
        "prices[[red]\\x1b[2J\\ud800]\n"
    )

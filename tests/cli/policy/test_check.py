"""`rules-engine policy check`: what is wrong, what is found, and the exit code."""

import json
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.cli.policy_files import TODAY, write
from tests.house.source import ROOT

FORMATS = ("text", "json", "github")
CROSSED = "[limits]\nmin_expires_after_minutes = 90\nmax_expires_after_minutes = 60\n"
OVER = 'merchant = "mer_1"\neffective_until = 2027-01-01T00:00:00Z\n'
NEXT = 'merchant = "mer_1"\neffective_from = 2027-01-01T00:00:00Z\n'


def _check(run: Run, *argv: str) -> dict[str, Any]:
    """Run a check and read its report."""
    document: dict[str, Any] = json.loads(run("policy", "check", "--at", TODAY, "--format", "json", *argv).out)
    return document


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    ("texts", "code"),
    [
        (["[limits]\nmax_line_items = 20\n"], 0),
        (["[limits]\nmax_line_items = 20\n", CROSSED], 1),
        ([CROSSED, "[limits]\nmax_line_itmes = 20\n"], 2),
        (['[rules]\nprice_expired = { mode = "warn"\n', CROSSED], 2),
    ],
    ids=["clean", "finding", "invalid", "no TOML"],
)
def test_exit_code(run: Run, form: str, texts: list[str], code: int) -> None:
    """The exit code is that of the worst file, whatever the format."""
    paths = [write(f"shop-{number}.toml", text) for number, text in enumerate(texts)]
    ran = run("policy", "check", "--at", TODAY, "--format", form, *paths)
    assert (ran.code, ran.err) == (code, "")


def test_notes_do_not_count(run: Run) -> None:
    """A note is printed and leaves the exit code alone."""
    write("shops/merchants/a.toml", OVER)
    write("shops/merchants/b.toml", NEXT)
    ran = run("policy", "check", "shops", "--at", TODAY)
    assert ran.code == 0
    assert "shops/merchants/a.toml:5:1 version_over a applied until 2027-01-01T00:00:00Z" in ran.out
    assert ran.out.splitlines()[-1] == "2 policies, 0 problems, 0 warnings, 1 note"


def test_a_gap_between_versions(run: Run) -> None:
    """Days on which a merchant has no policy fail the check, and are named."""
    write("shops/merchants/a.toml", OVER.replace("2027-01-01", "2027-02-01"))
    write("shops/merchants/b.toml", NEXT.replace("2027-01-01", "2027-02-05"))
    ran = run("policy", "check", "shops", "--at", TODAY)
    assert ran.code == 1
    assert "versions_gap no policy of mer_1 applies on 2027-02-01 to 2027-02-04: a ends at 2027-02-01T00:" in ran.out


def test_text_and_json(run: Run) -> None:
    """A finding is its place, its name and its sentence, and its fix; as data it has the keys of the value as well."""
    path = write("shop.toml", CROSSED)
    message = "min_expires_after_minutes is 90 and max_expires_after_minutes is 60: no number of minutes passes both"
    fix = "Set min_expires_after_minutes to 60 or less, or max_expires_after_minutes to 90 or more."
    assert run("policy", "check", path, "--at", TODAY).out.splitlines() == [
        f"shop.toml:5:1 limits_contradict {message}",
        f"  {fix}",
        "1 policy, 0 problems, 1 warning, 0 notes",
    ]
    document = _check(run, path)
    assert document["format_version"] == 1
    place = {"source": "shop.toml", "line": 5, "column": 1, "path": ["limits", "min_expires_after_minutes"]}
    assert document["findings"] == [
        {"name": "limits_contradict", "level": "warning", "message": message, "fix": fix, **place}
    ]


def test_the_example_of_the_manual(run: Run) -> None:
    """The page on findings shows what the command prints."""
    page = (ROOT / "docs" / "lint.md").read_text("utf-8")
    shown = page.partition("```console\n")[2].partition("```")[0].splitlines()
    command, *lines = shown
    write("policies/merchants/shop.toml", 'merchant = "mer_1"\n' + CROSSED)
    assert run(*command.split()[2:]).out.splitlines() == lines


def test_problems_and_findings_together(run: Run) -> None:
    """A file that is wrong does not keep the others from being linted; every problem is listed."""
    wrong = write("wrong.toml", "[limits]\nmax_line_itmes = 20\nmax_discounts = 101\n")
    document = _check(run, wrong, write("shop.toml", CROSSED), "nowhere.toml")
    assert [problem["text"] for problem in document["problems"]] == [
        "wrong.toml:5:1: unknown limit max_line_itmes; did you mean max_line_items?",
        "wrong.toml:6:17: max_discounts must lie between 0 and 100 discounts",
        "nowhere.toml: cannot be read: No such file or directory",
    ]
    assert [finding["name"] for finding in document["findings"]] == ["limits_contradict"]
    assert document["summary"] == {"policies": 1, "problems": 3, "warnings": 1, "notes": 0}


def test_no_path_at_all(run: Run) -> None:
    """A name that no file can have is a file that cannot be read."""
    for path in ("x" * 5_000, "a\0b"):
        for command in ("check", "show"):
            assert run("policy", command, path).code == 2


def test_github(run: Run) -> None:
    """Problems are errors, warnings warnings and notes notices, each at its line and column."""
    write("shops/merchants/a.toml", OVER)
    write("shops/merchants/b.toml", NEXT)
    wrong = write("wrong.toml", "[limits]\nmax_line_itmes = 20\n")
    ran = run("policy", "check", "--at", TODAY, "--format", "github", wrong, write("shop.toml", CROSSED), "shops")
    error, warning, notice = sorted(ran.out.splitlines(), key=lambda line: line.partition(" ")[0])
    assert error == ("::error file=wrong.toml,line=5,col=1::unknown limit max_line_itmes; did you mean max_line_items?")
    assert notice.startswith("::warning file=shop.toml,line=5,col=1,title=limits_contradict::min_expires")
    assert warning.startswith("::notice file=shops/merchants/a.toml,line=5,col=1,title=version_over::a applied until")


def test_directory(run: Run) -> None:
    """A directory is a set: what is wrong with its files together is listed, and everything in it is linted."""
    write("shops/strict.toml", CROSSED)
    write("shops/merchants/a.toml", 'merchant = "mer_1"\n', extends="../strict.toml")
    document = _check(run, "shops")
    assert document["summary"] == {"policies": 2, "problems": 0, "warnings": 1, "notes": 0}
    assert document["findings"][0]["source"] == "shops/strict.toml"
    write("shops/merchants/b.toml", 'merchant = "mer_1"\n', extends="../strict.toml")
    (problem,) = _check(run, "shops")["problems"]
    assert problem["message"].startswith("two policies apply at once")


def test_a_fault_is_reported_once(run: Run) -> None:
    """What a file states is reported once, however many files extend it and however often it is named."""
    base = write("shops/base.toml", CROSSED)
    for name in "abc":
        write(f"shops/merchants/{name}.toml", f'merchant = "mer_{name}"\n', extends="../base.toml")
    assert len(_check(run, "shops", base, "shops")["findings"]) == 1


def test_versions_among_files(run: Run) -> None:
    """Of files that are named one by one, those for one merchant are versions of one policy."""
    over, successor = write("a.toml", OVER), write("b.toml", NEXT)
    assert [finding["name"] for finding in _check(run, over)["findings"]] == ["policy_over"]
    assert [finding["name"] for finding in _check(run, successor, over)["findings"]] == ["version_over"]
    other = write("c.toml", NEXT.replace("mer_1", "mer_2"))
    assert [finding["name"] for finding in _check(run, other, over)["findings"]] == ["policy_over"]


def test_today(run: Run) -> None:
    """Without an instant, it is now: what ended long ago is over, and what ends long after is not."""
    for year, code in ((1999, 1), (9998, 0)):
        path = write("shop.toml", f'merchant = "mer_1"\neffective_until = {year}-01-01T00:00:00Z\n')
        assert run("policy", "check", path).code == code


@pytest.mark.parametrize("at", ["today", "2027-01-01", "2027-01-01T00:00:00"])
def test_no_instant(run: Run, at: str) -> None:
    """What is no instant with an offset is wrong usage."""
    ran = run("policy", "check", write("shop.toml"), "--at", at)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"rules-engine: --at {at}: not an RFC 3339 instant with an offset")


def test_nothing_to_check(run: Run) -> None:
    """Without a path there is nothing to check, which is wrong usage."""
    ran = run("policy", "check")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "rules-engine: a policy file or a directory of policies is missing\n"


def test_the_shipped_policies(run: Run) -> None:
    """The policies that come with the project are clean, one by one and as a directory."""
    policies = ROOT / "policies"
    paths = [str(policies), *map(str, policies.glob("*.toml")), *map(str, policies.glob("merchants/*.toml"))]
    ran = run("policy", "check", "--at", "2026-11-25T00:00:00Z", *paths)
    assert (ran.code, ran.out) == (0, "8 policies, 0 problems, 0 warnings, 0 notes\n")


def test_nothing_breaks_a_line(run: Run) -> None:
    """A line break in a name stays within its line, in every format."""
    waiver = (
        '[[waivers]]\nid = "a\\n::error::b"\ncode = "price_sold_out"\nmatch = { operation = "session.expire" }\n'
        'expires = 2028-01-01T00:00:00Z\nreason = "Known."\n'
    )
    path = write("shop.toml", waiver)
    for form, lines in (("text", 3), ("github", 1)):
        assert len(run("policy", "check", path, "--at", TODAY, "--format", form).out.splitlines()) == lines

"""`rules-engine policy compare`."""

import json
import re
from pathlib import Path

import pytest

from rules_engine.testing import search
from tests.cli.conftest import Run

HEAD = 'schema_version = 1\nid = "{}"\nextends = "default"\n'


@pytest.fixture
def policies(tmp_path: Path) -> tuple[str, str]:
    """Two policies that differ in a limit, a waiver and a delay."""
    first = HEAD.format("usual") + "[limits]\nmax_custom_fields = 2\n"
    second = HEAD.format("winter") + (
        "[limits]\nmax_custom_fields = 1\n"
        "[rules]\nprice_expired = { enforce_from = 2027-01-01T00:00:00Z }\n"
        '[[waivers]]\ncode = "price_sold_out"\nmatch = { merchant = "mer_7" }\n'
        'expires = 2027-02-01T00:00:00Z\nreason = "Known."\n'
    )
    for name, text in (("usual.toml", first), ("winter.toml", second)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return "usual.toml", "winter.toml"


def test_text(run: Run, policies: tuple[str, str]) -> None:
    """Each code that differs has a line, and below it a line for each operation, with an example."""
    ran = run("policy", "compare", *policies, "--operations", "session.create", "--budget", "0", "--cells")
    assert (ran.code, ran.err) == (1, "")
    assert re.sub(r"; \d+ are", "; some are", ran.out) == (
        "winter against usual\n"
        "\n"
        "parameter_out_of_range  more\n"
        "  session.create  more (proven)\n"
        "    refused by the second only: session.create-parameter_out_of_range-second.json\n"
        "    limit too_many_custom_fields max_custom_fields\n"
        "      up to 1 fields: judged\n"
        "      2 fields: judged\n"
        "      3 or more fields: judged\n"
        "\n"
        "price_expired  fewer\n"
        "  session.create  fewer (proven)\n"
        "    refused by the first only: session.create-price_expired-first.json\n"
        "    enforcement price_expired\n"
        "      not violated: judged\n"
        "      violated before 2027-01-01T00:00:00Z: judged\n"
        "      violated from 2027-01-01T00:00:00Z: judged\n"
        "\n"
        "price_sold_out  fewer\n"
        "  session.create  fewer (proven)\n"
        "    refused by the first only: session.create-price_sold_out-first.json\n"
        "    waivers price_sold_out\n"
        "      merchant mer_7, before 2027-02-01T00:00:00Z: judged\n"
        "      merchant mer_7, from 2027-02-01T00:00:00Z: judged\n"
        "      merchant another, before 2027-02-01T00:00:00Z: judged\n"
        "      merchant another, from 2027-02-01T00:00:00Z: judged\n"
        "\n"
        "3 codes differ; some are refused for the same drafts, proven.\n"
        "From when to when a policy applies is not compared: both are taken to apply at every instant.\n"
    )


def test_examples(run: Run, policies: tuple[str, str], tmp_path: Path) -> None:
    """Every example runs through `check`, reports its code under the policy it names, and not under the other."""
    ran = run("policy", "compare", *policies, "--examples", "shown", "--format", "json", "--budget", "0")
    assert ran.code == 1
    report = json.loads(ran.out)
    assert (report["format_version"], report["first"], report["second"]) == (1, "usual", "winter")
    examples = [(row["code"], example) for row in report["rows"] for example in row["examples"]]
    assert {code for code, _ in examples} == {"price_expired", "parameter_out_of_range", "price_sold_out"}
    assert {path.stem for path in (tmp_path / "shown").iterdir()} == {example["name"] for _, example in examples}
    for code, example in examples:
        path = f"shown/{example['name']}.json"
        reported = [
            f" {code} " in run("check", path, "--policy", policy, "--format", "concise").out for policy in policies
        ]
        assert reported == [example["refused_by"] == "first", example["refused_by"] == "second"]


def test_examples_are_small(run: Run, policies: tuple[str, str]) -> None:
    """What an example does not need is not in it."""
    ran = run("policy", "compare", *policies, "--operations", "session.create", "--format", "json", "--budget", "0")
    (row,) = [row for row in json.loads(ran.out)["rows"] if row["code"] == "parameter_out_of_range"]
    (example,) = row["examples"]
    assert len(example["document"]["request"]["customFields"]) == 2
    assert len(json.dumps(example["document"])) < 1_000


def test_same(run: Run, policies: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A policy and itself are the same, proven, and nothing is searched."""
    monkeypatch.setattr(search, "generated", None)
    ran = run("policy", "compare", policies[0], policies[0])
    assert ran.code == 0
    assert "0 codes differ; " in ran.out
    assert ran.out.splitlines()[2].endswith("are refused for the same drafts, proven.")
    assert run("policy", "compare", "default", "default").code == 0


def test_searched(run: Run, tmp_path: Path) -> None:
    """What cannot be proven comes with the number of drafts that were searched."""
    (tmp_path / "few.toml").write_text(HEAD.format("few") + "[limits]\nmax_quantity = 999\n", encoding="utf-8")
    ran = run("policy", "compare", "default", "few.toml", "--operations", "session.create", "--budget", "20")
    assert ran.code == 1
    lines = [line for line in ran.out.splitlines() if "searched, " in line]
    assert lines
    assert all(line.startswith("  session.create  ") and line.endswith(" drafts)") for line in lines)


@pytest.mark.parametrize(
    ("argv", "problem"),
    [
        (("--operations", "session.creat"), "neither policy has session.creat; did you mean session.create?"),
        (("--budget", "-1"), "--budget must be 0 or more drafts"),
    ],
)
def test_wrong_usage(run: Run, policies: tuple[str, str], argv: tuple[str, ...], problem: str) -> None:
    """Arguments that make no sense are refused."""
    ran = run("policy", "compare", *policies, *argv)
    assert (ran.code, ran.out, ran.err) == (2, "", f"rules-engine: {problem}\n")


def test_unusable(run: Run, policies: tuple[str, str]) -> None:
    """A policy that cannot be read is reported as everywhere."""
    ran = run("policy", "compare", policies[0], "nowhere.toml")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("nowhere.toml: cannot be read")

"""Policies of a shop, what is found in them, and files of tests beside them."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from rules_engine import read_policy
from rules_engine.analysis.coverage import Mutation, SuiteReport, run_suites
from rules_engine.analysis.lint import lint_policy
from rules_engine.analysis.suites import Suite, read_suites
from tests.cli.samples import clean

TOP: Final = 'schema_version = 1\nid = "shop"\nextends = "default"\n'
HEAD: Final = TOP + 'merchant = "mer_1"\n'
"""Four lines, so that what follows begins on the fifth; the merchant keeps it from stating nothing."""
TODAY: Final = datetime(2027, 1, 1, tzinfo=UTC)
CLEAN: Final = '[[tests]]\nname = "clean"\ndraft = "clean.json"\ncodes = []\n'

LINES: Final = "[limits]\nmax_line_items = 3\n"
CURRENCIES: Final = '[limits]\nsupported_currencies = ["EGP", "USD"]\n'
DELAY: Final = "[rules]\nprice_sold_out = { enforce_from = 2027-01-01T00:00:00Z }\n"
LEFT_OUT: Final = '[pipelines."session.create"]\nwithout = ["price_sold_out"]\n'
ADDED: Final = '[pipelines]\n"session.expire" = ["session_missing"]\n'


def mode_of(mode: str) -> str:
    """State the mode of a rule."""
    return f'[rules]\nprice_sold_out = {{ mode = "{mode}" }}\n'


def waiver(
    match: str = 'operation = "session.create"', *, code: str = "price_sold_out", expires: str = "2027-01-01T00:00:00Z"
) -> str:
    """State a waiver, from its header on in six lines."""
    return f'[[waivers]]\nid = "till"\ncode = "{code}"\nmatch = {{ {match} }}\nexpires = {expires}\nreason = "Known."\n'


METADATA: Final = waiver('metadata = { key = "channel", value = "till" }, operation = "session.create"')


def found(text: str, at: datetime | None = TODAY) -> list[str]:
    """Read a policy and list what is found, a line each, in the order it is found."""
    return [str(finding) for finding in lint_policy(read_policy(HEAD + text, source="shop.toml"), at=at)]


def write(folder: Path, policy: str = "", tests: str = CLEAN, *, top: str = 'policy = "shop.toml"\n') -> Path:
    """Write a policy, a draft and a file of tests, and return the last.

    Args:
        folder: Where they are written.
        policy: What the policy states beside its first three lines.
        tests: The tests.
        top: What stands above them.
    """
    (folder / "clean.json").write_text(json.dumps(clean()), encoding="utf-8")
    (folder / "shop.toml").write_text(TOP + policy, encoding="utf-8")
    path = folder / "tests.toml"
    path.write_text(top + tests, encoding="utf-8")
    return path


def suite(folder: Path, policy: str = "", tests: str = CLEAN) -> Suite:
    """Write the files and read them."""
    (read,) = read_suites([write(folder, policy, tests)])
    return read


def report(folder: Path, policy: str = "", tests: str = CLEAN, *, mutation: Mutation = "stated") -> SuiteReport:
    """Write the files, read them and run the tests."""
    return run_suites([suite(folder, policy, tests)], mutation=mutation)[0]


def one(name: str, codes: str = "[]", **keys: str) -> str:
    """Write one test of the clean draft."""
    lines = "".join(f"{key} = {value}\n" for key, value in keys.items())
    return f'[[tests]]\nname = "{name}"\ndraft = "clean.json"\ncodes = {codes}\n{lines}'

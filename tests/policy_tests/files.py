"""A shop's policy, a draft, and a file of tests, in a directory of their own."""

import json
from pathlib import Path
from typing import Final

from rules_engine.policy_tests import Mutation, Suite, SuiteReport, read_suites, run
from tests.cli.samples import clean

HEAD: Final = 'schema_version = 1\nid = "shop"\nextends = "default"\n'
CLEAN: Final = '[[tests]]\nname = "clean"\ndraft = "clean.json"\ncodes = []\n'


def write(folder: Path, policy: str = "", tests: str = CLEAN, *, top: str = 'policy = "shop.toml"\n') -> Path:
    """Write the files, and give that of the tests.

    Args:
        folder: Where they are written.
        policy: What the policy says beside its first three lines.
        tests: The tests.
        top: What stands above them.
    """
    (folder / "clean.json").write_text(json.dumps(clean()), encoding="utf-8")
    (folder / "shop.toml").write_text(HEAD + policy, encoding="utf-8")
    path = folder / "tests.toml"
    path.write_text(top + tests, encoding="utf-8")
    return path


def suite(folder: Path, policy: str = "", tests: str = CLEAN) -> Suite:
    """Write the files and read them."""
    (read,) = read_suites([write(folder, policy, tests)])
    return read


def report(folder: Path, policy: str = "", tests: str = CLEAN, *, mutation: Mutation = Mutation.STATED) -> SuiteReport:
    """Write the files, read them and run the tests."""
    return run([suite(folder, policy, tests)], mutation=mutation).suites[0]


def one(name: str, codes: str = "[]", **keys: str) -> str:
    """Write one test of the clean draft."""
    lines = "".join(f"{key} = {value}\n" for key, value in keys.items())
    return f'[[tests]]\nname = "{name}"\ndraft = "clean.json"\ncodes = {codes}\n{lines}'

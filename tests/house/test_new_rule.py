"""A rule is one row: a new one takes two files by hand, its own and its table; the rest follows or is generated."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT

ROW = '''

@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    order=1085,
    on=PriceView,
    needs=(price_missing,),
    undecided_when=lambda price, _: price.unknown,
    message="The buyer sets the amount of the price '{price}', of which one line may have 50.",
    public={"price": "id", "quantity": "quantity"},
    except_in={"session.confirm": _SETTLED, **_CHANGED, **_OPENED, "payment_link.open": "the page is hosted"},
    counterexamples=(
        (
            "create",
            {
                "/request/lineItems/0/quantity": 51,
                "/facts/prices/price_mug/stock": None,
                "/facts/prices/price_mug/type": "CUSTOM",
                "/facts/prices/price_mug/customUnitAmount": {"preset": 99_000},
            },
        ),
    ),
)
def too_many_gifts(price: PriceView, _: Context) -> bool:
    """The buyer sets the amount of the price, and the line asks for more than fifty.

    Made up for this test.
    """
    return price.stored.type == "CUSTOM" and price.quantity > 50
'''
TABLE = """ROWS: Table = {
    price.too_many_gifts: (
        shows(
            "fifty-one of them",
            "create",
            {
                "/request/lineItems/0/quantity": 51,
                "/facts/prices/price_mug/stock": None,
                "/facts/prices/price_mug/type": "CUSTOM",
                "/facts/prices/price_mug/customUnitAmount": {"preset": 99_000},
            },
            "lineItems[0].price",
            {"price": "price_mug", "quantity": 51},
        ),
    ),
"""
CHECKED = ("tests/rules", "tests/house", "tests/policy", "tests/properties/test_isolation.py", "tests/test_readme.py")


@pytest.mark.slow
def test_new_rule_takes_two_files(tmp_path: Path) -> None:
    """With its row, its table and what is generated, every test of the rules, the house and the policies passes."""
    shutil.copytree(ROOT, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".*", "__pycache__"))
    shutil.copytree(ROOT / ".ci", tmp_path / ".ci")
    rules, table = tmp_path / "rules_engine" / "rules" / "price.py", tmp_path / "tests" / "rules" / "test_price.py"
    rules.write_text(rules.read_text(encoding="utf-8") + ROW, encoding="utf-8")
    table.write_text(table.read_text(encoding="utf-8").replace("ROWS: Table = {\n", TABLE, 1), encoding="utf-8")
    _run(tmp_path, "rules_engine.docs")
    _run(
        tmp_path, "pytest", "-q", "-x", "-p", "no:cacheprovider", "--deselect", "tests/house/test_new_rule.py", *CHECKED
    )


def _run(project: Path, *arguments: str) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "COV"))}
    ran = subprocess.run(  # noqa: S603  # the interpreter of these tests, with arguments of theirs
        [sys.executable, "-m", *arguments],
        cwd=project,
        env={**environment, "PYTHONPATH": str(project)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, ran.stdout[-5000:] + ran.stderr[-2000:]

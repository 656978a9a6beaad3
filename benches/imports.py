"""What it takes to import a library, each time in a fresh process, in turns."""

import subprocess
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from typing import Final

from attrs import frozen

from benches.measure import Spread, spread_of

OURS: Final = "rules_engine"
BASE: Final = "attrs, cattrs"
_STATEMENTS: Final[Mapping[str, str]] = {
    BASE: "import attrs, cattrs",
    OURS: "import rules_engine",
    "rules_engine and a first verdict": "import rules_engine; rules_engine.validate_session(document)",
    "msgspec": "import msgspec",
    "pydantic": "import pydantic; pydantic.BaseModel",
    "zen-engine": "import zen",
    "common-expression-language": "import cel",
    "cedarpy": "import cedarpy",
    "rule-engine": "import rule_engine",
}
_CHILD: Final = """
import sys, time
document = sys.stdin.buffer.read()
start = time.process_time()
{statement}
print((time.process_time() - start) * 1e3)
"""


@frozen
class Import:
    """What an import takes.

    Attributes:
        what: The library.
        cost: Milliseconds of processor time, beyond those of the interpreter itself.
        times: How many times the import of attrs and cattrs, round by round.
    """

    what: str
    cost: Spread
    times: Spread


def import_times(document: bytes, rounds: int) -> list[Import]:
    """Import every library that is installed.

    Args:
        document: The draft document of the first verdict.
        rounds: How often, at least 2.
    """
    statements = {what: statement for what, statement in _STATEMENTS.items() if _is_installed(statement)}
    for statement in statements.values():
        _milliseconds(statement, document)
    samples: dict[str, list[float]] = {what: [] for what in statements}
    for _ in range(rounds):
        for what, statement in statements.items():
            samples[what].append(_milliseconds(statement, document))
    base = samples[BASE]
    return [
        Import(what, spread_of(found), spread_of([one / two for one, two in zip(found, base, strict=True)]))
        for what, found in samples.items()
    ]


def _is_installed(statement: str) -> bool:
    return find_spec(statement.split()[1].strip(",;")) is not None


def _milliseconds(statement: str, document: bytes) -> float:
    program = _CHILD.format(statement=statement)
    done = subprocess.run([sys.executable, "-c", program], input=document, capture_output=True, check=True)  # noqa: S603  # our own text
    return float(done.stdout)

"""Who is measured: the engine, straight-line Python, decoders of types, and engines that others wrote.

On the object path everybody gets a draft that is parsed already: we and straight-line Python the model objects, the
peers the dict that `json.loads` gives. On the wire path everybody gets the bytes of the document.
"""

import enum
import importlib
import json
from collections.abc import Callable, Iterator
from typing import Any, Final

from attrs import frozen

from benches.documents import Case
from benches.peers.plain import plain_judge
from benches.peers.rules import NAMES, peer_policy
from benches.straight_line import check_session_create
from benches.straight_line_joined import check_joined_session_create
from rules_engine import Engine, Verdict, default_policy

OURS: Final = "rules_engine"
STRAIGHT: Final = "straight-line Python"
JOINED: Final = "straight-line over our join"
OURS_ON_PEER_RULES: Final = f"rules_engine, {len(NAMES)} rules"
PLAIN: Final = f"plain Python, {len(NAMES)} rules"
MSGSPEC: Final = "msgspec, then straight-line"
PYDANTIC: Final = "pydantic, then straight-line"

Judge = Callable[[Any], Any]


class Path(enum.Enum):
    """What a contestant is given."""

    OBJECT = "object"
    WIRE = "wire"


@frozen(eq=False)
class Contestant:
    """One who judges drafts.

    Attributes:
        name: What the table calls it.
        path: What it is given.
        rules: How many of our rules it applies.
        given: Takes from a case what it is given.
        judge: Judges it; this is what is timed.
        answer: Takes the names of the codes from what `judge` returns.
        peer: Whether somebody else wrote the engine.
    """

    name: str
    path: Path
    rules: int
    given: Callable[[Case], Any]
    judge: Judge
    answer: Callable[[Any], tuple[str, ...]] = tuple
    peer: bool = False


@frozen
class Absent:
    """A peer that is not installed.

    Attributes:
        name: What the table would call it.
        package: What to install.
    """

    name: str
    package: str


@frozen
class _PeerRow:
    name: str
    package: str
    module: str
    factory: str


_ENGINES: Final = (
    _PeerRow("zen-engine, expression", "zen-engine", "zen", "expression_judge"),
    _PeerRow("zen-engine, graph", "zen-engine", "zen", "graph_judge"),
    _PeerRow("CEL in Rust", "common-expression-language", "cel", "program_judge"),
    _PeerRow("Cedar", "cedarpy", "cedar", "policies_judge"),
    _PeerRow("rule-engine", "rule-engine", "rule_engine_peer", "rules_judge"),
)
_DECODERS: Final = (
    _PeerRow(MSGSPEC, "msgspec", "msgspec_decode", "struct_judge"),
    _PeerRow(PYDANTIC, "pydantic", "pydantic_decode", "model_judge"),
)


def contestants(most_lines: int) -> tuple[list[Contestant], list[Absent]]:
    """Set everybody up.

    Args:
        most_lines: How many lines a session may have.

    Returns:
        The contestants, and the peers that are not installed.
    """
    policy = default_policy().with_limits(max_line_items=most_lines)
    everything = len(policy.pipelines["session.create"])
    present = [*_ours(policy_rules=everything, most_lines=most_lines, engine=Engine(policy))]
    absent = []
    for row in (*_ENGINES, *_DECODERS):
        judge = _installed(row, most_lines)
        if judge is None:
            absent.append(Absent(row.name, row.package))
        elif row in _DECODERS:
            present.append(Contestant(row.name, Path.WIRE, everything, _document, judge))
        else:
            present += _peer(row.name, judge)
    return present, absent


def _ours(*, policy_rules: int, most_lines: int, engine: Engine) -> Iterator[Contestant]:
    few = Engine(peer_policy(most_lines))

    def straight(draft: Any) -> list[str]:
        return check_session_create(draft, most_lines)

    def joined(draft: Any) -> list[str]:
        return check_joined_session_create(draft, most_lines)

    def detailed(document: bytes) -> Verdict:
        return engine.validate(json.loads(document))

    yield Contestant(STRAIGHT, Path.OBJECT, policy_rules, _draft, straight)
    yield Contestant(JOINED, Path.OBJECT, policy_rules, _draft, joined)
    yield Contestant(OURS, Path.OBJECT, policy_rules, _draft, engine.validate, _codes)
    yield Contestant(OURS, Path.WIRE, policy_rules, _document, engine.validate, _codes)
    yield Contestant("json.loads, then rules_engine", Path.WIRE, policy_rules, _document, detailed, _codes)
    yield Contestant(OURS_ON_PEER_RULES, Path.OBJECT, len(NAMES), _draft, few.validate, _codes)
    yield Contestant(OURS_ON_PEER_RULES, Path.WIRE, len(NAMES), _document, few.validate, _codes)
    plain = plain_judge(most_lines)
    yield Contestant(PLAIN, Path.OBJECT, len(NAMES), _parsed, plain)
    yield Contestant(PLAIN, Path.WIRE, len(NAMES), _document, _after_decoding(plain))


def _peer(name: str, judge: Judge) -> Iterator[Contestant]:
    yield Contestant(name, Path.OBJECT, len(NAMES), _parsed, judge, peer=True)
    yield Contestant(name, Path.WIRE, len(NAMES), _document, _after_decoding(judge), peer=True)


def _installed(row: _PeerRow, most_lines: int) -> Judge | None:
    try:
        module = importlib.import_module(f"benches.peers.{row.module}")
    except ModuleNotFoundError as error:
        if error.name is None or error.name.startswith("benches"):
            raise
        return None
    judge: Judge = getattr(module, row.factory)(most_lines)
    return judge


def _after_decoding(judge: Judge) -> Judge:
    """Give a peer its dict by the quickest decoder that is installed."""
    loads = _quickest_loads()

    def decode_and_judge(document: bytes) -> Any:
        return judge(loads(document))

    return decode_and_judge


def _quickest_loads() -> Callable[[bytes], Any]:
    try:
        import msgspec  # noqa: PLC0415  # it is in an extra
    except ModuleNotFoundError:
        return json.loads
    return msgspec.json.Decoder().decode


def _draft(case: Case) -> Any:
    return case.draft


def _document(case: Case) -> Any:
    return case.document


def _parsed(case: Case) -> Any:
    return case.parsed


def _codes(verdict: Verdict) -> tuple[str, ...]:
    return verdict.codes

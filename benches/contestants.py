"""Who is measured: the engine, straight-line Python, decoders of types, and engines that others wrote.

On the object path everybody gets a draft that is parsed already: we and straight-line Python the model objects, the
peers the dict that `json.loads` gives. On the wire path everybody gets the bytes of the document. What a peer costs
once its join is done by somebody else is a row of its own.
"""

import enum
import importlib
import json
from collections.abc import Callable, Iterator
from typing import Any, Final

from attrs import frozen

from benches.documents import Case
from benches.peers.flat import flat
from benches.peers.plain import plain_judge
from benches.peers.rules import NAMES, peer_policy
from benches.straight_line import check_session_create
from benches.straight_line_views import check_joined_session_create
from rules_engine import Engine, Verdict, default_policy

OURS: Final = "rules_engine"
STRAIGHT: Final = "straight-line Python"
JOINED: Final = "straight-line over our join"
OURS_ON_PEER_RULES: Final = f"rules_engine, {len(NAMES)} rules"
PLAIN: Final = f"plain Python, {len(NAMES)} rules"
MSGSPEC: Final = "msgspec, then straight-line"
PYDANTIC: Final = "pydantic, then straight-line"
JOINED_ALREADY: Final = ", without its join"
"""Added to the name of one who is given the record that it would have to make."""

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
        join_counted: Whether the time of its join is its own; where not, it is given what it would have views.
    """

    name: str
    path: Path
    rules: int
    given: Callable[[Case], Any]
    judge: Judge
    answer: Callable[[Any], tuple[str, ...]] = tuple
    peer: bool = False
    join_counted: bool = True


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
            present += _on_record(row.name, judge, peer=True)
    return present, absent


def _ours(*, policy_rules: int, most_lines: int, engine: Engine) -> Iterator[Contestant]:
    few = Engine(peer_policy(most_lines))
    # As a service does before it takes requests.
    for ours in (engine, few):
        ours.compile("session.create")

    def straight(draft: Any) -> list[str]:
        return check_session_create(draft, most_lines)

    def views(draft: Any) -> list[str]:
        return check_joined_session_create(draft, most_lines)

    def detailed(document: bytes) -> Verdict:
        return engine.validate(json.loads(document))

    yield Contestant(STRAIGHT, Path.OBJECT, policy_rules, _draft, straight)
    yield Contestant(JOINED, Path.OBJECT, policy_rules, _draft, views)
    yield Contestant(OURS, Path.OBJECT, policy_rules, _draft, engine.validate, _codes)
    yield Contestant(OURS, Path.WIRE, policy_rules, _document, engine.validate, _codes)
    yield Contestant("json.loads, then rules_engine", Path.WIRE, policy_rules, _document, detailed, _codes)
    yield Contestant(OURS_ON_PEER_RULES, Path.OBJECT, len(NAMES), _draft, few.validate, _codes)
    yield Contestant(OURS_ON_PEER_RULES, Path.WIRE, len(NAMES), _document, few.validate, _codes)
    yield from _on_record(PLAIN, plain_judge(most_lines), peer=False)


def _on_record(name: str, judge: Judge, *, peer: bool) -> Iterator[Contestant]:
    """Set up one who judges the flat record: from the parsed document, from its bytes, and from the record itself."""
    loads = _quickest_loads()

    def join_and_judge(parsed: Any) -> Any:
        return judge(flat(parsed))

    def decode_join_and_judge(document: bytes) -> Any:
        return judge(flat(loads(document)))

    rules = len(NAMES)
    yield Contestant(name, Path.OBJECT, rules, _parsed, join_and_judge, peer=peer)
    yield Contestant(name, Path.WIRE, rules, _document, decode_join_and_judge, peer=peer)
    yield Contestant(f"{name}{JOINED_ALREADY}", Path.OBJECT, rules, _record, judge, peer=peer, join_counted=False)


def _installed(row: _PeerRow, most_lines: int) -> Judge | None:
    try:
        module = importlib.import_module(f"benches.peers.{row.module}")
    except ModuleNotFoundError as error:
        if error.name is None or error.name.startswith("benches"):
            raise
        return None
    judge: Judge = getattr(module, row.factory)(most_lines)
    return judge


def _quickest_loads() -> Callable[[bytes], Any]:
    """Find the quickest decoder to a dict that is installed, for those who take one."""
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


def _record(case: Case) -> Any:
    return flat(case.parsed)


def _codes(verdict: Verdict) -> tuple[str, ...]:
    return verdict.codes

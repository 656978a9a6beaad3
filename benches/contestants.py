"""Who is measured: the engine, straight-line Python, decoders of types, and engines that others wrote.

On the object path everybody gets a draft that is parsed already: the engine and straight-line Python the model objects,
the peers the dict that `json.loads` gives. On the wire path everybody gets the bytes of the document. What a peer costs
once another program makes its record is a row of its own.

Their answers are compared before anything is timed; who differs is not timed.
"""

import enum
import json
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from operator import attrgetter
from typing import Any, Final

from attrs import frozen

from benches.documents import Case
from benches.peers import decoders, engines
from benches.peers.flat import flat
from benches.peers.rules import NAMES, peer_policy, plain_judge
from benches.straight_line import COVERED, check_session_create, covered_policy
from benches.straight_line_views import views_judge
from rules_engine import Engine

ENGINE: Final = "rules_engine"
STRAIGHT: Final = "straight-line Python"
VIEWS: Final = "straight-line over our views"
ENGINE_ON_PEER_RULES: Final = f"rules_engine, {len(NAMES)} rules"
PLAIN: Final = f"plain Python, {len(NAMES)} rules"
MSGSPEC: Final = "msgspec, then straight-line"
PYDANTIC: Final = "pydantic, then straight-line"
RECORD_GIVEN: Final = ", without its record"
"""Added to the name of one who is given the record that it would have to make."""

Judge = Callable[[Any], Any]
_CODES: Final = attrgetter("codes")
_DRAFT, _DOCUMENT, _PARSED = map(attrgetter, ("draft", "document", "parsed"))


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
        rules: How many of the built-in rules it applies.
        given: Takes from a case what it is given.
        judge: Judges it; this is what is timed.
        answer: Takes the names of the codes from what `judge` returns.
        peer: Whether it is the engine of another project.
        record_counted: Whether the time to make its record is its own; where not, it is given the record.
    """

    name: str
    path: Path
    rules: int
    given: Callable[[Case], Any]
    judge: Judge
    answer: Callable[[Any], tuple[str, ...]] = tuple
    peer: bool = False
    record_counted: bool = True


@frozen
class Absent:
    """A peer that is not installed: what the table would call it, and the package to install."""

    name: str
    package: str


_ENGINES: Final = (
    ("zen-engine, expression", "zen-engine", engines.zen_expression),
    ("zen-engine, graph", "zen-engine", engines.zen_graph),
    ("CEL in Rust", "common-expression-language", engines.cel_in_rust),
    ("Cedar", "cedarpy", engines.cedar),
    ("rule-engine", "rule-engine", engines.rule_engine_rules),
)
_DECODERS: Final = (
    (MSGSPEC, "msgspec", decoders.msgspec_judge),
    (PYDANTIC, "pydantic", decoders.pydantic_judge),
)


def contestants(most_lines: int) -> tuple[list[Contestant], list[Absent]]:
    """Set everybody up.

    Args:
        most_lines: How many lines a session may have.

    Returns:
        The contestants, and the peers that are not installed.
    """
    present = list(_built_in(most_lines))
    absent = []
    for name, package, set_up in (*_ENGINES, *_DECODERS):
        try:
            judge = set_up(most_lines)
        except ModuleNotFoundError:
            absent.append(Absent(name, package))
            continue
        if name in (MSGSPEC, PYDANTIC):
            present.append(Contestant(name, Path.WIRE, len(COVERED), _DOCUMENT, judge))
        else:
            present += _on_record(name, judge, peer=True)
    return present, absent


def _built_in(most_lines: int) -> Iterator[Contestant]:
    policy = covered_policy(most_lines)
    engine, few = Engine(policy), Engine(peer_policy(most_lines))
    # As a service does before it takes requests.
    for compiled in (engine, few):
        compiled.compile("session.create")
    rules = len(COVERED)
    straight = partial(check_session_create, most_lines=most_lines)
    yield Contestant(STRAIGHT, Path.OBJECT, rules, _DRAFT, straight)
    yield Contestant(VIEWS, Path.OBJECT, rules, _DRAFT, views_judge(policy))
    yield Contestant(ENGINE, Path.OBJECT, rules, _DRAFT, engine.validate, _CODES)
    yield Contestant(ENGINE, Path.WIRE, rules, _DOCUMENT, engine.validate, _CODES)
    yield Contestant(
        f"json.loads, then {ENGINE}",
        Path.WIRE,
        rules,
        _DOCUMENT,
        lambda text: engine.validate(json.loads(text)),
        _CODES,
    )
    yield Contestant(ENGINE_ON_PEER_RULES, Path.OBJECT, len(NAMES), _DRAFT, few.validate, _CODES)
    yield Contestant(ENGINE_ON_PEER_RULES, Path.WIRE, len(NAMES), _DOCUMENT, few.validate, _CODES)
    yield from _on_record(PLAIN, plain_judge(most_lines), peer=False)


def _parsing(engine: Engine) -> Judge:
    return lambda document: engine.validate(json.loads(document))


def _on_record(name: str, judge: Judge, *, peer: bool) -> Iterator[Contestant]:
    """Set up one who judges the flat record: from the parsed document, from its bytes, and from the record itself."""
    loads = _quickest_loads()
    who = partial(Contestant, rules=len(NAMES), peer=peer)
    yield who(name, Path.OBJECT, given=_PARSED, judge=lambda parsed: judge(flat(parsed)))
    yield who(name, Path.WIRE, given=_DOCUMENT, judge=lambda document: judge(flat(loads(document))))
    yield who(
        f"{name}{RECORD_GIVEN}",
        Path.OBJECT,
        given=lambda case: flat(case.parsed),
        judge=judge,
        record_counted=False,
    )


def _quickest_loads() -> Callable[[bytes], Any]:
    """Return the quickest decoder to a dict that is installed, for those who take one."""
    try:
        import msgspec  # noqa: PLC0415  # it is in an extra
    except ModuleNotFoundError:
        return json.loads
    return msgspec.json.Decoder().decode


@frozen
class Agreement:
    """How often a contestant gave the expected codes, in the expected order.

    Attributes:
        agreed: In how many cases.
        compared: Of how many.
        difference: The first case in which it did not, in words; empty where there is none.
    """

    agreed: int
    compared: int
    difference: str = ""

    def __str__(self) -> str:
        """Read as `214/214`."""
        return f"{self.agreed}/{self.compared}"


def agreements(compared: Sequence[Contestant], cases: Sequence[Case]) -> list[Agreement]:
    """Compare contestants with the one written by hand that applies the same rules, which is among them."""
    references = {item.rules: item for item in compared if item.name in (STRAIGHT, PLAIN)}
    expected = {rules: [_answer(item, case) for case in cases] for rules, item in references.items()}
    return [_agreement(item, cases, expected[item.rules]) for item in compared]


def _agreement(contestant: Contestant, cases: Sequence[Case], expected: Sequence[str]) -> Agreement:
    answers = [_answer(contestant, case) for case in cases]
    differing = [
        f"{contestant.name}: {case.name}: reports {answer or 'nothing'}, expected {codes or 'nothing'}"
        for case, answer, codes in zip(cases, answers, expected, strict=True)
        if answer != codes
    ]
    return Agreement(len(cases) - len(differing), len(cases), differing[0] if differing else "")


def _answer(contestant: Contestant, case: Case) -> str:
    try:
        return ", ".join(contestant.answer(contestant.judge(contestant.given(case))))
    except Exception as error:  # noqa: BLE001  # a peer may raise anything, and that is not the expected answer
        return f"{type(error).__name__}: {error}"[:200]

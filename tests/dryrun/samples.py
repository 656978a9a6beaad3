"""Histories, tasks and policies for the tests of the dry run, and reports that no run has made."""

import os
import signal
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from attrs import frozen
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from rules_engine import default_policy
from rules_engine.dryrun.document import report_document
from rules_engine.dryrun.history.files import Record
from rules_engine.dryrun.history.plan import SPLIT_BYTES, plan, read_split
from rules_engine.dryrun.local import replay_locally
from rules_engine.dryrun.replay import replay
from rules_engine.dryrun.report import (
    NOT_JUDGED,
    UNDECIDED,
    Answer,
    Change,
    Exemplar,
    Header,
    Lost,
    PolicyName,
    Report,
    Tally,
    Transition,
    UnreadableRecord,
)
from rules_engine.dryrun.task import Policies, Task
from rules_engine.policy.load import load_policy
from rules_engine.policy.model import Policy
from rules_engine.testing.strategies import documents, policies
from rules_engine.wire.json_text import write_json
from tests.house.source import ROOT

SHIPPED: Final = ROOT / "policies"
DEFAULT: Final = Policies("default", default_policy())
OPERATIONS_TRIED: Final = ("session.create", "session.update", "session.confirm", "refund.create", "price.create")
"""Some with an amount, and one without."""


def record(document: Mapping[str, Any] | bytes | None, line: int) -> Record:
    """Return a line of a history; a broken one where there is no document."""
    place = f"history.jsonl:{line}"
    if document is None:
        return Record(place, None, "not JSON", (line, 0))
    text = document if isinstance(document, bytes) else write_json(dict(document)).encode()
    return Record(place, text, None, (line, 0))


def history(*documents: Mapping[str, Any] | bytes | None) -> list[Record]:
    """Return documents as the lines of a file."""
    return [record(document, line) for line, document in enumerate(documents, 1)]


def text_of(report: Report) -> str:
    """Return a report as bytes would be compared."""
    return write_json(report_document(report))


def of_policy(policy: Policy) -> Policies:
    """Judge every draft by one policy."""
    return Policies(policy.id, policy)


@frozen(eq=False)
class Deadly(Policies):
    """Policies that kill the process that judges a draft of one merchant by them."""

    merchant: str = ""

    def policy_for(self, merchant: str | None, now: datetime) -> Policy | None:
        """Kill this process, or choose as ever."""
        if merchant == self.merchant:
            os.kill(os.getpid(), signal.SIGKILL)
        return Policies.policy_for(self, merchant, now)


def interrupted(*arguments: Any, **options: Any) -> Report:
    """Replay a history on this machine, with Ctrl-C after its first part."""

    def finished(*_: object) -> None:
        signal.raise_signal(signal.SIGINT)

    return replay_locally(*arguments, **{**options, "finished": finished})


def shipped_documents() -> Iterator[bytes]:
    """Yield the shipped drafts, one line each."""
    for path in sorted((SHIPPED / "drafts").glob("*.json")):
        yield b" ".join(path.read_bytes().split(b"\n"))


def records_of(path: Path, split_bytes: int = SPLIT_BYTES) -> list[Record]:
    """Plan a history, and read all of its parts."""
    found = plan([str(path)], split_bytes=split_bytes)
    assert found.problems == ()
    return [record for split in found.splits for record in read_split(split)]


def write_history(path: Path, *, times: int = 1) -> Path:
    """Write the shipped drafts as JSON Lines, as many times as asked for, with a line that is none at the end."""
    lines = list(shipped_documents()) * times
    path.write_bytes(b"\n".join([*lines, b'{"version": 1', b""]))
    return path


def strict_task(*, sample: int = 3, by_merchant: bool = False) -> Task:
    """Compare the shipped strict policy with the default one."""
    return Task(of_policy(load_policy(SHIPPED / "strict.toml")), DEFAULT, sample=sample, by_merchant=by_merchant)


def shipped_report(*, sample: int = 3, by_merchant: bool = True) -> Report:
    """Report on the shipped drafts, and a line that is none, under the strict and the default policy."""
    return replay(history(*shipped_documents(), None), strict_task(sample=sample, by_merchant=by_merchant))


def drafts_of(**counts: int) -> Report:
    """Report so many drafts of each kind of transition, and so many unreadable records."""
    unreadable = counts.pop("unreadable", 0)
    transitions = {KINDS[kind]: Transition(Tally(count)) for kind, count in counts.items()}
    return Report(HEADER, transitions, unreadable=unreadable)


KINDS: Final[dict[str, tuple[Answer, Answer]]] = {
    "accepted": ((), ()),
    "rejected": ((), ("price_expired",)),
    "relieved": (("coupon_invalid",), ()),
    "changed": (("coupon_invalid", "a"), ("price_expired", "a")),
    "reordered": (("a", "b"), ("b", "a")),
    "undecided": (("a",), UNDECIDED),
    "still_undecided": (UNDECIDED, UNDECIDED),
}
"""Kinds of transitions: the answers before and after."""


@st.composite
def recorded_documents(draw: st.DrawFn) -> dict[str, Any]:
    """Generate documents with what the application may have answered, and an id or none."""
    document: dict[str, Any] = dict(draw(documents(draw(st.sampled_from(OPERATIONS_TRIED)))))
    document["facts"] = {**document["facts"], "now": draw(st.sampled_from(NOWS))}
    codes = draw(st.none() | st.lists(st.sampled_from(("price_expired", "coupon_invalid", "legacy code")), max_size=3))
    if codes is not None:
        document["recorded"] = {"codes": codes}
    name = draw(st.none() | st.sampled_from(("d_1", "d_2", "d_3", "d_4")))
    document["id"] = name
    return document


NOWS: Final = (
    "2026-11-22T10:00:00Z",
    "2026-11-22T23:59:59.999999Z",
    "2026-11-23T01:30:00+02:00",
    "2027-01-01T00:00:00Z",
)


@st.composite
def random_histories(draw: st.DrawFn, most: int = 8) -> list[Record]:
    """Generate histories; some lines are no drafts."""
    broken = st.sampled_from((None, b"{", b"[]", b'{"version": 2}', b"\xff"))
    return history(*draw(st.lists(recorded_documents() | broken, max_size=most)))


@st.composite
def random_tasks(draw: st.DrawFn) -> Task:
    """Generate what is asked: two policies, or one and the recorded codes."""
    baseline = draw(st.sampled_from((None, DEFAULT)))
    candidate = of_policy(draw(policies(draw(st.sampled_from(OPERATIONS_TRIED)))))
    return Task(
        candidate,
        baseline,
        seed=draw(st.integers(0, 3)),
        sample=draw(st.integers(0, 3)),
        by_merchant=draw(st.booleans()),
    )


HEADER: Final = Header(
    PolicyName("before", "0" * 64, ("price_expired", "coupon_invalid")),
    PolicyName("after", "1" * 64, ("price_expired", "coupon_invalid", "acme.cash_limit")),
    sample=2,
    by_merchant=True,
)
_ANSWERS: Final = st.sampled_from(
    ((), UNDECIDED, ("price_expired",), ("coupon_invalid",), ("price_expired", "coupon_invalid"), ("a|`<b>\n@x",))
)
_COUNTS: Final = st.integers(1, 10**12)
_AMOUNTS: Final = st.dictionaries(st.sampled_from(("EGP", "JPY", "KWD")), st.integers(-(10**18), 10**18), max_size=2)
_TALLIES: Final = st.builds(Tally, _COUNTS, _AMOUNTS, st.integers(0, 10**6))


def _exemplar(place: int) -> Exemplar:
    """Return one of a fixed set: what stands in one place is always the same draft."""
    document = {"id": f"d_{place}", "request": {"amount": place}}
    return Exemplar(f"{place * 7 % 16:016x}", f"h.jsonl:{place}", 20 + place % 3, f"d_{place}", document, None, None)


_EXEMPLARS: Final = st.integers(1, 40).map(_exemplar)
_SHOWN: Final = st.lists(_EXEMPLARS, max_size=2, unique_by=lambda exemplar: exemplar.place).map(sorted)
_TRANSITIONS: Final = st.builds(Transition, _TALLIES, _SHOWN, st.none() | _EXEMPLARS)
_UNREADABLE: Final = st.integers(1, 20).map(
    lambda line: UnreadableRecord("h.jsonl", (line, 0), f"h.jsonl:{line}", "not JSON", None if line % 2 else "/facts")
)
_JUDGED: Final = [change for change in Change if change not in NOT_JUDGED]
_VALUES: Final = st.dictionaries(st.sampled_from(_JUDGED), _TALLIES, min_size=1, max_size=2)


def _counters(keys: SearchStrategy[Any]) -> SearchStrategy[Counter[Any]]:
    return st.dictionaries(keys, _COUNTS, max_size=3).map(Counter)


SYNTHETIC: Final = st.builds(
    Report,
    st.just(HEADER),
    st.dictionaries(st.tuples(_ANSWERS, _ANSWERS), _TRANSITIONS, max_size=4),
    st.dictionaries(
        st.sampled_from(("operation", "day", "currency", "merchant")),
        st.dictionaries(st.sampled_from(("", "a", "b|c")), _VALUES, min_size=1, max_size=2),
        max_size=3,
    ),
    _counters(
        st.tuples(
            st.sampled_from(("baseline", "candidate")),
            st.sampled_from(("enforced", "waived", "shadowed", "skipped")),
            st.sampled_from(("price_expired", "coupon_invalid")),
        )
    ),
    _counters(st.sampled_from(("prices", "policy"))),
    _counters(st.sampled_from(("session.create", "refund.create"))),
    st.integers(0, 10),
    st.lists(_UNREADABLE, max_size=2, unique=True).map(sorted),
    st.integers(0, 10),
    st.integers(0, 10),
    st.lists(st.builds(Lost, st.sampled_from(("x", "y")), st.just("killed")), max_size=2).map(sorted),
    st.integers(0, 3),
    st.integers(0, 10),
    st.lists(_UNREADABLE, max_size=2, unique=True).map(sorted),
    _counters(st.sampled_from(("stok", "***"))),
)
"""Reports that no run has made, of one header, with all that a report can hold."""

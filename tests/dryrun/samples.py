"""Small histories, judged: random ones and one by hand, and reports that no run has made."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from rules_engine import default_policy
from rules_engine.dryrun.document import report_document
from rules_engine.dryrun.history.files import Record
from rules_engine.dryrun.report import (
    UNDECIDED,
    Change,
    Exemplar,
    Header,
    Lost,
    PolicyName,
    Report,
    RuleUse,
    Tally,
    Transition,
    UnreadableRecord,
)
from rules_engine.dryrun.task import Policies, Task, task_of
from rules_engine.policy.model import Policy
from rules_engine.testing.strategies import documents, policies
from rules_engine.wire.json_text import write_json

DEFAULT: Final = Policies("default", default_policy())
OPERATIONS_TRIED: Final = ("session.create", "session.update", "session.confirm", "refund.create", "price.create")
"""Some with an amount, and one without."""


def record(document: Mapping[str, Any] | bytes | None, line: int) -> Record:
    """Give a line of a history; a broken one where there is no document."""
    place = f"history.jsonl:{line}"
    if document is None:
        return Record(place, None, "not JSON", (line, 0))
    text = document if isinstance(document, bytes) else write_json(dict(document)).encode()
    return Record(place, text, None, (line, 0))


def history(*documents: Mapping[str, Any] | bytes | None) -> list[Record]:
    """Give documents as the lines of a file."""
    return [record(document, line) for line, document in enumerate(documents, 1)]


def text_of(report: Report) -> str:
    """Write a report as bytes would be compared."""
    return write_json(report_document(report))


def of_policy(policy: Policy) -> Policies:
    """Judge every draft by one policy."""
    return Policies(policy.id, policy)


@st.composite
def recorded_documents(draw: st.DrawFn) -> dict[str, Any]:
    """Generate documents with what the host may have said of them, and an id or none."""
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
    return task_of(
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
    """Give one of a fixed set: what stands in one place is always the same draft."""
    document = {"id": f"d_{place}", "request": {"amount": place}}
    return Exemplar(f"{place * 7 % 16:016x}", f"h.jsonl:{place}", 20 + place % 3, f"d_{place}", document, None, None)


_EXEMPLARS: Final = st.integers(1, 40).map(_exemplar)
_SHOWN: Final = st.lists(_EXEMPLARS, max_size=2, unique_by=lambda exemplar: exemplar.place).map(sorted)
_TRANSITIONS: Final = st.builds(Transition, _TALLIES, _SHOWN, st.none() | _EXEMPLARS)
_UNREADABLE: Final = st.integers(1, 20).map(
    lambda line: UnreadableRecord("h.jsonl", (line, 0), f"h.jsonl:{line}", "not JSON", None if line % 2 else "/facts")
)
_JUDGED: Final = [change for change in Change if change is not Change.UNREADABLE]
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
        st.builds(
            RuleUse,
            st.sampled_from(("baseline", "candidate")),
            st.sampled_from(("price_expired", "coupon_invalid")),
            st.sampled_from(("enforced", "waived", "shadowed", "skipped")),
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
)
"""Reports that no run has made, of one header, with all that a report can hold."""

"""What a run is asked: which drafts it is about, and by which policies each side judges them."""

import pickle
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from rules_engine import OPERATIONS, Mode, Policy, PolicySet, default_policy
from rules_engine.dryrun.replay import replay
from rules_engine.dryrun.task import Policies, Task, Where, WhereError, read_where
from rules_engine.examples import examples
from rules_engine.policy.policy_set import Versions
from tests.dryrun.samples import DEFAULT, SHIPPED, history, of_policy, text_of

SINCE = datetime(2026, 11, 1, tzinfo=UTC)
UNTIL = datetime(2026, 12, 1, 12, tzinfo=UTC)
START = datetime(2026, 11, 22, tzinfo=UTC)
TICK = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("texts", "where"),
    [
        ([], Where()),
        (["merchant=acct_1"], Where(("acct_1",))),
        (["merchant=b,merchant=a", "merchant=a"], Where(("a", "b"))),
        (["merchant=a=b"], Where(("a=b",))),
        (["operation=session.create, operation=price.create"], Where((), ("price.create", "session.create"))),
        (["since=2026-11-01,until=2026-12-01T14:00:00+02:00"], Where((), (), SINCE, UNTIL)),
        (["until=2026-12-01t12:00:00z"], Where(until=UNTIL)),
    ],
)
def test_where_is_read(texts: list[str], where: Where) -> None:
    """Parts are read in any number of texts, and each asked for once counts once."""
    assert read_where(texts) == where


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "unknown condition ''"),
        ("merchant", "expected merchant=VALUE"),
        ("merchant=", "expected merchant=VALUE"),
        (
            "merchants=a",
            "unknown condition 'merchants': expected merchant, operation, since, until; did you mean merchant?",
        ),
        ("operation=session.crate", "unknown operation session.crate; did you mean session.create?"),
        ("since=yesterday", "since must be a day in UTC"),
        ("since=2026-11-01T00:00:00", "since must be a day in UTC"),
        ("since=2026-13-01", "since must be a day in UTC"),
        ("until=0001-01-01T00:00:00+10:00", "until must be a day in UTC"),
        ("since=2026-11-01,since=2026-11-02", "since is given twice"),
        (
            "since=2026-11-08,until=2026-11-01",
            "no draft fits: since=2026-11-08T00:00:00Z is not before until=2026-11-01",
        ),
        ("until=2026-11-01,since=2026-11-01", "no draft fits"),
    ],
)
def test_where_is_refused(text: str, said: str) -> None:
    """What is in another form is refused in a sentence that says what is wrong."""
    with pytest.raises(WhereError) as refused:
        read_where([text])
    assert str(refused.value).startswith(said)


@pytest.mark.parametrize(
    ("where", "operation", "merchant", "now", "fits"),
    [
        (Where(since=SINCE, until=UNTIL), "session.create", None, SINCE - TICK, False),
        (Where(since=SINCE, until=UNTIL), "session.create", None, SINCE, True),
        (Where(since=SINCE, until=UNTIL), "session.create", None, UNTIL - TICK, True),
        (Where(since=SINCE, until=UNTIL), "session.create", None, UNTIL, False),
        (Where(("a", "b"), ("price.create",)), "price.create", "b", SINCE, True),
        (Where(("a", "b"), ("price.create",)), "price.create", "c", SINCE, False),
        (Where(("a", "b"), ("price.create",)), "price.create", None, SINCE, False),
        (Where(("a", "b"), ("price.create",)), "session.create", "a", SINCE, False),
        (Where(), "session.create", None, SINCE, True),
    ],
)
def test_which_drafts_fit(where: Where, operation: str, merchant: str | None, now: datetime, *, fits: bool) -> None:
    """From `since` on, until just before `until`; of several merchants or operations, any fits."""
    assert where.fits(operation, merchant, now) is fits


@given(
    st.builds(
        Where,
        st.lists(st.sampled_from(("a", "b=c", "acct_1")), unique=True).map(sorted).map(tuple),
        st.lists(st.sampled_from(sorted(OPERATIONS)), unique=True).map(sorted).map(tuple),
        st.none() | st.datetimes(timezones=st.just(UTC)),
        st.none() | st.datetimes(timezones=st.just(UTC)),
    ).filter(lambda where: where.since is None or where.until is None or where.since < where.until)
)
def test_where_is_written_as_it_is_read(where: Where) -> None:
    """What is written of it reads as the same."""
    assert read_where([str(where)] if str(where) else []) == where


def test_filtered_out() -> None:
    """Drafts that are not meant are counted as filtered out and as nothing else; what cannot be read always counts."""
    documents = [examples()[name] for name in ("create", "price_create")]
    task = Task(DEFAULT, DEFAULT, where=read_where(["operation=price.create"]))
    report = replay(history(*documents, None), task)
    assert (report.filtered_out, report.read, report.unreadable) == (1, 2, 1)
    assert dict(report.operations) == {"price.create": 1}
    assert report.header.where == "operation=price.create"


@pytest.mark.parametrize(("seed", "sample"), [(-1, 3), (2**64, 3), (0, -1), (0, 1001)])
def test_out_of_bounds(seed: int, sample: int) -> None:
    """A seed that is no 64 bits, and a sample that would not fit into memory, are refused before anything is read."""
    with pytest.raises(ValueError, match="must be from 0 to"):
        Task(DEFAULT, seed=seed, sample=sample)


def _policy(name: str, merchant: str | None = None, **changes: Any) -> Policy:
    return evolve(default_policy(), id=name, merchant=merchant, **changes)


FIRST = _policy("first", "m", effective_until=START)
SECOND = _policy("second", "m", effective_from=START)
BOTH = Policies("directory", _policy("everybody"), {"m": Versions((SECOND, FIRST))})
STANDING = BOTH.with_policy(evolve(SECOND, id="candidate"))
NEW = BOTH.with_policy(_policy("new"))


@pytest.mark.parametrize(
    ("policies", "merchant", "now", "chosen"),
    [
        (BOTH, "m", START - TICK, "first"),
        (BOTH, "m", START, "second"),
        (BOTH, "other", START, "everybody"),
        (BOTH, None, START, "everybody"),
        (STANDING, "m", START - TICK, "candidate"),
        (STANDING, "other", START, "everybody"),
        (NEW, "other", START, "new"),
        (NEW, "m", START, "second"),
    ],
)
def test_which_policy_judges(policies: Policies, merchant: str | None, now: datetime, chosen: str) -> None:
    """A merchant's own of the time, else the default; one that stands in for others ignores windows."""
    policy = policies.policy_for(merchant, now)
    assert policy is not None
    assert policy.id == chosen
    assert STANDING.name == "directory with candidate"


def test_a_directory_judges_by_what_it_has() -> None:
    """The policies of a directory are those that its set gives, for every merchant it names."""
    directory = PolicySet.load(SHIPPED)
    policies = Policies.of_set(directory)
    assert len(policies.by_merchant) == 2
    for merchant in (*policies.by_merchant, "another"):
        assert policies.policy_for(merchant, START) is directory.for_merchant(merchant, at=START)


def test_no_policy_at_the_time() -> None:
    """A draft from a time without a policy is undecided because of the missing policy."""
    gap = Policies("gap", Versions((_policy("later", effective_from=datetime(2099, 1, 1, tzinfo=UTC)),)))
    for task, answers in (
        (Task(gap, DEFAULT), ((), ("undecided",))),
        (Task(DEFAULT, gap), (("undecided",), ())),
    ):
        report = replay(history(examples()["create"]), task)
        assert list(report.transitions) == [answers]
        assert report.missing_facts == {"policy": 1}


def test_no_pipeline_for_the_operation() -> None:
    """A policy without a pipeline for an operation cannot judge its drafts, and stops nothing."""
    narrow = of_policy(_policy("narrow", pipelines={"price.create": default_policy().pipelines["price.create"]}))
    documents = (examples()[name] for name in ("create", "price_create"))
    report = replay(history(*documents), Task(narrow, DEFAULT))
    assert set(report.transitions) == {((), ("undecided",)), ((), ())}


def test_policies_are_named_by_all_that_they_hold() -> None:
    """The digest differs between policies by all they say and by whom they are for, and not by where they come from."""
    described = BOTH.described()
    assert described == Policies("directory", _policy("everybody", source="elsewhere"), BOTH.by_merchant).described()
    others = (
        Policies("directory", BOTH.default),
        Policies("directory", BOTH.default, {"m": FIRST}),
        Policies("directory", BOTH.default, {"m": Versions((evolve(FIRST, merchant="n"), SECOND))}),
        BOTH.with_policy(_policy("everybody", modes={"price_expired": Mode.OFF})),
    )
    digests = {described.digest, *(other.described().digest for other in others)}
    assert len(digests) == 1 + len(others)


def test_rules_that_are_off_are_not_named() -> None:
    """A rule that is off in every policy that has it cannot fire, so it is not among those that might."""
    off = _policy("off", modes={"price_expired": Mode.OFF})
    rules = of_policy(off).described().rules
    assert "price_expired" not in rules
    assert "price_expired" in Policies("two", off, {"m": _policy("on", "m")}).described().rules
    assert len(rules) == len(set(rules))


def test_a_task_travels() -> None:
    """A task that is sent to another process judges there as here."""
    task = Task(of_policy(_policy("off", modes={"price_expired": Mode.OFF})), BOTH, by_merchant=True)
    records = history(*examples("session.create").values())
    sent = pickle.loads(pickle.dumps(task))  # noqa: S301  # its own bytes
    assert text_of(replay(records, sent)) == text_of(replay(records, task))

"""What each side judges by: one policy, or each merchant's own at the time of the draft."""

import pickle
from datetime import UTC, datetime, timedelta
from typing import Any

from attrs import evolve

from rules_engine import Mode, Policy, PolicySet, default_policy
from rules_engine.dryrun.replay import replay
from rules_engine.dryrun.task import Policies, task_of
from rules_engine.examples import changed, examples
from rules_engine.policy.policy_set import Versions
from tests.dryrun.samples import DEFAULT, history, of_policy, text_of
from tests.house.source import ROOT

START = datetime(2026, 11, 22, tzinfo=UTC)
TICK = timedelta(microseconds=1)


def _policy(name: str, merchant: str | None = None, **changes: Any) -> Policy:
    return evolve(default_policy(), id=name, merchant=merchant, **changes)


FIRST = _policy("first", "m", effective_until=START)
SECOND = _policy("second", "m", effective_from=START)
BOTH = Policies("directory", _policy("everybody"), {"m": Versions((SECOND, FIRST))})


def _chosen(policies: Policies, merchant: str | None, now: datetime) -> str | None:
    policy = policies.policy_for(merchant, now)
    return None if policy is None else policy.id


def test_each_merchant_has_its_own() -> None:
    """A merchant is judged by its own policy of the time, everybody else and nobody by the default."""
    assert _chosen(BOTH, "m", START - TICK) == "first"
    assert _chosen(BOTH, "m", START) == "second"
    assert _chosen(BOTH, "other", START) == "everybody"
    assert _chosen(BOTH, None, START) == "everybody"


def test_a_stand_in_applies_whenever() -> None:
    """A policy in the place of others ignores windows, and touches no other merchant."""
    standing = BOTH.with_policy(evolve(SECOND, id="candidate"))
    assert _chosen(standing, "m", START - TICK) == "candidate"
    assert _chosen(standing, "other", START) == "everybody"
    assert _chosen(BOTH.with_policy(_policy("new")), "other", START) == "new"
    assert _chosen(BOTH.with_policy(_policy("new")), "m", START) == "second"
    assert standing.name == "directory with candidate"
    assert _chosen(BOTH, "m", START - TICK) == "first"


def test_a_directory_judges_by_what_it_has() -> None:
    """The policies of a directory are those that its set gives, for every merchant it names."""
    directory = PolicySet.load(ROOT / "policies")
    policies = Policies.of_set(directory)
    assert len(policies.by_merchant) == 2
    for merchant in (*policies.by_merchant, "nobody in particular"):
        assert policies.policy_for(merchant, START) is directory.for_merchant(merchant, at=START)


def test_no_policy_at_the_time() -> None:
    """A draft from a time without a policy is undecided, for want of a policy."""
    document = examples()["create"]
    gap = Policies("gap", Versions((_policy("later", effective_from=datetime(2099, 1, 1, tzinfo=UTC)),)))
    report = replay(history(document), task_of(gap, DEFAULT))
    assert list(report.transitions) == [((), ("undecided",))]
    assert report.missing_facts == {"policy": 1}
    back = replay(history(document), task_of(DEFAULT, gap))
    assert list(back.transitions) == [(("undecided",), ())]
    assert back.missing_facts == {"policy": 1}


def test_no_pipeline_for_the_operation() -> None:
    """A policy without a pipeline for an operation cannot judge its drafts, and stops nothing."""
    pipelines = {"price.create": default_policy().pipelines["price.create"]}
    narrow = of_policy(_policy("narrow", pipelines=pipelines))
    documents = (examples()[name] for name in ("create", "price_create"))
    report = replay(history(*documents), task_of(narrow, DEFAULT))
    assert {answers: transition.tally.drafts for answers, transition in report.transitions.items()} == {
        ((), ("undecided",)): 1,
        ((), ()): 1,
    }


def test_named_by_all_that_they_hold() -> None:
    """The digest tells policies apart by all they say and by whom they are for, and not by where they come from."""
    described = BOTH.described()
    again = Policies("directory", _policy("everybody", source="elsewhere"), BOTH.by_merchant)
    assert described == again.described()
    others = (
        Policies("directory", BOTH.default),
        Policies("directory", BOTH.default, {"m": FIRST}),
        Policies("directory", BOTH.default, {"m": Versions((evolve(FIRST, merchant="n"), SECOND))}),
        BOTH.with_policy(_policy("everybody", modes={"price_expired": Mode.OFF})),
    )
    digests = {described.digest, *(other.described().digest for other in others)}
    assert len(digests) == 1 + len(others)


def test_rules_that_are_off_are_not_named() -> None:
    """A rule that is off in every policy that has it cannot fire, so nobody waits for it."""
    off = _policy("off", modes={"price_expired": Mode.OFF})
    assert "price_expired" not in of_policy(off).described().rules
    assert "price_expired" in Policies("two", off, {"m": _policy("on", "m")}).described().rules
    rules = of_policy(off).described().rules
    assert len(rules) == len(set(rules))


def test_a_task_travels() -> None:
    """A task that is sent to another process judges there as here."""
    task = task_of(of_policy(_policy("off", modes={"price_expired": Mode.OFF})), BOTH, by_merchant=True)
    records = history(*(changed(document, {}) for document in examples("session.create").values()))
    sent = pickle.loads(pickle.dumps(task))  # noqa: S301  # its own bytes
    assert text_of(replay(records, sent)) == text_of(replay(records, task))

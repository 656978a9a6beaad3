"""Without a baseline, the first answer of a draft is what the history recorded."""

from typing import Any

import pytest

from rules_engine.dryrun.replay import replay
from rules_engine.dryrun.report import Change, Report
from rules_engine.dryrun.task import task_of
from rules_engine.examples import examples
from tests.dryrun.samples import DEFAULT, history

CLEAN = examples()["create"]
REFUSED = {**CLEAN, "request": {**CLEAN["request"], "mode": "none"}}


def _replayed(*documents: Any) -> Report:
    return replay(history(*documents), task_of(DEFAULT))


def _recorded(document: Any, *codes: str) -> Any:
    return {**document, "recorded": {"codes": list(codes)}}


@pytest.mark.parametrize(
    ("document", "codes", "change"),
    [
        (CLEAN, (), Change.UNCHANGED),
        (CLEAN, ("price_expired",), Change.NEWLY_ACCEPTED),
        (REFUSED, (), Change.NEWLY_REJECTED),
        (REFUSED, ("parameter_invalid",), Change.UNCHANGED),
        (REFUSED, ("parameter_invalid", "parameter_invalid"), Change.UNCHANGED),
        (REFUSED, ("price_expired", "parameter_invalid"), Change.REASONS_CHANGED),
        (CLEAN, ("undecided",), Change.UNDECIDED),
    ],
)
def test_compared_with_what_was_recorded(document: Any, codes: tuple[str, ...], change: Change) -> None:
    """Each code counts once, and an undecided answer of the time stays undecided."""
    report = _replayed(_recorded(document, *codes))
    assert report.changes[change].drafts == report.read == 1
    assert report.unrecorded == 0


def test_nothing_recorded() -> None:
    """A draft of which nothing was recorded is unchanged, and counted as unrecorded besides."""
    report = _replayed(CLEAN, REFUSED)
    assert report.unrecorded == 2
    assert report.changes[Change.UNCHANGED].drafts == 2
    assert set(report.transitions) == {((), ()), (("parameter_invalid",), ("parameter_invalid",))}


def test_any_text_may_be_recorded() -> None:
    """What a host called its codes stands as it is, but for secrets."""
    odd = ("PRICE EXPIRED", "<script>", "|`*\n", "sk_live_0123456789abcdef", "\ud800", "")
    (answers,) = _replayed(_recorded(CLEAN, *odd)).transitions
    assert answers == (("PRICE EXPIRED", "<script>", "|`*\n", "***", "\ud800", ""), ())


def test_no_more_than_a_host_would_answer() -> None:
    """A recorded answer is cut where it is longer than any host's, so that a report does not grow with it."""
    (answers,) = _replayed(_recorded(CLEAN, "x" * 100, "x" * 101, *map(str, range(200)))).transitions
    codes, _ = answers
    assert (codes[:3], len(codes)) == (("x" * 100, "x" * 99 + "…", "0"), 101)
    assert codes[-2:] == ("97", "…")


def test_an_undecided_answer_of_the_time_lacks_nothing_now() -> None:
    """Where the candidate can tell, no fact and no policy is missing."""
    report = _replayed(_recorded(CLEAN, "undecided"))
    assert report.missing_facts == {}
    assert report.header.baseline.name == "recorded"
    assert report.never_fired("baseline") == ()

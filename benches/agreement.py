"""Do they all say the same? Compared before anything is timed; who differs is not timed."""

from collections.abc import Sequence

from attrs import frozen

from benches.contestants import PLAIN, STRAIGHT, Contestant
from benches.documents import Case


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


def agreements(contestants: Sequence[Contestant], cases: Sequence[Case]) -> list[Agreement]:
    """Compare contestants with the one written by hand that applies the same rules.

    Args:
        contestants: All of them, those written by hand among them.
        cases: The drafts.
    """
    references = {item.rules: item for item in contestants if item.name in (STRAIGHT, PLAIN)}
    expected = {rules: [_answer(item, case) for case in cases] for rules, item in references.items()}
    return [_agreement(item, cases, expected[item.rules]) for item in contestants]


def _agreement(contestant: Contestant, cases: Sequence[Case], expected: Sequence[str]) -> Agreement:
    answers = [_answer(contestant, case) for case in cases]
    differing = [
        f"{contestant.name}: {case.name}: says {answer or 'nothing'}, expected {codes or 'nothing'}"
        for case, answer, codes in zip(cases, answers, expected, strict=True)
        if answer != codes
    ]
    return Agreement(len(cases) - len(differing), len(cases), differing[0] if differing else "")


def _answer(contestant: Contestant, case: Case) -> str:
    try:
        return ", ".join(contestant.answer(contestant.judge(contestant.given(case))))
    except Exception as error:  # noqa: BLE001  # a peer may raise anything, and that is not the expected answer
        return f"{type(error).__name__}: {error}"[:200]

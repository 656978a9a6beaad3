"""What came of each document, and of all of them."""

from attrs import define, frozen

from rules_engine.cli.documents import Place, Unreadable
from rules_engine.cli.exit_code import ExitCode
from rules_engine.violation import Verdict


@frozen
class Judged:
    """A draft and its verdict.

    Attributes:
        place: Where the draft stands.
        id: The host's name for it.
        verdict: What the policy says of it.
    """

    place: Place
    id: str | None
    verdict: Verdict


Result = Judged | Unreadable


@define
class Summary:
    """How many drafts came to what; a refused draft is not counted as undecided too.

    Attributes:
        accepted: Drafts that nothing is wrong with, or only what is waived.
        refused: Drafts with a violation.
        undecided: Drafts that facts are missing for, and nothing else is wrong with.
        unreadable: What is no draft.
        waived: Violations that a waiver of the policy let pass, in all drafts together.
    """

    accepted: int = 0
    refused: int = 0
    undecided: int = 0
    unreadable: int = 0
    waived: int = 0

    def count(self, result: Result) -> None:
        """Count one more."""
        if isinstance(result, Unreadable):
            self.unreadable += 1
            return
        self.waived += len(result.verdict.waived)
        if result.verdict.accepted:
            self.accepted += 1
        elif result.verdict.violations:
            self.refused += 1
        else:
            self.undecided += 1

    @property
    def drafts(self) -> int:
        """How many were judged."""
        return self.accepted + self.refused + self.undecided

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was read."""
        return not self.drafts and not self.unreadable

    @property
    def exit_code(self) -> ExitCode:
        """The worst of them."""
        if self.unreadable:
            return ExitCode.UNUSABLE
        return ExitCode.FINDINGS if self.refused or self.undecided else ExitCode.CLEAN

    def document(self) -> dict[str, int]:
        """Give the counts by name."""
        return {
            "drafts": self.drafts,
            "accepted": self.accepted,
            "refused": self.refused,
            "undecided": self.undecided,
            "unreadable": self.unreadable,
            "waived": self.waived,
        }

    def __str__(self) -> str:
        """Read as `3 drafts: 1 accepted, 2 refused, 0 undecided; 0 unreadable`."""
        waived = f", {self.waived} waived" if self.waived else ""
        return (
            f"{self.drafts} {'draft' if self.drafts == 1 else 'drafts'}: {self.accepted} accepted, "
            f"{self.refused} refused, {self.undecided} undecided; {self.unreadable} unreadable{waived}"
        )

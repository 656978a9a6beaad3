"""What the operations of a machine have in common: a shop, and somebody who judges every request before it acts."""

from typing import Any, Final, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine
from hypothesis.strategies import SearchStrategy

from rules_engine.api import validate
from rules_engine.models.draft import VERSION
from rules_engine.testing.machine.shop import Shop
from rules_engine.testing.machine.world import NOWHERE
from rules_engine.violation import Verdict

T = TypeVar("T")

PRICES: Final[Bundle[str]] = Bundle("prices")
COUPONS: Final[Bundle[str]] = Bundle("coupons")
PROMOTION_CODES: Final[Bundle[str]] = Bundle("promotion_codes")
CONFIGURATIONS: Final[Bundle[str]] = Bundle("configurations")
SESSIONS: Final[Bundle[str]] = Bundle("sessions")


_ODDS: Final = st.sampled_from((True, True, True, False))
_LONG_ODDS: Final = st.sampled_from((*[True] * 9, False))


def mostly(often: SearchStrategy[T], seldom: SearchStrategy[T]) -> SearchStrategy[T]:
    """Draw from the one three times out of four, so that a shop gets somewhere, and from the other else."""
    return _ODDS.flatmap(lambda is_usual: often if is_usual else seldom)


def maybe_nowhere(ids: SearchStrategy[str], noun: str) -> SearchStrategy[str]:
    """Draw an id, now and then one of nothing."""
    return _LONG_ODDS.flatmap(lambda is_usual: ids if is_usual else st.just(NOWHERE[noun]))


class Till(RuleBasedStateMachine):
    """A shop whose every change is judged first, and made only where the verdict accepts it."""

    def __init__(self) -> None:
        """Open the shop."""
        super().__init__()
        self.shop = Shop()
        self._drafts = 0

    def validate(self, document: dict[str, Any]) -> Verdict:
        """Judge a draft document: by the default policy, unless a subclass asks somebody else.

        Args:
            document: The draft of one operation, with all facts of the shop: nothing is left to be looked up.
        """
        return validate(document)

    def admits(self, operation: str, request: dict[str, Any], target: str | None = None) -> bool:
        """Ask whether an operation may act.

        Args:
            operation: Such as `price.update`.
            request: What the caller says.
            target: The id of what is acted on.
        """
        self._drafts += 1
        document: dict[str, Any] = {
            "version": VERSION,
            "id": f"d_{self._drafts}",
            "operation": operation,
            "target": None if target is None else {"id": target},
            "request": request,
            "facts": self.shop.facts(request, target),
        }
        return self.validate(document).accepted

"""The versions of one policy: at any instant, at most one of them applies."""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import UTC, datetime

from attrs import field, frozen

from rules_engine.exceptions import PolicyProblem
from rules_engine.policy.model import KeyPath, Policy

_BEGINNING = datetime.min.replace(tzinfo=UTC)
_END = datetime.max.replace(tzinfo=UTC)


def _start(policy: Policy) -> datetime:
    return policy.effective_from or _BEGINNING


def _end(policy: Policy) -> datetime:
    return policy.effective_until or _END


def _in_order(policies: Iterable[Policy]) -> tuple[Policy, ...]:
    return tuple(sorted(policies, key=_start))


@frozen(eq=False)
class Versions:
    """Policies of which at most one applies at any instant.

    Attributes:
        policies: The policies, by the instant from which each applies.
    """

    policies: tuple[Policy, ...] = field(converter=_in_order)
    _starts: tuple[datetime, ...] = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Index the policies once, so that each is found by bisection."""
        object.__setattr__(self, "_starts", tuple(map(_start, self.policies)))

    def at(self, instant: datetime) -> Policy | None:
        """Give the one that applies; None in a gap."""
        position = bisect_right(self._starts, instant) - 1
        policy = self.policies[max(position, 0)]
        return policy if policy.effective_at(instant) else None

    def overlaps(self) -> list[PolicyProblem]:
        """Tell which of them apply at one instant."""
        found = []
        last = self.policies[0]
        for later in self.policies[1:]:
            if last.effective_until is None or last.effective_until > _start(later):
                message = f"two policies apply at once: {later.id} {window_of(later)}, and "
                message += f"{last.id} {window_of(last)} at {place_of(last, *_WINDOW)}"
                found.append(problem_at(later, message, *_WINDOW, expected="windows that do not overlap"))
            if _end(later) > _end(last):
                last = later
        return found

    def described(self) -> str:
        """Name them with their windows, for a message."""
        return "; ".join(f"{policy.id} ({policy.source}) {window_of(policy)}" for policy in self.policies)


_WINDOW: tuple[KeyPath, ...] = (("effective_from",), ("effective_until",), ("id",))
"""Where to point at a window: at what is stated of it, else at the name of the policy."""


def window_of(policy: Policy) -> str:
    """Describe when a policy applies."""
    start, end = policy.effective_from, policy.effective_until
    if start is None and end is None:
        return "always"
    parts = [("from", start), ("until", end)]
    return " ".join(f"{word} {write_instant(instant)}" for word, instant in parts if instant is not None)


def write_instant(instant: datetime) -> str:
    """Write an instant as policy files do, in UTC."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def place_of(policy: Policy, *paths: KeyPath) -> str:
    """Tell where the first of some values is written that a policy states."""
    return next((str(policy.origins[path]) for path in paths if path in policy.origins), str(policy.source))


def problem_at(policy: Policy, message: str, *paths: KeyPath, expected: str = "") -> PolicyProblem:
    """State a problem of a policy where the first of some values is written that it states."""
    path = next((path for path in paths if path in policy.origins), None)
    if path is None:
        return PolicyProblem(message, policy.source, expected=expected)
    origin = policy.origins[path]
    return PolicyProblem(message, origin.source, origin.line, origin.column, path, expected)

"""What a policy is tested with, and how a verdict is told from what was expected."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import frozen

from rules_engine.models.draft import Draft
from rules_engine.policy.model import Origin, Policy
from rules_engine.violation import Verdict
from rules_engine.wire.envelope import RefusedRequest

Said = tuple[str, ...] | bool
"""One part of a verdict, as tests state it."""

STRICT = ("codes", "warnings", "shadowed", "waived", "undecided")
"""What a test that does not speak of expects to be empty."""
OPTIONAL = ("accepted", "params", "skipped")
"""What is looked at where a test speaks of it."""


@frozen(eq=False)
class Fixture:
    """One test: a draft, and what it is to hear.

    Attributes:
        name: What reports call it.
        origin: Where it is written.
        draft: The draft, or what the wire refuses of it.
        expected: Part of the verdict to what is expected of it.
    """

    name: str
    origin: Origin
    draft: Draft[Any] | RefusedRequest
    expected: Mapping[str, Said]


@frozen(eq=False)
class Suite:
    """The tests of one policy.

    Attributes:
        source: The file.
        policy: The policy.
        fixtures: The tests, in the order of the file.
    """

    source: str
    policy: Policy
    fixtures: tuple[Fixture, ...]


@frozen
class Difference:
    """A part of a verdict that is not what was expected.

    Attributes:
        part: Which part.
        expected: What was expected.
        found: What was found.
    """

    part: str
    expected: Said
    found: Said

    def __str__(self) -> str:
        """Read as `codes: expected ["price_expired"], found []`."""
        return f"{self.part}: expected {_written(self.expected)}, found {_written(self.found)}"


def seen(verdict: Verdict) -> dict[str, Said]:
    """Take a verdict apart as tests state it: codes, ids and facts each once, and a param for each violation."""
    return {
        "accepted": verdict.accepted,
        "codes": verdict.codes,
        "params": tuple(found.param or "" for found in verdict.violations),
        "warnings": _once(found.code.name for found in verdict.warnings),
        "shadowed": _once(found.code.name for found in verdict.shadowed),
        "waived": _once(found.waiver for found in verdict.waived),
        "skipped": _once(found.rule for found in verdict.skipped),
        "undecided": _once(map(str, verdict.required_facts)),
    }


def differences(expected: Mapping[str, Said], found: Mapping[str, Said]) -> Iterator[Difference]:
    """Tell what is not as expected, part by part."""
    return (Difference(part, said, found[part]) for part, said in expected.items() if found[part] != said)


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _written(said: Said) -> str:
    """Write a part as a test would state it."""
    if isinstance(said, bool):
        return "true" if said else "false"
    return "[" + ", ".join(f'"{text}"' for text in said) + "]"

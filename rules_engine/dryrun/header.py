"""What a report is about: which policies, and how it was asked for. Only reports with one header can be merged."""

from attrs import frozen


@frozen
class PolicyName:
    """A policy, or a directory of policies, as a report names it.

    Attributes:
        name: The id of the policy, or the directory; `recorded` for the codes that the history holds itself.
        digest: SHA-256 of all of it, in hexadecimal; empty for the recorded codes.
        rules: The names of the rules in its pipelines that are not off, each once, in order.
    """

    name: str
    digest: str
    rules: tuple[str, ...]


RECORDED = PolicyName("recorded", "", ())
"""The codes that stand in the history, in place of a policy."""


@frozen
class Header:
    """What a report is about.

    Attributes:
        baseline: What the first answers come from.
        candidate: What the second answers come from.
        where: Which drafts it is about, as it was asked for; empty for all of them.
        seed: What exemplars are chosen by.
        sample: How many exemplars are kept for each transition, and of what cannot be read.
        by_merchant: Whether merchants are told apart.
    """

    baseline: PolicyName
    candidate: PolicyName
    where: str = ""
    seed: int = 0
    sample: int = 3
    by_merchant: bool = False

"""What exactly is wrong with a draft: evaluate every rule on every item, then fold.

Evaluate asks each rule for its raw truth, whatever else fired. Fold applies needs, modes and order.
"""

from typing import Any

from rules_engine.engine.evaluate import Findings, search, troubles
from rules_engine.engine.fold import fold
from rules_engine.engine.plan import Plan
from rules_engine.engine.report import Report
from rules_engine.engine.terms import terms_of
from rules_engine.models.draft import Draft
from rules_engine.subjects.context import Context
from rules_engine.subjects.joined import Joined
from rules_engine.violation import Verdict


def examine(plan: Plan, draft: Draft[Any], joined: Joined, context: Context, known: Findings | None = None) -> Verdict:
    """Judge a draft in full.

    Args:
        plan: The policy, prepared for the draft's operation.
        draft: The draft.
        joined: The draft, joined with its facts.
        context: The clock and the limits.
        known: What rules are known to say, so that they are not asked again; what the others say is added.
    """
    said: Findings = {} if known is None else known
    found = None if said else search(plan, joined, context)
    if found is None:
        fired = _ask(plan, joined, context, said)
    else:
        searched, fired = found
        said.update(searched)
    terms = terms_of(plan, draft, context.now, {plan.resolution[position].rule.code.name for position in fired})
    outcomes = fold(plan, said, fired, joined, terms)
    report = Report(plan, terms, context)
    for planned in plan.rules:
        if planned.rule in outcomes:
            report.add(planned, outcomes[planned.rule])
    return report.verdict(joined)


def _ask(plan: Plan, joined: Joined, context: Context, said: Findings) -> list[int]:
    """Ask each rule that has not been asked, and tell which are not clear, as places in the plan's resolution."""
    fired: list[int] = []
    for position, planned in enumerate(plan.resolution):
        findings = said.get(planned.rule)
        if findings is None:
            findings = said[planned.rule] = troubles(planned.rule, joined, context)
        if findings:
            fired.append(position)
    return fired

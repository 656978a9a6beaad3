"""What exactly is wrong with a draft: evaluate every rule on every item, then fold, then report.

Evaluate asks each rule for its raw truth, whatever else fired. Fold applies needs, modes and order.
"""

from typing import Any

from rules_engine.engine.evaluate import Findings
from rules_engine.engine.fold import fold
from rules_engine.engine.plan import Plan
from rules_engine.engine.report import report
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
        known: What the rules say where they are not clear; they are asked where nobody has asked them yet.
    """
    found = plan.search(joined, context) if known is None else known
    terms = terms_of(plan, draft, context.now, found)
    return report(plan, fold(plan, found, joined, terms), terms, joined, context)

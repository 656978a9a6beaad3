"""What exactly is wrong with a draft: evaluate every rule on every item, then fold, then report.

Evaluate asks each rule for its raw truth, whatever else fired. Fold applies needs, modes and order.
"""

from typing import Any

from rules_engine.engine.evaluate import Findings
from rules_engine.engine.fold import fold
from rules_engine.engine.plan import Plan
from rules_engine.engine.report import report
from rules_engine.engine.terms import terms_of
from rules_engine.models import Draft
from rules_engine.views.context import Context
from rules_engine.views.views import Views
from rules_engine.violation import Verdict


def examine(plan: Plan, draft: Draft[Any], views: Views, context: Context, known: Findings | None = None) -> Verdict:
    """Judge a draft in full.

    Args:
        plan: The policy, prepared for the draft's operation.
        draft: The draft.
        views: The draft, views with its facts.
        context: The clock and the limits.
        known: What the rules say where they are not clear; they are asked where nobody has asked them yet.
    """
    found = plan.search(views, context) if known is None else known
    terms = terms_of(plan, draft, context.now, found)
    return report(plan, fold(plan, found, views, terms), terms, views, context)

"""Is a draft clean? Asked of every draft; it knows no needs, no modes and no order."""

from rules_engine.engine.plan import Plan
from rules_engine.views.context import Context
from rules_engine.views.views import Views


def is_clean(plan: Plan, views: Views, context: Context) -> bool:
    """Tell whether every fact is known and no rule fires; a rule that raises is left to the examination."""
    if views.unknown:
        return False
    try:
        return plan.screen(views, context)
    except Exception:  # noqa: BLE001  # a rule of a host's may raise anything; the examination isolates it
        return False


def is_clean_plainly(plan: Plan, views: Views, context: Context) -> bool:
    """Tell the same by calling one rule after the other: what the generated screen must agree with."""
    if views.unknown:
        return False
    try:
        return not any(
            violated(item, context) for select, checks in plan.stages for item in select(views) for violated in checks
        )
    except Exception:  # noqa: BLE001  # the same
        return False

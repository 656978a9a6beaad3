"""Is a draft clean? The hot loop: it knows no needs, no modes and no order."""

from rules_engine.engine.plan import Plan
from rules_engine.subjects.context import Context
from rules_engine.subjects.joined import Joined


def is_clean(plan: Plan, joined: Joined, context: Context) -> bool:
    """Tell whether every fact is known and no rule fires; a rule that raises is left to the examination."""
    if joined.unknown:
        return False
    try:
        for select, checks in plan.stages:
            for item in select(joined):
                for violated in checks:
                    if violated(item, context):
                        return False
    except Exception:  # noqa: BLE001  # a rule of a host's may raise anything; the examination isolates it
        return False
    return True

"""A plan may do without its screen."""

from rules_engine import OPERATIONS, RULES, default_policy, read_draft
from rules_engine.engine.plan import plan
from rules_engine.engine.screen import is_clean
from rules_engine.views.context import Context
from tests.cli.samples import clean


def test_a_plan_without_a_screen_examines_every_draft() -> None:
    """What is not screened is never passed unseen, however clean it is."""
    draft = read_draft(clean())
    row = OPERATIONS[draft.operation]
    rules = {rule.name: rule for rule in RULES}
    for screened in (True, False):
        prepared = plan(
            default_policy(), row.name, rules=rules, join=row.build_views, fault_code=row.fault_code, screened=screened
        )
        assert is_clean(prepared, row.build_views(draft), Context(draft.facts.now, prepared.limits)) is screened

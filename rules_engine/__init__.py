"""Every documented reason why a checkout session cannot be paid, in microseconds and always in the same order."""

from rules_engine.api import Engine, required_facts, validate, validate_body, validate_session
from rules_engine.codes import CATALOGUE, Code, Origin
from rules_engine.exceptions import (
    DraftError,
    FactsError,
    PolicyError,
    RulesEngineError,
    UndecidedError,
    ViolationError,
    ViolationsError,
)
from rules_engine.models.draft import (
    Draft,
    Recorded,
    SessionApplyPromotionCodeDraft,
    SessionConfirmDraft,
    SessionCreateDraft,
    SessionDraft,
    SessionExpireDraft,
    SessionUpdateDraft,
    Target,
)
from rules_engine.models.facts import Facts
from rules_engine.operations import OPERATIONS
from rules_engine.policy.load import default_policy, load_policy, read_policy
from rules_engine.policy.model import Policy
from rules_engine.rules import RULES
from rules_engine.rules.declaration import Rule, rule
from rules_engine.violation import FactKey, Fault, Mode, Undecided, Verdict, Violation, Withheld
from rules_engine.wire.envelope import RefusedRequest, read_draft, write_draft
from rules_engine.wire.json_text import write_json

__all__ = [
    "CATALOGUE",
    "OPERATIONS",
    "RULES",
    "Code",
    "Draft",
    "DraftError",
    "Engine",
    "FactKey",
    "Facts",
    "FactsError",
    "Fault",
    "Mode",
    "Origin",
    "Policy",
    "PolicyError",
    "Recorded",
    "RefusedRequest",
    "Rule",
    "RulesEngineError",
    "SessionApplyPromotionCodeDraft",
    "SessionConfirmDraft",
    "SessionCreateDraft",
    "SessionDraft",
    "SessionExpireDraft",
    "SessionUpdateDraft",
    "Target",
    "Undecided",
    "UndecidedError",
    "Verdict",
    "Violation",
    "ViolationError",
    "ViolationsError",
    "Withheld",
    "default_policy",
    "load_policy",
    "read_draft",
    "read_policy",
    "required_facts",
    "rule",
    "validate",
    "validate_body",
    "validate_session",
    "write_draft",
    "write_json",
]

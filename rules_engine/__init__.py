"""Every documented reason why a checkout session cannot be paid, in microseconds and always in the same order."""

from rules_engine.api import Engine, read_draft, required_facts, validate, validate_body, validate_session
from rules_engine.codes import CATALOGUE, Code
from rules_engine.distribution import warn_of_shared_import_name
from rules_engine.exceptions import (
    DraftError,
    FactsError,
    PolicyError,
    PolicyProblem,
    RulesEngineError,
    UndecidedError,
    ViolationError,
    ViolationsError,
)
from rules_engine.fingerprint import request_fingerprint
from rules_engine.models import Draft
from rules_engine.operations import OPERATIONS
from rules_engine.policy.builtin import default_policy
from rules_engine.policy.load import load_policy, read_policy
from rules_engine.policy.model import MetadataMatch, Policy, Waiver, WaiverMatch
from rules_engine.policy.policy_set import PolicySet
from rules_engine.rules import RULES
from rules_engine.rules.row import Rule, rule
from rules_engine.shadow import Difference, Shadow
from rules_engine.validators import (
    validate_coupon,
    validate_currency,
    validate_payment_method_configuration,
    validate_price,
    validate_promotion_code,
)
from rules_engine.violation import FactKey, Fault, Mode, Skipped, Undecided, Verdict, Violation, Waived
from rules_engine.wire.json_text import write_json
from rules_engine.wire.read import write_draft

warn_of_shared_import_name()

__all__ = [
    "CATALOGUE",
    "OPERATIONS",
    "RULES",
    "Code",
    "Difference",
    "Draft",
    "DraftError",
    "Engine",
    "FactKey",
    "FactsError",
    "Fault",
    "MetadataMatch",
    "Mode",
    "Policy",
    "PolicyError",
    "PolicyProblem",
    "PolicySet",
    "Rule",
    "RulesEngineError",
    "Shadow",
    "Skipped",
    "Undecided",
    "UndecidedError",
    "Verdict",
    "Violation",
    "ViolationError",
    "ViolationsError",
    "Waived",
    "Waiver",
    "WaiverMatch",
    "default_policy",
    "load_policy",
    "read_draft",
    "read_policy",
    "request_fingerprint",
    "required_facts",
    "rule",
    "validate",
    "validate_body",
    "validate_coupon",
    "validate_currency",
    "validate_payment_method_configuration",
    "validate_price",
    "validate_promotion_code",
    "validate_session",
    "write_draft",
    "write_json",
]

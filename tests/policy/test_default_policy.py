"""The policy that comes with the library: every rule, in its documented order, enforced, every limit at its default."""

from importlib import resources
from pathlib import Path

from rules_engine import OPERATIONS, RULES, default_policy
from rules_engine.rules.limits import LIMITS

ROOT = Path(__file__).parents[2]
DEFAULT = (resources.files("rules_engine.policy") / "default.toml").read_text(encoding="utf-8")
TYPED = "only a buyer types a code"
ENDING = "only the expire call ends a session"
FIXED = "the field cannot be changed at all"
SETTLED = "settled when the line was written"
UNSOLD = "nobody asks for a rate before a buyer is charged"
_KEPT = dict.fromkeys(
    (
        "price_inactive",
        "price_not_yet_active",
        "price_expired",
        "price_recurring_not_supported",
        "custom_price_unavailable",
        "price_currency_invalid",
        "price_sold_out",
    ),
    "a price may be changed and deleted whether or not it could be sold",
)
NO_SESSION = "no session is at hand to measure it by"
ON_SESSION = dict.fromkeys(
    ("coupon_currency_mismatch", "coupon_customer_max_redemptions", "coupon_minimum_amount"), NO_SESSION
)
STATE = "a coupon may be changed and deleted in whatever state it is"
NO_INLINE_PRICES = "the lines of a payment link name catalogue prices only, and their shape says so"
HOSTED = "the page of a payment link is a hosted one"
OPENS_LATER = "it matters when the payment link is opened"
_LINK_SAVED = {
    "line_items_missing": "the shape of the request says so",
    "line_item_missing_price": NO_INLINE_PRICES,
    "line_item_price_exclusive": NO_INLINE_PRICES,
    "hosted_confirmation_unavailable": HOSTED,
    "custom_price_unavailable": HOSTED,
    "price_not_yet_active": OPENS_LATER,
    "price_sold_out": OPENS_LATER,
}
LEFT_OUT = {
    "session.create": {"promotion_code_not_found": TYPED},
    "session.update": {
        "session_already_over": ENDING,
        "submit_type_unavailable": FIXED,
        "expires_too_soon": FIXED,
        "expires_too_late": FIXED,
        "promotion_code_not_found": TYPED,
    },
    "session.confirm": {
        "session_already_over": ENDING,
        "price_missing": "a stored line may carry its price in itself",
        "price_recurring_not_supported": SETTLED,
        "custom_price_unavailable": SETTLED,
        "price_currency_invalid": SETTLED,
    },
    "session.expire": dict.fromkeys(("checkout_session_expired", "session_complete"), "session_already_over says both"),
    "session.apply_promotion_code": {
        "session_already_over": ENDING,
        "promotion_code_missing": "a code is typed, not named by its id",
        "coupon_missing": "a code without its coupon has an invalid one",
    },
    "price.create": {"exchange_rate_not_found": UNSOLD},
    "price.update": {
        "price_currency_missing": "a change cannot clear the currency",
        "exchange_rate_not_found": UNSOLD,
        **_KEPT,
    },
    "price.delete": _KEPT,
    "refund.create": {"payment_intent_customer_mismatch": "a refund has no session whose customer it could be"},
    "promotion_code.create": {"exchange_rate_not_found": UNSOLD, **ON_SESSION},
    "promotion_code.update": {
        "promotion_code_not_found": TYPED,
        "coupon_missing": "a code without its coupon has an invalid one",
        **ON_SESSION,
        **dict.fromkeys(
            (
                "promotion_code_inactive",
                "promotion_code_expired",
                "promotion_code_max_redemptions",
                "promotion_code_customer_mismatch",
                "promotion_code_first_time_only",
                "promotion_code_minimum_amount",
            ),
            NO_SESSION,
        ),
    },
    "coupon.create": {"exchange_rate_not_found": UNSOLD},
    "coupon.update": {"coupon_invalid": STATE, **ON_SESSION},
    "coupon.delete": {"coupon_invalid": STATE, **ON_SESSION},
    "configuration.create": dict.fromkeys(
        ("cannot_rename_default", "account_left_without_default"), "a new configuration is not the default so far"
    ),
    "payment_link.create": {
        **_LINK_SAVED,
        "currency_invalid": "its currency is the one of its first line, and judged there",
        "exchange_rate_not_found": OPENS_LATER,
    },
    "payment_link.update": _LINK_SAVED,
    "payment_link.open": {"custom_price_unavailable": HOSTED, "price_currency_invalid": SETTLED},
}
"""The rules that have something to stand on in an operation and are not asked there, and why."""


def test_one_file() -> None:
    """The file among the policies is the one inside the package, not a copy of it."""
    packaged = ROOT / "rules_engine" / "policy" / "default.toml"
    assert (ROOT / "policies" / "default.toml").samefile(packaged)


def test_names_every_operation() -> None:
    """Every operation has a pipeline, and there is no other."""
    assert set(default_policy().pipelines) == set(OPERATIONS)


def test_names_every_rule() -> None:
    """Every rule stands in a pipeline, so none is forgotten."""
    named = {name for pipeline in default_policy().pipelines.values() for name in pipeline}
    assert named == {registered.name for registered in RULES}


def test_every_rule_has_a_scope() -> None:
    """Every rule of a pipeline stands on something that its operation has."""
    scopes = {registered.name: registered.scope for registered in RULES}
    astray = [
        (operation, name)
        for operation, pipeline in default_policy().pipelines.items()
        for name in pipeline
        if scopes[name] not in OPERATIONS[operation].scopes
    ]
    assert astray == []


def test_leaves_out_what_cannot_happen() -> None:
    """An operation asks every rule that could stand on it, but for those listed here with a reason."""
    left_out = {
        (operation, registered.name)
        for operation, pipeline in default_policy().pipelines.items()
        for registered in RULES
        if registered.scope in OPERATIONS[operation].scopes and registered.name not in pipeline
    }
    assert left_out == {(operation, name) for operation, names in LEFT_OUT.items() for name in names}


def test_needs_that_stand_in_the_pipeline_come_first() -> None:
    """The order of a report reads from cause to consequence: no rule comes before one that it needs."""
    needs = {registered.name: {need.name for need in registered.needs} for registered in RULES}
    early = [
        (operation, name, need)
        for operation, pipeline in default_policy().pipelines.items()
        for position, name in enumerate(pipeline)
        for need in needs[name].intersection(pipeline[position:])
    ]
    assert early == []


def test_enforces_everything() -> None:
    """No rule is warned of, shadowed or switched off."""
    assert default_policy().modes == {}


def test_states_the_default_of_every_limit() -> None:
    """The file spells out every limit, each at the value that holds where a policy says nothing."""
    assert default_policy().limits == {limit.name: limit.default for limit in LIMITS}


def test_explains_every_limit() -> None:
    """The comment above each limit is the limit's own sentence."""
    explained = dict(zip(*[iter(DEFAULT.partition("[limits]\n")[2].splitlines())] * 2, strict=True))
    assert {setting.partition(" = ")[0]: comment for comment, setting in explained.items()} == {
        limit.name: f"# {limit.sentence}" for limit in LIMITS
    }

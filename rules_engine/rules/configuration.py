"""What a payment method configuration may be, followed or saved.

Sources: XPay's error page and its page on payment methods.
"""

from rules_engine import codes
from rules_engine.rules.kinds import Exists
from rules_engine.rules.row import rule
from rules_engine.views.configuration import (
    ConfigurationView,
    EnabledMethodsView,
)
from rules_engine.views.context import Context


@rule(
    codes.RESOURCE_MISSING,
    order=530,
    on=ConfigurationView,
    violated=Exists(),
    public={"configuration": "id"},
    counterexamples=(
        (
            ("create_configured", "payment_link_create_full", "payment_link_update_full"),
            {"/facts/configurations": {}, "/facts/missing": {"configurations": ["pmc_1"]}},
        ),
        (
            ("configuration_update", "configuration_update_succeeds", "configuration_delete"),
            {"/facts/configurations": {}, "/facts/missing": {"configurations": ["pmc_2"]}},
        ),
    ),
)
def configuration_missing() -> None:
    """There is no such payment method configuration."""


@rule(
    codes.MUST_HAVE_ENABLED_METHOD,
    order=570,
    on=EnabledMethodsView,
    needs=(configuration_missing,),
    undecided_when=lambda methods, _: methods.unknown,
    public={"configuration": "configuration", "enabledMethods": "count"},
    counterexamples=(
        (
            ("create_configured", "payment_link_create_full", "payment_link_update_full"),
            {"/facts/configurations/pmc_1/enabledMethods": []},
        ),
        (("configuration_create", "configuration_update_default"), {"/request/enabledMethods": []}),
        ("configuration_update_succeeds", {"/facts/configurations/pmc_2/enabledMethods": []}),
    ),
)
def must_have_enabled_method(methods: EnabledMethodsView, _: Context) -> bool:
    """The payment method configuration has no payment method switched on.

    None may be saved so, made the default so, or followed so: a session that follows it cannot be paid. XPay's error
    page; its dashboard shows that such configurations exist.
    """
    return methods.count == 0

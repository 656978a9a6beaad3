"""What a payment method configuration may be, followed or saved.

Sources: XPay's error page and its page on payment methods.
"""

from rules_engine import codes
from rules_engine.rules.declaration import rule
from rules_engine.views.configuration import (
    CONFIGURATION,
    ENABLED_METHODS,
    ConfigurationView,
    EnabledMethodsView,
)
from rules_engine.views.context import Context


@rule(
    codes.RESOURCE_MISSING,
    on=CONFIGURATION,
    undecided_when=lambda configuration, _: configuration.unknown,
    evidence=lambda configuration, _: {"configuration": configuration.id},
)
def configuration_missing(configuration: ConfigurationView, _: Context) -> bool:
    """There is no such payment method configuration."""
    return configuration.missing


@rule(
    codes.MUST_HAVE_ENABLED_METHOD,
    on=ENABLED_METHODS,
    needs=(configuration_missing,),
    undecided_when=lambda methods, _: methods.unknown,
    evidence=lambda methods, _: {"configuration": methods.configuration, "enabledMethods": methods.count},
)
def must_have_enabled_method(methods: EnabledMethodsView, _: Context) -> bool:
    """The payment method configuration has no payment method switched on.

    None may be saved so, made the default so, or followed so: a session that follows it cannot be paid. XPay's error
    page; its dashboard shows that such configurations exist.
    """
    return methods.count == 0

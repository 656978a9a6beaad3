"""What a payment method configuration may be. Source: XPay's error page and its page on payment methods."""

from rules_engine import codes
from rules_engine.rules.declaration import rule
from rules_engine.subjects.configuration import CONFIGURATION, ConfigurationSubject
from rules_engine.subjects.context import Context
from rules_engine.violation import Evidence


def _id(configuration: ConfigurationSubject, _: Context) -> Evidence:
    return {"configuration": configuration.id, "enabledMethods": configuration.enabled_methods}


@rule(
    codes.RESOURCE_MISSING,
    on=CONFIGURATION,
    undecided_when=lambda configuration, _: configuration.unknown,
    evidence=_id,
)
def configuration_missing(configuration: ConfigurationSubject, _: Context) -> bool:
    """There is no such payment method configuration."""
    return configuration.missing


@rule(
    codes.MUST_HAVE_ENABLED_METHOD,
    on=CONFIGURATION,
    needs=(configuration_missing,),
    undecided_when=lambda configuration, _: configuration.unknown,
    evidence=_id,
)
def must_have_enabled_method(configuration: ConfigurationSubject, _: Context) -> bool:
    """The payment method configuration has no payment method switched on.

    XPay's dashboard shows that such configurations exist; a session that follows one cannot be paid.
    """
    return configuration.enabled_methods == 0

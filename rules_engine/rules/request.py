"""What any request can be refused for before its body is read. Source: XPay's error page."""

from rules_engine import codes
from rules_engine.rules.declaration import rule, shows_nothing
from rules_engine.subjects.context import Context
from rules_engine.subjects.request import CREDENTIAL, CredentialSubject


@rule(codes.AUTHENTICATION_REQUIRED, on=CREDENTIAL, param="authorization", evidence=shows_nothing)
def authentication_required(credential: CredentialSubject, _: Context) -> bool:
    """The request carries no API key.

    XPay's error page: the header `Authorization` is missing.
    """
    return not credential.given

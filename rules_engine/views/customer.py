"""The stored customer that a request names."""

from rules_engine.models import Facts, Unset
from rules_engine.path import Path
from rules_engine.views.scope import Axis, Scope, view
from rules_engine.views.views import UnknownFact


@view
class CustomerView:
    """A customer that a request names.

    Attributes:
        id: Its id.
        missing: Whether it is known not to exist.
        unknown: Whether nobody looked it up.
    """

    id: str
    missing: bool
    unknown: bool


def join_customer(
    customer_id: str | Unset | None, facts: Facts, unknown: list[UnknownFact]
) -> tuple[CustomerView, ...]:
    """Look a customer up, where the request names one.

    Args:
        customer_id: The customer that the request names.
        facts: What the host knows.
        unknown: Where it is noted that nobody looked.
    """
    if customer_id is None or isinstance(customer_id, Unset):
        return ()
    if facts.customer is not None and facts.customer.id == customer_id:
        return (CustomerView(customer_id, False, False),)  # noqa: FBT003  # a row of a table, and in the hot path
    missing = customer_id in facts.missing.customers
    if not missing:
        unknown.append(("customer", customer_id))
    return (CustomerView(customer_id, missing, not missing),)


def _place(_: CustomerView) -> Path:
    return ("request", "customerId")


CUSTOMER = Scope("customer", CustomerView, Axis.ROOT, _place, fields="customerId")

"""What Acme asks of a checkout beside the documented rules: small orders only, and a shop that sells by the dozen."""

from rules_engine import Code, rule
from rules_engine.rules.currency import SUBTOTAL_RULES
from rules_engine.views import Context, Limit, LineItemView, SessionView

ORDER_TOO_LARGE = Code.custom("acme.order_too_large", "Acme takes small orders only.")
DOZEN_BROKEN = Code.custom("acme.dozen_broken", "Acme sells by the dozen.")
MAX_ORDER = Limit(
    "acme_max_order",
    "The highest subtotal of an order at Acme.",
    unit="minor units",
    default=500_000,
    minimum=1,
    maximum=100_000_000,
)
DOZEN = 12


@rule(
    ORDER_TOO_LARGE,
    on=SessionView,
    param="lineItems",
    needs=SUBTOTAL_RULES,
    limits=(MAX_ORDER,),
    undecided_when=lambda session, _: session.subtotal_unknown,
    public={"subtotal": "subtotal", "maximum": MAX_ORDER},
)
def acme_order_too_large(session: SessionView, ctx: Context) -> bool:
    """The order comes to more than Acme takes.

    As much as the limit is fine.
    """
    return session.subtotal is not None and session.subtotal > ctx.limits[MAX_ORDER]


@rule(DOZEN_BROKEN, on=LineItemView, param="quantity", public={"quantity": "line.quantity"})
def acme_dozen_broken(line: LineItemView, _: Context) -> bool:
    """The line asks for less than a dozen."""
    return line.line.quantity > 0 and line.line.quantity < DOZEN


RULES = (acme_order_too_large, acme_dozen_broken)

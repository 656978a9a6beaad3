"""Strategies of payment links, and of the requests that act on them."""

from rules_engine.models import (
    PaymentLink,
    PaymentLinkCreate,
    PaymentLinkLine,
    PaymentLinkOpen,
    PaymentLinkUpdate,
    StoredLinkLine,
)
from rules_engine.testing.strategies.plural import plural

payment_links = plural("payment_links", PaymentLink)
payment_link_lines = plural("payment_link_lines", PaymentLinkLine)
payment_link_creates = plural("payment_link_creates", PaymentLinkCreate)
payment_link_updates = plural("payment_link_updates", PaymentLinkUpdate)
payment_link_opens = plural("payment_link_opens", PaymentLinkOpen)
stored_link_lines = plural("stored_link_lines", StoredLinkLine)

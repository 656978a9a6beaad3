"""What a shop's policy may state, each as a part of its file."""

LINES = "[limits]\nmax_line_items = 3\n"
CURRENCIES = '[limits]\nsupported_currencies = ["EGP", "USD"]\n'
DELAY = "[rules]\nprice_sold_out = { enforce_from = 2027-01-01T00:00:00Z }\n"
LEFT_OUT = '[pipelines."session.create"]\nwithout = ["price_sold_out"]\n'
ADDED = '[pipelines]\n"session.expire" = ["session_missing"]\n'


def mode_of(mode: str) -> str:
    """State the mode of a rule."""
    return f'[rules]\nprice_sold_out = {{ mode = "{mode}" }}\n'


def waiver(match: str) -> str:
    """State a waiver."""
    return (
        f'[[waivers]]\nid = "till"\ncode = "price_sold_out"\nmatch = {{ {match} }}\n'
        'expires = 2027-01-01T00:00:00Z\nreason = "Known."\n'
    )


METADATA = waiver('metadata = { key = "channel", value = "till" }, operation = "session.create"')

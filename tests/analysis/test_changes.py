"""What two policies say differently, in words, with what it does by itself."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules_engine import Policy, default_policy, read_policy
from rules_engine.analysis.changes import ChangeEffect, changes
from rules_engine.testing.strategies import policies
from tests.analysis.policies import LEFT_OUT, TOP, waiver
from tests.profiles import scaled

WAIVER = waiver(expires="2027-02-01T00:00:00Z")
MOVED = LEFT_OUT + 'insert_after = { price_missing = ["price_sold_out"] }\n'


def _read(text: str) -> Policy:
    return read_policy(TOP + text)


TABLE = {
    "a lower maximum": (
        "",
        "[limits]\nmax_line_items = 20\n",
        ("max_line_items: 100 to 20 lines", "stricter"),
        ("max_line_items: 20 to 100 lines", "looser"),
    ),
    "a lower minimum": (
        "",
        "[limits]\nmin_expires_after_minutes = 20\n",
        ("min_expires_after_minutes: 30 to 20 minutes", "looser"),
        ("min_expires_after_minutes: 20 to 30 minutes", "stricter"),
    ),
    "fewer members": (
        '[limits]\nsupported_currencies = ["EGP", "USD"]\n',
        '[limits]\nsupported_currencies = ["EGP"]\n',
        ("supported_currencies: without USD", "stricter"),
        ("supported_currencies: with USD", "looser"),
    ),
    "other members": (
        '[limits]\nsupported_currencies = ["EGP", "USD"]\n',
        '[limits]\nsupported_currencies = ["KWD", "EGP"]\n',
        ("supported_currencies: without USD and with KWD", "other"),
        ("supported_currencies: without KWD and with USD", "other"),
    ),
    "a rule taken out": (
        "",
        '[pipelines."session.expire"]\nwithout = ["session_missing"]\n',
        ("session.expire: session_missing removed, which stood at the start", "looser"),
        ("session.expire: session_missing added at the start", "stricter"),
    ),
    "a rule taken out of the middle": (
        "",
        '[pipelines."session.expire"]\nwithout = ["session_already_over"]\n',
        ("session.expire: session_already_over removed, which stood behind session_missing", "looser"),
        ("session.expire: session_already_over added behind session_missing", "stricter"),
    ),
    "a rule moved": (
        "",
        MOVED,
        (
            "session.create: price_sold_out moved from behind custom_price_unavailable to behind price_missing",
            "none",
        ),
        (
            "session.create: price_sold_out moved from behind price_missing to behind custom_price_unavailable",
            "none",
        ),
    ),
    "a rule softened": (
        "",
        '[rules]\nprice_expired = { mode = "warn" }\n',
        ("price_expired: mode enforce to warn", "looser"),
        ("price_expired: mode warn to enforce", "stricter"),
    ),
    "a rule softened otherwise": (
        '[rules]\nprice_expired = { mode = "shadow" }\n',
        '[rules]\nprice_expired = { mode = "off" }\n',
        ("price_expired: mode shadow to off", "none"),
        ("price_expired: mode off to shadow", "none"),
    ),
    "a delay": (
        "",
        "[rules]\nprice_expired = { enforce_from = 2027-01-01T00:00:00+02:00 }\n",
        ("price_expired: enforce_from none to 2026-12-31T22:00:00Z", "looser"),
        ("price_expired: enforce_from 2026-12-31T22:00:00Z to none", "stricter"),
    ),
    "a warning that is given an end": (
        '[rules]\nprice_expired = { mode = "warn" }\n',
        '[rules]\nprice_expired = { mode = "warn", enforce_from = 2027-01-01T00:00:00Z }\n',
        ("price_expired: enforce_from none to 2027-01-01T00:00:00Z", "stricter"),
        ("price_expired: enforce_from 2027-01-01T00:00:00Z to none", "looser"),
    ),
    "a warning in place of a shadow before a rule is enforced": (
        "[rules]\nprice_expired = { enforce_from = 2027-01-01T00:00:00Z }\n",
        '[rules]\nprice_expired = { mode = "warn", enforce_from = 2027-01-01T00:00:00Z }\n',
        ("price_expired: mode enforce to warn", "none"),
        ("price_expired: mode warn to enforce", "none"),
    ),
    "a longer delay": (
        "[rules]\nprice_expired = { enforce_from = 2027-01-01T00:00:00Z }\n",
        "[rules]\nprice_expired = { enforce_from = 2027-01-01T00:00:01Z }\n",
        ("price_expired: enforce_from 2027-01-01T00:00:00Z to 2027-01-01T00:00:01Z", "looser"),
        ("price_expired: enforce_from 2027-01-01T00:00:01Z to 2027-01-01T00:00:00Z", "stricter"),
    ),
    "a waiver": (
        "",
        WAIVER,
        ("waiver till of price_sold_out added, until 2027-02-01T00:00:00Z: Known.", "looser"),
        ("waiver till of price_sold_out removed", "stricter"),
    ),
    "a longer waiver": (
        WAIVER,
        WAIVER.replace("2027-02-01", "2027-02-02"),
        ("waiver till: expires 2027-02-01T00:00:00Z to 2027-02-02T00:00:00Z", "looser"),
        ("waiver till: expires 2027-02-02T00:00:00Z to 2027-02-01T00:00:00Z", "stricter"),
    ),
    "another reason": (
        WAIVER,
        WAIVER.replace("Known", "Old"),
        ("waiver till: reason Known. to Old.", "none"),
        ("waiver till: reason Old. to Known.", "none"),
    ),
    "another match": (
        WAIVER,
        WAIVER.replace('operation = "session.create"', 'operation = "session.create", merchant = "mer_1"'),
        ("waiver till: match.merchant none to mer_1", "other"),
        ("waiver till: match.merchant mer_1 to none", "other"),
    ),
    "a merchant": (
        "",
        'merchant = "mer_1"\n',
        ("merchant: none to mer_1", "other"),
        ("merchant: mer_1 to none", "other"),
    ),
    "a window": (
        "effective_until = 2027-01-01T00:00:00Z\n",
        "effective_until = 2028-01-01T00:00:00Z\n",
        ("effective_until: 2027-01-01T00:00:00Z to 2028-01-01T00:00:00Z", "other"),
        ("effective_until: 2028-01-01T00:00:00Z to 2027-01-01T00:00:00Z", "other"),
    ),
}


@pytest.mark.parametrize(("first", "second", "there", "back"), TABLE.values(), ids=TABLE.keys())
def test_one_change(first: str, second: str, there: tuple[str, ChangeEffect], back: tuple[str, ChangeEffect]) -> None:
    """One value that differs is one change, there and back, and none to itself."""
    before, after = _read(first), _read(second)
    assert [(change.sentence, change.effect) for change in changes(before, after)] == [there]
    assert [(change.sentence, change.effect) for change in changes(after, before)] == [back]
    assert changes(before, before) == changes(after, after) == ()


def test_what_is_no_change() -> None:
    """An id, a rule that is enforced by name, and a default that is stated change nothing."""
    text = "[rules]\nprice_expired = {}\n[limits]\nmax_line_items = 100\n"
    assert changes(default_policy(), _read(text)) == ()


def test_order_of_waivers() -> None:
    """Of two waivers that fit the first is named, so their order counts."""
    second = WAIVER.replace('"till"', '"bazaar"')
    (change,) = changes(_read(WAIVER + second), _read(second + WAIVER))
    assert change.sentence in (
        "waiver till moved from at the start to behind bazaar",
        "waiver bazaar moved from behind till to at the start",
    )


@pytest.mark.parametrize("order", [*permutations(["session_missing", "checkout_session_expired", "session_complete"])])
def test_fewest_moves(order: tuple[str, ...]) -> None:
    """As few rules move as lead from one order to the other."""
    usual = default_policy().pipelines["session.confirm"]
    turned = default_policy().with_pipeline("session.confirm", [*order, *usual[3:]])
    moves = len(changes(default_policy(), turned))
    rises: dict[tuple[int, ...], int] = {(0, 1, 2): 0, (2, 1, 0): 2}
    assert moves == rises.get(tuple(usual.index(name) for name in order), 1)


@settings(max_examples=scaled(50))
@given(st.data())
def test_silence_means_equality(data: st.DataObject) -> None:
    """Two policies between which nothing changes are equal in everything that decides a verdict."""
    first, second = (data.draw(policies("session.confirm")) for _ in range(2))
    found = changes(first, second)
    same = (
        first.pipelines == second.pipelines
        and first.limit_values == second.limit_values
        and first.waivers == second.waivers
        and first.enforce_from == second.enforce_from
    )
    if not found:
        assert same
    assert len({change.path for change in found}) == len(found)

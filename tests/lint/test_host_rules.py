"""Findings where a host has rules of its own."""

from rules_engine import Code, read_policy, rule
from rules_engine.lint import lint_policy
from rules_engine.rules.limits import MAX_FONT_FAMILY
from rules_engine.views.context import Context
from rules_engine.views.session import SESSION, SessionView
from tests.lint.found import HEAD, TODAY


@rule(Code.custom("acme.cash", "Too much for cash."), on=SESSION, limits=(MAX_FONT_FAMILY,))
def cash_limit(session: SessionView, ctx: Context) -> bool:
    """The session comes to more than the shop takes in cash."""
    return session.subtotal is not None and session.subtotal > ctx.limits[MAX_FONT_FAMILY]


@rule(Code.custom("acme.odd_cash", "There are no small coins."), on=SESSION, needs=(cash_limit,))
def odd_cash(session: SessionView, _: Context) -> bool:
    """The session comes to an amount that cannot be paid in coins."""
    return session.subtotal is not None and session.subtotal % 25 != 0


def _found(text: str) -> list[str]:
    policy = read_policy(HEAD + text, source="shop.toml", rules=[cash_limit, odd_cash])
    return [str(finding) for finding in lint_policy(policy, at=TODAY, rules=[cash_limit, odd_cash])]


BOTH = '[pipelines."session.create"]\ninsert_before = { line_items_missing = ["cash_limit", "odd_cash"] }\n'
ONE = '[pipelines."session.create"]\ninsert_before = { line_items_missing = ["odd_cash"] }\n'


def test_a_need_that_is_left_out() -> None:
    """A host's own rule that another one builds on is missed wherever it can stand."""
    assert _found(BOTH) == []
    (line,) = _found(ONE)
    assert line.startswith("shop.toml:5:12: need_left_out: cash_limit is left out of the pipeline of session.create")


def test_a_need_that_is_off() -> None:
    """So is one that is off."""
    (line,) = _found(BOTH + '[rules]\ncash_limit = { mode = "off" }\n')
    assert line.startswith(
        "shop.toml:8:1: need_not_enforced: cash_limit is off, and rules that build on it are enforced"
    )


def test_nothing_is_said_of_what_is_not_known() -> None:
    """A rule without drafts that violate it is no finding, nor one that an engine may put into pipelines by itself."""
    assert _found('[rules]\ncash_limit = { mode = "warn" }\nodd_cash = { mode = "warn" }\n') == []
    assert _found(BOTH + "[limits]\nmax_font_family_length = 1\n") == []
    read_by_the_host = '[limits]\nmax_font_family_length = 9\n[rules]\nfont_family_too_long = { mode = "off" }\n'
    assert _found(BOTH + read_by_the_host) == []


def test_waivers_of_a_code_of_the_host() -> None:
    """A waiver of a host's code matches where its rule can stand, and nowhere else."""
    waiver = '[[waivers]]\nid = "till"\ncode = "acme.cash"\nexpires = 2028-01-01T00:00:00Z\nreason = "Known."\n'
    for text in (BOTH, ""):
        assert _found(text + waiver + 'match = { operation = "session.create" }\n') == []
        (line,) = _found(text + waiver + 'match = { operation = "session.expire" }\n')
        assert "no rule that says acme.cash is enforced in session.expire" in line

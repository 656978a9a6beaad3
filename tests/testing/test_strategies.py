"""What strategies take, what they refuse, and how far they reach."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from operator import attrgetter
from typing import Any, assert_type

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from hypothesis.strategies import SearchStrategy

from rules_engine import OPERATIONS, Engine, Mode, Policy, default_policy
from rules_engine.codes import COUPON_IN_USE, PRICE_EXPIRED
from rules_engine.models import Draft, Facts, Missing, Price
from rules_engine.models.code_text import fold_code
from rules_engine.testing.strategies import (
    admitted_drafts,
    coupons,
    documents,
    drafts,
    facts,
    instants,
    policies,
    prices,
    session_creates,
    session_expires,
    sessions,
    targets,
)
from rules_engine.wire.json_text import LONGEST_NUMBER
from tests.profiles import scaled

URLS = session_creates(cancel_url=...).map(lambda made: made.cancel_url or "")
QUICK = settings(max_examples=2_000, database=None, derandomize=True, phases=[Phase.generate])


@given(prices(id=st.just("price_1"), unit_amount=st.integers(1, 5), currency=...))
def test_a_named_field_has_its_values(price: Price) -> None:
    """A field that is named is never left out; `...` is everything, as if it were not named."""
    assert price.id == "price_1"
    assert price.unit_amount in range(1, 6)


@settings(max_examples=scaled(20))
@given(admitted_drafts("price.update", target=targets(id=st.just("price_1")), facts=facts(livemode=st.just(True))))  # noqa: FBT003  # the very value of the field
def test_strategies_within_strategies(draft: Draft[Any]) -> None:
    """Strategies are the values of other strategies' fields."""
    assert draft.target is not None
    assert draft.target.id == "price_1"
    assert draft.facts.livemode is True


def test_types() -> None:
    """A type checker knows what is generated: a model, drafts, and documents where a code is asked for."""
    assert_type(prices(), SearchStrategy[Price])
    assert_type(drafts(), SearchStrategy[Draft[Any]])
    assert_type(drafts("session.create", yields="price_expired"), SearchStrategy[dict[str, Any]])
    assert_type(drafts(yields=PRICE_EXPIRED), SearchStrategy[dict[str, Any]])


@pytest.mark.parametrize(
    ("function", "given", "problem"),
    [
        (prices, {"curency": st.none()}, r"prices has no field curency; did you mean currency\?"),
        (prices, {"colour": st.none()}, "prices has no field colour; its fields are id, currency, "),
        (prices, {"stock": None}, "prices: stock takes a strategy"),
        (session_expires, {"id": st.none()}, "session_expires has no field id; its fields are none"),
        (coupons, {"currency": "EGP"}, r"coupons: currency takes a strategy, such as st.just\(...\), and not 'EGP'"),
        (session_creates, {"discounts": []}, "session_creates: discounts takes a strategy"),
        (
            drafts,
            {"operation": "session.creat"},
            r"drafts: there is no operation session.creat; did you mean session.cr",
        ),
        (
            documents,
            {"operation": "price.updat"},
            r"documents: there is no operation price.updat; did you mean price.u",
        ),
        (policies, {"operation": "refund.crate"}, r"policies: there is no operation refund.crate; did you mean"),
        (policies, {"operation": "price.create", "base": Policy("p", {})}, "p has no pipeline for price.create"),
        (drafts, {"yields": "price_expird"}, r"drafts: there is no code price_expird; did you mean price_expired\?"),
        *(
            (drafts, {"operation": operation, "yields": code}, f"drafts: {operation} never reports {code}; these do: ")
            for operation, code in (
                ("session.expire", "price_expired"),
                ("session.create", "internal_error"),
                ("price.create", "creation_failed"),
                ("session.expire", "parameter_missing"),
            )
        ),
        (
            drafts,
            {"operation": "session.expire", "yields": PRICE_EXPIRED},
            "never reports price_expired; these do: session.create, session.update, session.confirm",
        ),
    ],
)
def test_wrong_arguments(function: Callable[..., object], given: dict[str, Any], problem: str) -> None:
    """A wrong name or a value in place of a strategy is refused at once, with the nearest right name."""
    with pytest.raises(InvalidArgument, match=problem):
        function(**given)


def test_fields_are_keywords_only() -> None:
    """A field is never taken by its position."""
    with pytest.raises(TypeError, match=r"prices\(\) takes 0 positional arguments"):
        prices(st.just("price_1"))


@pytest.mark.parametrize(
    ("strategy", "wanted"),
    [
        (prices(), lambda price: price.unit_amount is not None and price.unit_amount > 2**63),
        (prices(), lambda price: price.unit_amount is not None and price.unit_amount < -(10 ** (LONGEST_NUMBER // 2))),
        (prices(), lambda price: price.stock is None and price.name == ""),
        (prices(), lambda price: not price.id.isascii()),
        (prices(), lambda price: price.type == "CUSTOM" and price.custom_unit_amount is not None),
        (prices(), lambda price: price.start_date is not None and price.start_date.year < 100),
        (prices(), lambda price: price.expiration_date is not None and price.expiration_date.fold == 1),
        (instants(), lambda instant: instant.utcoffset() == timedelta()),
        (instants(), lambda instant: instant.utcoffset() % timedelta(minutes=1) != timedelta()),
        (instants(), lambda instant: instant.utcoffset() < timedelta(hours=-23)),
        (instants(), lambda instant: instant.fold == 1),
        (instants(), lambda instant: instant.microsecond % 1_000 != 0),
        *((URLS, lambda url, sign=sign: sign in url) for sign in ("?", "#", "@", "]", "http:")),
        *((sessions().map(attrgetter("status")), status.__eq__) for status in ("open", "complete", "expired")),
    ],
)
def test_reach(strategy: SearchStrategy[Any], wanted: Callable[[Any], bool]) -> None:
    """What is not named has the whole range that the model admits."""
    find(strategy, wanted, settings=QUICK)


@given(instants())
def test_instants_are_on_the_calendar(instant: datetime) -> None:
    """Every instant has an offset, and a name in UTC."""
    assert instant.astimezone(UTC) == instant


@settings(max_examples=scaled(60))
@given(facts())
def test_facts_never_contradict_each_other(known: Facts) -> None:
    """Facts are keyed by what they carry, and nothing is known and missing at once."""
    assert all(key == price.id for key, price in known.prices.items())
    assert all(key == fold_code(code.code) for key, code in known.promotion_codes_by_code.items())
    assert set(known.prices).isdisjoint(known.missing.prices)
    assert sum(configuration.is_default for configuration in known.configurations.values()) <= 1


def test_given_facts_are_believed() -> None:
    """An object that is given is not missing, even where `missing` names it."""
    price = Price("price_1", "EGP", 5)
    known = facts(prices=st.just({"price_1": price}), missing=st.just(Missing(prices=("price_1",))))
    find(known, lambda known: known.prices == {"price_1": price} and known.missing.prices == (), settings=QUICK)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_drafts_of_an_operation(operation: str) -> None:
    """Drafts are of the operation that was asked for."""
    assert find(drafts(operation), lambda _: True, settings=QUICK).operation == operation
    assert find(documents(operation), lambda _: True, settings=QUICK)["operation"] == operation


@settings(max_examples=scaled(20))
@given(drafts())
def test_drafts_of_any_operation(draft: Draft[Any]) -> None:
    """Without an operation, drafts are of any."""
    assert draft.operation in OPERATIONS


@pytest.mark.parametrize("length", [0, 1, 2])
@settings(max_examples=scaled(30))
@given(data=st.data())
def test_policies_of_few_rules(length: int, data: st.DataObject) -> None:
    """A pipeline of one rule, or of none, is varied as well as it can be."""
    pipeline = default_policy().pipelines["price.delete"][:length]
    base = default_policy().with_pipeline("price.delete", pipeline)
    varied = data.draw(policies("price.delete", base=base))
    assert set(varied.pipelines["price.delete"]) <= set(pipeline)
    assert bool(varied.pipelines["price.delete"]) is bool(pipeline)
    Engine(varied)


@settings(max_examples=scaled(30))
@given(policies(base=default_policy().with_modes(Mode.SHADOW, "price_expired")))
def test_policies_vary_what_they_are_given(policy: Policy) -> None:
    """Every policy can be compiled, whatever was changed in it."""
    Engine(policy)


def test_no_operation_reports_a_code_of_later_days(monkeypatch: pytest.MonkeyPatch) -> None:
    """A code that no operation reports yet is refused, and none is named."""
    monkeypatch.setattr("rules_engine.testing.strategies.yielding.breakages", lambda *_: ())
    with pytest.raises(InvalidArgument, match="no operation is known to report coupon_in_use"):
        drafts(yields=COUPON_IN_USE)

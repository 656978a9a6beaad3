"""The API: one verdict whichever way a draft comes in."""

import contextlib
import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import attrs
import pytest

from rules_engine import (
    OPERATIONS,
    Draft,
    DraftError,
    Engine,
    FactsError,
    read_draft,
    required_facts,
    validate,
    validate_body,
    validate_session,
    write_draft,
)
from rules_engine.examples import changed, examples
from rules_engine.models import CouponCreate, CouponReference, Discount, Facts, Missing, PromotionCode, Restrictions
from tests.broken import BROKEN, CREATE, EXPIRE


class _ReadOnce(tuple[str, ...]):
    """Ids that may be read from the first to the last, and not searched."""

    __slots__ = ()

    def __contains__(self, key: object) -> bool:
        """Fail: nothing should call this."""
        raise AssertionError(key)


class TestDrafts:
    """The same draft, handed over in each way."""

    def test_one_verdict(self) -> None:
        """A document, its JSON text, its bytes and its draft get the same verdict everywhere."""
        text = json.dumps(BROKEN)
        expected = validate_session(BROKEN)
        assert expected.codes == ("price_inactive", "price_sold_out")
        drafts: tuple[Any, ...] = (BROKEN, text, text.encode(), bytearray(text.encode()), read_draft(BROKEN))
        for draft in drafts:
            assert validate_session(draft) == expected
            assert validate(draft) == expected
            assert Engine().validate(draft) == expected

    def test_body(self) -> None:
        """A raw body with the same facts gets the same verdict as the draft document."""
        body = json.dumps(BROKEN["request"]).encode()
        expected = validate_session(BROKEN)
        assert validate_body("session.create", body, BROKEN["facts"]) == expected
        assert Engine().validate_body("session.create", body, BROKEN["facts"]) == expected

    def test_body_acts_on_a_target(self) -> None:
        """An operation on a session is given its id, and an operation without parameters takes an empty body."""
        facts = EXPIRE["facts"]
        assert validate_body("session.expire", b"", facts, target="cs_1").accepted
        other = changed(facts, {"/missing": {"sessions": ["cs_2"]}})
        assert validate_body("session.expire", "", other, target="cs_2").codes == ("resource_missing",)
        with pytest.raises(DraftError, match="/target: "):
            validate_body("session.expire", b"", facts)

    def test_body_takes_facts_as_a_model(self) -> None:
        """Facts that are read already are not read again."""
        draft = read_draft(BROKEN)
        body = json.dumps(BROKEN["request"])
        assert validate_body("session.create", body, draft.facts) == validate_session(BROKEN)

    @pytest.mark.parametrize("body", [b"", b"[]", b'"text"', b"{", b"\xff", b"null"])
    def test_body_that_is_no_object(self, body: bytes) -> None:
        """What is not a JSON object is an invalid request at the request itself, and no rule runs."""
        verdict = validate_body("session.create", body, CREATE["facts"])
        assert verdict.codes == ("invalid_request",)
        assert (verdict.violations[0].rule, verdict.violations[0].param) == (None, None)
        assert verdict.violations[0].pointer == "/request"
        assert verdict.http_status == 400

    def test_unknown_operation(self) -> None:
        """An operation that does not exist is the application's error, and the nearest one is named."""
        with pytest.raises(DraftError, match=r"/operation: expected one of .*; did you mean session\.create\?"):
            validate_body("session.creat", b"{}", CREATE["facts"])

    @pytest.mark.parametrize("operation", OPERATIONS)
    def test_validate_session_takes_session_operations(self, operation: str) -> None:
        """Drafts and documents of a session operation are judged, and all others refused by name, read or not."""
        document = next(iter(examples(operation).values()))
        for draft in (document, json.dumps(document), read_draft(document), {**document, "request": []}):
            if operation.startswith("session."):
                assert validate_session(draft) == validate(draft)
            else:
                with pytest.raises(DraftError, match=rf"/operation: expected one of .*; validate takes {operation}"):
                    validate_session(draft)

    @pytest.mark.parametrize("judge", [validate, Engine().validate, required_facts])
    def test_draft_that_an_application_built(self, judge: Any) -> None:
        """A draft of no operation, or with the request of another one, is the application's error."""
        draft = read_draft(CREATE)
        with pytest.raises(DraftError, match=r"^/operation: expected one of session\.create, "):
            judge(attrs.evolve(draft, operation="session.creat"))
        with pytest.raises(DraftError, match=r"^/request: expected SessionUpdate, the request of session\.update$"):
            judge(attrs.evolve(draft, operation="session.update"))
        with pytest.raises(DraftError, match=r"^/request: expected SessionCreate"):
            judge(attrs.evolve(draft, request=None))

    @pytest.mark.parametrize("judge", [validate, validate_session, Engine().validate, required_facts])
    def test_naive_clock(self, judge: Any) -> None:
        """An instant without an offset is the application's error, wherever the draft comes in."""
        draft = read_draft(CREATE)
        naive = attrs.evolve(draft, facts=attrs.evolve(draft.facts, now=datetime(2026, 11, 22, 10)))  # noqa: DTZ001  # the very fault
        with pytest.raises(FactsError, match="/facts/now: expected an instant with an offset"):
            judge(naive)

    @pytest.mark.parametrize("judge", [validate, required_facts])
    @pytest.mark.parametrize("example", examples())
    def test_naive_clock_of_each_operation(self, example: str, judge: Any) -> None:
        """No view is built before the clock is looked at: some compare it with other instants."""
        document = examples()[example]
        stated = {"/request/currency": "HRK"} if "currency" in document["request"] else {}
        draft = read_draft(changed(document, stated))
        naive = attrs.evolve(draft, facts=attrs.evolve(draft.facts, now=datetime(2026, 11, 22, 10)))  # noqa: DTZ001  # the very fault
        with pytest.raises(FactsError, match="/facts/now: expected an instant with an offset"):
            judge(naive)

    def test_naive_instant_of_a_request(self) -> None:
        """An instant without an offset is the application's error in a request that it builds, too."""
        request = CouponCreate(percent_off=101, redeem_by=datetime(2026, 12, 1))  # noqa: DTZ001  # the very fault
        draft = Draft(operation="coupon.create", request=request, facts=Facts(now=datetime(2026, 11, 22, tzinfo=UTC)))
        for judge in (validate, required_facts):
            with pytest.raises(DraftError, match=r"^/request/redeemBy: expected an instant with an offset$"):
                judge(draft)

    @pytest.mark.parametrize(
        ("operation", "request_body"),
        [
            ("coupon.create", {"percentOff": 5, "appliesToProductIds": ["prod_1", "prod_2"]}),
            (
                "payment_link.update",
                {"lineItems": [{"priceId": "price_1", "quantity": 1}, {"priceId": "price_2", "quantity": 1}]},
            ),
        ],
    )
    def test_long_lists_of_what_is_missing(self, operation: str, request_body: dict[str, Any]) -> None:
        """What is missing is not gone through for each id of a request: a hostile one names thousands that are."""
        body = json.dumps(request_body)
        missing = Missing(products=_ReadOnce(("prod_1", "prod_2")), prices=_ReadOnce(("price_1", "price_2")))
        facts = Facts(now=datetime(2026, 11, 22, tzinfo=UTC), missing=missing)
        assert validate_body(operation, body, facts, target="plink_1").codes[:1] == ("resource_missing",)

    def test_naive_clock_of_a_body(self) -> None:
        """A body judged by facts with such an instant is refused in the same way."""
        facts = Facts(now=datetime(2026, 11, 22, 10))  # noqa: DTZ001  # the very fault
        with pytest.raises(FactsError, match="/facts/now: expected an instant with an offset"):
            validate_body("session.create", json.dumps(CREATE["request"]), facts)

    def test_required_facts_of_a_refused_request(self) -> None:
        """A request that does not parse needs no facts."""
        assert required_facts(changed(CREATE, {"/request/mode": 1, "/facts/prices": {}})) == ()

    def test_round_trip(self) -> None:
        """A draft that is written and read again gets the same verdict."""
        draft = read_draft(BROKEN)
        assert validate_session(write_draft(draft)) == validate_session(BROKEN)


@pytest.mark.parametrize("number", ["sNaN", "NaN", "Infinity"])
@pytest.mark.parametrize("currency", [None, "KWD"])
def test_numbers_that_the_wire_does_not_admit(number: str, currency: str | None) -> None:
    """Of models with numbers that cannot be computed with, an application gets an error, or the rule is isolated."""
    restrictions = Restrictions(minimum_amount=Decimal(number), minimum_amount_currency=currency)
    made = read_draft(examples()["promotion_code_create"])
    used = read_draft(examples()["create"])
    code = PromotionCode("promo_1", "SPRING", CouponReference("coup_1"), restrictions=restrictions)
    for draft in (
        attrs.evolve(made, request=attrs.evolve(made.request, restrictions=restrictions)),
        attrs.evolve(
            used,
            request=attrs.evolve(used.request, discounts=(Discount(promotion_code="promo_1"),)),
            facts=attrs.evolve(used.facts, promotion_codes={"promo_1": code}),
        ),
    ):
        with contextlib.suppress(DraftError):
            assert not validate(draft).accepted

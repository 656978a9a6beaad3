"""What a verdict says of itself, answers as the API, and raises."""

import copy
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from rules_engine import (
    FactKey,
    RulesEngineError,
    Undecided,
    UndecidedError,
    Verdict,
    ViolationError,
    ViolationsError,
    validate,
    validate_session,
)
from rules_engine.examples import NOW, REMOVED, changed, examples
from rules_engine.wire.report import verdict_document
from tests.broken import ARCHIVED, BROKEN, CREATE, EXPIRE
from tests.wire.two_ways import containers


class TestErrorResponse:
    """What the API answers."""

    def test_accepted(self) -> None:
        """A draft that is accepted has no error and no status."""
        verdict = validate_session(CREATE)
        assert (verdict.error_response(request_id="req_1"), verdict.http_status) == (None, None)

    def test_first_violation(self) -> None:
        """The answer is the first violation, in the form of the error page, with the id of the request beside it."""
        verdict = validate_session(BROKEN)
        assert verdict.error_response(request_id="req_1") == {
            "error": {
                "type": "invalid_request_error",
                "code": "price_inactive",
                "message": verdict.violations[0].message,
                "param": "lineItems[1].price",
                "doc_url": "https://docs.xpay.app/integrate/errors/api-error-codes#price_inactive",
            },
            "request_id": "req_1",
        }

    def test_without_a_param(self) -> None:
        """A cause that is not in the request names no field, and an answer without an id of a request has none."""
        response = validate_session(changed(EXPIRE, {"/facts/session/status": "complete"})).error_response()
        assert response is not None
        assert set(response) == {"error"}
        assert set(response["error"]) == {"type", "code", "message", "doc_url"}

    def test_carries_no_evidence(self) -> None:
        """The evidence may name another customer; the answer does not."""
        verdict = validate_session(changed(CREATE, {"/facts/promotionCodes/promo_1/customerId": "cus_other"}))
        assert verdict.violations[0].evidence["customerId"] == "cus_other"
        assert "cus_other" not in json.dumps(verdict.error_response())

    def test_undecided(self) -> None:
        """A draft that is undecided without a violation answers an internal error and no detail."""
        verdict = validate_session(changed(CREATE, {"/facts/prices": {}}))
        assert (verdict.accepted, verdict.violations, verdict.http_status) == (False, (), 500)
        assert verdict.error_response() == {
            "error": {
                "type": "api_error",
                "code": "internal_error",
                "message": "The request could not be judged because of an unexpected fault.",
                "doc_url": "https://docs.xpay.app/integrate/errors/api-error-codes#internal_error",
            }
        }

    def test_statuses(self) -> None:
        """The status is that of the first violation, whatever else is wrong."""
        gone = {"/facts/prices/price_mug": REMOVED, "/facts/missing": {"prices": ["price_mug"]}}
        assert validate_session(changed(CREATE, gone)).http_status == 404
        assert validate_session(changed(CREATE, {**gone, "/request/lineItems/1/quantity": -1})).http_status == 400
        assert validate_session(changed(EXPIRE, {"/facts/session/status": "expired"})).http_status == 409


class TestRaiseForViolations:
    """Verdicts as exceptions."""

    def test_accepted(self) -> None:
        """A draft that is accepted raises nothing."""
        validate_session(CREATE).raise_for_violations()

    def test_group(self) -> None:
        """All violations are raised at once, each by itself, in the order of the verdict."""
        verdict = validate_session(BROKEN)
        with pytest.raises(ViolationsError) as raised:
            verdict.raise_for_violations()
        assert isinstance(raised.value, ExceptionGroup)
        assert isinstance(raised.value, RulesEngineError)
        assert tuple(error.violation for error in raised.value.exceptions) == verdict.violations  # type: ignore[union-attr]  # a group of ours holds only ours
        assert raised.value.message == "session.create is refused: price_inactive, price_sold_out"
        assert [str(error) for error in raised.value.exceptions] == [
            f"{violation.param}: {violation.message}" for violation in verdict.violations
        ]

    def test_except_star(self) -> None:
        """`except*` takes the violations out of the group, and the group keeps its type when it is split."""
        caught: list[ViolationError] = []
        try:
            validate_session(BROKEN).raise_for_violations()
        except* ViolationError as group:
            assert isinstance(group, ViolationsError)  # noqa: PT017  # except* is what is tested
            caught.extend(error for error in group.exceptions if isinstance(error, ViolationError))
        assert [str(error.violation.param) for error in caught] == ["lineItems[1].price", "lineItems[0].price"]

    def test_split(self) -> None:
        """A part of a group is a group of the same type."""
        with pytest.raises(ViolationsError) as raised:
            validate_session(BROKEN).raise_for_violations()
        sold_out, rest = raised.value.split(lambda error: "stock" in str(error) and error is not raised.value)
        assert isinstance(sold_out, ViolationsError)
        assert isinstance(rest, ViolationsError)
        assert (len(sold_out.exceptions), len(rest.exceptions)) == (1, 1)

    def test_without_a_param(self) -> None:
        """A violation that names no field reads as its message."""
        with pytest.raises(ViolationsError) as raised:
            validate_session(changed(EXPIRE, {"/facts/session/status": "complete"})).raise_for_violations()
        assert [str(error) for error in raised.value.exceptions] == [
            "The session is complete already and cannot be expired."
        ]

    def test_undecided(self) -> None:
        """A draft that is undecided names the facts to look up."""
        verdict = validate_session(changed(CREATE, {"/facts/prices/price_mug": REMOVED}))
        assert verdict.required_facts == (FactKey("prices", "price_mug"),)
        assert Undecided("price_missing", "lineItems[0].price") in verdict.undecided
        with pytest.raises(UndecidedError) as raised:
            verdict.raise_for_violations()
        assert raised.value.facts == ("prices[price_mug]",)
        assert str(raised.value) == "session.create is undecided until these facts are looked up: prices[price_mug]"

    def test_violations_come_before_undecided(self) -> None:
        """A draft that is refused and undecided is refused."""
        verdict = validate_session(changed(CREATE, {**ARCHIVED, "/facts/prices/price_mug": REMOVED}))
        assert verdict.undecided
        with pytest.raises(ViolationsError):
            verdict.raise_for_violations()


class TestVerdict:
    """What a verdict says of itself."""

    def test_codes_once(self) -> None:
        """Two violations of one code are one code, at the place of the first."""
        verdict = validate_session(
            changed(CREATE, {**ARCHIVED, "/facts/prices/price_mug/active": False, "/facts/prices/price_mug/stock": 1})
        )
        assert [violation.param for violation in verdict.violations] == [
            "lineItems[0].price",
            "lineItems[1].price",
            "lineItems[0].price",
        ]
        assert verdict.codes == ("price_inactive", "price_sold_out")

    def test_clean(self) -> None:
        """A clean draft has nothing to say but its operation and its policy."""
        assert validate_session(CREATE) == Verdict("session.create", "default")

    def test_clock(self) -> None:
        """The evidence of a rule about time is the instant of the facts, so a replay says the same for ever."""
        verdict = validate_session(changed(CREATE, {"/facts/prices/price_mug/expirationDate": NOW}))
        assert verdict.codes == ("price_expired",)
        assert verdict.violations[0].evidence["now"] == datetime(2026, 11, 22, 10, tzinfo=UTC)


@pytest.mark.parametrize("example", examples().values(), ids=list(examples()))
def test_answers_can_be_encoded(example: dict[str, Any]) -> None:
    """Half of a surrogate pair, as any value or key of a request, is escaped wherever the verdict repeats it."""
    found, example = 0, copy.deepcopy(example)
    for container in list(containers(example["request"])) or [example["request"]]:
        for key in (*(container if isinstance(container, dict) else range(len(container))), "\ud83d"):
            if key == "\ud83d" and not isinstance(container, dict):
                continue
            kept = copy.copy(container)
            container[key] = "\udfaa"
            verdict = validate(example)
            container.clear()
            container.update(kept) if isinstance(container, dict) else container.extend(kept)
            answer = [
                verdict_document(verdict),
                verdict.error_response(request_id="\udfaa"),
                *map(str, verdict.required_facts),
            ]
            json.dumps(answer, ensure_ascii=False, default=str).encode()
            found += not verdict.accepted
    assert found

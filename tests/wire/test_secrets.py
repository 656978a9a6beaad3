"""Nothing that is said of what cannot be read repeats a value of it."""

import json
import traceback
from typing import Any

import pytest

from rules_engine import validate_body
from rules_engine.examples import changed
from rules_engine.exceptions import DraftError
from rules_engine.wire.read import read_draft
from tests.wire.refused import FACTS, UPDATE, body_violation

SECRET = "cs_1_secret_a1b2"  # noqa: S105  # the stand-in for one


@pytest.mark.parametrize(
    "body",
    [
        {"clientSecret": [SECRET]},
        {"clientSecret": {"value": SECRET}},
        {"clientSecret": SECRET, "paymentMethodType": SECRET},
        {"client_secret": SECRET},
        {"clientSecret": SECRET, "customerDetails": {"email": SECRET}},
        [SECRET],
        SECRET,
    ],
    ids=str,
)
@pytest.mark.parametrize("operation", ["session.confirm", "session.apply_promotion_code"])
def test_secret_stands_in_no_violation(body: Any, operation: str) -> None:
    """Nothing that is said of a request that does not parse repeats a value of it."""
    verdict = validate_body(operation, json.dumps(body), FACTS, target="cs_1")
    assert verdict.violations
    assert SECRET not in repr(verdict)


@pytest.mark.parametrize("body", [f"{{{SECRET}", f'{{"clientSecret": "{SECRET}'])
def test_secret_stands_in_no_violation_of_broken_text(body: str) -> None:
    """Nothing that is said of a body that is not JSON repeats a part of it."""
    assert SECRET not in repr(body_violation(body, "session.confirm"))


@pytest.mark.parametrize(
    "changes",
    [
        {"/facts/session/clientSecret": [SECRET]},
        {"/facts/session/clientSecret": {SECRET}},
        {"/facts/session/status": SECRET},
        {"/facts/session/expiresAt": SECRET},
        {"/facts/session/amountSubtotal": SECRET},
        {"/facts/session/presentmentDetails": {"currency": "USD", "amountSubtotal": 1, "exchangeRate": SECRET}},
        {"/target/id": [SECRET]},
        {"/operation": SECRET},
        {"/version": SECRET},
    ],
    ids=str,
)
def test_secret_stands_in_no_error(changes: dict[str, Any]) -> None:
    """Nothing that a host may log of a malformed draft repeats a value of it."""
    with pytest.raises(DraftError) as caught:
        read_draft(changed(UPDATE, changes))
    assert SECRET not in "".join(traceback.format_exception(caught.value))

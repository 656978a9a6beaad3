"""What shops wrote down: the answer of the time, and now and then too little."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from rules_engine.api import Engine
from rules_engine.policy.builtin import default_policy
from rules_engine.testing.history.chance import Chance
from rules_engine.violation import Mode, Verdict

_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_OLD_LIMITS: Final = {"max_expires_after_minutes": 720}
_UNKNOWN_THEN: Final = ("coupon_customer_max_redemptions",)
_NOT_RECORDED: Final = 25
"""In a thousand: drafts without the codes of the time."""
_LOST: Final = 10
"""In a thousand: drafts from which a fact was lost that they need."""
_LOSABLE: Final = (
    "prices",
    "exchangeRates",
    "payments",
    "redemptions",
    "coupons",
    "session",
    "customer",
    "charges",
    "balances",
    "usage",
    "apiKeys",
    "rate",
    "products",
    "missing",
)


class Recorder:
    """Judges by the policy of the time.

    Until the day of a release, sessions could live for half a day only, and nobody counted how often one customer
    redeems a coupon. Since then it is the default policy.
    """

    def __init__(self, release: datetime, chance: Chance) -> None:
        """Compile both policies.

        Args:
            release: The instant from which the default policy applies.
            chance: What is lost, and when.
        """
        policy = default_policy()
        self._now = Engine(policy)
        self._then = Engine(policy.with_limits(**_OLD_LIMITS).with_modes(Mode.OFF, *_UNKNOWN_THEN))
        self._release = release
        self._chance = chance

    def judge(self, document: bytes, now: datetime) -> Verdict:
        """Answer as it was answered at the time.

        Args:
            document: The draft, as `text` writes it.
            now: The instant that it is judged at.
        """
        return (self._now if now >= self._release else self._then).validate(document)

    def record(self, document: Mapping[str, Any], written: bytes, verdict: Verdict) -> bytes:
        """Write a draft down, with what it heard.

        Args:
            document: The draft.
            written: The same, as `text` writes it.
            verdict: The answer of the time.
        """
        recorded = not self._chance.share(_NOT_RECORDED)
        if verdict.accepted and self._chance.share(_LOST):
            written = self._without_a_fact(document, written)
        return written[:-1] + b',"recorded":' + text({"codes": list(verdict.codes)}) + b"}" if recorded else written

    def _without_a_fact(self, document: Mapping[str, Any], written: bytes) -> bytes:
        facts = document["facts"]
        for name in _LOSABLE:
            if name in facts:
                without = text({**document, "facts": {key: value for key, value in facts.items() if key != name}})
                if self._now.validate(without).undecided:
                    return without
        return written


def text(value: Any) -> bytes:
    """Write a value as JSON, without white space."""
    return _ENCODER.encode(value).encode()

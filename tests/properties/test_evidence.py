"""Invariant 17: a value in the evidence under the name of a field is the value of that field in the draft."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, get_args

import attrs
import pytest
from hypothesis import strategies as st

from rules_engine import Engine, Mode, Verdict, default_policy, models, read_draft
from rules_engine.examples import counterexamples
from rules_engine.models import UNSET, Draft, Facts, Session, fold_code
from rules_engine.rules import RULES
from rules_engine.violation import Violation
from rules_engine.wire.converter import camel_case
from tests.properties.tried import any_draft, on_every_operation
from tests.test_shipped_drafts import DRAFTS

_MODELS: Final = tuple(
    {model for model in vars(models).values() if isinstance(model, type) and attrs.has(model) and model is not Draft}
)
_FIELDS: Final = frozenset(camel_case(field.name) for model in _MODELS for field in attrs.fields(model))
_BOUNDS: Final = frozenset({"minimum", "maximum", "limit"})
"""What a bound is called where the object that it is of has no field of that name."""
_DEFAULTS: Final = {"uiMode": "hosted", "type": "ONE_TIME"}
_RULES: Final = {rule.name: rule for rule in RULES}
_EVERYTHING: Final = Engine(default_policy().with_modes(Mode.WARN, *_RULES))
"""No rule is skipped because of another one, so each shows its evidence wherever it can."""


def _names(model: type[Any]) -> Mapping[str, str]:
    return {camel_case(field.name): field.name for field in attrs.fields(model)} if attrs.has(model) else {}


def _is_model(value: object) -> bool:
    return attrs.has(type(value))


def _on_the_way(draft: Draft[Any], pointer: str) -> Iterator[Any]:
    """Yield what stands along a pointer into a draft."""
    value: Any = draft
    for segment in pointer.split("/")[1:]:
        if isinstance(value, tuple | list):
            value = value[int(segment)] if int(segment) < len(value) else None
        elif _is_model(value):
            value = getattr(value, _names(type(value)).get(segment, ""), None)
        else:
            value = value.get(segment) if isinstance(value, Mapping) else None
        yield value


def _stored(facts: Facts) -> Iterator[tuple[str, Any]]:
    """Yield every object of the facts under each of its names."""
    for field in attrs.fields(Facts):
        kept = getattr(facts, field.name)
        objects = kept.values() if isinstance(kept, Mapping) else kept if isinstance(kept, tuple) else (kept,)
        yield from kept.items() if isinstance(kept, Mapping) else ()
        yield from ((getattr(each, name), each) for each in objects for name in ("id", "code") if hasattr(each, name))
    yield from facts.usage.coupons.items()


def _about(draft: Draft[Any], violation: Violation) -> list[Any]:
    """Return the models at the place of a violation, then those that are named there or in its evidence."""
    facts = draft.facts
    way = [*_on_the_way(draft, violation.pointer)]
    # Of a session that the draft does not act on, nothing is shown.
    session = facts.session if draft.target is not None and draft.operation.startswith("session.") else None
    whole = [draft.request, session, facts.payment_link, facts.endpoint, facts.rate, facts.merchant, facts]
    found = [*filter(_is_model, [*reversed(way), *whole])]
    ahead = [*found, way[-1], *violation.evidence.values(), draft.target]
    if isinstance(way[-1], str):
        ahead.append(fold_code(way[-1]))
    kept = [*_stored(facts)]
    while ahead:
        value = ahead.pop()
        if isinstance(value, str):
            named = [each for name, each in kept if name == value and not any(each is other for other in found)]
            found += named
            ahead += named
        elif isinstance(value, tuple):
            ahead += value
        elif _is_model(value) and value is not facts:
            parts = [getattr(value, field.name) for field in attrs.fields(type(value))]
            ahead += [part for part in parts if isinstance(part, str | tuple) or hasattr(part, "id")]
            found += [part for part in parts if _is_model(part) and value not in whole]
    return found


def _held(violation: Violation) -> tuple[type[Any], ...]:
    """Return the models that the view of a rule holds."""
    types = [field.type for field in attrs.fields(_RULES[violation.rule or ""].scope.view)]
    held = [kind for each in types for kind in (get_args(each) or (each,))]
    return tuple(kind for kind in held if kind in _MODELS and kind is not Facts)


def _is(shown: Any, value: Any) -> bool:
    """Return whether evidence shows a value: a reference by its id, a code of a currency in small letters."""
    value = getattr(value, "id", value)
    if isinstance(value, str) and isinstance(shown, str):
        # A long text is cut.
        return shown == value or (shown != "" and value.lower().startswith(shown.lower()))
    return bool(value == shown) and isinstance(value, bool) is isinstance(shown, bool)


def _untrue(draft: Draft[Any], verdict: Verdict) -> Iterator[str]:
    """Yield what the evidence of a verdict shows, and the draft does not hold."""
    for violation in (*verdict.violations, *verdict.warnings):
        way, about = [*_on_the_way(draft, violation.pointer)], _about(draft, violation)
        referred = [way[-1], None if draft.target is None else draft.target.id]
        for key, value in violation.evidence.items():
            holders = [each for each in (way if key in _BOUNDS else about) if key in _names(type(each))]
            if key not in _FIELDS or (key in _BOUNDS and not holders):
                continue
            held = [each for each in holders if isinstance(each, _held(violation))]
            own = [*held, *(each for each in holders if isinstance(each, Facts | Session))] if held else holders
            values = [getattr(each, _names(type(each))[key]) for each in own]
            if not values or None in values or UNSET in values:
                # What is not stated is what is stored, else the documented default.
                values += [*(getattr(each, _names(type(each))[key]) for each in holders), _DEFAULTS.get(key)]
            if not any(_is(value, each) for each in (*values, *referred)):
                yield f"{violation.rule} at {violation.pointer}: {key} is {value!r}, and not one of {values}"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_counterexamples(rule: Any) -> None:
    """It holds of every counterexample."""
    for counterexample in counterexamples():
        if counterexample.rule == rule.name:
            draft = read_draft(counterexample.document())
            verdict = _EVERYTHING.validate(draft)
            assert rule.name in {violation.rule for violation in verdict.warnings}
            assert [*_untrue(draft, verdict)] == []


def test_shipped_drafts() -> None:
    """It holds of every shipped draft."""
    for path in sorted(DRAFTS.glob("*.json")):
        draft = read_draft(path.read_bytes())
        assert [*_untrue(draft, _EVERYTHING.validate(draft))] == [], path.name


@on_every_operation(50)
def test_random_drafts(operation: str, data: st.DataObject) -> None:
    """It holds of any draft."""
    draft = data.draw(any_draft(operation))
    if not draft.faults:
        assert [*_untrue(draft, _EVERYTHING.validate(draft))] == []

"""Both verdicts on a draft beside each other. What a report holds of them is plain values, and may have been edited."""

from typing import Any, Final

from rules_engine.dryrun.report import UNDECIDED, Answer
from rules_engine.dryrun.reports.html.json_text import written_json
from rules_engine.dryrun.reports.html.markup import NOTHING, Html, element, views
from rules_engine.dryrun.reports.html.plain import shortened
from rules_engine.dryrun.reports.html.tables import code, codes, left_out, user_text

_MOST_VIOLATIONS: Final = 20
_MOST_EVIDENCE: Final = 20
_LONGEST_MESSAGE: Final = 500
_ASIDE: Final = (
    ("warnings", "Warned of"),
    ("shadowed", "Found in the shadow"),
    ("waived", "Waived"),
    ("undecided", "Undecided"),
    ("faults", "Raised"),
)
"""What else a verdict says, and how that is told."""


def verdicts(before: Any, after: Any, answers: tuple[Answer, Answer]) -> Html:
    """Show two verdicts.

    Args:
        before: The first verdict as plain values; None where there are only recorded codes, or no policy applied.
        after: The second one.
        answers: The answers that they give.
    """
    first, second = answers
    both = (
        _side("Before", before, first, _found_in(after) if after is not None else set(), second),
        _side("After", after, second, _found_in(before) if before is not None else set(), first),
    )
    return element("div", *both, class_="verdicts")


def _side(name: str, verdict: Any, answer: Answer, others: set[tuple[str, str]], other_answer: Answer) -> Html:
    policy = "" if verdict is None else verdict.policy
    title = element("h4", f"{name}: {_told(answer)}", element("small", " ", user_text(policy)) if policy else NOTHING)
    content = _only_codes(answer) if verdict is None else _content(verdict, others, other_answer)
    return element("div", title, content, class_=f"verdict {_tone(answer)}")


def _told(answer: Answer) -> str:
    if answer == UNDECIDED:
        return "undecided"
    return "refused" if answer else "accepted"


def _tone(answer: Answer) -> str:
    return _told(answer)


def _only_codes(answer: Answer) -> Html:
    if answer == UNDECIDED:
        return element("p", "No policy applied.", class_="note")
    if not answer:
        return element("p", "No code is recorded.", class_="note")
    return views((element("p", "Only the codes are recorded.", class_="note"), codes(answer)))


def _content(verdict: Any, others: set[tuple[str, str]], other_answer: Answer) -> Html:
    violations = verdict.violations
    items = [_violation(each, others, other_answer) for each in violations[:_MOST_VIOLATIONS]]
    return views(
        (
            element("ol", *items, class_="violations") if items else element("p", "No violation.", class_="note"),
            left_out(len(violations) - len(items), "violation"),
            *(_aside(told, getattr(verdict, key)) for key, told in _ASIDE),
            _facts(verdict.required_facts),
        )
    )


def _violation(violation: Any, others: set[tuple[str, str]], other_answer: Answer) -> Html:
    name, param = violation.code, violation.param
    is_same = (name, param) in others or (not others and name in other_answer)
    mark = NOTHING if is_same else element("span", "only here", class_="only")
    at = views((" at ", element("code", shortened(param), class_="param"))) if param else NOTHING
    return element(
        "li",
        element("p", element("strong", code(name)), at, " ", mark),
        element("p", element("bdi", shortened(violation.message, _LONGEST_MESSAGE))),
        _evidence(violation.evidence),
    )


def _evidence(evidence: Any) -> Html:
    if not evidence:
        return NOTHING
    entries = list(evidence.items())[:_MOST_EVIDENCE]
    shown = (
        element("div", element("dt", user_text(name)), element("dd", code(_value(value)))) for name, value in entries
    )
    return views((element("dl", *shown, class_="evidence"), left_out(len(evidence) - len(entries), "value")))


def _value(value: Any) -> str:
    return value if isinstance(value, str) else written_json(value, _LONGEST_MESSAGE)


def _aside(told: str, items: list[Any]) -> Html:
    if not items:
        return NOTHING
    shown = items[:_MOST_VIOLATIONS]
    names = (_aside_item(item) for item in shown)
    return element(
        "div",
        element("p", f"{told}:", class_="note"),
        element("ul", *(element("li", name) for name in names), class_="aside"),
        left_out(len(items) - len(shown), "finding"),
    )


def _aside_item(item: Any) -> Html:
    name = getattr(item, "code", item.rule)
    param, waiver = getattr(item, "param", None), getattr(item, "waiver", None)
    return views(
        (
            code(name),
            views((" at ", element("code", shortened(param), class_="param"))) if param else NOTHING,
            views((" by ", user_text(waiver))) if waiver else NOTHING,
        )
    )


def _facts(facts: list[Any]) -> Html:
    if not facts:
        return NOTHING
    shown = facts[:_MOST_VIOLATIONS]
    names = map(str, shown)
    return element("div", element("p", "Facts to look up:", class_="note"), codes(names))


def _found_in(verdict: Any) -> set[tuple[str, str]]:
    return {(each.code, each.param) for each in verdict.violations}

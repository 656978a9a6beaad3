"""The report for a pull request: Markdown that holds what drafts say, and is not changed by it."""

import pytest
from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from rules_engine import RULES, Mode, default_policy
from rules_engine.dryrun.condition import read_condition
from rules_engine.dryrun.replay import replay
from rules_engine.dryrun.report import (
    CANDIDATE,
    Answer,
    Exemplar,
    Lost,
    PolicyName,
    Report,
    Tally,
    Transition,
)
from rules_engine.dryrun.reports.markdown import LONGEST, code_span, markdown_report
from rules_engine.dryrun.reports.tables import GroupingError
from rules_engine.dryrun.task import Task
from rules_engine.examples import changed, examples
from rules_engine.printable import printable
from tests.dryrun.reports.html.specimen import hostile_report
from tests.dryrun.samples import (
    DEFAULT,
    HEADER,
    SYNTHETIC,
    history,
    of_policy,
    shipped_report,
)

READER = MarkdownIt("commonmark").enable("table")
HOSTILE = (
    "</code></summary></details><script>alert(1)</script>",
    "a|b||c\\|d\\\\|",
    "`one ``two ```three",
    "```\n# heading\n```",
    "@octocat closes #1",
    "[link](https://evil.example) ![image](https://evil.example/x.png) <https://evil.example>",
    "line\r\nbreak\u2028\u202e\x1b[31m\x00\ud800",
    " ",
    "*bold* _it_ ~~no~~ &lt; $x$",
    "x" * 300,
)


def _tokens(text: str) -> list[Token]:
    found: list[Token] = []
    for token in READER.parse(text):
        found += [token, *(token.children or ())]
    return found


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_others_shows_as_text(text: str) -> None:
    """No text makes markup, a link, an image or a cell: the report is built as it is for any other text."""
    by = ("code", "operation", "day", "currency", "merchant")
    tokens = _tokens(markdown_report(hostile_report((text,), "EGP"), by=by))
    plain = _tokens(markdown_report(hostile_report(("x",), "EGP"), by=by))
    kinds = [token.type for token in tokens if token.type not in ("code_inline", "text")]
    assert kinds == [token.type for token in plain if token.type not in ("code_inline", "text")]
    assert {"link_open", "image", "html_inline", "em_open", "strong_open"}.isdisjoint(kinds)
    for token in tokens:
        if token.type == "html_block":
            assert "<script" not in token.content
            assert "@" not in token.content.partition("<code>")[0]
        if token.type == "text":
            assert "@" not in token.content


@given(st.text(max_size=60))
@example("`")
@example(" ` ")
@example("  ")
@example("a\\")
def test_code_spans(text: str) -> None:
    """A text within a line reads back as it is, but for what would not show; so it does in a table."""
    expected = printable(text).replace("|", r"\x7c") or " "
    (span,) = [token for token in _tokens(f"x {code_span(text)} y") if token.type == "code_inline"]
    assert span.content == expected
    cells = [token for token in _tokens(f"| a | b |\n| - | - |\n| {code_span(text)} | z |\n") if token.type == "inline"]
    assert [cell.content for cell in cells[::3]] == ["a", "z"]
    (span,) = [token for token in cells[2].children or () if token.type == "code_inline"]
    assert span.content == expected


def test_long_texts_are_shortened() -> None:
    """Of a long text, its start and its end are shown: a place keeps its line."""
    span = code_span(f"{'folder/' * 100}drafts.jsonl:17")
    assert span.startswith("`folder/folder/")
    assert span.endswith("drafts.jsonl:17`")
    assert len(span) < 130
    assert len(code_span("\U000e0001" * 200)) < 250


@given(SYNTHETIC)
def test_any_report(report: Report) -> None:
    """Any report is written, the same each time, within the space there is, and every fence is closed."""
    text = markdown_report(report, by=("code", "merchant"), conditions=[read_condition("changed > 0")])
    assert text == markdown_report(report, by=("code", "merchant"), conditions=[read_condition("changed > 0")])
    assert len(text) <= LONGEST
    assert text.count("<details>") == text.count("</details>")
    assert text.isprintable() or set(text) - {"\n"} == {each for each in text if each.isprintable()}


def test_what_there_is_no_room_for() -> None:
    """A report that is too long leaves out whole parts, and names them; the verdict and the classes always stand."""
    names = [f"{'long_code_' * 11}{number}" for number in range(400)]
    document = {"id": "x" * 5000}
    exemplar = Exemplar("0" * 16, "p" * 200, 5000, "d", document, None, None)
    transitions: dict[tuple[Answer, Answer], Transition] = {
        (tuple(names[number : number + 12]), (names[number],)): Transition(Tally(number + 1), [exemplar], exemplar)
        for number in range(380)
    }
    header = evolve(HEADER, candidate=PolicyName("c" * 5000, "", tuple(names)))
    text = markdown_report(Report(header, transitions), by=("code",))
    assert len(text) <= LONGEST
    assert "72,390 of 72,390 records (100%) get another answer" in text
    assert "| reasons changed | 72,390 | 100% |" in text
    assert "And 355 more transitions of " in text
    assert text.rstrip().endswith("Left out because of missing space: drafts that show a transition.")


def test_the_shipped_drafts() -> None:
    """The verdict comes first, in one line; then what changes, what was grouped, and a draft that shows it."""
    report = shipped_report()
    conditions = [read_condition("newly_rejected > 0.1%"), read_condition("gained(price_expired) > 0")]
    lines = markdown_report(report, by=("merchant",), conditions=conditions).splitlines()
    assert lines[0] == "## Dry run of `strict` against `default`"
    assert lines[2].startswith("**Fails: `newly_rejected > 0.1%`.** 1 of 159 records (0.6%) gets another answer: ")
    for line in (
        "| `newly_rejected > 0.1%` | fails | 1 | 0.6% |",
        "| `gained(price_expired) > 0` | passes | 0 | 0% |",
        "| newly rejected | 1 | 0.6% | 2,770.00 EGP |",
        "| accepted | `parameter_out_of_range` | 1 | 0.6% | 2,770.00 EGP |",
        "| `parameter_out_of_range` | 10 | 11 | 1 | 0 | 2,770.00 EGP |  |",
        "| `mer_live_QalamAcademy` | 22 | 1 | 1 | 20 | 4.5% | 2,770.00 EGP |",
        "- `d_course_01` at `history.jsonl:79`",
        "```json",
    ):
        assert line in lines
    idle = f"{len(report.never_fired(CANDIDATE))} of {len(RULES)} rules"
    assert f"<details><summary>{idle} of the candidate never fired</summary>" in lines


def test_conditions_that_hold_of_nothing() -> None:
    """Where no condition is broken, the verdict says so; without conditions, it says nothing of them."""
    report = Report(HEADER, {((), ()): Transition(Tally(2))})
    passed = markdown_report(report, conditions=[read_condition("changed > 0")])
    assert "**Passes.** None of 2 records gets another answer." in passed
    assert "\n\nNone of 2 records gets another answer." in markdown_report(report)


def test_partial_reports() -> None:
    """A report of a part of the history says so before any figure, and names what was lost."""
    lost = [Lost("a.jsonl: bytes 0 to 9", "it killed three workers")]
    text = markdown_report(Report(HEADER, unfinished=2, lost=lost))
    head = text.partition("###")[0]
    assert "> [!WARNING]\n> This report is partial" in head
    assert "2 parts of the history not replayed" in head
    assert "| `a.jsonl: bytes 0 to 9` | `it killed three workers` |" in text


def test_waived_and_shadowed() -> None:
    """What a side waives, shadows or warns of is counted by rule, before and after."""
    document = changed(examples()["create"], {"/request/lineItems/0/quantity": -1})
    before = replay(history(document), Task(DEFAULT, DEFAULT))
    (rule,) = before.used("candidate", "enforced")
    policy = evolve(default_policy(), modes={rule: Mode.SHADOW})
    report = replay(history(document), Task(of_policy(policy), DEFAULT))
    assert f"| `{rule}` | 0 | 1 |" in markdown_report(report)


@pytest.mark.parametrize(
    ("by", "said"),
    [
        ("colour", "unknown group"),
        ("merchnt", "did you mean merchant?"),
        ("merchant", "group drafts by merchant"),
    ],
)
def test_groups_that_there_are_not(by: str, said: str) -> None:
    """A report is grouped by what it counts apart, or not at all."""
    with pytest.raises(GroupingError, match=said):
        markdown_report(Report(evolve(HEADER, by_merchant=False)), by=[by])

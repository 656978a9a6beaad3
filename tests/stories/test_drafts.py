"""The draft documents of six shops, read as stories: what each of them must hear stands beside it.

`NAME.expected` opens with a comment that tells the story in one sentence. Then comes a line for each violation, in
order: the code and the param, `-` where there is none. Last come the facts that nobody looked up, as `undecided FACT`.

Two codes have no story, because no document causes them: `creation_failed` and `internal_error` stand for a rule that
raised. The answer to a draft that is only undecided is `internal_error` as well, but its verdict has no code.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from attrs import frozen

from rules_engine import CATALOGUE, OPERATIONS, RULES, Origin, Verdict, default_policy, validate

DRAFTS: Final = Path(__file__).parents[2] / "policies" / "drafts"
SHOPS: Final = ("pottery", "electronics", "donation", "course", "bookshop", "bakery")


@frozen
class Story:
    """A draft document and what it must hear.

    Attributes:
        name: The name of its files.
        text: The document as it is written.
        opening: The first line of its expectation.
        violations: Code and param of each violation, in order.
        undecided: The facts that nobody looked up, in order.
    """

    name: str
    text: str
    opening: str
    violations: tuple[tuple[str, str | None], ...]
    undecided: tuple[str, ...]

    @property
    def document(self) -> dict[str, Any]:
        """The document, parsed."""
        document: dict[str, Any] = json.loads(self.text)
        return document

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes, each once."""
        return tuple(dict.fromkeys(code for code, _ in self.violations))

    @property
    def clean(self) -> bool:
        """Whether nothing is wrong and nothing is unknown."""
        return not self.violations and not self.undecided

    def judge(self) -> Verdict:
        """Judge the document as a host would: from its text."""
        return validate(self.text)


def _read(path: Path) -> Story:
    opening, *lines = path.with_suffix(".expected").read_text(encoding="utf-8").splitlines()
    pairs = [line.split(" ", 1) for line in lines]
    return Story(
        name=path.stem,
        text=path.read_text(encoding="utf-8"),
        opening=opening,
        violations=tuple((code, None if param == "-" else param) for code, param in pairs if code != "undecided"),
        undecided=tuple(fact for kind, fact in pairs if kind == "undecided"),
    )


STORIES: Final = tuple(_read(path) for path in sorted(DRAFTS.glob("*.json")) if path.with_suffix(".expected").exists())
REFUSED: Final = tuple(story for story in STORIES if story.violations)

each_story = pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
each_refused_story = pytest.mark.parametrize("story", REFUSED, ids=lambda story: story.name)


def _resolve(document: Any, pointer: str) -> Any:
    """Follow an RFC 6901 pointer.

    Raises:
        LookupError: It leads nowhere.
    """
    value = document
    for token in pointer.split("/")[1:]:
        key = token.replace("~1", "/").replace("~0", "~")
        if isinstance(value, list) and re.fullmatch("0|[1-9][0-9]*", key):
            value = value[int(key)]
        elif isinstance(value, dict):
            value = value[key]
        else:
            raise LookupError(pointer)
    return value


def _sayable() -> set[str]:
    """Name every code that an operation can say of data: those of their rules, and those of the wire."""
    codes = {rule.name: rule.code.name for rule in RULES}
    pipelines = default_policy().pipelines
    by_rules = {codes[name] for operation in OPERATIONS for name in pipelines[operation]}
    return by_rules | {code.name for code in CATALOGUE.values() if Origin.WIRE in code.origins}


def _known_objects(facts: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Walk the objects that do not change while the stories of a shop are told."""
    for kind in ("merchant", "customer"):
        if kind in facts:
            yield facts[kind]
    for kind in ("prices", "coupons", "promotionCodes", "promotionCodesByCode", "configurations", "exchangeRates"):
        yield from facts.get(kind, {}).values()


@each_story
def test_a_story_hears_what_stands_beside_it(story: Story) -> None:
    """The verdict has the expected codes and params in the expected order, and asks for the expected facts."""
    verdict = story.judge()

    assert [(found.code.name, found.param) for found in verdict.violations] == list(story.violations)
    assert [str(fact) for fact in verdict.required_facts] == list(story.undecided)
    assert verdict.codes == story.codes
    assert verdict.accepted is story.clean
    assert verdict.faults == ()


@each_refused_story
def test_a_pointer_leads_to_the_fault(story: Story) -> None:
    """Every pointer resolves in the document; that of a missing key, up to the object that lacks it."""
    for violation in story.judge().violations:
        assert re.match("/(request|facts|target)(/|$)", violation.pointer)
        lacks_key = violation.code.name in {"parameter_missing", "authentication_required"}
        _resolve(story.document, violation.pointer.rpartition("/")[0] if lacks_key else violation.pointer)


@each_refused_story
def test_violations_come_by_policy_position_then_item_index(story: Story) -> None:
    """What rules find is sorted by their place in the pipeline, then by the index of the item."""
    pipeline = default_policy().pipelines[story.document["operation"]]
    places = [
        (pipeline.index(violation.rule), [int(index) for index in re.findall(r"/(\d+)", violation.pointer)])
        for violation in story.judge().violations
        if violation.rule is not None
    ]

    assert places == sorted(places)


@each_story
def test_an_answer_has_the_documented_keys_only(story: Story) -> None:
    """The answer to a refused draft is the error of the first violation, and holds nothing but its documented texts."""
    response = story.judge().error_response(request_id="req_7Hq2")

    if story.clean:
        assert response is None
        return
    code, param = story.violations[0] if story.violations else ("internal_error", None)
    assert response is not None
    assert set(response) == {"error", "request_id"}
    assert set(response["error"]) == {"type", "code", "message", "doc_url"} | ({"param"} if param else set())
    assert response["error"]["code"] == code
    assert response["error"].get("param") == param
    assert all(isinstance(text, str) and text for text in response["error"].values())


def test_every_draft_has_its_expectation() -> None:
    """Drafts and expectations stand in pairs, and nothing else stands beside them."""
    drafts = {path.stem for path in DRAFTS.glob("*.json")}

    assert drafts == {path.stem for path in DRAFTS.glob("*.expected")}
    assert len(list(DRAFTS.iterdir())) == 2 * len(drafts)
    assert len(drafts) >= 45


def test_every_code_that_data_can_cause_has_a_story_of_its_own() -> None:
    """The drafts that hear exactly one code cover every code that an operation can say, and no other."""
    alone = {story.codes[0] for story in STORIES if len(story.codes) == 1 and not story.undecided}

    assert alone == _sayable()


def test_every_operation_has_a_clean_story() -> None:
    """Each operation is accepted somewhere."""
    assert {story.document["operation"] for story in STORIES if story.clean} == set(OPERATIONS)


def test_some_stories_hear_many_codes() -> None:
    """At least five drafts hear four to eight codes at once, found on several lines."""
    many = [
        story
        for story in STORIES
        if 4 <= len(story.codes) <= 8
        and len({line for found in story.judge().violations for line in re.findall(r"/lineItems/\d+", found.pointer)})
        > 1
    ]

    assert len(many) >= 5


def test_some_stories_are_undecided() -> None:
    """At least two drafts have nothing against them but facts that nobody looked up."""
    assert sum(bool(story.undecided and not story.violations) for story in STORIES) >= 2


@each_story
def test_a_story_opens_with_one_sentence(story: Story) -> None:
    """The first line of an expectation is a comment of one sentence, and the name begins with the shop."""
    assert re.fullmatch(r"# \S.*\.", story.opening)
    assert story.name.startswith(tuple(f"{shop}_" for shop in SHOPS))


@each_story
def test_a_draft_is_written_for_people(story: Story) -> None:
    """A document is indented by two spaces, with its letters as they are."""
    assert story.text == json.dumps(story.document, indent=2, ensure_ascii=False) + "\n"


def test_a_shop_is_told_the_same_in_all_its_stories() -> None:
    """An object that several drafts know, such as a merchant, a price or a coupon, is the same in all of them."""
    told: dict[str, dict[str, Any]] = {}
    for story in STORIES:
        for known in _known_objects(story.document["facts"]):
            assert told.setdefault(known["id"], known) == known, f"{known['id']} in {story.name}"


def test_a_shop_has_one_merchant() -> None:
    """All the drafts of a shop are of one account, and each shop has an account of its own."""
    merchants = {(story.name.partition("_")[0], story.document["facts"]["merchant"]["id"]) for story in STORIES}

    assert len(merchants) == len({shop for shop, _ in merchants}) == len(SHOPS)

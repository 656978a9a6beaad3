"""The draft documents of six shops in `policies/drafts`: each is judged as the file beside it expects.

`NAME.expected` opens with a comment of one sentence. Then comes a line for each violation, in order: the code and the
param, `-` where there is none. Last come the facts that are missing, as `undecided FACT`.

Two codes have no draft here, because no document causes them: `creation_failed` and `internal_error` are reported when
a rule raises. The answer to a draft that is only undecided is `internal_error` as well, but its verdict has no code.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
from attrs import frozen

from rules_engine import CATALOGUE, OPERATIONS, RULES, Verdict, default_policy, validate
from rules_engine.codes import Origin

DRAFTS: Final = Path(__file__).parents[1] / "policies" / "drafts"
SHOPS: Final = ("pottery", "electronics", "donation", "course", "bookshop", "bakery")


@frozen
class ShippedDraft:
    """A draft document and what is expected of its verdict.

    Attributes:
        name: The name of its files, which begins with that of its shop.
        text: The document as it is written.
        document: The same, parsed.
        opening: The first line of the expectation.
        violations: Code and param of each violation, in order.
        undecided: The facts that are missing, in order.
    """

    name: str
    text: str
    document: dict[str, Any]
    opening: str
    violations: tuple[tuple[str, str | None], ...]
    undecided: tuple[str, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes, each once."""
        return tuple(dict.fromkeys(code for code, _ in self.violations))

    @property
    def accepted(self) -> bool:
        """Whether nothing is wrong and nothing is missing."""
        return not self.violations and not self.undecided


def _read(path: Path) -> ShippedDraft:
    text = path.read_text(encoding="utf-8")
    opening, *lines = path.with_suffix(".expected").read_text(encoding="utf-8").splitlines()
    pairs = [line.split(" ", 1) for line in lines]
    violations = tuple((code, None if param == "-" else param) for code, param in pairs if code != "undecided")
    undecided = tuple(fact for kind, fact in pairs if kind == "undecided")
    return ShippedDraft(path.stem, text, json.loads(text), opening, violations, undecided)


SHIPPED: Final = tuple(_read(path) for path in sorted(DRAFTS.glob("*.json")) if path.with_suffix(".expected").exists())

each = pytest.mark.parametrize("name", [draft.name for draft in SHIPPED])
BY_NAME: Final = {draft.name: draft for draft in SHIPPED}


@cache
def verdict_of(name: str) -> Verdict:
    """Judge a document as an application does: from its text."""
    return validate(BY_NAME[name].text)


def _at(value: Any, pointer: str) -> Any:
    """Follow an RFC 6901 pointer; one that leads nowhere raises."""
    for token in pointer.split("/")[1:]:
        key = token.replace("~1", "/").replace("~0", "~")
        value = value[int(key)] if isinstance(value, list) else value[key]
    return value


@each
def test_verdict(name: str) -> None:
    """The verdict has the expected codes and params in the expected order, and asks for the expected facts."""
    draft, verdict = BY_NAME[name], verdict_of(name)
    assert [(found.code.name, found.param) for found in verdict.violations] == list(draft.violations)
    assert [str(fact) for fact in verdict.required_facts] == list(draft.undecided)
    assert (verdict.codes, verdict.accepted, verdict.faults) == (draft.codes, draft.accepted, ())


@each
def test_pointers(name: str) -> None:
    """Every pointer resolves in the document; that of a missing key, up to the object that lacks it."""
    for violation in verdict_of(name).violations:
        assert re.match("/(request|facts|target)(/|$)", violation.pointer)
        lacks_key = violation.code.name in {"parameter_missing", "authentication_required"}
        _at(BY_NAME[name].document, violation.pointer.rpartition("/")[0] if lacks_key else violation.pointer)


@each
def test_order(name: str) -> None:
    """Invariant 2: what rules find is sorted by their place in the pipeline, then by the index of the item."""
    pipeline = default_policy().pipelines[BY_NAME[name].document["operation"]]
    places = [
        (pipeline.index(violation.rule), [int(index) for index in re.findall(r"/(\d+)", violation.pointer)])
        for violation in verdict_of(name).violations
        if violation.rule is not None
    ]
    assert places == sorted(places)


@each
def test_error_response(name: str) -> None:
    """The answer to a refused draft is the error of the first violation, and has nothing but its documented texts."""
    draft, response = BY_NAME[name], verdict_of(name).error_response(request_id="req_7Hq2")
    if draft.accepted:
        assert response is None
        return
    code, param = draft.violations[0] if draft.violations else ("internal_error", None)
    assert response is not None
    assert set(response) == {"error", "request_id"}
    assert set(response["error"]) == {"type", "code", "message", "doc_url"} | ({"param"} if param else set())
    assert (response["error"]["code"], response["error"].get("param")) == (code, param)
    assert all(isinstance(text, str) and text for text in response["error"].values())


@each
def test_form(name: str) -> None:
    """A document is indented and has its letters as they are; its expectation opens with a sentence."""
    draft = BY_NAME[name]
    assert draft.text == json.dumps(draft.document, indent=2, ensure_ascii=False) + "\n"
    assert re.fullmatch(r"# \S.*\.", draft.opening)
    assert name.startswith(tuple(f"{shop}_" for shop in SHOPS))


def test_files_are_pairs() -> None:
    """Each document has its expectation, and there is nothing else beside them."""
    names = {path.stem for path in DRAFTS.glob("*.json")}
    assert names == {path.stem for path in DRAFTS.glob("*.expected")} == set(BY_NAME)
    assert len(list(DRAFTS.iterdir())) == 2 * len(names)


def test_every_code_has_a_draft_of_its_own() -> None:
    """Drafts with exactly one code cover every code that data can cause: those of the rules, and those of the wire."""
    alone = {draft.codes[0] for draft in SHIPPED if len(draft.codes) == 1 and not draft.undecided}
    named = {rule for pipeline in default_policy().pipelines.values() for rule in pipeline}
    by_rules = {rule.code.name for rule in RULES if rule.name in named}
    assert alone == by_rules | {code.name for code in CATALOGUE.values() if Origin.WIRE in code.origins}


def test_every_operation_has_an_accepted_draft() -> None:
    """Each operation is accepted somewhere."""
    assert {draft.document["operation"] for draft in SHIPPED if draft.accepted} == set(OPERATIONS)


def test_some_have_many_codes() -> None:
    """At least five drafts have four to eight codes at once, found on several lines."""
    many = [
        draft
        for draft in SHIPPED
        if 4 <= len(draft.codes) <= 8
        and len({line for _, param in draft.violations for line in re.findall(r"^lineItems\[\d+\]", param or "")}) > 1
    ]
    assert len(many) >= 5


def test_some_are_undecided() -> None:
    """At least two drafts have nothing against them but missing facts."""
    assert sum(bool(draft.undecided and not draft.violations) for draft in SHIPPED) >= 2


def _known_objects(facts: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """List the objects that are the same in every draft of a shop."""
    yield from (facts[kind] for kind in ("merchant", "customer") if kind in facts)
    for kind in ("prices", "coupons", "promotionCodes", "promotionCodesByCode", "configurations", "exchangeRates"):
        yield from facts.get(kind, {}).values()


def test_objects_are_the_same_everywhere() -> None:
    """An object that several drafts know, such as a merchant, a price or a coupon, is the same in all of them."""
    seen: dict[str, dict[str, Any]] = {}
    for draft in SHIPPED:
        for known in _known_objects(draft.document["facts"]):
            assert seen.setdefault(known["id"], known) == known, f"{known['id']} in {draft.name}"


def test_a_shop_has_one_merchant() -> None:
    """All the drafts of a shop are of one account, and each shop has an account of its own."""
    merchants = {(draft.name.partition("_")[0], draft.document["facts"]["merchant"]["id"]) for draft in SHIPPED}
    assert len(merchants) == len({shop for shop, _ in merchants}) == len(SHOPS)
